"""The picture of a plan: the matrix, the words of its numbers."""

from __future__ import annotations

import datetime as dt
import io

import attrs
from rich.console import Console

from tierlang.planning.figures import Counted, Figures
from tierlang.planning.header import Due, Frozen, Head, LedgerHead, Rules
from tierlang.reports.plan_matrix import matrix, matrix_picture
from tierlang.reports.plan_words import breaker_words, due_words, headlines, occasion_words

DAY = dt.date(2026, 11, 1)
COUNTS = (
    Counted(90, None, from_tier="one", tier="one"),
    Counted(8, "move", "review", None, "one", "two"),
    Counted(1, "move", "review", None, "two", "one"),
    Counted(2, "move", "retired", None, "gold", "two"),
    Counted(3, "wait", None, "funded", "two", "two", "one", "approval"),
    Counted(4, "close", "exclusion", None, "two", None),
    Counted(1, "close", "absence", None, "one", None),
    Counted(5, "stay", "absence", None, None, None),
    Counted(1_000, "assign", "new", None, None, "two"),
    Counted(1, "assign", "new", None, None, None),
)
FIGURES = Figures(("one", "two"), COUNTS, open_rows=114, present=1_100, limit=1_000)
HEAD = Head(
    plan="0",
    as_of=DAY,
    review=False,
    rules=Rules("a.tier", "a", None, None, "f"),
    ledger=LedgerHead("a.ledger", 1, DAY, "e"),
    inputs=(),
    tiers=(("one", None), ("two", None)),
    figures=FIGURES,
    accounts=1_101,
)


def test_the_matrix_has_everybody_once() -> None:
    found = matrix(FIGURES)
    assert found.rows == ("one", "two", "gold", "no tier", "new")
    assert found.columns == ("one", "two", "no tier", "closed")
    assert sum(found.cells.values()) == sum(each.accounts for each in COUNTS)
    assert found.cells["two", "two"] == 3
    assert found.cells["gold", "two"] == 2


def test_bars_are_to_the_scale_of_what_moves_and_new_ones_to_their_own() -> None:
    screen = Console(file=io.StringIO(), width=100)
    with screen.capture() as capture:
        screen.print(matrix_picture(FIGURES, 100, fancy=False))
    lines = [line.split() for line in capture.get().splitlines()]
    assert lines == [
        ["from", "/", "to", "one", "two", "no", "tier", "closed"],
        ["one", "90", "=", "8", "#####", ".", "1", "#"],
        ["two", "1", "#", "3", "=", ".", "4", "##"],
        ["gold", ".", "2", "#", ".", "."],
        ["no", "tier", ".", ".", "5", "=", "."],
        ["new", ".", "1,000", "#####", "1", "#", "."],
    ]


def test_a_ladder_of_many_tiers_has_no_room_for_bars() -> None:
    tiers = tuple(f"a_long_name_{number}" for number in range(9))
    counts = tuple(Counted(100_000, "move", "review", None, tiers[0], tier) for tier in tiers[1:])
    screen = Console(file=io.StringIO(), width=100)
    with screen.capture() as capture:
        screen.print(matrix_picture(Figures(tiers, counts, open_rows=1, present=1), 100, fancy=False))
    lines = capture.get().splitlines()
    assert "#" not in capture.get()
    assert lines[1].split() == ["a_long_name_0", ".", *["100,000"] * 8]


def test_the_headlines() -> None:
    assert dict(headlines(HEAD)) == {
        "Moves": "1 up, 8 down, 2 out of retired tiers",
        "New": "1,001",
        "Closed": "4 excluded, 1 absent at two reviews in a row",
        "Absent": "5 holders are not in the data, and keep their tiers",
        "Waiting": "3 for approval",
        "Breaker": "21 of 114 holders (18.4%) move, leave or are absent: over the 10% that may; to apply it all the same, say why with --override-breaker",
    }


def test_without_a_breaker() -> None:
    head = attrs.evolve(HEAD, figures=attrs.evolve(FIGURES, limit=None))
    assert breaker_words(head).endswith("the rules set no limit")


def test_exactly_the_share_may_move() -> None:
    counts = (Counted(1, "move", "review", None, "one", "two"), Counted(9, None, from_tier="one", tier="one"))
    figures = Figures(("one", "two"), counts, open_rows=10, present=10, limit=1_000)
    assert not figures.breaker.open
    assert attrs.evolve(figures, limit=999).breaker.open


def test_what_sort_of_run_it_is() -> None:
    assert occasion_words(HEAD) == "between reviews"
    assert occasion_words(attrs.evolve(HEAD, review=True)) == "a review"
    assert occasion_words(attrs.evolve(HEAD, ledger=LedgerHead("a"))) == "the first run"
    assert (
        occasion_words(attrs.evolve(HEAD, freeze=Frozen(DAY, DAY, "Year end")))
        == "in a freeze until 2026-11-01 (Year end)"
    )


def test_what_comes_next() -> None:
    soon, later = dt.date(2026, 12, 1), dt.date(2027, 2, 1)
    due = Due(dt.date(2027, 1, 1), None, ((soon, 4), (later, 9)), (("A", soon),))
    assert list(due_words(attrs.evolve(HEAD, due=due))) == [
        "the next review is due on 2027-01-01",
        "4 cool-downs end on 2026-12-01",
        "1 pin ends: A (last day 2026-12-01)",
    ]
