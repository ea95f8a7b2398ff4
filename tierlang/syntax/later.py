"""Constructs of the language that a later version of tierlang reads: each is named, and left out whole."""

from __future__ import annotations

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.syntax.building.complaints import later
from tierlang.syntax.mending import Place

LINES = {
    "event": "events (`event`)",
    "signal": "signals (`signal`)",
    "lookup": "lookup tables (`lookup`)",
    "mark": "marks (`mark`)",
    "mobility": "mobility rules (`mobility`)",
    "test": "test blocks (`test`)",
    "allow": "`allow`",
    "raise": "`raise`",
    "lower": "`lower`",
    "cap": "`cap at`",
    "floor": "`floor at`",
    "keep": "`keep while`",
    "weights": "`weights scaled`",
    "was": "renames with `was`",
    "retired": "`retired`",
    "merged": "`merged from`",
}
"""Lines and blocks by their first word."""

_FACTS = ("any", "no", "count", "sum", "largest", "smallest", "latest", "distinct")


def later_construct(place: Place) -> Diagnostic | None:
    """The complaint, if the place holds something of a later version."""
    token, following = place.token, place.after()
    at_start = place.at_line_start()
    if at_start and token.text in LINES and following.kind not in ("EQUAL", "$END", "RBRACE"):
        last = following if token.text in ("cap", "floor", "keep", "weights", "merged") else token
        return later(place.span(token, last), LINES[token.text])
    if at_start and token.kind == "CAPACITY" and place.accepts("TIER") and place.accepts("REST"):
        return later(place.span(), "a capacity of a whole ladder (a `capacity` outside its tiers)")
    if (
        token.text in _FACTS
        and place.accepts("NUMBER")
        and not following.first
        and following.kind not in ("AND", "OR")
        and (following.kind == "NAME" or following.kind in place.tables.spelling)
    ):
        return later(place.span(), f"questions about events (`{token.text} …`)")
    if token.text == "for" and following.kind == "NUMBER":
        return later(place.span(), "conditions that must hold for a time (`for 3 weeks`)")
    if (
        token.text == "."
        and following.kind in ("NAME", *place.tables.spelling)
        and place.before
        and place.before.kind != "NUMBER"
        and place.before.end == token.start
    ):
        return later(place.span(place.before, following), "lookup tables (`TABLE.column`)")
    return _inside_line(place)


def _inside_line(place: Place) -> Diagnostic | None:
    """Parts of a line that later versions read."""
    token = place.token
    if token.kind == "FROM" and place.accepts("LBRACE") and place.after().kind == "TEXT":
        return later(place.span(), "points from a file (`points by … from`)")
    if token.kind == "PER" and place.follows("NUMBER") and place.accepts("WHEN"):
        return later(place.span(), "points for events (`points … per EVENT`)")
    if token.kind == "WHEN" and place.accepts("CHANNEL"):
        return later(place.span(), "a play that happens only `when` a condition holds")
    if token.text == "of" and place.accepts("OVERFLOW"):
        return later(place.span(), "capacities by a sum (`capacity … of FIELD`)")
    return None
