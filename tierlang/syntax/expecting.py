"""What people write after `expect`: `expect a is tier one`, `expect no tier`, `expect marked surging`, `assert fit >= 80`."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.diagnostics.diagnostic import Edit, Fix
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import Token

_VERBS = (
    *("assert", "asserts", "check", "checks", "verify", "ensure", "ensures", "then", "should"),
    *("must", "shall", "require", "requires", "want", "result", "outcome"),
)
_FILLERS = ("be", "that", "to", "is")
_ENDS = ("TIER", "UNTIERED", "EXCLUDED", "NOT_EXCLUDED")
COMPARISONS = ("EQUAL", "UNEQUAL", "BELOW", "AT_MOST", "ABOVE", "AT_LEAST")
_ASKS = (*COMPARISONS, "IS", "IN", "CONTAINS", "WITHIN", "NOT")
_MARKS = ("mark", "marks", "marked", "marking")
_SORTS = ("score", "field", "signal", "derive", "condition", "value")


def is_name(place: Place, token: Token) -> bool:
    """Whether a token could be a name, and begins no line."""
    return not token.first and (token.kind == "NAME" or token.text in place.tables.free_words)


def _after_expect(place: Place, back: int) -> bool:
    """Whether the token so far back is the first after `expect`, or the first after the account that `expect` names."""
    if place.at > back and place.after(-back - 1).kind == "EXPECT":
        return True
    return _account(place, back + 1)


def _account(place: Place, back: int) -> bool:
    """Whether the token so far back is a name right after `expect`."""
    return place.at > back and place.after(-back - 1).kind == "EXPECT" and is_name(place, place.after(-back))


def instead(
    place: Place,
    old: Sequence[Token],
    new: Sequence[tuple[str, str]],
    words: str,
    *,
    back: int,
    keep: tuple[Token, ...] = (),
    until: Token | None = None,
) -> Mend:
    """The mend that reads `new` (kinds and texts) for the neighbouring tokens `old`; `keep` are those before them that are taken back too.

    `until` is the token after them, where it is not the one that follows at the place.
    """
    span = place.span(old[0], old[-1])
    written = " ".join(text for _, text in new)
    title = f"write `{written}`" if written else f"take out `{span.text}`"
    following = until or place.after(len(old) + len(keep) - back)
    spaced = place.source.text[span.start - 1 : span.start].isspace()
    whole = span
    if not written and spaced:
        ahead = len(place.source.text[: span.start].rstrip())
        ends = following.first and not old[0].first
        whole = place.source.span(ahead, span.end) if ends else place.source.span(span.start, following.start)
    lead = "" if spaced or not written[:1].isalpha() else " "
    said = complaint("unexpected-text", span, words, write=f"{lead}{written}", title=title, on=whole)
    tokens = tuple(renamed(old[0], kind, text) for kind, text in new)
    return Mend(said, (*keep, *tokens), drop=len(old) + len(keep) - back, back=back)


def worded_expect(place: Place) -> Mend | None:
    """`assert fit > 5`, `should be tier one`, `expect to be tier one` for `expect …`."""
    token = place.token
    if place.accepts("EXPECT", "UNTIERED") and token.text.lower() in _VERBS and place.after().text not in ("=", ":"):
        count = 1
        while place.after(count).text in _FILLERS and not place.after(count).first:
            count += 1
        old = [place.after(step) for step in range(count)]
        said = " ".join(one.text for one in old)
        return instead(place, old, [("EXPECT", "expect")], f"`{said}` is written `expect`", back=0)
    if token.text == "be" and place.follows("EXPECT", "TO"):
        return instead(place, [place.after(-1), token], [], "`to be` is not needed here", back=1)
    return None


def missing_expect(place: Place) -> Mend | None:
    """`tier one`, `fit >= 80` as a line of a test."""
    token, following = place.token, place.after()
    begins = token.first or place.machine.states[-1] in place.tables.homes
    if not begins or not place.accepts("EXPECT", "UNTIERED"):
        return None
    mark = token.text == "mark" and is_name(place, following)
    asks = (token.kind == "NAME" or token.text in place.tables.free_words) and following.kind in _ASKS
    if not (mark or asks or token.kind in _ENDS) or (token.kind == "TIER" and place.after(2).kind == "SINCE"):
        return None
    at = place.source.span(token.start, token.start)
    words = "what a test demands begins with `expect`"
    said = complaint("unexpected-text", place.span(), words, write="expect ", title="put in `expect`", on=at)
    if mark:
        return Mend(said, (renamed(token, "EXPECT_MARK", "expect mark"),), drop=1)
    return Mend(said, (Token("EXPECT", "expect", token.start, token.start, token.first),))


def worded_tier(place: Place) -> Mend | None:
    """`expect a is tier one`, `expect a.tier is one`, `expect a: tier one`, `expect a is excluded` for `expect a tier one`…"""
    token, before = place.token, place.before
    if before is None or token.first:
        return None
    if token.kind in _ENDS and before.kind in ("IS", "IN", "HAS", "DOT", "EQUAL") and _account(place, 2):
        keep = (place.after(-2),)
        if before.kind == "DOT":
            words = complaint("unexpected-text", place.span(before), "the tier of an account is written with a space")
            words = attrs.evolve(words, fixes=(Fix("write it so", (Edit(place.span(before), " has "),), certain=True),))
            return Mend(words, (*keep, renamed(before, "HAS", "has")), back=2)
        return instead(place, [before], [], f"no `{before.text}` stands here", back=2, keep=keep)
    if token.kind in ("IS", "IN") and place.follows("EXPECT") and place.after().kind in _ENDS:
        return instead(place, [token], [], f"no `{token.text}` stands here", back=0)
    if token.text in (":", ",", "=") and _account(place, 1):
        if place.after().kind in _ENDS or (place.after().text in _MARKS and is_name(place, place.after(2))):
            return instead(place, [token], [], f"no `{token.text}` stands here", back=0)
        if token.text == ":":
            said = complaint("unexpected-text", place.span(), "`:` is written `has`", write=" has")
            return Mend(said, (renamed(token, "HAS", "has"),), drop=1)
    return None


def tier_condition(place: Place) -> Mend | None:
    """`expect a tier is one`, `expect tier one or two`, `expect a not tier one`: conditions about tiers."""
    token, before = place.token, place.before
    if before is None or token.first:
        return None
    if token.kind in ("IS", "EQUAL", "UNEQUAL", "NOT") and before.kind == "TIER" and _account(place, 2):
        return _has(place, before, back=1)
    if token.kind == "OR" and place.at > 2 and place.after(-2).kind == "TIER" and _after_expect(place, 2):
        words = "one of several tiers is a condition: `tier is one or two`"
        tier = place.after(-2)
        edits = [Edit(place.source.span(before.start, before.start), "is ")]
        tokens = [Token("IS", "is", before.start, before.start), before]
        if place.after(-3).kind != "EXPECT":
            edits.insert(0, Edit(place.source.span(tier.start, tier.start), "has "))
            tokens = [Token("HAS", "has", tier.start, tier.start), tier, *tokens]
        said = complaint("unexpected-text", place.span(tier, before), words)
        said = attrs.evolve(said, fixes=(Fix("write it as a condition", tuple(edits), certain=True),))
        return Mend(said, tuple(tokens), back=2 if len(tokens) > 2 else 1)
    if token.kind == "TIER" and before.kind == "NOT" and _account(place, 2):
        new = [("HAS", "has"), ("NOT", "not"), ("TIER", "tier"), ("IS", "is")]
        words = "a tier that it is not in is a condition: `has not tier is one`"
        return instead(place, [before, token], new, words, back=2, keep=(place.after(-2),))
    return None


def _has(place: Place, first: Token, back: int) -> Mend:
    at = place.source.span(first.start, first.start)
    words = "a condition about one of several accounts stands after `has`"
    said = complaint("unexpected-text", place.span(first), words, write="has ", title="put in `has`", on=at)
    taken = tuple(place.after(-step) for step in range(back, 0, -1))
    return Mend(said, (Token("HAS", "has", first.start, first.start), *taken), back=back)


def no_tier(place: Place) -> Mend | None:
    """`expect no tier`, `expect tier untiered` for `expect untiered`."""
    token, before = place.token, place.before
    if before is None or token.first:
        return None
    if token.kind == "TIER" and before.kind == "NO" and _after_expect(place, 1):
        return instead(place, [before, token], [("UNTIERED", "untiered")], "no tier is written `untiered`", back=1)
    if token.text in ("tiered", "tier") and before.kind == "NOT" and _account(place, 2):
        words = "no tier is written `untiered`"
        return instead(place, [before, token], [("UNTIERED", "untiered")], words, back=2, keep=(place.after(-2),))
    if token.kind == "UNTIERED":
        for kinds in (("TIER", "IS"), ("TIER",)):
            if place.follows(*kinds) and _after_expect(place, len(kinds)):
                old = [place.after(step - len(kinds)) for step in range(len(kinds))]
                return instead(place, old, [], f"no `{' '.join(kinds).lower()}` stands here", back=len(kinds))
    return None


def worded_has(place: Place) -> Mend | None:
    """`expect a fit >= 80`, `expect a where fit >= 80`, `expect has fit >= 80`, `expect account a tier one`, `expect score fit >= 80`."""
    token, before = place.token, place.before
    if before is None or token.first or not _account(place, 1):
        return None
    if token.kind in ("WITH", "WHERE", "WHEN") and place.accepts("HAS", place.after().kind):
        return instead(place, [token], [("HAS", "has")], f"`{token.text}` is written `has`", back=0)
    if not is_name(place, token):
        return None
    if before.text == "has" and place.after().kind in (*COMPARISONS, "IS", "IN", "CONTAINS"):
        return instead(
            place, [before], [], "`has` follows the name of an account, which this line does not give", back=1
        )
    if before.text in ("account", *_SORTS) and (before.text != "account" or _declared(place, token.text)):
        return instead(place, [before], [], f"`{before.text}` is not needed here", back=1)
    if place.after().kind in _ASKS and _declared(place, before.text):
        return _has(place, token, back=0)
    return None


def _declared(place: Place, name: str) -> bool:
    """Whether a test gives an account of that name."""
    tokens = place.tokens
    return any(tokens[at].text == name and tokens[at - 1].kind == "ACCOUNT" for at in range(1, place.at))


def worded_mark(place: Place) -> Mend | None:
    """`expect marked surging`, `expect not mark surging`, `expect mark "surging"` for `expect mark surging`."""
    token = place.token
    if token.first or not (is_name(place, token) or token.kind == "TEXT"):
        return None
    if token.kind == "MARK" and place.before is not None and place.before.kind == "NOT" and _account(place, 2):
        keep = (place.after(-2),)
        return instead(place, [place.after(-1)], [("NO", "no")], "`not mark` is written `no mark`", back=2, keep=keep)
    word = place.after(-1)
    negated = place.at > 2 and place.after(-2).kind in ("NOT", "NO")
    back = 3 if negated else 2
    if word.text not in _MARKS or place.at < back or place.after(-back).kind != "EXPECT":
        return None
    new = ("EXPECT_NO_MARK", "expect no mark") if negated else ("EXPECT_MARK", "expect mark")
    old = [place.after(-step) for step in range(back, 0, -1)]
    said = " ".join(one.text for one in old)
    if said == new[1] and token.kind == "TEXT":
        words = "a name stands here, and names have no quotes"
        name = renamed(token, "NAME", token.text[1:-1])
        said_so = complaint("unexpected-text", place.span(), words, write=name.text)
        return Mend(said_so, (renamed(old[0], *new), name), drop=1, back=back) if name.text.isidentifier() else None
    return instead(place, old, [new], f"`{said}` is written `{new[1]}`", back=back)


def worded_exclusion(place: Place) -> Mend | None:
    """`expect excluded by competitor`, `expect excluded: competitor` for `expect excluded as competitor`."""
    token = place.token
    if not place.follows("EXCLUDED") or token.first or not is_name(place, place.after()):
        return None
    if token.text not in ("by", "because", "for", "from", "since", "with", ":", "=", "is", "via"):
        return None
    lead = " " if place.before is not None and token.start == place.before.end else ""
    said = complaint("unexpected-text", place.span(), f"`{token.text}` is written `as`", write=f"{lead}as")
    return Mend(said, (renamed(token, "AS", "as"),), drop=1)


def joined(place: Place) -> Mend | None:
    """`expect tier one and fit > 5`: each expectation has its own `expect`."""
    token, following = place.token, place.after()
    if token.text not in ("and", ",", "but", "&&") or token.first or not place.accepts("EXPECT", "UNTIERED"):
        return None
    if following.kind == "EXPECT":
        return instead(place, [token], [], f"no `{token.text}` stands here", back=0)
    mark = following.text == "mark" and is_name(place, place.after(2))
    if not mark and not place.accepts("EXPECT", following.kind, place.after(2).kind) and following.kind not in _ENDS:
        return None
    lead = " " if place.before is not None and token.start == place.before.end else ""
    words = "each expectation has an `expect` of its own"
    said = complaint("unexpected-text", place.span(), words, write=f"{lead}expect", title="write `expect`")
    kind = ("EXPECT_MARK", "expect mark") if mark else ("EXPECT", "expect")
    return Mend(said, (renamed(token, *kind),), drop=1 + mark)


MENDS = (
    worded_expect,
    worded_tier,
    tier_condition,
    no_tier,
    worded_has,
    worded_mark,
    worded_exclusion,
    joined,
    missing_expect,
)
