"""Points for events, adjustments and inputs as people say them: `half every 30 days`, `raise to two`, `valid for 14 days`."""

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
            return _said(place, count, ("HALVING", "EVERY")) if place.after(count).kind == "NUMBER" else None
    if token.text in _HALVING and following.kind == "EVERY":
        return _said(place, 1, ("HALVING",))
    if token.text in _VERBS and following.kind == "NUMBER" and place.after(2).kind == "EVERY":
        return _said(place, 1, (_VERBS[token.text].upper(),))
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


def _said(place: Place, count: int, kinds: tuple[str, ...]) -> Mend:
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
            return _said(place, len(words), ("UP", "TO"))
    return None


def worded_per(place: Place) -> Mend | None:
    """`points 5 for each visit`, `points 5 per each visit`, `points 5 per event visit` for `points 5 per visit`."""
    if place.token.first:
        return None
    if place.accepts("PER", "NAME") and place.accepts("WHEN"):
        count = 1 if place.token.text == "for" else 0
        count += place.after(count).text in ("each", "every", "any")
        return _said(place, count, ("PER",)) if count else None
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
        return _said(place, 1, ("RAISE" if token.text in _RAISES else "LOWER",))
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
        )
        return Mend(words, (renamed(verb, kind, kind.lower()), renamed(before, "AT", "at")), back=2)
    return None


def worded_bound(place: Place) -> Mend | None:
    """`cap to two`, `floor at tier two` for `cap at two`, `floor at two`."""
    before = place.before
    if before is None:
        return None
    if before.kind in ("CAP", "FLOOR") and place.token.text in ("to", "is", "of", "=") and place.accepts("AT", "NAME"):
        return _said(place, 1, ("AT",))
    if place.token.kind == "TIER" and before.kind == "AT" and place.accepts("NAME"):
        return _needless(place)
    return None


def _needless(place: Place) -> Mend:
    """Leave out a word that says nothing here."""
    until = place.source.span(place.token.start, place.after().start)
    message = f"`{place.token.text}` is not needed here"
    return Mend(complaint("unexpected-text", place.span(), message, write="", on=until), drop=1)


_COLUMNS = {
    **dict.fromkeys(("date", "day", "time", "timestamp", "on", "when", "occurred"), "AT"),
    **dict.fromkeys(("account_id", "company", "customer"), "ACCOUNT"),
}
_LASTS = (
    *(("valid", "for"), ("holds", "for"), ("expires", "after"), ("expires", "in"), ("good", "for"), ("lasting",)),
    *(("holds",), ("last",), ("lasts_for",), ("for",)),
)


def worded_input(place: Place) -> Mend | None:
    """`date from "Day"` for `at from "Day"`; `valid for 14 days` for `lasts 14 days`; the file of an event."""
    if place.token.text == "id" and place.accepts("KEY", "FROM", "TEXT") and place.accepts("AT", "FROM"):
        words = complaint(
            "unexpected-text",
            place.span(),
            "is this the account's or the event's own? `id` says neither",
            "write `account from …` for the column with the account's key, `key from …` for one that identifies the event",
        )
        return Mend(words, (renamed(place.token, "KEY", "key"),), drop=1, guess=True)
    kind = _COLUMNS.get(place.token.text)
    if kind and place.after().kind == "FROM" and place.accepts(kind, "FROM", "TEXT"):
        return _said(place, 1, (kind,))
    if place.accepts("LASTS", "NUMBER"):
        for said in _LASTS:
            if tuple(place.after(step).text for step in range(len(said))) == said:
                return _said(place, len(said), ("LASTS",))
    if place.token.kind == "FROM" and place.after().kind == "TEXT" and _opens_event(place):
        words = complaint(
            "unexpected-text",
            place.span(place.token, place.after()),
            "the file of an event is not named in the rules",
            "give it to the run: `--events EVENT=FILE`",
        )
        return Mend(words, drop=2)
    return None


