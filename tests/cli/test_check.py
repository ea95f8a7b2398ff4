"""`tierlang check`: what it looks at, what it says, and how it ends."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.cli.files import ROOT, tierlang, write_rules
from tests.cli.stand_ins import stand_ins
from tests.golden import assert_golden

__all__ = ["stand_ins"]

GOLDEN = Path(__file__).parent / "golden"


def test_the_shipped_rulesets_are_fine() -> None:
    result = tierlang("check", str(ROOT / "rulesets"), "--as-of", "2026-11-01")
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.fullmatch(
        r"ok: 5 rulesets(, [\d,]+ questions proved(, \d+ not proved \(--strict lists them\))?)?\n", result.stdout
    )


@pytest.mark.usefixtures("stand_ins")
@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.tier")))
def test_messages_that_a_person_reads(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    result = tierlang("check", f"{name}.tier")
    assert (result.exit_code, result.stderr) == (1, "")
    assert_golden(GOLDEN / f"{name}.txt", result.stdout)


@pytest.mark.usefixtures("stand_ins")
def test_findings_as_json(tmp_path: Path) -> None:
    path = write_rules(tmp_path, "exclude more when fitt > 90")
    result = tierlang("check", path, "--format", "json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["version"], report["errors"]) == (1, 2, 1)
    (finding,) = report["findings"]
    assert (finding["code"], finding["path"], finding["line"]) == ("unknown-name", path, 21)
    assert finding["fixes"][0]["edits"][0]["text"] == "fit"


@pytest.mark.usefixtures("stand_ins")
def test_nothing_found_is_json_too(tmp_path: Path) -> None:
    result = tierlang("check", write_rules(tmp_path), "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["findings"] == []


@pytest.mark.usefixtures("stand_ins")
def test_folders_are_searched_but_not_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    write_rules(tmp_path / "a" / "b")
    write_rules(tmp_path, name="x.tier")
    write_rules(tmp_path / ".git", "broken", name="hidden.tier")
    (tmp_path / ".#x.tier").symlink_to("someone@somewhere.1234")
    (tmp_path / "a" / "notes.txt").write_text("not a rule file")
    assert tierlang("check", str(tmp_path)).stdout == "ok: 2 rulesets\n"


@pytest.mark.usefixtures("stand_ins")
def test_a_file_named_twice_is_checked_once(tmp_path: Path) -> None:
    path = write_rules(tmp_path, "nonsense")
    once, twice = tierlang("check", path), tierlang("check", path, str(tmp_path))
    assert once.stdout == twice.stdout


def test_a_folder_without_rule_files_is_a_mistake(tmp_path: Path) -> None:
    result = tierlang("check", str(tmp_path))
    assert result.exit_code == 2
    assert "no rule file (*.tier) is in this folder" in result.stderr


@pytest.mark.usefixtures("stand_ins")
def test_a_used_file_is_checked_through_its_users_and_once(tmp_path: Path) -> None:
    (tmp_path / "shared.tier").write_text('owner sam "Sam"\nexclude odd when nmae = "x"\n')
    write_rules(tmp_path, 'use "shared.tier"', name="one.tier")
    write_rules(tmp_path, 'use "shared.tier"', name="two.tier")
    result = tierlang("check", str(tmp_path))
    assert result.stdout.count("error[") == 1
    assert "shared.tier:2:18: error[unknown-name]" in result.stdout
    assert result.stdout.endswith("1 error in 1 file\n")


def test_a_file_that_nobody_uses_is_only_noted(tmp_path: Path) -> None:
    (tmp_path / "alone.tier").write_text('owner sam "Sam"\n')
    result = tierlang("check", str(tmp_path))
    assert result.exit_code == 0
    assert "note[unused-file]" in result.stdout


def test_a_file_that_nobody_uses_still_has_to_be_written_right(tmp_path: Path) -> None:
    (tmp_path / "alone.tier").write_text('owner sam "Sam" {\n')
    assert tierlang("check", str(tmp_path)).exit_code == 1


def test_where_paths_count_from_is_said_only_of_files_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    wrong = 'list a from "empty.csv" column "x"\nlist b from "no.csv" column "x"\nuse "no.tier"'
    result = tierlang("check", write_rules(tmp_path, wrong))
    assert result.stdout.count("error[unreadable-file]") == 3
    assert result.stdout.count("hint: paths count from the folder") == 2


def test_a_ruleset_without_its_header_is_judged_as_one(tmp_path: Path) -> None:
    path = Path(write_rules(tmp_path, "exclude more when fitt > 90"))
    _, header, rest = path.read_text(encoding="utf-8").partition("account {")
    path.write_text(header + rest, encoding="utf-8")
    result = tierlang("check", str(path))
    assert result.exit_code == 1
    assert "this ruleset has no `ruleset`" in result.stdout
    assert "did you mean `fit`?" in result.stdout


@pytest.mark.usefixtures("stand_ins")
def test_set_replaces_a_constant(tmp_path: Path) -> None:
    path = write_rules(tmp_path)
    assert tierlang("check", path, "--set", "seats=5").exit_code == 0
    wrong = tierlang("check", path, "--set", "seat=5")
    assert wrong.exit_code == 2
    assert "did you mean `seats`?" in wrong.stdout
    assert tierlang("check", path, "--set", "seats=many").exit_code == 2


@pytest.mark.parametrize("setting", ["seat=5", "seats=many"])
def test_a_wrong_setting_is_wrong_usage_for_every_command(tmp_path: Path, setting: str) -> None:
    rules = write_rules(tmp_path)
    data = str(tmp_path / "accounts.csv")
    for command in (("check", rules), ("test", rules), ("eval", rules, data), ("explain", rules, data, "A")):
        result = tierlang(*command, "--set", setting)
        assert result.exit_code == 2, command
        assert f"--set {setting.partition('=')[0]}" in result.stdout + result.stderr


@pytest.mark.parametrize("value", ["seats", "=5", "seats="])
def test_set_needs_a_name_and_a_value(tmp_path: Path, value: str) -> None:
    result = tierlang("check", write_rules(tmp_path), "--set", value)
    assert result.exit_code == 2
    assert "NAME=VALUE" in result.stderr


def test_an_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "latin.tier").write_bytes('ruleset "Caf\xe9"'.encode("latin-1"))
    write_rules(tmp_path, "nonsense")
    result = tierlang("check", str(tmp_path))
    assert result.exit_code == 2
    assert "latin.tier" in result.stderr
    assert "not UTF-8 text" in result.stderr
    assert "small.tier" in result.stdout


def test_line_ends_that_would_hide_rules_in_a_comment_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mac.tier"
    path.write_bytes(b"ruleset x { }\n# why\rexclude customers when customer\r\n")
    result = tierlang("check", str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "line 2 has a carriage return without a line feed" in result.stderr
    path.write_bytes(b"let a = 1\r\r\nlet b = 2\r\n")
    assert tierlang("fmt", str(path)).exit_code == 0
    assert path.read_bytes() == b"let a = 1\nlet b = 2\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_said(tmp_path: Path) -> None:
    path = write_rules(tmp_path)
    os.chmod(path, 0)
    result = tierlang("check", path)
    assert result.exit_code == 2
    assert "may not be" in result.stderr


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    result = tierlang("check", str(tmp_path / "no.tier"))
    assert result.exit_code == 2
    assert "does not exist" in result.stderr
