"""Where the first so many of an order end, without ordering everybody: a histogram of the first key tells the border, and only accounts
that share the border's value are put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import names, trees
from tierlang.engines.sql.order import FIRST, LAST, Key
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.trees import Tree

_EVERYONE = 2 * LAST


@attrs.frozen
class Cut:
    """The first so many of the accounts of `relation` for which `among` is true, in each group.

    `seats` makes the number of them from the number of candidates. Accounts for which `safe` is true come first and are always inside.
    """

    name: str
    relation: str
    among: Tree
    group: Tree | None
    order: Sequence[Key]
    seats: Callable[[Tree], Tree]
    safe: Tree | None = None

    # --- names ----------------------------------------------------------------------------------------------------------------

    @property
    def edge(self) -> str:
        """The step with one row per group: `grp`, `total`, `safe`, `seats`, `inside`, and the border."""
        return f"{self.name}_edge"

    @property
    def border(self) -> str:
        """The step with the accounts at the border that must be put in order."""
        return f"{self.name}_border"

    @property
    def cut(self) -> str:
        """The step with one row per group: the edge, and the last account inside."""
        return f"{self.name}_cut"

    @property
    def ties(self) -> str:
        """The step with one row per group whose cut parts equals."""
        return f"{self.name}_ties"

    # --- steps ----------------------------------------------------------------------------------------------------------------

    def steps(self) -> list[Step]:
        """From the histogram to the ties."""
        return [
            Step(f"{self.name}_counts", self._counts()),
            Step(self.edge, self._edge()),
            Step(self.border, self._border()),
            Step(self.cut, self._cut()),
            Step(self.ties, self._ties()),
        ]

    def _lead(self) -> Tree:
        lead = self.order[0].tree.copy()
        return lead if self.safe is None else trees.choose([(self.safe.copy(), trees.number(FIRST))], lead)

    def _grouping(self) -> list[Tree]:
        return [] if self.group is None else [trees.named(self.group.copy(), "grp")]

    def _grp(self, table: str | None = None) -> list[Tree]:
        return [] if self.group is None else [trees.column("grp", table)]

    def _counts(self) -> exp.Select:
        chosen = [*self._grouping(), trees.named(self._lead(), "lead")]
        positions = [exp.Literal.number(place) for place in range(1, len(chosen) + 1)]
        select = trees.select(*chosen, trees.named(trees.rows(), "n")).from_(self.relation)
        return select.where(self.among.copy()).group_by(*positions)

    def _edge(self) -> exp.Select:
        """upto: how many stand up to here. The edge is the first value at which the seats are taken; all are inside where there is none."""
        lead, n = trees.column("lead"), trees.column("n")
        upto = trees.running(n, by=self._grp(), order=trees.ascending(lead))
        summed = trees.select(*self._grp(), lead.copy(), n.copy(), trees.named(upto, "upto")).from_(f"{self.name}_counts")
        totals = trees.windowed(exp.Sum(this=n.copy()), by=self._grp())
        summed = summed.select(trees.named(trees.cast(totals, "BIGINT"), "total"))
        seated = trees.select(exp.Star(), trees.named(self.seats(trees.column("total")), "seats")).from_(
            summed.subquery("summed")
        )
        seats, up = trees.column("seats"), trees.column("upto")
        reached, short = trees.compare(">=", up, seats), trees.compare("<", up.copy(), seats.copy())
        none = trees.number(0)
        columns = {
            "total": trees.coalesce(exp.Max(this=trees.column("total")), none),
            "safe": trees.coalesce(exp.Max(this=trees.choose([(trees.compare("=", lead, trees.number(FIRST)), n.copy())])), none),
            "seats": trees.coalesce(exp.Max(this=seats.copy()), none),
            "edge": exp.Min(this=trees.choose([(reached, lead.copy())])),
            "before": trees.coalesce(exp.Max(this=trees.choose([(short, up.copy())])), none),
            "through": exp.Min(this=trees.choose([(reached.copy(), up.copy())])),
        }
        select = trees.select(*self._grp(), *(trees.named(tree, name) for name, tree in columns.items()))
        select = select.from_(seated.subquery("seated"))
        return select.group_by(exp.Literal.number(1)) if self.group is not None else select

    def _border(self) -> exp.Select:
        edge = self.edge
        rest = [trees.named(key.tree.copy(), f"k{place}") for place, key in self._rest()]
        order = [*(key.ordered() for _, key in self._rest()), trees.ascending(trees.column(names.KEY))]
        place = trees.windowed(exp.RowNumber(), by=[each.copy() for each in self._groups()], order=order)
        taken = trees.subtract(trees.column("seats", edge), trees.column("before", edge))
        select = trees.select(*self._grouping(), *rest, trees.column(names.KEY), trees.named(place, "place"))
        select = select.select(trees.named(taken, "taken")).from_(self.relation)
        split = [
            trees.compare("=", self._lead(), trees.column("edge", edge)),
            trees.compare("<", trees.column("before", edge), trees.column("seats", edge)),
            trees.compare(">", trees.column("through", edge), trees.column("seats", edge)),
            trees.compare(">", trees.column("edge", edge), trees.number(FIRST)),
        ]
        matched = [trees.same(self.group.copy(), trees.column("grp", edge))] if self.group is not None else []
        return select.join(edge, on=trees.all_of(*matched, *split)).where(self.among.copy())

    def _groups(self) -> list[Tree]:
        return [] if self.group is None else [self.group]

    def _rest(self) -> list[tuple[int, Key]]:
        return list(enumerate(self.order[1:], start=2))

    def _cut(self) -> exp.Select:
        """lead and the keys of the last account inside; the keys are missing where nobody with that lead is inside."""
        edge, border = self.edge, self.border
        at, one = trees.column("edge", edge), trees.number(1)
        whole = trees.any_of(
            trees.compare("=", trees.column("through", edge), trees.column("seats", edge)),
            trees.compare("=", at.copy(), trees.number(FIRST)),
        )
        lead = trees.choose([(trees.is_null(at), trees.number(_EVERYONE)), (whole, trees.add(at.copy(), one))], at.copy())
        inside = trees.choose(
            [(trees.compare("<", trees.column("total", edge), trees.column("seats", edge)), trees.column("total", edge))],
            trees.column("seats", edge),
        )
        inside = trees.choose(
            [(trees.compare(">", trees.column("safe", edge), inside), trees.column("safe", edge))], inside.copy()
        )
        columns = {
            "total": trees.column("total", edge),
            "seats": trees.column("seats", edge),
            "inside": inside,
            "lead": trees.cast(lead, "BIGINT"),
            **{f"k{place}": trees.column(f"k{place}", border) for place, _ in self._rest()},
            "last": trees.column(names.KEY, border),
        }
        select = trees.select(*self._grp(edge), *(trees.named(tree, name) for name, tree in columns.items())).from_(edge)
        on = [trees.compare("=", trees.column("place", border), trees.column("taken", border))]
        if self.group is not None:
            on.append(trees.same(trees.column("grp", edge), trees.column("grp", border)))
        return select.join(border, join_type="left", on=trees.all_of(*on))

    def _ties(self) -> exp.Select:
        """The accounts at the border that equal the last one inside in all keys, where some of them are outside."""
        cut, border = self.cut, self.border
        on = [trees.compare("=", trees.column(f"k{at}", border), trees.column(f"k{at}", cut)) for at, _ in self._rest()]
        if self.group is not None:
            on.append(trees.same(trees.column("grp", border), trees.column("grp", cut)))
        on.append(trees.not_null(trees.column("last", cut)))
        is_inside = trees.compare("<=", trees.column("place", border), trees.column("taken", border))
        inside, outside = trees.only(trees.rows(), is_inside), trees.only(trees.rows(), trees.negate(is_inside.copy()))
        first = exp.Min(this=trees.column(names.KEY, border), expressions=[trees.number(5)])
        select = trees.select(
            *self._grp(border),
            trees.named(inside, "inside"),
            trees.named(outside, "outside"),
            trees.named(first, "first_keys"),
        )
        select = select.from_(border).join(cut, on=trees.all_of(*on))
        if self.group is not None:
            select = select.group_by(exp.Literal.number(1))
        return select.having(trees.compare(">", outside.copy(), trees.number(0)))

    # --- use ------------------------------------------------------------------------------------------------------------------

    def joined(self, select: exp.Select) -> exp.Select:
        """The SELECT with the cut of each account's group beside it."""
        if self.group is None:
            return select.join(self.cut, join_type="cross")
        return select.join(self.cut, join_type="left", on=trees.same(self.group.copy(), trees.column("grp", self.cut)))

    def is_inside(self) -> Tree:
        """Whether a candidate is among the first; missing, so not true, where the cut has no keys."""
        branches: list[tuple[Tree, Tree]] = []
        lead = Key(self._lead())
        for name, key in [("lead", lead), *((f"k{place}", key) for place, key in self._rest())]:
            mine, last = key.tree.copy(), trees.column(name, self.cut)
            better, worse = (">", "<") if key.falling else ("<", ">")
            branches.append((trees.compare(better, mine, last), exp.true()))
            branches.append((trees.compare(worse, mine.copy(), last.copy()), exp.false()))
        return trees.choose(branches, trees.compare("<=", trees.column(names.KEY), trees.column("last", self.cut)))
