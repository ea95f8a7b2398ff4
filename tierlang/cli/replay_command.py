"""What `tierlang replay` does: checks what it was asked, replays once or twice, compares, writes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import attrs
import click
import duckdb

from tierlang.accounts.writing import write
from tierlang.cli.apart import keep_apart, keep_from_result
from tierlang.cli.database import Limits
from tierlang.cli.evaluation import plain_failures, read_options, working
from tierlang.cli.fact_files import NamedFiles, given_files
from tierlang.cli.failure import Failure
from tierlang.cli.progress import Watch
from tierlang.cli.rejects import rejects_beside, rejects_of_day
from tierlang.cli.replay_compared import compared, stays_select
from tierlang.cli.replay_dates import dated
from tierlang.cli.replaying import Past, Rules, replayed, rules_at
from tierlang.cli.results import plan_results
from tierlang.cli.terminal import console
from tierlang.ledger.attached import attached
from tierlang.ledger.create import create
from tierlang.planning.replaying_figures import Comparison, Replay
from tierlang.planning.replaying_flapping import Within
from tierlang.program.calendar import CalendarUnit, Duration
from tierlang.reports.replay import print_replay
from tierlang.reports.replay_compared import print_comparison
from tierlang.reports.replay_json import comparison_json, replay_json

HERE, THERE = "ledger", "other_ledger"
"""The names under which the ledgers of the two rulesets are attached."""

_TIME = re.compile(r"(\d{1,4})\s+(day|week|month|quarter|year|review)s?")
_UNITS: dict[str, CalendarUnit] = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}


@attrs.frozen
class Asked:
    """The arguments and options as they were given."""

    rules: str
    snapshots: tuple[str, ...]
    against: str | None
    dates: tuple[str, ...]
    events: NamedFiles
    signals: NamedFiles
    settings: Mapping[str, str]
    back_within: str
    approvals: bool
    rejects: str | None
    output: str | None
    ledger: str | None
    json: bool
    input_format: str | None
    encoding: str | None
    separator: str | None
    memory_limit: str | None
    threads: int | None
    quiet: bool


def run(asked: Asked) -> None:
    """The whole command."""
    past = _past(asked)
    _keep_apart(asked, past)
    with plain_failures():
        plan = plan_results(asked.output, None, split=False)
    here = rules_at(asked.rules, asked.settings, "replayed")
    there = None if asked.against is None else rules_at(asked.against, asked.settings, "replayed")
    limits = Limits(asked.threads, asked.memory_limit)
    screen = console(err=True)
    with (
        working(limits, screen, with_facts=bool(past.facts), quiet=asked.quiet) as (connection, watch),
        _kept(connection, asked.ledger),
    ):
        # Stays that are written say whose word they are on, which only a whole ledger knows.
        kept = asked.ledger is not None or asked.output is not None
        first = replayed(connection, watch, here, past, HERE, kept=kept)
        found = first if there is None else _against(connection, watch, first, there, past, kept=kept)
        if asked.output is not None:
            watch.phase("Writing the stays")
            catalogs = {HERE: here.path} if there is None else {HERE: here.path, THERE: there.path}
            write(connection, stays_select(catalogs), plan.output, plan.form)
    _show(found, json=asked.json)
    if plan.said:
        click.echo(plan.said, err=True)


def _against(
    connection: duckdb.DuckDBPyConnection, watch: Watch, first: Replay, there: Rules, past: Past, *, kept: bool
) -> Comparison:
    connection.execute(f"ATTACH ':memory:' AS {THERE}")
    create(connection, THERE)
    second = replayed(connection, watch, there, past, THERE, kept=kept)
    watch.phase("Comparing")
    return compared(connection, first, second, HERE, THERE)


def _show(found: Replay | Comparison, *, json: bool) -> None:
    match found:
        case Replay() if json:
            click.echo(replay_json(found), nl=False)
        case Comparison() if json:
            click.echo(comparison_json(found), nl=False)
        case Replay():
            print_replay(console(err=False), found)
        case Comparison():
            print_comparison(console(err=False), found)


@contextmanager
def _kept(connection: duckdb.DuckDBPyConnection, path: str | None) -> Iterator[None]:
    """The ledger of the replay: in memory, or a new file that appears whole at the end."""
    if path is None:
        connection.execute(f"ATTACH ':memory:' AS {HERE}")
        create(connection, HERE)
        yield
        return
    with attached(connection, path, write=True, catalog=HERE):
        yield


def _past(asked: Asked) -> Past:
    keep_from_result(asked.rejects, None)
    given = given_files(asked.events, asked.signals)
    return Past(
        dates=dated(asked.snapshots, asked.dates),
        facts=given,
        rejects=asked.rejects,
        fact_rejects=rejects_beside(asked.rejects, given),
        options=read_options(asked.input_format, asked.encoding, asked.separator),
        approvals=asked.approvals,
        within=_within(asked.back_within),
    )


def _keep_apart(asked: Asked, past: Past) -> None:
    facts = [each.path for each in past.facts]
    if "-" in facts:
        raise Failure(
            "a replay reads events and signals once for every date, so none can come from standard input: name a file"
        )
    snapshots = {f"the snapshot {each.path}": each.path for each in past.dates}
    named = {"the rules": asked.rules, "the other rules": asked.against, **snapshots}
    named |= {"the result": asked.output, "the ledger": asked.ledger}
    places = [rejects_of_day(past.rejects, each.as_of) for each in past.dates]
    rejects = {f"the rejects in {place}": place for place in (*places, *past.fact_rejects)}
    keep_apart({**named, **rejects}, facts)
    if asked.ledger is not None and os.path.lexists(asked.ledger):
        raise Failure(
            f"{asked.ledger} is there already, and a replay begins with an empty ledger\nName a new file, or move this one away."
        )


def _within(text: str) -> Within:
    found = _TIME.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        raise click.UsageError(f"--back-within: {text!r} is not a time like `90 days`, `2 quarters` or `2 reviews`")
    if found[2] == "review":
        return Within(reviews=int(found[1]))
    return Within(Duration(int(found[1]), _UNITS[found[2]]))
