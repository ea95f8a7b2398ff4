"""Phrases of other languages that have another form here: ranges, `is null`, `between`, lists in parentheses."""

from __future__ import annotations

from tierlang.source import Span
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import Token
from tierlang.syntax.windows import UNIT_WORDS

_COMPARISONS = ("AT_LEAST", "ABOVE", "AT_MOST", "BELOW")


def dash_range(place: Place) -> Mend | None:
    """`80-100` for `80..100`."""
    token = place.token
    if token.kind != "MINUS" or place.before is None or not place.accepts("DOTS", place.after().kind):
        return None
    span = place.span(place.before, place.after())
    words = complaint(
        "unexpected-text",
        span,
        f"a range is written with two dots: `{place.before.text}..{place.after().text}`",
        write="..",
        on=place.source.span(place.before.end, place.after().start),
    )
    return Mend(words, (renamed(token, "DOTS", ".."),), drop=1)


def spaced_range(place: Place) -> Mend | None:
    """`80 .. 100` for `80..100`."""
    dots = place.before
    if (
        dots is None
        or dots.kind != "DOTS_OPEN"
        or place.token.first
        or not place.accepts("DOTS", place.token.kind, back=1)
    ):
        return None
    first = place.tokens[place.at - 2] if place.at > 1 and not dots.first else dots
    low = first.text if first.kind in ("NUMBER", "NAME", "DATE") else ""
    start = first if low else dots
    span = place.span(start, place.token)
    written = f"{low}..{place.token.text}"
    words = complaint("unexpected-text", span, f"a range is written without spaces: `{written}`", write=written)
    return Mend(words, (renamed(dots, "DOTS", ".."),), back=1)


def compared_range(place: Place) -> Mend | None:
    """`>= 80` where a range stands, for `80..`."""
    token, number = place.token, place.after()
    if token.kind not in _COMPARISONS or number.kind != "NUMBER":
        return None
    open_low = token.kind == "ABOVE" and place.accepts("OVER", "NUMBER")
    if not place.accepts("DOTS", "NUMBER") or not place.accepts("NUMBER", "DOTS_OPEN"):
        return None
    dots = Token("DOTS_OPEN", "..", number.end, number.end)
    forms = {
        "AT_LEAST": (f"{number.text}..", (number, dots)),
        "ABOVE": (f"{number.text}..", (number, dots)),
        "AT_MOST": (f"..{number.text}", (renamed(token, "DOTS", ".."), number)),
        "BELOW": (f"..<{number.text}", (renamed(token, "DOTS_BELOW", "..<"), number)),
    }
    written, tokens = forms[token.kind]
    if open_low:
        written, tokens = f"over {number.text}", (renamed(token, "OVER", "over"), number)
    certain = open_low or token.kind != "ABOVE"
    words = complaint(
        "unexpected-text",
        place.span(token, number),
        f"a range stands here, not a comparison: `{written}`",
        *(
            ()
            if certain
            else (f"`{written}` takes {number.text} in; for more than {number.text} begin with the next number",)
        ),
        write=written if certain else None,
    )
    return Mend(words, tokens, drop=2)


def lone_bound(place: Place) -> Mend | None:
    """`range 80` without dots."""
    number = place.before
    if number is None or number.kind != "NUMBER" or not place.accepts("DOTS_OPEN", place.token.kind):
        return None
    words = complaint(
        "unexpected-text",
        place.span(number),
        "a range stands here, and it has two dots",
        f"write `{number.text}..` for {number.text} and more, `..{number.text}` for up to {number.text}",
    )
    return Mend(words, (Token("DOTS_OPEN", "..", number.end, number.end),))


def is_value(place: Place) -> Mend | None:
    """`x is 5` for `x = 5`."""
    if place.token.kind not in ("NUMBER", "TEXT", "DATE", "TRUE", "FALSE", "MINUS", "WRONG_QUOTES", "WRONG_WORD"):
        return None
    if place.token.text.lower() in place.tables.keywords and place.token.kind == "WRONG_WORD":
        return None
    value = "TEXT" if place.token.kind in ("WRONG_QUOTES", "WRONG_WORD") else place.token.kind
    for kinds, kind, sign in ((("IS", "NOT"), "UNEQUAL", "!="), (("IS",), "EQUAL", "=")):
        if place.follows(*kinds) and place.accepts(kind, value, back=len(kinds)):
            first = place.tokens[place.at - len(kinds)]
            written = " ".join(word.lower() for word in kinds)
            span = place.span(first, place.before)
            words = complaint(
                "unexpected-text", span, f"a value is compared with `{sign}`, not with `{written}`", write=sign
            )
            return Mend(words, (renamed(first, kind, sign),), back=len(kinds))
    return None


def equals_missing(place: Place) -> Mend | None:
    """`x = missing` for `x is missing`."""
    sign = place.before
    if place.token.kind != "MISSING" or sign is None or sign.kind not in ("EQUAL", "UNEQUAL"):
        return None
    kinds = ("IS",) if sign.kind == "EQUAL" else ("IS", "NOT")
    if not place.accepts(*kinds, "MISSING", back=1):
        return None
    written = " ".join(kinds).lower()
    words = complaint(
        "unexpected-text",
        place.span(sign, place.token),
        f"this is written `{written} missing`",
        write=written,
        on=place.span(sign),
    )
    return Mend(words, tuple(renamed(sign, kind, kind.lower()) for kind in kinds), back=1)


def round_list(place: Place) -> Mend | None:
    """`in ("a", "b")` for `in ["a", "b"]`."""
    opening = place.token
    if opening.kind != "LPAR" or not (place.follows("IN") or place.follows("EQUAL")) or not place.accepts("LSQB"):
        return None
    depth = 0
    for steps in range(2000):
        token = place.after(steps)
        depth += {"LPAR": 1, "RPAR": -1}.get(token.kind, 0)
        if depth == 0:
            break
        if token.kind in ("$END", "LBRACE", "RBRACE"):
            return None
    else:
        return None
    inside = tuple(place.tokens[place.at + 1 : place.at + steps])
    listed = Span(place.source, opening.start, token.end)
    written = f"[{listed.text[1:-1]}]"
    words = complaint("unexpected-text", listed, "a list stands in square brackets", write=written)
    return Mend(words, (renamed(opening, "LSQB", "["), *inside, renamed(token, "RSQB", "]")), drop=steps + 1)


def needless_unit(place: Place) -> Mend | None:
    """`days since x > 90 days`: the number alone counts days."""
    if place.token.text not in UNIT_WORDS or not place.follows("NUMBER") or not place.accepts(place.after().kind):
        return None
    days = place.token.text in ("day", "days")
    words = complaint(
        "unexpected-text",
        place.span(),
        f"the number stands alone here, without `{place.token.text}`",
        "`days since` and `days in tier` count days; a window of time is written `FIELD within 90 days`",
        write="" if days else None,
    )
    return Mend(words, drop=1)


def no_leading_digit(place: Place) -> Mend | None:
    """`.5` for `0.5`."""
    number = place.after()
    if (
        place.token.text != "."
        or number.kind != "NUMBER"
        or number.start != place.token.end
        or not place.accepts("NUMBER")
    ):
        return None
    span = place.span(place.token, number)
    words = complaint("bad-number", span, "a number begins with a digit", write=f"0.{number.text}")
    return Mend(words, (Token("NUMBER", f"0.{number.text}", span.start, span.end, place.token.first),), drop=2)


MENDS = (
    no_leading_digit,
    dash_range,
    lone_bound,
    spaced_range,
    compared_range,
    equals_missing,
    round_list,
    needless_unit,
)
