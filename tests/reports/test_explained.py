"""The explain view: every factor of one account, in words."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from tests.golden import assert_golden
from tests.reports.model import ACCOUNTS, AS_OF, PROGRAM
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.engines.interpreter.trace import Outside, Trace, trace
from tierlang.engines.interpreter.trace_ladder import Decided
from tierlang.program.nodes import Program
from tierlang.program.outcome import Assignment
from tierlang.reports.explained import Ending, print_explained
from tierlang.reports.explained_ladder import LadderEnding

GOLDEN = Path(__file__).parent / "golden"


def assigned() -> dict[str, Assignment]:
    outcome = evaluate(PROGRAM, ACCOUNTS, AS_OF)
    assert isinstance(outcome, Outcome)
    return {assignment.key: assignment for assignment in outcome.assignments}


def shown(key: str, moves: tuple[str, ...] = (), width: int = 80) -> str:
    account = next(account for account in ACCOUNTS if account.key == key)
    assignment = assigned()[key]
    decided = Decided({"two": key in ("A-1", "A-2", "A-3")}, assignment.tier)
    end = LadderEnding(assignment.own, len(ACCOUNTS), moves, {"two": (3, 5)})
    followed = trace(PROGRAM, account, AS_OF, Outside({"standing": 500_000}, (decided,)))
    return written(PROGRAM, followed, Ending(assignment, AS_OF, (end,)), width)


def written(program: Program, followed: Trace, ending: Ending, width: int = 80) -> str:
    file = io.StringIO()
    print_explained(Console(file=file, width=width, color_system=None, force_terminal=False), program, followed, ending)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "key", "moves"),
    [
        ("displaced", "A-1", ("over capacity of one (1), moved to two",)),
        ("missing_data", "A-3", ()),
        ("pinned", "A-4", ()),
        ("excluded", "A-5", ()),
    ],
)
def test_an_account(name: str, key: str, moves: tuple[str, ...]) -> None:
    text = shown(key, moves)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert_golden(GOLDEN / f"explained_{name}.txt", text)


def test_a_line_that_cannot_be_judged_names_the_missing_field() -> None:
    assert "unknown: potential missing; worth 40" in shown("A-3", width=100)


def test_an_unscored_account_says_how_much_is_known() -> None:
    assert "only 20% of the weight is known, and the rule wants 60%" in shown("A-6")


def test_a_field_that_owns_the_tier_shows_its_value() -> None:
    assert "Kim (ae)" in shown("A-4")
