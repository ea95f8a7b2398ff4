"""`tierlang rule`: the table, a page, and a name that there is not."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from tierlang.cli.main import main
from tierlang.lint.registry import RULES


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["rule", *args])


def test_the_table_has_every_rule_with_its_severity() -> None:
    result = run()
    assert result.exit_code == 0
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.startswith("  ") and line[2] != " "}
    assert set(lines) == {rule.name for rule in RULES}
    assert all(rule.severity.value in lines[rule.name] for rule in RULES)


def test_the_table_fits_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, run().stdout.splitlines())) <= 80


@pytest.mark.parametrize("name", ["same-plays", "same_plays", "Same-Plays"])
def test_a_page_says_what_why_and_how(name: str) -> None:
    result = run(name)
    assert result.exit_code == 0
    assert result.stdout.startswith("same-plays  Warning · People and plays\n\nTwo tiers with the same plays")
    assert "\n    tiers by priority {\n      tier one {\n" in result.stdout
    assert "\nGood:\n" in result.stdout
    assert "```" not in result.stdout


def test_a_misspelt_rule_is_met_with_what_was_meant() -> None:
    result = run("sameplay")
    assert result.exit_code == 2
    assert "There is no rule sameplay. Did you mean same-plays?" in result.stderr


def test_json_has_the_page_of_every_rule() -> None:
    told = json.loads(run("--format", "json").stdout)
    assert [each["name"] for each in told] == [rule.name for rule in RULES]
    assert all(each["page"].startswith(each["summary"]) for each in told)
