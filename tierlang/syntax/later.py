"""Constructs of the language that a later version of tierlang reads: each is named, and left out whole."""

from __future__ import annotations

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.syntax.building.complaints import later
from tierlang.syntax.mending import Place

LINES = {
    "mobility": "mobility rules (`mobility`)",
    "keep": "`keep while`",
    "was": "renames with `was`",
    "retired": "`retired`",
    "merged": "`merged from`",
}
"""Lines and blocks by their first word."""


def later_construct(place: Place) -> Diagnostic | None:
    """The complaint, if the place holds something of a later version."""
    token, following = place.token, place.after()
    in_test = _in_test(place)
    if in_test is not None:
        return in_test
    if not place.at_line_start() or token.text not in LINES or following.kind in ("EQUAL", "$END", "RBRACE"):
        return None
    if token.text == "keep" and following.text != "while":
        return None
    last = following if token.text in ("keep", "merged") else token
    return later(place.span(token, last), LINES[token.text])


def _in_test(place: Place) -> Diagnostic | None:
    """What tests say of tiers that are held and of moves, which need a ledger."""
    token, following = place.token, place.after()
    if token.text == "move" and any(place.at >= back and place.after(-back).kind == "EXPECT" for back in (1, 2, 3)):
        return later(place.span(), "moves between tiers (`expect move`)")
    if token.kind == "TIER" and place.accepts("SIGNAL", "NAME", "DATE", "EQUAL"):
        return later(place.span(), "the tier that an account has held (`tier … since`)")
    if token.text == "review" and following.text == "due":
        return later(place.span(token, following), "reviews that are due (`review due`)")
    if token.text == "due" and place.before is not None and place.before.text == "review":
        return later(place.span(place.before, token), "reviews that are due (`review due`)")
    return None
