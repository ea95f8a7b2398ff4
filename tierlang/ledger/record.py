"""Writing one run into a ledger: all of it in one transaction, in a few set-based inserts."""

from __future__ import annotations

import datetime as dt

import duckdb

from tierlang import __version__
from tierlang.ledger.create import create, is_empty, transaction
from tierlang.ledger.digests import NOTHING, digests, fingerprint
from tierlang.ledger.errors import LedgerError
from tierlang.ledger.head import applied, head
from tierlang.ledger.names import renames
from tierlang.ledger.run import NewRun, Recorded
from tierlang.ledger.schema import MOVES, RUNS
from tierlang.program.nodes import Program


def record(
    connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, run: NewRun, planned: str
) -> Recorded:
    """Write a run, in the caller's transaction or one of its own; an empty catalog gets its schema first. Raises LedgerError, and then nothing is written.

    `planned` is a relation with one row for each account that the plan speaks of: `key, act, cause, trigger, from_tier, tier, from_base, base, since, settled_until, pinned, absences, approver, score,
    reason, scores, signals`. `act` is `assign`, `move`, `close`, `stay`, `wait` or `observe`. What goes into `moves` is found by comparing with the ledger: `close` closes; an account that was not open is
    assigned, one whose tier is another is moved, one whose tier is the same but not its base, `since`, `settled_until`, `pinned` or `absences` is recorded as staying; where nothing differs, nothing is
    written. Accounts that `stay` or `wait` keep the ledger's tier. `scores` and `signals` are what differs from the last observation.
    """
    with transaction(connection):
        if is_empty(connection, catalog):
            create(connection, catalog)
        before = head(connection, catalog)
        _refuse(connection, catalog, run, before.as_of if before else None)
        number = before.run + 1 if before else 1
        _rename(connection, catalog, program, number)
        _move(connection, catalog, program, run, number, planned)
        _observe(connection, catalog, run, number, planned)
        _override(connection, catalog, run, number)
        _rules(connection, catalog, program, run, number)
        digest = digests(connection, catalog, number).get(number, NOTHING)
        printed = _run(connection, catalog, program, run, number, before.fingerprint if before else None, digest)
        return _counted(connection, catalog, number, printed)


def _refuse(connection: duckdb.DuckDBPyConnection, catalog: str, run: NewRun, last: dt.date | None) -> None:
    """What would make the ledger lie; `plan` and `apply` have said so in better words before."""
    by = applied(connection, catalog, run.plan)
    if by is not None:
        raise LedgerError(f"this plan was applied already: it is run {by} of the ledger")
    if last is not None and run.as_of < last:
        raise LedgerError(f"the last run of the ledger is as of {last}; a run as of {run.as_of} would lie before it")


def _rename(connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, number: int) -> None:
    found = renames(connection, catalog, program) if number > 1 else ()
    for rename in found:
        connection.execute(
            f"INSERT INTO {catalog}.renames VALUES ($1, $2, $3, $4)", [number, rename.kind, rename.old, rename.new]
        )


def _move(
    connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, run: NewRun, number: int, planned: str
) -> None:
    word = _words(connection, program)
    columns = ", ".join(f'"{column.name}"' for column in MOVES.columns)
    if number == 1:
        strange = connection.execute(
            f"SELECT key FROM {planned} WHERE act IN ('move', 'stay', 'wait', 'close') LIMIT 1"
        ).fetchall()
        if strange:
            raise _unfit(strange[0][0], "it holds nothing in this ledger")
        connection.execute(
            f"""
            INSERT INTO {catalog}.moves ({columns})
            SELECT 1, key, 'assign', cause, p."trigger", NULL, tier, NULL, base, since, settled_until, pinned, absences, score, reason, {word}, NULL
            FROM {planned} p WHERE act = 'assign'
            """
        )
        return
    connection.execute(_compared(catalog, planned, word))
    _fits(connection)
    connection.execute(
        f"""
        INSERT INTO {catalog}.moves ({columns})
        SELECT {number}, key, kind, cause, CASE WHEN cause = 'trigger' THEN "trigger" END, from_tier, CASE WHEN kind <> 'close' THEN new_tier END, from_base,
          CASE WHEN kind <> 'close' THEN new_base END, CASE WHEN kind <> 'close' THEN since END, CASE WHEN kind <> 'close' THEN settled_until END, kind <> 'close' AND pinned,
          CASE WHEN kind = 'close' THEN 0 ELSE absences END, score, reason, word, CASE WHEN kind IN ('move', 'close') THEN approver END
        FROM compared WHERE changed
        """
    )
    connection.execute("DROP TABLE compared")


