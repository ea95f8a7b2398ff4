"""The summary of a run: every figure finds its words, at 80 columns, in plain ASCII away from a terminal."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import attrs
import pytest
from rich.console import Console

from tests.golden import assert_golden
from tests.reports.facts_model import EVENTS, SIGNALS
from tierlang.program.expressions import Constant, Defined
from tierlang.program.nodes import (
    Aggregate,
    Bound,
    Condition,
    Exclusion,
    Field,
    Ladder,
    Limits,
    Mark,
    Pin,
    Program,
    Tier,
)
from tierlang.program.outcome import AdjustmentCount, CutTie, FactFigures, LadderSummary, Seats, Summary, TierCount
from tierlang.program.values import Kind
from tierlang.reports.run_facts import Aside, FactSource, RunFacts
from tierlang.reports.summary import print_summary

GOLDEN = Path(__file__).parent / "golden"

YES = Condition(Constant(True, Kind.FLAG), "true")
TIERS = (Tier("one", "Tier 1 (1:1)"), Tier("two", "Tier 2 (1:few)"), Tier("three", "Tier 3 (1:many)"))
PROGRAM = Program(
    name="saas_abm",
    label="Series C SaaS ABM",
    version="2026.4",
    reviewed=None,
    review=None,
    limits=Limits(),
    key=Field("id", Kind.TEXT),
    fields=(),
    missing_cells=(),
    definitions=(),
    exclusions=(Exclusion("competitor", YES, "Competitors are not targets"), Exclusion("partner", YES)),
    relative=(),
    ladders=(Ladder(None, None, Defined("priority", Kind.NUMBER), TIERS),),
    owners=(),
    pins=(),
)
EMPTY_LADDER = LadderSummary(
    name=None,
    tiers=tuple(TierCount(tier.name, 0) for tier in TIERS),
    untiered=0,
    unscored=0,
    seats=(),
    ties=(),
    uncovered=(),
    unclustered=(),
)
EMPTY = Summary(
    accounts=0,
    excluded=(),
    ladders=(EMPTY_LADDER,),
    marks=(),
    doubts=(),
    ungrouped=(),
    pins_unknown=(),
    pins_expired=(),
    pins_excluded=(),
)
FULL = Summary(
    accounts=2612,
    excluded=(("competitor", 60), ("partner", 40)),
    ladders=(
        LadderSummary(
            name=None,
            tiers=(TierCount("one", 25), TierCount("two", 200), TierCount("three", 2000)),
            untiered=287,
            unscored=31,
            seats=(
                Seats("one", "capacity 15 per ae", "Dana Lee", 22, 15, 15, None),
                Seats("one", "capacity 30..50", None, 25, 25, 50, 30),
                Seats("two", "capacity 200", None, 260, 200, 200, None),
                Seats("three", "capacity 1_999", None, 2000, 2000, 1999, None),
            ),
            ties=(
                CutTie("two", "capacity 200", None, 3, 4, ("A-1003", "A-1009", "A-1221", "A-1300", "A-1400")),
                CutTie("one", "top 5% per region", "EMEA", 1, 1, ("A-1", "A-2")),
            ),
            uncovered=(("one", "sdr", 2), ("two", "ae", 31)),
            unclustered=(("two", 14),),
        ),
    ),
    marks=(),
    doubts=(
        ("score priority: fit is missing, which is left out", 412),
        ("tier one: `employees >= 500 and not customer` is unknown, so it does not hold", 1031),
    ),
    ungrouped=(("ae", 17),),
    pins_unknown=("0015", "A-9999"),
    pins_expired=("A-7",),
    pins_excluded=("A-77",),
)
RUN = RunFacts("accounts.csv", dt.date(2026, 11, 1), today=False)

BOOK = (Tier("named", "Named TA"), Tier("pooled"))
SECURED = (Bound("floor", "one", YES, "true"),)
LADDERS = attrs.evolve(
    PROGRAM,
    ladders=(
        attrs.evolve(PROGRAM.ladders[0], floors=SECURED),
        Ladder("coverage", "Who looks after it", None, BOOK, floors=SECURED),
    ),
    marks=(Mark("surging", YES, "Surging now"), Mark("stale", YES)),
    pins=(Pin("A-1", "one", None, None, None),),
    events=EVENTS,
    signals=SIGNALS,
    facts=(Aggregate("orders", Kind.WHOLE, "order", "count", None, None, None, "count of order ever"),),
)
LADDERS_RUN = Summary(
    accounts=91,
    excluded=(("competitor", 1), ("partner", 0)),
    ladders=(
        LadderSummary(
            name=None,
            tiers=(TierCount("one", 12), TierCount("two", 28), TierCount("three", 0)),
            untiered=50,
            unscored=0,
            seats=(
                Seats(None, "capacity 5 per ae", "Kim", 9, 5, 5, None),
                Seats(None, "capacity 40", None, 64, 40, 40, None),
                Seats("one", "capacity 10", None, 12, 12, 10, None),
                Seats(
                    "two",
                    "capacity 2M of arr",
                    None,
                    3_499_000_0000,
                    1_999_500_0000,
                    2_000_000_0000,
                    2_100_000_0000,
                    True,
                ),
            ),
            ties=(CutTie(None, "capacity 40", None, 1, 2, ("A", "B", "C")),),
            uncovered=(),
            unclustered=(),
            adjustments=(
                AdjustmentCount("raise 1", "Fresh money", 1_234, 24, 11),
                AdjustmentCount("floor at two", "an evaluation that the account executive entered by hand", 3, 0, 0),
            ),
        ),
        LadderSummary(
            name="coverage",
            tiers=(TierCount("named", 31), TierCount("pooled", 59)),
            untiered=0,
            unscored=0,
            seats=(Seats("named", "capacity 30 per ta", "Lee", 31, 31, 30, None),),
            ties=(),
            uncovered=(("named", "ta", 4),),
            unclustered=(),
            adjustments=(AdjustmentCount("cap at pooled", "Silent", 5, 5, 0),),
        ),
    ),
    marks=(("surging", 7), ("stale", 0)),
    doubts=(),
    ungrouped=(),
    pins_unknown=(),
    pins_expired=(),
    pins_excluded=(),
)
FACTS_RUN = RunFacts(
    "customers.csv",
    dt.date(2026, 11, 22),
    today=False,
    aside=(Aside(1, "customers.csv", "bad.csv"), Aside(3, "orders.csv", "bad.orders.csv")),
    figures=(
        FactFigures("order", 830, 12, 2, 1, ("X",)),
        FactFigures("visit", 1204, 0, 0, 0, ()),
        FactFigures("intent", 56, 1, 7, 5, ("K-1", "K-2", "K-3")),
    ),
    sources=(
        FactSource("orders.csv", ("order", "visit"), 5, ("oder", "vist")),
        FactSource("intent.csv", ("intent",)),
    ),
)


def shown(summary: Summary, run: RunFacts = RUN, program: Program = PROGRAM, **console: object) -> str:
    file = io.StringIO()
    options: dict[str, object] = {"width": 80, "color_system": None, "force_terminal": False, **console}
    print_summary(Console(file=file, **options), program, summary, run)  # type: ignore[arg-type]
    return file.getvalue()


def own(accounts: int = 1, **figures: object) -> Summary:
    """A run about which only this is known, of its accounts and of its own ladder."""
    ladder = attrs.evolve(EMPTY_LADDER, **figures)  # type: ignore[arg-type]
    return attrs.evolve(EMPTY, accounts=accounts, ladders=(ladder,))


def test_everything_at_once_away_from_a_terminal() -> None:
    run = attrs.evolve(RUN, today=True, aside=(Aside(12, "accounts.csv", "rejects.csv"),), rounded=3)
    text = shown(FULL, run)
    assert text.isascii()
    assert max(len(line) for line in text.splitlines()) <= 80
    assert_golden(GOLDEN / "summary_plain.txt", text)


def test_everything_at_once_on_a_terminal() -> None:
    class Utf8(io.StringIO):
        encoding = "utf-8"

    file = Utf8()
    print_summary(Console(file=file, width=80, color_system=None, force_terminal=True), PROGRAM, FULL, RUN)
    assert "█" in file.getvalue()
    assert_golden(GOLDEN / "summary_terminal.txt", file.getvalue())


def test_ladders_marks_events_and_capacities_of_sums() -> None:
    text = shown(LADDERS_RUN, FACTS_RUN, LADDERS)
    assert text.isascii()
    assert max(len(line) for line in text.splitlines()) <= 80
    assert_golden(GOLDEN / "summary_ladders.txt", text)


def test_a_type_that_the_rules_read_and_no_row_has_deserves_a_look() -> None:
    run = attrs.evolve(FACTS_RUN, figures=(FactFigures("order", 0, 0, 0, 0, ()), FactFigures("visit", 0, 0, 0, 0, ())))
    text = shown(LADDERS_RUN, run, LADDERS)
    assert "There are no order events in orders.csv, though the rules read them." in text
    assert "visit events" not in text


def test_a_run_without_anything_special_is_only_the_picture() -> None:
    calm = own(accounts=3, tiers=(TierCount("one", 1), TierCount("two", 2), TierCount("three", 0)))
    lines = shown(calm).splitlines()
    assert "Worth a look" not in lines
    assert len([line for line in lines if line.strip()]) == 2 + 1 + 3


def test_a_file_without_accounts_is_said() -> None:
    text = shown(EMPTY)
    assert "The file has no accounts." in text
    assert "0 accounts from accounts.csv" in text


@pytest.mark.parametrize("width", [40, 60, 100, 300])
def test_any_width_is_kept(width: int) -> None:
    assert max(len(line) for line in shown(FULL, width=width).splitlines()) <= max(width, 100)


def test_long_names_and_labels_are_cut_rather_than_the_figures() -> None:
    tiers = (Tier("a_very_long_name_of_a_tier_indeed", "A label that never ends, really, it does not"), *TIERS[1:])
    program = attrs.evolve(PROGRAM, ladders=(attrs.evolve(PROGRAM.ladders[0], tiers=tiers),))
    counts = (TierCount(tiers[0].name, 1_234_567), TierCount("two", 1), TierCount("three", 1))
    text = shown(own(accounts=1_234_569, tiers=counts), program=program)
    assert "1,234,567" in text
    assert ">99.9%" in text


def test_the_fullest_group_of_a_capacity_is_named() -> None:
    seats = (Seats("one", "capacity 15 per ae overflow down", None, 22, 15, 15, None),)
    assert "one without ae (the fullest): 22 accounts for 15 seats, so 7 moved on" in shown(own(seats=seats))


def test_square_brackets_in_names_are_shown_as_they_are() -> None:
    text = shown(attrs.evolve(EMPTY, accounts=1, doubts=(("score x: [red]y[/red] is missing", 1),)))
    assert "[red]y[/red]" in text
