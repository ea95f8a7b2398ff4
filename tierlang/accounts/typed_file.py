"""A file that was opened and whose headings fit: a table behind a door, and where its rows stand in the file. Accounts and facts are such files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import attrs
import duckdb

from tierlang.accounts.csv_tables import Layout, csv_table, layout_of
from tierlang.accounts.door import Door
from tierlang.accounts.door_typed import is_nested
from tierlang.accounts.errors import FileError
from tierlang.accounts.files import DAMAGED, Options, Source, open_source
from tierlang.accounts.headings import Sought, count_found, find, plain
from tierlang.accounts.json_tables import json_copy, json_table
from tierlang.accounts.rows import Rows
from tierlang.accounts.spool import Spool
from tierlang.accounts.table import Column, Table, identifier, literal
from tierlang.program.values import Kind

AnyDoor = TypeVar("AnyDoor", bound=Door)


@attrs.frozen
class Opened:
    """A file as a table, before anything is read from it. `layout` is there for CSV; `rows` tells in which row of the file a row of the table stands."""

    source: Source
    layout: Layout | None
    table: Table
    rows: Rows
    spool: Spool = attrs.field(repr=False, eq=False)


@attrs.frozen
class TypedFile(Generic[AnyDoor]):
    """An opened file behind its door.

    `repaired`: it is a copy of the good rows of a file that DuckDB would not read. `kept` reads what is left of a file after bad rows
    were left aside.
    """

    opened: Opened
    door: AnyDoor
    repaired: bool = False
    kept: str | None = attrs.field(default=None, repr=False)

    @property
    def label(self) -> str:
        """What people call the file."""
        return self.opened.source.label

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the file."""
        return self.door.table.headings

    @property
    def select(self) -> str:
        """The typed relation (see `Door.select`)."""
        return self.kept or self.door.select()

    @property
    def plain(self) -> str | None:
        """The quicker relation for a file of ordinary cells only; None where there is none."""
        return None if self.kept or self.repaired else self.door.select(plain=True)

    def close(self) -> None:
        """Take away what was set down beside the file."""
        self.opened.spool.close()


def open_table(connection: duckdb.DuckDBPyConnection, path: str, options: Options, wanted: Sequence[Sought]) -> Opened:
    """Open a file (`-` is standard input) in which these columns are looked for; raises a DataError that says what is wrong."""
    spool = Spool()
    source = open_source(path, options, spool)
    match source.format:
        case "csv":
            layout = layout_of(source, options, lambda headings: count_found(wanted, headings))
            return Opened(source, layout, csv_table(source, layout), Rows(layout.skipped + 2), spool)
        case "json":
            return Opened(source, None, _json_table(connection, wanted, source), Rows(1), spool)
        case "parquet":
            return Opened(source, None, _parquet_table(connection, source), Rows(1), spool)


def must_be_plain(label: str, found: Sequence[tuple[Sought, Column]]) -> None:
    """Refuse columns of lists, structures and bytes where single values are read."""
    for sought, column in found:
        if is_nested(column.type, sought.field.kind):
            raise FileError(
                f'the column "{column.heading}" of {label} holds {column.type}, not single values',
                f"{sought.what[:1].upper()}{sought.what[1:]} needs a column of plain values.",
            )


def copied(opened: Opened, source: Source, rows: Rows) -> Opened:
    """The same table, read from a clean copy of the file."""
    if opened.layout is not None:
        table = csv_table(source, attrs.evolve(opened.layout, skipped=0))
    else:
        table = json_copy(opened.table, source)
    return attrs.evolve(opened, source=source, table=table, rows=rows)


def _json_table(connection: duckdb.DuckDBPyConnection, wanted: Sequence[Sought], source: Source) -> Table:
    tags = {plain(heading) for each in wanted if each.field.kind is Kind.TAGS for heading in each.headings}
    others = {plain(heading) for each in wanted if each.field.kind is not Kind.TAGS for heading in each.headings}
    lists = tags - others
    table = json_table(connection, source, lists, whole=False)
    if all(isinstance(find(each, table.columns), Column) for each in wanted):
        return table
    return json_table(connection, source, lists, whole=True)


def _parquet_table(connection: duckdb.DuckDBPyConnection, source: Source) -> Table:
    reader = f"read_parquet({literal(str(source.path))})"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()
    except duckdb.Error as error:
        raise FileError(f"{source.label} cannot be read as Parquet", DAMAGED) from error
    columns = tuple(Column(row[0], identifier(row[0]), row[1]) for row in described)
    return Table(columns, lambda _: reader)
