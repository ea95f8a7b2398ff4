"""Triggers without braces or names, as people write them: `promote funded from two to one when …`."""

from __future__ import annotations

import re

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix
from tierlang.syntax.expecting import instead, is_name
from tierlang.syntax.giving import is_declared
from tierlang.syntax.mending import Mend, Place, complaint
from tierlang.syntax.tokens import END, Token

_VERBS = ("PROMOTE", "DEMOTE")
_LINES = ("FROM", "TO", "UP", "DOWN", "WHEN", "WAS", "OWNER", "APPROVE", "COOLDOWN")
_OF_MOBILITY = ("breaker", "freeze", "hold", "promote", "demote", "retired", "merged")


def _header(place: Place) -> tuple[Token, Token, Token | None] | None:
    """The verb, name and label of the trigger whose block should open at the place."""
    label = place.before if place.follows("TEXT") else None
    back = 2 if label else 1
    if place.at <= back or place.after(-back - 1).kind not in _VERBS or not place.accepts("LBRACE", "FROM"):
        return None
    return place.after(-back - 1), place.after(-back), label


def without_braces(place: Place) -> Mend | None:
    """`promote funded from two to one when …`, `promote funded from two { to one … }`: what a trigger says stands in braces."""
    header = _header(place)
    if header is not None and place.token.text in ("->", "into") and is_name(place, place.after()):
        return instead(place, [place.token], [("TO", "to")], f"`{place.token.text}` is written `to`", back=0)
    if header is None or place.token.kind not in _LINES:
        return None
    verb, name, label = header
    opening, end = _extent(place)
    if opening is None and place.token.first and place.source.text.count("{") != place.source.text.count("}"):
        return None
    if place.token.kind == "TO" and label is None and is_declared(place, name, "TIER"):
        return _without_name_and_braces(place, verb, (Token("FROM", "from", name.start, name.start), name))
    ahead = (label or name).end
    says = f"what a trigger says stands in braces: `{verb.text} NAME {{ … }}`"
    words = complaint("unopened-block", place.span(verb, label or name), says)
    edits = [Edit(place.source.span(ahead, ahead), " {")]
    last = place.after(end - 1)
    if opening is None:
        edits.append(Edit(place.source.span(last.end, last.end), " }"))
    else:
        edits.append(Edit(place.source.span(last.start, place.after(end).start), ""))
    words = attrs.evolve(words, fixes=(Fix("put it in braces", tuple(edits), certain=True),))
    return Mend(words, (Token("LBRACE", "{", ahead, ahead), *_inside(place, opening, end)), drop=end)


def _inside(place: Place, opening: int | None, end: int) -> list[Token]:
    """What belongs in the braces of a trigger, with the closing one where it is missing."""
    inside = [place.after(step) for step in range(end)]
    if opening is not None:
        return inside[:opening]
    return [*inside, Token("RBRACE", "}", inside[-1].end, inside[-1].end)]


def _without_name_and_braces(place: Place, verb: Token, ahead: tuple[Token, ...]) -> Mend:
    """`promote one to two when …`, `promote from one to two when …`; `ahead` are the tokens before the place that belong in the braces."""
    opening, end = _extent(place)
    says = [*ahead, *(place.after(step) for step in range(end if opening is None else opening))]
    said = " ".join(token.text for token in says) if len(says) < 15 else f"{says[0].text} …"
    words = complaint(
        "unexpected-text",
        place.span(verb, place.before),
        "a trigger has a name, and what it says stands in braces",
        f"write `{verb.text} NAME {{ {said} }}`",
    )
    brace = Token("LBRACE", "{", verb.end, verb.end)
    return Mend(
        words,
        (_called(place, verb), brace, *ahead, *_inside(place, opening, end)),
        drop=end,
        back=1 if ahead else 0,
        guess=True,
    )


def _extent(place: Place) -> tuple[int | None, int]:
    """The step of a `{` that comes too late, if there is one; and how many tokens belong to the trigger, or to its line up to that `{`."""
    depth = count = 0
    while place.after(count).kind != END:
        token = place.after(count)
        if token.kind == "RBRACE" and depth == 0:
            break
        if count and token.first and depth == 0 and (token.text in _OF_MOBILITY or token.kind == "ALLOW"):
            break
        if token.kind == "LBRACE" and depth == 0 and not _has_table(place, count):
            return count, count + 1
        depth += (token.kind == "LBRACE") - (token.kind == "RBRACE")
        count += 1
    return None, count


def _has_table(place: Place, count: int) -> bool:
    """Whether the `{` there opens the table of a `by`."""
    return any(place.after(step).kind == "BY" and place.after(step - 1).kind != "APPROVE" for step in range(count))


