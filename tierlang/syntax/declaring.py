"""Events, signals and lookups as people declare them: `date from "Day"`, `valid for 14 days`, `give base, ceiling`."""

from __future__ import annotations

from tierlang.syntax.adjusting import said
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import Token

_COLUMNS = {
    **dict.fromkeys(("date", "day", "time", "timestamp", "on", "when", "occurred"), "AT"),
    **dict.fromkeys(("account_id", "company", "customer"), "ACCOUNT"),
}
_LASTS = (
    *(("valid", "for"), ("holds", "for"), ("expires", "after"), ("expires", "in"), ("good", "for"), ("lasting",)),
    *(("holds",), ("last",), ("lasts_for",), ("for",)),
)
TYPES = ("whole", "number", "money", "text", "flag", "date", "tags")
_AFTER_TYPE = ("FROM", "ONE", "IN", "DEFAULT", "REQUIRED", "FORMAT", "SPLIT", "RBRACE", "FIELD", "DERIVE", "NAME")


def worded_input(place: Place) -> Mend | None:
    """`date from "Day"` for `at from "Day"`; `valid for 14 days` for `lasts 14 days`; the file of an event."""
    if place.token.text == "id" and place.accepts("KEY", "FROM", "TEXT") and place.accepts("AT", "FROM"):
        words = complaint(
            "unexpected-text",
            place.span(),
            "is this the account's or the event's own? `id` says neither",
            "write `account from …` for the column with the account's key, `key from …` for one that identifies the event",
        )
        return Mend(words, (renamed(place.token, "KEY", "key"),), drop=1, guess=True)
    kind = _COLUMNS.get(place.token.text)
    if kind and place.after().kind == "FROM" and place.accepts(kind, "FROM", "TEXT"):
        return said(place, 1, (kind,))
    if place.accepts("LASTS", "NUMBER"):
        for spoken in _LASTS:
            if tuple(place.after(step).text for step in range(len(spoken))) == spoken:
                return said(place, len(spoken), ("LASTS",))
    if place.token.kind == "FROM" and place.after().kind == "TEXT" and _opens_event(place):
        words = complaint(
            "unexpected-text",
            place.span(place.token, place.after()),
            "the file of an event is not named in the rules",
            "give it to the run: `--events EVENT=FILE`",
        )
        return Mend(words, drop=2)
    return None


def _opens_event(place: Place) -> bool:
    label = bool(place.before and place.before.kind == "TEXT")
    return place.at > 1 + label and place.after(-2 - label).kind == "EVENT" and place.accepts("LBRACE")


def missing_field(place: Place) -> Mend | None:
    """`amount money` for `field amount money`."""
    if place.after().text not in TYPES or place.token.kind != "NAME" or not place.accepts("FIELD", "NAME", "NAME"):
        return None
    if place.after(2).kind not in _AFTER_TYPE and not place.after(2).first:
        return None
    start = place.token.start
    words = complaint(
        "unexpected-text",
        place.span(),
        f"`field` is missing before `{place.token.text}`",
        write="field ",
        title="put in `field`",
        on=place.source.span(start, start),
    )
    return Mend(words, (Token("FIELD", "field", start, start, place.token.first),))


def worded_lookup(place: Place) -> Mend | None:
    """`give base number, ceiling number`: each column has a line of its own."""
    if place.token.kind != "COMMA" or not place.accepts("GIVE", "NAME", "NAME") or place.after().first:
        return None
    return _give_apart(place)


def columns_without_types(place: Place) -> Mend | None:
    """`give base, ceiling`: the type of each column is missing."""
    if place.token.kind != "COMMA" or not place.follows("GIVE", "NAME") or place.after().first:
        return None
    first = place.before.text if place.before else ""
    words = complaint(
        "unexpected-text",
        place.span(place.before, place.token),
        "each column that a lookup gives has a `give` of its own, with its type",
        f"write `give {first} number` (or text, date …), and so for the others",
    )
    count = 1
    while place.after(count + 1).kind == "COMMA":
        count += 2
    return Mend(words, (renamed(place.token, "NAME", "text"),), drop=count + 1, guess=True)


def _give_apart(place: Place) -> Mend:
    words = complaint(
        "unexpected-text", place.span(), "each column that a lookup gives has a `give` of its own", write=" give"
    )
    return Mend(words, (renamed(place.token, "GIVE", "give"),), drop=1)


def points_without_rows(place: Place) -> Mend | None:
    """`points by industry from "points.csv"` without its block."""
    if (
        not place.follows("FROM", "TEXT")
        or not place.accepts("LBRACE", "RBRACE", "POINTS")
        or place.token.kind == "LBRACE"
    ):
        return None
    words = complaint(
        "unopened-block",
        place.span(place.before),
        "points from a file say in a block what other values get",
        f"write `from {place.before.text if place.before else ''} {{ otherwise -> 0  missing -> 0 }}`",
    )
    end = place.before.end if place.before else 0
    return Mend(words, (Token("LBRACE", "{", end, end), Token("RBRACE", "}", end, end)), guess=True)


MENDS = (missing_field, worded_input, worded_lookup, columns_without_types, points_without_rows)
