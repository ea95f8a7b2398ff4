"""`tierlang check --data`: the review beside accounts."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tests.cli.files import ACCOUNTS, BAD_ACCOUNTS, ROOT, SAAS, SAAS_FACTS, plain, tierlang, write_accounts, write_rules

CHECK = Draft202012Validator(json.loads((ROOT / "docs" / "schemas" / "check.json").read_text(encoding="utf-8")))
ON = ("--as-of", "2026-11-01")
ASKING = ("--select", "tie-at-cut,empty-tier,never-filled-field")


def test_a_cut_through_a_tie_is_shown_beside_the_rule(tmp_path: Path) -> None:
    tie = ACCOUNTS.replace("A-2,Bolt,95", "A-2,Bolt,90")
    rules = write_rules(tmp_path)
    alone = tierlang("check", rules, *ON, "--ignore", "coarse-ranking", "--format", "json")
    beside = tierlang("check", rules, "--data", write_accounts(tmp_path, tie), *ON, *ASKING)
    assert "tie-at-cut" not in alone.stdout
    assert (
        "small.tier:18:3: note[tie-at-cut]: `capacity 1` of one cuts through a tie: 1 got in and 1 did not"
        in beside.stdout
    )
    assert beside.stdout.rstrip().endswith("beside 4 accounts")
    assert beside.exit_code == 0


def test_the_figures_are_those_of_the_accounts_given(tmp_path: Path) -> None:
    low = "id,name,fit,label,potential\nA-1,Acme,30,,\nA-2,Bolt,20,,\n"
    result = tierlang("check", write_rules(tmp_path), "--data", write_accounts(tmp_path, low), *ON, *ASKING)
    assert "warning[empty-tier]: no account is in one" in result.stdout
    assert result.exit_code == 1


def test_json_says_how_many_accounts(tmp_path: Path) -> None:
    rules, accounts = write_rules(tmp_path), write_accounts(tmp_path)
    beside = json.loads(tierlang("check", rules, "--data", accounts, *ON, "--format", "json").stdout)
    CHECK.validate(beside)
    assert beside["accounts"] == 4
    assert {"tie-at-cut", "zero-weight"} <= {rule["name"] for rule in beside["rules"]}
    assert json.loads(tierlang("check", rules, *ON, "--format", "json").stdout)["accounts"] is None


def test_accounts_from_standard_input_and_files_of_facts() -> None:
    rules, accounts = SAAS
    result = tierlang("check", rules, "--data", "-", *SAAS_FACTS, *ON, stdin=Path(accounts).read_bytes())
    assert "accounts in one have no sdr" in result.stdout
    assert result.stdout.rstrip().endswith("beside 3,000 accounts")
    twice = tierlang("check", rules, "--data", "-", "--events", "-", *ON)
    assert (twice.exit_code, "standard input" in twice.stderr) == (2, True)


def test_bad_accounts_are_refused_as_eval_refuses_them(tmp_path: Path) -> None:
    result = tierlang("check", write_rules(tmp_path), "--data", write_accounts(tmp_path, BAD_ACCOUNTS), *ON)
    assert result.exit_code == 2
    assert "500" in plain(result.stderr)
    assert "0..100" in plain(result.stderr)
    assert result.stdout == ""


def test_missing_facts_are_asked_for() -> None:
    result = tierlang("check", SAAS[0], "--data", SAAS[1], *ON)
    assert result.exit_code == 2
    assert "--events" in result.stderr


def test_errors_come_before_accounts(tmp_path: Path) -> None:
    result = tierlang("check", write_rules(tmp_path, "exclude more when fitt = 1"), "--data", "no such file.csv", *ON)
    assert result.exit_code == 1
    assert "unknown-name" in result.stdout


def test_accounts_belong_to_one_ruleset(tmp_path: Path) -> None:
    rules, accounts = write_rules(tmp_path), write_accounts(tmp_path)
    for paths in ([str(tmp_path)], [rules, rules]):
        result = tierlang("check", *paths, "--data", accounts)
        assert (result.exit_code, "--data gives the accounts of one ruleset" in plain(result.stderr)) == (2, True)
    alone = tierlang("check", rules, "--events", accounts)
    assert (alone.exit_code, "go with --data ACCOUNTS" in plain(alone.stderr)) == (2, True)


def test_a_missing_file_of_accounts_is_said(tmp_path: Path) -> None:
    result = tierlang("check", write_rules(tmp_path), "--data", str(tmp_path / "gone.csv"), *ON)
    assert (result.exit_code, "gone.csv" in result.stderr) == (2, True)
