"""Points for events and adjustments as people say them: `half every 30 days`, `raise to two`."""

from __future__ import annotations

from decimal import Decimal

from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import Token

_HALVING = ("half", "halve", "halves", "halved")
_HALF_LIFE = (("half", "life"), ("half", "-", "life"), ("half_life",), ("halflife",))
_VERBS = {
    **dict.fromkeys(("lose", "loses", "minus", "subtracting", "dropping"), "losing"),
    **dict.fromkeys(("keep", "keeps", "retain", "retaining"), "keeping"),
}
_DECAY = ("decay", "decays", "decaying", "fade", "fading")


def worded_fading(place: Place) -> Mend | None:
    """`half every 30 days`, `half life 30 days`, `decaying 25% every month`, `keep 75% every month`."""
    if not place.accepts("HALVING"):
        return None
    token, following = place.token, place.after()
    for words in _HALF_LIFE:
        if tuple(place.after(step).text for step in range(len(words))) == words:
            count = len(words) + (place.after(len(words)).text == "of")
            return said(place, count, ("HALVING", "EVERY")) if place.after(count).kind == "NUMBER" else None
    if token.text in _HALVING and following.kind == "EVERY":
        return said(place, 1, ("HALVING",))
    if token.text in _VERBS and following.kind == "NUMBER" and place.after(2).kind == "EVERY":
        return said(place, 1, (_VERBS[token.text].upper(),))
    by = following.text == "by"
    share = place.after(1 + by)
    if (
        token.text in _DECAY
        and share.kind == "NUMBER"
        and share.text.endswith("%")
        and place.after(2 + by).kind == "EVERY"
    ):
        return _kept(place, share, 2 + by)
    return None


def said(place: Place, count: int, kinds: tuple[str, ...]) -> Mend:
    """So many words are written otherwise."""
    written = " ".join(kinds).lower()
    span = place.span(place.token, place.after(count - 1))
    words = complaint("unexpected-text", span, f"`{span.text}` is written `{written}`", write=written)
    return Mend(words, tuple(renamed(place.token, kind, kind.lower()) for kind in kinds), drop=count)


def _kept(place: Place, share: Token, count: int) -> Mend | None:
    """What is lost of 100 % by what is kept of it."""
    try:
        rest = 100 - Decimal(share.text.removesuffix("%").rstrip())
    except ArithmeticError:
        return None
    if not 0 < rest < 100:
        return None
    written = f"keeping {rest}%"
    span = place.span(place.token, share)
    words = complaint("unexpected-text", span, f"`{span.text}` is written by what is left: `{written}`", write=written)
    tokens = renamed(place.token, "KEEPING", "keeping"), Token("NUMBER", f"{rest}%", share.start, share.end)
    return Mend(words, tokens, drop=count)


_MOST = (
    ("with", "a", "maximum", "of"),
    *(("at", "most"), ("no", "more", "than"), ("not", "more", "than"), ("capped", "at"), ("cap", "at")),
    *(("maximum", "of"), ("max", "of"), ("maximum",), ("max",), ("limit",), ("upto",), ("cap",)),
)


def worded_most(place: Place) -> Mend | None:
    """`points 5 per visit … max 60` for `… up to 60`."""
    if not place.accepts("UP", "TO", "NUMBER") or (place.before and place.before.text == "a"):
        return None
    for words in _MOST:
        if (
            tuple(place.after(step).text for step in range(len(words))) == words
            and place.after(len(words)).kind == "NUMBER"
        ):
            return said(place, len(words), ("UP", "TO"))
    return None


def worded_per(place: Place) -> Mend | None:
    """`points 5 for each visit`, `points 5 per each visit`, `points 5 per event visit` for `points 5 per visit`."""
    if place.token.first:
        return None
    if place.accepts("PER", "NAME") and place.accepts("WHEN"):
        count = 1 if place.token.text == "for" else 0
        count += place.after(count).text in ("each", "every", "any")
        return said(place, count, ("PER",)) if count else None
    if place.at > 1 and place.after(-2).kind == "PER" and place.after(-1).text in ("each", "every", "event", "events"):
        span = place.span(place.before)
        if place.token.kind != "NAME" or not place.accepts("NAME", place.after().kind, back=1):
            return None
        until = place.source.span(span.start, place.token.start)
        words = complaint("unexpected-text", span, f"`{span.text}` is not needed here", write="", on=until)
        return Mend(words, back=1)
    return None


_RAISES = ("promote", "boost", "bump", "upgrade", "lift", "increase", "up")
_LOWERS = ("demote", "downgrade", "decrease", "reduce", "down")


