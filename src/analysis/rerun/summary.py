"""What a run has done, what failed, and what was left out."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from analysis.tables import Tables

_LISTED = 20


@dataclass(frozen=True, slots=True)
class Failure:
    """A notebook or page that failed, and why in one line."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that takes no part, or only a small one; `unreadable` where it could not be read at all."""

    path: str
    reason: str
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What `analysis run` has done.

    Parameters
    ----------
    period, baseline : the periods that were compared.
    done : names of the notebooks that ran to their end; with their period where there are several.
    failed : notebooks that did not.
    left_out : files that were not read or take no part, each with the reason.
    warnings : such as a workbook that was open elsewhere.
    outputs : the folders and files to look at.
    counts : how many reports, figures and so on.
    unchanged : names of the notebooks that had nothing new to say and did not run.
    periods : all periods of the run, the oldest first.
    run : the name of the run's record.
    missing : reports of the run's periods that are expected and not there, as "place period".
    """

    period: str
    baseline: str
    done: tuple[str, ...]
    failed: tuple[Failure, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]
    outputs: tuple[Path, ...]
    counts: dict[str, int]
    unchanged: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    run: str = ""
    missing: tuple[str, ...] = ()

    @property
    def idle(self) -> bool:
        """Tell whether there was nothing to do."""
        return not self.done and not self.failed

    @property
    def exit_code(self) -> int:
        """1 where a notebook failed or a file could not be read, else 0."""
        return int(bool(self.failed) or any(item.unreadable for item in self.left_out))

    def lines(self) -> list[str]:
        """Say it in lines for people."""
        counted = ", ".join(f"{number:,} {name}" for name, number in self.counts.items())
        lines = [f"{self.period} against {self.baseline}: {counted}"]
        if len(self.periods) > 1:
            lines.append(f"periods: {', '.join(self.periods)}")
        numbers = {"done": self.done, "unchanged": self.unchanged, "failed": self.failed}
        said = [f"{len(names)} {what}" for what, names in numbers.items() if names or what == "done"]
        lines.append(
            "nothing has changed: there was nothing to do" if self.idle else f"notebooks: {', '.join(said)}"
        )
        lines += [f"failed: {item.name}: {item.reason}" for item in self.failed]
        if self.missing:
            more = f" and {len(self.missing) - _LISTED} more" if len(self.missing) > _LISTED else ""
            lines.append(f"missing reports: {', '.join(self.missing[:_LISTED])}{more}")
        if self.left_out:
            lines.append(f"left out, or only partly used: {len(self.left_out)}")
            lines += [f"  {item.path}: {item.reason}" for item in self.left_out[:_LISTED]]
            if len(self.left_out) > _LISTED:
                lines.append(f"  and {len(self.left_out) - _LISTED} more, see 01-reports")
        lines += [f"note: {warning}" for warning in self.warnings]
        return lines + [f"see {path}" for path in self.outputs]

    def as_data(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return plain

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> RunSummary:
        """Give it back from what `as_data` gave."""
        made: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        made["failed"] = tuple(Failure(**item) for item in made["failed"])
        made["left_out"] = tuple(LeftOut(**item) for item in made["left_out"])
        made["outputs"] = tuple(Path(path) for path in made["outputs"])
        return cls(**made)


def left_out(tables: Tables) -> Iterator[LeftOut]:
    """List what takes no part in totals: unreadable files first, then gaps in what was read.

    Parameters
    ----------
    tables : the tables of the project.
    """
    for path, reason, todo in tables.unreadable.fillna("").itertuples(index=False):
        yield LeftOut(path, f"{reason}; {todo}" if todo else reason, unreadable=True)
    stating = set(tables.figures["report_id"])
    for report in tables.reports.sort_values("path").itertuples():
        missing = [
            name
            for name, value in (("period", report.period), ("place", report.place_id))
            if not isinstance(value, str)
        ]
        reasons: list[str] = []
        if missing:
            reasons.append(f"no {' and no '.join(missing)} found, name it in data/raw/manifest.csv")
        if report.report_id not in stating:
            reasons.append("no figures found in it")
        if reasons:
            yield LeftOut(str(report.path), "; ".join(reasons))


def missing_reports(tables: Tables, periods: Sequence[str]) -> tuple[str, ...]:
    """List the reports that are expected for some periods and have not come, as "place period"."""
    expected = tables.expected
    rows = expected[(expected["state"] == "missing") & expected["period"].isin(list(periods))]
    return tuple(f"{place} {period}" for place, period in zip(rows["place"], rows["period"], strict=True))


def counted(tables: Tables) -> dict[str, int]:
    """Count what the tables hold."""
    named = Counter(tables.figures["indicator"].notna())
    return {
        "reports": len(tables.reports),
        "figures": len(tables.figures),
        "figures with an indicator": named[True],
        "comparisons": len(tables.comparisons),
    }
