"""Moves that a test expects, as people write them: `expect moved to one`, `expect a stays`, `expect move to one by funded`."""

from __future__ import annotations

from tierlang.syntax.expecting import instead, is_name
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.sayings import otherwise_said, said_of, sayings, table
from tierlang.syntax.tokens import END, Token

_MOVED = said_of(
    """
    moved, moves, moving, is moved, to move, has move, has moved, is promoted, promoted, promotes, promotion,
    is demoted, demoted, demotes, demotion, promote, demote, goes, transitions, move :, movement, does move,
    will move, should move, move by, move trigger, move promote, move demote, move with, move via, move because of,
    move through, trigger, triggers, moved by, moves by, gets moved, gets promoted, gets demoted, go, went,
    has moved by, promoted by, demoted by, fires
    """
)
_TO = said_of("to, into, ->, in, =, up to, down to, to tier, into tier")
_PLAIN = tuple(one for one in _MOVED if one.split()[-1] not in ("by", "trigger", "with", "via", "of", "through"))

_SAYINGS = table(
    sayings(
        (f"{one} {to}" for one in ("move", *_PLAIN) for to in _TO if (one, to) != ("move", "to")),
        "MOVE_TO",
        then=("NAME",),
    ),
    sayings((f"{one} out" for one in _PLAIN), "MOVE_OUT", ends=True),
    sayings(
        """
        move untiered, move to untiered, moved to untiered, move off, moves off, moved off, leaves,
        leaves the tiers, drops out, falls out, move to nothing, move to none, moved untiered, moves untiered,
        moves to untiered
        """,
        "MOVE_OUT",
        ends=True,
    ),
    sayings((one for one in _MOVED), "MOVE", ends=True),
    sayings(
        "of the tiers, of tiers, of all tiers, of the ladder, of the program",
        ends=True,
        lead=("MOVE_OUT", "OUT"),
    ),
    sayings("into, ->, in, =, :, to tier, towards", "TO", then=("NAME",)),
    sayings("untiered, to untiered", "OUT", ends=True),
    sayings(
        """
        not move, not moved, does not move, is not moved, not to move, no moves, no movement, not a move, stays,
        stay, stays put, unmoved, remains, does not change, has not moved, has no move, move no, never moves,
        is unmoved, no moved, not moves, did not move
        """,
        "NO",
        "MOVE",
        ends=True,
    ),
    sayings(
        "stays in, remains in, stays in tier, remains in tier, stays at, stay in, is kept in",
        "TIER",
        then=("NAME",),
    ),
)
_BY = ("by", "with", "via", "through", "because", "from", "for")


def worded_move(place: Place) -> Mend | None:
    """`expect moved to one`, `expect a does not move`, `expect move untiered`."""
    return otherwise_said(place, _SAYINGS) if _in_expect(place) else None


def _in_expect(place: Place) -> bool:
    """Whether the place is in a line that begins with `expect`, at most a few words behind it."""
    for back in range(1, min(place.at, 8) + 1):
        token = place.after(-back)
        if token.kind == "EXPECT":
            return True
        if token.kind in ("LBRACE", "RBRACE") or token.first:
            return False
    return False


def needless_account(place: Place) -> Mend | None:
    """`expect account a move to one` for `expect a move to one`."""
    if not place.follows("EXPECT", "ACCOUNT") or not is_name(place, place.token):
        return None
    if place.after().kind not in ("MOVE", "MOVE_TO", "MOVE_OUT", "NO") or not place.accepts("NAME", "MOVE", back=1):
        return None
    return instead(place, [place.after(-1)], [], "`account` is not needed here", back=1)


def move_without_to(place: Place) -> Mend | None:
    """`expect move funded one`, `expect funded to one` for `expect move funded to one`."""
    token, before = place.token, place.before
    if before is None or token.first or place.at < 2:
        return None
    if is_name(place, token) and place.after(-2).kind == "MOVE" and place.accepts("TO", "NAME"):
        at = place.source.span(before.end, before.end)
        words = complaint(
            "unexpected-text",
            place.span(),
            f"`to` is missing before `{token.text}`",
            write=" to",
            title="put in `to`",
            on=at,
        )
        return Mend(words, (Token("TO", "to", before.end, before.end),))
    if token.text not in ("to", "out") or place.after(-2).kind != "EXPECT" or not is_name(place, before):
        return None
    declared = any(
        place.after(step).text == before.text and place.after(step - 1).kind == "ACCOUNT"
        for step in range(1 - place.at, 0)
    )
    new: tuple[Token, ...]
    if declared:
        kind = "MOVE_TO" if token.text == "to" else "MOVE_OUT"
        at, write, new = (
            place.source.span(token.start, token.start),
            "move ",
            (Token(kind, f"move {token.text}", token.start, token.end),),
        )
        if not place.accepts(kind):
            return None
    else:
        at, write = place.source.span(before.start, before.start), "move "
        new = (Token("MOVE", "move", before.start, before.start), before, token)
        if not place.accepts("MOVE", "NAME", token.text.upper(), back=1):
            return None
    words = complaint(
        "unexpected-text",
        place.span(before, token),
        f"`move` is missing before `{token.text if declared else before.text}`",
        write=write,
        title="put in `move`",
        on=at,
    )
    return Mend(words, new, drop=1, back=0 if declared else 1)


