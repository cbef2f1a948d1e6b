"""Each way to write a number, with each word that makes it vague and each unit, in sentences of all kinds."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import analysis
from analysis.catalogue import load_catalogue
from analysis.extraction import extract_report
from analysis.language.numerals import parse_number
from analysis.reading import report_from_text

CATALOGUE = load_catalogue()
DIGITS = "零一二三四五六七八九"
SECTIONS = {"": 1, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789."}
TRADITIONAL = str.maketrans("万亿两", "萬億兩")
FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")

# What may be counted, with the units that count it; the sentence takes the figure.
COUNTED: dict[str, tuple[str, ...]] = {
    "本月清運垃圾{}。": ("噸", "公斤", "車", "袋", "立方米"),
    "清运生活垃圾{},拆除违建2处。": ("吨", "公斤", "车", "袋"),
    "全村共有{}。": ("戶", "个小区", "名党员", "棟", "个"),
    "我社区有居民{},环境整洁。": ("户", "人", "名"),
    "投入資金{},用於改善環境;": ("元", "港元", "美元"),
    "累計服務群眾{}。": ("人次", "人", "户次"),
    "2026年6月，組織志願者{}參加活動。": ("人次", "名", "人"),
    "疏通沟渠{}，效果良好。": ("米", "公里", "处"),
    "（新铺草坪{}）": ("平方米", "亩", "公顷", "㎡"),
    "一、发放宣传资料{}；": ("份", "张", "本", "册"),
    "出動車輛{}": ("輛", "台", "輛次", "車次"),
    "1. 清理衛生死角{}、亂堆亂放。": ("處", "个", "起"),
}
PLACES = [(sentence, unit) for sentence, units in COUNTED.items() for unit in units]
LIKE_A_NOUN = re.compile(r"^(个)小区$|^(名)党员$")


class Number(NamedTuple):
    """A number as written, its value, and one step of the last digit that is not nought."""

    written: str
    value: float
    step: float


class Said(NamedTuple):
    """What a figure should say: the whole of it as written, value, interval and vagueness."""

    text: str
    value: float | None
    low: float | None
    high: float | None
    approx: str


def chinese(number: int, *, pair: bool = False) -> str:
    """Write a whole number in Chinese numerals, with 两 for 二 before 百, 千, 万 and 亿 where asked."""
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            head = "两" if pair and high == 2 else chinese(high, pair=pair)
            joint = "零" if 0 < low < unit // 10 else ""
            return head + name + joint + (chinese(low, pair=pair) if low else "")
    written, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            two = pair and digit == 2 and place >= 100
            written += ("零" if gap and written else "") + ("两" if two else DIGITS[digit]) + name
        gap = not digit
    return written.removeprefix("一") if written.startswith("一十") else written


def step_of(number: int) -> int:
    """Give one step of the last digit that is not nought."""
    step = 1
    while number % (10 * step) == 0:
        step *= 10
    return step


@st.composite
def arabic(draw: st.DrawFn) -> Number:
    """Digits: plain, with thousands marks or spaces, full-width, decimal, before 万 or 亿."""
    form = draw(
        st.sampled_from(["plain", "commas", "wide", "spaced", "decimal", "wide decimal", "point", "section"])
    )
    if form in {"plain", "wide", "section"}:
        whole = draw(st.integers(2, 9999) if form == "section" else st.integers(2, 9_999_999))
        section = draw(st.sampled_from(["万", "萬", "亿", "億"])) if form == "section" else ""
        written = str(whole).translate(WIDE) if form == "wide" else str(whole)
        return Number(written + section, whole * SECTIONS[section], step_of(whole) * SECTIONS[section])
    if form in {"commas", "spaced"}:
        whole = draw(st.integers(1000, 99_999_999 if form == "commas" else 999_999))
        written = f"{whole:,}"
        return Number(written if form == "commas" else written.replace(",", " "), whole, step_of(whole))
    places = draw(st.integers(1, 2))
    units = draw(st.integers(11, 99_999).filter(lambda n: n % 10))
    whole, part = divmod(units, 10**places)
    section = draw(st.sampled_from(["", "万", "萬", "亿"]))
    written = f"{whole}.{part:0{places}d}"
    written = written.replace(".", "．") if form == "point" else written
    written = written.translate(WIDE) if form == "wide decimal" else written
    factor = SECTIONS[section] / 10**places
    return Number(written + section, round(units * factor, 6), round(factor, 6))


@st.composite
def numerals(draw: st.DrawFn) -> Number:
    """Chinese numerals: with 二 or 两, 廿 and 卅, in either script, financial, short, with a decimal."""
    form = draw(st.sampled_from(["plain", "pair", "traditional", "tens", "financial", "short", "point"]))
    if form == "tens":
        whole = draw(st.integers(20, 39))
        written = ("廿" if whole < 30 else "卅") + (DIGITS[whole % 10] if whole % 10 else "")
        return Number(written, whole, step_of(whole))
    if form == "financial":
        whole = draw(st.integers(1100, 99_999))
        written = chinese(whole).translate(FINANCIAL).replace("零拾", "零壹拾")
        return Number(("壹" + written if written[0] == "拾" else written), whole, step_of(whole))
    if form == "short":
        head, tail = draw(st.integers(1, 9)), draw(st.integers(1, 9))
        unit, name = draw(st.sampled_from([(100, "百"), (1000, "千"), (10_000, "万"), (10_000, "萬")]))
        first = "两" if head == 2 else DIGITS[head]
        return Number(first + name + DIGITS[tail], head * unit + tail * unit // 10, unit // 10)
    if form == "point":
        units = draw(st.integers(11, 999).filter(lambda n: n % 10))
        section = draw(st.sampled_from(["", "万", "亿"]))
        written = (chinese(units // 10) or "零") + "点" + DIGITS[units % 10] + section
        return Number(written, round(units * SECTIONS[section] / 10, 6), SECTIONS[section] / 10)
    whole = draw(st.one_of(st.integers(3, 99), st.integers(100, 9999), st.integers(10_000, 999_999_999)))
    written = chinese(whole, pair=form == "pair")
    return Number(written.translate(TRADITIONAL) if form == "traditional" else written, whole, step_of(whole))


@st.composite
def mixed(draw: st.DrawFn) -> Number:
    """Digits with more than one multiplier: 3千5百, 5万3千, 12億156萬3,000, 10萬7,235."""
    form = draw(st.sampled_from(["千百", "万千", "万", "亿万", "亿万"]))
    if form in {"千百", "万千"}:
        a, b = draw(st.integers(1, 9)), draw(st.integers(1, 9))
        large, small = (1000, 100) if form == "千百" else (10_000, 1000)
        return Number(f"{a}{form[0]}{b}{form[1]}", a * large + b * small, small)
    low = draw(st.integers(1000, 9999))
    middle = draw(st.integers(1, 9999))
    comma = draw(st.sampled_from([",", ""]))
    tail = f"{low:{comma}}"
    if form == "万":
        return Number(f"{middle}萬{tail}", middle * 10**4 + low, step_of(low))
    high = draw(st.integers(1, 999))
    return Number(f"{high}億{middle}萬{tail}", high * 10**8 + middle * 10**4 + low, step_of(low))


NUMBERS = st.one_of(arabic(), numerals(), mixed())


def found(text: str) -> list[dict[str, Any]]:
    """Give the figures of a text; the text of each is the slice that its offsets name."""
    columns = extract_report(report_from_text(text), CATALOGUE)
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert [text[row["start"] : row["end"]] for row in rows] == columns["text"]
    return rows


def close(value: float | None) -> Any:
    """Compare a number loosely, and a missing one exactly."""
    return value if value is None else pytest.approx(value, rel=1e-9)


def unit_and_noun(unit: str) -> str:
    """Give the unit of a unit with its noun."""
    noun = LIKE_A_NOUN.match(unit)
    return (noun[1] or noun[2]) if noun else unit


def check(sentence: str, said: Said, unit: str | None) -> None:
    """Say a figure in a sentence: it comes back whole, once, in its place."""
    text = sentence.format(said.text)
    at = sentence.index("{}")
    rows = [row for row in found(text) if row["start"] < at + len(said.text) and row["end"] > at]
    assert [row["text"] for row in rows] == [said.text], text
    row = rows[0]
    assert (row["value"], row["low"], row["high"], row["approx"], row["unit"]) == (
        close(said.value),
        close(said.low),
        close(said.high),
        said.approx,
        unit,
    ), text


def put(place: tuple[str, str], written: str, behind: str = "") -> tuple[str, str, str]:
    """Put a number and its unit into a sentence: the sentence, the whole figure and the unit."""
    sentence, unit = place
    # 5万3千米 may be read in kilometres as well.
    assume(unit != "米" or not written.endswith(("千", "仟")))
    plain = unit_and_noun(unit)
    if plain != unit and not behind:
        # What follows the classifier is outside the figure.
        return sentence.replace("{}", "{}" + unit[len(plain) :], 1), written + plain, plain
    return sentence, written + plain + behind, plain


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLACES), NUMBERS)
def test_a_number_is_read_as_it_is_meant(place: tuple[str, str], number: Number) -> None:
    """A number in any form has its value and unit and nothing vague."""
    sentence, text, unit = put(place, number.written)
    check(sentence, Said(text, number.value, number.value, number.value, "exact"), unit)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PLACES), NUMBERS, st.sampled_from(["近", "将近", "將近", "接近"]))
def test_nearly(place: tuple[str, str], number: Number, word: str) -> None:
    """近 is from nine tenths of the number to the number."""
    sentence, text, unit = put(place, word + number.written)
    check(sentence, Said(text, number.value, 0.9 * number.value, number.value, "nearly"), unit)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(PLACES),
    NUMBERS,
    st.sampled_from(
        [("约", ""), ("約", ""), ("大约", ""), ("大約", ""), ("", "左右"), ("", "上下"), ("约", "左右")]
    ),
)
def test_about(place: tuple[str, str], number: Number, words: tuple[str, str]) -> None:
    """約 and 左右 are a tenth more or less."""
    sentence, text, unit = put(place, words[0] + number.written, words[1])
    check(sentence, Said(text, number.value, 0.9 * number.value, 1.1 * number.value, "about"), unit)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(PLACES), NUMBERS, st.sampled_from(["超过", "超過", "超", "逾", "突破", "多达", "多達"])
)
def test_more_than_the_number(place: tuple[str, str], number: Number, word: str) -> None:
    """超過 has no upper bound."""
    sentence, text, unit = put(place, word + number.written)
    check(sentence, Said(text, number.value, number.value, None, "more_than"), unit)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(PLACES),
    NUMBERS,
    st.sampled_from(
        [
            ("不少于", ""),
            ("不少於", ""),
            ("至少", ""),
            ("不低于", ""),
            ("", "以上"),
            ("", "及以上"),
            ("超過", "以上"),
        ]
    ),
)
def test_at_least(place: tuple[str, str], number: Number, words: tuple[str, str]) -> None:
    """以上, 至少 and 不少於 have a lower bound only."""
    sentence, text, unit = put(place, words[0] + number.written, words[1])
    check(sentence, Said(text, number.value, number.value, None, "at_least"), unit)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(PLACES),
    NUMBERS,
    st.sampled_from([
        ("不超过", "", "at_most"), ("不超過", "", "at_most"), ("至多", "", "at_most"), ("", "以下", "at_most"),
        ("", "以内", "at_most"), ("", "以內", "at_most"), ("不足", "", "nearly"), ("不到", "", "nearly"),
    ]),
)  # fmt: skip
def test_at_most(place: tuple[str, str], number: Number, words: tuple[str, str, str]) -> None:
    """以下, 不超過, 不足 and 不到 have an upper bound only."""
    sentence, text, unit = put(place, words[0] + number.written, words[1])
    check(sentence, Said(text, number.value, None, number.value, words[2]), unit)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(PLACES),
    NUMBERS,
    st.sampled_from(["多", "余", "餘", " 余", "多 "]),
    st.sampled_from(["", "超過", "逾"]),
)
def test_and_some_more(place: tuple[str, str], number: Number, more: str, before: str) -> None:
    """多 and 餘 reach one step of the last digit that is not nought, also behind 超過."""
    sentence, text, unit = put(place, before + number.written + more)
    said = Said(text, number.value, number.value, number.value + number.step, "more_than")
    check(sentence, said, unit)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(PLACES), st.integers(1, 999), st.sampled_from(["多", "余", "餘"]), st.sampled_from(["万", "萬", "亿", "億"]),
    st.booleans(),
)  # fmt: skip
def test_some_more_before_the_multiplier(
    place: tuple[str, str],
    number: int,
    more: str,
    section: str,
    words: bool,  # noqa: FBT001
) -> None:
    """500餘萬 is from five to six million."""
    if words and number < 10:
        number *= 10
    sentence, text, unit = put(place, (chinese(number) if words else str(number)) + more + section)
    value, step = number * SECTIONS[section], step_of(number) * SECTIONS[section]
    check(sentence, Said(text, value, value, value + step, "more_than"), unit)


JOINS = ["-", "~", "～", "—", "至", "到", "－", "–"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(PLACES), st.integers(1, 5000), st.integers(1, 5000), st.sampled_from(JOINS),
    st.sampled_from(["digits", "commas", "both units", "section", "both sections", "words", "decimals"]),
)  # fmt: skip
def test_ranges_of_all_kinds(place: tuple[str, str], low: int, more: int, join: str, form: str) -> None:
    """A range has its two ends and their middle, whatever joins them and however they are written."""
    high, factor = low + more, 1.0
    unit = unit_and_noun(place[1])
    first, second = str(low), str(high)
    if form == "commas":
        first, second = f"{low:,}", f"{high:,}"
    elif form == "both units":
        first += unit
    elif form == "section":
        second, factor = second + "万", 10**4
    elif form == "both sections":
        first, second, factor = first + "萬", second + "萬", 10**4
    elif form == "words":
        first, second = chinese(low), chinese(high)
        join = join if join in {"至", "到"} else "至"
    elif form == "decimals":
        first, second, factor = f"{low / 10:.1f}", f"{high / 10:.1f}", 0.1
    sentence, text, unit = put(place, first + join + second)
    said = Said(text, (low + high) / 2 * factor, low * factor, high * factor, "range")
    check(sentence, said, unit)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(PLACES), st.integers(1, 8), st.sampled_from([("", 1), ("十", 10), ("百", 100), ("千", 1000), ("万", 10**4), ("十万", 10**5)]),
    st.sampled_from([("", 0), ("十", 10), ("二十", 20), ("百", 100), ("一百", 100), ("三千", 3000)]),
)  # fmt: skip
def test_neighbouring_digits_in_words(
    place: tuple[str, str], low: int, behind: tuple[str, int], before: tuple[str, int]
) -> None:
    """三四百, 十七八 and 一百五六十 are ranges of two neighbours."""
    # 十三四百 is no number, and 一百五六 is said of a hundred and fifty or sixty.
    fits = (
        not before[1]
        or (before[1] < 100 and not behind[0])
        or (
            before[0] in {"一百", "三千"}
            and 1 < behind[1] < 1000
            and behind[1] * 10 == {"一百": 100, "三千": 1000}[before[0]]
        )
    )
    if not fits or (low == 1 and (before[1] or behind[0] == "十")):
        return
    digits = f"{DIGITS[low]}{DIGITS[low + 1]}".replace(
        "二三", "两三" if not before[1] and behind[1] != 10 else "二三"
    )
    sentence, text, unit = put(place, before[0] + digits + behind[0])
    ends = [before[1] + digit * behind[1] for digit in (low, low + 1)]
    check(sentence, Said(text, sum(ends) / 2, ends[0], ends[1], "range"), unit)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PLACES), st.integers(1, 8), st.integers(1, 3))
def test_neighbouring_digits_with_a_mark(place: tuple[str, str], low: int, noughts: int) -> None:
    """7、80袋 is from seventy to eighty."""
    factor = 10**noughts
    sentence, text, unit = put(place, f"{low}、{(low + 1) * factor}")
    check(sentence, Said(text, (low + 0.5) * factor, low * factor, (low + 1) * factor, "range"), unit)


SHARES = ("满意率达{}。", "比上年增长{},", "合格率升至{}。", "出席率{}（较好）", "其中黨員佔{}。")


@st.composite
def shares(draw: st.DrawFn) -> tuple[Said, str | None]:
    """A share: percent and per mille in signs and words, points, tenths, discounts, multiples and fractions."""
    tenths = draw(st.integers(1, 999))
    value = tenths / 10
    digits = f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)
    words = (chinese(tenths // 10) or "零") + (f"点{DIGITS[tenths % 10]}" if tenths % 10 else "")
    small = draw(st.integers(1, 9))
    whole = draw(st.integers(small + 1, 12))
    forms = {
        f"{digits}%": (value, "%"), f"{digits}％": (value, "％"), f"{digits}﹪": (value, "﹪"), f"{digits}‰": (value, "‰"), f"{digits.translate(WIDE)}％": (value, "％"),
        f"百分之{words}": (value, "%"), f"百分之{digits}": (value, "%"), f"千分之{words}": (value, "‰"), f"千分之{digits}": (value, "‰"),
        f"{digits}个百分点": (value, "个百分点"), f"{digits}個百分點": (value, "個百分點"), f"{digits}百分点": (value, "百分点"), f"{digits}个千分点": (value, "个千分点"),
        f"{DIGITS[small]}成": (small, "成"), f"{small}成": (small, "成"), f"{DIGITS[small]}成五": (small + 0.5, "成"),
        f"{digits}倍": (value, "倍"), f"{words}倍": (value, "倍"),
        f"{chinese(whole)}分之{DIGITS[small]}": (round(small / whole, 4), None),
    }  # fmt: skip
    text = draw(st.sampled_from(sorted(forms)))
    number, unit = forms[text]
    return Said(text, number, number, number, "exact"), unit


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SHARES), shares())
def test_shares_of_all_kinds(sentence: str, share: tuple[Said, str | None]) -> None:
    """A percentage, a rate in a thousand, tenths, multiples and fractions have their value and unit."""
    check(sentence, *share)


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 99), st.sampled_from(["%", "％", "‰", "成", "倍", "个百分点"]), st.data())
def test_vague_shares(percent: int, unit: str, data: st.DataObject) -> None:
    """近90%, 95%以上 and 三成多 have the intervals of other numbers."""
    value = percent % 9 + 1 if unit == "成" else percent
    number = DIGITS[value] if unit == "成" else str(value)
    before, behind, low, high, approx = data.draw(st.sampled_from([
        ("近", "", 0.9, 1, "nearly"), ("约", "", 0.9, 1.1, "about"), ("", "左右", 0.9, 1.1, "about"), ("", "以上", 1, None, "at_least"),
        ("超过", "", 1, None, "more_than"), ("不足", "", None, 1, "nearly"), ("", "以下", None, 1, "at_most"), ("", "以内", None, 1, "at_most"),
    ]))  # fmt: skip
    bounds = [None if factor is None else factor * value for factor in (low, high)]
    check("合格率为{}。", Said(before + number + unit + behind, value, bounds[0], bounds[1], approx), unit)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 98), st.integers(1, 50), st.sampled_from(JOINS), st.sampled_from(["one", "both"]))
def test_ranges_of_shares(low: int, more: int, join: str, form: str) -> None:
    """A range of percentages may have one sign or two."""
    high = low + more
    text = f"{low}{'%' if form == 'both' else ''}{join}{high}%"
    check("比重占{},偏低。", Said(text, (low + high) / 2, low, high, "range"), "%")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), NUMBERS), min_size=2, max_size=6))
def test_many_figures_in_a_text(figures: list[tuple[tuple[str, str], Number]]) -> None:
    """The figures of many sentences come back one by one, in their order."""
    pieces = [put(place, number.written) for place, number in figures]
    text = "\n".join(sentence.replace("{}", said, 1) for sentence, said, _ in pieces)
    rows = iter(found(text))
    for (_, said, unit), (_, number) in zip(pieces, figures, strict=True):
        # The sentences have small figures of their own, which may stand between.
        row = next((row for row in rows if row["text"] == said and row["unit"] == unit), None)
        assert row is not None, (said, text)
        assert row["value"] == close(number.value), text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(2, 99_999), st.sampled_from(["户", "人", "处", "份", "吨", "人次"])),
        min_size=2,
        max_size=8,
    ),
    st.sampled_from([",", "，", "、", ";", "；", "和"]),
    st.booleans(),
)
def test_commas_between_figures_are_no_thousands(
    figures: list[tuple[int, str]],
    mark: str,
    commas: bool,  # noqa: FBT001
) -> None:
    """1610户,4006人 is two figures, also beside 5,200人."""
    written = [f"{number:,}{unit}" if commas else f"{number}{unit}" for number, unit in figures]
    rows = found("现有" + mark.join(written) + "。")
    assert [row["text"] for row in rows] == written
    assert [row["value"] for row in rows] == [number for number, _ in figures]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 99_999), st.integers(2, 99_999))
def test_households_and_their_people(households: int, people: int) -> None:
    """4800多戶15000多人 is two figures; so is 14035户25559人."""
    rows = found(f"全村共{households}戶{people}人。")
    assert [(row["value"], row["unit"]) for row in rows] == [(households, "戶"), (people, "人")]
    rows = found(f"全村共{households}多戶{people}多人。")
    assert [(row["value"], row["high"], row["unit"]) for row in rows] == [
        (households, households + step_of(households), "戶"), (people, people + step_of(people), "人"),
    ]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(2, 99_999), min_size=2, max_size=5, unique=True),
    st.sampled_from(["人", "户", "件", "个百分点"]),
)
def test_numbers_that_share_a_unit(numbers: list[int], unit: str) -> None:
    """分别为18891、19099人: the unit is every number's, and only the last span holds it."""
    # 7、80 would be a range of neighbours.
    numbers = [number * 10 + 1 for number in numbers]
    rows = found("三个村分别为" + "、".join(map(str, numbers)) + unit + "。")
    assert [(row["value"], row["unit"]) for row in rows if row["text"] != "三个"] == [
        (n, unit) for n in numbers
    ]
    assert [row["text"] for row in rows][-len(numbers) :] == [*map(str, numbers[:-1]), f"{numbers[-1]}{unit}"]


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 10**12 - 1))
def test_numerals_of_any_length_are_read(number: int) -> None:
    """Chinese numerals up to 万亿, with 二 or 两, are worth what they say."""
    assert parse_number(chinese(number)) == number
    assert parse_number(chinese(number, pair=True)) == number


