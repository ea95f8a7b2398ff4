"""A file of facts about other accounts altogether."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from tierlang.accounts.fact_types import ONE
from tierlang.accounts.facts import FactFile
from tierlang.diagnostics.suggest import listing
from tierlang.engines.sql.run import Run
from tierlang.program.outcome import FactFigures
from tierlang.reports.came_in import as_it_came

_SHOWN = 3


def all_strange(
    connection: duckdb.DuckDBPyConnection, accounts: str, run: Run, files: Sequence[FactFile]
) -> str | None:
    """What to say where a file has rows, and not one of them is of an account: somebody else's file, or keys written in another way."""
    for number, file in enumerate(files):
        here = [each for each in run.figures if each.name in file.names]
        unknown, theirs = run.strangers(number) or _counted(here)
        if not unknown:
            continue
        ours = [row[0] for row in connection.execute(f"SELECT key FROM {run.taken_in} LIMIT {_SHOWN}").fetchall()]
        if not ours:
            continue
        rows = "the only row" if unknown == 1 else f"not one of the {unknown:,} rows"
        head = f"{rows} of {file.label} is {'not ' if unknown == 1 else ''}of an account that {accounts} has"
        width = max(len(file.label), len(accounts))
        blocks = listing([f"the {ONE[file.sort]} {each.name}" for each in here if each.unknown])
        return "\n".join(
            [
                head,
                f"  {file.label:<{width}}  {', '.join(map(as_it_came, theirs))}",
                f"  {accounts:<{width}}  {', '.join(map(as_it_came, ours))}",
                "Keys must be the same letter by letter, leading zeros included.",
                f'If another column of the file has them, say it in the rules: `account from "…"` in {blocks}.',
            ]
        )
    return None


def _counted(figures: Sequence[FactFigures]) -> tuple[int, list[str]]:
    """The rows of unknown accounts, and the first of these, if there are no others."""
    if any(each.rows + each.later for each in figures):
        return 0, []
    return sum(each.unknown for each in figures), sorted({key for each in figures for key in each.examples})[:_SHOWN]
