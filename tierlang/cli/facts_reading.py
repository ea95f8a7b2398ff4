"""Reading the files of facts: one pass over each, bad rows left aside if that is wanted."""

from __future__ import annotations

import os
from collections.abc import Sequence

import attrs
import duckdb

from tierlang.accounts.fact_keys import must_be_apart
from tierlang.accounts.facts import FactFile, take_in_facts
from tierlang.accounts.problems import Problems
from tierlang.cli.progress import Watch
from tierlang.engines.sql.run import Run
from tierlang.reports.run_facts import Aside, FactSource


@attrs.frozen
class FactsRead:
    """The files as they were read (without the rows left aside), what was left aside, and what the summary says of each."""

    files: tuple[FactFile, ...]
    aside: tuple[Aside, ...]
    sources: tuple[FactSource, ...]
    tables: tuple[str, ...]


def read_facts(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    files: Sequence[FactFile],
    rejects: Sequence[str | None],
    watch: Watch,
) -> FactsRead:
    """Every file in turn, after the accounts; `rejects` is for each where its bad rows go."""
    run.expect([file.names for file in files])
    read: list[FactFile] = []
    aside: list[Aside] = []
    sources: list[FactSource] = []
    for number, (file, place) in enumerate(zip(files, rejects, strict=True)):
        watch.phase(f"Reading {os.path.basename(file.label)}")
        taken, refused = _gathered(connection, run, number, file, place)
        read.append(taken)
        aside += [Aside(refused.rows, file.label, str(place))] if refused else []
        sources.append(_source(connection, taken, run.gathered(number)))
    must_be_apart(connection, read)
    return FactsRead(tuple(read), tuple(aside), tuple(sources), tuple(run.gathered(at) for at in range(len(read))))


def _gathered(
    connection: duckdb.DuckDBPyConnection, run: Run, number: int, file: FactFile, rejects: str | None
) -> tuple[FactFile, Problems | None]:
    def use(select: str) -> None:
        run.gather(number, select, file.names)

    return take_in_facts(connection, file, use, table=run.gathered(number), rejects=rejects)


def _source(connection: duckdb.DuckDBPyConnection, file: FactFile, table: str) -> FactSource:
    """What the file holds of undeclared types is looked up only if there is some; what it holds against its name, only if a column says so."""
    contrary = file.contrary(connection)
    if contrary:
        names = tuple(name for name, _ in contrary)
        return FactSource(file.label, file.names, contrary=sum(rows for _, rows in contrary), contrary_names=names)
    strays = connection.execute(f"SELECT coalesce(sum(stray), 0) FROM {table}").fetchall()[0][0]
    if not strays:
        return FactSource(file.label, file.names)
    return FactSource(file.label, file.names, int(strays), tuple(name for name, _ in file.strays(connection)))
