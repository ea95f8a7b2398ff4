"""Whether a field has a value, as far as the rules make sure of it."""

from __future__ import annotations

from tierlang.program.expressions import AllOf, Expression, Input, IsMissing, Not
from tierlang.program.nodes import Program, Tier


def may_be_empty(program: Program, field: Input) -> bool:
    """Whether an account can be without a value in the field."""
    return any(each.name == field.name and each.may_be_missing for each in program.fields)


def covered(tier: Tier, field: Input) -> bool:
    """Whether a tier lists the accounts without a value in the field, or lets none of them in."""
    return field in tier.coverage or (tier.gate is not None and _asks_for(tier.gate.test, field))


def _asks_for(test: Expression, field: Input) -> bool:
    match test:
        case AllOf(parts=parts):
            return any(_asks_for(part, field) for part in parts)
        case Not(part=IsMissing(part=part)):
            return part == field
        case _:
            return False
