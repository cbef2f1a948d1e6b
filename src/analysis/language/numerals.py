"""Numerals: what a written number is worth.

Reads Arabic, Chinese and mixed forms (`10,728,537`, `二十七亿四千万`, `12亿156万3,000`, `三千二`) in folded
text (see `analysis.language.script`). The place-value rules are those of GB/T 15835-2011, with the
spoken short forms that reports use (`三千二` is 3200, `两万三` is 23000).
"""

from __future__ import annotations

import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "参": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
MULTIPLIERS = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "亿": 10**8,
    "拾": 10,
    "佰": 100,
    "仟": 1000,
    "兆": 10**12,
}
TENS = {"廿": 20, "卅": 30, "卌": 40}

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# 千 before 瓦, 克 and 米 belongs to the unit where it can be no part of the numeral: 3千米, 十千克, 5万千瓦.
_SI = "瓦克米卡帕伏"
_AFTER_ARABIC = (
    rf"(?:[十万亿拾佰仟]|百(?!分[点之])|(?<![万亿])千(?![{_SI}]|分[点之])|兆(?=[元圆亿\d,。;、)]|$))"
)
_PLAIN, _FINANCIAL = "零一二两三四五六七八九", "壹贰叁参肆伍陆柒捌玖"
_CHINESE_PART = rf"(?:[{_PLAIN}十百万亿廿卅卌]|千(?![{_SI}])|(?<![十百千万亿])千|兆(?=[元圆亿零一二三四五六七八九,。;、)]|$)|[壹贰叁肆伍陆柒捌玖拾佰仟])"
# 两 ends no number but 一两: behind any other it is a unit (三十两).
CHINESE = (
    rf"(?:[{_PLAIN}十百千万亿廿卅卌]{_CHINESE_PART}*(?<![零二三四五六七八九十百千万亿]两)(?:点[零一二三四五六七八九]+[百千万亿兆]*)?"
    # Financial numerals are numbers only with a place value or before money: 壹万贰仟, 伍角, not the 参 of 参加.
    rf"|(?:[{_FINANCIAL}][拾佰仟万亿十百千]|(?<![收捡])拾[万亿{_FINANCIAL}一二三四五六七八九]){_CHINESE_PART}*"
    rf"|[{_FINANCIAL}](?=[角分])|(?![壹参])[{_FINANCIAL}](?=[元圆]))"
)
# An Arabic number may go on after a multiplier: 12亿156万3,000.
MIXED = rf"{ARABIC}{_AFTER_ARABIC}*(?:(?<=[百千万亿兆])零?{ARABIC}{_AFTER_ARABIC}*)*"
NUMBER = rf"(?:{MIXED}|{CHINESE})"

_SECTIONS = {"万": 10**4, "亿": 10**8}
_LARGE = 1e7
# No number is written with more characters; of what is longer the value may be none that a float holds.
_LONGEST = 64
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TOKEN = re.compile(rf"{ARABIC}|.", re.DOTALL)
_PAIR = re.compile(
    r"((?:[一二两三四五六七八九]?[十百千万亿零])*[廿卅]?)([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)"
)


def parse_number(text: str) -> float | None:
    """Give the value of a numeral, or None when it is none.

    Parameters
    ----------
    text : a numeral in folded text, without sign, unit or approximator.

    Examples
    --------
    >>> parse_number("12亿156万3,000"), parse_number("三千二"), parse_number("一百五十万零三百")
    (1201563000, 3200, 1500300)
    >>> parse_number("三十八点五"), parse_number("六万万"), parse_number("个")
    (38.5, 600000000, None)
    """
    if len(text) > _LONGEST:
        return None
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return int(text) if "." not in text else float(text)
    factor = _SECTIONS.get(text[-1:])
    if factor and _DECIMAL.fullmatch(text, 0, len(text) - 1) and (value := float(text[:-1])):
        return exact(value * factor)
    if "点" in text[1:]:
        whole, _, decimals = text.partition("点")
        base = parse_number(whole)
        digits = decimals.rstrip("百千万亿兆")
        if base is None or not digits or not all(c in DIGITS for c in digits):
            return None
        value = float(f"{int(base)}.{''.join(str(DIGITS[c]) for c in digits)}")
        scale = parse_number("一" + decimals[len(digits) :]) or 1
        return value if scale == 1 else exact(value * scale)
    return _place_value(_TOKEN.findall(text))


