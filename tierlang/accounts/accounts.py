"""The accounts of one file, ready for an engine."""

from __future__ import annotations

import attrs
import duckdb

from tierlang.accounts.csv_tables import csv_table, layout_of
from tierlang.accounts.door import Door
from tierlang.accounts.errors import FileError
from tierlang.accounts.files import Options, Source, open_source
from tierlang.accounts.headings import count_found, match_headings
from tierlang.accounts.spool import Spool
from tierlang.accounts.table import Column, Table, identifier, literal
from tierlang.program.nodes import Program


@attrs.frozen
class AccountFile:
    """A file whose headings fit the program. `select` is the typed relation, in the order of the file."""

    source: Source
    door: Door
    select: str
    spool: Spool = attrs.field(repr=False, eq=False)

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
    table = _table(connection, program, source, options)
    key, fields = match_headings(source.label, program, table.columns)
    door = Door(table, key, fields, program.missing_cells)
    return AccountFile(source, door, door.select(), spool)


def _table(connection: duckdb.DuckDBPyConnection, program: Program, source: Source, options: Options) -> Table:
    if source.format == "csv":
        return csv_table(source, layout_of(source, options, lambda headings: count_found(program, headings)))
    return _parquet_table(connection, source)


def _parquet_table(connection: duckdb.DuckDBPyConnection, source: Source) -> Table:
    reader = f"read_parquet({literal(str(source.path))})"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()
    except duckdb.Error as error:
        raise FileError(f"{source.label} cannot be read as Parquet", "The file is damaged or was cut short.") from error
    columns = tuple(Column(row[0], identifier(row[0]), row[1]) for row in described)
    return Table(columns, lambda _: reader)
