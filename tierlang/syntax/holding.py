"""The lines of a `mobility` block as people write them: the breaker, holds, retired tiers, merged accounts."""

from __future__ import annotations

import attrs

from tierlang.diagnostics.diagnostic import Edit, Fix
from tierlang.syntax import freezing
from tierlang.syntax.expecting import instead, is_name
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.sayings import otherwise_said, sayings, table
from tierlang.syntax.tokens import END, Token

_SAYINGS = table(
    sayings(
        """
        frozen, frozen from, frozen on, frozen between, freeze from, freeze on, freeze between, freeze during,
        freeze at, freeze of, freeze is, blackout, no moves, no moves from
        """,
        "FREEZE",
        then=("DATE", "TEXT"),
    ),
    sayings(
        """
        circuit breaker, circuit_breaker, circuit - breaker, breaker of, breaker at, breaker is, breaker over,
        breaker above
        """,
        "BREAKER",
        then=("NUMBER",),
    ),
    sayings(
        """
        review, reviews, during review, during reviews, during a review, in review, in reviews, in a review,
        on review, for review, for reviews, at a review, at the review, at reviews, and at review, and at reviews,
        and review, per review, at review of, at review is
        """,
        "AT",
        "REVIEW",
        then=("NUMBER",),
    ),
    sayings(
        "of accounts, of all accounts, of holders, of moves, of the accounts, of all",
        lead=("NUMBER",),
        ends=True,
    ),
    sayings("while, as long as, so long as, whenever, provided", "WHEN", lead=("NAME", "TEXT", "WAYS")),
    sayings("until, till, up to", "WHEN", "TODAY", "AT_MOST", then=("DATE",)),
    sayings(
        """
        both directions, both sides, both way, bothways, both_ways, two ways, in both ways, in both directions,
        either way, up and down, all ways, in either direction, all moves
        """,
        "BOTH",
        "WAYS",
        then=("WHEN",),
    ),
    sayings("removed, dropped, deleted, retired tier, removed tier", "RETIRED", then=("NAME",)),
    sayings(
        """
        merged in, merged with, merged using, merged :, merged accounts from, merged accounts in, merged accounts,
        merges in, merge in, merge with, merged accounts :, merge from, merges from, merged by, merged into
        """,
        "MERGED",
        "FROM",
        then=("TEXT",),
    ),
)
_RETIRED = table(
    sayings(
        "into, ->, =, :, as, becomes, became, is now, now, goes to, replaced by, moves to, by, merged into, with",
        "TO",
        then=("NAME",),
    ),
)


def worded_line(place: Place) -> Mend | None:
    """`frozen 2026-12-24`, `circuit breaker 10%`, `hold x both directions when y`, `retired gold into two`."""
    return (otherwise_said(place, _RETIRED) if _after_retired(place) else None) or otherwise_said(place, _SAYINGS)


def _after_retired(place: Place) -> bool:
    return place.at > 1 and place.after(-2).kind == "RETIRED"


def second_share(place: Place) -> Mend | None:
    """`breaker 10% 30%`, `breaker 10% and 30% at review` for `breaker 10% at review 30%`; `breaker at review 30%` lacks the other share."""
    token, before = place.token, place.before
    if before is None or token.first:
        return None
    lead = 1 if token.text in ("and", ",", "/", "or") else 0
    share = place.after(lead)
    if (
        before.kind == "NUMBER"
        and share.kind == "NUMBER"
        and place.accepts("AT", "REVIEW", "NUMBER")
        and not share.first
    ):
        count = lead + 1
        if place.after(count).text in ("at", "in", "during") and place.after(count + 1).text in ("review", "reviews"):
            count += 2
        old = [place.after(step) for step in range(count)]
        return instead(
            place,
            old,
            [("AT", "at"), ("REVIEW", "review"), ("NUMBER", share.text)],
            "the share of a review stands after `at review`",
            back=0,
        )
    words = "the share of other plans than reviews is missing"
    hint = "write `breaker 10% at review 30%`"
    if before.kind == "BREAKER" and token.kind == "AT" and place.after().kind == "REVIEW":
        said = complaint("unexpected-text", place.span(before, place.after()), words, hint)
        return Mend(said, (Token("NUMBER", "10%", token.start, token.start),), guess=True)
    if place.follows("BREAKER", "REVIEW") and token.kind == "NUMBER" and place.on_top(1):
        said = complaint("unexpected-text", place.span(place.after(-2), before), words, hint)
        number = Token("NUMBER", "10%", before.start, before.start)
        return Mend(said, (number, Token("AT", "at", before.start, before.start), before), back=1, guess=True)
    return None


