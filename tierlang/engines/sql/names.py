"""The names of columns that the steps share: `f_NAME` a field, `d_NAME` a definition, `gate_I` the gate of tier I, and so on."""

from __future__ import annotations

import re

import attrs

from tierlang.engines.sql import numbers, trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Field, Ladder, Program
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind

_PLAIN = re.compile("[a-z][a-z0-9_]*")

KEY = "key"
BAD = "bad"
ROW = "row_id"
OUT = "excluded_by"
FAULT = "fault"
PIN = "pin"

HELD = "held"
HELD_TIER = "held_tier"
HELD_BASE = "held_base"
HELD_SINCE = "held_since"
HELD_UNTIL = "held_until"
HELD_PINNED = "held_pinned"
HELD_RETIRED = "held_retired"
HELD_COLUMNS = (HELD, HELD_TIER, HELD_BASE, HELD_SINCE, HELD_UNTIL, HELD_PINNED, HELD_RETIRED)
"""What is known of an account's holding: whether it has one, its tier and base by number (0 for none), since when, settled until when, whether by a pin, and the name of a tier that is no more."""


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


def lacks(name: str) -> str:
    """Whether a coverage field is empty."""
    return f"lacks{safe(name)}"


def mark(place: int) -> str:
    """Whether the mark at a place (from 0) holds."""
    return f"mark_{place}"


def keep(tier: int) -> str:
    """Whether the `keep while` of the first ladder's tier holds."""
    return f"keep_{tier}"


def hold(place: int) -> str:
    """Whether the hold at a place (from 0) holds."""
    return f"hold_{place}"


def trigger(place: int) -> str:
    """Whether the condition of the trigger at a place (from 0) holds."""
    return f"trigger_{place}"


def doubt(index: int) -> str:
    """Bits of what missing data decided."""
    return f"doubts_{index}"


def lead(name: str) -> str:
    """A score as the first key of an order: whole numbers that ascend from the best, a missing one last."""
    return f"lead{safe(name)}"


@attrs.frozen
class Own:
    """One ladder of a program with the names of the columns and steps that each has of its own; those of the first (position 0) are plain."""

    position: int
    ladder: Ladder = attrs.field(repr=False)

    def name(self, plain: str) -> str:
        """The ladder's own name of something."""
        return plain if not self.position else f"{plain}_in_{self.position + 1}"

    @property
    def base(self) -> str:
        """The number of the tier that lines and gates gave, 0 for none."""
        return self.name("base")

    @property
    def fitted(self) -> str:
        """The same where `keep while` may give a better base."""
        return self.name("fitted")

    @property
    def clash(self) -> str:
        """The number of a second tier that fits, 0 for none."""
        return self.name("clash")

    def gate(self, tier: int) -> str:
        """Whether the tier's gate is true."""
        return self.name(f"gate_{tier}")

    def fits(self, tier: int) -> str:
        """Whether what the tier asks of one account alone holds: its line and its gate, as far as they read no population and no tier."""
        return self.name(f"fits_{tier}")

    def cluster(self, tier: int) -> str:
        """The number of the account's cluster in the tier, 0 for none."""
        return self.name(f"cluster_{tier}")

    def play(self, tier: int, place: int) -> str:
        """Whether the condition of the tier's play at a place (from 0) is true."""
        return self.name(f"play_{tier}_{place}")

    def shift(self, place: int) -> str:
        """Whether the shift at a place (from 0) holds."""
        return self.name(f"shift_{place}")

    def floor(self, place: int) -> str:
        """Whether the floor at a place (from 0) holds."""
        return self.name(f"floor_{place}")

    def cap(self, place: int) -> str:
        """Whether the cap at a place (from 0) holds."""
        return self.name(f"cap_{place}")

    def top(self, what: str, tier: int) -> str:
        """A figure of the tier's top for the account: `in_top`, `size`, `count`, or the place of its `group`."""
        return self.name(f"{what}_{tier}")

    def tier_after(self, step: int) -> str:
        """The number of the tier that an account is in after so many capacities, 0 for none."""
        return self.name(f"tier_{step}")

    def placed(self, step: int) -> str:
        """The step with the tiers after so many capacities."""
        return self.name(f"placed_{step}")


def every(program: Program) -> list[Own]:
    """The ladders of the program, in its order."""
    return [Own(position, ladder) for position, ladder in enumerate(program.ladders)]


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
