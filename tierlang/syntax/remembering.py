"""What a test gives of the past, as people write it: `tier two from 2026-10-01`, `priority 2026-11-01 = 35`, `review is due`."""

from __future__ import annotations

import attrs

from tierlang.diagnostics.diagnostic import Edit, Fix
from tierlang.syntax.expecting import is_name
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.sayings import otherwise_said, sayings, table
from tierlang.syntax.tokens import END, Token

_HELD = table(
    sayings(
        """
        in tier, held tier, holds tier, has tier, was tier, was in tier, is in tier, stands in tier, currently tier,
        tier is, tier was, tier in, current tier, tier held, previous tier, prior tier, last tier
        """,
        "TIER",
        then=("NAME",),
    ),
    sayings(
        """
        no tier since, tier untiered since, not tiered since, was untiered since, no tier from, tier none since,
        untiered tier since
        """,
        "UNTIERED",
        "SINCE",
        then=("DATE",),
    ),
    sayings(
        "from, =, on, starting, as of, since the, since :, at, beginning, from the, since =, after",
        "SINCE",
        then=("DATE",),
    ),
    sayings(
        """
        until, till, settled, settled till, settled to, settled by, settled through, settles until, cooldown until,
        cool down until, cooling until, locked until, fixed until, settled until the
        """,
        "SETTLED",
        "UNTIL",
        then=("DATE",),
    ),
)
_DUE = table(
    sayings(
        """
        review is due, a review is due, a review due, due review, review needed, review is needed,
        review due = true, review now, review on, at review, at a review, on review, is review, review,
        the review is due, reviews are due, review : due, review is on, review due : true, review due is true,
        reviews due
        """,
        "REVIEW",
        "DUE",
        ends=True,
    )
)
_NOT_DUE = table(
    sayings(
        "no review due, no review is due, review not due, review is not due, no review, review due = false",
        ends=True,
        words="no review is due unless a test says so",
    )
)


def worded_past(place: Place) -> Mend | None:
    """`in tier two since …`, `tier two from …`, `… until …`, `review is due`."""
    if not _in_given(place):
        return None
    return otherwise_said(place, _NOT_DUE) or otherwise_said(place, _DUE) or otherwise_said(place, _HELD)


def _in_given(place: Place) -> bool:
    """Whether the innermost open block is one of what a test gives."""
    depth = 0
    for back in range(1, min(place.at, 400)):
        kind = place.after(-back).kind
        depth += (kind == "RBRACE") - (kind == "LBRACE")
        if depth < 0:
            return place.after(-back - 1).kind == "GIVEN" or place.after(-back - 2).kind == "ACCOUNT"
    return False


def missing_since(place: Place) -> Mend | None:
    """`tier two`, `untiered`, `tier two settled until …`: since when is missing."""
    before = place.before
    if before is None or not place.accepts("SINCE", "DATE") or not _in_given(place):
        return None
    settled = place.token.text == "settled" and not place.token.first
    if not (settled or place.token.first or place.token.kind == "RBRACE"):
        return None
    start = place.after(-2) if before.kind != "UNTIERED" else before
    held = place.span(start, before)
    words = complaint(
        "unexpected-text",
        held,
        "the first day is missing: since when the account holds that tier"
        if start is not before
        else "the first day is missing: since when the account is in no tier",
        f"write `{held.text} since 2026-10-01`",
    )
    end = before.end
    return Mend(words, (Token("SINCE", "since", end, end), Token("DATE", "2026-10-01", end, end)), guess=True)


def missing_tier(place: Place) -> Mend | None:
    """`two since 2026-10-01`: `tier` is missing."""
    before = place.before
    if place.token.kind != "SINCE" or before is None or place.after().kind != "DATE" or not _in_given(place):
        return None
    if not place.accepts("TIER", before.kind, "SINCE", "DATE", back=1):
        return None
    at = place.source.span(before.start, before.start)
    words = complaint(
        "unexpected-text",
        place.span(before),
        f"`tier` is missing before `{before.text}`",
        write="tier ",
        title="put in `tier`",
        on=at,
    )
    return Mend(words, (Token("TIER", "tier", before.start, before.start, before.first), before), back=1)


