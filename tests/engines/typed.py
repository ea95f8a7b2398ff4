"""Accounts as the typed relation that the SQL engine reads."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from tierlang.engines.interpreter.facts import Account
from tierlang.program.nodes import Field, Program
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value

COLUMN_TYPES = {
    Kind.WHOLE: "BIGINT",
    Kind.NUMBER: "BIGINT",
    Kind.MONEY: "BIGINT",
    Kind.TEXT: "VARCHAR",
    Kind.FLAG: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.TAGS: "VARCHAR[]",
}


def fill(connection: duckdb.DuckDBPyConnection, program: Program, accounts: Sequence[Account]) -> str:
    """Put the accounts into a table `accounts`, and say how to select the typed relation from it."""
    columns = [
        "key VARCHAR",
        *(f'"f_{field.name}" {COLUMN_TYPES[field.kind]}' for field in program.fields),
        "bad BOOLEAN",
    ]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE accounts ({', '.join(columns)})")
    if accounts:
        row = f"({', '.join('?' * len(columns))})"
        cells = [cell for account in accounts for cell in _row(program, account)]
        connection.execute(f"INSERT INTO accounts VALUES {', '.join([row] * len(accounts))}", cells)
    return "SELECT * FROM accounts"


def _row(program: Program, account: Account) -> list[object]:
    return [account.key, *(_cell(field, account.values.get(field.name)) for field in program.fields), False]


def _cell(field: Field, value: Value) -> object:
    if field.kind is Kind.TAGS:
        return list(value) if isinstance(value, tuple) else []
    if field.kind is Kind.WHOLE and isinstance(value, int):
        return value // SCALE
    return value