def late_both_ways(place: Place) -> Mend | None:
    """`hold x when y both ways` for `hold x both ways when y`; `hold x both ways "Label" when y` for `hold x "Label" both ways when y`."""
    token, before = place.token, place.before
    if before is None or token.first:
        return None
    if token.kind == "TEXT" and place.follows("BOTH", "WAYS") and place.accepts("TEXT", "WHEN", back=2):
        both = place.after(-2), before
        old = place.span(both[0], token)
        words = complaint(
            "unexpected-text",
            old,
            f"the label stands before `both ways`: `{token.text} both ways`",
            write=f"{token.text} both ways",
        )
        return Mend(words, (token, *both), drop=1, back=2)
    comma = token.kind == "COMMA"
    said = place.after(comma), place.after(1 + comma)
    if (said[0].text, said[1].text) != ("both", "ways") or not place.line_is_complete():
        return None
    when = _when_of_hold(place)
    if when is None:
        return None
    gap = place.source.span(before.end, said[1].end)
    ahead = place.source.span(when.start, when.start)
    words = complaint("unexpected-text", place.span(*said), "`both ways` stands before `when`")
    fix = Fix("put it there", (Edit(ahead, "both ways "), Edit(gap, "")), certain=True)
    return Mend(attrs.evolve(words, fixes=(fix,)), drop=2 + comma, guess=True)


def _when_of_hold(place: Place) -> Token | None:
    """The `when` of the hold that ends at the place."""
    for back in range(1, place.at):
        token = place.after(-back)
        if token.kind in ("LBRACE", "RBRACE"):
            return None
        if token.kind == "HOLD":
            return next((place.after(step) for step in range(-back + 2, 0) if place.after(step).kind == "WHEN"), None)
    return None


def hold_in_braces(place: Place) -> Mend | None:
    """`hold x { when y }` for `hold x when y`."""
    back = 2 if place.follows("TEXT") else 1
    if place.token.kind != "LBRACE" or place.at <= back or place.after(-back - 1).kind != "HOLD":
        return None
    end = next((step for step in range(1, 500) if place.after(step).kind in ("RBRACE", "LBRACE", END)), 0)
    if place.after(end).kind != "RBRACE" or place.after().kind not in ("WHEN", "BOTH") or end < 3:
        return None
    close, last = place.after(end), place.after(end - 1)
    words = complaint("unexpected-text", place.span(), "a hold has no block: its condition stands behind its name")
    edits = (
        Edit(place.source.span(place.token.start, place.after().start), ""),
        Edit(place.source.span(last.end, close.end), ""),
    )
    inside = tuple(place.after(step)._replace(first=False) for step in range(1, end))
    return Mend(attrs.evolve(words, fixes=(Fix("take out the braces", edits, certain=True),)), inside, drop=end + 1)


def retired_list(place: Place) -> Mend | None:
    """`retired gold, silver`, `retired gold and silver to two`: each has a line of its own."""
    token = place.token
    if token.text not in (",", "and") or not _after_retired(place) or not is_name(place, place.after()):
        return None
    words = "each retired tier has a line of its own"
    count = 2
    while place.after(count).text in (",", "and") and is_name(place, place.after(count + 1)):
        count += 2
    to = place.after(count).kind == "TO" and is_name(place, place.after(count + 1))
    new = [("TO", "to"), (place.after(count + 1).kind, place.after(count + 1).text)] if to else []
    return instead(place, [token], [*new, ("RETIRED", "retired")], words, back=0)


def retired_to(place: Place) -> Mend | None:
    """`retired to two`: which tier is no more is missing."""
    if not place.follows("RETIRED", "TO") or not is_name(place, place.token) or not place.on_top(1):
        return None
    to = place.tokens[place.at - 1]
    words = complaint(
        "unexpected-text",
        place.span(place.after(-2), to),
        "the name of the tier that is no more is missing",
        f"write `retired NAME to {place.token.text}`",
    )
    return Mend(words, (Token("NAME", place.token.text, to.start, to.start), to), back=1, guess=True)


def merged_here(place: Place) -> Mend | None:
    """`merged a into b`, `merge "0012" into "0015"`: merged accounts stand in a file."""
    token = place.token
    at_start = (
        token.text in ("merge", "merged", "merges") and token.kind != "MERGED" and place.accepts("MERGED", "FROM")
    )
    if not at_start and not (place.follows("MERGED") and place.accepts("FROM", "TEXT")):
        return None
    if not at_start and (token.first or (token.kind == "TEXT" and place.after().first)):
        return None
    count = 1
    while not place.after(count).first and place.after(count).kind not in (END, "RBRACE"):
        count += 1
    first = token if at_start else place.before
    words = complaint(
        "unexpected-text",
        place.span(first, place.after(count - 1)),
        "accounts that were merged stand in a file with the columns `old` and `new`",
        'write `merged from "merges.csv"`',
    )
    end = place.after(count - 1).end
    tokens = (Token("FROM", "from", end, end), Token("TEXT", '""', end, end))
    return Mend(words, (renamed(token, "MERGED", "merged"), *tokens) if at_start else tokens, drop=count, guess=True)


MENDS = (
    worded_line,
    *freezing.MENDS,
    late_both_ways,
    hold_in_braces,
    retired_list,
    retired_to,
    second_share,
    merged_here,
)
