"""Number cells: which texts are numbers, and which number each one is.

One grammar for both readers of cells: the regular expressions here are the SQL door's too, so they keep to what Python's `re` and RE2
read alike.
"""

from __future__ import annotations

import re
from typing import Literal

import attrs

from tierlang.accounts.problems import Cause
from tierlang.program.numbers import DIGITS, SCALE, half

LARGEST_DIGITS = 14
"""A number has at most this many digits before the point: its magnitude stays under 10^14."""

_INT = "[0-9]+(?:_[0-9]+)*|[1-9][0-9]{0,2}(?:,[0-9]{3})+|"
_FRACTION = r"(?:([.])((?:[0-9]+(?:_[0-9]+)*)?))?"
_EXPONENT = "[eE][-+]?(?:0_?)*[0-9](?:_?[0-9]){0,2}[.]?"
_SIGN = "[-+−]?"
_SUFFIX = "[kKmMbB]?|[bB][nN]"
_CURRENCY = "[$€£]?"

PARTS = ("open", "sign", "before", "sign2", "int", "point", "frac", "exp", "suffix", "after", "percent", "close")
NUMERAL = (
    rf"^([(]?) ?({_SIGN}) ?({_CURRENCY}) ?({_SIGN})({_INT}){_FRACTION}"
    rf"((?:{_EXPONENT})?) ?({_SUFFIX}) ?({_CURRENCY}) ?(%?) ?([)]?)$"
)
"""Every number cell matches this, with `PARTS` as its groups; what may not stand together is said in `SHIFTS` and `Reader`."""

_SIDE = rf"{_CURRENCY} ?(?:[0-9][0-9_,.]*|[.][0-9]+) ?(?:{_SUFFIX}) ?{_CURRENCY}"
SPAN_PARTS = ("compare", "low", "dash", "high", "plus")
SPAN = rf"^((?:<=|>=|[<>≤≥])?) ?({_SIDE})(?:( ?[-–—] ?| to )({_SIDE}))? ?([+]?)$"
"""A cell that names a range of numbers: `51-200`, `<10`, `10,001+`."""

SHIFTS = {"": 0, "k": 3, "m": 6, "b": 9, "bn": 9}

_NUMERAL = re.compile(NUMERAL)
_SPAN = re.compile(SPAN)


@attrs.frozen
class Numeral:
    """A number read from a cell, in 1/10,000ths; `fraction` where a digit but 0 stands after the point, `rounded` where one was lost."""

    value: int
    fraction: bool
    rounded: bool


@attrs.frozen
class Style:
    """What a number cell may look like in one field: with a currency sign, with a percent sign; and whether it is a whole number.

    Of whole numbers `1.000` is one of two, by country: one, or a thousand. Others may well have three digits after the point.
    """

    currency: bool
    percent: bool
    noun: str
    whole: bool = False


NOT_A_NUMBER = "not-a-number"


def read_numeral(text: str, style: Style) -> Numeral | Cause:
    """The number that the trimmed text says, or why it says none."""
    found = _NUMERAL.fullmatch(text)
    if found is None:
        return _why_not(text, style)
    part = dict(zip(PARTS, (group or "" for group in found.groups()), strict=True))
    digits = re.sub("[,_]", "", part["int"]) + part["frac"].replace("_", "")
    if not digits or not _stand_together(part, style):
        return _why_not(text, style)
    if style.whole and _is_ambiguous(part):
        return Cause(
            "dotted-thousands",
            "may have a point between the thousands, or before decimals",
            "a whole number like 1234, without a point",
        )
    shift = SHIFTS[part["suffix"].lower()] - (2 if part["percent"] else 0)
    if part["exp"]:
        shift += int(part["exp"][1:].rstrip("."))
    point = len(re.sub("[,_]", "", part["int"])) + shift
    whole = digits[: max(point, 0)] + "0" * (point - len(digits))
    fraction = "0" * -min(point, 0) + digits[max(point, 0) :]
    count = half(int((whole + fraction) or "0") * SCALE, 10 ** len(fraction))
    if count >= SCALE * 10**LARGEST_DIGITS:
        return Cause("too-large", "is too large a number", "numbers under 100,000,000,000,000 (10 to the power of 14)")
    negative = bool(part["open"]) or "-" in part["sign"] + part["sign2"] or "−" in part["sign"] + part["sign2"]
    return Numeral(
        -count if negative else count,
        fraction=bool(fraction.strip("0")),
        rounded=bool(fraction[DIGITS:].strip("0")),
    )


def _is_ambiguous(part: dict[str, str]) -> bool:
    """Whether the parts look like whole thousands with a point between, `12.000`."""
    return (
        part["frac"] == "000"
        and part["int"] not in ("", "0")
        and len(part["int"]) <= 3
        and not part["exp"] + part["suffix"]
    )


