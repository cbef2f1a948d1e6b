"""A report that is written another way, broken another way or joined with another one states the same figures."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from analysis.catalogue import load_catalogue
from analysis.extraction import extract_report
from analysis.language.script import detect_script, fold
from analysis.reading import iter_reports, report_from_text

if TYPE_CHECKING:
    from collections.abc import Callable

CATALOGUE = load_catalogue()
# Keys and offsets differ with the text.
PLACED = {"figure_id", "report_id", "start", "end", "block", "duplicate_of"}
# These quote the text, in its own script and with its own spaces.
QUOTING = ("text", "sentence", "heading", "subject", "unit", "period_text", "series")
# These say what a number is worth by the words beside it, wherever its sentence stands.
LOCAL = ("text", "value", "low", "high", "approx", "unit", "dimension", "value_base", "unit_base")
WIDE_DIGITS = {ord(c): ord(c) + 0xFEE0 for c in "0123456789"}
NEUTRAL_HANT = (
    "大家對此表示滿意。",
    "各項工作有序推進。",
    "得到了居民的好評！",
    "幹部們認真負責，不怕苦、不怕累。",
    "「講文明、樹新風」成為風尚。",
    "感謝上級領導的關心和支持。",
)
NEUTRAL_HANS = tuple(fold(sentence).replace(",", "，") for sentence in NEUTRAL_HANT)
SPACE = re.compile(r"\s+")


@cache
def sample() -> dict[str, str]:
    """Give the texts of the sample reports by their path in data/raw."""
    raw = Path(__file__).parents[2] / "data" / "raw"
    reports = iter_reports([raw], root=raw)
    return {report.path: text for report in reports if (text := getattr(report, "text", None))}


PATHS = sorted(sample())
each_report = pytest.mark.parametrize("path", PATHS)
paths = st.sampled_from(PATHS)


@cache
def columns_of(text: str) -> dict[str, list[Any]]:
    """Extract a text."""
    return extract_report(report_from_text(text), CATALOGUE)


def plain(quoted: str | None) -> str | None:
    """Bring a quotation into one script and width, without white space; 着 has two forms in Taiwan."""
    return None if quoted is None else SPACE.sub("", fold(quoted)).replace("著", "着")


def table(text: str) -> dict[str, list[Any]]:
    """Give what a text states: no keys, no offsets, quotations in one script, repetitions by their row."""
    columns = columns_of(text)
    stated = {name: column for name, column in columns.items() if name not in PLACED}
    stated |= {name: [plain(quoted) for quoted in columns[name]] for name in QUOTING}
    row_of = {key: row for row, key in enumerate(columns["figure_id"])}
    return stated | {"repeats": [row_of.get(key) for key in columns["duplicate_of"]]}


def differences(changed: str, text: str, *, but: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    """Compare two texts' tables row by row; give the first differences of each column."""
    new, old = table(changed), table(text)
    if "text" not in but and new["text"] != old["text"]:
        return [("text", sorted(set(old["text"]) ^ set(new["text"])))]
    if len(new["text"]) != len(old["text"]):
        return [("rows", len(old["text"]), len(new["text"]))]
    return [
        (
            name,
            [pair for pair in zip(old["text"], old[name], new[name], strict=True) if pair[1] != pair[2]][:3],
        )
        for name in old
        if name not in but and new[name] != old[name]
    ]


def same(changed: str, text: str) -> None:
    """Want the same table of two texts."""
    assert not differences(changed, text)


@cache
def converter(name: str) -> OpenCC:
    """Give a converter of scripts."""
    return OpenCC(name)


def convert(name: str) -> Callable[[str], str]:
    """Give a function that converts a text character by character, so that its length stays."""

    def converted(text: str) -> str:
        return "".join(
            new if len(new := str(converter(name).convert(character))) == 1 else character
            for character in text
        )

    return converted


def phrases(name: str) -> Callable[[str], str]:
    """Give a function that converts a text phrase by phrase, where its length stays."""

    def converted(text: str) -> str:
        lines = text.split("\n")
        new = [str(converter(name).convert(line)) for line in lines]
        return "\n".join(b if len(a) == len(b) else a for a, b in zip(lines, new, strict=True))

    return converted


def between_digits(sign: str, other: str, *, inside: bool) -> Callable[[str], str]:
    """Give a function that writes another sign, between digits or everywhere but there."""
    pattern = re.compile(
        rf"(?<=\d){re.escape(sign)}(?=\d)" if inside else rf"(?<!\d){re.escape(sign)}|{re.escape(sign)}(?!\d)"
    )
    return lambda text: pattern.sub(other, text)


