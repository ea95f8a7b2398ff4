"""Whether an account is what is claimed of it: the interpreter, not the analysis, has the last word."""

from __future__ import annotations

import datetime as dt

from tierlang.engines.interpreter.definitions import begin, define, finish
from tierlang.engines.interpreter.expressions import holds, value_of
from tierlang.engines.interpreter.facts import Account, Facts
from tierlang.engines.interpreter.population import percentiles
from tierlang.program.expressions import Defined, Expression, inputs_of
from tierlang.program.nodes import Percentile, Program
from tierlang.program.values import Value


def known_of(program: Program, account: Account, as_of: dt.date, *, eligible: bool) -> Facts | None:
    """What the interpreter finds of one account alone; None where it has a number out of bounds anywhere, or is excluded although it must be `eligible`.

    Its percentiles are those in a population of one.
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
    finish(program, facts)
    return None if facts.faults else facts


def confirmed(program: Program, account: Account, as_of: dt.date, claim: Expression, *, eligible: bool) -> bool:
    """Whether the claim is true of the account, eligible if it must be, and the account is one that a run accepts."""
    facts = known_of(program, account, as_of, eligible=eligible)
    if facts is None or not readable(claim, facts):
        return False
    return value_of(claim, facts, "") is True and not facts.faults


def readable(expression: Expression, facts: Facts) -> bool:
    """Whether everything that the expression reads is known of one account; what `in_top` stands for is not."""
    return all(not isinstance(each, Defined) or each.name in facts.defined for each in inputs_of(expression))


def found(
    program: Program, account: Account, as_of: dt.date, value: Expression, given: Expression
) -> tuple[bool, Value]:
    """Whether the account is eligible and what is `given` holds, and then the value."""
    facts = known_of(program, account, as_of, eligible=True)
    if facts is None or not readable(given, facts) or not readable(value, facts):
        return False, None
    meant = value_of(given, facts, "") is True
    result = value_of(value, facts, "")
    return meant and not facts.faults, result