def worded_shift(place: Place) -> Mend | None:
    """`raise by 1`, `raise 1 tier`, `promote 1` for `raise 1`; `raise to two` for `floor at two`."""
    token, before = place.token, place.before
    if place.at_line_start() and place.accepts("RAISE") and token.text in _RAISES + _LOWERS:
        if place.after().kind != "NUMBER" and place.after().text != "by":
            return None
        return said(place, 1, ("RAISE" if token.text in _RAISES else "LOWER",))
    if before is None:
        return None
    if token.text == "by" and before.kind in ("RAISE", "LOWER"):
        return _needless(place)
    steps = before.kind == "NUMBER" and place.at > 1 and place.after(-2).kind in ("RAISE", "LOWER")
    if steps and token.text in ("tier", "tiers", "level", "levels", "step", "steps"):
        return _needless(place)
    if before.text == "to" and place.at > 1 and place.after(-2).kind in ("RAISE", "LOWER"):
        kind = "FLOOR" if place.after(-2).kind == "RAISE" else "CAP"
        if token.kind == "TIER" or not place.accepts(kind, "AT", "NAME", back=2):
            return None
        verb = place.after(-2)
        span = place.span(verb, before)
        written = f"{kind.lower()} at"
        words = complaint(
            "unexpected-text",
            span,
            f"`{span.text}` is written `{written}`",
            f"`{verb.text}` moves by a number of tiers; `{written}` says that no account ends up"
            f" {'lower' if kind == 'FLOOR' else 'higher'} than that tier",
            write=written,
            certain=False,
        )
        return Mend(words, (renamed(verb, kind, kind.lower()), renamed(before, "AT", "at")), back=2)
    return None


def worded_bound(place: Place) -> Mend | None:
    """`cap to two`, `floor at tier two` for `cap at two`, `floor at two`."""
    before = place.before
    if before is None:
        return None
    if before.kind in ("CAP", "FLOOR") and place.token.text in ("to", "is", "of", "=") and place.accepts("AT", "NAME"):
        return said(place, 1, ("AT",))
    if place.token.kind == "TIER" and before.kind == "AT" and place.accepts("NAME"):
        return _needless(place)
    return None


def _needless(place: Place) -> Mend:
    """Leave out a word that says nothing here."""
    until = place.source.span(place.token.start, place.after().start)
    message = f"`{place.token.text}` is not needed here"
    return Mend(complaint("unexpected-text", place.span(), message, write="", on=until), drop=1)


def tier_equals(place: Place) -> Mend | None:
    """`tier = one` for `tier is one`."""
    before = place.before
    signs = {"=": ("IS",), "==": ("IS",), "!=": ("IS", "NOT"), "<>": ("IS", "NOT")}
    kinds = signs.get(place.token.text)
    if before is None or before.kind != "TIER" or kinds is None or not place.accepts(*kinds, place.after().kind):
        return None
    return said(place, 1, kinds) if place.after().kind not in ("NUMBER", "TEXT") else None


def in_no_tier(place: Place) -> Mend | None:
    """`tier is untiered`, `tier is none`."""
    if place.token.text not in ("untiered", "excluded", "none", "nothing", "null", "empty"):
        return None
    if not (place.follows("IS") or place.follows("IS", "NOT")) or not place.accepts("NAME"):
        return None
    if place.after(-2 if place.follows("IS") else -3).kind != "TIER":
        return None
    words = complaint(
        "unexpected-text",
        place.span(),
        f"`{place.token.text}` is no tier: an account that is in none is asked for by the tiers it is not in",
        "write `not (tier is FIRST or SECOND or …)`, with all tiers of the ladder",
    )
    return Mend(words, (renamed(place.token, "NAME", place.token.text),), drop=1, guess=True)


_PERIODS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}


def worded_period(place: Place) -> Mend | None:
    """`halving monthly` for `halving every month`."""
    unit = _PERIODS.get(place.token.text)
    if unit is None or not place.accepts("EVERY", unit.upper()):
        return None
    return said(place, 1, ("EVERY", unit.upper()))


def worded_seats(place: Place) -> Mend | None:
    """`capacity 300 accounts` for `capacity 300`."""
    if place.token.text not in ("accounts", "seats", "companies") or not place.follows("CAPACITY", "NUMBER"):
        return None
    return _needless(place)


def listed_tiers(place: Place) -> Mend | None:
    """`tier is one, two` for `tier is one or two`."""
    negated = place.at > 2 and place.after(-2).kind == "NOT"
    asked = place.follows("TIER", "IS", place.before.kind) if place.before else False
    if place.token.kind != "COMMA" or negated or not asked or not place.accepts("OR", place.after().kind):
        return None
    words = complaint("unexpected-text", place.span(), "tiers are listed with `or`", write=" or", title="write `or`")
    return Mend(words, (renamed(place.token, "OR", "or"),), drop=1)


MENDS = (
    in_no_tier,
    worded_fading,
    worded_most,
    worded_per,
    worded_shift,
    worded_bound,
    worded_period,
    worded_seats,
    listed_tiers,
    tier_equals,
)
