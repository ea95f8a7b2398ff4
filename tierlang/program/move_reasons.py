"""The words of what moves accounts over time, or keeps them; beside `tierlang.program.reasons`, which has those of a run without a past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tierlang.program.nodes import Condition, Exclusion, Freeze, Hold, Retired, Tier, Trigger

EXCLUDED = "excluded: "


def excluded(exclusion: Exclusion) -> str:
    """A holder that an exclusion takes."""
    return f"{EXCLUDED}{exclusion.label or exclusion.name}"


def kept(keep: Condition) -> str:
    """The place of a base tier that an account has only by its `keep while`; adjustments and capacities add their words as ever."""
    return f"kept: {keep.text}"


def moved(trigger: Trigger, to: str | None, *, stopped: Sequence[str]) -> str:
    """An account that a trigger moves, or would move; `stopped` are the tiers whose gates it met on the way, from the best. A demotion that flows on gets the words of capacities behind this."""
    where = f"to {to}" if to is not None else "out of the tiers"
    gates = f", as the conditions of {', '.join(stopped)} do not hold" if stopped else ""
    return f"{trigger.direction}d {where}{gates} by {trigger.name}: {trigger.label or trigger.when.text}"


def retired(rule: Retired | None, name: str, fresh: str, to: str | None, *, stopped: Sequence[str]) -> str:
    """An account whose tier is no more. `rule` has a `to`: where it went; else `fresh` are the words of its new place."""
    if rule is None or rule.to is None:
        return f"the tier {name} is retired; {fresh}"
    where = f"to {to}" if to is not None else "out of the tiers"
    gates = f", as the conditions of {', '.join(stopped)} do not hold" if stopped else ""
    return f"the tier {name} is retired: {where}{gates}"


def pin_ended(fresh: str) -> str:
    """An account whose pin is over, with the words of its new place."""
    return f"its pin has ended; {fresh}"


STAYS = "stays: nothing moves it between reviews"
"""An account that no trigger moves between reviews."""


def settled(until: dt.date, would: str | None) -> str:
    """An account that was moved lately; `would` are the words of what would move it, None where nothing would."""
    return _blocked(f"settled until {until.isoformat()}", would)


def frozen(freeze: Freeze, would: str | None) -> str:
    """An account in a freeze."""
    label = f" ({freeze.label})" if freeze.label else ""
    return _blocked(f"frozen until {freeze.end.isoformat()}{label}", would)


def held(hold: Hold, would: str) -> str:
    """An account that a hold keeps where it is."""
    return _blocked(f"held by {hold.name} ({hold.label})" if hold.label else f"held by {hold.name}", would)


def at_review(to: str | None, fresh: str) -> str:
    """What a review would do with an account that is settled or held: `would` of those. `fresh` are the words of its place before capacities."""
    return f"to {to}: {fresh}" if to is not None else f"out of the tiers: {fresh}"


def awaits_approval(trigger: Trigger, would: str) -> str:
    """A move that somebody has to approve."""
    assert trigger.approver is not None
    return f"waits for approval by {trigger.approver.shown}: {would}"


def awaits_seat(tier: Tier | None, would: str) -> str:
    """A promotion without a seat; `tier` is the one whose capacity it was over, None for one of the whole ladder."""
    return f"waits for a seat in {tier.name}: {would}" if tier else f"waits for a seat: {would}"


def _blocked(why: str, would: str | None) -> str:
    return f"stays, {why}" if would is None else f"stays, {why}; without that: {would}"


ABSENT = "not in the data"
"""A holder that the data does not have, between reviews: it keeps its tier and takes no seat."""

ABSENT_AT_REVIEW = "not in the data; absent at the next review too, it is closed"
"""A holder that the data of a review does not have, for the first time."""

ABSENT_TWICE = "not in the data at two reviews in a row"
"""A holder that is closed for it."""

MERGED_INTO = "merged into "
"""A holder whose account has become part of the one with the key that follows."""

MERGED_FROM = "merged from "
"""An account that takes the holding of the one with the key that follows; then comes `; ` and what else there is to say."""


def approval_asked(trigger: Trigger) -> str:
    """What stands before the words of a move that waits for approval (see `awaits_approval`)."""
    return awaits_approval(trigger, "")


def approved(trigger: Trigger) -> str:
    """What is added to the words of a move that was approved."""
    assert trigger.approver is not None
    return f"; approved by {trigger.approver.shown}"
