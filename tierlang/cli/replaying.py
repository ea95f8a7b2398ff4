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
from tierlang.cli.knowing_past import Known, known_past
from tierlang.cli.progress import Watch
from tierlang.cli.replay_dates import Dated
from tierlang.ledger.record import record
from tierlang.ledger.run import NewRun
from tierlang.pipeline import Loaded, load
from tierlang.planning.approving import approve
from tierlang.planning.columns import PLANNED
from tierlang.planning.decide import decide
from tierlang.planning.replaying import Tally
from tierlang.planning.replaying_figures import Replay
from tierlang.planning.replaying_flapping import Within, flapping
from tierlang.program.fingerprint import fingerprint
from tierlang.program.nodes import Program

WHO = "tierlang replay"


@attrs.frozen
class Past:
    """What is replayed: the dates with their snapshots, the files of facts, and how to read them all. `approvals`: every move that somebody has to approve is approved."""

    dates: tuple[Dated, ...]
    facts: tuple[Given, ...] = ()
    options: Options = attrs.field(factory=Options)
    approvals: bool = True
    within: Within = attrs.field(factory=Within)


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


def replayed(connection: duckdb.DuckDBPyConnection, watch: Watch, rules: Rules, past: Past, catalog: str) -> Replay:
    """Run all dates against the ledger attached under this name, which is empty."""
    program = rules.program
    tally = Tally(tuple(tier.name for tier in program.ladders[0].tiers), past.approvals)
    printed = fingerprint(program)
    for number, each in enumerate(past.dates, 1):
        if len(past.dates) > 1:
            watch.prefix(f"{each.as_of} ({number} of {len(past.dates)}): ")
        _run(connection, watch, rules, past, each, catalog, tally, printed)
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


def _run(
    connection: duckdb.DuckDBPyConnection,
    watch: Watch,
    rules: Rules,
    past: Past,
    dated: Dated,
    catalog: str,
    tally: Tally,
    printed: str,
) -> None:
    """One date: plan, and apply at once."""
    program = rules.program
    watch.phase("Reading the ledger")
    known = known_past(connection, program, dated.as_of, "the ledger of this replay", catalog)
    request = Request(
        program, dated.path, dated.as_of, past.facts, past.options, fact_rejects=tuple(None for _ in past.facts)
    )
    with placed_in(connection, request, watch, known.tables, known.taken) as placed:
        watch.phase("Moving")
        planned = decide(connection, program, placed.result, known.merged, known.occasion, dated.as_of)
        tally.add(connection, planned, placed.result.summary, known.occasion, dated.as_of, placed.accounts.label)
    if past.approvals:
        approve(connection, program, dated.as_of, None)
    record(connection, catalog, program, _new_run(rules, known, dated, printed), PLANNED)


def _new_run(rules: Rules, known: Known, dated: Dated, printed: str) -> NewRun:
    before = known.head.fingerprint if known.head is not None else ""
    made_of = "\n".join([WHO, printed, before, dated.as_of.isoformat(), dated.path])
    return NewRun(
        plan=hashlib.sha256(made_of.encode()).hexdigest(),
        as_of=dated.as_of,
        occasion=known.occasion,
        rules=printed,
        data=hashlib.sha256(dated.path.encode()).hexdigest(),
        applied_at=dt.datetime.now(dt.UTC).replace(tzinfo=None),
        applied_by=WHO,
        texts=rules.texts,
    )


def _clear(connection: duckdb.DuckDBPyConnection) -> None:
    """Take away everything that one run left in the database beside the ledger."""
    for kind, name in _temporary(connection):
        connection.execute(f'DROP {kind} IF EXISTS temp."{name}"')


def _temporary(connection: duckdb.DuckDBPyConnection) -> Sequence[tuple[str, str]]:
    views = "SELECT 'VIEW', view_name FROM duckdb_views() WHERE temporary AND NOT internal"
    tables = "SELECT 'TABLE', table_name FROM duckdb_tables() WHERE temporary"
    return connection.execute(f"{views} UNION ALL {tables}").fetchall()
