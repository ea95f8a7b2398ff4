"""`tierlang history`: one account's life out of a ledger that was filled by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.files import plain, tierlang
from tests.cli.hand_ledger import write_ledger
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    write_ledger(tmp_path / "tiers.ledger")
    monkeypatch.chdir(tmp_path)
    return "tiers.ledger"


def test_a_life_as_people_read_it(ledger: str) -> None:
    """Two lives, a rename, a trigger on two people's word, a pin, absences, a closing, an overridden breaker, what was observed."""
    result = tierlang("history", ledger, "A-1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert_golden(GOLDEN / "history.txt", result.stdout)


def test_the_same_for_machines(ledger: str) -> None:
    told = json.loads(tierlang("history", ledger, "A-1", "--format", "json").stdout)
    assert (told["key"], told["tier"], told["since"], told["open"]) == ("A-1", "two", "2027-01-01", True)
    first, second = told["lives"]
    assert [(stay["tier"], stay["start"], stay["end"], stay["days"]) for stay in first["stays"]] == [
        ("two", "2026-01-01", "2026-02-10", 40),
        ("one", "2026-02-10", "2026-10-01", 233),
    ]
    assert first["stays"][0]["begun"]["tier"] == "gold", "as it was called then"
    promoted = first["stays"][1]
    assert (promoted["begun"]["word"], promoted["begun"]["approver"]) == ("Sam Ortiz", "Dana Lee")
    assert [note["absences"] for note in promoted["meanwhile"]] == [0, 1]
    assert promoted["ended"]["cause"] == "absence"
    assert len(second["stays"]) == 1
    assert [each["value"] for each in told["scores"]["priority"]] == [55, 58, None, 51]


def test_an_account_in_no_tier_and_one_that_was_closed(ledger: str) -> None:
    assert "A-2 is in no tier since 2026-01-01" in plain(tierlang("history", ledger, "A-2").stdout)
    closed = plain(tierlang("history", ledger, "A-3").stdout)
    assert "A-3 holds nothing: closed on 2026-04-01" in closed
    assert "2026-04-01 closed: excluded: Rivals; run 3 (review)" in closed


@pytest.mark.parametrize("key", ["a-1", "A-1 ", "A-11"])
def test_an_unknown_key_is_met_with_the_nearest(ledger: str, key: str) -> None:
    result = tierlang("history", ledger, key)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{ledger} knows no account with the key {key}" in result.stderr
    assert "Like it are A-1" in result.stderr


def test_what_is_no_ledger_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("id,fit\nA-1,90\n" * 2_000, encoding="utf-8")
    result = tierlang("history", str(tmp_path / "accounts.csv"), "A-1")
    assert result.exit_code == 2
    assert "accounts.csv is not a ledger" in plain(result.stderr)
    assert tierlang("history", str(tmp_path / "nowhere.ledger"), "A-1").exit_code == 2


def test_a_key_whose_bytes_are_no_text_is_said_so(ledger: str) -> None:
    result = tierlang("history", ledger, "A-\udcff")
    assert (result.exit_code, "Traceback" in result.stderr) == (2, False)
    assert result.stderr.startswith("error: A-\\udcff has bytes that are no text in the encoding of this terminal")
