"""From where and to where moves lead, as people write it: `from tier two`, `from two or three`, `two to one`, `to one, two`."""

from __future__ import annotations

from tierlang.syntax.expecting import instead, is_name
from tierlang.syntax.heads import HEADS
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import Token

_LINES = ("FROM", "TO", "UP", "DOWN", "WHEN", "WAS", "OWNER", "APPROVE", "COOLDOWN")
_BEFORE_TIERS = ("FROM", "TO", "WAS", "RETIRED", "MOVE_TO", "OUT")


def needless_tier(place: Place) -> Mend | None:
    """`from tier two`, `to tier one`, `was tier gold`, `expect move to tier one`: the name alone says it."""
    before = place.before
    if place.token.kind != "TIER" or before is None or before.kind not in (*_BEFORE_TIERS, "COMMA"):
        return None
    if not is_name(place, place.after()) or not place.accepts("NAME") or place.accepts("TIER"):
        return None
    return instead(place, [place.token], [], "`tier` is not needed here: the name alone says it", back=0)


def joined_names(place: Place) -> Mend | None:
    """`from two or three`, `was gold and silver` for `from two, three`, `was gold, silver`."""
    token, before = place.token, place.before
    if token.text not in ("or", "and", "&", "/", "+") or before is None or token.first:
        return None
    if not is_name(place, place.after()) or not place.accepts("COMMA", "NAME") or place.accepts("OR"):
        return None
    if _head(place) not in ("FROM", "WAS"):
        return None
    gap = place.source.span(before.end, token.end)
    words = complaint("unexpected-text", place.span(), "names are listed with commas", write=",", on=gap)
    return Mend(words, (renamed(token, "COMMA", ","),), drop=1)


def _head(place: Place) -> str:
    """The kind of the word that begins the list of names before the place."""
    back = 1
    while place.at > back + 1 and place.after(-back - 1).kind == "COMMA":
        back += 2
    return place.after(-back - 1).kind if place.at > back else ""


def spanned_tiers(place: Place) -> Mend | None:
    """`from two..three`, `from one - three`: tiers are listed one by one."""
    if place.token.text not in ("..", "-", "–", "...") or _head(place) != "FROM" or not is_name(place, place.after()):
        return None
    if not place.accepts("COMMA", "NAME") or place.before is None:
        return None
    words = complaint(
        "unexpected-text",
        place.span(place.before, place.after()),
        "the tiers that a trigger moves from are listed one by one",
        f"write `from {place.before.text}, …, {place.after().text}`",
    )
    return Mend(words, (renamed(place.token, "COMMA", ","),), drop=1, guess=True)


def comma_before_line(place: Place) -> Mend | None:
    """`from two, to one`: the comma makes the next line's first word a name of the list."""
    head = place.before
    if head is None or place.at < 2 or place.after(-2).kind != "COMMA" or head.kind not in _LINES or head.first:
        return None
    if not place.accepts("RBRACE", back=2) or not place.accepts(head.kind, place.token.kind, back=2):
        return None
    comma = place.after(-2)
    words = complaint("unexpected-text", place.span(comma), "no comma is needed here", write="")
    return Mend(words, (head,), back=2)


def missing_from(place: Place) -> Mend | None:
    """`two to one`, `two -> one` as a line of a trigger: `from` is missing."""
    token, following = place.token, place.after()
    if not place.accepts("APPROVE", "BY") or not place.at_line_start() or token.text in HEADS:
        return None
    if not is_name(place, token._replace(first=False)) or following.text not in ("to", "->", "into", ","):
        return None
    if following.first or not place.accepts("FROM", token.kind):
        return None
    at = place.source.span(token.start, token.start)
    words = complaint(
        "unexpected-text",
        place.span(),
        f"`from` is missing before `{token.text}`",
        write="from ",
        title="put in `from`",
        on=at,
    )
    return Mend(words, (Token("FROM", "from", token.start, token.start, token.first),))


def only_one(place: Place) -> Mend | None:
    """`to one, two`, `owner sam and dana`, `approve by dana, sam`: one name stands there."""
    token, before = place.token, place.before
    if token.text not in (",", "and", "or") or before is None or token.first or not place.accepts("APPROVE", "BY"):
        return None
    head = place.after(-2).kind
    what = {
        "TO": "a trigger leads to one tier",
        "OWNER": "a trigger has one owner",
        "BY": "one person approves a move",
    }.get(head)
    if what is None or not is_name(place, place.after()) or place.after().kind in _LINES:
        return None
    count = 2
    while place.after(count).text in (",", "and", "or") and is_name(place, place.after(count + 1)):
        count += 2
    words = complaint("unexpected-text", place.span(token, place.after(count - 1)), what, "keep one of the names")
    return Mend(words, drop=count, guess=True)


MENDS = (needless_tier, joined_names, spanned_tiers, only_one, comma_before_line, missing_from)
