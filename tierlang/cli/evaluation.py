"""One evaluation, from two paths to a placed population: the page to read to know what `eval` and `explain` do.

rules ─ load ─┐
accounts ─ open ─ take in (score each account once, look for bad rows) ─ place (tops, pins, capacities) ─ write, sum up or explain
events, signals ─ open ─ take in (one pass over each file) ─┘
"""

from __future__ import annotations

import datetime as dt
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

import attrs
import click
import duckdb
from rich.console import Console

from tierlang.accounts.accounts import AccountFile, open_accounts
from tierlang.accounts.errors import DataError, RowsError
from tierlang.accounts.facts import FactFile, Given, open_facts
from tierlang.accounts.files import Format, Options
from tierlang.accounts.setting_aside import take_in
from tierlang.cli.columns import carried, chosen
from tierlang.cli.database import Limits, database
from tierlang.cli.facts_reading import read_facts
from tierlang.cli.failure import Failure
from tierlang.cli.progress import Watch
from tierlang.cli.strangers import all_strange
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.engines.sql.past import PastTables
from tierlang.engines.sql.run import Run
from tierlang.ledger.errors import LedgerError
from tierlang.pipeline import load
from tierlang.planning.planfile import PlanError
from tierlang.program.nodes import Program
from tierlang.program.outcome import Stopped
from tierlang.reports.bad_input import problems_text
from tierlang.reports.complaints import coloured, complaints_text
from tierlang.reports.run_facts import Aside, RunFacts
from tierlang.reports.stopped import stopped_text

ROUNDED = "rounded"
"""The column of the typed accounts that counts the numbers with too many digits."""


ALWAYS = ("tier", "excluded")
"""The columns that every result must be able to give: files per tier are made by them."""


@attrs.frozen
class Request:
    """What is to be evaluated: a compiled program over a file of accounts and files of facts, as of a day.

    `rejects` is the file for the accounts' bad rows, `fact_rejects` those of the files of facts, one for each. `today`: nobody said another day. `every_field`: all fields are
    kept for their figures, whether or not a column shows them.
    """

    program: Program
    accounts: str
    as_of: dt.date
    facts: tuple[Given, ...] = ()
    options: Options = attrs.field(factory=Options)
    limits: Limits = attrs.field(factory=Limits)
    columns: tuple[str, ...] = ()
    rejects: str | None = None
    fact_rejects: tuple[str | None, ...] = ()
    today: bool = False
    every_field: bool = False


@attrs.frozen
class Placed:
    """A population with a place for every account, as long as its connection is open; `columns` are those asked for.

    `run` tells what came of the rows.
    """

    connection: duckdb.DuckDBPyConnection
    accounts: AccountFile
    facts: tuple[FactFile, ...]
    result: Evaluated
    columns: tuple[str, ...]
    run: RunFacts
    watch: Watch


def read_options(form: str | None, encoding: str | None, separator: str | None) -> Options:
    """How to read the accounts where the user says it."""
    sign = "\t" if separator is not None and separator.lower() in ("tab", "\\t") else separator
    if sign is not None and len(sign) != 1:
        raise click.UsageError(f"--separator is one sign, or the word tab, not {separator!r}")
    formats: dict[str, Format] = {"csv": "csv", "parquet": "parquet", "jsonl": "json"}
    return Options(formats[form] if form else None, encoding, sign)


def compiled(path: str, settings: Mapping[str, str]) -> Program:
    """The program of a rule file; complaints go to standard error, and errors among them end the command."""
    loaded = load(path, settings)
    if loaded.program is not None:
        return loaded.program
    click.echo(complaints_text(loaded.diagnostics, coloured), err=True)
    raise Failure(f"{path} does not compile, so nothing was evaluated")


@contextmanager
def evaluated(request: Request, console: Console, *, quiet: bool = False) -> Iterator[Placed]:
    """The placed population of a request; what the user can put right ends in a Failure."""
    with (
        working(request.limits, console, with_facts=bool(request.facts), quiet=quiet) as (connection, watch),
        placed_in(connection, request, watch) as placed,
    ):
        yield placed


