"""The cells of one field: a plain value for each that the rules can tell apart, missing where it may be."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence

import attrs

from tierlang.accounts.cells import folded, is_empty, plain_text, same_texts
from tierlang.analysis.flows import Use
from tierlang.analysis.keys import ANY, Key, Span
from tierlang.program.nodes import Field
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind, Value

_FEW = 40
"""Up to so many numbers, each is a cell of its own where more is done with a number than comparing it."""
_FRAGMENTS = 6
_PLAIN = ("other", "else", "more", "some", "zzz", "§", "¤", "¬")
_BETWEEN = ("-", "_", "+", "~", "§", "¤", "¬", "¦")
_LARGE = (1, 100, 10_000, 1_000_000)


@attrs.frozen
class Domain:
    """All that a field can be: `values` that an account can have, plainest first; `spans` for what else it can be, where that is not the same for the rules."""

    values: tuple[Value, ...]
    spans: tuple[Key, ...] = ()


def domain_of(field: Field, uses: Iterable[Use], missing_cells: Sequence[str], as_of: dt.date) -> Domain:
    """The cells of a field under these uses, which come in any order."""
    uses = tuple(sorted(uses, key=lambda use: (use.sort, str(use.what))))
    free = any(use.sort == "free" for use in uses)
    match field.kind:
        case Kind.FLAG:
            values: tuple[Value, ...] = (False, True)
            spans: tuple[Key, ...] = ()
        case Kind.TEXT:
            values, spans = _texts(field, uses, missing_cells, free)
        case Kind.TAGS:
            values, spans = _tag_sets(field, uses, missing_cells, free)
        case Kind.DATE:
            values, spans = _dates(field, _firsts(uses), as_of, free)
        case _:
            values, spans = _numbers(field, _firsts(uses), free)
    first: list[Value] = [None] if field.may_be_missing else [] if field.default is None else [field.default]
    return Domain(tuple(dict.fromkeys([*first, *values])), spans)


def _firsts(uses: Iterable[Use]) -> list[int]:
    return sorted({use.what for use in uses if use.sort == "cut"})


def _cells(low: int, high: int, firsts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The stretches of low..high between the cuts."""
    for first in firsts:
        if low < first <= high:
            yield low, first - 1
            low = first
    if low <= high:
        yield low, high


