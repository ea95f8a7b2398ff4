"""The explain view of events, signals, lookups, marks, adjustments, conditional lines and plays, and of a further ladder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.golden import assert_golden
from tests.reports.test_explained import written
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.engines.interpreter.facts import Account, Event, Observation
from tierlang.engines.interpreter.trace import Outside, trace
from tierlang.engines.interpreter.trace_ladder import Decided
from tierlang.pipeline import load
from tierlang.program.values import Value
from tierlang.reports.explained import Ending
from tierlang.reports.explained_ladder import LadderEnding

HERE = Path(__file__).parent
AS_OF = dt.date(2026, 11, 22)
PROGRAM = load(str(HERE / "rules" / "facts.tier")).program


def ago(days: int) -> dt.date:
    return AS_OF - dt.timedelta(days=days)


def orders(*found: tuple[int, float | None]) -> tuple[Event, ...]:
    """Orders so many days ago, with their freight."""
    return tuple(
        Event(ago(days), {"freight": None if freight is None else round(freight * 10_000)}) for days, freight in found
    )


def observed(*found: tuple[int, float | None]) -> tuple[Observation, ...]:
    """The intent so many days ago."""
    return tuple(Observation(ago(days), None if value is None else round(value * 10_000)) for days, value in found)


def account(
    key: str,
    events: Mapping[str, tuple[Event, ...]] | None = None,
    signals: Mapping[str, tuple[Observation, ...]] | None = None,
    **values: Value,
) -> Account:
    return Account(key, {"arr": 0, **values}, events or {}, signals or {})


BUSY = account(
    "BUSY",
    {
        "order": orders(
            (-3, 50),
            (0, 32.38),
            (0, 11),
            (5, 12),
            (20, 9.5),
            (33, 40),
            (40, 40),
            (61, 25.5),
            (80, None),
            (120, 70),
            (400, 7),
        ),
        "visit": tuple(Event(ago(days), {}) for days in (1, 1, 2, 3, 14, 15, 90)),
    },
    {"intent": observed((30, 90), (6, 85), (6, 70), (2, 81), (-1, 10))},
    fit=900_000,
    segment="SMB",
    arr=2_000_000_0000,
)
FADED = account(
    "FADED",
    {"order": orders(*((days, 20 + days) for days in range(0, 90, 2)), *((days, 1) for days in range(100, 912)))},
    {"intent": observed(*((days, 100 - days) for days in range(20)))},
    fit=300_000,
    segment="SMB",
)
SILENT = account("SILENT", {}, {"intent": observed((40, 99))}, fit=950_000, segment="EU")
NEVER = account("NEVER", fit=500_000)
EXCLUDED = account("EXCLUDED", {"visit": (Event(ago(3)),)}, name="Rival")
ACCOUNTS = (BUSY, FADED, SILENT, NEVER, EXCLUDED)


def explained(chosen: Account, moves: Sequence[tuple[str, ...]] = ((), ())) -> str:
    assert PROGRAM is not None
    outcome = evaluate(PROGRAM, ACCOUNTS, AS_OF)
    assert isinstance(outcome, Outcome)
    assignment = next(each for each in outcome.assignments if each.key == chosen.key)
    decided = tuple(Decided({}, placement.tier) for placement in assignment.placements)
    ends = tuple(
        LadderEnding(placement, 4, moved) for placement, moved in zip(assignment.placements, moves, strict=True)
    )
    return written(PROGRAM, trace(PROGRAM, chosen, AS_OF, Outside({}, decided)), Ending(assignment, AS_OF, ends))


@pytest.mark.parametrize("chosen", ACCOUNTS, ids=lambda chosen: chosen.key.lower())
def test_an_account(chosen: Account) -> None:
    text = explained(chosen)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert_golden(HERE / "golden" / f"facts_{chosen.key.lower()}.txt", text)
