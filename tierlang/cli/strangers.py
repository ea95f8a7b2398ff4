"""Rows of facts that belong to nothing here: of types that the rules do not declare, of accounts that nobody has."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from tierlang.accounts.facts import FactFile
from tierlang.diagnostics.suggest import listing
from tierlang.program.outcome import FactFigures
from tierlang.reports.run_facts import FactSource

_SHOWN = 3


def source_of(connection: duckdb.DuckDBPyConnection, file: FactFile, table: str) -> FactSource:
    """The file as the summary speaks of it; what it holds of undeclared types is looked up only if there is some."""
    strays = connection.execute(f"SELECT coalesce(sum(stray), 0) FROM {table}").fetchall()[0][0]
    if not strays:
        return FactSource(file.label, file.names)
    return FactSource(file.label, file.names, int(strays), tuple(name for name, _ in file.strays(connection)))


def all_strange(
    connection: duckdb.DuckDBPyConnection,
    accounts: str,
    table: str,
    files: Sequence[FactFile],
    figures: Sequence[FactFigures],
) -> str | None:
    """What to say where a file has rows, and not one of them is of an account: somebody else's file, or keys written in another way."""
    for file in files:
        here = [each for each in figures if each.name in file.names]
        unknown = sum(each.unknown for each in here)
        if not unknown or any(each.rows + each.later for each in here):
            continue
        theirs = sorted({key for each in here for key in each.examples})[:_SHOWN]
        ours = [row[0] for row in connection.execute(f"SELECT key FROM {table} LIMIT {_SHOWN}").fetchall()]
        rows = "the only row" if unknown == 1 else f"not one of the {unknown:,} rows"
        head = f"{rows} of {file.label} is {'not ' if unknown == 1 else ''}of an account that {accounts} has"
        width = max(len(file.label), len(accounts))
        names = listing([each.name for each in here if each.unknown])
        return "\n".join(
            [
                head,
                f"  {file.label:<{width}}  {', '.join(theirs)}",
                f"  {accounts:<{width}}  {', '.join(ours) or 'no accounts'}",
                "Either the file belongs to other accounts, or it names them in another way: keys must be the same letter by letter,"
                f' leading zeros included. Another column can be named in the rules: `account from "Heading"` in {names}.',
            ]
        )
    return None
