"""Windows and spans of time as people say them: `in the last 90 days`, `since 90 days`, `for at least 3 weeks`, `90d`."""

from __future__ import annotations

import re

from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import Token

UNITS = ("hour", "day", "week", "month", "quarter", "year")
UNIT_WORDS = frozenset(f"{unit}{s}" for unit in UNITS for s in ("", "s"))
_SHORT = {
    **dict.fromkeys(("h", "hr", "hrs"), "hour"),
    "d": "day",
    **dict.fromkeys(("w", "wk", "wks"), "week"),
    **dict.fromkeys(("mo", "mos", "mth", "mths"), "month"),
    **dict.fromkeys(("q", "qtr", "qtrs"), "quarter"),
    **dict.fromkeys(("y", "yr", "yrs"), "year"),
}
_COUNTED = re.compile(r"([0-9][0-9_]*)([a-z]+)", re.IGNORECASE)
ENDINGS = frozenset(word[-1] for word in (*UNIT_WORDS, *_SHORT))
"""The last letters of numerals that may be a count with its unit."""

LEADS = ("in", "within", "over", "during", "inside", "throughout")
BACK = ("the", "last", "past", "previous", "recent")
_AHEAD = ("next", "coming")


def glued_unit(place: Place) -> Mend | None:
    """`90days`, `90d` for `90 days`."""
    token = place.token
    match = _COUNTED.fullmatch(token.text)
    if match is None:
        return None
    count, written = match.groups()
    unit = _unit(written, count)
    if unit is None or (unit != written.lower() and not place.accepts("NUMBER", place.tables.keywords[unit])):
        return None
    middle = token.start + len(count)
    message = (
        f"a space is missing in `{token.text}`"
        if unit == written.lower()
        else f"`{token.text}` is written `{count} {unit}`"
    )
    words = complaint("bad-number", place.span(), message, write=f"{count} {unit}")
    tokens = (
        Token("NUMBER", count, token.start, middle, token.first),
        Token(place.tables.keywords[unit], unit, middle, token.end),
    )
    return Mend(words, tokens, drop=1)


def short_unit(place: Place) -> Mend | None:
    """`90 d` for `90 days`, `3 consecutive weeks` for `3 weeks`."""
    token, before = place.token, place.before
    if before is None or before.kind != "NUMBER" or token.first or not place.accepts("DAYS"):
        return None
    if token.text in ("consecutive", "straight", "full", "whole", "calendar"):
        return _without(place, 1)
    unit = _unit(token.text, before.text) if token.text.lower() in _SHORT else None
    if unit is None:
        return None
    words = complaint("unexpected-text", place.span(), f"`{token.text}` is written `{unit}`", write=unit)
    return Mend(words, (renamed(token, place.tables.keywords[unit], unit),), drop=1)


def _unit(written: str, count: str) -> str | None:
    """The word that a unit is written with."""
    lower = written.lower()
    if lower in UNIT_WORDS:
        return lower
    unit = _SHORT.get(lower)
    return unit and (unit if count == "1" else f"{unit}s")


def worded_window(place: Place) -> Mend | None:
    """`in the last 90 days`, `within last 90 days`, `last 90 days`, `in 90 days` for `within 90 days`."""
    for back in range(min(4, place.at + 1)):
        first = place.tokens[place.at - back]
        count = 1 if first.text in LEADS else 0
        while place.after(count - back).text in (*BACK, *_AHEAD):
            count += 1
        last = place.after(count - 1 - back)
        if count < max(back, 1) or last.text == "the" or (count == 1 and first.text in ("within", "over")):
            continue
        ahead = last.text in _AHEAD
        kinds = ("WITHIN", "NEXT") if ahead else ("WITHIN",)
        if not _is_time(place, count - back) or not place.accepts(*kinds, "NUMBER", "DAYS", back=back):
            continue
        written = "within next" if ahead else "within"
        span = place.span(first, last)
        words = complaint("unexpected-text", span, f"`{span.text}` is written `{written}`", write=written)
        tokens = tuple(renamed(first, kind, kind.lower()) for kind in kinds)
        return Mend(words, tokens, drop=count - back, back=back)
    return None


