"""What the run decides about each account, once the seats are taken."""

from __future__ import annotations

from tierlang.engines.interpreter.capacity import Candidate
from tierlang.engines.interpreter.moving import Course
from tierlang.engines.interpreter.words import capacity_words
from tierlang.program import move_reasons
from tierlang.program.holdings import Block, Cause, Decision, Holding
from tierlang.program.nodes import Exclusion, Tier


def decision_of(course: Course, holding: Holding | None, own: Candidate, beside: Candidate | None) -> Decision:
    """How the account stands afterwards; `beside` is its move that needs an approval, as the seats left it."""
    if beside is not None:
        return _to_approve(course, own, beside)
    trigger = course.fired.trigger.name if course.fired is not None else None
    went_home = course.over == "goes home" and bool(own.moves)
    if went_home and holding is not None:
        words = move_reasons.awaits_seat(own.moves[0].tier, course.words)
        return _decision(own, None, trigger, holding.base, course.proposed, "capacity", words)
    words = course.words + capacity_words(own.moves)
    base = course.base
    if course.waits is not None:
        return _decision(own, None, trigger, base, course.proposed, course.waits, words, pinned=course.pinned)
    cause: Cause | None = course.cause
    if (
        cause in ("review", "pin")
        and holding is not None
        and holding.retired is None
        and _name(own.tier) == holding.tier
    ):
        cause = None
    return _decision(own, cause, trigger, base, own.tier, None, words, pinned=course.pinned)


def _to_approve(course: Course, own: Candidate, beside: Candidate) -> Decision:
    assert course.fired is not None
    trigger, base = course.fired.trigger, course.base
    if beside.over == "vanishes" and beside.moves:
        words = move_reasons.awaits_seat(beside.moves[0].tier, course.words)
        return _decision(own, None, trigger.name, base, course.proposed, "capacity", words)
    words = move_reasons.awaits_approval(trigger, course.words + capacity_words(beside.moves))
    return _decision(own, None, trigger.name, base, beside.tier, "approval", words)


def closed(key: str, exclusion: Exclusion) -> Decision:
    """An excluded account that holds something."""
    return Decision(key, "exclusion", None, None, None, False, None, None, move_reasons.excluded(exclusion))


def _decision(
    own: Candidate,
    cause: Cause | None,
    trigger: str | None,
    base: str | None,
    proposed: Tier | None,
    waits: Block | None,
    words: str,
    *,
    pinned: bool = False,
) -> Decision:
    return Decision(own.facts.key, cause, trigger, _name(own.tier), base, pinned, _name(proposed), waits, words)


def _name(tier: Tier | None) -> str | None:
    return None if tier is None else tier.name
