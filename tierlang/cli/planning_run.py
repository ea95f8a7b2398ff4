"""A plan from its files: the ledger is read shortly, everybody is placed in a run that knows the past, and what is to be recorded stands in `planned`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import duckdb
from rich.console import Console

from tierlang import __version__
from tierlang.accounts.files import Options
from tierlang.cli.apart import keep_apart
from tierlang.cli.asked import Files
from tierlang.cli.evaluation import Placed, Request, placed_in, working
from tierlang.cli.failure import Failure
from tierlang.cli.hashing import Hashing
from tierlang.cli.knowing_past import Known, Ruleset, known_past
from tierlang.ledger.attached import attached
from tierlang.planning.decide import decide
from tierlang.planning.header import Head, LedgerHead
from tierlang.planning.heading import MadeFrom, head_of

_ANOTHER = "Give each ruleset a ledger of its own. If {now} is the new name of {then}, say so once: --was {then}"


@attrs.frozen
class Planning:
    """What is to be planned: a request, the paths of its rules and of the ledger, what else was said, and the name that the ruleset had before (`--was`)."""

    request: Request
    rules: str
    ledger: str
    settings: tuple[tuple[str, str], ...] = ()
    arguments: tuple[tuple[str, str], ...] = ()
    was: str | None = None


@attrs.frozen
class Made:
    """A plan that stands in `planned`, as long as its connection is open."""

    connection: duckdb.DuckDBPyConnection
    head: Head
    placed: Placed


def arguments_of(options: Options, rejects: str | None) -> tuple[tuple[str, str], ...]:
    """What was said besides files and settings, as far as it decides what is read."""
    said = {"input-format": options.format, "encoding": options.encoding, "separator": options.separator}
    found = [(name, value) for name, value in said.items() if value is not None]
    return (*found, ("rejects", "yes")) if rejects is not None else tuple(found)


def check_places(files: Files, ledger: str) -> None:
    """The ledger is none of the other files, and a plan can be saved where it is to be."""
    named = {
        "the rules": files.rules,
        "the accounts": files.accounts,
        "the plan": files.output,
        "the rejects": files.rejects,
    }
    keep_apart({**named, "the ledger": ledger}, [path for _, path in (*files.events, *files.signals)])
    folder = os.path.dirname(files.output or "") or "."
    if files.output not in (None, "-") and not os.path.isdir(folder):
        raise Failure(f"{files.output} cannot be written: there is no folder {folder}")


@contextmanager
def planned_in(planning: Planning, console: Console, *, quiet: bool) -> Iterator[Made]:
    """The plan of a request; what the user can put right ends in a Failure."""
    request = planning.request
    with (
        working(request.limits, console, with_facts=bool(request.facts), quiet=quiet) as (connection, watch),
        Hashing(request.accounts, request.facts) as hashing,
    ):
        watch.phase("Reading the ledger")
        with attached(connection, planning.ledger, write=False):
            ruleset = Ruleset(f"{planning.rules} is", _ANOTHER, planning.was)
            known = known_past(connection, request.program, request.as_of, planning.ledger, ruleset=ruleset)
        with placed_in(connection, request, watch, known.tables, known.taken) as placed:
            watch.phase("Deciding who moves")
            program, as_of = request.program, request.as_of
            planned = decide(connection, program, placed.result, known.merged, known.occasion, as_of)
            aside = sum(each.rows for each in placed.run.aside)
            made = _made_from(planning, known, hashing, placed)
            figures, summary = planned.figures, placed.result.summary
            yield Made(connection, head_of(program, made, known.occasion, figures, summary, aside=aside), placed)


def _made_from(planning: Planning, known: Known, hashing: Hashing, placed: Placed) -> MadeFrom:
    last = known.head
    ledger = LedgerHead(planning.ledger)
    if last is not None:
        ledger = LedgerHead(planning.ledger, last.run, last.as_of, last.fingerprint)
    return MadeFrom(
        path=planning.rules,
        settings=planning.settings,
        ledger=ledger,
        last_review=None if last is None else last.last_review,
        inputs=hashing.inputs(placed),
        as_of=planning.request.as_of,
        arguments=planning.arguments,
        folder=os.getcwd(),
        tierlang=__version__,
    )
