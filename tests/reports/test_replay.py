"""The report of a replay: dates, pictures, stability; two of them side by side; and the same as JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import attrs
import pytest
from rich.console import Console

from tests.golden import assert_golden
from tests.reports.replay_model import COMPARED, HERE
from tierlang.planning.replaying_figures import Day
from tierlang.reports.replay import print_replay
from tierlang.reports.replay_compared import print_comparison
from tierlang.reports.replay_json import comparison_json, replay_json
from tierlang.reports.sparks import sparkline

GOLDEN = Path(__file__).parent / "golden"


def console(width: int = 100, *, terminal: bool = False) -> tuple[Console, io.StringIO]:
    file = io.StringIO()
    plain = Console(file=file, width=width, color_system=None, force_terminal=terminal, legacy_windows=False)
    return plain, file


def test_a_replay() -> None:
    screen, file = console()
    print_replay(screen, HERE)
    assert_golden(GOLDEN / "replay.txt", file.getvalue())


def test_two_side_by_side() -> None:
    screen, file = console()
    print_comparison(screen, COMPARED)
    text = file.getvalue()
    assert_golden(GOLDEN / "replay_compared.txt", text[text.index(" rules.tier against") :])


def test_a_narrow_console_gets_whole_columns() -> None:
    wide, narrow = console(), console(60)
    for screen, _ in (wide, narrow):
        print_replay(screen, HERE)
    header = next(line for line in wide[1].getvalue().splitlines() if line.startswith(" date"))
    assert header in narrow[1].getvalue().splitlines()


def test_every_tier_that_has_accounts_is_seen_in_its_bar() -> None:
    tiny = attrs.evolve(HERE.days[0], holders=(("one", 1), ("two", 1), ("three", 1_000_000), (None, 1)))
    screen, file = console()
    print_replay(screen, attrs.evolve(HERE, days=(tiny,)))
    bar = next(line for line in file.getvalue().splitlines() if line.endswith("1,000,003"))
    assert "#=+" in bar


@pytest.mark.parametrize(
    ("limit", "moved", "over"), [(None, 700, False), (5_000, 700, False), (4_999, 700, True), (5_000, 701, True)]
)
def test_the_breaker_counts_moves_exclusions_and_absences(limit: int | None, moved: int, over: bool) -> None:
    day: Day = attrs.evolve(
        HERE.days[1], held=1_400, up=moved - 10, down=0, entered=0, left=0, absent=6, excluded=4, limit=limit
    )
    assert day.over_breaker is over


def test_json_has_the_figures() -> None:
    told = json.loads(comparison_json(COMPARED))
    first = json.loads(replay_json(HERE))["replays"][0]
    assert told["replays"][0] == first
    assert [day["occasion"] for day in first["dates"]] == ["first", "between", "review", "frozen", "between", "review"]
    assert first["dates"][0]["moved_share"] is None
    assert first["dates"][1]["moved_share"] == pytest.approx(12 / 1_400, abs=1e-6)
    assert first["capacities"][1]["most_used"] == 2_050_000
    assert told["elsewhere"][1]["there"] == "not held"


@pytest.mark.parametrize(
    ("values", "low", "plain"),
    [([], None, ""), ([1, 2, 3], None, "_-#"), ([5, 5], None, "=="), ([0, 0], None, "__"), ([None, 4, 8], 0, " -#")],
)
def test_sparks(values: list[int | None], low: int | None, plain: str) -> None:
    assert sparkline(values, fancy=False, low=low) == plain
