"""Competition ranks: from a histogram where the score has few values, else by ordering those who are ranked."""

from __future__ import annotations

import attrs
from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names, trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import keys
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.seats import value_of
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Ladder

RANKS = "ranks"
_FEW = 1 << 17


@attrs.frozen
class Ranks:
    """The steps that make the table of ranks, and the match between an account and its row there."""

    steps: tuple[Step, ...]
    on: Tree

    @property
    def rank(self) -> Tree:
        """The rank, once the table is joined."""
        return trees.column("rank", RANKS)


def ranks(ladder: Ladder, source: Relation, placing: Placing) -> Ranks | None:
    """How the ladder's ranks are found; None where it ranks nobody."""
    if ladder.by is None and not ladder.rank_by:
        return None
    order = keys(ladder.by, ladder.rank_by, source.known)
    among = [ladders.eligible()]
    if ladder.by is not None:
        among.append(trees.not_null(value_of(source.known, ladder.by.name)))
    held = trees.all_of(*among)
    by = None if ladder.by is None else source.known[ladder.by.name]
    if len(order) == 1 and isinstance(by, Number) and by.high - by.low < _FEW:
        lead, n = trees.column("lead"), trees.column("n")
        counted = trees.select(trees.named(order[0].tree.copy(), "lead"), trees.named(trees.rows(), "n"))
        counted = counted.from_(placing.relation).where(held).group_by(exp.Literal.number(1))
        upto = trees.running(n, by=[], order=trees.ascending(lead))
        before = trees.add(trees.subtract(upto, n.copy()), trees.number(1))
        found = trees.select(lead.copy(), trees.named(before, "rank")).from_("rank_counts")
        on = trees.all_of(trees.compare("=", order[0].tree.copy(), trees.column("lead", RANKS)), held.copy())
        return Ranks((Step("rank_counts", counted), Step(RANKS, found)), on)
    place = trees.windowed(trees.call("rank"), order=[key.ordered() for key in order])
    found = trees.select(trees.column(names.ROW), trees.named(place, "rank")).from_(placing.relation).where(held)
    on = trees.compare("=", trees.column(names.ROW, placing.relation), trees.column(names.ROW, RANKS))
    return Ranks((Step(RANKS, found),), on)