def worded_lookup(place: Place) -> Mend | None:
    """`give base number, ceiling number`: each column has a line of its own."""
    if place.token.kind != "COMMA" or not place.accepts("GIVE", "NAME", "NAME") or place.after().first:
        return None
    return _give_apart(place)


def columns_without_types(place: Place) -> Mend | None:
    """`give base, ceiling`: the type of each column is missing."""
    if place.token.kind != "COMMA" or not place.follows("GIVE", "NAME") or place.after().first:
        return None
    first = place.before.text if place.before else ""
    words = complaint(
        "unexpected-text",
        place.span(place.before, place.token),
        "each column that a lookup gives has a `give` of its own, with its type",
        f"write `give {first} number` (or text, date …), and so for the others",
    )
    count = 1
    while place.after(count + 1).kind == "COMMA":
        count += 2
    return Mend(words, (renamed(place.token, "NAME", "text"),), drop=count + 1, guess=True)


def _give_apart(place: Place) -> Mend:
    words = complaint(
        "unexpected-text", place.span(), "each column that a lookup gives has a `give` of its own", write=" give"
    )
    return Mend(words, (renamed(place.token, "GIVE", "give"),), drop=1)


def points_without_rows(place: Place) -> Mend | None:
    """`points by industry from "points.csv"` without its block."""
    if (
        not place.follows("FROM", "TEXT")
        or not place.accepts("LBRACE", "RBRACE", "POINTS")
        or place.token.kind == "LBRACE"
    ):
        return None
    words = complaint(
        "unopened-block",
        place.span(place.before),
        "points from a file say in a block what other values get",
        f"write `from {place.before.text if place.before else ''} {{ otherwise -> 0  missing -> 0 }}`",
    )
    end = place.before.end if place.before else 0
    return Mend(words, (Token("LBRACE", "{", end, end), Token("RBRACE", "}", end, end)), guess=True)


def _opens_event(place: Place) -> bool:
    label = bool(place.before and place.before.kind == "TEXT")
    return place.at > 1 + label and place.after(-2 - label).kind == "EVENT" and place.accepts("LBRACE")


def tier_equals(place: Place) -> Mend | None:
    """`tier = one` for `tier is one`."""
    before = place.before
    signs = {"=": ("IS",), "==": ("IS",), "!=": ("IS", "NOT"), "<>": ("IS", "NOT")}
    kinds = signs.get(place.token.text)
    if before is None or before.kind != "TIER" or kinds is None or not place.accepts(*kinds, place.after().kind):
        return None
    return _said(place, 1, kinds) if place.after().kind not in ("NUMBER", "TEXT") else None


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


def missing_field(place: Place) -> Mend | None:
    """`amount money` for `field amount money`."""
    if place.after().text not in TYPES or place.token.kind != "NAME" or not place.accepts("FIELD", "NAME", "NAME"):
        return None
    if place.after(2).kind not in _AFTER_TYPE and not place.after(2).first:
        return None
    start = place.token.start
    words = complaint(
        "unexpected-text",
        place.span(),
        f"`field` is missing before `{place.token.text}`",
        write="field ",
        title="put in `field`",
        on=place.source.span(start, start),
    )
    return Mend(words, (Token("FIELD", "field", start, start, place.token.first),))


_PERIODS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}


def worded_period(place: Place) -> Mend | None:
    """`halving monthly` for `halving every month`."""
    unit = _PERIODS.get(place.token.text)
    if unit is None or not place.accepts("EVERY", unit.upper()):
        return None
    return _said(place, 1, ("EVERY", unit.upper()))


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


TYPES = ("whole", "number", "money", "text", "flag", "date", "tags")
_AFTER_TYPE = ("FROM", "ONE", "IN", "DEFAULT", "REQUIRED", "FORMAT", "SPLIT", "RBRACE", "FIELD", "DERIVE", "NAME")


MENDS = (
    in_no_tier,
    missing_field,
    worded_fading,
    worded_most,
    worded_per,
    worded_shift,
    worded_bound,
    worded_input,
    worded_lookup,
    columns_without_types,
    worded_period,
    worded_seats,
    listed_tiers,
    points_without_rows,
    tier_equals,
)
