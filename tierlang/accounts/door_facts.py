"""The door of facts: rows that say whose they are and of which day, of one event or signal or of several in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tierlang.accounts import door_values
from tierlang.accounts.cells import Cell, is_empty
from tierlang.accounts.door import Door, Match, final
from tierlang.accounts.problems import Cause
from tierlang.accounts.steps import Steps, any_of, trimmed
from tierlang.accounts.table import Column, identifier, literal

EMPTY_NAME = Cause(
    "empty-name", "is empty, so nobody can tell what the row is", "the name of an event or signal of the rules"
)


@attrs.frozen
class Part:
    """How the rows of one event or signal are read: the positions of the matches, `values` with the columns that they give."""

    name: str
    account: int
    at: int
    values: tuple[tuple[str, int], ...]


@attrs.frozen
class FactDoor(Door):
    """The typed relation is `fact` (the name of the event or signal), `account`, `at`, and a column for each attribute, NULL in rows of other facts.

    In a `shared` file the first match is the column that names each row's fact; `fact` is NULL for names that are not declared, and such rows
    are nobody's: never bad. Rows with a name of `unread` are refused, for its cause.
    """

    parts: tuple[Part, ...]
    shared: bool = False
    unread: tuple[tuple[str, Cause], ...] = ()

    def trouble(self, table: str) -> str:
        """Whether `table`, whose `bad` counts refused rows, has any; or whether a key (perhaps) occurs twice."""
        doubled = [
            f"(SELECT count(value) <> count(DISTINCT hash(value)) FILTER (value IS NOT NULL) FROM ({self.values(i)}))"
            for i, _, _ in self.unique
        ]
        return f"SELECT {' OR '.join([f'(SELECT coalesce(sum(bad), 0) > 0 FROM {table})', *doubled])}"

    def strays(self) -> str:
        """The names in the file that are not declared, and how many rows each has; most rows first."""
        name = door_values.as_text("x_0", self.matches[0].column)
        columns = tuple(match.column for match in self.matches)
        raw = f"SELECT {name} AS name FROM (SELECT {columns[0].name} AS x_0 FROM {self.table.reader(columns)})"
        known = any_of(f"name = {literal(each)}" for each in (*self._names, *dict(self.unread)))
        there = f"NOT {known} AND {trimmed('name')} <> ''"
        return f"SELECT name, count(*) AS rows FROM ({raw}) WHERE {there} GROUP BY name ORDER BY rows DESC, name"

    def named(self, column: Column, names: Sequence[str]) -> str:
        """Which of the names stand in a column, and in how many rows."""
        text = door_values.as_text("x_0", column)
        raw = f"SELECT {text} AS name FROM (SELECT {column.name} AS x_0 FROM {self.table.reader((column,))})"
        there = any_of(f"name = {literal(each)}" for each in names)
        return f"SELECT name, count(*) AS rows FROM ({raw}) WHERE {there} GROUP BY name ORDER BY rows DESC, name"

    def causes(self, found: Sequence[Cell]) -> Iterator[tuple[Match, Cell, Cause]]:
        """What the referee refuses of a row's cells: its name, or what belongs to that."""
        if not self.shared:
            yield from super().causes(found)
            return
        name = found[0]
        assert not isinstance(name, tuple)
        cause = EMPTY_NAME if is_empty(name, ()) else dict(self.unread).get(name or "")
        if cause is not None:
            yield self.matches[0], name, cause
        if cause is not None or name not in self._names:
            return
        for match, cell, why in super().causes(found):
            if match.names is None or name in match.names:
                yield match, cell, why

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts)

    def _items(self) -> list[str]:
        fact = "v_0" if self.shared else literal(self.parts[0].name)
        values = [(part.name, *value) for part in self.parts for value in part.values]
        return [
            f"{fact} AS fact",
            f"{self._by_name([part.account for part in self.parts])} AS account",
            f'{self._by_name([part.at for part in self.parts])} AS "at"',
            *(f"{self._value(name, position)} AS {identifier(column)}" for name, column, position in values),
        ]

    def _by_name(self, positions: list[int]) -> str:
        if len(set(positions)) == 1:
            return f"v_{positions[0]}"
        cases = (f"WHEN {literal(n)} THEN v_{i}" for n, i in zip(self._names, positions, strict=True))
        return f"CASE v_0 {' '.join(cases)} END"

    def _value(self, name: str, position: int) -> str:
        value = final(self.matches[position].field, position)
        return (
            f"CASE WHEN v_0 = {literal(name)} THEN {value} END" if self.shared and value != f"v_{position}" else value
        )

    def _steps(self, *, plain: bool) -> list[Steps]:
        steps = super()._steps(plain=plain)
        return [self._name_steps(), *steps[1:]] if self.shared else steps

    def _name_steps(self) -> Steps:
        """A name is taken as it stands; only one that is not declared is looked at more closely."""
        text = door_values.as_text("x_0", self.matches[0].column)
        known = " ".join(f"WHEN {literal(name)} THEN {literal(name)}" for name in self._names)
        refused = any_of(
            [f"{text} IS NULL", f"{trimmed(text)} = ''", *(f"{text} = {literal(n)}" for n, _ in self.unread)]
        )
        layers = ((("v_0", f"CASE {text} {known} END"),),)
        return Steps("0", layers, refused=f"CASE WHEN v_0 IS NULL THEN {refused} ELSE FALSE END")

    def _cell(self, match: Match) -> str:
        if match.names is None:
            return match.column.name
        kind = self.matches[0].column
        named = any_of(f"{door_values.as_text(kind.name, kind)} = {literal(name)}" for name in match.names)
        return f"CASE WHEN {named} THEN {match.column.name} END"

    def _any_bad(self, steps: list[Steps]) -> str:
        if not self.shared:
            return super()._any_bad(steps)
        rest = super()._any_bad([attrs.evolve(steps[0], refused=None), *steps[1:]])
        return f"{steps[0].refused} OR (v_0 IS NOT NULL AND ({rest}))"

    def _bad(self, position: int, match: Match) -> str:
        if self.shared and position == 0:
            return "FALSE"
        bad = super()._bad(position, match)
        if match.names is None or not match.field.required:
            return bad
        return f"({any_of(f'v_0 = {literal(name)}' for name in match.names)} AND ({bad}))"
