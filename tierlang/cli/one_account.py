"""One account of a placed population: its typed values, its way through the program, and keys like one that is not there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tierlang.accounts.table import identifier, literal
from tierlang.cli.evaluation import Placed, Request
from tierlang.cli.failure import Failure
from tierlang.diagnostics.suggest import listing
from tierlang.engines.interpreter.facts import Account, Event, Observation
from tierlang.engines.interpreter.trace import Outside, Trace, trace
from tierlang.engines.interpreter.trace_ladder import Decided
from tierlang.engines.interpreter.trace_mobility import Remembered
from tierlang.engines.sql.evaluated import Inside, Moved
from tierlang.program import reasons
from tierlang.program.nodes import Field, Ladder, Program
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value
from tierlang.reports.explained import Ending
from tierlang.reports.explained_ladder import LadderEnding


def trace_of(placed: Placed, request: Request, inside: Inside, past: Remembered | None = None) -> Trace:
    """The account's way through the program, with what the population decided, and what a ledger remembers, handed in."""
    decided = tuple(
        Decided({tier: top is not None and top.inside for tier, top in stages.tops.items()}, stages.placement.tier)
        for stages in inside.ladders
    )
    outside = Outside(inside.percentiles, decided, past)
    return trace(request.program, _account(placed, request.program, inside.assignment.key), request.as_of, outside)


def ending_of(placed: Placed, request: Request, inside: Inside) -> Ending:
    """Where the account ended on each ladder, with the capacities that moved it on in words."""
    summary = placed.result.summary
    eligible = summary.accounts - sum(number for _, number in summary.excluded)
    ladders = tuple(
        LadderEnding(
            stages.placement,
            eligible - figures.unscored,
            tuple(_move(ladder, move) for move in stages.moves),
            {tier: (place.size, place.count) for tier, place in stages.tops.items() if place is not None},
        )
        for ladder, stages, figures in zip(request.program.ladders, inside.ladders, summary.ladders, strict=True)
    )
    return Ending(inside.assignment, request.as_of, ladders)


def _move(ladder: Ladder, move: Moved) -> str:
    tiers = {tier.name: tier for tier in ladder.tiers}
    tier = tiers[move.tier] if move.tier else None
    capacities = tier.capacities if tier else ladder.capacities
    capacity = next(capacity for capacity in capacities if capacity.text == move.capacity)
    return reasons.over_capacity(tier, capacity, tiers[move.to] if move.to else None).removeprefix("; ")


def missing_key(placed: Placed, key: str) -> Failure:
    """Says that no account has the key, and which keys are like it."""
    like = (
        "SELECT key FROM scored WHERE key IS NOT NULL"
        f" ORDER BY key <> trim({literal(key)}), lower(key) <> lower({literal(key)}), ltrim(key, '0') <> ltrim({literal(key)}, '0'),"
        f" jaro_winkler_similarity(lower(key), lower({literal(key)})) DESC, key LIMIT 3"
    )
    near = [row[0] for row in placed.connection.execute(like).fetchall()]
    hint = f"\nLike it are {listing(near)}." if near else ""
    return Failure(f"{placed.accounts.label} has no account with the key {key}.{hint}")


def _account(placed: Placed, program: Program, key: str) -> Account:
    columns = ", ".join(identifier(f"f_{field.name}") for field in program.fields) or "1"
    query = f"SELECT {columns} FROM ({placed.accounts.select}) WHERE key = {literal(key)}"
    row = placed.connection.execute(query).fetchall()[0]
    values = {field.name: _value(field, cell) for field, cell in zip(program.fields, row, strict=False)}
    events: dict[str, list[Event]] = {}
    signals: dict[str, list[Observation]] = {}
    for cells in _rows_of(placed, key):
        name, at = str(cells["fact"]), cells["at"]
        assert isinstance(at, dt.date)
        if name in {signal.name for signal in program.signals}:
            field = next(signal.value for signal in program.signals if signal.name == name)
            signals.setdefault(name, []).append(Observation(at, _value(field, cells.get(f"{name}.value"))))
            continue
        fields = next(event.fields for event in program.events if event.name == name)
        read = {field.name: _value(field, cells.get(f"{name}.{field.name}")) for field in fields}
        events.setdefault(name, []).append(Event(at, read))
    return Account(
        key,
        values,
        {name: tuple(found) for name, found in events.items()},
        {name: tuple(found) for name, found in signals.items()},
    )


def _rows_of(placed: Placed, key: str) -> Iterator[dict[str, object]]:
    """The rows of the account in all files of facts, by the names of their columns."""
    for file in placed.facts:
        query = f"SELECT * FROM ({file.select}) WHERE account = {literal(key)} AND fact IS NOT NULL"
        found = placed.connection.execute(query)
        names = [column[0] for column in found.description]
        yield from (dict(zip(names, row, strict=True)) for row in found.fetchall())


def _value(field: Field, cell: object) -> Value:
    """A cell of the typed relation as the language's value: whole numbers come unscaled."""
    match cell:
        case bool() | str() | dt.date() | None:
            return cell
        case int():
            return cell * SCALE if field.kind is Kind.WHOLE else cell
        case list():
            return tuple(str(tag) for tag in cell)
        case _:
            raise TypeError(f"{field.name} has a value of the type {type(cell).__name__}")
