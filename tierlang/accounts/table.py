"""A file as a table: its columns, and the SQL that reads it."""

from __future__ import annotations

from collections.abc import Callable

import attrs


@attrs.frozen
class Column:
    """One column: its heading as written, the SQL name it has in the reader, and the SQL type it comes in."""

    heading: str
    name: str
    type: str = "VARCHAR"


@attrs.frozen
class Table:
    """A readable table. `reader` gives what stands after FROM to read some of its columns."""

    columns: tuple[Column, ...]
    reader: Callable[[tuple[Column, ...]], str]

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings, in the order of the file."""
        return tuple(column.heading for column in self.columns)


def literal(text: str) -> str:
    """A SQL text literal."""
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


def identifier(name: str) -> str:
    """A quoted SQL name."""
    quoted = name.replace('"', '""')
    return f'"{quoted}"'
