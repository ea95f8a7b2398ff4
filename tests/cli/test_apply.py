"""`tierlang apply`: one plan, once, if everything is still as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.fact_files import AS_OF, CUSTOMERS, INTENT, PLACES, Shop
from tests.cli.files import plain, tierlang
from tests.cli.planned import DAY, Office


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path)


def test_a_plan_is_applied_once(office: Office) -> None:
    office.rules()
    office.accounts()
    office.plan()
    result = office.apply("--by", "Dana Lee")
    assert result.exit_code == 0, result.stderr
    assert "Applied to small.ledger as run 1, as of 2026-10-01 (the first run): 4 assigned" in result.stdout
    assert office.holders() == {"A": "one", "B": "two", "C": "two", "D": "three"}
    assert office.rows("SELECT applied_by, review FROM runs") == [("Dana Lee", True)]
    again = office.apply()
    assert again.exit_code == 0
    assert again.stdout == "This plan was applied already: it is run 1 of small.ledger. Nothing was changed.\n"
    assert office.rows("SELECT count(*) FROM runs") == [(1,)]


def test_what_was_applied_stays_so_whatever_changes_later(office: Office) -> None:
    office.begun()
    office.accounts(Z="10,,,")
    office.rules('hold more "More" when fit > 3')
    assert office.apply().stdout.startswith("This plan was applied already")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("accounts.csv", "id,fit\nA,90\n", "the file accounts.csv has changed"),
        ("accounts.csv", None, "the file accounts.csv cannot be read any more: there is no such file"),
        ("small.tier", "ruleset small {}", "the rules small.tier have changed and do not compile any more"),
    ],
)
def test_a_plan_is_stale_when_its_files_change(office: Office, name: str, text: str | None, said: str) -> None:
    office.rules()
    office.accounts()
    office.plan()
    if text is None:
        (office.folder / name).unlink()
    else:
        office.write(name, text)
    result = office.apply()
    assert result.exit_code == 2
    assert "is out of date, and nothing was changed" in result.stderr
    assert said in result.stderr
    assert not (office.folder / "small.ledger").exists()


def test_a_plan_is_stale_when_its_rules_mean_something_else(office: Office) -> None:
    office.rules()
    office.accounts()
    office.plan()
    office.write("small.tier", "# The model\n" + office.read("small.tier").replace("range 80..", "range  80..  "))
    assert office.apply("--dry-run").exit_code == 0
    office.rules("cooldown 3 days")
    result = office.apply()
    assert result.exit_code == 2
    assert "the rules small.tier have changed" in result.stderr


def test_a_plan_is_stale_when_another_was_applied(office: Office) -> None:
    office.begun()
    office.plan("2026-11-01", output="one.json")
    office.plan("2026-11-02", output="two.json")
    assert office.apply(plan="two.json").exit_code == 0
    result = office.apply(plan="one.json")
    assert result.exit_code == 2
    assert "another plan was applied to small.ledger since: run 2, as of 2026-11-02" in result.stderr


def test_the_first_plan_of_a_ledger_that_has_begun_meanwhile(office: Office) -> None:
    office.rules()
    office.accounts()
    office.plan(output="one.json")
    office.plan("2026-10-02", output="two.json")
    assert office.apply(plan="two.json").exit_code == 0
    assert "another plan was applied" in office.apply(plan="one.json").stderr


def test_a_ledger_that_went_away(office: Office) -> None:
    office.begun()
    office.plan("2026-11-01")
    (office.folder / "small.ledger").unlink()
    result = office.apply()
    assert result.exit_code == 2
    assert "is not there any more" in result.stderr
    assert not (office.folder / "small.ledger").exists()


def test_approved_moves_are_made_and_the_others_wait(office: Office) -> None:
    office.begun()
    office.accounts(B="70,yes,,", C="70,yes,,")
    office.plan("2026-11-01")
    result = office.apply("--approve", "funding:C")
    assert result.exit_code == 0, result.stderr
    assert office.holders() == {"A": "one", "B": "two", "C": "one", "D": "three"}
    assert "1 account stays where it is: its promotion by funding waits for approval by Dana Lee" in result.stdout
    assert office.rows(
        'SELECT account, "trigger", settled_until::VARCHAR, approver, reason FROM moves WHERE run = 2'
    ) == [("C", "funding", "2026-12-31", "Dana Lee", "promoted to one by funding: Fresh money; approved by Dana Lee")]
    assert office.rows('SELECT kind, "trigger", account FROM overrides') == [("approval", "funding", "C")]


def test_a_whole_trigger_is_approved(office: Office) -> None:
    office.begun()
    office.accounts(B="70,yes,,", D="10,yes,,")
    office.plan("2026-11-01")
    result = office.apply("--approve", "funding")
    assert office.holders() == {"A": "one", "B": "one", "C": "two", "D": "two"}
    assert "2 moved" in result.stdout
    assert "waits" not in result.stdout


@pytest.mark.parametrize(
    ("approval", "said"),
    [
        ("fundin", "there is no trigger fundin. Did you mean funding?"),
        ("silence", "no move by silence waits for approval in this plan Moves of funding do."),
        ("funding:b", "no move of the account b by funding waits for approval. Did you mean B?"),
        ("funding:A", "no move of the account A by funding waits for approval."),
    ],
)
def test_what_does_not_wait_cannot_be_approved(office: Office, approval: str, said: str) -> None:
    office.begun()
    office.accounts(B="70,yes,,")
    office.plan("2026-11-01")
    result = office.apply("--approve", approval)
    assert result.exit_code == 2
    assert said in plain(result.stderr)
    assert office.rows("SELECT count(*) FROM runs") == [(1,)]


def test_the_breaker_has_to_be_overridden_with_a_reason(office: Office) -> None:
    office.begun()
    office.accounts(A="90,,yes,", B="70,,yes,", C="70,,yes,")
    assert "to apply it all the same" in plain(office.plan("2026-11-01").stdout)
    result = office.apply()
    assert result.exit_code == 2
    assert "3 of 4 holders (75.0%) move, leave or are absent: over the 50% that may" in plain(result.stderr)
    assert office.apply("--override-breaker", "  ").exit_code == 2
    assert office.rows("SELECT count(*) FROM runs") == [(1,)]
    result = office.apply("--override-breaker", "the board wants it")
    assert result.exit_code == 0, result.stderr
    assert "The breaker was overridden: the board wants it" in result.stdout
    assert office.rows("SELECT kind, reason FROM overrides") == [("breaker", "the board wants it")]


def test_approvals_count_for_the_breaker(office: Office) -> None:
    office.begun()
    office.accounts(A="90,,yes,", B="70,yes,,", C="70,yes,,")
    office.plan("2026-11-01")
    assert "over the 50%" in plain(office.apply("--approve", "funding").stderr)
    assert office.apply("--approve", "funding:B").exit_code == 0


def test_a_reason_that_was_not_needed_is_not_recorded(office: Office) -> None:
    office.begun()
    office.plan("2026-11-01")
    assert "was not recorded" in office.apply("--override-breaker", "just in case").stdout
    assert office.rows("SELECT count(*) FROM overrides") == [(0,)]


def test_a_rehearsal_shows_what_would_be_done(office: Office) -> None:
    office.begun()
    office.accounts(B="70,yes,,")
    office.plan("2026-11-01")
    result = office.apply("--approve", "funding", "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert "Moves 1 up" in plain(result.stdout)
    assert "Nothing was changed. It can be applied." in result.stdout
    assert office.rows("SELECT count(*) FROM runs") == [(1,)]
    office.accounts()
    result = office.apply("--dry-run")
    assert result.exit_code == 2
    assert "Waiting 1 for approval" in plain(result.stdout)
    assert "the file accounts.csv has changed" in result.stderr


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.replace('"tier":"two"', '"tier":"one"'), "it was changed after it was made"),
        (lambda text: text[: len(text) // 2], "it was cut short"),
        (lambda text: "".join(text.splitlines(keepends=True)[:-1]), "it was cut short"),
        (lambda text: '{"a": 1}\n' + text, "is not a plan of tierlang"),
        (lambda text: "", "is not a plan of tierlang"),
        (lambda text: text.replace('{"tierlang_plan": 1', '{"tierlang_plan": 9'), "was written by another version"),
    ],
)
def test_a_plan_that_is_not_as_it_was_made(office: Office, spoil: object, said: str) -> None:
    office.rules()
    office.accounts()
    office.plan()
    office.write("plan.json", spoil(office.read("plan.json")))  # type: ignore[operator]
    result = office.apply()
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (office.folder / "small.ledger").exists()


@pytest.mark.parametrize("name", ["plan.json.gz", "plan.json.zst", "a plan [1] *.json"])
def test_plans_are_packed_by_their_names(office: Office, name: str) -> None:
    office.rules()
    office.accounts()
    office.plan(output=name)
    assert office.apply(plan=name).exit_code == 0
    assert len(office.holders()) == 4


def test_a_plan_is_applied_from_another_folder(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.rules()
    office.accounts()
    office.plan()
    (office.folder / "elsewhere").mkdir()
    monkeypatch.chdir(office.folder / "elsewhere")
    assert office.apply(plan="../plan.json").exit_code == 0
    assert len(office.holders()) == 4


def test_settings_go_with_the_plan(office: Office) -> None:
    office.rules()
    office.write(
        "small.tier",
        office.read("small.tier").replace("range 80..", "range line..").replace("60..<80", "60..<line")
        + "let line = 80\n",
    )
    office.accounts()
    office.plan(DAY, "--set", "line=95")
    assert office.apply().exit_code == 0
    assert office.holders()["A"] == "two"


def test_an_account_comes_back_after_it_was_excluded(office: Office) -> None:
    office.begun()
    office.accounts(A="90,,,yes")
    office.run("2026-11-01")
    assert "A" not in office.holders()
    office.accounts()
    office.run("2026-11-02")
    assert office.holders()["A"] == "one"
    assert office.rows("SELECT kind, cause FROM moves WHERE account = 'A' ORDER BY run") == [
        ("assign", "new"),
        ("close", "exclusion"),
        ("assign", "new"),
    ]


def test_absent_at_two_reviews_in_a_row_is_closed(office: Office) -> None:
    office.begun()
    office.accounts(D="")
    office.run("2026-11-01")
    office.run("2027-01-01")
    assert office.holders()["D"] == "three"
    office.run("2027-02-01")
    office.run("2027-04-01")
    assert "D" not in office.holders()


def test_absent_once_and_back_begins_to_count_anew(office: Office) -> None:
    office.begun()
    office.accounts(D="")
    office.run("2027-01-01")
    office.accounts()
    office.run("2027-02-01")
    office.accounts(D="")
    office.run("2027-04-01")
    assert office.holders()["D"] == "three"
    assert office.rows("SELECT run, kind, absences FROM moves WHERE account = 'D' ORDER BY run") == [
        (1, "assign", 0),
        (2, "stay", 1),
        (3, "stay", 0),
        (4, "stay", 1),
    ]


def test_only_what_changed_is_observed(office: Office) -> None:
    office.begun()
    office.accounts(A="91,,,", B=",,,")
    office.run("2026-11-01")
    assert office.rows("SELECT account, value::VARCHAR FROM observations WHERE run = 2 ORDER BY account") == [
        ("A", "91.0000"),
        ("B", None),
    ]
    office.run("2026-12-01")
    assert office.rows("SELECT count(*) FROM observations WHERE run = 3") == [(0,)]


def test_a_plan_from_standard_input_can_be_applied(office: Office) -> None:
    office.rules()
    office.accounts()
    text = (office.folder / "accounts.csv").read_bytes()
    tierlang("plan", "small.tier", "-", "--ledger", "small.ledger", "--as-of", DAY, "-o", "plan.json", stdin=text)
    (office.folder / "accounts.csv").unlink()
    assert office.apply().exit_code == 0
    assert len(office.holders()) == 4


def test_files_of_events_and_signals_are_part_of_the_plan(office: Office) -> None:
    shop = Shop(office.folder)
    arguments = ("plan", *shop.both, *shop.facts, *AS_OF, "--ledger", "small.ledger", "-o", "plan.json")
    result = tierlang(*arguments)
    assert result.exit_code == 0, result.stderr
    shop.write("intent.csv", INTENT.replace("80", "81"))
    result = office.apply()
    assert result.exit_code == 2
    assert "the file intent.csv has changed" in result.stderr
    shop.write("intent.csv", INTENT)
    assert office.apply().exit_code == 0
    assert sorted(office.holders().items()) == sorted(PLACES)
    assert office.rows("SELECT account, text FROM observations WHERE kind = 'signal' ORDER BY account") == [
        ("ALFKI", "80"),
        ("BERGS", "99"),
    ]
    assert CUSTOMERS.count("\n") == 5


def test_without_rules_of_moves_only_what_comes_and_goes_is_planned(office: Office) -> None:
    shop = Shop(office.folder)
    arguments = ("plan", *shop.both, *shop.facts, *AS_OF, "--ledger", "small.ledger", "-o", "plan.json")
    tierlang(*arguments)
    office.apply()
    shop.write("customers.csv", CUSTOMERS + "NEW,New,1\n")
    said = plain(tierlang(*arguments).stdout)
    assert "between reviews" in said
    assert "Moves none New 1" in said
    assert "the rules set no limit" in said