@settings(max_examples=100, deadline=None)
@given(NUMBERS.filter(lambda n: " " not in n.written))
def test_numerals_by_themselves(number: Number) -> None:
    """Each form that stands in a report is a numeral by itself too."""
    folded = number.written.translate(str.maketrans("萬億兩．０１２３４５６７８９", "万亿两.0123456789"))
    assert parse_number(folded) == close(number.value)


@pytest.mark.parametrize(
    "unit", ["㎡", "m2", "m²", "m³", "平方米", "km", "kg", "%", "％", "‰", "户", "人次", "公 顷"]
)
@pytest.mark.parametrize("number", ["200", "1,265", "18.5", "约30", "3-5", "1.2万", "200多"])
def test_a_space_before_the_unit(number: str, unit: str) -> None:
    """A space between a number and its unit changes nothing."""
    if number[-1] in "万多" and unit in "%％‰":
        return
    rows, spaced = found(f"数量为{number}{unit}。"), found(f"数量为{number} {unit}。")
    meant = [[row[name] for name in ("value", "low", "high", "approx")] for row in rows]
    assert [row["unit"] for row in rows] == [unit.replace(" ", "")]
    assert [[row[name] for name in ("value", "low", "high", "approx")] for row in spaced] == meant
    assert [row["unit"] for row in spaced] == [unit.replace(" ", "")]
    assert [row["text"] for row in spaced] == [f"{number} {unit}"]


