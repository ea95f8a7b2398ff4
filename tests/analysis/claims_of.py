"""What can be asked of a generated program: every condition, and every question about its ladders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tierlang.analysis.claims import fails, no_tier, satisfies, takes
from tierlang.engines.interpreter.facts import Account
from tierlang.program.expressions import AllOf, Compare, Constant, Defined, Expression, IsMissing
from tierlang.program.nodes import Percentile, Program, Sustained
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value


def claims_of(program: Program) -> Iterator[Expression]:
    """The questions, in the order of the program."""
    for exclusion in program.exclusions:
        yield exclusion.when.test
        yield fails(exclusion.when.test)
    for fact in program.facts:
        yield from _about(Defined(fact.name, fact.kind))
    for signal in program.signals:
        yield from _about(Defined(signal.name, signal.kind))
    for definition in program.definitions:
        if not isinstance(definition, Percentile):
            yield from _about(Defined(definition.name, definition.kind))
    for ladder in program.ladders:
        for position, tier in enumerate(ladder.tiers):
            yield satisfies(ladder, tier)
            yield takes(ladder, position)
        yield no_tier(ladder)
        for condition in (
            *(each.when for each in ladder.shifts),
            *(each.when for each in (*ladder.floors, *ladder.caps)),
        ):
            yield condition.test
    for mark in program.marks:
        yield mark.when.test
    flags = [
        Defined(fact.name, fact.kind) for fact in program.facts if fact.kind is Kind.FLAG or isinstance(fact, Sustained)
    ]
    if len(flags) > 1:
        yield AllOf(tuple(flags))


def _about(value: Defined) -> Iterator[Expression]:
    yield IsMissing(value)
    if value.kind is Kind.FLAG:
        yield value
        yield fails(value)
    elif value.kind.is_numeric:
        yield Compare(">", value, Constant(20 * SCALE, Kind.NUMBER))
        yield Compare("=", value, Constant(SCALE, Kind.NUMBER))
        yield Compare("<", value, Constant(0, Kind.NUMBER))


def is_readable(account: Account) -> bool:
    """Whether all its texts can stand in a cell; a cell of white space is empty."""
    events = [event.values for each in account.events.values() for event in each]
    seen: list[Mapping[str, Value]] = [account.values, *events]
    texts: list[Value] = [
        text
        for values in seen
        for value in values.values()
        for text in (value if isinstance(value, tuple) else (value,))
    ]
    texts += [each.value for observations in account.signals.values() for each in observations]
    return " " not in texts
