"""A replay: the dates in turn, each planned and applied at once to one ledger, which lives only as long as the replay unless somebody wants it kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

import attrs
import duckdb

from tierlang.accounts.facts import Given
from tierlang.accounts.files import Options
from tierlang.cli.evaluation import Request, placed_in
from tierlang.cli.failure import Failure
from tierlang.cli.hashing import sha256_of
from tierlang.cli.knowing_past import Known, known_past
from tierlang.cli.progress import Watch
from tierlang.cli.rejects import rejects_of_day
from tierlang.cli.replay_dates import Dated
from tierlang.ledger.record import record
from tierlang.ledger.run import Approval, NewRun
from tierlang.pipeline import Loaded, load
from tierlang.planning.approving import approve, awaited
from tierlang.planning.columns import PLANNED
from tierlang.planning.decide import decide
from tierlang.planning.replaying import Snapshot, Tally
from tierlang.planning.replaying_figures import Replay
from tierlang.planning.replaying_flapping import Within, flapping
from tierlang.planning.replaying_memory import Memory
from tierlang.program.fingerprint import fingerprint
from tierlang.program.nodes import Program
from tierlang.program.occasions import occasion_of

WHO = "tierlang replay"

_FEW = ("key",)
"""The columns that nobody will ask for need not be kept."""


@attrs.frozen
class Past:
    """What is replayed: the dates with their snapshots, the files of facts, and how to read them all. `approvals`: every move that somebody has to approve is approved.

    `rejects` is the file for bad rows (each date has its own, `rejects_of_day`), `fact_rejects` those of the files of facts.
    """

    dates: tuple[Dated, ...]
    facts: tuple[Given, ...] = ()
    options: Options = attrs.field(factory=Options)
    approvals: bool = True
    within: Within = attrs.field(factory=Within)
    rejects: str | None = None
    fact_rejects: tuple[str | None, ...] = ()


@attrs.frozen
class Rules:
    """One ruleset: its path, its texts, and what it means."""

    path: str
    loaded: Loaded
    program: Program

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The rule files, the ruleset's own first."""
        return tuple((source.path, source.text) for source in self.loaded.sources)


def rules_at(path: str, settings: Mapping[str, str], said: str) -> Rules:
    """The rules of a file that compiles; `said` is what was not done where it does not."""
    import click

    from tierlang.reports.complaints import coloured, complaints_text

    loaded = load(path, settings)
    if loaded.program is not None:
        return Rules(path, loaded, loaded.program)
    click.echo(complaints_text(loaded.diagnostics, coloured), err=True)
    raise Failure(f"{path} does not compile, so nothing was {said}")


def replayed(
    connection: duckdb.DuckDBPyConnection, watch: Watch, rules: Rules, past: Past, catalog: str, *, kept: bool
) -> Replay:
    """Run all dates against the empty ledger attached under this name; `kept`: it is to be a ledger like any other, not only one that this replay remembers by."""
    program = rules.program
    tally = Tally(tuple(tier.name for tier in program.ladders[0].tiers), past.approvals)
    going = _Going(connection, watch, rules, past, catalog, None if kept else Memory(connection, catalog, program))
    for number, each in enumerate(past.dates, 1):
        watch.prefix(f"{each.as_of} ({number} of {len(past.dates)}): ")
        try:
            going.run(each, tally)
        except Failure as failure:
            if each.path in failure.message:
                raise
            raise Failure(f"{each.path}, as of {each.as_of}: {failure.message}") from failure
        _clear(connection)
    watch.prefix("")
    watch.phase("Looking back")
    returned = flapping(connection, catalog, tally.days, past.within)
    return Replay(
        rules=rules.path,
        title=program.label or program.name,
        version=program.version,
        tiers=tally.tiers,
        days=tuple(tally.days),
        tenures=tally.tenures(),
        within=str(past.within),
        returned=returned.accounts,
        returns=returned.returns,
        flapping=returned.worst,
        peaks=tally.peaks(),
    )


@attrs.frozen
class _Going:
    """A replay on its way; `memory` is None where a ledger is to be kept, which then remembers."""

    connection: duckdb.DuckDBPyConnection
    watch: Watch
    rules: Rules
    past: Past
    catalog: str
    memory: Memory | None

    def run(self, dated: Dated, tally: Tally) -> None:
        """One date: plan, and apply at once."""
        program, as_of, past = self.rules.program, dated.as_of, self.past
        self.watch.phase("Remembering")
        known = self._known(as_of)
        request = Request(
            program,
            dated.path,
            as_of,
            past.facts,
            past.options,
            columns=_FEW,
            rejects=rejects_of_day(past.rejects, as_of),
            fact_rejects=past.fact_rejects,
        )
        with placed_in(self.connection, request, self.watch, known.tables, known.taken) as placed:
            self.watch.phase("Deciding who moves")
            observing = None if self.memory is None else self.memory.observing
            planned = decide(
                self.connection, program, placed.result, known.merged, known.occasion, as_of, observing=observing
            )
            summary, said = placed.result.summary, placed.run
        snapshot = Snapshot(said.accounts, sum(each.rows for each in said.aside))
        tally.add(self.connection, planned, summary, known.occasion, as_of, snapshot)
        approvals: tuple[Approval, ...] = ()
        if self.past.approvals:
            approvals = tuple(Approval(each.trigger.name) for each in awaited(self.connection, program))
            approve(self.connection, program, as_of, None)
        self.watch.phase("Moving")
        if self.memory is not None:
            self.memory.note(as_of, known.occasion)
        else:
            run = _new_run(self.rules, known, dated, approvals)
            record(self.connection, self.catalog, program, run, PLANNED)

    def _known(self, as_of: dt.date) -> Known:
        program = self.rules.program
        if self.memory is None:
            return known_past(self.connection, program, as_of, "the ledger of this replay", self.catalog)
        self.memory.bring(as_of)
        return Known(self.connection, program, None, occasion_of(program, as_of, self.memory.last_review))


def _new_run(rules: Rules, known: Known, dated: Dated, approvals: tuple[Approval, ...]) -> NewRun:
    before = known.head.fingerprint if known.head is not None else ""
    printed = fingerprint(rules.program)
    made_of = "\n".join([WHO, printed, before, dated.as_of.isoformat(), dated.path])
    return NewRun(
        plan=hashlib.sha256(made_of.encode()).hexdigest(),
        as_of=dated.as_of,
        occasion=known.occasion,
        rules=printed,
        data=sha256_of(dated.path),
        applied_at=dt.datetime.now(dt.UTC).replace(tzinfo=None),
        applied_by=WHO,
        texts=rules.texts,
        approvals=approvals,
    )


def _clear(connection: duckdb.DuckDBPyConnection) -> None:
    """Take away everything that one run left in the database beside the ledger."""
    for kind, name in _temporary(connection):
        connection.execute(f'DROP {kind} IF EXISTS temp."{name}"')


def _temporary(connection: duckdb.DuckDBPyConnection) -> Sequence[tuple[str, str]]:
    views = "SELECT 'VIEW', view_name FROM duckdb_views() WHERE temporary AND NOT internal"
    tables = "SELECT 'TABLE', table_name FROM duckdb_tables() WHERE temporary"
    return connection.execute(f"{views} UNION ALL {tables}").fetchall()
