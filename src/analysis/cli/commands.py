"""The command line: one command a public verb, and no logic of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from analysis import __version__
from analysis.cli import rerunning
from analysis.cli.group import HELP, Group, say
from analysis.cli.options import AS_OF, BASELINE, FORMAT, PERIOD, PROJECT


@click.group(cls=Group, context_settings=HELP)
@click.version_option(__version__, prog_name="analysis")
def main() -> None:
    """Figures from Chinese work reports: tables, charts and briefings.

    工作報告中的數字：整理成表，畫成圖，寫進簡報，並可回查原句。
    """


for command in (rerunning.run, rerunning.runs, rerunning.export, rerunning.parameters):
    main.add_command(command)


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
@AS_OF
@FORMAT
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
@FORMAT
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
@FORMAT
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
