"""Time's awkward cases, from plan to plan: freezes, pins that end, cool-downs, holds, names that change, days that come twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.files import plain
from tests.cli.planned import Office


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path)


def test_a_freeze_keeps_everybody_and_puts_the_review_off(office: Office) -> None:
    office.begun()
    office.rules('freeze 2026-12-20..2027-01-05 "Year end"')
    office.accounts(A="90,,yes,", B="95,,,", D="10,,,yes", N="85,,,")
    said = plain(office.plan("2027-01-02").stdout)
    assert "in a freeze until 2027-01-05 (Year end)" in said
    assert "Moves none" in said
    assert "Waiting 1 for the end of the freeze" in said
    assert (
        "A one -> three 90 stays, frozen until 2027-01-05 (Year end); without that: demoted to three by silence: Quiet"
        in said
    )
    assert "the freeze ends with 2027-01-05 the next review is due on 2027-01-06" in said
    assert office.apply().exit_code == 0
    assert office.holders() == {"A": "one", "B": "two", "C": "two", "N": "one"}
    assert "a review" in office.plan("2027-01-06").stdout


def test_a_review_that_was_skipped_is_made_up_for(office: Office) -> None:
    office.begun()
    office.accounts(B="95,,,")
    assert "a review" in office.plan("2027-08-15").stdout
    office.apply()
    assert "between reviews" in office.plan("2027-09-30").stdout
    assert "a review" in office.plan("2027-10-01").stdout


def test_a_move_settles_an_account(office: Office) -> None:
    office.begun()
    office.accounts(C="70,yes,,")
    office.run("2026-11-15", "--approve", "funding")
    office.accounts(C="70,,yes,")
    office.run("2026-11-20")
    assert office.holders()["C"] == "one"
    said = plain(office.plan("2027-01-01").stdout)
    assert "Waiting 1 for the end of a cool-down" in said
    assert "C one -> two 70 stays, settled until 2027-01-14" in said
    office.apply()
    assert office.rows("SELECT tier, since::VARCHAR, settled_until::VARCHAR FROM holders WHERE account = 'C'") == [
        ("one", "2026-11-15", "2027-01-14")
    ]
    office.run("2027-01-14")
    assert office.holders()["C"] == "three"


def test_a_pin_ends_between_reviews(office: Office) -> None:
    pin = 'pin "B" to one until 2026-10-31 owner sam because "A promise"'
    office.rules()
    office.write("small.tier", office.read("small.tier") + pin + "\n")
    office.accounts()
    said = plain(office.plan().stdout)
    assert "1 pin ends: B (last day 2026-10-31)" in said
    office.apply()
    assert office.holders()["B"] == "one"
    office.run("2026-10-31")
    assert office.holders()["B"] == "one"
    said = plain(office.plan("2026-11-01").stdout)
    assert "Elsewhere, as their pins have ended 1 B one -> two 70 its pin has ended; priority 70 in 60..<80" in said
    office.apply()
    assert office.holders()["B"] == "two"


def test_a_tier_with_another_name_moves_nobody(office: Office) -> None:
    office.begun()
    text = office.read("small.tier").replace("tier two ", "tier second ").replace('"Two"   {', '"Two" { was two')
    office.write(
        "small.tier", text.replace("from two, three", "from second, three").replace("from one, two", "from one, second")
    )
    said = plain(office.plan("2026-11-01").stdout)
    assert "Moves none" in said
    assert office.apply().exit_code == 0
    assert office.holders() == {"A": "one", "B": "second", "C": "second", "D": "three"}
    assert office.rows("SELECT count(*) FROM moves WHERE run = 2") == [(0,)]


def test_a_tier_that_is_no_more(office: Office) -> None:
    office.begun()
    text = office.read("small.tier")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("tier two")]
    text = (
        "\n".join(lines).replace("from two, three  up 1", "from three  to one").replace("from one, two ", "from one ")
    )
    office.write("small.tier", text.replace("breaker", "retired two to three\n  breaker") + "\n")
    result = office.plan("2026-11-01")
    said = plain(result.stdout)
    assert "Moves 2 out of retired tiers" in said
    assert "B two -> three 70 the tier two is retired: to three" in said
    assert office.apply().exit_code == 0
    assert office.holders() == {"A": "one", "B": "three", "C": "three", "D": "three"}


def test_two_runs_of_one_day(office: Office) -> None:
    office.begun()
    office.accounts(A="90,,yes,")
    office.run("2026-10-01")
    office.accounts(A="90,,,", N="61,,,")
    office.run("2026-10-01")
    assert office.holders() == {"A": "three", "B": "two", "C": "two", "D": "three", "N": "two"}
    assert office.rows("SELECT run, review FROM runs ORDER BY run") == [(1, True), (2, False), (3, False)]


def test_leap_days_and_month_ends(office: Office) -> None:
    office.rules("cooldown 1 month")
    office.accounts()
    office.run("2028-01-31")
    assert office.rows("SELECT DISTINCT settled_until::VARCHAR FROM holders") == [("2028-02-29",)]
    office.accounts(A="90,,yes,")
    office.run("2028-02-28")
    assert office.holders()["A"] == "one"
    office.run("2028-02-29")
    assert office.holders()["A"] == "three"


def test_a_hold_keeps_an_account_at_a_review(office: Office) -> None:
    office.begun()
    office.rules('hold grace "Grace" when funded')
    office.accounts(A="10,yes,,", B="65,,,")
    said = plain(office.plan("2027-01-01").stdout)
    assert (
        "Waiting for the end of a hold 1 A one -> three 10 stays, held by grace (Grace); without that: to three: priority 10: no other tier fits"
        in said
    )


def test_a_key_that_is_used_again_begins_a_new_life(office: Office) -> None:
    office.begun()
    office.accounts(D="")
    office.run("2027-01-01")
    office.run("2027-04-01")
    assert "D" not in office.holders()
    office.accounts(D="88,,,")
    office.run("2027-05-01")
    assert office.rows("SELECT tier, since::VARCHAR, life FROM holders WHERE account = 'D'") == [
        ("one", "2027-05-01", 2)
    ]
