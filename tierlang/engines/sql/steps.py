"""Steps: named SELECTs that the runner makes into temporary tables and views, and that one WITH query lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import attrs
from sqlglot import exp

from tierlang.engines.sql import trees
from tierlang.engines.sql.layers import Named

Kept = Literal["table", "view"]


@attrs.frozen
class Step:
    """A SELECT under a name; `layers` are the SELECTs it stands on and nobody else reads. A table is kept, a view is computed when read."""

    name: str
    select: exp.Select
    layers: tuple[Named, ...] = ()
    kept: Kept = "table"

    def statement(self) -> str:
        """What makes the step in DuckDB."""
        return f"CREATE OR REPLACE TEMP {self.kept.upper()} {self.name} AS {self.query().sql('duckdb')}"

    def query(self) -> exp.Select:
        """The step as one SELECT of its own."""
        return with_query([Step(each.name, each.select) for each in self.layers], self.select)


def with_query(steps: Sequence[Step], last: exp.Select) -> exp.Select:
    """One WITH query: the steps, each after its layers, and what stands on them."""
    named = [each for step in steps for each in (*step.layers, Named(step.name, step.select))]
    query = last.copy()
    if named:
        ctes = [
            exp.CTE(this=each.select.copy(), alias=exp.TableAlias(this=exp.to_identifier(each.name))) for each in named
        ]
        query.set("with_", exp.With(expressions=ctes))
    return query


def table(name: str) -> exp.Table:
    """A step as a source of another."""
    return exp.to_table(name)


def everything_of(name: str) -> exp.Expr:
    """`name.*`"""
    return exp.Column(this=exp.Star(), table=exp.to_identifier(name))


def every(name: str) -> exp.Select:
    """SELECT * FROM name"""
    return trees.select(exp.Star()).from_(name)
