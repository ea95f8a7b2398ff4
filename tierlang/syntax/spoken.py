"""What people say in words: comparisons, amounts, yes and no, texts without quotes; each is read as what it means here."""

from __future__ import annotations

import re

from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import Token


def between(place: Place) -> Mend | None:
    """`between 10 and 20`, `is between 10 and 20` for `in 10..20`."""
    for back in range(min(3, place.at + 1)):
        first = place.after(-back)
        start = 1 - back if first.text == "is" else -back
        word, low, joint, high = (place.after(start + steps) for steps in range(4))
        if (
            word.text.lower() != "between"
            or low.kind != "NUMBER"
            or high.kind != "NUMBER"
            or joint.text not in ("and", "AND", "to", "-")
            or not place.accepts("IN", "NUMBER", "DOTS", "NUMBER", back=back)
        ):
            continue
        written = f"in {low.text}..{high.text}"
        span = place.span(first, high)
        words = complaint("unexpected-text", span, f"`between` is written as a range: `{written}`", write=written)
        tokens = (renamed(first, "IN", "in"), low, renamed(joint, "DOTS", ".."), high)
        return Mend(words, tokens, drop=start + 4, back=back)
    return None


WORDED = {
    "at least": "AT_LEAST",
    "at most": "AT_MOST",
    "greater than or equal to": "AT_LEAST",
    "less than or equal to": "AT_MOST",
    "no less than": "AT_LEAST",
    "no more than": "AT_MOST",
    **dict.fromkeys(
        ("more than", "greater than", "larger than", "higher than", "bigger than", "above", "over"), "ABOVE"
    ),
    **dict.fromkeys(("less than", "fewer than", "smaller than", "lower than", "below", "under"), "BELOW"),
    **dict.fromkeys(("equals", "equal to", "exactly"), "EQUAL"),
}
SIGN_OF = {"AT_LEAST": ">=", "AT_MOST": "<=", "ABOVE": ">", "BELOW": "<", "EQUAL": "="}
_LONGEST = max(len(words.split()) for words in WORDED) + 1


def worded_comparison(place: Place) -> Mend | None:
    """`x is at least 5`, `x over 5` for `x >= 5`, `x > 5`."""
    for back in range(min(3, place.at + 1)):
        if back and place.tokens[place.at - back].first:
            return None
        for count in range(_LONGEST, max(back, 1) - 1, -1):
            tokens = [place.after(step - back) for step in range(count)]
            said = " ".join(token.text.lower() for token in tokens).removeprefix("is ")
            kind, value = WORDED.get(said), place.after(count - back)
            if kind is None or value.first or not place.accepts(kind, value.kind, back=back):
                continue
            sign = SIGN_OF[kind]
            span = place.span(tokens[0], tokens[-1])
            words = complaint("unexpected-text", span, f"`{span.text}` is written `{sign}`", write=sign)
            return Mend(words, (renamed(tokens[0], kind, sign),), drop=count - back, back=back)
    return None


def worded_order(place: Place) -> Mend | None:
    """`rank by arr desc` for `rank by arr descending`."""
    kind = {"asc": "ASCENDING", "desc": "DESCENDING"}.get(place.token.text.lower())
    if kind is None or place.token.first or not place.accepts(kind):
        return None
    words = complaint(
        "unexpected-text", place.span(), f"`{place.token.text}` is written `{kind.lower()}`", write=kind.lower()
    )
    return Mend(words, (renamed(place.token, kind, kind.lower()),), drop=1)


def worded_when(place: Place) -> Mend | None:
    """`points 40 if customer` for `points 40 when customer`."""
    token = place.token
    if not (token.kind in ("IF", "WHERE", "EQUAL") or token.text == ":") or not place.accepts(
        "WHEN", place.after().kind
    ):
        return None
    if token.first or place.machine.only_a_name("WHEN") or (token.kind == "IF" and _is_choice(place)):
        return None
    words = complaint(
        "unexpected-text",
        place.span(),
        f"a condition begins with `when` here, not with `{token.text}`",
        write="when" if token.start > (place.before.end if place.before else 0) else " when",
    )
    return Mend(words, (renamed(place.token, "WHEN", "when"),), drop=1)


def _is_choice(place: Place) -> bool:
    """Whether a `then` belongs to the `if`."""
    for step in range(1, 100):
        token = place.after(step)
        if token.first or token.text in ("{", "}"):
            return False
        if token.kind == "THEN":
            return True
    return False


def bare_text(place: Place) -> Mend | None:
    """`industry = Banking`, `in [Financial Services]` for texts in quotes."""
    token, before = place.token, place.before
    if token.kind != "WRONG_WORD" or before is None or before.kind not in _BEFORE_TEXTS or not place.accepts("TEXT"):
        return None
    if token.text.lower() in place.tables.keywords:
        return None
    count = 1
    while place.after(count).kind == "WRONG_WORD" and not place.after(count).first:
        if place.after(count).text.lower() in place.tables.keywords:
            break
        count += 1
    span = place.span(token, place.after(count - 1))
    written = f'"{span.text}"'
    words = complaint("unexpected-text", span, "a text stands in double quotes", write=written)
    return Mend(words, (Token("TEXT", written, span.start, span.end, token.first),), drop=count)