def exact(number: float) -> float:
    """Undo the binary tail of a product: 1.2 x 10000 is 12000, not 12000.000000000002; a whole number is an int.

    Examples
    --------
    >>> exact(1.2 * 10000), exact(81.9 * 10**8), exact(0.1 + 0.2)
    (12000, 8190000000, 0.3)
    """
    if number == int(number):
        return int(number)
    # A float has sixteen digits in all.
    rounded = round(number, 6 if -_LARGE < number < _LARGE else 2)
    return int(rounded) if rounded == int(rounded) else rounded


def _place_value(tokens: list[str]) -> float | None:
    total, section = 0.0, 0.0
    digit: float | None = None
    last_multiplier, after_zero, smallest = 1, False, 10**4
    for token in tokens:
        if token in MULTIPLIERS:
            factor = MULTIPLIERS[token]
            if factor >= 10**4:
                section += digit or 0
                # 六万万 multiplies what is there; 二亿三千万 adds a smaller section.
                if not section:
                    if not total:
                        section = 1
                    else:
                        total, digit, last_multiplier = total * factor, None, factor
                        continue
                total = (total + section) * factor if total and total < factor else total + section * factor
                section, smallest = 0.0, 10**4
            elif factor >= smallest:
                return None  # 二十五千 and 百千 are no numbers
            else:
                smallest = factor
                section += (1 if digit is None else digit) * factor
            digit, last_multiplier, after_zero = None, factor, False
        elif token in TENS:
            section += TENS[token]
            digit, last_multiplier = None, 10
        elif token in DIGITS:
            if digit is not None:
                return _digit_string(tokens)
            after_zero = after_zero or DIGITS[token] == 0
            digit = DIGITS[token] or None
        elif token[0].isdigit():
            if digit is not None:
                return None
            digit = float(token.replace(",", ""))
            # A single digit right after 万 or 千 is the spoken short form (1万5 is 15000).
            after_zero = len(token) > 1
        else:
            return None
    if digit is not None and not after_zero and last_multiplier >= 100:
        digit = digit * last_multiplier / 10
    return exact(total + section + (digit or 0))


def _digit_string(tokens: list[str]) -> float | None:
    """Read 一九五六 digit by digit."""
    if all(t in DIGITS for t in tokens):
        return int("".join(str(DIGITS[t]) for t in tokens))
    return None


def parse_neighbours(text: str) -> tuple[float, float] | None:
    """Read two neighbouring digits as the range they mean: 二三十 is 20 to 30, 一百五六十 is 150 to 160.

    Examples
    --------
    >>> parse_neighbours("二三十"), parse_neighbours("十七八"), parse_neighbours("二五")
    ((20, 30), (17, 18), None)
    """
    match = _PAIR.fullmatch(text)
    if not match:
        return None
    before, low, high, after = match.groups()
    if DIGITS[high] - DIGITS[low] != 1 and (low, high) != ("三", "五"):
        return None
    first = parse_number(before + low + after)
    second = parse_number(before + high + after)
    return (first, second) if first is not None and second is not None else None


def last_step(text: str) -> float:
    """Give one step of the last non-zero digit written: 10 for 260, 1000 for 8000 and for 1.2万.

    This is how far 多 and 餘 may reach.

    Examples
    --------
    >>> last_step("260"), last_step("8000"), last_step("1.2万"), last_step("78"), last_step("十")
    (10, 1000, 1000, 1, 10)
    """
    if text.isascii() and text.isdigit():
        return 10 ** (len(text) - len(text.rstrip("0"))) if text.strip("0") else 1
    value = parse_number(text)
    if not value:
        return 1
    scale = 1.0
    head = re.match(ARABIC, text)
    if head:
        scale = (
            (parse_number("1" + text[head.end() :]) or 1)
            if text[head.end() :]
            and "0" <= text[0] <= "9"
            and all(c in MULTIPLIERS for c in text[head.end() :])
            else 1
        )
    coefficient = round(value / scale, 9)
    step = 1.0
    if coefficient != int(coefficient):
        while round(coefficient / step, 6) != int(round(coefficient / step, 6)):
            step /= 10
    else:
        whole = int(coefficient)
        while whole and whole % 10 == 0:
            whole //= 10
            step *= 10
    return exact(step * scale)
