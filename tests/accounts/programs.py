"""Small programs for reading accounts and facts, made by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import duckdb

from tierlang.accounts.accounts import AccountFile, open_accounts
from tierlang.accounts.facts import Given, open_facts, take_in_facts
from tierlang.accounts.files import Options
from tierlang.accounts.setting_aside import take_in
from tierlang.program.expressions import Defined
from tierlang.program.nodes import Aggregate, Attribution, Derive, EventType, Field, Limits, Program, Signal
from tierlang.program.values import Kind


def field(name: str, kind: Kind, *headings: str, **options: Any) -> Field:
    """One field."""
    return Field(name, kind, headings=headings, **options)


def program(*fields: Field, key: Field | None = None, missing: tuple[str, ...] = ("",)) -> Program:
    """A program that reads these fields and the key `id`."""
    return Program(
        name="reading",
        label=None,
        version=None,
        reviewed=None,
        review=None,
        limits=Limits(),
        key=key or field("id", Kind.TEXT),
        fields=fields,
        missing_cells=missing,
        definitions=(),
        exclusions=(),
        relative=(),
        ladders=(),
        owners=(),
        pins=(),
    )


def texts(key: str, *headings: str) -> Program:
    """A program that reads columns as texts: the key and f0, f1, …"""
    fields = (field(f"f{i}", Kind.TEXT, heading) for i, heading in enumerate(headings))
    return program(*fields, key=field("id", Kind.TEXT, key))


def read(
    wanted: Program, path: object, options: Options | None = None, *, rejects: str | None = None
) -> list[tuple[Any, ...]]:
    """The accounts of a file: key and fields, as an engine would get them."""
    rows, _ = read_all(wanted, path, options, rejects=rejects)
    return rows


def read_all(
    wanted: Program, path: object, options: Options | None = None, *, rejects: str | None = None
) -> tuple[list[tuple[Any, ...]], AccountFile]:
    """The accounts of a file, and the file."""
    with duckdb.connect() as connection:

        def use(select: str) -> None:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE scored AS {select}")

        accounts, _ = take_in(connection, open_accounts(connection, wanted, str(path), options), use, rejects=rejects)
        return connection.execute("SELECT * EXCLUDE (bad, rounded) FROM scored ORDER BY rowid").fetchall(), accounts


ATTRIBUTION = Attribution(field("account", Kind.TEXT, required=True), field("at", Kind.DATE, required=True))


def attribution(
    account: str | None = None, at: str | None = None, key: str | None = None, **options: Any
) -> Attribution:
    """Whose a row is and of which day, under headings of their own; `key=""` is a key under the usual heading."""
    return Attribution(
        field("account", Kind.TEXT, *([account] if account else []), required=True),
        field("at", Kind.DATE, *([at] if at else []), required=True, **options),
        None if key is None else field("key", Kind.TEXT, *([key] if key else []), required=True),
    )


def event(name: str, *fields: Field, of: Attribution = ATTRIBUTION, missing: tuple[str, ...] = ("",)) -> EventType:
    """An event type."""
    return EventType(name, None, of, fields, missing_cells=missing)


def signal(
    name: str, kind: Kind = Kind.NUMBER, *headings: str, of: Attribution = ATTRIBUTION, **options: Any
) -> Signal:
    """A signal."""
    return Signal(name, None, of, field(name, kind, *headings, **options))


def with_facts(*types: EventType | Signal, unread: tuple[str, ...] = ()) -> Program:
    """A program that reads these events and signals, but for the `unread` ones."""
    events = tuple(each for each in types if isinstance(each, EventType))
    signals = tuple(each for each in types if isinstance(each, Signal))
    counts = (
        Aggregate(f"count_{each.name}", Kind.WHOLE, each.name, "count", None, None, None, f"count of {each.name} ever")
        for each in events
        if each.name not in unread
    )
    values = (
        Derive(f"now_{each.name}", each.kind, Defined(each.name, each.kind), each.name)
        for each in signals
        if each.name not in unread
    )
    return attrs.evolve(program(), events=events, signals=signals, facts=tuple(counts), definitions=tuple(values))


def gathering(connection: duckdb.DuckDBPyConnection, table: str = "gathered") -> Callable[[str], None]:
    """What an engine does with a file of facts: every row into a table, refused ones counted."""

    def use(select: str) -> None:
        items = "* REPLACE (CAST(bad AS INTEGER) AS bad)"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {items} FROM ({select})")

    return use


def read_facts(
    wanted: Program, *given: Given, options: Options | None = None, rejects: str | None = None
) -> list[tuple[Any, ...]]:
    """The facts of all files, sorted: fact, account, at, attributes."""
    rows: list[tuple[Any, ...]] = []
    with duckdb.connect() as connection:
        for file in open_facts(connection, wanted, given, options):
            take_in_facts(connection, file, gathering(connection), table="gathered", rejects=rejects)
            rows += connection.execute("SELECT * EXCLUDE (bad, rounded) FROM gathered").fetchall()
            file.close()
    return sorted(rows, key=repr)
