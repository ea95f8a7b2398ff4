"""The accounts of one file, ready for an engine."""

from __future__ import annotations

import attrs
import duckdb

from tierlang.accounts.csv_tables import Layout, csv_table, layout_of
from tierlang.accounts.door import Door
from tierlang.accounts.door_typed import is_nested
from tierlang.accounts.errors import FileError
from tierlang.accounts.files import DAMAGED, Options, Source, open_source
from tierlang.accounts.headings import asked, count_found, find, match_headings, plain
from tierlang.accounts.json_tables import json_copy, json_table
from tierlang.accounts.rows import Rows
from tierlang.accounts.spool import Spool
from tierlang.accounts.table import Column, Table, identifier, literal
from tierlang.program.nodes import Program
from tierlang.program.values import Kind


@attrs.frozen
class AccountFile:
    """A file whose headings fit the program. `select` is the typed relation, in the order of the file.

    `plain` is the quicker relation for a file of ordinary cells only (see `Door.select`); None where there is none.
    `layout` is there for CSV. `rows` tells which row of the file an account stands in. `repaired` is a copy of the good rows of a file that
    DuckDB would not read.
    """

    source: Source
    layout: Layout | None
    door: Door
    rows: Rows
    select: str = attrs.field(repr=False)
    spool: Spool = attrs.field(repr=False, eq=False)
    repaired: bool = False
    plain: str | None = attrs.field(default=None, repr=False)

    @property
    def label(self) -> str:
        """What people call the file."""
        return self.source.label

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the file."""
        return self.door.table.headings

    def close(self) -> None:
        """Take away what was set down beside the file."""
        self.spool.close()


def open_accounts(
    connection: duckdb.DuckDBPyConnection, program: Program, path: str, options: Options | None = None
) -> AccountFile:
    """Open a file of accounts (`-` is standard input) and match its headings; raises a DataError that says what is wrong."""
    options = options or Options()
    spool = Spool()
    source = open_source(path, options, spool)
    layout, rows = None, Rows(1)
    match source.format:
        case "csv":
            layout = layout_of(source, options, lambda headings: count_found(program, headings))
            table, rows = csv_table(source, layout), Rows(layout.skipped + 2)
        case "json":
            table = _json_table(connection, program, source)
        case "parquet":
            table = _parquet_table(connection, source)
    door = _door(program, source, table)
    return AccountFile(source, layout, door, rows, door.select(), spool, plain=door.select(plain=True))


def from_copy(accounts: AccountFile, source: Source, rows: Rows) -> AccountFile:
    """The same accounts, read from a clean copy of the file."""
    if accounts.layout is not None:
        table = csv_table(source, attrs.evolve(accounts.layout, skipped=0))
    else:
        table = json_copy(accounts.door.table, source)
    door = attrs.evolve(accounts.door, table=table)
    return attrs.evolve(accounts, source=source, door=door, rows=rows, select=door.select(), plain=None, repaired=True)


def _door(program: Program, source: Source, table: Table) -> Door:
    key, fields = match_headings(source.label, program, table.columns)
    for match in (key, *fields):
        kind = Kind.TEXT if match is key else match.field.kind
        if is_nested(match.column.type, kind):
            raise FileError(
                f'the column "{match.column.heading}" of {source.label} holds {match.column.type}, not single values',
                f"The field {match.field.name} needs a column of plain values.",
            )
    return Door(table, key, fields, program.missing_cells)


def _json_table(connection: duckdb.DuckDBPyConnection, program: Program, source: Source) -> Table:
    wanted = (program.key, *program.fields)
    tags = {plain(heading) for field in program.fields if field.kind is Kind.TAGS for heading in asked(field)}
    others = {plain(heading) for field in wanted if field.kind is not Kind.TAGS for heading in asked(field)}
    lists = tags - others
    table = json_table(connection, source, lists, whole=False)
    if all(isinstance(find(field, table.columns), Column) for field in wanted):
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
