"""`tierlang explain`: one account out of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.files import BAD_ACCOUNTS, SAAS, SAAS_FACTS, plain, tierlang, write_accounts, write_rules


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
        result = tierlang("explain", *SAAS, key, *SAAS_FACTS, "--as-of", "2026-11-01")
        assert result.exit_code == 0
        assert result.stdout.startswith(f"\n {key} is ")


def test_rows_that_cannot_be_used_are_left_aside_as_in_eval(tmp_path: Path) -> None:
    files = write_rules(tmp_path), write_accounts(tmp_path, BAD_ACCOUNTS)
    assert "use --rejects FILE" in plain(tierlang("explain", *files, "A-2").stderr)
    aside = tmp_path / "rejects.csv"
    result = tierlang("explain", *files, "A-2", "--rejects", str(aside))
    assert result.exit_code == 0
    assert "A-2 is in one" in plain(result.stdout)
    assert "3 rows with bad cells took no part" in plain(result.stderr)
    assert aside.exists()


def test_a_sum_has_the_digits_that_say_how_it_rounds(tmp_path: Path) -> None:
    """With four digits it would be 35.395, which seems to round up."""
    score = "score mix { weigh 33.33% fit weigh 66.67% potential missing unscored round to 2 }"
    accounts = write_accounts(tmp_path, "id,name,fit,label,potential\nA,x,57.4974,,24.3454\n")
    said = plain(tierlang("explain", write_rules(tmp_path, score), accounts, "A").stdout)
    assert "Score mix: 35.39" in said
    assert "35.39496 rounded to 2 digits" in said


def test_what_a_percentile_lacks_is_named(tmp_path: Path) -> None:
    more = "score place { value percentile of fit where (potential > 1) }"
    said = plain(tierlang("explain", write_rules(tmp_path, more), write_accounts(tmp_path), "A-3").stdout)
    assert "percentile of fit where (potential > 1) (fit and potential missing)" in said


def test_a_rank_counts_only_accounts_that_have_one(tmp_path: Path) -> None:
    (tmp_path / "r.tier").write_text(
        'ruleset r { }\naccount { key id text  field size number }\nowner dana "Dana"\n'
        "tiers by size { tier big { range 5.. owner marketing dana owner sales dana }"
        " tier rest { otherwise owner marketing dana owner sales dana } }\n",
        encoding="utf-8",
    )
    (tmp_path / "a.csv").write_text("id,size\na,7\nb,9\nc,\n", encoding="utf-8")
    said = plain(tierlang("explain", str(tmp_path / "r.tier"), str(tmp_path / "a.csv"), "a").stdout)
    assert "rank 2 of 2" in said
