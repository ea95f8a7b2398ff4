"""Lines of a ladder that stand inside one of its tiers: they are read as if they stood behind it."""

from __future__ import annotations

import attrs

from tierlang.diagnostics.diagnostic import Edit, Fix
from tierlang.source import Span
from tierlang.syntax.mending import Mend, Place, complaint

_OF_LADDERS = ("match", "rank", "raise", "lower", "floor", "cap", "rest")
_FARTHEST = 3000
"""A tier of more tokens than this is no tier."""


def line_of_ladder(place: Place) -> Mend | None:
    """`tier one { … floor at two "…" when x … }`, which belongs behind the `}`."""
    token = place.token
    if not token.first or token.text not in _OF_LADDERS or not place.accepts("RBRACE", token.kind):
        return None
    in_tier = place.accepts("COVERAGE") and place.accepts("OWNER")
    if not in_tier or not _braces_are_even(place):
        return None
    rest = _to_the_brace(place)
    if rest is None:
        return None
    line = _line(place)
    inside, behind = place.tokens[place.at : place.at + line], place.tokens[place.at + line : place.at + rest + 1]
    words = complaint(
        "misplaced-line",
        place.span(),
        f"`{token.text}` is about the whole ladder, so it cannot stand inside a tier",
        "write it after the tier's `}`",
    )
    return Mend(attrs.evolve(words, fixes=(_moved(place, line, rest),)), (*behind, *inside), drop=rest + 1)


def _braces_are_even(place: Place) -> bool:
    """Whether every `{` of the text has its `}`: else one may be missing before the line."""
    return place.source.text.count("{") == place.source.text.count("}")


def _line(place: Place) -> int:
    """How many tokens the line has: up to the next that begins a line of the tier or of the ladder, or ends the tier."""
    count = 1
    while not (place.after(count).kind == "RBRACE" or (place.after(count).first and _begins(place, count))):
        count += 1
    return count


def _begins(place: Place, count: int) -> bool:
    kind = place.after(count).kind
    return kind == "$END" or place.accepts(kind) or place.accepts("RBRACE", kind)


def _to_the_brace(place: Place) -> int | None:
    """How far it is to the `}` that ends the tier."""
    depth = 0
    for step in range(min(len(place.tokens) - place.at, _FARTHEST)):
        kind = place.after(step).kind
        if kind == "RBRACE" and depth == 0:
            return step
        depth += (kind == "LBRACE") - (kind == "RBRACE")
    return None


def _moved(place: Place, line: int, rest: int) -> Fix:
    """The edit that moves the line, with the comment behind it."""
    text, start, end = place.source.text, place.token.start, place.after(line - 1).end
    brace, left = place.after(rest), text.rfind("\n", 0, place.token.start) + 1
    if place.after(line).first:
        found = text.find("\n", end)
        end = len(text) if found < 0 else found
        taken = Span(place.source, left, end + 1)
    else:
        taken = Span(place.source, start, place.after(line).start)
    outer = text.rfind("\n", 0, brace.start) + 1
    indent = text[outer : brace.start] if not text[outer : brace.start].strip() else text[left:start]
    edits = (Edit(taken, ""), Edit(place.source.span(brace.end, brace.end), f"\n{indent}{text[start:end].rstrip()}"))
    return Fix("move it after the tier", edits)