def _is_time(place: Place, steps: int) -> bool:
    """Whether a number and a unit stand there, apart or in one."""
    number, unit = place.after(steps), place.after(steps + 1)
    glued = _COUNTED.fullmatch(number.text)
    return number.kind == "NUMBER" and (
        unit.text.lower() in (*UNIT_WORDS, *_SHORT) or (glued is not None and _unit(glued[2], glued[1]) is not None)
    )


def early_window(place: Place) -> Mend | None:
    """A window that begins with `in`, before `in` is taken for the one of a list."""
    following = place.after()
    return worded_window(place) if following.text in BACK + _AHEAD or following.kind == "NUMBER" else None


def since_window(place: Place) -> Mend | None:
    """`any order since 90 days` for `any order within 90 days`."""
    if place.token.kind != "SINCE" or not _is_time(place, 1) or not place.accepts("WITHIN", "NUMBER"):
        return None
    words = complaint("unexpected-text", place.span(), "a window of time is written `within`", write="within")
    return Mend(words, (renamed(place.token, "WITHIN", "within"),), drop=1)


_NEEDLESS = ("at", "least", "the", "last", "past", "over", "more", "than", "all", "of", "a", "minimum", "for")


def held_for(place: Place) -> Mend | None:
    """`for at least 3 weeks`, `for the last 3 weeks`, `lasts for 14 days` for `for 3 weeks`, `lasts 14 days`."""
    before = place.before
    if before is None or before.kind not in ("FOR", "LASTS") or not place.accepts("NUMBER", "DAYS"):
        return None
    count = 0
    while place.after(count).text in _NEEDLESS:
        count += 1
    return _without(place, count) if count and _is_time(place, count) else None


def _without(place: Place, count: int) -> Mend:
    """Leave out words that say nothing here."""
    span = place.span(place.token, place.after(count - 1))
    until = place.source.span(span.start, place.after(count).start)
    message = f"`{span.text}` is not needed here"
    return Mend(complaint("unexpected-text", span, message, write="", on=until), drop=count)


_ALL_TIME = (("all", "time"), ("of", "all", "time"), ("lifetime",), ("alltime",), ("overall",), ("in", "total"))


def all_time(place: Place) -> Mend | None:
    """`count of order all time` for `count of order ever`."""
    for words in _ALL_TIME:
        if tuple(place.after(step).text for step in range(len(words))) != words or not place.accepts("EVER"):
            continue
        span = place.span(place.token, place.after(len(words) - 1))
        said = complaint("unexpected-text", span, f"`{span.text}` is written `ever`", write="ever")
        return Mend(said, (renamed(place.token, "EVER", "ever"),), drop=len(words))
    return None


def second_window(place: Place) -> Mend | None:
    """`within 90 days ever`: one of the two."""
    if place.token.kind != "EVER" or place.before is None or place.before.text not in UNIT_WORDS:
        return None
    hint = "keep `within …` for the events of that time, or `ever` for all of them"
    return Mend(
        complaint("unexpected-text", place.span(), "a window of time stands before `ever` already", hint), drop=1
    )


_THROUGHOUT = ("during", "throughout", "over", "in", "since")


def held_throughout(place: Place) -> Mend | None:
    """`score < 40 over the last 30 days`, `… during 30 days` for `score < 40 for 30 days`."""
    count = 1 if place.token.text in _THROUGHOUT else 0
    while place.after(count).text in BACK:
        count += 1
    if not count or place.token.first or not _is_time(place, count) or not place.accepts("FOR", "NUMBER", "DAYS"):
        return None
    if place.accepts("WITHIN", "NUMBER"):
        return None
    span = place.span(place.token, place.after(count - 1))
    words = complaint("unexpected-text", span, f"`{span.text}` is written `for`", write="for")
    return Mend(words, (renamed(place.token, "FOR", "for"),), drop=count)


MENDS = (worded_window, held_throughout, second_window, since_window, held_for, short_unit, all_time)
