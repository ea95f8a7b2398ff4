"""The words of every reason, said once: templates of fixed text and slots, which each engine fills with its own texts.

The order of blame: exclusion, pin, then how the base tier was found, then every capacity that moved the account on.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from tierlang.program.expressions import AnyOf, Choose
from tierlang.program.nodes import Capacity, Condition, Exclusion, Ladder, Pin, Tier, Top


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


def over_capacity(tier: Tier, capacity: Capacity, to: Tier | None) -> str:
    """What is added to the reason of an account that a capacity moved on to `to`, or out of the tiers."""
    where = f"moved to {to.name}" if to else "moved out of the tiers"
    return f"; over capacity of {tier.name} ({capacity.text}), {where}"


def _as_part(gate: Condition) -> str:
    """The condition's words behind an `and`: what binds less is put in parentheses."""
    return f"({gate.text})" if isinstance(gate.test, AnyOf | Choose) else gate.text


def _amount(top: Top) -> str:
    return top.text.split(" ", 1)[0]