@pytest.mark.parametrize(
    ("text", "written", "value", "low", "high", "approx", "unit"),
    [
        ("收到捐款十餘萬元", "十餘萬元", 100_000, 100_000, 200_000, "more_than", "元"),
        ("近千人參加", "近千人", 1000, 900, 1000, "nearly", "人"),
        ("动员近百名党员", "近百名", 100, 90, 100, "nearly", "名"),
        ("点亮千余盏路灯", "千余盏", 1000, 1000, 2000, "more_than", "盏"),
        ("投资超亿元", "超亿元", 10**8, 10**8, None, "more_than", "元"),
        ("产值超過億元", "超過億元", 10**8, 10**8, None, "more_than", "元"),
        ("清理乱堆十几处", "十几处", 10, 10, 20, "more_than", "处"),
        ("走访四十幾戶", "四十幾戶", 40, 40, 50, "more_than", "戶"),
        ("清运垃圾数百吨", "数百吨", None, 200, 900, "about", "吨"),
        ("解决问题數十項", "數十項", None, 20, 90, "about", "項"),
        ("出动几个人清扫", "几个", None, 2, 9, "about", "个"),
        ("发放传单上千份", "上千份", 1000, 1000, None, "more_than", "份"),
        ("清掃廿多人", "廿多人", 20, 20, 30, "more_than", "人"),
        ("清运垃圾15.5多萬噸", "15.5多萬噸", 155_000, 155_000, 156_000, "more_than", "噸"),
        ("發放物資284萬餘件", "284萬餘件", 2_840_000, 2_840_000, 2_850_000, "more_than", "件"),
        ("参加三十来人", "三十来人", 30, 27, 33, "about", "人"),
        ("培訓10來人", "10來人", 10, 9, 11, "about", "人"),
        ("用去一個多小時", "一個多小時", 1, 1, 2, "more_than", "小時"),
        ("历时三個半小時清扫", "三個半小時", 3.5, 3.5, 3.5, "exact", "小時"),
        ("人口密度为每平方公里-3.5人", "-3.5人", -3.5, -3.5, -3.5, "exact", "人"),
        ("同比+5.2%", "+5.2%", 5.2, 5.2, 5.2, "exact", "%"),
        ("同比-5.2%", "-5.2%", -5.2, -5.2, -5.2, "exact", "%"),
        ("下降3.18百分点", "3.18百分点", 3.18, 3.18, 3.18, "exact", "百分点"),
        ("占十分之三", "十分之三", 0.3, 0.3, 0.3, "exact", None),
        ("占2/3", "2/3", 0.6667, 0.6667, 0.6667, "exact", None),
        ("捐款$22", "$22", 22, 22, 22, "exact", "$"),
        ("已用$103,500修路", "$103,500", 103_500, 103_500, 103_500, "exact", "$"),
        ("成本1.66 万元/床位", "1.66 万元/床位", 16_600, 16_600, 16_600, "exact", "元/床位"),
        ("补贴120元/亩", "120元/亩", 120, 120, 120, "exact", "元/亩"),
        ("约 5 899 公 噸垃圾", "约 5 899 公 噸", 5899, 5309.1, 6488.9, "about", "公噸"),
        ("服務 33 223 名長者", "33 223 名", 33_223, 33_223, 33_223, "exact", "名"),
        ("超過130多個網格", "超過130多個", 130, 130, 140, "more_than", "個"),
        ("达到95%以上", "95%以上", 95, 95, None, "at_least", "%"),
        ("八成或以上居民满意", "八成或以上", 8, 8, None, "at_least", "成"),
        ("约为1.2万人", "1.2万人", 12_000, 10_800, 13_200, "about", "人"),
        ("几乎有7成居民参加", "7成", 7, 6.3, 7, "nearly", "成"),
        ("每年3到5年轮换", "3到5年", 4, 3, 5, "range", "年"),
        ("每组8至12名", "8至12名", 10, 8, 12, "range", "名"),
        ("补助5万到30万元之间", "5万到30万元", 175_000, 50_000, 300_000, "range", "元"),
        ("共六万万人民", "六万万人", 600_000_000, 600_000_000, 600_000_000, "exact", "人"),
        ("共五百八十三亿元", "五百八十三亿元", 58_300_000_000, 58_300_000_000, 58_300_000_000, "exact", "元"),
        ("產值３３．５万亿元", "３３．５万亿元", 33_500_000_000_000, 33_500_000_000_000, 33_500_000_000_000, "exact", "元"),
        ("减少47．2吨", "47．2吨", 47.2, 47.2, 47.2, "exact", "吨"),
        ("打8折優惠", "8折", 8, 8, 8, "exact", "折"),
        ("七成以上居民", "七成以上", 7, 7, None, "at_least", "成"),
        ("一半以上居民参加,共20户以上", "20户以上", 20, 20, None, "at_least", "户"),
        ("半天清运垃圾3吨半", "3吨半", 3.5, 3.5, 3.5, "exact", "吨"),
        ("百分之九十五以上的居民", "百分之九十五以上", 95, 95, None, "at_least", "%"),
        ("近百分之三十的居民", "近百分之三十", 30, 27, 30, "nearly", "%"),
        ("两千零五十户", "两千零五十户", 2050, 2050, 2050, "exact", "户"),
        ("共一千零一戶", "一千零一戶", 1001, 1001, 1001, "exact", "戶"),
        ("共十万零五百人", "十万零五百人", 100_500, 100_500, 100_500, "exact", "人"),
        ("1200户,约4006人", "约4006人", 4006, 3605.4, 4406.6, "about", "人"),
        ("补植苗木1万多株", "1万多株", 10_000, 10_000, 20_000, "more_than", "株"),
        ("突破15万小时", "突破15万小时", 150_000, 150_000, None, "more_than", "小时"),
        ("清理小廣告五百餘份", "五百餘份", 500, 500, 600, "more_than", "份"),
        ("新增志愿者两三百名", "两三百名", 250, 200, 300, "range", "名"),
        ("每次清理三、四十处", "三、四十处", 35, 30, 40, "range", "处"),
        ("整修田地三五十亩", "三五十亩", 40, 30, 50, "range", "亩"),
        ("动员百十来人", "百十来人", 110, 99, 121, "about", "人"),
    ],
)  # fmt: skip
def test_forms_of_real_reports(
    text: str,
    written: str,
    value: float | None,
    low: float | None,
    high: float | None,
    approx: str,
    unit: str,
) -> None:
    """The forms that the annotation guide settles are read as it says, with the span that it says."""
    rows = [row for row in found(text) if row["text"] == written]
    assert rows, [row["text"] for row in found(text)]
    row = rows[0]
    assert (row["value"], row["low"], row["high"], row["approx"], row["unit"]) == (
        close(value), close(low), close(high), approx, unit,
    )  # fmt: skip


def test_a_frame_says_the_same_as_the_columns() -> None:
    """The table of a text holds what the extraction of its report gives."""
    text = "清運垃圾約18.5噸,走訪3~5戶。"
    rows, frame = found(text), analysis.extract_text(text)
    for name in ("value", "low", "high", "approx", "unit", "text", "start", "end"):
        assert [None if pd.isna(v) else v for v in frame[name]] == [row[name] for row in rows]