def trigger_behind(place: Place) -> Mend | None:
    """`expect move to one by funded` for `expect move funded to one`."""
    token, name = place.token, place.after()
    if token.text not in _BY or token.first or not is_name(place, name) or not _in_expect(place):
        return None
    for back, kind in ((2, "MOVE_TO"), (1, "MOVE_OUT")):
        if place.at < back or place.after(-back).kind != kind or not place.accepts("MOVE", "NAME", back=back):
            continue
        head = place.after(-back)
        target = place.source.span(head.start + len("move"), place.after(-1).end).text.strip()
        written = f"move {name.text} {target}"
        span = place.span(head, name)
        words = complaint(
            "unexpected-text", span, f"the trigger stands before where it leads: `{written}`", write=written
        )
        start = head.start
        word = Token("TO", "to", start, start) if kind == "MOVE_TO" else Token("OUT", "out", start, start)
        rest = (place.after(-1),) if kind == "MOVE_TO" else ()
        called = name._replace(start=start, end=start)
        return Mend(words, (Token("MOVE", "move", start, start), called, word, *rest), drop=2, back=back)
    return None


def move_from(place: Place) -> Mend | None:
    """`expect move from two to one`: where it comes from is what the test gives."""
    token = place.token
    if token.text in _PLAIN and place.after().text == "from" and _in_expect(place):
        name = place.after(2)
        if is_name(place, name) and place.after(3).text in ("to", "into", "->") and place.accepts("MOVE_TO"):
            old = [place.after(step) for step in range(4)]
            return instead(place, old, [("MOVE_TO", "move to")], _FROM, back=0)
    if token.text != "from" or token.first or not _in_expect(place):
        return None
    count = 2 + (place.after().kind == "TIER")
    if not is_name(place, place.after(count - 1)):
        return None
    following = place.after(count)
    if place.follows("MOVE") and following.text in ("to", "->", "into"):
        old = [place.after(step) for step in range(-1, count + 1)]
        return instead(place, old, [("MOVE_TO", "move to")], _FROM, back=1)
    if (
        place.at > 1
        and place.after(-2).kind == "MOVE"
        and (following.text == "to" or following.first or following.kind == "RBRACE")
    ):
        return instead(place, [place.after(step) for step in range(count)], [], _FROM, back=0)
    return None


_FROM = "what the account held is given, not expected: `given { tier two since … }`"


def no_such_move(place: Place) -> Mend | None:
    """`expect no move to one`, `expect no move funded`: it does not move at all."""
    token = place.token
    moves_to = place.follows("NO") and token.kind in ("MOVE_TO", "MOVE_OUT") and place.accepts("MOVE")
    goes_on = is_name(place, token) or token.kind in ("FROM", "BY")
    named = place.follows("NO", "MOVE") and not token.first and goes_on
    refused = place.follows("NOT") and token.kind in ("MOVE_TO", "MOVE_OUT") and place.accepts("NO", "MOVE", back=1)
    if not (moves_to or named or refused):
        return None
    count = 1
    while not place.after(count).first and place.after(count).kind not in (END, "RBRACE", "EXPECT"):
        count += 1
    first = place.after(-2) if named else place.after(-1)
    words = complaint(
        "unexpected-text",
        place.span(first, place.after(count - 1)),
        "`no move` says that the account does not move at all, so nothing follows it",
        "write `expect no move`, or expect the tier where it ends: `expect tier two`",
    )
    move = Token("MOVE", "move", token.start, token.start)
    tokens = (renamed(first, "NO", "no"), move) if refused else (move,) if moves_to else ()
    return Mend(words, tokens, drop=count, back=1 if refused else 0, guess=True)


MENDS = (needless_account, no_such_move, move_from, trigger_behind, worded_move, move_without_to)