_BEFORE_TEXTS = ("EQUAL", "UNEQUAL", "CONTAINS", "WITH", "LSQB", "COMMA")


def worded_no(place: Place) -> Mend | None:
    """`customer = no` for `customer = false`, but not `quiet = no order within 90 days`."""
    if not (place.follows("EQUAL") or place.follows("UNEQUAL") or place.follows("DEFAULT")):
        return None
    following = place.after()
    is_event = following.kind == "NAME" or following.text in place.tables.free_words
    if is_event and not following.first and not place.follows("DEFAULT"):
        return None
    if not place.accepts("FALSE"):
        return None
    words = complaint("unexpected-text", place.span(), "no is written `false`", write="false")
    return Mend(words, (renamed(place.token, "FALSE", "false"),), drop=1)


_SCALES = {
    "thousand": "k",
    "million": "M",
    "mm": "M",
    "mn": "M",
    "billion": "B",
    "bn": "B",
    "k": "k",
    "m": "M",
    "b": "B",
}
_PLAIN = re.compile(r"[$€£]?[0-9][0-9_]*(\.[0-9]+)?")
_CURRENCIES = {"usd": "$", "eur": "€", "gbp": "£", "$": "$", "€": "€", "£": "£"}


def spaced_number(place: Place) -> Mend | None:
    """`100 K`, `100 million`, `100 000`, `100k EUR` for `100k`, `100M`, `100_000`, `€100k`."""
    number, token = place.before, place.token
    if number is None or number.kind != "NUMBER" or token.first:
        return None
    written = ""
    if _PLAIN.fullmatch(number.text) and token.text.lower() in _SCALES:
        written = f"{number.text}{_SCALES[token.text.lower()]}"
    elif re.fullmatch("[1-9][0-9]{0,2}(_[0-9]{3})*", number.text) and re.fullmatch("[0-9]00", token.text):
        written = f"{number.text}_{token.text}"
    elif re.fullmatch(r"[0-9][0-9_]*(\.[0-9]+)?", number.text) and token.text.lower() in ("percent", "pct", "per cent"):
        written = f"{number.text}%"
    elif number.text[0].isdigit() and "%" not in number.text and token.text.lower() in _CURRENCIES:
        written = f"{_CURRENCIES[token.text.lower()]}{number.text}"
    if not written or not place.accepts("NUMBER", back=1):
        return None
    span = place.span(number, token)
    words = complaint("bad-number", span, f"`{span.text}` is written `{written}`", write=written)
    return Mend(words, (Token("NUMBER", written, span.start, span.end, number.first),), drop=1, back=1)


def bare_list(place: Place) -> Mend | None:
    """`in "a", "b"` for `in ["a", "b"]`."""
    if place.token.kind != "TEXT" or not (place.follows("IN") or place.follows("EQUAL")) or not place.accepts("LSQB"):
        return None
    count = 1
    while place.after(count).kind == "COMMA" and place.after(count + 1).kind == "TEXT":
        count += 2
    if place.after(count).kind in ("DOTS", "DOTS_BELOW", "DOTS_OPEN"):
        return None
    inside = tuple(place.after(step) for step in range(count))
    span = place.span(inside[0], inside[-1])
    words = complaint("unexpected-text", span, "a list stands in square brackets", write=f"[{span.text}]")
    ends = Token("LSQB", "[", span.start, span.start), Token("RSQB", "]", span.end, span.end)
    return Mend(words, (ends[0], *inside, ends[1]), drop=count)


def quoted_name(place: Place) -> Mend | None:
    """`floor at "two"`, `tier is "one"` for names."""
    token = place.token
    name = token.text[1:-1]
    if token.kind != "TEXT" or re.fullmatch(r"[a-z][a-z0-9_]*", name) is None:
        return None
    kind = place.tables.keywords.get(name, "NAME")
    following = place.after().kind
    if place.accepts("NUMBER") or not place.accepts(kind, following) or not place.accepts("NAME", following):
        return None
    words = complaint("unexpected-text", place.span(), "a name stands here, and names have no quotes", write=name)
    return Mend(words, (renamed(token, kind, name),), drop=1)


def quoted_date(place: Place) -> Mend | None:
    """`since "2026-10-01"` for `since 2026-10-01`."""
    token = place.token
    if token.kind != "TEXT" or re.fullmatch(r'"[0-9]{4}-[0-9]{2}-[0-9]{2}"', token.text) is None:
        return None
    if not place.accepts("DATE", place.after().kind) or place.accepts("EQUAL"):
        return None
    date = token.text[1:-1]
    words = complaint("unexpected-text", place.span(), "a date has no quotes", write=date)
    return Mend(words, (renamed(token, "DATE", date),), drop=1)


MENDS = (
    quoted_date,
    bare_text,
    between,
    worded_comparison,
    worded_order,
    worded_when,
    spaced_number,
    bare_list,
)
