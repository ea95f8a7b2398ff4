"""`tierlang plan`: what it shows, what it saves, that it changes nothing, and when it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.files import plain, tierlang
from tests.cli.planned import DAY, Office


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path)


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_first_plan_needs_no_ledger_and_makes_none(office: Office) -> None:
    office.rules()
    office.accounts()
    result = office.plan()
    assert result.exit_code == 0, result.stderr
    assert "the first run" in result.stdout
    assert "New  4" in result.stdout
    assert not (office.folder / "small.ledger").exists()
    assert [(row["key"], row["act"], row["tier"]) for row in lines(office.read("plan.json"))[1:-1]] == [
        ("A", "assign", "one"),
        ("B", "assign", "two"),
        ("C", "assign", "two"),
        ("D", "assign", "three"),
    ]


def test_a_first_plan_of_nobody_says_so(office: Office) -> None:
    office.rules()
    office.write("accounts.csv", "id,fit,funded,quiet,customer\n")
    assert " New  0\n" in office.plan().stdout


def test_between_reviews_only_triggers_move_and_the_rest_is_told(office: Office) -> None:
    office.begun()
    office.accounts(A="10,,yes,", B="95,,,", C="70,yes,,", D="", E="10,,,", F="99,,,")
    before = (office.folder / "small.ledger").read_bytes()
    result = office.plan("2026-11-01")
    said = plain(result.stdout)
    assert "between reviews" in said
    assert "Moves 1 down" in said
    assert "Waiting 1 for approval" in said
    assert "Absent 1 holder is not in the data, and keeps its tier" in said
    assert "Demoted by silence (Quiet), owner Dana Lee 1 A one -> three 10 demoted to three by silence: Quiet" in said
    assert "Waiting for approval by Dana Lee: promoted by funding (Fresh money) 1 C two -> one" in said
    assert "Breaker 2 of 4 holders (50.0%) move, leave or are absent; 50% may" in said
    assert "the next review is due on 2027-01-01" in said
    assert (office.folder / "small.ledger").read_bytes() == before


def test_a_review_places_everyone_afresh(office: Office) -> None:
    office.begun()
    office.accounts(A="70,,,", B="95,,,")
    said = plain(office.plan("2027-01-01").stdout)
    assert "a review" in said
    assert "Moves 1 up, 1 down" in said
    assert "Up, by the review 1 B two -> one 95 priority 95 in 80.." in said
    assert "Down, by the review 1 A one -> two 70 priority 70 in 60..<80" in said


def test_the_matrix_counts_everybody(office: Office) -> None:
    office.begun()
    office.accounts(A="10,,yes,", D="10,,,yes", F="99,,,")
    result = office.plan("2026-11-01")
    matrix = [
        line.split()
        for line in result.stdout.splitlines()
        if line.split()[:1] and line.split()[0] in ("from", "one", "two", "three", "new")
    ]
    assert matrix[:5] == [
        ["from", "/", "to", "one", "two", "three", "closed"],
        ["one", ".", ".", "1", "#####", "."],
        ["two", ".", "2", "=", ".", "."],
        ["three", ".", ".", ".", "1", "#####"],
        ["new", "1", "#####", ".", ".", "."],
    ]


def test_the_numbers_for_scripts(office: Office) -> None:
    office.begun()
    office.accounts(A="10,,yes,", D="10,,,yes", F="99,,,")
    head = json.loads(office.plan("2026-11-01", "--format", "json").stdout)
    assert head["numbers"] == {
        "up": 0, "down": 1, "in": 0, "out": 0, "from_retired": 0, "new": 1, "excluded": 1, "absent": 0, "closed_as_absent": 0, "merged": 0,
        "waiting": {"approval": 0, "capacity": 0, "cool-down": 0, "freeze": 0, "hold": 0},
    }  # fmt: skip
    assert head["breaker"] == {"counted": 2, "holders": 4, "limit": 5000, "open": False}
    assert {"from": "one", "to": "three", "accounts": 1} in head["matrix"]
    assert lines(office.read("plan.json"))[0]["plan"] == head["plan"]


def test_the_same_things_make_the_same_plan(office: Office) -> None:
    office.begun()
    office.plan("2026-11-01", output="a.json")
    office.plan("2026-11-01", output="b.json")
    assert office.read("a.json") == office.read("b.json")
    office.plan("2026-11-02", output="c.json")
    assert lines(office.read("a.json"))[0]["plan"] != lines(office.read("c.json"))[0]["plan"]


def test_a_plan_on_standard_output_is_the_file_alone(office: Office) -> None:
    office.rules()
    office.accounts()
    result = office.plan(output="-")
    assert lines(result.stdout)[0]["tierlang_plan"] == 1
    assert "the first run" in result.stderr


def test_all_accounts_are_shown_if_wanted(office: Office) -> None:
    office.rules()
    office.accounts(**{f"X{number:02}": "85,,," for number in range(30)})
    assert "and 24 more" in office.plan().stdout
    everyone = office.plan(DAY, "--all").stdout
    assert "more" not in everyone
    assert "X29" in everyone


def test_a_key_that_is_very_long_or_has_line_breaks_leaves_the_others_their_room(office: Office) -> None:
    office.rules()
    office.accounts(**{"x" * 500: "90,,,", '"two\nlines"': "90,,,"})
    shown = office.plan().stdout
    assert [line.split() for line in shown.splitlines() if line.startswith("   A ")] == [
        ["A", "one", "90", "priority", "90", "in", "80.."]
    ]
    assert "   two lines " in shown
    assert "xxx…" in shown


def test_a_day_before_the_last_run_is_refused(office: Office) -> None:
    office.begun()
    office.run("2026-11-01")
    result = office.plan("2026-10-31")
    assert result.exit_code == 2
    assert "2026-11-01" in result.stderr
    assert office.plan("2026-11-01").exit_code == 0


def test_tiers_that_the_rules_do_not_know_are_met_with_both_lines(office: Office) -> None:
    office.begun()
    office.write(
        "small.tier",
        office.read("small.tier")
        .replace("tier three", "tier rest")
        .replace("to three", "to rest")
        .replace("two, three", "two, rest"),
    )
    result = office.plan("2026-11-01")
    assert result.exit_code == 2
    assert "was three" in result.stderr
    assert "retired three" in result.stderr


def test_the_ledger_of_another_ruleset_is_refused(office: Office) -> None:
    office.begun()
    office.write("small.tier", office.read("small.tier").replace("ruleset small", "ruleset large"))
    result = office.plan("2026-11-01")
    assert result.exit_code == 2
    assert "small.ledger is the ledger of the ruleset small" in result.stderr
    assert "--was small" in result.stderr
    assert office.plan("2026-11-01", "--was", "small").exit_code == 0


def test_another_ruleset_with_other_tiers_is_not_told_to_rename_them(office: Office) -> None:
    office.begun()
    office.write(
        "small.tier", office.read("small.tier").replace("ruleset small", "ruleset large").replace("three", "bottom")
    )
    result = office.plan("2026-11-01")
    assert result.exit_code == 2
    assert "small.ledger is the ledger of the ruleset small" in result.stderr
    assert "was three" not in result.stderr


def test_the_ledger_is_none_of_the_other_files(office: Office) -> None:
    office.rules()
    office.accounts()
    result = tierlang("plan", "small.tier", "accounts.csv", "--ledger", "accounts.csv")
    assert result.exit_code == 2
    assert "the accounts and the ledger at once" in result.stderr


def test_what_is_no_ledger_is_refused(office: Office) -> None:
    office.rules()
    office.accounts()
    office.write("small.ledger", "hello, I am a text\n" * 1000)
    result = office.plan()
    assert result.exit_code == 2
    assert "small.ledger" in result.stderr
    assert "not a ledger" in result.stderr


def test_accounts_come_through_standard_input(office: Office) -> None:
    office.rules()
    office.accounts()
    text = (office.folder / "accounts.csv").read_bytes()
    result = tierlang("plan", "small.tier", "-", "--ledger", "l", "--as-of", DAY, "-o", "plan.json", stdin=text)
    assert result.exit_code == 0, result.stderr
    assert "cannot be looked at again" in result.stdout


def test_a_holder_that_merged_gives_its_place_on(office: Office) -> None:
    office.begun()
    office.write("merges.csv", "old,new\nA,F\nB,C\n")
    office.rules('merged from "merges.csv"')
    office.accounts(A="", F="50,,,")
    result = office.plan("2026-11-01")
    said = plain(result.stdout)
    assert "Merges waiting, as the old account still stands in the data: B into C" in said
    assert office.apply().exit_code == 0
    assert office.holders() == {"B": "two", "C": "two", "D": "three", "F": "one"}
    assert office.rows("SELECT kind, cause FROM moves WHERE run = 2 ORDER BY account") == [
        ("close", "merged"),
        ("assign", "merged"),
    ]


def test_a_row_left_aside_is_told(office: Office) -> None:
    office.begun()
    office.accounts(A="900,,,")
    assert office.plan("2026-11-01").exit_code == 2
    result = office.plan("2026-11-01", "--rejects", "bad.csv")
    assert result.exit_code == 0
    assert "a holder among them counts as absent" in plain(result.stdout)
