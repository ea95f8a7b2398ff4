"""The first so many of an order, without ordering everybody: a histogram of the first key tells the border, and only accounts
that share the border's value are put in order."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from sqlglot import exp

from tierlang.engines.sql import names, trees
from tierlang.engines.sql.cuts import LEAD, Cut
from tierlang.engines.sql.layers import Named
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.trees import Tree


@attrs.frozen
class CountCut(Cut):
    """A cut by heads.

    `seats` makes the number of the first from the number of candidates. `counts` names the histogram, which is a step of its own if it is `shared` with other cuts of the pool.
    """

    counts: str
    seats: Callable[[Tree], Tree]
    shared: bool = False

    @property
    def edge(self) -> str:
        """The step with one row per group: `total`, `safe`, `seats`, and the value at the border."""
        return f"{self.name}_edge"

    @property
    def border(self) -> str:
        """The step with the accounts at the border that must be put in order."""
        return f"{self.name}_border"

    def steps(self) -> list[Step]:
        """From the histogram to the ties."""
        each = Named(f"{self.counts}_each", self._counts())
        return [
            *([Step(self.counts, self._running(), (each,), "scratch")] if self.shared else []),
            Step(
                self.edge, self._edge(), () if self.shared else (each, Named(self.counts, self._running())), "scratch"
            ),
            Step(self.border, self._border(), kept="scratch"),
            Step(self.cut, self._cut()),
            Step(self.ties, self._ties()),
            *([self._lists()] if self.grouped else []),
        ]

    def _counts(self) -> exp.Select:
        chosen = [*self._grp(), trees.column(LEAD)]
        positions = [exp.Literal.number(place) for place in range(1, len(chosen) + 1)]
        return (
            trees.select(*chosen, trees.named(trees.rows(), "n"))
            .from_(self.pool, copy=False)
            .group_by(*positions, copy=False)
        )

    def _running(self) -> exp.Select:
        """`upto`: how many stand up to each value; `total`: how many there are."""
        lead, n = trees.column(LEAD), trees.column("n")
        upto = trees.running(n, by=self._grp(), order=trees.ascending(lead))
        totals = trees.cast(trees.windowed(exp.Sum(this=n.copy()), by=self._grp()), "BIGINT")
        select = trees.select(
            *self._grp(), lead.copy(), n.copy(), trees.named(upto, "upto"), trees.named(totals, "total")
        )
        return select.from_(f"{self.counts}_each", copy=False)

    def _edge(self) -> exp.Select:
        """`through` and `before`: how many stand up to the first value at which the seats are taken, and before it."""
        lead, n = trees.column(LEAD), trees.column("n")
        seated = trees.select(exp.Star(), trees.named(self.seats(trees.column("total")), "seats"))
        seated = seated.from_(self.counts, copy=False)
        seats, up, none = trees.column("seats"), trees.column("upto"), trees.number(0)
        reached, short = trees.compare(">=", up, seats), trees.compare("<", up.copy(), seats.copy())
        first = trees.compare("=", lead.copy(), trees.number(self.order.lead.first))
        columns = {
            "total": trees.coalesce(exp.Max(this=trees.column("total")), none),
            "safe": trees.coalesce(exp.Max(this=trees.choose([(first, n.copy())])), none.copy()),
            "seats": trees.coalesce(exp.Max(this=seats.copy()), none.copy()),
            "at": exp.Min(this=trees.choose([(reached, lead.copy())])),
            "before": trees.coalesce(exp.Max(this=trees.choose([(short, up.copy())])), none.copy()),
            "through": exp.Min(this=trees.choose([(reached.copy(), up.copy())])),
        }
        select = trees.select(*self._grp(), *(trees.named(tree, name) for name, tree in columns.items()))
        select = select.from_(seated.subquery("seated", copy=False), copy=False)
        return select.group_by(exp.Literal.number(1), copy=False) if self.grouped else select

    def _border(self) -> exp.Select:
        pool, edge = self.pool, self.edge
        keys = [key.again(name).ordered() for name, key in zip(self._rest, self.order.rest, strict=True)]
        own = trees.ascending(trees.column(names.KEY))
        place = trees.windowed(exp.RowNumber(), by=self._grp(pool), order=[*keys, own])
        taken = trees.subtract(trees.column("seats"), trees.column("before"))
        select = trees.select(*self._grp(pool), *(trees.column(name) for name in self._rest), trees.column(names.KEY))
        select = select.select(trees.named(place, "place"), trees.named(taken, "taken"), copy=False).from_(
            pool, copy=False
        )
        split = [
            trees.compare("=", trees.column(LEAD), trees.column("at")),
            trees.compare("<", trees.column("before"), trees.column("seats")),
            trees.compare(">", trees.column("through"), trees.column("seats")),
            trees.compare(">", trees.column("at"), trees.number(self.order.lead.first)),
        ]
        return select.join(edge, on=trees.all_of(*self._same_group(pool, edge), *split), copy=False)

    def _cut(self) -> exp.Select:
        """The keys after the lead are missing where the accounts with that lead are not parted, or none of them is inside."""
        edge, border, lead = self.edge, self.border, self.order.lead
        at, seats, total, safe = (trees.column(name) for name in ("at", "seats", "total", "safe"))
        whole = trees.any_of(
            trees.compare("=", trees.column("through"), seats), trees.compare("=", at, trees.number(lead.first))
        )
        last = trees.choose(
            [(trees.is_null(at.copy()), trees.number(lead.beyond)), (whole, trees.add(at.copy(), trees.number(1)))],
            at.copy(),
        )
        branches = [
            (trees.compare("<", total, seats.copy()), total.copy()),
            (trees.compare(">", safe, seats.copy()), safe.copy()),
        ]
        columns = {
            "total": total.copy(),
            "inside": trees.choose(branches, seats.copy()),
            LEAD: trees.cast(last, lead.sql_type),
            **{name: trees.column(name, border) for name in self._rest},
            "last": trees.column(names.KEY, border),
        }
        select = trees.select(*self._grp(edge), *(trees.named(tree, name) for name, tree in columns.items())).from_(
            edge, copy=False
        )
        on = [trees.compare("=", trees.column("place"), trees.column("taken"))]
        return select.join(border, join_type="left", on=trees.all_of(*on, *self._same_group(edge, border)), copy=False)

    def _ties(self) -> exp.Select:
        """The accounts at the border that equal the last one inside in all keys, where some of them are outside."""
        cut, border = self.cut, self.border
        on = [trees.compare("=", trees.column(name, border), trees.column(name, cut)) for name in self._rest]
        on = [*self._same_group(border, cut), *on, trees.not_null(trees.column("last"))]
        is_inside = trees.compare("<=", trees.column("place"), trees.column("taken"))
        inside, outside = trees.only(trees.rows(), is_inside), trees.only(trees.rows(), trees.negate(is_inside.copy()))
        first = exp.Min(this=trees.column(names.KEY), expressions=[trees.number(5)])
        columns = {"inside": inside, "outside": outside, "first_keys": first}
        select = trees.select(*self._grp(border), *(trees.named(tree, name) for name, tree in columns.items()))
        select = select.from_(border, copy=False).join(cut, on=trees.all_of(*on), copy=False)
        if self.grouped:
            select = select.group_by(exp.Literal.number(1), copy=False)
        return select.having(trees.compare(">", outside.copy(), trees.number(0)), copy=False)
