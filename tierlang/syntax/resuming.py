"""Where reading goes on after text that could not be read: at the next line that an open block, or the file, can take."""

from __future__ import annotations

import attrs

from tierlang.syntax.heads import WHERE
from tierlang.syntax.mending import Place
from tierlang.syntax.structure import known_word
from tierlang.syntax.tokens import END, Token

_DEEPEST = 12


@attrs.frozen
class Resume:
    """Go on at token `at`, with the stack cut to `depth` and `closing` blocks closed first."""

    at: int
    depth: int
    closing: int = 0


def next_place(place: Place) -> Resume:
    """The next place to go on at; blocks that begin in the skipped text are skipped whole."""
    inside = 0
    skipped = place.at if _is_surplus_brace(place) else -1
    seen: dict[str, bool] = {}
    for at in range(place.at, len(place.tokens)):
        token = place.tokens[at]
        if token.kind == END:
            return _at_end(place, at)
        if at == skipped:
            continue
        if inside and not _is_outermost(place, token):
            inside += {"LBRACE": 1, "RBRACE": -1}.get(token.kind, 0)
            continue
        if token.first or token.kind == "RBRACE":
            found = _resume_at(place, at, seen)
            if found:
                return found
        if token.kind == "LBRACE":
            inside += 1
    raise AssertionError("the tokens have no end")


def _is_surplus_brace(place: Place) -> bool:
    """Whether the token is a `}` inside a line, in a text that has more of them than of `{`."""
    token = place.token
    if token.kind != "RBRACE" or token.first or place.after().first:
        return False
    return sum((one.kind == "RBRACE") - (one.kind == "LBRACE") for one in place.tokens) > 0


def _resume_at(place: Place, at: int, seen: dict[str, bool]) -> Resume | None:
    """How to go on at this token, if an open block can take it."""
    homes = [d for d in range(len(place.machine.states)) if place.machine.states[d] in place.tables.homes]
    if not homes:
        return None
    innermost = homes[-1]
    new = at > place.at or innermost < len(place.machine.states) - 1
    for depth in reversed(homes):
        if not _may_start(place, at, depth):
            continue
        for closing in range(1, _DEEPEST) if depth < innermost else ():
            if place.machine.accepts(*("RBRACE",) * closing, *_opening(place, at), depth=innermost + 1):
                return Resume(at, innermost, closing)
        return Resume(at, depth)
    token = place.tokens[at]
    if not new or not token.first:
        return None
    if token.text not in seen:
        seen[token.text] = _is_known(place, token, homes)
    return Resume(at, innermost) if seen[token.text] else None


def _is_known(place: Place, token: Token, homes: list[int]) -> bool:
    """Whether the line has a complaint of its own to get: a line in the wrong block, a misspelt first word."""
    if not token.text.replace("_", "").isalnum():
        return False
    words = (
        place.tables.spelling[kind]
        for depth in homes
        for kind, action in place.tables.actions(place.machine.states[depth]).items()
        if action >= 0 and kind in place.tables.spelling
    )
    if token.text in place.tables.keywords:
        return token.text in WHERE
    return known_word(token.text, words) is not None


def _may_start(place: Place, at: int, depth: int) -> bool:
    kind = place.tokens[at].kind
    if not place.machine.accepts(kind, depth=depth + 1):
        return False
    if kind in place.tables.spelling and not place.machine.only_a_name(kind, depth=depth + 1):
        return True
    return place.machine.accepts(*_opening(place, at), depth=depth + 1)


def _opening(place: Place, at: int) -> tuple[str, ...]:
    """The kinds that show whether a line can begin at a token: two of them, for a name could begin many."""
    kind = place.tokens[at].kind
    return (kind,) if kind == "RBRACE" else (kind, place.tokens[at + 1].kind)


def _at_end(place: Place, at: int) -> Resume:
    """Close what is still open, without the line that stands unfinished."""
    if place.machine.accepts(END):
        return Resume(at, len(place.machine.states) - 1)
    homes = [d for d in range(len(place.machine.states)) if place.machine.states[d] in place.tables.homes]
    for depth in reversed(homes):
        for closing in range(_DEEPEST):
            if place.machine.accepts(*("RBRACE",) * closing, END, depth=depth + 1):
                return Resume(at, depth, closing)
    return Resume(at, 0)


def _is_outermost(place: Place, token: Token) -> bool:
    """Whether a token stands at the very left and opens a declaration."""
    left = token.start == 0 or place.source.text[token.start - 1] == "\n"
    return left and place.tables.actions(place.tables.start).get(token.kind, -1) >= 0
