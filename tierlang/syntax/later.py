"""Constructs of the language that a later version of tierlang reads: each is named, and left out whole."""

from __future__ import annotations

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.syntax.building.complaints import later
from tierlang.syntax.mending import Place

LINES = {
    "mobility": "mobility rules (`mobility`)",
    "test": "test blocks (`test`)",
    "allow": "`allow`",
    "keep": "`keep while`",
    "was": "renames with `was`",
    "retired": "`retired`",
    "merged": "`merged from`",
}
"""Lines and blocks by their first word."""


def later_construct(place: Place) -> Diagnostic | None:
    """The complaint, if the place holds something of a later version."""
    token, following = place.token, place.after()
    if not place.at_line_start() or token.text not in LINES or following.kind in ("EQUAL", "$END", "RBRACE"):
        return None
    if token.text == "keep" and following.text != "while":
        return None
    last = following if token.text in ("keep", "merged") else token
    return later(place.span(token, last), LINES[token.text])
