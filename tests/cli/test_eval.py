"""`tierlang eval`: results, summary, and every way it can be refused."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path

import duckdb
import pytest

from tests.cli.files import ACCOUNTS, BAD_ACCOUNTS, SAAS, SAAS_FACTS, plain, tierlang, write_accounts, write_rules


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    return write_rules(tmp_path), write_accounts(tmp_path)


def test_a_tier_and_a_reason_for_every_account_in_the_order_of_the_file(files: tuple[str, str]) -> None:
    result = tierlang("eval", *files, "--as-of", "2026-11-01")
    assert result.exit_code == 0
    assert [(row["key"], row["tier"], row["reason"]) for row in rows(result.stdout)] == [
        ("0015", "two", "priority 90 in 80..; over capacity of one (1), moved to two"),
        ("A-2", "one", "priority 95 in 80.."),
        ("A-3", "two", "priority is missing: no other tier fits"),
        ("A-4", "", "excluded: Rivals"),
    ]


def test_the_summary_is_on_standard_error_only(files: tuple[str, str]) -> None:
    result = tierlang("eval", *files, "--as-of", "2026-11-01")
    assert "Small" not in result.stdout
    assert "as of 2026-11-01" in result.stderr
    assert "4 accounts from" in result.stderr
    assert "one: 2 accounts for 1 seat, so 1 moved on" in result.stderr


def test_without_as_of_the_summary_says_today(files: tuple[str, str]) -> None:
    assert "(today)" in tierlang("eval", *files).stderr


def test_quiet_says_nothing(files: tuple[str, str]) -> None:
    assert tierlang("eval", *files, "--quiet").stderr == ""


def test_set_changes_the_run(files: tuple[str, str]) -> None:
    result = tierlang("eval", *files, "-q", "--set", "seats=2")
    assert [row["tier"] for row in rows(result.stdout)] == ["one", "one", "two", ""]


def test_columns_of_the_result_and_of_the_account(files: tuple[str, str]) -> None:
    result = tierlang("eval", *files, "-q", "--columns", "key, name,tier,account_label,potential")
    assert rows(result.stdout)[0] == {
        "key": "0015",
        "name": "Acme",
        "tier": "two",
        "account_label": "gold",
        "potential": "1234.5000",
    }


def test_an_unknown_column_is_met_with_the_nearest(files: tuple[str, str]) -> None:
    result = tierlang("eval", *files, "--columns", "key,tire")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no column tire. Did you mean tier?" in result.stderr


@pytest.mark.parametrize("columns", ["key,key", ",", ""])
def test_columns_that_make_no_sense(files: tuple[str, str], columns: str) -> None:
    assert tierlang("eval", *files, "--columns", columns).exit_code == 2


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("out.csv", "read_csv('{}', all_varchar = true)"),
        ("out.csv.gz", "read_csv('{}', all_varchar = true)"),
        ("out.parquet", "read_parquet('{}')"),
        ("out.jsonl", "read_json('{}', format = 'newline_delimited', columns = {{key: 'VARCHAR', tier: 'VARCHAR'}})"),
    ],
)
def test_the_suffix_says_the_form(files: tuple[str, str], tmp_path: Path, name: str, reader: str) -> None:
    out = str(tmp_path / name)
    result = tierlang("eval", *files, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"Wrote {out}." in plain(result.stderr)
    found = duckdb.execute(f"SELECT key, tier FROM {reader.format(out)}").fetchall()
    assert found == [("0015", "two"), ("A-2", "one"), ("A-3", "two"), ("A-4", None)]


def test_json_lines_on_standard_output(files: tuple[str, str]) -> None:
    result = tierlang("eval", *files, "-q", "--format", "jsonl", "--columns", "key,tier")
    assert json.loads(result.stdout.splitlines()[0]) == {"key": "0015", "tier": "two"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "out.unknown"), "does not say in which form to write"),
        (("-o", "nowhere/out.csv"), "there is no folder nowhere"),
        (("-o", "."), "is a folder"),
        (("--split-by", "tier"), "name a folder with --output"),
        (("--as-of", "2026-02-30"), "not a day of the calendar"),
        (("--as-of", "1.2.2026"), "not a date like 2026-11-01"),
        (("--memory-limit", "much"), "not an amount of memory"),
        (("--separator", "::"), "is one sign"),
        (("--encoding", "klingon"), "no encoding named klingon"),
    ],
)
def test_wrong_wishes_are_refused_before_the_work(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = tierlang("eval", *files, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in plain(result.stderr)


@pytest.mark.parametrize("option", ["--output", "--rejects"])
def test_the_accounts_are_never_written_over(files: tuple[str, str], option: str) -> None:
    result = tierlang("eval", *files, option, files[1])
    assert result.exit_code == 2
    assert "at once; nothing was written" in result.stderr
    assert Path(files[1]).read_text() == ACCOUNTS


def test_one_file_per_tier(files: tuple[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "tiers"
    assert tierlang("eval", *files, "--split-by", "tier", "-o", str(folder), "--columns", "key").exit_code == 0
    found = {path.name: path.read_text().split() for path in folder.iterdir()}
    assert found == {
        "one.csv": ["key", "A-2"],
        "two.csv": ["key", "0015", "A-3"],
        "untiered.csv": ["key"],
        "excluded.csv": ["key", "A-4"],
    }
    assert tierlang("eval", *files, "--split-by", "tier", "-o", str(folder)).exit_code == 0


def test_one_file_per_tier_never_lies_among_strangers(files: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "tiers").mkdir()
    (tmp_path / "tiers" / "gold.csv").write_text("last year's")
    result = tierlang("eval", *files, "--split-by", "tier", "-o", str(tmp_path / "tiers"))
    assert result.exit_code == 2
    assert "gold.csv" in result.stderr
    assert os.listdir(tmp_path / "tiers") == ["gold.csv"]


def test_standard_input_also_packed(tmp_path: Path) -> None:
    result = tierlang("eval", write_rules(tmp_path), "-", stdin=gzip.compress(ACCOUNTS.encode()))
    assert result.exit_code == 0
    assert "4 accounts from standard input" in result.stderr


def test_said_encoding_separator_and_format(tmp_path: Path) -> None:
    odd = tmp_path / "accounts.dat"
    odd.write_bytes(ACCOUNTS.replace(",", "|").replace("$1|234.50", "12").replace("Acme", "Café").encode("cp1252"))
    options = ("--encoding", "windows-1252", "--separator", "|", "--input-format", "csv")
    result = tierlang("eval", write_rules(tmp_path), str(odd), "-q", "--columns", "name", *options)
    assert result.stdout.split()[:2] == ["name", "Café"]


def test_bad_rows_stop_the_run_and_are_listed(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = tierlang("eval", write_rules(tmp_path), write_accounts(tmp_path, BAD_ACCOUNTS), "-o", str(out))
    assert (result.exit_code, result.stdout) == (2, "")
    said = plain(result.stderr)
    assert "cannot be used" in said
    assert 'column "id": is the key of more than one row' in said
    assert 'column "potential": uses a comma where the decimal point stands' in said
    assert 'row 7 "500"' in said
    assert "--rejects" in said
    assert not out.exists()


def test_rejects_are_set_aside_and_counted(tmp_path: Path) -> None:
    aside = tmp_path / "rejects.csv"
    result = tierlang("eval", write_rules(tmp_path), write_accounts(tmp_path, BAD_ACCOUNTS), "--rejects", str(aside))
    assert result.exit_code == 0
    assert [row["key"] for row in rows(result.stdout)] == ["A-2", "A-3", "A-4"]
    assert "3 rows with bad cells took no part" in plain(result.stderr)
    assert [row["id"] for row in rows(aside.read_text())] == ["0015", "0015", "A-6"]


def test_rejects_of_an_earlier_run_do_not_outlive_it(tmp_path: Path) -> None:
    rules, aside = write_rules(tmp_path), tmp_path / "rejects.csv"
    tierlang("eval", rules, write_accounts(tmp_path, BAD_ACCOUNTS), "--rejects", str(aside))
    assert aside.exists()
    tierlang("eval", rules, write_accounts(tmp_path), "--rejects", str(aside))
    assert not aside.exists()


def test_rejects_and_result_are_not_mixed_on_standard_output(tmp_path: Path) -> None:
    files = write_rules(tmp_path), write_accounts(tmp_path, BAD_ACCOUNTS)
    result = tierlang("eval", *files, "--rejects", "-")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--rejects needs a file of its own" in plain(result.stderr)


def test_a_score_that_is_called_like_a_column_of_the_result(tmp_path: Path) -> None:
    scores = ("owner_sales", "rank")
    rules = write_rules(tmp_path, " ".join(f"score {name} {{ value 7 * 1 }}" for name in scores))
    (first, *_) = rows(tierlang("eval", rules, write_accounts(tmp_path)).stdout)
    assert first["owner_sales"] == "Dana Lee"
    assert first["rank"] == "2"
    assert {float(first["score_owner_sales"]), float(first["score_rank"])} == {7.0}


def test_digits_that_are_rounded_are_counted(tmp_path: Path) -> None:
    accounts = write_accounts(tmp_path, "id,name,fit,label,potential\nA,x,1.00005,,1.123456\nB,y,1.1,,\n")
    assert "2 numbers with more than 4 decimals were rounded" in plain(
        tierlang("eval", write_rules(tmp_path), accounts).stderr
    )
    one = write_accounts(tmp_path, "id,name,fit,label,potential\nA,x,1.00005,,\n")
    assert "1 number with more than 4 decimals was rounded" in plain(
        tierlang("eval", write_rules(tmp_path), one).stderr
    )


def test_rules_that_do_not_compile_are_shown_on_standard_error(tmp_path: Path) -> None:
    result = tierlang("eval", write_rules(tmp_path, 'exclude x when nmae = "y"'), write_accounts(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error[unknown-name]" in result.stderr
    assert "does not compile, so nothing was evaluated" in result.stderr


def test_a_missing_heading_is_met_with_those_that_are_there(tmp_path: Path) -> None:
    result = tierlang(
        "eval", write_rules(tmp_path), write_accounts(tmp_path, ACCOUNTS.replace("potential", "Potental"))
    )
    assert result.exit_code == 2
    assert '"Potental"' in result.stderr


def test_accounts_that_are_not_there(tmp_path: Path) -> None:
    result = tierlang("eval", write_rules(tmp_path), str(tmp_path / "no.csv"))
    assert result.exit_code == 2
    assert "no.csv" in result.stderr


def test_a_number_out_of_bounds_stops_the_run(tmp_path: Path) -> None:
    rules = write_rules(tmp_path, "exclude huge when potential * potential * potential > 5")
    accounts = write_accounts(tmp_path, ACCOUNTS.replace("2M", "90000000000000"))
    result = tierlang("eval", rules, accounts)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "A-2: in " in result.stderr


def test_an_empty_population_is_a_result(tmp_path: Path) -> None:
    result = tierlang("eval", write_rules(tmp_path), write_accounts(tmp_path, ACCOUNTS.splitlines()[0] + "\n"))
    assert result.exit_code == 0
    assert rows(result.stdout) == []
    assert "The file has no accounts." in result.stderr


def test_the_shipped_model_fills_its_tiers() -> None:
    result = tierlang("eval", *SAAS, *SAAS_FACTS, "--as-of", "2026-11-01", "--columns", "key,tier")
    tiers = [row["tier"] for row in rows(result.stdout)]
    assert [tiers.count(name) for name in ("one", "two", "three")] == [25, 200, 2000]
