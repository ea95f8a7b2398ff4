"""What a cell's text means, in plain Python: the referee of the SQL door, and where the causes of refusals come from.

White space around a cell does not count, except in texts and keys, which keep it; a cell of nothing but white space is empty. Empty cells
and those the rules name as `missing` take the field's default, or are missing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeAlias

import attrs

from tierlang.accounts.dates import date_format, read_date
from tierlang.accounts.numerals import Style, end_of, read_numeral, read_span
from tierlang.accounts.problems import Cause
from tierlang.program.nodes import Field
from tierlang.program.numbers import SCALE, number_text
from tierlang.program.values import Kind, Value

WHITE = "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What is trimmed: Unicode's white space, the zero-width space and the byte order mark."""

FLAGS = {
    "true": True,
    "yes": True,
    "y": True,
    "t": True,
    "1": True,
    "false": False,
    "no": False,
    "n": False,
    "f": False,
    "0": False,
}
"""The texts of flags, in lower case; any letter case is read."""

_FOLD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")

MISSING = Cause("required", "is empty, and the field is required", "a value in every row")
NUL = Cause("nul", "has a NUL byte in it, which no text has", "text without NUL bytes; the file may be damaged")
NOT_A_FLAG = Cause("not-a-flag", "is neither yes nor no", "yes or no, true or false, y or n, t or f, 1 or 0")


@attrs.frozen
class Reading:
    """What a good cell means; `rounded` says that fraction digits were lost."""

    value: Value
    rounded: bool = False


Cell: TypeAlias = str | tuple[str | None, ...] | None
"""A cell as it comes: text, a list of texts (typed list columns), or None."""


def read_cell(field: Field, cell: Cell, missing: Iterable[str], empty: Cause = MISSING) -> Reading | Cause:
    """The meaning of a field's cell; numbers in 1/10,000ths. `empty` is why a required field's cell may not be."""
    if isinstance(cell, tuple):
        return _read_tags(field, [item for item in cell if item is not None])
    if is_empty(cell, missing):
        if field.required:
            return empty
        return Reading(() if field.default is None and field.kind is Kind.TAGS else field.default)
    assert cell is not None
    if "\0" in cell:
        return NUL
    match field.kind:
        case Kind.WHOLE | Kind.NUMBER | Kind.MONEY:
            return _read_number(field, cell.strip(WHITE))
        case Kind.TEXT:
            return _read_text(field, cell)
        case Kind.FLAG:
            flag = FLAGS.get(cell.strip(WHITE).translate(_FOLD))
            return NOT_A_FLAG if flag is None else Reading(flag)
        case Kind.DATE:
            date = read_date(cell.strip(WHITE), date_format(field.date_format))
            return date if isinstance(date, Cause) else Reading(date)
        case Kind.TAGS:
            return _read_tags(field, cell.split(field.split))


def is_empty(cell: str | None, missing: Iterable[str]) -> bool:
    """Whether a cell means no value."""
    trimmed = "" if cell is None else cell.strip(WHITE)
    return not trimmed or trimmed in missing


def number_style(field: Field) -> Style:
    """What the field's number cells may look like. A percentage is read only where 45% cannot be taken for 45."""
    noun = {Kind.WHOLE: "a whole number", Kind.NUMBER: "a number", Kind.MONEY: "an amount of money"}[field.kind]
    small = field.high is None or field.high <= SCALE
    return Style(
        currency=field.kind is not Kind.WHOLE,
        percent=field.kind is Kind.NUMBER and small,
        noun=noun,
        whole=field.kind is Kind.WHOLE,
    )


def span_floor(field: Field) -> int:
    """The lower end of a cell like `<10`: the least number the field allows, else 0."""
    step = SCALE if field.kind is Kind.WHOLE else 1
    return 0 if field.low is None else -(-field.low // step) * step


def _read_number(field: Field, text: str) -> Reading | Cause:
    style, whole = number_style(field), field.kind is Kind.WHOLE
    read = read_numeral(text, style)
    if isinstance(read, Cause):
        if field.ranges_as is None:
            return read
        span = read_span(text, style, whole=whole, floor=span_floor(field))
        if span is None or isinstance(span, Cause):
            return span or read
        value, fraction, rounded = end_of(span, field.ranges_as, whole=whole), span.fraction, span.rounded
    else:
        value, fraction, rounded = read.value, read.fraction, read.rounded
    if whole and fraction:
        return Cause("fraction", "is not a whole number", "a whole number like 1234, or the field's type `number`")
    if not in_range(field, value):
        return Cause("out-of-range", f"is not in {range_text(field)}", f"a number in {range_text(field)}")
    return Reading(value, rounded)


def in_range(field: Field, number: int) -> bool:
    """Whether the field allows the number."""
    if field.low is not None and number < field.low:
        return False
    return field.high is None or number < field.high or (number == field.high and not field.high_open)


def range_text(field: Field) -> str:
    """The field's range as rules write it: `0..100`, `0..<1`."""
    low = "" if field.low is None else number_text(field.low)
    high = "" if field.high is None else number_text(field.high)
    return f"{low}..{'<' if field.high_open else ''}{high}"


def plain_text(text: str) -> str:
    """The text in Unicode's composed form (NFC), which is how texts are compared."""
    return unicodedata.normalize("NFC", text)


def folded(field: Field, text: str) -> str:
    """The text in lower case (A to Z) if the field folds case."""
    return text.translate(_FOLD) if field.fold_case else text


@lru_cache
def same_texts(field: Field) -> dict[str, str]:
    """What the field's `same` lines replace; the first line for a text counts."""
    replaced: dict[str, str] = {}
    for text, standard in field.same:
        replaced.setdefault(folded(field, plain_text(text)), plain_text(standard))
    return replaced


def allowed_texts(field: Field) -> tuple[str, ...]:
    """The texts of `one of`, composed; empty for any."""
    return tuple(plain_text(text) for text in field.one_of)


def _standard(field: Field, text: str) -> str:
    plain = folded(field, plain_text(text))
    return same_texts(field).get(plain, plain)


def _read_text(field: Field, cell: str) -> Reading | Cause:
    text = _standard(field, cell)
    return _not_allowed(field, text) or Reading(text)


def _read_tags(field: Field, items: Iterable[str]) -> Reading | Cause:
    trimmed = (item.strip(WHITE) for item in items)
    tags = tuple(sorted({_standard(field, item) for item in trimmed if item}))
    for tag in tags:
        refused = NUL if "\0" in tag else _not_allowed(field, tag)
        if refused is not None:
            return refused
    if not tags and field.required:
        return MISSING
    return Reading(tags)


def _not_allowed(field: Field, text: str) -> Cause | None:
    allowed = allowed_texts(field)
    if not allowed or text in allowed:
        return None
    listed = ", ".join(f'"{each}"' for each in allowed[:8]) + (
        f" and {len(allowed) - 8} more" if len(allowed) > 8 else ""
    )
    return Cause("not-one-of", "is none of the texts that the field allows", listed)


def nearest_allowed(field: Field, cell: str) -> str | None:
    """The allowed text most like a refused cell."""
    allowed = allowed_texts(field)
    by_fold = {text.casefold(): text for text in reversed(allowed)}
    wanted = plain_text(cell).strip(WHITE).casefold()
    close = [wanted] if wanted in by_fold else get_close_matches(wanted, by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None
