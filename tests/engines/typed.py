"""Accounts, and their events and signals, as the typed relations that the SQL engine reads."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import attrs
import duckdb

from tests.strategies import Case
from tierlang.engines.interpreter.facts import Account
from tierlang.engines.sql.past import PastTables
from tierlang.program.nodes import Field, Program
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import FactFigures
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


@attrs.frozen
class FactTable:
    """A relation of events or of observations, and the event types or signals that it can hold."""

    number: int
    select: str
    names: tuple[str, ...]


def fill_facts(connection: duckdb.DuckDBPyConnection, case: Case) -> list[FactTable]:
    """Put the events and the observations into tables, those of one sort together or one table for each name, as the case says.

    The rows of one account do not stand together, and there are some of accounts that the data does not have.
    """
    program = case.program
    events = {event.name: [(f"{event.name}.{field.name}", field) for field in event.fields] for event in program.events}
    signals = {signal.name: [(f"{signal.name}.value", signal.value)] for signal in program.signals}
    tables: list[FactTable] = []
    for columns, together in ((events, case.events_together), (signals, case.signals_together)):
        for names in [tuple(columns)] if columns and together else [(name,) for name in columns]:
            table = f"facts_{len(tables)}"
            _fill_table(connection, table, case, {name: columns[name] for name in names}, shared=len(columns) > 1)
            tables.append(FactTable(len(tables), f"SELECT * FROM {table}", names))
    return tables


Columns = dict[str, list[tuple[str, Field]]]


def _fill_table(connection: duckdb.DuckDBPyConnection, table: str, case: Case, of: Columns, *, shared: bool) -> None:
    fields = {column: field for each in of.values() for column, field in each}
    columns = ["fact VARCHAR", "account VARCHAR", '"at" DATE']
    columns += [f'"{column}" {COLUMN_TYPES[field.kind]}' for column, field in fields.items()]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} ({', '.join([*columns, 'bad BOOLEAN', 'rounded INTEGER'])})"
    )
    rows = [row for account in (*case.accounts, *case.strangers) for row in _fact_rows(account, of, fields)]
    if shared and len(of) > 1 and case.strangers:
        rows.append([None, case.strangers[0].key, case.as_of, *(None for _ in fields), False, 0])
    random.Random(case.shuffle).shuffle(rows)
    if rows:
        row = f"({', '.join('?' * len(rows[0]))})"
        connection.execute(
            f"INSERT INTO {table} VALUES {', '.join([row] * len(rows))}", [cell for each in rows for cell in each]
        )


def _fact_rows(account: Account, of: Columns, fields: dict[str, Field]) -> list[list[object]]:
    """The account's rows; columns of other event types or signals are null, tags too."""
    rows: list[list[object]] = []
    for name, mine in of.items():
        seen = [(each.at, each.values) for each in account.events.get(name, ())]
        seen += [(each.at, {name: each.value}) for each in account.signals.get(name, ())]
        for at, values in seen:
            cells = {column: _cell(field, values.get(field.name)) for column, field in mine}
            rows.append([name, account.key, at, *(cells.get(column) for column in fields), False, 0])
    return rows


def figures(case: Case) -> tuple[FactFigures, ...]:
    """What came in of each event type and signal, counted plainly."""
    names = [*(event.name for event in case.program.events), *(signal.name for signal in case.program.signals)]
    return tuple(_figures_of(case, name) for name in names)


def _figures_of(case: Case, name: str) -> FactFigures:
    def days(account: Account) -> list[dt.date]:
        return [event.at for event in account.events.get(name, ())] + [
            seen.at for seen in account.signals.get(name, ())
        ]

    known = Counter(at > case.as_of for account in case.accounts for at in days(account))
    strangers = {account.key: len(days(account)) for account in case.strangers if days(account)}
    examples = tuple(sorted(strangers, key=str.encode)[:3])
    return FactFigures(name, known[False], known[True], sum(strangers.values()), len(strangers), examples)


def fill_past(connection: duckdb.DuckDBPyConnection, case: Case) -> PastTables | None:
    """Put what the ledger says into tables `held` and `observed`, their rows in another order than the accounts'."""
    if case.past is None or case.occasion is None:
        return None
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE held (key VARCHAR, tier VARCHAR, base VARCHAR, since DATE, settled_until DATE, pinned BOOLEAN, retired VARCHAR)"
    )
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE observed (key VARCHAR, score VARCHAR, "at" DATE, value DECIMAL(18, 4))'
    )
    held = [
        [each.key, each.tier, each.base, each.since, each.settled_until, each.pinned, each.retired]
        for each in case.past.holdings.values()
    ]
    observed = [
        [key, score, at, None if value is None else Decimal(value).scaleb(-4)]
        for (key, score), course in case.past.scores.items()
        for at, value in course
    ]
    for table, rows in (("held", held), ("observed", observed)):
        random.Random(case.shuffle).shuffle(rows)
        for row in rows:
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    return PastTables(case.occasion)
