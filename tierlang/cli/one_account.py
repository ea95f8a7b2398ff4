"""One account of a placed population: its typed values, its way through the program, and keys like one that is not there."""

from __future__ import annotations

import datetime as dt

from tierlang.accounts.table import identifier, literal
from tierlang.cli.evaluation import Placed
from tierlang.cli.failure import Failure
from tierlang.diagnostics.suggest import listing
from tierlang.engines.interpreter.facts import Account
from tierlang.engines.interpreter.trace import Outside, Trace, trace
from tierlang.engines.sql.run import Inside
from tierlang.program import reasons
from tierlang.program.nodes import Field, Program
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value
from tierlang.reports.explained import Ending


def trace_of(placed: Placed, program: Program, inside: Inside, as_of: dt.date) -> Trace:
    """The account's way through the program, with what the population decided handed in."""
    outside = Outside(inside.percentiles, {tier: top is not None and top.inside for tier, top in inside.tops.items()})
    return trace(program, _account(placed, program, inside.assignment.key), as_of, outside)


def ending_of(placed: Placed, program: Program, inside: Inside, as_of: dt.date) -> Ending:
    """Where the account ended, with the capacities that moved it on in words."""
    tiers = {tier.name: tier for tier in program.ladders[0].tiers}
    moves = [
        reasons.over_capacity(
            tiers[move.tier],
            next(capacity for capacity in tiers[move.tier].capacities if capacity.text == move.capacity),
            tiers[move.to] if move.to else None,
        )
        for move in inside.moves
    ]
    words = tuple(move.removeprefix("; ") for move in moves)
    tops = {tier: (place.size, place.count) for tier, place in inside.tops.items() if place is not None}
    return Ending(inside.assignment, as_of, _ranked(placed), words, tops)


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
    return Account(key, values)


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


def _ranked(placed: Placed) -> int:
    """How many accounts have a rank: the eligible ones, without those that lack the ladder's score."""
    summary = placed.result.summary
    return summary.accounts - sum(number for _, number in summary.excluded) - summary.own.unscored
