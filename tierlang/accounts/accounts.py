"""The accounts of one file, ready for an engine."""

from __future__ import annotations

import attrs
import duckdb

from tierlang.accounts.door import Match, identifying
from tierlang.accounts.door_accounts import DOUBLED_KEY, EMPTY_KEY, AccountDoor
from tierlang.accounts.files import Options
from tierlang.accounts.headings import find_all, of_account
from tierlang.accounts.table import Column
from tierlang.accounts.typed_file import TypedFile, must_be_plain, open_table
from tierlang.program.nodes import Program


@attrs.frozen
class AccountFile(TypedFile[AccountDoor]):
    """A file of accounts whose headings fit the program. `select` is its typed relation, in the order of the file."""


def open_accounts(
    connection: duckdb.DuckDBPyConnection, program: Program, path: str, options: Options | None = None
) -> AccountFile:
    """Open a file of accounts (`-` is standard input) and match its headings; raises a DataError that says what is wrong."""
    wanted = [of_account(field) for field in (identifying(program.key), *program.fields)]
    opened = open_table(connection, path, options or Options(), wanted)
    columns = find_all(opened.source.label, wanted, opened.table.columns)
    must_be_plain(opened.source.label, list(zip(wanted, columns, strict=True)))
    return AccountFile(opened, AccountDoor(opened.table, account_matches(program, columns)))


def account_matches(program: Program, columns: tuple[Column, ...]) -> tuple[Match, ...]:
    """The key and the fields with their columns."""
    missing = program.missing_cells
    key = Match(identifying(program.key), columns[0], missing, empty=EMPTY_KEY, doubled=DOUBLED_KEY)
    fields = (Match(field, column, missing) for field, column in zip(program.fields, columns[1:], strict=True))
    return (key, *fields)
