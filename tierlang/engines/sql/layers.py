"""Layers of SELECTs: a value that is used more than once is bound to a column, one layer per depth, never pasted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs
from sqlglot import exp

from tierlang.engines.sql import lookups, trees
from tierlang.engines.sql.trees import Tree


@attrs.frozen
class Named:
    """One SELECT of a WITH."""

    name: str
    select: exp.Select


@attrs.frozen
class _Beside:
    """A row that stands beside every row of a layer: small tables as lists, under a name."""

    name: str
    made_of: object
    query: exp.Select


class Layers:
    """Binds trees over a source relation to columns, each one layer above the columns that it reads."""

    def __init__(self, source: str, prefix: str, column: str = "x") -> None:
        """`source` is the relation that the deepest layer reads; `prefix` begins the name of every layer, `column` that of every column without another."""
        self._source = source
        self._prefix = prefix
        self._column = column
        self._depths: dict[str, int] = {}
        self._columns: list[list[tuple[str, Tree]]] = []
        self._beside: list[list[_Beside]] = []
        self._bound: dict[Tree, str] = {}
        self._made = 0

    def bind(self, tree: Tree, name: str | None = None) -> Tree:
        """The column that holds the tree; the same tree is bound once. A column or constant without `name` stays itself."""
        if name is None:
            if isinstance(tree, exp.Column | exp.Literal | exp.Null | exp.Boolean):
                return tree
            if tree in self._bound:
                return trees.column(self._bound[tree])
        depth = self._depth(tree)
        made = name or self._next_name()
        self._reach(depth)
        self._columns[depth].append((made, tree))
        self._depths[made] = depth + 1
        self._bound.setdefault(tree, made)
        return trees.column(made)

    def bind_lookup(self, item: Tree, rows: tuple[tuple[Tree, Tree], ...]) -> Tree:
        """What a long list of (item, value) with distinct items says of the item; missing for an item that is not listed."""

        def listed() -> exp.Query:
            values = exp.values(list(rows), alias="listed", columns=["item", lookups.FOUND])
            return trees.select("item", lookups.FOUND).from_(values, copy=False)

        return self.bind_found(item, rows, listed, len(rows))

    def bind_found(self, item: Tree, made_of: object, rows: Callable[[], exp.Query], count: int) -> Tree:
        """What rows of `item` (distinct) and `found` say of the item; missing for one that is not among them.

        `made_of` tells these rows from others, `count` is how many there are.
        """
        item = self.bind(item)
        size = lookups.size_for(count)
        place = self.bind(lookups.bucket(item, size))
        depth = self._depth(place)
        beside = self._stand(depth, made_of, lambda: lookups.buckets(rows(), size))
        return self._bind_at(depth, lookups.found(beside, item.copy(), place))

    def bind_value(self, place: Tree, made_of: object, rows: Callable[[], exp.Select], name: str) -> Tree:
        """The value at a place of one of the lists that a SELECT of one row has; missing where the place is."""
        place = self.bind(place)
        depth = self._depth(place)
        beside = self._stand(depth, made_of, rows)
        return self._bind_at(depth, lookups.at(trees.column(name, beside), place))

    def _stand(self, depth: int, made_of: object, query: Callable[[], exp.Select]) -> str:
        self._reach(depth)
        for each in self._beside[depth]:
            if each.made_of == made_of:
                return each.name
        self._beside[depth].append(_Beside(f"{self._next_name()}_list", made_of, query()))
        return self._beside[depth][-1].name

    def _bind_at(self, depth: int, tree: Tree) -> Tree:
        if tree in self._bound:
            return trees.column(self._bound[tree])
        made = self._bound[tree] = self._next_name()
        self._columns[depth].append((made, tree))
        self._depths[made] = depth + 1
        return trees.column(made)

    def finished(self, outputs: Mapping[str, Tree], *, sparing: bool = False) -> tuple[list[Named], exp.Select]:
        """The layers from the deepest on, and the SELECT of the outputs that stands on them; `sparing`: without columns that no output reads."""
        if sparing:
            self._spare(outputs.values())
        found: list[Named] = []
        below = self._source
        for depth, columns in enumerate(self._columns):
            select = self._layer(below, columns, self._beside[depth])
            below = f"{self._prefix}_{depth + 1}"
            found.append(Named(below, select))
        listed = [tree if _is_column(tree, name) else trees.named(tree, name) for name, tree in outputs.items()]
        return found, trees.select(*listed).from_(below, copy=False)

    def _spare(self, outputs: Iterable[Tree]) -> None:
        read = {each.name for tree in outputs for each in tree.find_all(exp.Column)}
        for depth in reversed(range(len(self._columns))):
            self._columns[depth] = [(name, tree) for name, tree in self._columns[depth] if name in read]
            read.update(each.name for _, tree in self._columns[depth] for each in tree.find_all(exp.Column))

    @staticmethod
    def _layer(below: str, columns: list[tuple[str, Tree]], beside: list[_Beside]) -> exp.Select:
        star = exp.Column(this=exp.Star(), table=exp.to_identifier(below)) if beside else exp.Star()
        select = trees.select(star).from_(below, copy=False)
        for each in beside:
            select = select.join(each.query.subquery(each.name, copy=False), join_type="cross", copy=False)
        return select.select(*(trees.named(tree, name) for name, tree in columns), copy=False)

    def _reach(self, depth: int) -> None:
        while len(self._columns) <= depth:
            self._columns.append([])
            self._beside.append([])

    def _depth(self, tree: Tree) -> int:
        return max((self._depths.get(each.name, 0) for each in tree.find_all(exp.Column)), default=0)

    def _next_name(self) -> str:
        self._made += 1
        return f"{self._column}{self._made}"


def _is_column(tree: Tree, name: str) -> bool:
    return isinstance(tree, exp.Column) and tree.name == name
