"""What a file's cells mean, as SQL: the typed relation over a table. `cells.py` is its referee.

Each column (`x_N`) passes three steps. `s_N` is the cell's meaning: NULL if it means no value, and for a refused cell a mark that no good
cell has. `v_N` is the meaning where the field allows it, else NULL; so a cell is bad where `s_N` is there and `v_N` is not. Last comes the
default. The ordinary cell is read by a plain cast; only cells that the cast does not settle reach the grammar.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

import attrs

from tierlang.accounts import cells, door_values
from tierlang.accounts.cells import MISSING, Cell
from tierlang.accounts.door_typed import as_typed
from tierlang.accounts.problems import Cause
from tierlang.accounts.steps import Steps
from tierlang.accounts.table import Column, Table, literal
from tierlang.program.nodes import Field
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind


@attrs.frozen
class Match:
    """A field and the column it is read from.

    `missing` are the cells that mean no value, `empty` says why such a cell is refused where the field is required, and `doubled` why a
    value is that another row has too (None: it may occur as often as it likes). `names`: the column is read only in rows of these events
    or signals.
    """

    field: Field
    column: Column
    missing: tuple[str, ...]
    empty: Cause = MISSING
    doubled: Cause | None = None
    names: tuple[str, ...] | None = None


def identifying(field: Field) -> Field:
    """A field that says what a row is about: a text, there in every row."""
    return attrs.evolve(field, kind=Kind.TEXT, required=True, default=None)


@attrs.frozen
class Door(ABC):
    """How the rows of a table are read: by typed columns, and with the causes of what is refused."""

    table: Table
    matches: tuple[Match, ...]

    @abstractmethod
    def _items(self) -> list[str]:
        """What the typed relation gives besides `bad` and `rounded`, from the values `v_N` and steps `s_N` of the matches."""

    @abstractmethod
    def trouble(self, table: str) -> str:
        """A query of one flag: whether a table that an engine made of the typed relation may rest on rows that are to be refused."""

    def select(self, *, row: bool = False, plain: bool = False) -> str:
        """The typed relation: the door's own columns, `bad`, and `rounded` (how many numbers of the row lost digits).

        With `row`, also the row's index in the file. `plain` reads ordinary cells only, quicker: a row that is `bad` there has to be
        read in full, and one that is not reads the same in both.
        """
        steps = self._steps(plain=plain)
        counts = [f"CAST({each.rounded} AS INTEGER)" for each in steps if each.rounded]
        items = [*self._items(), f"({self._any_bad(steps)}) AS bad", f"{' + '.join(counts) or '0'} AS rounded"]
        if row:
            items.append("row")
        return f"SELECT {', '.join(items)}\nFROM {_layers(steps, self._raw(row=row))}"

    def inquest(self) -> str:
        """The refused rows: `row` (from 0), and each cell as it came, as `cell_N`. Only what is not ordinary is read in full."""
        plain, full = self._steps(plain=True), self._steps(plain=False)
        raw = ", ".join(["row", *(f"x_{i}" for i in range(len(self.matches)))])
        suspect = f"(SELECT {raw} FROM {_layers(plain, self._raw(row=True))} WHERE {self._any_bad(plain)})"
        found = [f"{door_values.as_cell(f'x_{i}', m.column)} AS cell_{i}" for i, m in enumerate(self.matches)]
        return f"SELECT row, {', '.join(found)}\nFROM {_layers(full, suspect)}\nWHERE {self._any_bad(full)}"

    def values(self, position: int, *, row: bool = False) -> str:
        """The values of one match by themselves, as `value`; with `row`, also the row's index."""
        steps = [each for each in self._steps(plain=False) if each.tag == str(position)]
        items = f"v_{position} AS value" + (", row" if row else "")
        return f"SELECT {items} FROM {_layers(steps, self._raw(row=row, only=position))}"

    def causes(self, found: Sequence[Cell]) -> Iterator[tuple[Match, Cell, Cause]]:
        """What the referee refuses of a row's cells, and why."""
        for match, cell in zip(self.matches, found, strict=True):
            cause = cells.read_cell(as_typed(match.field, match.column.type), cell, match.missing, match.empty)
            if isinstance(cause, Cause):
                yield match, cell, cause

    @property
    def unique(self) -> tuple[tuple[int, Match, Cause], ...]:
        """The matches whose values may not occur twice, with their positions and why not."""
        return tuple((i, m, m.doubled) for i, m in enumerate(self.matches) if m.doubled is not None)

    def _steps(self, *, plain: bool) -> list[Steps]:
        steps = [door_values.steps(str(i), m.field, m.column, m.missing) for i, m in enumerate(self.matches)]
        return [each.plain or each for each in steps] if plain else steps

    def _cell(self, match: Match) -> str:
        """The cell of a match as it comes from the table."""
        return match.column.name

    def _bad(self, position: int, match: Match) -> str:
        """Whether the cell is refused."""
        if match.field.required:
            return f"v_{position} IS NULL" + (f" OR len(v_{position}) = 0" if match.field.kind is Kind.TAGS else "")
        return f"(v_{position} IS NULL AND s_{position} IS NOT NULL)"

    def _any_bad(self, steps: list[Steps]) -> str:
        """Whether a row has a refused cell; never NULL."""
        tests = [f"coalesce({each.refused}, FALSE)" for each in steps if each.refused is not None]
        return " OR ".join([*tests, *(self._bad(i, match) for i, match in enumerate(self.matches))])

    def _raw(self, *, row: bool, only: int | None = None) -> str:
        """The cells as they come, `x_N`; with `row`, also the row's index."""
        raw = [f"{self._cell(match)} AS x_{i}" for i, match in enumerate(self.matches) if only in (None, i)]
        if row:
            raw.append("row_number() OVER () - 1 AS row")
        columns = dict.fromkeys(match.column for match in self.matches)
        return f"(SELECT {', '.join(raw)} FROM {self.table.reader(tuple(columns))})"


def _layers(steps: list[Steps], relation: str) -> str:
    for depth in range(max(len(each.layers) for each in steps)):
        added = [item for each in steps for item in each.layer(depth)]
        relation = f"(SELECT *, {', '.join(added)}\nFROM {relation})"
    return relation


def final(field: Field, position: int) -> str:
    """The value of a match, with the field's default where the cell means none."""
    default = default_sql(field)
    if default is None:
        return f"v_{position}"
    return f"CASE WHEN s_{position} IS NULL THEN {default} ELSE v_{position} END"


def default_sql(field: Field) -> str | None:
    """What a cell without a value becomes; None where it stays missing."""
    match field.default:
        case bool() as flag:
            return "TRUE" if flag else "FALSE"
        case int() as number:
            return str(number // SCALE if field.kind is Kind.WHOLE else number)
        case str() as text:
            return literal(text)
        case dt.date() as date:
            return f"DATE '{date.isoformat()}'"
        case tuple() as tags:
            return f"CAST([{', '.join(literal(tag) for tag in tags)}] AS VARCHAR[])"
        case None:
            return "CAST([] AS VARCHAR[])" if field.kind is Kind.TAGS else None