def nameless(place: Place) -> Mend | None:
    """`promote { … }`, `promote "Fresh funding" { … }`, `promote to one when x`, `hold when x`: the name is missing."""
    token, before = place.token, place.before
    if before is None or token.first:
        return None
    if before.kind in (*_VERBS, "HOLD") and token.kind in ("LBRACE", "TEXT") and place.accepts("NAME"):
        following = place.after().kind
        if token.kind == "LBRACE" and before.kind == "HOLD":
            return None
        if token.kind == "TEXT" and (
            re.fullmatch(r'"[a-z][a-z0-9_]*"', token.text) or following not in ("LBRACE", "WHEN", "BOTH", *_LINES)
        ):
            return None
        return Mend(_without_name(place, before), (_called(place, before),), guess=True)
    if before.kind in _VERBS and token.kind == "FROM":
        return _without_name_and_braces(place, before, ())
    verb = place.after(-2) if place.at > 1 else before
    if verb.kind in _VERBS and before.kind in _LINES and token.kind not in ("LBRACE", "TEXT") and place.on_top(1):
        return _without_name_and_braces(place, verb, (before,))
    if (
        verb.kind == "HOLD"
        and before.kind in ("WHEN", "BOTH")
        and token.kind not in ("TEXT", "WHEN", "BOTH")
        and place.on_top(1)
    ):
        if before.kind == "BOTH" and token.kind != "WAYS":
            return None
        return Mend(_without_name(place, verb), (_called(place, verb), before), back=1, guess=True)
    return None


def _called(place: Place, verb: Token) -> Token:
    """A name for what has none."""
    return Token("NAME", f"{verb.text}_{place.source.position(verb.start)[0]}", verb.end, verb.end)


def _without_name(place: Place, verb: Token) -> Diagnostic:
    """What is said where the name of a trigger or of a hold is missing."""
    rest = "when …" if verb.kind == "HOLD" else "{ … }"
    what = "hold" if verb.kind == "HOLD" else "trigger"
    return complaint(
        "unexpected-text",
        place.span(verb),
        f"the name is missing: plans and tests speak of a {what} by its name",
        f'write `{verb.text} NAME {rest}`, or `{verb.text} NAME "Label" {rest}`',
    )


def behind_the_block(place: Place) -> Mend | None:
    """`promote x { to one } when y`: what stands behind the block of a trigger belongs in it."""
    token = place.token
    if token.kind not in _LINES or token.first or not place.follows("RBRACE") or not place.accepts("MERGED", "FROM"):
        return None
    if not place.accepts("APPROVE", "BY", back=1) or not place.accepts(token.kind, place.after().kind, back=1):
        return None
    count = 1
    while not place.after(count).first and place.after(count).kind not in (END, "RBRACE", "LBRACE"):
        count += 1
    brace, last = place.tokens[place.at - 1], place.after(count - 1)
    words = complaint(
        "misplaced-line", place.span(), f"`{token.text}` stands in the block of the trigger, before its `}}`"
    )
    edits = (
        Edit(place.source.span(brace.start, token.start), ""),
        Edit(place.source.span(last.end, last.end), " }"),
    )
    words = attrs.evolve(words, fixes=(Fix("put it into the block", edits, certain=True),))
    inside = (place.after(step) for step in range(count))
    return Mend(words, (*inside, Token("RBRACE", "}", last.end, last.end)), drop=count, back=1)


def named_mobility(place: Place) -> Mend | None:
    """`mobility rules "Rules" { … }`: the block has neither name nor label."""
    if not place.follows("MOBILITY") or not place.accepts("LBRACE"):
        return None
    count = int(is_name(place, place.token))
    count += place.after(count).kind == "TEXT" and not place.after(count).first
    if not count or place.after(count).kind != "LBRACE":
        return None
    old = [place.after(step) for step in range(count)]
    return instead(place, old, [], "`mobility` has neither a name nor a label", back=0)


def owner_of_all(place: Place) -> Mend | None:
    """`owner sam` as a line of `mobility`: each trigger has its own."""
    token = place.token
    if token.kind != "OWNER" or not place.accepts("MERGED", "FROM") or not is_name(place, place.after()):
        return None
    if place.after(2).kind in ("TEXT", "LBRACE"):
        return None  # the declaration of an owner: the block was not closed
    words = complaint(
        "misplaced-line",
        place.span(token, place.after()),
        "`owner` cannot stand here: each trigger has an owner of its own",
        f"write `owner {place.after().text}` into the blocks of `promote` and `demote`",
    )
    return Mend(words, drop=2, guess=True)


MENDS = (without_braces, behind_the_block, nameless, owner_of_all, named_mobility)
