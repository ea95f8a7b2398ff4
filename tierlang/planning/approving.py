"""Approvals: moves that waited for somebody's word become moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs
import duckdb

from tierlang.diagnostics.suggest import listing, nearest
from tierlang.ledger.run import Approval
from tierlang.planning.columns import PLANNED
from tierlang.planning.planfile import PlanError
from tierlang.planning.settling import settled_by
from tierlang.planning.sql import cases, day, literal
from tierlang.program.move_reasons import approval_asked, approved
from tierlang.program.nodes import Program, Trigger


@attrs.frozen
class Awaited:
    """How many moves of a trigger wait for approval."""

    trigger: Trigger
    accounts: int


def awaited(connection: duckdb.DuckDBPyConnection, program: Program) -> tuple[Awaited, ...]:
    """The triggers of which moves wait for approval, in the order of the rules."""
    rows = connection.execute(
        f"SELECT trigger, count(*) FROM {PLANNED} WHERE waits = 'approval' GROUP BY ALL"
    ).fetchall()
    counts = dict(rows)
    triggers = program.mobility.triggers if program.mobility else ()
    return tuple(Awaited(each, int(counts[each.name])) for each in triggers if each.name in counts)


def approval(text: str) -> Approval:
    """`TRIGGER` or `TRIGGER:KEY`."""
    trigger, colon, key = text.partition(":")
    return Approval(trigger.strip(), key if colon else None)


def check_approvals(connection: duckdb.DuckDBPyConnection, program: Program, approvals: Iterable[Approval]) -> None:
    """Raises PlanError for an approval of something that does not wait."""
    waiting = [each.trigger.name for each in awaited(connection, program)]
    for each in approvals:
        said = f"--approve {each.trigger}" + ("" if each.key is None else f":{each.key}")
        if each.trigger not in waiting:
            raise _nothing_waits(program, each.trigger, waiting, said)
        if each.key is None:
            continue
        keys = _keys(connection, each.trigger)
        if each.key not in keys:
            close = nearest(each.key, keys)
            meant = f"Did you mean {close}?" if close else f"There wait {listing(keys)}."
            raise PlanError(f"{said}: no move of the account {each.key} by {each.trigger} waits for approval. {meant}")


def _nothing_waits(program: Program, name: str, waiting: Sequence[str], said: str) -> PlanError:
    triggers = [each.name for each in program.mobility.triggers] if program.mobility else []
    if name in triggers:
        hint = f"Moves of {listing(waiting)} do." if waiting else "Nothing in this plan does."
        return PlanError(f"{said}: no move by {name} waits for approval in this plan", hint)
    close = nearest(name, waiting or triggers)
    meant = (
        f"Did you mean {close}?" if close else f"There are {listing(triggers)}." if triggers else "The rules have none."
    )
    return PlanError(f"{said}: there is no trigger {name}. {meant}")


def _keys(connection: duckdb.DuckDBPyConnection, trigger: str) -> list[str]:
    rows = connection.execute(
        f"SELECT key FROM {PLANNED} WHERE waits = 'approval' AND trigger = $1", [trigger]
    ).fetchall()
    return [key for (key,) in rows]


def approve(
    connection: duckdb.DuckDBPyConnection, program: Program, as_of: dt.date, approvals: Sequence[Approval] | None
) -> int:
    """Let the approved moves of `planned` be moves as of this day, with the words of who approved them; how many there are. None approves everything (a replay)."""
    triggers = program.mobility.triggers if program.mobility else ()
    asked = [each for each in triggers if each.approver]
    named = [] if approvals is None else [_meant(each) for each in approvals]
    if not asked or approvals == ():
        return 0
    words = [(f"trigger = {literal(each.name)}", _words(each)) for each in asked]
    chosen = "true" if approvals is None else " OR ".join(named)
    settled = settled_by(program, as_of, literal("trigger"))
    # An account that has taken over the holding of another may be moved to where it has been itself all along.
    back = "proposed IS NOT DISTINCT FROM from_tier"
    connection.execute(
        f"""
        UPDATE {PLANNED} SET act = CASE WHEN {back} THEN 'stay' ELSE 'move' END, cause = CASE WHEN {back} THEN 'merged' ELSE 'trigger' END,
          trigger = CASE WHEN NOT ({back}) THEN trigger END, tier = proposed, base = proposed, since = {day(as_of)}, settled_until = {settled},
          proposed = NULL, waits = NULL, reason = {cases(words, "reason")}
        WHERE waits = 'approval' AND ({chosen})
        """
    )
    rows = connection.execute(f"SELECT count(*) FROM {PLANNED} WHERE approver IS NOT NULL AND waits IS NULL").fetchall()
    return int(rows[0][0])


def _meant(approval: Approval) -> str:
    trigger = f"trigger = {literal(approval.trigger)}"
    return trigger if approval.key is None else f"({trigger} AND key = {literal(approval.key)})"


def _words(trigger: Trigger) -> str:
    """The reason of an approved move: what it would be without the waiting, and whose word it was."""
    before = approval_asked(trigger)
    rest = f"CASE WHEN starts_with(reason, {literal(before)}) THEN substr(reason, {len(before) + 1}) ELSE reason END"
    return f"{rest} || {literal(approved(trigger))}"
