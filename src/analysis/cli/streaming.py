"""`analysis extract`: report by report, so that a million files need no more memory than one."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from itertools import islice
from typing import IO, TYPE_CHECKING

from analysis.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from analysis.reading import Report

    Say = Callable[[str], None]

_CSV_BATCH = 200


def extract_to(paths: Sequence[Path], form: str, output: Path | None, say: Say) -> int:
    """Write the figures of files or folders.

    Parameters
    ----------
    paths : files or folders.
    form : jsonl, csv, parquet, xlsx or html.
    output : the file to write; without it standard output.
    say : told of each file that could not be read or states no figure.

    Returns
    -------
    The exit code: 1 where a file could not be read, else 0.

    Errors
    ------
    UsageError for a path that does not exist, and for parquet or xlsx without a file.
    """
    if output is None and form in {"parquet", "xlsx"}:
        raise UsageError(f"{form} cannot be written to standard output", todo="name a file with --output")
    # A bar would be drawn into the very lines that it counts.
    seen = _Seen(say, bars=output is not None or not sys.stdout.isatty())
    reports = seen.readable(paths)
    if form == "jsonl":
        with _opened(output) as stream:
            _write_jsonl(reports, stream, seen)
    elif form == "csv":
        with _opened(output) as stream:
            _write_csv(reports, stream, seen, bom=output is not None)
    elif form == "html":
        with _opened(output) as stream:
            _write_html(reports, stream, seen)
    else:
        from analysis.extracting import frame_of
        from analysis.tables import write_figures

        listed = list(reports)
        frame = frame_of(listed)
        stating = set(frame["report_id"])
        for report in listed:
            seen.stated(report, report.report_id in stating)
        for warning in write_figures(frame, form, output):
            say(warning)
    return int(seen.failed > 0)


class _Seen:
    """Says what was not read, and counts it."""

    def __init__(self, say: Say, *, bars: bool) -> None:
        self.say, self.bars, self.failed = say, bars, 0

    def readable(self, paths: Sequence[Path]) -> Iterator[Report]:
        from analysis.cli.bars import Bars
        from analysis.extracting import each_report
        from analysis.reading import Report

        items = each_report(paths)
        with Bars(show=self.bars) as bars:
            for item in items:
                if isinstance(item, Report):
                    yield item
                else:
                    self.failed += 1
                    self.say(" ".join(f"{item.path}: {item.reason}; {item.todo}".split()))
                bars.step(item.path)

    def stated(self, report: Report, states: bool) -> None:  # noqa: FBT001 - a fact about the report
        if not states:
            self.say(f"{report.path}: no figures in this file")


def _write_jsonl(reports: Iterator[Report], stream: IO[bytes], seen: _Seen) -> None:
    from analysis.extracting import rows_of

    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    for report in reports:
        lines = [encode(row) + "\n" for row in rows_of(report)]
        stream.write("".join(lines).encode("utf-8", "replace"))
        stream.flush()
        seen.stated(report, bool(lines))


def _write_csv(reports: Iterator[Report], stream: IO[bytes], seen: _Seen, *, bom: bool) -> None:
    from analysis.extracting import frame_of
    from analysis.tables.csv_text import to_csv

    first = True
    while (batch := list(islice(reports, _CSV_BATCH))) or first:
        frame = frame_of(batch)
        content = to_csv(frame, bom=bom and first)
        # Only the first batch brings the line of names.
        stream.write(content if first else content.split(b"\n", 1)[1])
        first = False
        stating = set(frame["report_id"])
        for report in batch:
            seen.stated(report, report.report_id in stating)


def _write_html(reports: Iterator[Report], stream: IO[bytes], seen: _Seen) -> None:
    from analysis.briefing import marked_page
    from analysis.catalogue import load_catalogue

    listed = list(reports)
    simplified = sum(report.script == "hans" for report in listed) * 2 > len(listed)
    page = marked_page(listed, load_catalogue(), locale="zh-Hans" if simplified else "zh-Hant")
    stream.write(page.text.encode("utf-8", "replace"))
    for report in listed:
        seen.stated(report, report.report_id in page.stating)


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[bytes]]:
    """Open standard output, or a temporary file that takes the output's name when all is written."""
    if output is None:
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            # The reader of our output has left, as `head` does; Python must not complain at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    temporary = output.with_name(f".{output.name}.tmp")
    try:
        with temporary.open("wb") as stream:
            yield stream
        temporary.replace(output)
    finally:
        temporary.unlink(missing_ok=True)