def _compared(catalog: str, planned: str, word: str) -> str:
    """Every account that the plan does more than observe, beside what the ledger says of it."""
    keeps = "p.act IN ('stay', 'wait') AND s.account IS NOT NULL AND p.cause IS DISTINCT FROM 'merged'"
    return f"""
        CREATE OR REPLACE TEMP TABLE compared AS
        SELECT *,
          CASE WHEN act = 'close' THEN 'close' WHEN NOT known THEN 'assign' WHEN new_tier IS DISTINCT FROM from_tier THEN 'move' ELSE 'stay' END AS kind,
          act = 'close' OR NOT known OR new_tier IS DISTINCT FROM from_tier OR new_base IS DISTINCT FROM from_base OR since IS DISTINCT FROM from_since
            OR settled_until IS DISTINCT FROM from_settled OR pinned IS DISTINCT FROM from_pinned OR absences IS DISTINCT FROM from_absences AS changed
        FROM (
          SELECT p.key, p.act, p.cause, p."trigger", p.from_tier AS planned_from, p.since, p.settled_until, p.pinned, p.absences, p.score, p.reason, p.approver, {word} AS word,
            CASE WHEN {keeps} THEN s.tier ELSE p.tier END AS new_tier, CASE WHEN {keeps} AND p.base IS NULL THEN s.base ELSE p.base END AS new_base,
            s.account IS NOT NULL AS known, s.tier AS from_tier, s.base AS from_base, s.since AS from_since, s.settled_until AS from_settled,
            s.pinned AS from_pinned, s.absences AS from_absences
          FROM {planned} p LEFT JOIN {catalog}.standing s ON s.account = p.key WHERE p.act <> 'observe'
        )
    """


def _fits(connection: duckdb.DuckDBPyConnection) -> None:
    strange = connection.execute(
        """
        SELECT key, CASE WHEN act = 'assign' THEN 'it is open in this ledger' WHEN known THEN 'it holds another tier in this ledger' ELSE 'it holds nothing in this ledger' END
        FROM compared WHERE (act = 'assign') = known OR (act IN ('move', 'close', 'stay') AND planned_from IS DISTINCT FROM from_tier) ORDER BY key LIMIT 1
        """
    ).fetchall()
    if strange:
        raise _unfit(*strange[0])


def _unfit(key: str, why: str) -> LedgerError:
    return LedgerError(f"this plan was not made for this ledger: of the account {key}, {why}", "Plan again.")


def _words(connection: duckdb.DuckDBPyConnection, program: Program) -> str:
    """On whose word an account is where it is, as an expression over a planned row `p`; brings the table it reads."""
    triggers = program.mobility.triggers if program.mobility else ()
    said = [("trigger", each.name, each.owner.shown) for each in triggers if each.owner]
    said += [("pin", pin.key, pin.owner.shown) for pin in program.pins if pin.owner]
    if not said:
        return "NULL"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE words AS SELECT unnest($1::VARCHAR[]) AS kind, unnest($2::VARCHAR[]) AS name, unnest($3::VARCHAR[]) AS word",
        [list(column) for column in zip(*said, strict=True)],
    )
    trigger = "(SELECT any_value(word) FROM words WHERE kind = 'trigger' AND name = p.\"trigger\")"
    pin = "(SELECT any_value(word) FROM words WHERE kind = 'pin' AND name = p.key)"
    return f"CASE WHEN p.pinned THEN {pin} WHEN p.cause = 'trigger' THEN {trigger} END"


