"""The command line: one command a public verb, and no logic of its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from analysis import __version__
from analysis.errors import AnalysisError


class Group(click.Group):
    """All commands; whatever goes wrong is one line on standard error and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - click's own signature
        **extra: Any,
    ) -> Any:
        """Run the command that was named on the command line."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except click.ClickException as error:
            say(" ".join(error.format_message().split()))
            code = error.exit_code
        except AnalysisError as error:
            say(error.line())
            code = error.exit_code
        except click.Abort:
            say("stopped")
            code = 1
        except OSError as error:
            say(f"{error.filename or 'a file'}: {error.strerror or error}; check the path and who may use it")
            code = 1
        sys.exit(code if isinstance(code, int) else 0)


def say(line: str) -> None:
    """Say one line on standard error."""
    click.echo(f"analysis: {line}", err=True)


PROJECT = click.option(
    "--project",
    "project",
    default=".",
    metavar="DIR",
    help="A folder in the project; the current one by default.",
)
PERIOD = click.option("--period", metavar="P", help="Such as 2026-08, 2026-Q3, 2026; the newest by default.")
BASELINE = click.option(
    "--baseline",
    metavar="B",
    help="A period, previous, last-year or year-to-date.",
)
AS_OF = click.option(
    "--as-of", metavar="DATE", help="Only what had been received by this day, such as 2026-07-10."
)
HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Group, context_settings=HELP)
@click.version_option(__version__, prog_name="analysis")
def main() -> None:
    """Figures from Chinese work reports: tables, charts and briefings.

    工作報告中的數字：整理成表，畫成圖，寫進簡報，並可回查原句。
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "csv", "parquet", "xlsx", "html"]),
    default="jsonl",
    show_default=True,
    help="parquet and xlsx need --output; html is a page of the reports with every number marked.",
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a file."
)
def extract(paths: tuple[Path, ...], format_: str, output: Path | None) -> None:
    """Give the figures of report files or folders, one row a figure."""
    from analysis.cli.streaming import extract_to

    sys.exit(extract_to(paths, format_, output, say))


@main.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--at", type=int, metavar="OFFSET", help="A character of the number, counted from 0 in the report's text."
)
@click.option("--figure", metavar="ID", help="The key of a figure, or the beginning of it.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def explain(path: Path, at: int | None, figure: str | None, format_: str) -> None:
    """Say why a number of a report is, or is not, a figure, and how it got its indicator."""
    from analysis.cli.printing import print_explanation
    from analysis.explaining import explain as explain_number

    print_explanation(explain_number(path, at, figure), form=format_)


@main.command()
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


@main.group(name="runs", invoke_without_command=True)
@PROJECT
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "jsonl"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
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


@main.command()
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


@main.command(name="parameters")
@click.argument("notebook", type=click.Path(path_type=Path), metavar="NOTEBOOK")
def parameters_(notebook: Path) -> None:
    """Say which parameters a notebook takes, of which kind, and what they are without a value."""
    from analysis.cli.printing import print_parameters
    from analysis.rerun.typed import parameters

    found = parameters(notebook)
    print_parameters(found)
    if not found:
        say(f"{notebook}: no cell is tagged parameters")


@main.command()
@PROJECT
@PERIOD
@BASELINE
@AS_OF
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "jsonl"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
def compare(project: str, period: str | None, baseline: str | None, as_of: str | None, format_: str) -> None:
    """Compare a period with a baseline, place by place and in total."""
    from analysis.cli.bars import Bars
    from analysis.cli.printing import print_comparisons
    from analysis.comparing import compare as compare_project
    from analysis.project import find_project

    opened = find_project(project)
    with Bars() as bars:
        comparisons = compare_project(
            opened, period=period, baseline=baseline, as_of=as_of, progress=bars.step
        )
    if format_ == "table":
        print_comparisons(comparisons, opened)
    else:
        from analysis.tables import write_figures

        write_figures(comparisons, format_)
    if comparisons.empty:
        say("nothing to compare: no report has both a period and a figure with an indicator")


@main.command()
@PROJECT
@click.option("--period", metavar="P", help="Such as 2026-08, 2026-Q3, 2026; all by default.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "jsonl"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
def check(project: str, period: str | None, format_: str) -> None:
    """Check what the reports claim, and what in them is odd or missing."""
    from analysis.checking import check as check_project
    from analysis.cli.bars import Bars
    from analysis.cli.printing import print_findings

    with Bars() as bars:
        findings = check_project(project, period=period, progress=bars.step)
    if format_ == "table":
        print_findings(findings)
    else:
        from analysis.tables import write_figures

        write_figures(findings, format_)
    counts = findings["severity"].value_counts()
    say(", ".join(f"{counts.get(name, 0)} {name}" for name in ("serious", "warning", "note")))
    sys.exit(int(counts.get("serious", 0) > 0))


@main.command()
@PROJECT
@AS_OF
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "jsonl"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
def revisions(project: str, as_of: str | None, format_: str) -> None:
    """List the numbers that later reports changed: by how much, and in which report."""
    from analysis.cli.bars import Bars
    from analysis.cli.printing import print_revisions
    from analysis.comparing import revisions as find
    from analysis.project import find_project

    opened = find_project(project)
    with Bars() as bars:
        found = find(opened, as_of=as_of, progress=bars.step)
    if format_ == "table":
        print_revisions(found, opened)
    else:
        from analysis.tables import write_figures

        write_figures(found, format_)
    if found.empty:
        say("no report changes a number of another one")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """Make a new project folder with one sample report."""
    from analysis.starting import init as start

    start(folder)
    click.echo(f"made {folder}; now: cd {folder}; analysis run")


@main.command()
@PROJECT
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a new file."
)
def manifest(project: str, output: Path | None) -> None:
    """Write a draft of data/raw/manifest.csv for you to correct: place, period and date of each report."""
    from analysis.drafting import manifest as draft

    for line in draft(project, output).lines():
        click.echo(line)


@main.command()
@click.argument("figure_id")
@PROJECT
def show(figure_id: str, project: str) -> None:
    """Show a figure with its sentence in its report."""
    from analysis.lookup import show as find

    for line in find(figure_id, project).lines():
        click.echo(line)


@main.command()
@click.argument("words", nargs=-1, required=True)
@PROJECT
def search(words: tuple[str, ...], project: str) -> None:
    """Find sentences and figures that hold all the words, in either script."""
    from analysis.cli.printing import print_found
    from analysis.lookup import search as find

    found = find(" ".join(words), project)
    print_found(found)
    if found.empty:
        say(f"no sentence holds {' '.join(words)}")


@main.command()
@PROJECT
def doctor(project: str) -> None:
    """Say what works here, and how to mend what does not."""
    from analysis.cli.printing import print_checks
    from analysis.health import doctor as look

    checks = look(project)
    print_checks(checks)
    sys.exit(int(any(check.essential and not check.ok for check in checks)))


if __name__ == "__main__":
    main()