def ends(field: Field) -> tuple[int, int]:
    """The least and greatest number that a field allows."""
    high = LIMIT - 1 if field.high is None else field.high - field.high_open
    low = 1 - LIMIT if field.low is None else field.low
    step = SCALE if field.kind is Kind.WHOLE else 1
    return -(-low // step) * step, high // step * step


def _numbers(field: Field, firsts: Sequence[int], free: bool) -> tuple[tuple[Value, ...], tuple[Key, ...]]:
    step = SCALE if field.kind is Kind.WHOLE else 1
    low, high = ends(field)
    if free and high - low <= _FEW * step:
        return tuple(range(low, high + 1, step)), ()
    found: list[int] = []
    far: list[int] = []
    spans: list[Key] = []
    for start, end in _cells(low, high, firsts):
        start, end = -(-start // step) * step, end // step * step
        if start > end:
            continue
        found.append(plainest(start, end, step))
        if free:
            far += (start, end)
            far += (sign * each * SCALE for each in _LARGE for sign in (1, -1) if start <= sign * each * SCALE <= end)
            spans += [Span(start, end)] if start < end else []
    return tuple(dict.fromkeys([*sorted(found, key=_plainness), *sorted(far, key=_plainness)])), tuple(spans)


def _plainness(number: int) -> tuple[int, bool]:
    return abs(number), number < 0


def plainest(low: int, high: int, step: int = 1) -> int:
    """The number of the fewest digits between the two, and of those the nearest to 0; both ends are multiples of the step."""
    if low <= 0 <= high:
        return 0
    if high < 0:
        return -plainest(-high, -low, step)
    unit = step
    best = low
    while unit <= high:
        first = -(-low // unit) * unit
        if first > high:
            break
        best = first
        if first == unit or first < 10 * unit:
            break
        unit *= 10
    return best


def _dates(
    field: Field, firsts: Sequence[int], as_of: dt.date, free: bool
) -> tuple[tuple[Value, ...], tuple[Key, ...]]:
    today = as_of.toordinal()
    found: list[int] = []
    far: list[int] = []
    spans: list[Key] = []
    for start, end in _cells(dt.date.min.toordinal(), dt.date.max.toordinal(), firsts):
        found.append(min(max(today, start), end))
        if free:
            far += (start, end)
            spans += [Span(dt.date.fromordinal(start), dt.date.fromordinal(end))] if start < end else []
    near = sorted(dict.fromkeys([*found, *far]), key=lambda day: (abs(day - today), day))
    return tuple(dt.date.fromordinal(day) for day in near), tuple(spans)


def _texts(
    field: Field, uses: Sequence[Use], missing_cells: Sequence[str], free: bool
) -> tuple[tuple[Value, ...], tuple[Key, ...]]:
    asked = [use.what for use in uses if use.sort == "text"]
    matches = list(dict.fromkeys(use.what for use in uses if use.sort == "match"))
    if field.one_of:
        allowed = [text for text in dict.fromkeys(map(plain_text, field.one_of)) if can_be(field, text, missing_cells)]
        return tuple(allowed if free else _told_apart(allowed, asked, matches)), ()
    made, all_made = _made(field, matches, asked)
    others = [text for text in (*_plain_texts(asked, matches), *made) if can_be(field, text, missing_cells)]
    constants = [text for text in dict.fromkeys(asked) if can_be(field, text, missing_cells)]
    found = tuple(dict.fromkeys([*_told_apart(others, asked, matches), *constants]))
    return found, () if all_made and not free else (ANY,)


def can_be(field: Field, text: str, missing_cells: Sequence[str]) -> bool:
    """Whether some cell of the field is read as this text."""
    if is_empty(text, ()) or text != plain_text(text) or (field.one_of and text not in map(plain_text, field.one_of)):
        return False
    standards = set(same_texts(field).values())
    if text in standards:
        return True
    return text == folded(field, text) and text not in same_texts(field) and not is_empty(text, missing_cells)


def _plain_texts(asked: Sequence[str], matches: Sequence[tuple[str, str]]) -> list[str]:
    """Texts that are none of those asked for and that nothing matches, if one is found."""
    plain = [text for text in _PLAIN if text not in asked and not any(matched(text, *each) for each in matches)]
    return plain[:1]


def matched(text: str, operator: str, fragment: str) -> bool:
    """Whether the text matches."""
    return {"contains": str.__contains__, "starts with": str.startswith, "ends with": str.endswith}[operator](
        text, fragment
    )


def _told_apart(texts: Sequence[str], asked: Sequence[str], matches: Sequence[tuple[str, str]]) -> list[str]:
    """One text for each set of answers."""
    constants = set(asked)
    first: dict[tuple[str | None, ...], str] = {}
    for text in texts:
        answers = (text if text in constants else None, *("yes" if matched(text, *each) else None for each in matches))
        first.setdefault(answers, text)
    return list(first.values())


def _made(field: Field, matches: Sequence[tuple[str, str]], asked: Sequence[str]) -> tuple[list[str], bool]:
    """Texts of fragments: for every set of matches that a text can have, one with exactly these. Whether these are all.

    Such a text begins with the longest beginning that it matches, ends with the longest end, and has the others between marks that no fragment has.
    """
    if not matches:
        return [], True
    pieces = list(dict.fromkeys(fragment for _, fragment in matches))
    between = next((mark for mark in _BETWEEN if not any(mark in text for text in (*pieces, *asked))), None)
    if between is None or len(matches) > _FRAGMENTS + 2:
        return [piece for piece in pieces if piece], False
    starts = ["", *(fragment for operator, fragment in matches if operator == "starts with")]
    ends_ = ["", *(fragment for operator, fragment in matches if operator == "ends with")]
    inside = [fragment for operator, fragment in matches if operator == "contains"]
    made = list(pieces)
    for start, end in itertools.product(starts, ends_):
        for many in range(len(inside) + 1):
            for some in itertools.combinations(inside, many):
                made.append(between.join((start, *some, end)))
    return [text for text in sorted(dict.fromkeys(made), key=len) if text], True


def _tag_sets(
    field: Field, uses: Sequence[Use], missing_cells: Sequence[str], free: bool
) -> tuple[tuple[Value, ...], tuple[Key, ...]]:
    asked = [tag for tag in dict.fromkeys(use.what for use in uses if use.sort == "tag") if can_be(field, tag, ())]
    asked = [tag for tag in asked if tag == tag.strip() and field.split not in tag]
    others = list(dict.fromkeys(map(plain_text, field.one_of))) if field.one_of else list(_PLAIN)
    other = [tag for tag in others if tag not in asked and can_be(field, tag, ())][:1]
    few = asked[:_FRAGMENTS]
    sets = [set(some) for many in range(len(few) + 1) for some in itertools.combinations(few, many)]
    if len(asked) > len(few):
        sets += [*({tag} for tag in asked), set(asked)]
    values: list[tuple[str, ...]] = [tuple(sorted(tags)) for tags in sets]
    if field.required:
        values = [tags for tags in (*values[:1], tuple(other), *values[1:]) if tags]
    return tuple(values), (ANY,) if free or len(asked) > len(few) else ()