def _stand_together(part: dict[str, str], style: Style) -> bool:
    signs = bool(part["sign"]) + bool(part["sign2"])
    coins = bool(part["before"]) + bool(part["after"])
    return (
        bool(part["open"]) == bool(part["close"])
        and signs + bool(part["open"]) <= 1
        and coins <= (1 if style.currency else 0)
        and not (part["exp"] and (part["suffix"] or "," in part["int"]))
        and (not part["percent"] or (style.percent and not (part["exp"] or part["suffix"] or coins)))
    )


@attrs.frozen
class Bounds:
    """The two ends a range cell names, in 1/10,000ths; both are the known end where the cell leaves one open."""

    low: int
    high: int
    fraction: bool
    rounded: bool


def read_span(text: str, style: Style, *, whole: bool, floor: int) -> Bounds | Cause | None:
    """The range that the trimmed text names, None if it names none, or what is wrong with it.

    `floor` is the least number the field allows (or 0): the lower end of `<10`.
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    compare, low_text, dash, high_text, plus = (group or "" for group in found.groups())
    if bool(compare) + bool(dash) + bool(plus) != 1:
        return None
    low = read_numeral(low_text, style)
    if isinstance(low, Cause):
        return low
    step = SCALE if whole else 0
    fraction, rounded = low.fraction, low.rounded
    match compare:
        case "<":
            bounds = (floor, low.value - step)
        case "<=" | "≤":
            bounds = (floor, low.value)
        case ">":
            bounds = (low.value + step, low.value + step)
        case _:
            bounds = (low.value, low.value)
    if dash:
        high = read_numeral(high_text, style)
        if isinstance(high, Cause):
            return high
        if high_text.rstrip(" $€£")[-1:].isalpha() and not low_text.rstrip(" $€£")[-1:].isalpha():
            return Cause("half-a-suffix", "leaves open whether its first number has the suffix too", "1M-5M, or 1-5")
        bounds = (low.value, high.value)
        fraction, rounded = fraction or high.fraction, rounded or high.rounded
    if bounds[0] > bounds[1]:
        return Cause("reversed-range", "is a range that ends before it begins", "the smaller number first, like 51-200")
    return Bounds(*bounds, fraction=fraction, rounded=rounded)


def end_of(bounds: Bounds, which: Literal["low", "middle", "high"], *, whole: bool) -> int:
    """The end of the range that the field takes."""
    if which == "low":
        return bounds.low
    if which == "high":
        return bounds.high
    step = SCALE if whole else 1
    return half(bounds.low // step + bounds.high // step, 2) * step


_COMMA_DECIMAL = re.compile(r"[-+]?[0-9]{1,3}(?:[.][0-9]{3})*,[0-9]+|[-+]?[0-9]+,[0-9]{1,2}")
_DOT_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:[.][0-9]{3}){2,}")
_SPACE_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(?:[ \u00a0\u202f'’][0-9]{3})+(?:[.,][0-9]+)?")
_SPAN_LIKE = re.compile(r"[$€£]?[0-9][0-9.,kKmMbB]*(?: ?[-–—] ?[$€£]?[0-9].*|[+])|[<>≤≥].*[0-9].*")

_DATE_LIKE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


def _why_not(text: str, style: Style) -> Cause:
    plain = f"{style.noun} like " + ("1234" if style.whole else "1234.5 or 1,234.50")
    bare = text.strip("()$€£+−- ")
    if bare.lower() in ("nan", "inf", "infinity"):
        return Cause("not-finite", "is not a finite number", plain)
    if _COMMA_DECIMAL.fullmatch(bare):
        return Cause("decimal-comma", "uses a comma where the decimal point stands", f"{plain}; write 1.7 for 1,7")
    if _DOT_THOUSANDS.fullmatch(bare):
        return Cause(
            "dotted-thousands", "uses points between the thousands", f"{plain}; write 200000000 or 200,000,000"
        )
    if _SPACE_THOUSANDS.fullmatch(bare):
        return Cause("spaced-thousands", "uses blanks or quotes between the thousands", f"{plain}; write 1234 or 1,234")
    if "%" in text and not style.percent:
        return Cause("percent", "is a percentage, which this field does not take", plain)
    if any(sign in text for sign in "$€£") and not style.currency:
        return Cause("currency", "has a currency sign, which only money and number fields take", plain)
    if _SPAN_LIKE.fullmatch(text) and not _DATE_LIKE.match(text):
        return Cause(
            "range", "is a range of numbers", f"{plain}; or give the field `ranges as low` (or middle, or high)"
        )
    return Cause(NOT_A_NUMBER, f"is not {style.noun}", plain)
