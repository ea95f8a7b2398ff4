"""Expected moves of accounts that hold a tier, against what a run with a past decided."""

from __future__ import annotations

from tierlang.program.holdings import Decision
from tierlang.program.nodes import ExpectMove, Program, Trigger
from tierlang.program.occasions import trigger_named
from tierlang.program.outcome import Assignment
from tierlang.testing.looking import Looked, look
from tierlang.testing.results import Miss, Ran


def once_approved(came: Assignment, ran: Ran) -> str | None:
    """The tier in which the account stands once its move is approved, if it waits for that."""
    decision = ran.decisions.get(came.key)
    if decision is not None and decision.waits == "approval":
        return decision.proposed
    return came.tier


def miss_of_move(program: Program, expect: ExpectMove, ran: Ran) -> Miss | None:
    """What was missed: a move that did not come, one that led elsewhere, or one that should not have been."""
    came, decision = ran.assignments[expect.key], ran.decisions.get(expect.key)
    moved = decision is not None and moves(decision, ran)
    if expect.negated:
        if not moved or decision is None:
            return None
        trigger = trigger_named(program, decision.trigger) if decision.trigger is not None else None
        return Miss(expect, came, _looked(trigger, ran, came.key), decision=decision, trigger=trigger)
    if decision is not None and moved and _as_expected(expect, came, decision, ran):
        return None
    wanted = trigger_named(program, expect.trigger) if expect.trigger is not None else None
    if wanted is not None and decision is not None and decision.trigger == wanted.name:
        wanted = None
    why_not = _why_not(wanted, ran, came.key)
    looked = _looked(wanted, ran, came.key) if why_not is None else None
    return Miss(expect, came, looked, decision=decision, trigger=wanted, why_not=why_not)


def moves(decision: Decision, ran: Ran) -> bool:
    """Whether the account, which holds something, ends or would once approved end in another tier; an exclusion takes it out."""
    holding = ran.facts[decision.key].holding
    if holding is None:
        return False
    if decision.cause == "exclusion":
        return True
    return (decision.proposed if decision.waits == "approval" else decision.tier) != holding.tier


def _as_expected(expect: ExpectMove, came: Assignment, decision: Decision, ran: Ran) -> bool:
    """The move is the one that was meant: by this trigger, to this tier, or out of all."""
    to = once_approved(came, ran)
    by_trigger = decision.trigger if decision.cause == "trigger" or decision.waits == "approval" else None
    if expect.trigger is not None and by_trigger != expect.trigger:
        return False
    return to is None if expect.out else expect.tier in (None, to)


def _why_not(trigger: Trigger | None, ran: Ran, key: str) -> str | None:
    """Why the trigger was not asked, if it was not."""
    holding = ran.facts[key].holding
    if ran.occasion is None or holding is None:
        return "the account holds no tier: `tier TIER since DATE` in `given` says what it holds"
    if trigger is None:
        return None
    if ran.occasion.review:
        return "triggers are not asked when a review is due"
    if holding.tier not in trigger.sources:
        return f"it moves accounts from {', '.join(trigger.sources)}; this one holds {holding.tier or 'no tier'}"
    return None


def _looked(trigger: Trigger | None, ran: Ran, key: str) -> Looked | None:
    return None if trigger is None else look(trigger.when, ran.facts[key])
