"""The first of an order whose running sum keeps a limit: everyone who might stay is put in order."""

from __future__ import annotations

import attrs
from sqlglot import exp

from tierlang.engines.sql import names, trees
from tierlang.engines.sql.cuts import LEAD, Cut
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.trees import Tree

AMOUNT = "amount"


@attrs.frozen
class SumCut(Cut):
    """A cut by the column `amount` of the pool: the first account over the limit and all after it are outside, whatever comes of the sum later."""

    limit: int

    @property
    def ordered(self) -> str:
        """The step with the accounts of the pool, their places from 1 and the sum up to each."""
        return f"{self.name}_ordered"

    @property
    def edge(self) -> str:
        """The step with one row per group: `total`, and the place of the first account that is over."""
        return f"{self.name}_edge"

    def steps(self) -> list[Step]:
        """From the order to the ties."""
        return [
            Step(self.ordered, self._ordered(), kept="scratch"),
            Step(self.edge, self._edge(), kept="scratch"),
            Step(self.cut, self._cut()),
            Step(self.ties, self._ties()),
            *([self._lists()] if self.grouped else []),
        ]

    def _ordered(self) -> exp.Select:
        keys = [key.again(name).ordered() for name, key in zip(self._rest, self.order.rest, strict=True)]
        order = [trees.ascending(trees.column(LEAD)), *keys, trees.ascending(trees.column(names.KEY))]
        amount = trees.cast(trees.column(AMOUNT), "HUGEINT")
        place = trees.windowed(exp.RowNumber(), by=self._grp(), order=order)
        upto = trees.windowed(exp.Sum(this=amount), by=self._grp(), order=[each.copy() for each in order])
        kept = [*self._grp(), trees.column(LEAD), *map(trees.column, self._rest), trees.column(names.KEY)]
        select = trees.select(
            *kept, trees.named(amount.copy(), AMOUNT), trees.named(place, "place"), trees.named(upto, "upto")
        )
        return select.from_(self.pool, copy=False)

    def _edge(self) -> exp.Select:
        free = trees.compare(">", trees.column(LEAD), trees.number(self.order.lead.first))
        over = trees.all_of(trees.compare(">", trees.column("upto"), trees.number(self.limit)), free)
        columns = {
            "total": trees.coalesce(exp.Sum(this=trees.column(AMOUNT)), trees.number(0)),
            "over": exp.Min(this=trees.choose([(over, trees.column("place"))])),
        }
        select = trees.select(*self._grp(), *(trees.named(tree, name) for name, tree in columns.items()))
        select = select.from_(self.ordered, copy=False)
        return select.group_by(exp.Literal.number(1), copy=False) if self.grouped else select

    def _cut(self) -> exp.Select:
        """The keys after the lead are missing where nobody is outside, or nobody but those who are never cut is inside."""
        edge, ordered, lead = self.edge, self.ordered, self.order.lead
        everyone = trees.is_null(trees.column("over", edge))
        at, first = trees.column(LEAD, ordered), trees.number(lead.first)
        free = trees.compare(">", at, first)
        last = [
            (everyone, trees.number(lead.beyond)),
            (trees.is_null(at.copy()), first.copy()),
            (trees.compare("=", at.copy(), first.copy()), trees.number(lead.first + 1)),
        ]
        total = trees.column("total", edge)
        upto = trees.coalesce(trees.column("upto", ordered), trees.number(0))
        columns = {
            "total": total,
            "inside": trees.choose([(everyone.copy(), total.copy())], upto),
            LEAD: trees.cast(trees.choose(last, at.copy()), lead.sql_type),
            **{name: self._if(free, trees.column(name, ordered)) for name in self._rest},
            "last": self._if(free, trees.column(names.KEY, ordered)),
        }
        select = trees.select(*self._grp(edge), *(trees.named(tree, name) for name, tree in columns.items())).from_(
            edge, copy=False
        )
        before = trees.subtract(trees.column("over", edge), trees.number(1))
        on = [trees.compare("=", trees.column("place", ordered), before), *self._same_group(edge, ordered)]
        return select.join(ordered, join_type="left", on=trees.all_of(*on), copy=False)

    @staticmethod
    def _if(test: Tree, tree: Tree) -> Tree:
        return trees.choose([(test.copy(), tree)])

    def _ties(self) -> exp.Select:
        """The accounts that equal the last one inside in all keys, where some of them are outside."""
        cut, ordered = self.cut, self.ordered
        keys = [LEAD, *self._rest]
        on = [trees.compare("=", trees.column(name, ordered), trees.column(name, cut)) for name in keys]
        last = trees.column("last", cut)
        is_inside = trees.compare("<=", trees.column(names.KEY, ordered), last)
        inside, outside = trees.only(trees.rows(), is_inside), trees.only(trees.rows(), trees.negate(is_inside.copy()))
        first = exp.Min(this=trees.column(names.KEY, ordered), expressions=[trees.number(5)])
        columns = {"inside": inside, "outside": outside, "first_keys": first}
        select = trees.select(*self._grp(ordered), *(trees.named(tree, name) for name, tree in columns.items()))
        on = [*self._same_group(ordered, cut), *on, trees.not_null(last.copy())]
        select = select.from_(ordered, copy=False).join(cut, on=trees.all_of(*on), copy=False)
        if self.grouped:
            select = select.group_by(exp.Literal.number(1), copy=False)
        return select.having(trees.compare(">", outside.copy(), trees.number(0)), copy=False)
