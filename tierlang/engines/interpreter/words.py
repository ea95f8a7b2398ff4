"""The reason of an assignment: the shared templates, filled with this account's values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from tierlang.engines.interpreter.adjusting import Adjusted
from tierlang.engines.interpreter.capacity import Candidate, Move
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.population import TopResult, read, text_of
from tierlang.program import reasons
from tierlang.program.nodes import Exclusion, Ladder, Pin, Tier
from tierlang.program.reasons import NO_GROUP, Slot, Template

Tops: TypeAlias = Mapping[str, TopResult]
"""By tier, its top over the population."""


def reason_of(
    ladder: Ladder,
    candidate: Candidate,
    base: Tier | None,
    pin: Pin | None,
    adjusted: Adjusted | None,
    tops: Tops,
) -> str:
    """Why an eligible account is where it is: a pin or its base tier and what adjusted that, then every capacity that moved it on."""
    start = pinned_words(pin) if pin is not None else placing_words(ladder, base, candidate.facts, tops)
    adjusting = adjusted.words if adjusted is not None else ""
    return start + adjusting + capacity_words(candidate.moves)


def pinned_words(pin: Pin) -> str:
    """Why a pinned account is where it is; the template has no slots."""
    return "".join(str(part) for part in reasons.pinned(pin))


def placing_words(ladder: Ladder, base: Tier | None, facts: Facts, tops: Tops) -> str:
    """Why lines and gates gave the account its base tier, or none."""
    scored = ladder.by is None or read(ladder.by, facts) is not None
    if base is None:
        template = reasons.untiered(ladder, scored=scored)
    elif base.otherwise:
        template = reasons.otherwise(ladder, scored=scored)
    else:
        template = reasons.placed(ladder, base)
    return fill(template, ladder, base, facts, tops)


def capacity_words(moves: Sequence[Move]) -> str:
    """What every capacity that moved the account on adds."""
    return "".join(reasons.over_capacity(move.tier, move.capacity, move.to) for move in moves)


def excluded_reason(exclusion: Exclusion) -> str:
    """Why an excluded account takes no part; its template has no slots."""
    return "".join(str(part) for part in reasons.excluded(exclusion))


def fill(template: Template, ladder: Ladder, base: Tier | None, facts: Facts, tops: Tops) -> str:
    """The template with the account's values in its slots."""
    return "".join(part if isinstance(part, str) else _slot(part, ladder, base, facts, tops) for part in template)


def _slot(slot: Slot, ladder: Ladder, base: Tier | None, facts: Facts, tops: Tops) -> str:
    if slot is Slot.BY:
        assert ladder.by is not None
        return text_of(read(ladder.by, facts)) or ""
    assert base is not None
    assert base.top is not None
    group = None if base.top.per is None else text_of(read(base.top.per, facts))
    result = tops[base.name].groups[group]
    match slot:
        case Slot.TOP_BY:
            return text_of(read(base.top.by, facts)) or ""
        case Slot.TOP_SIZE:
            return str(result.size)
        case Slot.TOP_COUNT:
            return str(result.count)
        case Slot.TOP_GROUP:
            return NO_GROUP if group is None else group
