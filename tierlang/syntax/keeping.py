"""Who may stay, what something was called before, and how long a tier is held, as people write it: `keep if`, `formerly gold`, `days in this tier`."""

from __future__ import annotations

from tierlang.syntax.expecting import is_name
from tierlang.syntax.mending import Mend, Place, complaint
from tierlang.syntax.sayings import otherwise_said, sayings, table
from tierlang.syntax.spoken import WORDED
from tierlang.syntax.tokens import Token

_SAYINGS = table(
    sayings(
        """
        keep when, keep if, keep where, keep as long as, keep so long as, keep only while, keep whilst,
        keep only if, keep only when, keep provided, keep in tier while, keep tier while, keep it while,
        keep them while, stay while, stays while, stay when, stays when, stay if, stays if, retain while, retain if,
        retain when, remain while, remains while, remain if, hold while, sticky while, sticky when, kept while,
        kept when, kept if, keeps if, keeps when, keep all while, keep accounts while, stay as long as,
        stays as long as
        """,
        "KEEP",
        "WHILE",
    ),
    sayings(
        """
        formerly, previously, renamed from, alias, aka, formerly known as, was called, was named, was known as,
        was formerly, was before, was trigger, was score, was ladder, was tiers, old name, previously called,
        formerly called, was previously, used to be
        """,
        "WAS",
        then=("NAME",),
    ),
    sayings(
        """
        days in this tier, days in the tier, days in current tier, days in the current tier, days tier,
        days in their tier, days in its tier, days in held tier, days in same tier, days in the same tier,
        time in tier, time in the tier, time in this tier, days since tier, days since move, days since last move,
        days at tier, days of tier, days within tier, days in my tier, day in tier, days in ( tier ), days in a tier
        """,
        "DAYS",
        "IN",
        "TIER",
        ends=True,
    ),
    sayings("in tier, is in tier, in the tier", "TIER", "IS", then=("PLAIN",)),
    sayings("held tier, current tier, present tier, the tier", "TIER", then=("IS",)),
)
_OTHER_UNITS = ("hours", "weeks", "months", "quarters", "years", "week", "month", "quarter", "year")


def worded_stay(place: Place) -> Mend | None:
    """`keep if x`, `stay while x`, `formerly gold`, `days in this tier`."""
    return otherwise_said(place, _SAYINGS)


def keep_unless(place: Place) -> Mend | None:
    """`keep unless x`, `keep until x`: the condition says who stays."""
    if place.token.text not in ("unless", "until") or not place.follows("KEEP") or not place.accepts("WHILE"):
        return None
    words = complaint(
        "unexpected-text",
        place.span(place.before, place.token),
        "the condition of `keep while` says who stays, not who goes",
        "write `keep while not (…)`",
    )
    start = place.token.start
    return Mend(words, (Token("WHILE", "while", start, start), Token("NOT", "not", start, start)), drop=1, guess=True)


def labelled_keep(place: Place) -> Mend | None:
    """`keep "x" while y`: it has no label."""
    if place.token.kind != "TEXT" or not place.follows("KEEP") or place.after().kind != "WHILE":
        return None
    gap = place.source.span(place.token.start, place.after().start)
    return Mend(complaint("unexpected-text", place.span(), "`keep while` has no label", write="", on=gap), drop=1)


def other_units(place: Place) -> Mend | None:
    """`weeks in tier > 3`: days are counted."""
    if place.token.kind != "TIER" or place.at < 2 or place.after(-1).kind != "IN":
        return None
    unit = place.after(-2)
    if unit.text not in _OTHER_UNITS or not place.accepts("DAYS", "IN", "TIER", back=2):
        return None
    words = complaint(
        "unexpected-text",
        place.span(unit, place.token),
        f"how long a tier is held is counted in days: `days in tier`, not `{unit.text} in tier`",
    )
    tokens = (Token("DAYS", "days", unit.start, unit.end, unit.first), place.after(-1), place.token)
    return Mend(words, tokens, drop=1, back=2, guess=True)


def days_in_one(place: Place) -> Mend | None:
    """`days in tier one > 30` for `tier is one and days in tier > 30`."""
    name = place.token
    compared = any(said.split()[0] == name.text for said in WORDED)
    if not place.follows("DAYS", "IN", "TIER") or not is_name(place, name) or compared:
        return None
    if not place.accepts("TIER", "IS", "NAME", "AND", "DAYS", back=3):
        return None
    days = place.after(-3)
    written = f"tier is {name.text} and days in tier"
    words = complaint(
        "unexpected-text",
        place.span(days, name),
        "`days in tier` counts the days in the tier that is held; which one that is, is asked by `tier is`",
        write=written,
        certain=False,
    )
    start = days.start
    asked = Token("TIER", "tier", start, start), Token("IS", "is", start, start), _moved(name, start)
    held = tuple(place.after(step) for step in range(-3, 0))
    return Mend(words, (*asked, Token("AND", "and", start, start), *held), drop=1, back=3)


def _moved(token: Token, start: int) -> Token:
    """The token at another place, without a width."""
    return token._replace(start=start, end=start)


MENDS = (worded_stay, keep_unless, labelled_keep, other_units, days_in_one)
