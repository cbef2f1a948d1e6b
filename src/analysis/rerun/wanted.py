"""What a run is asked for: periods, places, notebooks, parameters."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from analysis.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.project import Project

_MANY = 600


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is asked for.

    Parameters
    ----------
    periods : labels; the newest with data where there are none.
    baseline : label or word of the baseline; the default one of each period without it.
    as_of : a day as ISO text, see `analysis.run`.
    parameters : more parameters for notebooks, as typed.
    places : names of the places whose own notebooks are wanted; all without them.
    only : names or patterns of the wanted notebooks; all without them.
    force : whether notebooks run that have not changed.
    """

    periods: tuple[str, ...] = ()
    baseline: str | None = None
    as_of: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    force: bool = False

    def as_data(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return plain

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Wanted:
        """Give it back from what `as_data` gave."""
        lists = {name: tuple(data[name]) for name in ("periods", "places", "only")}
        return cls(**(dict(data) | lists))


def completed(wanted: Wanted, project: Project) -> Wanted:
    """Take from analysis.toml what the command did not say, check labels and days, and name each period.

    Errors
    ------
    UsageError for a label that is no period, a text that is no day, and a span of days without months.
    """
    from analysis.comparison.selection import BASELINES
    from analysis.language.periods import parse_period
    from analysis.tables.past import as_day

    setting = project.settings.get("run", {})
    asked = wanted.periods or ((setting["periods"],) if setting.get("periods") else ())
    periods = tuple(dict.fromkeys(label for text in asked for label in expanded(text)))
    if wanted.baseline is not None and wanted.baseline not in BASELINES:
        parse_period(wanted.baseline)
    return replace(
        wanted,
        periods=periods,
        places=wanted.places or tuple(setting.get("places", ())),
        as_of=None if wanted.as_of is None else as_day(wanted.as_of).isoformat(),
    )


def expanded(text: str) -> list[str]:
    """Give each period of a span: every month of 2026-01..2026-08, every quarter of 2026-Q1..2026-Q3.

    Parameters
    ----------
    text : a label; or two of one kind with .. between them; or several with commas between them.

    Errors
    ------
    UsageError for what is no period, and for a span whose two ends are of different kinds.

    Examples
    --------
    >>> expanded("2025-11..2026-01")
    ['2025-11', '2025-12', '2026-01']
    >>> expanded("2026-Q2,2026-08")
    ['2026-Q2', '2026-08']
    """
    from analysis.language.periods import parse_period, previous_period

    if "," in text:
        return [label for part in text.split(",") for label in expanded(part.strip())]
    parse_period(text)
    if ".." not in text:
        return [text]
    first, last = (parse_period(part) for part in text.split("..", 1))
    if first.kind != last.kind:
        raise UsageError(
            "the ends of the span are of different kinds", seen=text, todo="write it as 2026-01..2026-08"
        )
    found = [last]
    while found[-1].start > first.start:
        if len(found) > _MANY:
            raise UsageError("the span holds too many periods", seen=text, todo="take a shorter one")
        found.append(previous_period(found[-1]))
    return [period.label for period in reversed(found)]