def replacing(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """Give a function that writes signs in another way."""

    def replaced(text: str) -> str:
        for old, new in pairs:
            text = text.replace(old, new)
        return text

    return replaced


def spaces_between_all(text: str) -> str:
    """Put a space between all characters of each line, as some converted files have them."""
    return "\n".join(" ".join(line.replace(" ", "")) for line in text.split("\n"))


def spaces_around_numbers(text: str) -> str:
    """Put a space before and behind each number, as word processors show them."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)", " ", text)
    return re.sub(r"(?<=\d)(?=[\u4e00-\u9fff%])", " ", text)


def thousands(sign: str) -> Callable[[str], str]:
    """Give a function that writes counts of four digits and more with a mark every three digits."""
    pattern = re.compile(r"(?<![\d.,])[1-9]\d{3,}(?=[余餘多]?[户戶人张張份噸吨元平])")
    return lambda text: pattern.sub(lambda m: f"{int(m[0]):,}".replace(",", sign), text)


def glossed(text: str) -> str:
    """Put a pinyin gloss behind one character of each sentence that is no unit and no number."""
    return text.replace("志願", "志(zhì)願").replace("志愿", "志(zhì)愿").replace("環境", "環(huán)境")


WRITINGS: dict[str, Callable[[str], str]] = {
    "folded": fold,
    "t2s": convert("t2s"),
    "s2t": convert("s2t"),
    "s2t by phrases": phrases("s2t"),
    "t2s by phrases": phrases("t2s"),
    "s2tw": phrases("s2tw"),
    "s2hk": phrases("s2hk"),
    "wide digits": lambda text: text.translate(WIDE_DIGITS),
    "wide digits and points": lambda text: between_digits(".", "．", inside=True)(text).translate(
        WIDE_DIGITS
    ),
    "wide points": between_digits(".", "．", inside=True),
    "wide percent": replacing(("%", "％")),
    "small percent": replacing(("%", "﹪")),
    "half brackets": replacing(("（", "("), ("）", ")")),
    "wide brackets": replacing(("(", "（"), (")", "）")),
    "half commas": between_digits("，", ",", inside=False),
    "wide commas": between_digits(",", "，", inside=False),
    "half semicolons": replacing(("；", ";")),
    "half colons": between_digits("：", ":", inside=False),
    "wide colons": between_digits(":", "：", inside=False),
    "round noughts": replacing(("零", "〇")),
    "spaces between all": spaces_between_all,
    "spaces around numbers": spaces_around_numbers,
    "hard spaces around numbers": lambda text: spaces_around_numbers(text).replace(" ", "\u00a0"),
    "thousands commas": thousands(","),
    "thousands spaces": thousands(" "),
    "carriage returns": replacing(("\n", "\r\n")),
    "indented": lambda text: re.sub(r"^(?=[^\n#|])", "\u3000\u3000", text, flags=re.MULTILINE),
    "trailing spaces": lambda text: re.sub(r"$", "  ", text, flags=re.MULTILINE),
    "empty lines": replacing(("\n", "\n\n")),
    "spread": lambda text: "\n\n" + text + "\n\n\n",
    "glossed": glossed,
    "curly quotes": replacing(("「", "“"), ("」", "”")),
    "corner quotes": replacing(("“", "「"), ("”", "」")),
    "doubled commas": between_digits("，", ",,", inside=False),
}
# Marks of thousands are part of what a figure quotes.
REWRITTEN = {
    "thousands commas",
    "thousands spaces",
    "glossed",
    "doubled commas",
    "curly quotes",
    "corner quotes",
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_another_writing_states_the_same(writing: str) -> None:
    """Script, width, spaces, line ends and signs of quotation change no figure of any report."""
    but = ("text", "sentence", "heading", "subject") if writing in REWRITTEN else ()
    different = {
        path: found
        for path, text in sample().items()
        if (found := differences(WRITINGS[writing](text), text, but=but))
    }
    assert not different


@settings(max_examples=60, deadline=None)
@given(
    paths, st.lists(st.sampled_from(sorted(set(WRITINGS) - REWRITTEN)), min_size=2, max_size=4, unique=True)
)
def test_writings_may_be_mixed(path: str, writings: list[str]) -> None:
    """Several other ways of writing at once change no figure either."""
    text = changed = sample()[path]
    for name in writings:
        changed = WRITINGS[name](changed)
    same(changed, text)


def test_spaced_lines_may_be_indented() -> None:
    """Wide spaces before a line with spaces between all its characters change no figure."""
    for text in sample().values():
        same(WRITINGS["indented"](WRITINGS["spaces between all"](text)), text)


def neutral_for(text: str) -> tuple[str, ...]:
    """Give the sentences that say nothing, in the script of a text."""
    return NEUTRAL_HANT if detect_script(text) == "hant" else NEUTRAL_HANS


@settings(max_examples=80, deadline=None)
@given(paths, st.integers(0, 5), st.data())
def test_a_neutral_sentence_anywhere(path: str, which: int, data: st.DataObject) -> None:
    """A sentence without figures, periods or places changes offsets only, wherever a sentence ends."""
    text = sample()[path]
    ends = [match.end() for match in re.finditer("[。！]", text)]
    at = data.draw(st.sampled_from(ends))
    said = neutral_for(text)[which]
    changed = text[:at] + said + text[at:]
    same(changed, text)
    start, end = columns_of(changed)["start"], columns_of(changed)["end"]
    moved = [len(said) if begin >= at else 0 for begin in columns_of(text)["start"]]
    assert start == [a + b for a, b in zip(columns_of(text)["start"], moved, strict=True)]
    assert end == [a + b for a, b in zip(columns_of(text)["end"], moved, strict=True)]


@each_report
@pytest.mark.parametrize("which", [0, 2, 4])
def test_neutral_sentences_everywhere(path: str, which: int) -> None:
    """A neutral sentence behind every full stop changes offsets only."""
    text = sample()[path]
    same(text.replace("。", "。" + neutral_for(text)[which]), text)


@each_report
def test_a_neutral_paragraph_at_the_end(path: str) -> None:
    """A closing paragraph that says nothing changes nothing at all but the report's key."""
    text = sample()[path]
    changed = text.rstrip("\n") + "\n\n" + "".join(neutral_for(text)) + "\n"
    same(changed, text)
    for name in ("start", "end", "block", "text", "sentence", "heading", "subject"):
        assert columns_of(changed)[name] == columns_of(text)[name]


@settings(max_examples=60, deadline=None)
@given(paths, st.integers(0, 5), st.data())
def test_a_neutral_paragraph_between_two(path: str, which: int, data: st.DataObject) -> None:
    """A paragraph that says nothing between two others changes offsets and the number of the block only."""
    text = sample()[path]
    breaks = [match.start() for match in re.finditer(r"(?<=。)\n+", text)]
    if breaks:
        at = data.draw(st.sampled_from(breaks))
        same(text[:at] + "\n\n" + neutral_for(text)[which] + text[at:], text)


@each_report
def test_the_same_text_gives_the_same_table(path: str) -> None:
    """Two extractions of one text are equal in every column."""
    text = sample()[path]
    assert extract_report(report_from_text(text), CATALOGUE) == extract_report(
        report_from_text(text), CATALOGUE
    )


@each_report
def test_a_report_said_twice_is_counted_once(path: str) -> None:
    """A report pasted twice repeats each figure: the first table stays, and each later row names an earlier one."""
    text = sample()[path].rstrip("\n")
    once, twice = table(text), table(text + "\n\n" + text + "\n")
    count = len(once["text"])
    assert len(twice["text"]) == 2 * count
    for name in ("period", "place_id", "role", "indicator"):
        assert twice[name] == once[name] * 2, name
    assert not [name for name in once if name != "repeats" and twice[name][:count] != once[name]]
    assert twice["repeats"][:count] == once["repeats"]
    assert None not in twice["repeats"][count:]


@settings(max_examples=60, deadline=None)
@given(paths, paths)
def test_two_texts_give_the_figures_of_both(first: str, second: str) -> None:
    """What the numbers of two texts joined are worth is what they are worth in each."""
    texts = sample()[first].rstrip("\n"), sample()[second].rstrip("\n")
    joined = columns_of(texts[0] + "\n\n" + texts[1])
    for name in LOCAL:
        assert joined[name] == columns_of(texts[0])[name] + columns_of(texts[1])[name], name
    offset = len(texts[0]) + 2
    assert joined["start"] == columns_of(texts[0])["start"] + [
        at + offset for at in columns_of(texts[1])["start"]
    ]


@each_report
def test_paragraphs_give_the_figures_of_the_whole(path: str) -> None:
    """What the numbers of a report are worth is what they are worth in its paragraphs one by one."""
    text = sample()[path]
    if "|" in text:
        return
    parts = [columns_of(line) for line in text.split("\n") if line.strip()]
    for name in LOCAL:
        assert columns_of(text)[name] == [cell for part in parts for cell in part[name]], name


@settings(max_examples=60, deadline=None)
@given(paths, st.data())
def test_a_report_cut_off_keeps_its_beginning(path: str, data: st.DataObject) -> None:
    """What follows a paragraph changes nothing of what the numbers before are worth."""
    text = sample()[path]
    at = data.draw(st.sampled_from([match.end() for match in re.finditer("。\n", text)] or [len(text)]))
    begin = columns_of(text[:at])
    for name in (*LOCAL, "start", "end", "sentence", "subject", "indicator", "role", "direction", "scope"):
        assert begin[name] == columns_of(text)[name][: len(begin[name])], name


@settings(max_examples=60, deadline=None)
@given(paths, st.integers(2, 99_999), st.data())
def test_another_number_changes_its_own_row(path: str, number: int, data: st.DataObject) -> None:
    """Where a plain count is another number, its value, bounds and quotations follow, and nothing else."""
    text = sample()[path]
    columns = columns_of(text)
    counts = [
        row
        for row, quoted in enumerate(columns["text"])
        if re.fullmatch(r"\d+(?:户|戶|人次|吨|噸|处|處|份|件|次|场|場)", quoted)
        and columns["role"][row] == "actual"
    ]
    if not counts:
        return
    row = data.draw(st.sampled_from(counts))
    start, unit = columns["start"][row], columns["text"][row].lstrip("0123456789")
    changed = columns_of(text[:start] + str(number) + unit + text[columns["end"][row] :])
    assert changed["value"] == [number if i == row else value for i, value in enumerate(columns["value"])]
    for name in (
        "unit",
        "indicator",
        "series",
        "role",
        "direction",
        "scope",
        "period",
        "approx",
        "place_id",
        "cell",
    ):
        assert changed[name] == columns[name], name
