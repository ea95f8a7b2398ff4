"""A file of facts about other accounts altogether."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from tierlang.accounts.fact_types import ONE
from tierlang.accounts.facts import FactFile
from tierlang.diagnostics.suggest import listing
from tierlang.program.outcome import FactFigures

_SHOWN = 3


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
        if not ours:
            continue
        rows = "the only row" if unknown == 1 else f"not one of the {unknown:,} rows"
        head = f"{rows} of {file.label} is {'not ' if unknown == 1 else ''}of an account that {accounts} has"
        width = max(len(file.label), len(accounts))
        blocks = listing([f"the {ONE[file.sort]} {each.name}" for each in here if each.unknown])
        return "\n".join(
            [
                head,
                f"  {file.label:<{width}}  {', '.join(theirs)}",
                f"  {accounts:<{width}}  {', '.join(ours)}",
                "Keys must be the same letter by letter, leading zeros included.",
                f'If another column of the file has them, say it in the rules: `account from "…"` in {blocks}.',
            ]
        )
    return None
