"""A rule file over an account file on both engines, which must say the same of every account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import attrs
import duckdb

from tierlang.accounts.accounts import open_accounts
from tierlang.accounts.problems import Problems
from tierlang.accounts.setting_aside import take_in
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.engines.interpreter.facts import Account
from tierlang.engines.sql.run import Evaluated, Run
from tierlang.pipeline import load
from tierlang.program.nodes import Program
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Assignment, Summary
from tierlang.program.values import Kind, Value


@attrs.frozen
class Both:
    """What both engines found, and what the door left aside."""

    program: Program
    accounts: tuple[Account, ...]
    assignments: tuple[Assignment, ...]
    summary: Summary
    aside: Problems | None

    def of(self, key: str) -> Assignment:
        """The assignment of one account."""
        return next(each for each in self.assignments if each.key == key)

    def counts(self) -> dict[str | None, int]:
        """Accounts by tier, those without one under None; all tiers, also empty ones."""
        tiers: dict[str | None, int] = {each.tier: each.count for each in self.summary.tiers}
        return {**tiers, None: sum(1 for each in self.assignments if each.tier is None)}


def program_of(rules: Path, settings: Mapping[str, str] | None = None) -> Program:
    """The compiled rules; they must be without errors."""
    loaded = load(str(rules), settings or {})
    assert loaded.program is not None, [f"{d.code}: {d.message}" for d in loaded.diagnostics]
    return loaded.program


def run_both(
    rules: Path, accounts: Path, as_of: dt.date, settings: Mapping[str, str] | None = None, rejects: Path | None = None
) -> Both:
    """Evaluate on both engines, and fail where they differ."""
    program = program_of(rules, settings)
    with duckdb.connect() as connection:
        run = Run(connection, program, as_of=as_of)
        opened = open_accounts(connection, program, str(accounts))
        try:
            used, aside = take_in(connection, opened, run.score, rejects=str(rejects) if rejects else None)
            found = run.place()
            typed = _typed(connection, program, used.select)
        finally:
            opened.close()
        expected = evaluate(program, typed, as_of)
        assert isinstance(found, Evaluated), found
        assert isinstance(expected, Outcome), expected
        for one, other in zip(found.assignments(), expected.assignments, strict=True):
            assert one == other
        assert found.summary == expected.summary
    return Both(program, typed, expected.assignments, expected.summary, aside)


def _typed(connection: duckdb.DuckDBPyConnection, program: Program, select: str) -> tuple[Account, ...]:
    columns = ", ".join(f'"f_{field.name}"' for field in program.fields)
    rows = connection.execute(f"SELECT key, {columns} FROM ({select})").fetchall()
    return tuple(
        Account(
            row[0],
            {field.name: _value(field.kind, cell) for field, cell in zip(program.fields, row[1:], strict=True)},
        )
        for row in rows
    )


def _value(kind: Kind, cell: object) -> Value:
    match cell:
        case list():
            return tuple(cell)
        case int() if kind is Kind.WHOLE:
            return cell * SCALE
        case None | bool() | int() | str() | dt.date():
            return cell
    raise TypeError(f"{cell!r} of {kind}")