@contextmanager
def working(
    limits: Limits, console: Console, *, with_facts: bool, quiet: bool = False
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Watch]]:
    """A database to evaluate in, and somebody who watches it; what the user can put right ends in a Failure."""
    with (
        plain_failures(),
        _stoppable(),
        database(limits, with_facts=with_facts) as connection,
        Watch(connection, console, enabled=not quiet) as watch,
    ):
        yield connection, watch


@contextmanager
def placed_in(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    watch: Watch,
    past: PastTables | None = None,
    taken: Callable[[str], object] | None = None,
) -> Iterator[Placed]:
    """The placed population of a request in this database, which may hold other things; its tables are replaced by those of the next request.

    `past`: the run knows what a ledger says. `taken` is told the table that has the `key` of every account, before anybody is placed.
    """
    with ExitStack() as opened:
        watch.phase("Opening the files")
        accounts = open_accounts(connection, request.program, request.accounts, request.options)
        opened.callback(accounts.close)
        files = open_facts(connection, request.program, request.facts, _for_facts(request.options))
        for file in files:
            opened.callback(file.close)
        every = tuple(field.name for field in request.program.fields)
        carry = every if request.every_field else carried(request.program, request.columns)
        run = Run(connection, request.program, as_of=request.as_of, carry=carry, also=(ROUNDED,), past=past)
        columns = chosen(request.program, request.columns, run.columns)
        if request.columns:
            run.want((*columns, *ALWAYS))
        watch.phase("Reading the accounts" if files else "Reading and scoring")
        accounts, refused = take_in(connection, accounts, run.score, table=run.taken_in, rejects=request.rejects)
        aside = [Aside(refused.rows, accounts.label, str(request.rejects))] if refused else []
        if taken is not None:
            taken(run.taken_in)
        facts = read_facts(connection, run, files, request.fact_rejects, watch)
        watch.phase("Placing")
        result = run.place()
        strange = all_strange(connection, accounts.label, run, facts.files)
        if strange:
            raise Failure(strange)
        if isinstance(result, Stopped):
            raise Failure(stopped_text(result))
        said = RunFacts(
            accounts.label,
            request.as_of,
            request.today,
            (*aside, *facts.aside),
            _rounded(connection, [run.taken_in, *facts.tables]),
            run.figures,
            facts.sources,
        )
        yield Placed(connection, accounts, facts.files, result, columns, said, watch)


def _for_facts(options: Options) -> Options:
    """How to read files of facts: `--input-format` speaks of the accounts."""
    return attrs.evolve(options, format=None)


def _rounded(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> int:
    """How many numbers had too many digits, in all files."""
    counts = [
        connection.execute(f"SELECT coalesce(sum({ROUNDED}), 0) FROM {table}").fetchall()[0][0] for table in tables
    ]
    return sum(int(number) for number in counts)


@contextmanager
def plain_failures() -> Iterator[None]:
    """Turns what the rooms below say about bad data, full disks and interruptions into what the commands say."""
    try:
        yield
    except RowsError as error:
        raise Failure("\n".join([f"{error.message}:", problems_text(error.problems), *error.hints])) from error
    except (DataError, LedgerError, PlanError) as error:
        raise Failure("\n".join([error.message, *error.hints])) from error
    except duckdb.OutOfMemoryException as error:
        raise Failure("there is not enough memory; allow more with --memory-limit, or use fewer --threads") from error
    except duckdb.IOException as error:
        raise Failure(f"the disk could not be read or written: {str(error).splitlines()[0]}") from error
    except (duckdb.InterruptException, RuntimeError) as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from error
        raise


@contextmanager
def _stoppable() -> Iterator[None]:
    """A polite request to end (SIGTERM) takes the way of Ctrl-C, so that nothing half-written stays behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
