"""Trying the tiers of a ladder on one account, from best to worst, `otherwise` last."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import attrs

from tierlang.engines.interpreter.adjusting import Gates
from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.population import read
from tierlang.program.nodes import Ladder, Line, Tier
from tierlang.program.values import Value


class Answer(Enum):
    """What a line, a top or a gate says of an account; only `YES` lets it in."""

    YES = "true"
    NO = "false"
    UNKNOWN = "unknown"


@attrs.frozen
class Tried:
    """One tier tried: what its line, top and gate say; None for a part that the tier does not have."""

    tier: Tier
    line: Answer | None
    top: Answer | None
    gate: Answer | None

    @property
    def fits(self) -> bool:
        """Whether every part there is says yes; an `otherwise` tier has none and takes whoever is left."""
        return all(answer in (None, Answer.YES) for answer in (self.line, self.top, self.gate))


def gates_of(ladder: Ladder, facts: Facts) -> Gates:
    """What the gates say of the account; the ladders that they read are placed before."""
    return {tier.name: holds(tier.gate, facts) for tier in ladder.tiers if tier.gate is not None}


def try_tiers(ladder: Ladder, facts: Facts, gates: Gates, tops: Mapping[str, bool]) -> tuple[Tried, ...]:
    """Every tier tried, in the ladder's order; `tops` says by tier whether the account is in its top."""
    tried: list[Tried] = []
    for tier in ladder.tiers:
        line = top = gate = None
        if tier.line is not None and ladder.by is not None:
            line = answer_of(on_line(tier.line, read(ladder.by, facts)))
        if tier.top is not None:
            top = answer_of(None if read(tier.top.by, facts) is None else tops[tier.name])
        if tier.gate is not None:
            gate = answer_of(gates[tier.name])
        tried.append(Tried(tier, line, top, gate))
    return tuple(tried)


def base_tier(tried: tuple[Tried, ...], kept: Tier | None = None) -> Tier | None:
    """The first tier that fits, else the `otherwise` tier, else none; `kept` is one that the account may stay in, whether it fits or not."""
    fitting = [each.tier for each in tried if each.fits or each.tier is kept]
    return next((tier for tier in fitting if not tier.otherwise), fitting[0] if fitting else None)


def two_that_fit(tried: tuple[Tried, ...]) -> tuple[Tier, Tier] | None:
    """The first two tiers, `otherwise` aside, that take the account, if there are two."""
    fitting = [each.tier for each in tried if each.fits and not each.tier.otherwise]
    return (fitting[0], fitting[1]) if len(fitting) > 1 else None


def on_line(line: Line, value: Value) -> bool | None:
    """Whether the number lies on the line; unknown for a missing one."""
    if value is None:
        return None
    assert isinstance(value, int)
    if line.low is not None and (value < line.low or (line.low_open and value == line.low)):
        return False
    return not (line.high is not None and (value > line.high or (line.high_open and value == line.high)))


def answer_of(value: bool | None) -> Answer:
    """A truth value as an answer."""
    return Answer.UNKNOWN if value is None else Answer.YES if value else Answer.NO