def lone_settled(place: Place) -> Mend | None:
    """`settled until 2026-12-01` without the tier that is held."""
    before = place.before
    if before is None or before.text != "settled" or place.token.text != "until" or place.after().kind != "DATE":
        return None
    if not _in_given(place) or not place.on_top(1):
        return None
    words = complaint(
        "unexpected-text",
        place.span(before, place.after()),
        "`settled until` stands right behind the tier that is held",
        f"write `tier NAME since 2026-10-01 settled until {place.after().text}`",
    )
    return Mend(words, drop=2, back=1, guess=True)


def given_line_outside(place: Place) -> Mend | None:
    """`review due`, `tier two since 2026-10-01` as a line of a test, or after `given` without braces."""
    token, before = place.token, place.before
    of_account = place.at > 1 and place.after(-2).kind == "ACCOUNT"
    headed = (
        before is not None and (before.kind == "GIVEN" or of_account) and place.accepts("LBRACE", "RBRACE", "EXPECT")
    )
    opened = headed and not token.first
    if not opened and not (place.at_line_start() and place.accepts("GIVEN", "LBRACE")):
        return None
    if not _is_given(place):
        return None
    count = 1
    while not place.after(count).first and place.after(count).kind not in (END, "RBRACE", "EXPECT", "GIVEN", "AS_OF"):
        count += 1
    last = place.after(count - 1)
    words = complaint("unexpected-text", place.span(token, last), "what is given stands in the block of `given`")
    lead = "{ " if opened else "given { "
    edits = Edit(place.source.span(token.start, token.start), lead), Edit(place.source.span(last.end, last.end), " }")
    words = attrs.evolve(words, fixes=(Fix("put it into such a block", edits, certain=True),))
    given = () if opened else (Token("GIVEN", "given", token.start, token.start, token.first),)
    inside = (
        renamed(token, token.kind, token.text)._replace(first=False),
        *(place.after(step) for step in range(1, count)),
    )
    braces = Token("LBRACE", "{", token.start, token.start), Token("RBRACE", "}", last.end, last.end)
    return Mend(words, (*given, braces[0], *inside, braces[1]), drop=count)


def _is_given(place: Place) -> bool:
    """Whether a line of what is given begins at the place."""
    first, second, third = (place.after(step) for step in range(3))
    named = is_name(place, second)
    match first.kind:
        case "TIER":
            return named and third.text in ("since", "from")
        case "UNTIERED":
            return second.text == "since"
        case "REVIEW":
            return second.text in ("due", "is") or second.first
        case "SCORE" | "SIGNAL" | "EVENT":
            return named and third.kind == "DATE"
        case _:
            words = [token.text for token in (first, second, third)]
            return words[0] in ("at", "on", "due", "a") and "review" in words[1:3] and not second.first


def dated_review(place: Place) -> Mend | None:
    """`review due on 2026-11-15`: the day of a test is its `as of`."""
    if place.token.kind != "DATE":
        return None
    back = 1 if place.before and place.before.text in ("on", "at", "since", "by", "until") else 0
    if place.at < back + 2 or place.after(-back - 1).text != "due" or place.after(-back - 2).text != "review":
        return None
    if not place.on_top(back) or not _in_given(place):
        return None
    first = place.after(-back)
    gap = place.source.span(place.after(-back - 1).end, place.token.end)
    words = "`review due` has no day: the day of a test is its `as of`"
    return Mend(
        complaint("unexpected-text", place.span(first, place.token), words, write="", on=gap), drop=1, back=back
    )


MENDS = (dated_review, given_line_outside, worded_past, missing_since, missing_tier, lone_settled)
