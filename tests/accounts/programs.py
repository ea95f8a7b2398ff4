"""Small programs for reading accounts, made by hand."""

from __future__ import annotations

from typing import Any

import duckdb

from tierlang.accounts.accounts import AccountFile, open_accounts
from tierlang.accounts.files import Options
from tierlang.accounts.setting_aside import take_in
from tierlang.program.nodes import Field, Limits, Program
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
