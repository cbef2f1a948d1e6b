"""The commands that run notebooks, and that tell what earlier runs did."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from analysis.cli.group import say
from analysis.cli.options import AS_OF, BASELINE, FORMAT, PERIOD, PROJECT


@click.command()
@PROJECT
@PERIOD
@BASELINE
@click.option(
    "-p",
    "--parameter",
    "parameters",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="A parameter for the notebooks that declare it; see `analysis parameters`.",
)
@AS_OF
@click.option(
    "--place",
    "places",
    multiple=True,
    metavar="NAME",
    help="Only this place's own notebooks; again for more.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="Only this notebook, such as 02-profile or 02-*; again for more.",
)
@click.option("--dry-run", is_flag=True, help="Show what would run, and why; change nothing.")
@click.option("--force", is_flag=True, help="Run notebooks also where nothing has changed.")
@click.option("--resume", is_flag=True, help="Go on with what the last run was asked for.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many notebooks run at the same time.")
def run(
    project: str,
    parameters: tuple[tuple[str, str], ...],
    *,
    dry_run: bool,
    resume: bool,
    jobs: int | None,
    **asked: Any,
) -> None:
    """Do the main job: tables, notebooks, charts and briefing; only what has changed is done again.

    --period also takes several periods: 2026-01..2026-08 means each month of it.
    """
    from analysis.rerun import planned_run
    from analysis.rerun import run as run_project

    if dry_run:
        from analysis.rerun.jobs import plan_lines

        for line in plan_lines(planned_run(project, parameters=dict(parameters), **asked)):
            click.echo(line)
        return
    from analysis.cli.jobs import Jobs

    with Jobs() as shown:
        summary = run_project(
            project, parameters=dict(parameters), resume=resume, jobs=jobs, progress=shown, **asked
        )
    for line in summary.lines():
        click.echo(line)
    sys.exit(summary.exit_code)


@click.group(name="runs", invoke_without_command=True)
@PROJECT
@FORMAT
@click.pass_context
def runs(context: click.Context, project: str, format_: str) -> None:
    """List the runs, the newest last; `runs diff A B` says what changed between two of them."""
    context.obj = (project, format_)
    if context.invoked_subcommand is not None:
        return
    from analysis.cli.printing import print_rows
    from analysis.project import find_project
    from analysis.rerun.runs import runs as listed

    print_rows(listed(find_project(project)), format_)


@runs.command(name="diff")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.pass_obj
def runs_diff_(asked: tuple[str, str], first: str, second: str) -> None:
    """Say which figures, observations and charts changed from run A to run B, and why.

    A and B are names of runs or beginnings of names, or previous and last.
    """
    from analysis.cli.printing import print_rows
    from analysis.project import find_project
    from analysis.rerun.differ import runs_diff

    project, format_ = asked
    found = runs_diff(find_project(project), first, second)
    print_rows(found, format_)
    if found.empty:
        say("no figure, observation or chart is another one")


@click.command()
@click.argument("notebook", type=click.Path(path_type=Path), metavar="NOTEBOOK")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The page; beside the notebook by default.",
)
def export(notebook: Path, output: Path | None) -> None:
    """Write an executed notebook as a page for readers, without code."""
    from analysis.briefing.readable import export as write

    click.echo(write(notebook, output))


@click.command(name="parameters")
@click.argument("notebook", type=click.Path(path_type=Path), metavar="NOTEBOOK")
def parameters(notebook: Path) -> None:
    """Say which parameters a notebook takes, of which kind, and what they are without a value."""
    from analysis.cli.printing import print_parameters
    from analysis.rerun.typed import parameters as declared

    found = declared(notebook)
    print_parameters(found)
    if not found:
        say(f"{notebook}: no cell is tagged parameters")
