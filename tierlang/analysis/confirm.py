"""Whether an account is what is claimed of it: the interpreter, not the analysis, has the last word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tierlang.analysis.claims import in_top
from tierlang.engines.interpreter.definitions import begin, define
from tierlang.engines.interpreter.expressions import holds, value_of
from tierlang.engines.interpreter.facts import Account, Facts
from tierlang.engines.interpreter.placing import place_on
from tierlang.engines.interpreter.population import percentiles, read
from tierlang.program.expressions import (
    Arithmetic,
    Defined,
    Expression,
    InTier,
    Rounded,
    inputs_of,
    parts_of,
    reads_tiers,
)
from tierlang.program.nodes import Percentile, Program
from tierlang.program.outcome import Stopped
from tierlang.program.values import Value


def known_of(
    program: Program, account: Account, as_of: dt.date, *, eligible: bool, placed: bool = False
) -> Facts | None:
    """What the interpreter finds of one account alone; None where it has a number out of bounds anywhere, or is excluded although it must be `eligible`.

    Its percentiles, and its tiers (where they are asked for: `placed`), are those in a population of one.
    """
    judged = begin(program, account, as_of)
    facts = judged.facts
    if eligible and judged.exclusion is not None:
        return None
    for definition in program.relative:
        define(definition, facts)
        if isinstance(definition, Percentile):
            inside = definition.where is None or holds(definition.where, facts) is True
            alone = [facts] if inside and judged.exclusion is None else []
            facts.defined[definition.name] = percentiles(definition, alone).get(facts.key)
    for test in counting_conditions(program):
        value_of(test, facts, "")
    if facts.faults:
        return None
    if placed and judged.exclusion is None:
        _place(program, facts, as_of)
    elif placed:
        facts.tiers.update((position, None) for position in program.placing_order)
    return facts


_COUNTING: dict[int, tuple[Program, tuple[Expression, ...]]] = {}


def counting_conditions(program: Program) -> tuple[Expression, ...]:
    """The conditions beside definitions and exclusions that calculate, and read no tier: others cannot be out of bounds."""
    kept = _COUNTING.get(id(program))
    if kept is None:
        if len(_COUNTING) > 8:
            _COUNTING.clear()
        kept = _COUNTING[id(program)] = (program, tuple(filter(_calculates, _conditions(program))))
    return kept[1]


def _conditions(program: Program) -> Iterator[Expression]:
    for ladder in program.ladders:
        yield from (each.when.test for each in ladder.shifts)
        yield from (each.when.test for each in (*ladder.floors, *ladder.caps))
        for tier in ladder.tiers:
            yield from (tier.gate.test,) if tier.gate is not None else ()
            yield from (play.when.test for play in tier.plays if play.when is not None)
            yield from (row.test for row in tier.cluster.rows) if tier.cluster is not None else ()
    yield from (mark.when.test for mark in program.marks)


def _calculates(test: Expression) -> bool:
    inside = [test]
    counts = False
    while inside:
        part = inside.pop()
        if isinstance(part, InTier):
            return False
        counts = counts or isinstance(part, Arithmetic | Rounded)
        inside += parts_of(part)
    return counts


def _place(program: Program, facts: Facts, as_of: dt.date) -> None:
    """Place the account on all ladders, alone; on those on which a run does not stop at it. What `in_top` stands for is then known too."""
    for position in program.placing_order:
        placed = place_on(program, position, [facts], as_of)
        if isinstance(placed, Stopped):
            continue
        for tier in placed.ladder.tiers:
            if tier.top is not None:
                known = read(tier.top.by, facts) is not None
                inside = facts.key in placed.tops[tier.name].inside
                facts.defined[in_top(placed.ladder, tier).name] = inside if known else None


def confirmed(program: Program, account: Account, as_of: dt.date, claim: Expression, *, eligible: bool) -> bool:
    """Whether the claim is true of the account, eligible if it must be, and the account is one that a run accepts."""
    facts = known_of(program, account, as_of, eligible=eligible, placed=asks_place(program, claim))
    if facts is None or not readable(claim, facts):
        return False
    return value_of(claim, facts, "") is True and not facts.faults


def asks_place(program: Program, claim: Expression) -> bool:
    """Whether the claim hangs on where an account is placed."""
    return reads_tiers(claim) or any(
        isinstance(each, Defined) and each.name.startswith("top ") for each in inputs_of(claim)
    )


def readable(expression: Expression, facts: Facts) -> bool:
    """Whether everything that the expression reads is known of the account."""
    if isinstance(expression, InTier):
        return expression.ladder in facts.tiers
    if isinstance(expression, Defined):
        return expression.name in facts.defined
    return all(readable(part, facts) for part in parts_of(expression))


def found(
    program: Program, account: Account, as_of: dt.date, value: Expression, given: Expression
) -> tuple[bool, Value]:
    """Whether the account is eligible and what is `given` holds, and then the value."""
    facts = known_of(program, account, as_of, eligible=True, placed=asks_place(program, given))
    if facts is None or not readable(given, facts) or not readable(value, facts):
        return False, None
    meant = value_of(given, facts, "") is True
    result = value_of(value, facts, "")
    return meant and not facts.faults, result
