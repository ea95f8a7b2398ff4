"""`tierlang explain`: one account out of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.files import SAAS, plain, tierlang, write_accounts, write_rules


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    return write_rules(tmp_path), write_accounts(tmp_path)


def test_why_an_account_is_where_it_is(files: tuple[str, str]) -> None:
    result = tierlang("explain", *files, "0015", "--as-of", "2026-11-01")
    assert (result.exit_code, result.stderr) == (0, "")
    said = plain(result.stdout)
    assert "0015 is in two" in said
    assert "over capacity of one" in said
    assert "+90 100% of fit fit is 90" in said
    assert "name Acme" in said
    assert "potential 1,234.5" in said


def test_an_excluded_account(files: tuple[str, str]) -> None:
    said = plain(tierlang("explain", *files, "A-4").stdout)
    assert "A-4 is excluded excluded: Rivals" in said
    assert '`name = "Rival"` holds (name is Rival)' in said


def test_set_changes_the_explanation(files: tuple[str, str]) -> None:
    assert "0015 is in one" in plain(tierlang("explain", *files, "0015", "--set", "seats=2").stdout)


@pytest.mark.parametrize("key", ["15", "a-2", "A-2 ", "A-22"])
def test_an_unknown_key_is_met_with_the_nearest(files: tuple[str, str], key: str) -> None:
    result = tierlang("explain", *files, key)
    assert (result.exit_code, result.stdout) == (2, "")
    nearest = "0015" if key == "15" else "A-2"
    assert f"Like it are {nearest}" in result.stderr


def test_every_shipped_tier_can_be_explained() -> None:
    for key in ("A-00001", "A-00002", "A-00003"):
        result = tierlang("explain", *SAAS, key, "--as-of", "2026-11-01")
        assert result.exit_code == 0
        assert result.stdout.startswith(f"\n {key} is ")
