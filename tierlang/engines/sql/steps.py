"""Steps: named SELECTs that the runner makes into temporary tables and views, and that one WITH query lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import attrs
from sqlglot import exp

from tierlang.engines.sql.layers import Named

Kept = Literal["table", "scratch", "view"]


@attrs.frozen
class Step:
    """A SELECT under a name; `layers` are the SELECTs it stands on and nobody else reads.
    A table is kept,
    a scratch table only until the last step that reads it is done, a view is computed when read.
    """

    name: str
    select: exp.Select
    layers: tuple[Named, ...] = ()
    kept: Kept = "table"

    def statement(self) -> str:
        """What makes the step in DuckDB."""
        made = "VIEW" if self.kept == "view" else "TABLE"
        return f"CREATE OR REPLACE TEMP {made} {self.name} AS {self.query().sql('duckdb')}"

    @property
    def reads(self) -> frozenset[str]:
        """The names of what it reads."""
        selects = [self.select, *(layer.select for layer in self.layers)]
        return frozenset(each.name for select in selects for each in select.find_all(exp.Table))

    def query(self) -> exp.Select:
        """The step as one SELECT of its own."""
        return with_query([Step(each.name, each.select) for each in self.layers], self.select)


def with_query(steps: Sequence[Step], last: exp.Select) -> exp.Select:
    """One WITH query: the steps, each after its layers, and what stands on them."""
    named = [each for step in steps for each in (*step.layers, Named(step.name, step.select))]
    if not named:
        return last
    ctes = [exp.CTE(this=each.select, alias=exp.TableAlias(this=exp.to_identifier(each.name))) for each in named]
    return exp.Select(**{**last.args, "with_": exp.With(expressions=ctes)})


def everything_of(name: str) -> exp.Expr:
    """`name.*`"""
    return exp.Column(this=exp.Star(), table=exp.to_identifier(name))


def statements(steps: Sequence[Step]) -> Iterator[str]:
    """What makes the steps in DuckDB, dropping every scratch table after its last use."""
    last_use = {name: place for place, step in enumerate(steps) for name in step.reads}
    scratch = {step.name for step in steps if step.kept == "scratch"}
    for place, step in enumerate(steps):
        yield step.statement()
        yield from (f"DROP TABLE {name}" for name in sorted(step.reads & scratch) if last_use[name] == place)
