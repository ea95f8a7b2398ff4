"""Competition ranks: from a histogram where the score has few values, else by ordering those who are ranked."""

from __future__ import annotations

import attrs
from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import lookups, names, trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import keys
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.seating import value_of
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.trees import Tree

_FEW = 1 << 17


@attrs.frozen
class Ranks:
    """The step that makes the ranks: one row with a list of the ranks of all scores, or a row per account in the order of the input."""

    step: Step
    code: Tree | None

    @property
    def rank(self) -> Tree:
        """The rank of an account, once the step stands beside it."""
        if self.code is None:
            return trees.column("rank", self.step.name)
        return lookups.at(trees.column(lookups.FOUND, self.step.name), trees.add(self.code.copy(), trees.number(1)))

    @property
    def is_list(self) -> bool:
        """Whether the step has one row, and not one for each account."""
        return self.code is not None

    def beside(self, select: exp.Select, relation: str, *, aligned: bool) -> exp.Select:
        """The SELECT from the relation with the ranks beside; `aligned` if its rows stand as those of a table of ranks do."""
        name = self.step.name
        if self.is_list:
            return select.join(name, join_type="cross", copy=False)
        if aligned:
            return select.join(exp.Join(this=exp.to_table(name), method="POSITIONAL"), copy=False)
        on = trees.compare("=", trees.column(names.ROW, relation), trees.column(names.ROW, name))
        return select.join(name, join_type="left", on=on, copy=False)


def ranks(source: Relation, placing: Placing) -> Ranks | None:
    """How the ladder's ranks are found; None where it ranks nobody."""
    ladder, name = placing.own.ladder, placing.own.name("ranks")
    if ladder.by is None and not ladder.rank_by:
        return None
    order = keys(ladder.by, ladder.rank_by, source.known)
    among = [ladders.eligible()]
    if ladder.by is not None:
        among.append(trees.not_null(value_of(source.known, ladder.by.name)))
    held = trees.all_of(*among)
    by = None if ladder.by is None else source.known[ladder.by.name]
    if len(order) == 1 and isinstance(by, Number) and by.high - by.low < _FEW:
        code = trees.subtract(by.tree.copy(), trees.number(by.low))
        n, place = trees.column("n"), trees.column("code")
        counted = trees.select(trees.named(code, "code"), trees.named(trees.rows(), "n")).from_(
            placing.relation, copy=False
        )
        counted = counted.where(held, copy=False).group_by(exp.Literal.number(1), copy=False)
        upto = trees.cast(trees.windowed(exp.Sum(this=n), order=[trees.descending(place)]), "BIGINT")
        first = trees.add(trees.subtract(upto, n.copy()), trees.number(1))
        rows = trees.select(place.copy(), trees.named(first, lookups.FOUND)).from_(
            counted.subquery("counted", copy=False), copy=False
        )
        own = trees.choose([(held.copy(), code.copy())])
        return Ranks(Step(name, lookups.dense(rows, by.high - by.low + 1)), own)
    place = trees.windowed(trees.call("rank"), by=[held], order=[key.ordered() for key in order])
    rank = trees.named(trees.choose([(held.copy(), place)]), "rank")
    found = trees.select(trees.column(names.ROW), rank).from_(placing.relation, copy=False)
    return Ranks(Step(name, found.order_by(trees.ascending(trees.column(names.ROW)), copy=False)), None)
