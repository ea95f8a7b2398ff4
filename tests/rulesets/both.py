"""A rule file over files of accounts, events and signals on both engines, which must say the same of every account."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import attrs
import duckdb

from tierlang.accounts.accounts import open_accounts
from tierlang.accounts.facts import FactFile, Given, open_facts, take_in_facts
from tierlang.accounts.problems import Problems
from tierlang.accounts.setting_aside import take_in
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.engines.interpreter.facts import Account, Event, Observation
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.engines.sql.run import Run
from tierlang.pipeline import load
from tierlang.program.nodes import Program
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Assignment, FactFigures, Summary
from tierlang.program.values import Kind, Value


@attrs.frozen
class Both:
    """What both engines found, what the door left aside, and what came in of events and signals."""

    program: Program
    accounts: tuple[Account, ...]
    assignments: tuple[Assignment, ...]
    summary: Summary
    aside: Problems | None
    figures: tuple[FactFigures, ...] = ()

    def of(self, key: str) -> Assignment:
        """The assignment of one account."""
        return next(each for each in self.assignments if each.key == key)

    def counts(self) -> dict[str | None, int]:
        """Accounts by tier of the first ladder, those without one under None; all tiers, also empty ones."""
        tiers: dict[str | None, int] = {each.tier: each.count for each in self.summary.own.tiers}
        return {**tiers, None: sum(1 for each in self.assignments if each.tier is None)}


def program_of(rules: Path, settings: Mapping[str, str] | None = None) -> Program:
    """The compiled rules; they must be without errors."""
    loaded = load(str(rules), settings or {})
    assert loaded.program is not None, [f"{d.code}: {d.message}" for d in loaded.diagnostics]
    return loaded.program


def run_both(
    rules: Path,
    accounts: Path,
    as_of: dt.date,
    settings: Mapping[str, str] | None = None,
    rejects: Path | None = None,
    facts: Sequence[Given] = (),
) -> Both:
    """Evaluate on both engines, and fail where they differ."""
    program = program_of(rules, settings)
    with duckdb.connect() as connection, ExitStack() as opened:
        run = Run(connection, program, as_of=as_of)
        file = open_accounts(connection, program, str(accounts))
        opened.callback(file.close)
        files = open_facts(connection, program, facts)
        for each in files:
            opened.callback(each.close)
        used, aside = take_in(
            connection, file, run.score, table=run.taken_in, rejects=str(rejects) if rejects else None
        )
        run.expect([each.names for each in files])
        read = [_gathered(connection, run, number, each) for number, each in enumerate(files)]
        found = run.place()
        typed = _typed(connection, program, used.select, read)
        expected = evaluate(program, typed, as_of)
        assert isinstance(found, Evaluated), found
        assert isinstance(expected, Outcome), expected
        for one, other in zip(found.assignments(), expected.assignments, strict=True):
            assert one == other
        assert found.summary == expected.summary
    return Both(program, typed, expected.assignments, expected.summary, aside, run.figures)


def _gathered(connection: duckdb.DuckDBPyConnection, run: Run, number: int, file: FactFile) -> FactFile:
    def use(select: str) -> None:
        run.gather(number, select, file.names)

    taken, _ = take_in_facts(connection, file, use, table=run.gathered(number), rejects=None)
    return taken


def _typed(
    connection: duckdb.DuckDBPyConnection, program: Program, select: str, files: Sequence[FactFile]
) -> tuple[Account, ...]:
    columns = ", ".join(f'"f_{field.name}"' for field in program.fields)
    rows = connection.execute(f"SELECT key, {columns} FROM ({select})").fetchall()
    events, signals = _facts(connection, program, files)
    return tuple(
        Account(
            row[0],
            {field.name: _value(field.kind, cell) for field, cell in zip(program.fields, row[1:], strict=True)},
            {name: tuple(found) for name, found in events[row[0]].items()},
            {name: tuple(found) for name, found in signals[row[0]].items()},
        )
        for row in rows
    )


Events = defaultdict[str, defaultdict[str, list[Event]]]
Signals = defaultdict[str, defaultdict[str, list[Observation]]]


def _facts(
    connection: duckdb.DuckDBPyConnection, program: Program, files: Sequence[FactFile]
) -> tuple[Events, Signals]:
    """The events and observations of all accounts, by the account's key and the name."""
    attributes = {event.name: event.fields for event in program.events}
    kinds = {signal.name: signal.kind for signal in program.signals}
    events: Events = defaultdict(lambda: defaultdict(list))
    signals: Signals = defaultdict(lambda: defaultdict(list))
    for file in files:
        found = connection.execute(f"SELECT * FROM ({file.select}) WHERE fact IS NOT NULL")
        names = [column[0] for column in found.description]
        for row in found.fetchall():
            cells = dict(zip(names, row, strict=True))
            name, account, at = cells["fact"], cells["account"], cells["at"]
            if name in kinds:
                signals[account][name].append(Observation(at, _value(kinds[name], cells[f"{name}.value"])))
            else:
                fields = attributes[name]
                values = {field.name: _value(field.kind, cells.get(f"{name}.{field.name}")) for field in fields}
                events[account][name].append(Event(at, values))
    return events, signals


def _value(kind: Kind, cell: object) -> Value:
    match cell:
        case list():
            return tuple(cell)
        case int() if kind is Kind.WHOLE:
            return cell * SCALE
        case None | bool() | int() | str() | dt.date():
            return cell
    raise TypeError(f"{cell!r} of {kind}")
