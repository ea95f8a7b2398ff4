"""The words of every reason, said once: templates of fixed text and slots, which each engine fills with its own texts.

The order of blame: exclusion, pin, then how the base tier was found, then what adjusted it (shift, floor, cap), the floor that holds its seat, then every capacity that moved the account on.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TypeAlias

from tierlang.program.expressions import AnyOf, Choose, InTier
from tierlang.program.nodes import Bound, Capacity, Condition, Exclusion, Ladder, Pin, Tier, Top


class Slot(Enum):
    """What an engine fills in, as text. Numbers are written by `tierlang.program.numbers.number_text`."""

    BY = "the account's value of the ladder's `by`"
    TOP_BY = "the account's value of the top's `by`"
    TOP_SIZE = "how many accounts the top takes in this group"
    TOP_COUNT = "how many accounts have the top's `by` in this group"
    TOP_GROUP = "the account's value of the top's `per`, or the words `no value`"


Template: TypeAlias = tuple[str | Slot, ...]

NO_GROUP = "no value"


def excluded(exclusion: Exclusion) -> Template:
    """Excluded accounts."""
    return (f"excluded: {exclusion.label or exclusion.name}",)


def pinned(pin: Pin) -> Template:
    """Accounts placed by a pin in force."""
    by = f" by {pin.owner.shown}" if pin.owner else ""
    until = f" until {pin.until.isoformat()}" if pin.until else ""
    because = f": {pin.because}" if pin.because else ""
    return (f"pinned{by}{until}{because}",)


def placed(ladder: Ladder, tier: Tier) -> Template:
    """Accounts that met the tier's line and gate (not `otherwise`)."""
    gate = tier.gate.text if tier.gate else ""
    joined = f" and {_as_part(tier.gate)}" if tier.gate else ""
    if tier.line is not None and ladder.by is not None:
        return (f"{ladder.by.name} ", Slot.BY, f" in {tier.line.text}{joined}")
    if tier.top is not None:
        top = tier.top
        group = () if top.per is None else (f" with {top.per.name} ", Slot.TOP_GROUP)
        place = (f" in the top {_amount(top)} (the best ", Slot.TOP_SIZE, " of ", Slot.TOP_COUNT, *group, f"){joined}")
        return (f"{top.by.name} ", Slot.TOP_BY, *place)
    return (gate,)


def otherwise(ladder: Ladder, *, scored: bool) -> Template:
    """Accounts that fell to the `otherwise` tier; `scored`: the ladder has no `by`, or the account has a value of it."""
    if ladder.by is None:
        return ("no other tier fits",)
    if scored:
        return (f"{ladder.by.name} ", Slot.BY, ": no other tier fits")
    return (f"{ladder.by.name} is missing: no other tier fits",)


def untiered(ladder: Ladder, *, scored: bool) -> Template:
    """Accounts that no tier took."""
    if ladder.by is None:
        return ("no tier fits",)
    if scored:
        return (f"no tier: {ladder.by.name} ", Slot.BY, " fits none")
    return (f"no tier: {ladder.by.name} is missing",)


def shifted(to: str | None, *, up: bool, stopped: Sequence[str], causes: Sequence[str]) -> str:
    """What is added for an account whose raises and lowers that hold do not cancel out and, clamped, mean another tier than its base.

    `to` is where it went: a tier's name, None for out of the tiers. `stopped` are the names of the tiers whose gates it met on the way, from the best: those from the tier meant up to, not including, where it is.
    `causes` are what the shifts in that direction that hold show, as written.
    """
    return _adjusted("raised" if up else "lowered", to, stopped, causes)


def bounded(bound: Bound, to: str | None, *, stopped: Sequence[str]) -> str:
    """What is added for an account that a floor or a cap moved; `to` and `stopped` as for `shifted`."""
    return _adjusted("floored" if bound.which == "floor" else "capped", to, stopped, (bound.shown,))


def not_moved(word: str, *, stopped: Sequence[str], causes: Sequence[str]) -> str:
    """What is added for an account that gates kept from any move up; `word` is `raised` or `floored`."""
    return f"; not {word}{_gates(stopped)}: {', '.join(causes)}"


def held(bound: Bound) -> str:
    """What is added, after the words of caps, for an account that a floor holds in its tier (see `Ladder`); `bound` is the floor that counts."""
    return f"; held there by the floor at {bound.tier}: {bound.shown}"


def _adjusted(word: str, to: str | None, stopped: Sequence[str], causes: Sequence[str]) -> str:
    joint = "at" if word in ("floored", "capped") else "to"
    where = f"{word} {joint} {to}" if to is not None else f"{word} out of the tiers"
    return f"; {where}{_gates(stopped)}: {', '.join(causes)}"


def _gates(stopped: Sequence[str]) -> str:
    """`, as the conditions of one, two do not hold`; nothing where no gate was in the way."""
    return f", as the conditions of {', '.join(stopped)} do not hold" if stopped else ""


def over_capacity(tier: Tier | None, capacity: Capacity, to: Tier | None) -> str:
    """What is added to the reason of an account that a capacity (of the whole ladder: `tier` None) moved on to `to`, or out of the tiers."""
    where = f"moved to {to.name}" if to else "moved out of the tiers"
    what = f"capacity of {tier.name}" if tier else "capacity of all tiers"
    return f"; over {what} ({capacity.text}), {where}"


def _as_part(gate: Condition) -> str:
    """The condition's words behind an `and`: what binds less is put in parentheses."""
    of_several = isinstance(gate.test, InTier) and len(gate.test.tiers) > 1
    return f"({gate.text})" if of_several or isinstance(gate.test, AnyOf | Choose) else gate.text


def _amount(top: Top) -> str:
    return top.text.split(" ", 1)[0]
