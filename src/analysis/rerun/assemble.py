"""Put a period's new folder together: what jobs have made now, what is kept, and the products of both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analysis.rerun.finished import link
from analysis.rerun.hashes import of_files, of_parts
from analysis.rerun.keys import key_of, why
from analysis.rerun.products import content_of, write_products
from analysis.rerun.published import PRODUCTS, Made, outputs_in
from analysis.rerun.summary import Failure
from analysis.tables.making import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from analysis.project import Project
    from analysis.rerun.hashes import Hashes
    from analysis.rerun.jobs import PeriodPlan
    from analysis.rerun.keys import Parts
    from analysis.rerun.summary import LeftOut

FOLDERS = ("notebooks", "charts")


def gather(
    part: PeriodPlan, made: Mapping[str, tuple[Made, Path]], folder: Path, kept: Path
) -> dict[str, Made]:
    """Gather the outputs of all jobs of a period in one folder, in the order of the plan.

    Parameters
    ----------
    part : the plan of the period.
    made : what jobs of this run have made, by name, and where that lies.
    folder : the new folder of the period.
    kept : its folder as published, which the others keep theirs from.

    Returns
    -------
    What each job has made.
    """
    found: dict[str, Made] = {}
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for job in part.jobs:
        if job.task.name in made:
            done, source = made[job.task.name]
        elif job.before is not None:
            done, source = job.before, kept
        else:
            continue
        for output in done.outputs:
            if not (source / output).is_file():
                continue
            # Two notebooks may draw the same chart; the later one's counts.
            (folder / output).unlink(missing_ok=True)
            link(source / output, folder / output)
        found[job.task.name] = done
    return found


def make_products(
    project: Project,
    part: PeriodPlan,
    folder: Path,
    *,
    common: Parts,
    as_of: str | None,
    left_out: Sequence[LeftOut],
    hashes: Hashes,
) -> tuple[Made, list[Failure], bool]:
    """Make the products of a period, or keep those that are published where nothing of theirs has changed.

    Parameters
    ----------
    project, part : whose they are.
    folder : the new folder of the period; its charts have been gathered.
    common : the parts of the key that all jobs share.
    as_of : the day of the tables.
    left_out : what takes no part.
    hashes : remembers files.

    Returns
    -------
    What was made, the products that failed, and whether any is new.
    """
    parts = {
        **common,
        "parameters": json.dumps([part.period, part.baseline, as_of]),
        "made": stamp().decode(),
        "charts": of_files((folder / "charts").iterdir(), folder, hashes),
        "left_out": of_parts(f"{item.path}: {item.reason}" for item in left_out),
        "files": of_parts(map(hashes.of, _templates(project))),
    }
    key = key_of(parts)
    before, kept = part.published.jobs.get(PRODUCTS), project.reports / part.period
    if before is not None and before.key == key and not before.failed:
        names = {PRODUCTS, *(job.task.name for job in part.jobs)}
        if not part.published.altered(PRODUCTS, kept, hashes, names):
            for output in before.outputs:
                link(kept / output, folder / output)
            return before, [], False
    content = content_of(
        project,
        part.tables,
        folder / "charts",
        period=part.period,
        baseline=part.baseline,
        left_out=left_out,
    )
    _, failed = write_products(folder, content)
    outputs = tuple(name for name in outputs_in(folder) if name.split("/", 1)[0] not in FOLDERS)
    return Made(key, parts, outputs, failed="; ".join(failure.reason for failure in failed)), failed, True


def product_reasons(made: Made, before: Made | None) -> list[str]:
    """Say why products were made anew."""
    return why(made.parts, before.parts if before else None)


def _templates(project: Project) -> list[Path]:
    briefing = project.settings.get("briefing", {})
    return [project.root / briefing[name] for name in ("document", "slides") if briefing.get(name)]
