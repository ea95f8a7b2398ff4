"""What a pass over a file of facts leaves for each account: columns to fetch, and how a fact reads from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import attrs

from tierlang.engines.sql import trees
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Program

ACCOUNT = "account"
FACT = "fact"
LATER = "later"
STRAY = "stray"
ROUNDED = "rounded"
DAY = "day"
"""The column with the day of an event or an observation, among the rows of a pass."""

MANY = 10**12
"""More events than any file has."""

Read: TypeAlias = Callable[[Lowering], Tree | Number]


@attrs.frozen
class Found:
    """One fact (or a signal's present value), as a SELECT over accounts reads it from the columns of a pass.

    `text` has the words of its faults, `faulty` are the columns that are true where one of its facts had a number out of bounds. An account
    without facts has missing values in all columns.
    """

    name: str
    read: Read
    text: str | None = None
    faulty: tuple[str, ...] = ()

    def tests(self) -> list[Tree]:
        """What is true of an account where the fact is a fault."""
        return [trees.is_true(trees.column(each)) for each in self.faulty]


def rows_column(program: Program, name: str) -> str:
    """The column of a pass that counts the rows of an event type or a signal."""
    every = [*(event.name for event in program.events), *(signal.name for signal in program.signals)]
    return f"rows_{every.index(name)}"


class Figures:
    """Aggregates under names of their own: equal ones once."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._names: dict[Tree, str] = {}

    def named(self, aggregate: Tree) -> str:
        """The column that will hold the aggregate."""
        return self._names.setdefault(aggregate, f"{self._prefix}_{len(self._names) + 1}")

    @property
    def columns(self) -> Mapping[str, Tree]:
        """The aggregates by their names."""
        return {name: tree for tree, name in self._names.items()}
