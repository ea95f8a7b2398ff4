"""Whether what comes out of a program depends on the as-of date, and through what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tierlang.compiler.readings import expressions_of
from tierlang.compiler.words import words
from tierlang.program.expressions import AsOf, DaysSince, Defined, Expression, parts_of
from tierlang.program.nodes import Capacity, Enduring, Ladder, Program, Tier


def outcome_dated(program: Program) -> str | None:
    """The words of something that depends on the date and takes part in who lands where; None if nothing does."""
    if any(pin.until is not None for pin in program.pins):
        return "pin … until"
    return dated(program, _roots(program))


def dated(program: Program, expressions: Iterable[Expression]) -> str | None:
    """The words of something that depends on the date and that one of the expressions reads; None if nothing does."""
    definitions = {each.name: each for each in (*program.definitions, *program.relative)}
    told = {
        **{fact.name: fact.text for fact in program.facts},
        **{signal.name: signal.name for signal in program.signals},
        **{each.name: each.text for each in definitions.values() if isinstance(each, Enduring)},
    }
    waiting = list(expressions)
    seen: set[str] = set()
    while waiting:
        match waiting.pop():
            case AsOf() | DaysSince() as found:
                return "today" if found.span is None else words(found.span)
            case Defined(name=name):
                if name in told:
                    return told[name]
                if name in definitions and name not in seen:
                    waiting += expressions_of(definitions[name])
                seen.add(name)
            case expression:
                waiting += parts_of(expression)
    return None


def _roots(program: Program) -> Iterator[Expression]:
    """The expressions that decide who lands where, and what is shown of them."""
    yield from (exclusion.when.test for exclusion in program.exclusions)
    yield from (mark.when.test for mark in program.marks)
    for ladder in program.ladders:
        yield from _of_ladder(ladder)


def _of_ladder(ladder: Ladder) -> Iterator[Expression]:
    yield from [] if ladder.by is None else [ladder.by]
    yield from (key.by for key in ladder.rank_by)
    yield from (shift.when.test for shift in ladder.shifts)
    yield from (bound.when.test for bound in (*ladder.floors, *ladder.caps))
    yield from _counted(ladder.capacities)
    for tier in ladder.tiers:
        yield from _of_tier(tier)


def _of_tier(tier: Tier) -> Iterator[Expression]:
    if tier.gate is not None:
        yield tier.gate.test
    if tier.top is not None:
        yield tier.top.by
    yield from _counted(tier.capacities)
    if tier.cluster is not None:
        yield from (tier.cluster.by, *(row.test for row in tier.cluster.rows))
    yield from (play.when.test for play in tier.plays if play.when is not None)


def _counted(capacities: Iterable[Capacity]) -> Iterator[Expression]:
    yield from (capacity.of for capacity in capacities if capacity.of is not None)