def _observe(connection: duckdb.DuckDBPyConnection, catalog: str, run: NewRun, number: int, planned: str) -> None:
    for kind, column, cells in (("score", "scores", "e.value, NULL"), ("signal", "signals", "NULL, e.value")):
        connection.execute(
            f"""
            INSERT INTO {catalog}.observations
            SELECT {number}, key, '{kind}', e.key, $1, {cells} FROM (SELECT key, unnest(map_entries({column})) AS e FROM {planned})
            """,
            [run.as_of],
        )


def _override(connection: duckdb.DuckDBPyConnection, catalog: str, run: NewRun, number: int) -> None:
    rows = [[number, "approval", approval.trigger, approval.key, None] for approval in run.approvals]
    if run.override is not None:
        rows.append([number, "breaker", None, None, run.override])
    if rows:
        connection.executemany(f"INSERT INTO {catalog}.overrides VALUES ($1, $2, $3, $4, $5)", rows)


def _rules(connection: duckdb.DuckDBPyConnection, catalog: str, program: Program, run: NewRun, number: int) -> None:
    """The rules, if the ledger has not seen them."""
    known = connection.execute(f"SELECT count(*) FROM {catalog}.rules WHERE fingerprint = $1", [run.rules]).fetchall()
    if not known[0][0]:
        texts = [{"path": path, "text": text} for path, text in run.texts]
        connection.execute(
            f"INSERT INTO {catalog}.rules VALUES ($1, $2, $3, $4, $5::STRUCT(path VARCHAR, text VARCHAR)[])",
            [run.rules, number, program.name, program.version, texts],
        )


def _run(
    connection: duckdb.DuckDBPyConnection,
    catalog: str,
    program: Program,
    run: NewRun,
    number: int,
    before: str | None,
    digest: str,
) -> str:
    """The row of the run; its fingerprint."""
    ladder, freeze = program.ladders[0], run.occasion.freeze
    facts: dict[str, object] = {
        "run": number,
        "plan": run.plan,
        "as_of": run.as_of,
        "review": run.occasion.review,
        "freeze": None if freeze is None else freeze.label or f"{freeze.start} to {freeze.end}",
        "ruleset": program.name,
        "version": program.version,
        "rules": run.rules,
        "ladder": ladder.name,
        "score": None if ladder.by is None else ladder.by.name,
        "data": run.data,
        "arguments": run.arguments,
        "tierlang": __version__,
    }
    printed = fingerprint(before, facts, digest)
    row = {
        **facts,
        "digest": digest,
        "fingerprint": printed,
        "applied_at": run.applied_at,
        "applied_by": run.applied_by,
    }
    names = [column.name for column in RUNS.columns]
    marks = ", ".join(f"${position + 1}" for position in range(len(names)))
    connection.execute(f"INSERT INTO {catalog}.runs VALUES ({marks})", [row[name] for name in names])
    return printed


def _counted(connection: duckdb.DuckDBPyConnection, catalog: str, number: int, printed: str) -> Recorded:
    kinds = dict(
        connection.execute(f"SELECT kind, count(*) FROM {catalog}.moves WHERE run = {number} GROUP BY kind").fetchall()
    )
    seen = connection.execute(f"SELECT count(*) FROM {catalog}.observations WHERE run = {number}").fetchall()[0][0]
    assigned, moved, closed, stayed = (int(kinds.get(kind, 0)) for kind in ("assign", "move", "close", "stay"))
    return Recorded(number, printed, assigned, moved, closed, stayed, int(seen))
