"""The names of columns that the steps share: `f_NAME` a field, `d_NAME` a definition, `g_I` the gate of tier I, and so on."""

from __future__ import annotations

import re

from tierlang.engines.sql import numbers, trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Field, Program
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind

_PLAIN = re.compile("[a-z][a-z0-9_]*")

KEY = "key"
BAD = "bad"
ROW = "row_id"
OUT = "excluded_by"
FAULT = "fault"
PIN = "pin"
BASE = "base"
CLASH = "clash"


def safe(name: str) -> str:
    """A name for SQL: the user's own stay as they are, those that the compiler made are spelled out."""
    if _PLAIN.fullmatch(name):
        return f"_{name}"
    return "x_" + "".join(each if _PLAIN.fullmatch(f"a{each}") and each != "_" else f"_{ord(each):x}_" for each in name)


def field(name: str) -> str:
    """A field's column."""
    return f"f{safe(name)}"


def defined(name: str) -> str:
    """A definition's column."""
    return f"d{safe(name)}"


def gate(tier: int) -> str:
    """Whether the tier's gate is true."""
    return f"gate_{tier}"


def fits(tier: int) -> str:
    """Whether the tier's line and gate hold; for a top, its gate."""
    return f"fits_{tier}"


def cluster(tier: int) -> str:
    """The number of the account's cluster in the tier, 0 for none."""
    return f"cluster_{tier}"


def lacks(name: str) -> str:
    """Whether a coverage field is empty."""
    return f"lacks{safe(name)}"


def doubt(index: int) -> str:
    """Bits of what missing data decided."""
    return f"doubts_{index}"


def lead(name: str) -> str:
    """A score as the first key of an order: whole numbers that ascend from the best, a missing one last."""
    return f"lead{safe(name)}"


def tier_after(step: int) -> str:
    """The number of the tier that an account is in after so many capacities, 0 for none."""
    return f"tier_{step}"


def inputs(program: Program) -> dict[str, Tree | Number]:
    """The key and the fields as columns of the accounts."""
    known: dict[str, Tree | Number] = {each.name: field_value(each) for each in program.fields}
    known[program.key.name] = trees.column(KEY)
    return known


def field_value(each: Field) -> Tree | Number:
    """A field's column as the accounts have it: whole numbers in ones, others in 1/10,000ths."""
    return valued(each, field(each.name))


def valued(each: Field, column: str) -> Tree | Number:
    """A field's value in a column of this name."""
    tree = trees.column(column)
    if not each.kind.is_numeric:
        return tree
    unit = SCALE if each.kind is Kind.WHOLE else 1
    low = 1 - LIMIT if each.low is None else each.low
    high = LIMIT - 1 if each.high is None else max(low, each.high)
    if isinstance(each.default, int):
        low, high = min(low, each.default), max(high, each.default)
    return Number(tree, unit, -(-low // unit), high // unit, "BIGINT", missing=each.may_be_missing)


def stored(name: str, value: Number) -> Number:
    """The number as later steps read it from a column of its own."""
    kept = numbers.stored_type(value.low, value.high)
    tree: Tree = trees.column(name)
    computed = kept if kept in ("INTEGER", "BIGINT") else "INTEGER"
    if computed != kept:
        tree = trees.cast(tree, computed)
    return Number(tree, value.unit, value.low, value.high, computed, missing=value.missing)
