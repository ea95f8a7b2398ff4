"""What a file's cells mean, as SQL: the typed relation over a table. `cells.py` is its referee.

Each column (`x_N`) passes three steps. `s_N` is the cell's meaning: NULL if it means no value, and for a refused cell a mark that no good
cell has. `v_N` is the meaning where the field allows it, else NULL; so a cell is bad where `s_N` is there and `v_N` is not. Last comes the
default. The ordinary cell is read by a plain cast; only cells that the cast does not settle reach the grammar.
"""

from __future__ import annotations

import datetime as dt

import attrs

from tierlang.accounts import door_values
from tierlang.accounts.steps import Steps
from tierlang.accounts.table import Column, Table, literal
from tierlang.program.nodes import Field
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind


@attrs.frozen
class Match:
    """A field and the column it is read from."""

    field: Field
    column: Column


@attrs.frozen
class Door:
    """How one table becomes accounts: the key's column, the fields' columns, and the cells that mean no value."""

    table: Table
    key: Match
    fields: tuple[Match, ...]
    missing: tuple[str, ...]

    @property
    def matches(self) -> tuple[Match, ...]:
        """The key, then the fields."""
        return (self.key, *self.fields)

    def select(self, *, row: bool = False, plain: bool = False) -> str:
        """The typed relation: `key`, `f_NAME` for each field, `bad`, and `rounded` (how many numbers of the row lost digits).

        With `row`, also the account's index in the file. `plain` reads ordinary cells only, quicker: a row that is `bad` there has to be
        read in full, and one that is not reads the same in both.
        """
        steps = self._steps()
        if plain:
            steps = [each.plain or each for each in steps]
        values = [
            f"{_final(m.field, tag)} AS f_{m.field.name}"
            for m, tag in zip(self.fields, _tags(self.fields), strict=True)
        ]
        counts = [f"CAST({each.rounded} AS INTEGER)" for each in steps if each.rounded]
        items = [
            "v_0 AS key",
            *values,
            f"({_any_bad(self.matches, steps)}) AS bad",
            f"{' + '.join(counts) or '0'} AS rounded",
        ]
        if row:
            items.append("row")
        return f"SELECT {', '.join(items)}\nFROM {self._layers(steps, row=row)}"

    def inquest(self) -> str:
        """What tells why rows are refused: `row` (from 0), `bad`, the typed `key`, and each cell as it came, as `cell_N`."""
        steps = self._steps()
        cells = [f"{door_values.as_cell(f'x_{i}', m.column)} AS cell_{i}" for i, m in enumerate(self.matches)]
        return f"SELECT row, ({_any_bad(self.matches, steps)}) AS bad, v_0 AS key, {', '.join(cells)}\nFROM {self._layers(steps, row=True)}"

    def _steps(self) -> list[Steps]:
        return [
            door_values.steps(str(i), m.field, m.column, self.missing, is_key=i == 0)
            for i, m in enumerate(self.matches)
        ]

    def _layers(self, steps: list[Steps], *, row: bool) -> str:
        raw = [f"{match.column.name} AS x_{i}" for i, match in enumerate(self.matches)]
        if row:
            raw.append("row_number() OVER () - 1 AS row")
        relation = f"(SELECT {', '.join(raw)} FROM {self.table.reader(tuple(m.column for m in self.matches))})"
        for depth in range(max(len(each.layers) for each in steps)):
            added = [item for each in steps for item in each.layer(depth)]
            relation = f"(SELECT *, {', '.join(added)}\nFROM {relation})"
        return relation


def _any_bad(matches: tuple[Match, ...], steps: list[Steps]) -> str:
    """Whether a row has an empty key or a refused cell; never NULL."""
    tests = ["v_0 IS NULL"]
    for match, each in zip(matches, steps, strict=True):
        if each.refused is not None:
            tests.append(f"coalesce({each.refused}, FALSE)")
        if each.tag != "0":
            tests.append(_bad(match.field, each.tag))
    return " OR ".join(tests)


def _tags(fields: tuple[Match, ...]) -> list[str]:
    return [str(i) for i in range(1, len(fields) + 1)]


def _bad(field: Field, tag: str) -> str:
    if field.required:
        return f"v_{tag} IS NULL" + (f" OR len(v_{tag}) = 0" if field.kind is Kind.TAGS else "")
    return f"(v_{tag} IS NULL AND s_{tag} IS NOT NULL)"


def _final(field: Field, tag: str) -> str:
    default = default_sql(field)
    if default is None:
        return f"v_{tag}"
    return f"CASE WHEN s_{tag} IS NULL THEN {default} ELSE v_{tag} END"


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
