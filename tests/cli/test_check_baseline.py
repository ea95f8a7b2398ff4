"""`tierlang check --baseline`: what it silences, how it shrinks, and what it leaves alone."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.cli.files import plain, tierlang, write_rules
from tests.cli.stand_ins import ASKED, NOTED, ODD, stand_ins
from tests.golden import assert_golden

__all__ = ["stand_ins"]

pytestmark = pytest.mark.usefixtures("stand_ins")
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rules(*lines: str, name: str = "small.tier") -> None:
    more = "\n".join(line.format(name=f"exclusion_{number}") for number, line in enumerate(lines))
    write_rules(Path(), more, name)


def kept(path: str = "base.json") -> list[tuple[str, str]]:
    """What the baseline holds: rules and places."""
    findings: list[dict[str, Any]] = json.loads(Path(path).read_text(encoding="utf-8"))["findings"]
    return [(one["rule"], one["path"]) for one in findings]


def start(*arguments: str) -> None:
    assert tierlang("check", *(arguments or (".",)), "--baseline", "base.json", "--write-baseline").exit_code == 0


def test_what_it_holds_is_silent_and_counted(here: Path) -> None:
    rules(ODD, ASKED, NOTED)
    written = tierlang("check", ".", "--baseline", "base.json", "--write-baseline")
    counted = "ok: 1 ruleset, 2 questions proved, 1 not proved (--strict lists them); 2 findings in the baseline\n"
    assert (written.exit_code, written.stdout, written.stderr) == (0, counted, "")
    again = tierlang("check", ".", "--baseline", "base.json")
    assert (again.exit_code, again.stdout, again.stderr) == (0, counted, "")
    assert_golden(GOLDEN / "baseline.json", Path("base.json").read_text(encoding="utf-8"))


def test_new_findings_are_told(here: Path) -> None:
    rules(ODD)
    start()
    rules(ODD, ODD)
    result = tierlang("check", ".", "--baseline", "base.json")
    assert result.exit_code == 1
    assert "`exclusion_1` is odd" in result.stdout
    assert "`exclusion_0` is odd" not in result.stdout
    assert result.stdout.endswith("1 warning in 1 file (1 can be put right with --fix); 1 finding in the baseline\n")
    assert len(kept()) == 1


def test_moving_and_laying_out_anew_changes_nothing(here: Path) -> None:
    rules(ODD)
    start()
    path = Path("small.tier")
    text = path.read_text(encoding="utf-8").replace('"Odd" when', '   "Odd"\n # a remark\n   when')
    path.write_text("# moved\n\n" + text, encoding="utf-8")
    assert tierlang("check", ".", "--baseline", "base.json").exit_code == 0
    assert len(kept()) == 1


def test_what_is_gone_leaves_it(here: Path) -> None:
    rules(ODD, ODD, NOTED)
    start()
    rules(ODD)
    result = tierlang("check", ".", "--baseline", "base.json")
    assert (result.exit_code, result.stderr) == (0, "base.json: 2 findings are gone and left it\n")
    assert kept() == [("odd", "small.tier")]


def test_findings_of_a_deleted_file_leave_it(here: Path) -> None:
    rules(ODD)
    rules(ODD, name="other.tier")
    start()
    Path("other.tier").unlink()
    tierlang("check", ".", "--baseline", "base.json")
    assert kept() == [("odd", "small.tier")]


@pytest.mark.parametrize(
    "options",
    [
        ("small.tier", "--ignore", "odd"),
        ("small.tier", "--select", "noted"),
        ("other.tier",),
        ("small.tier", "--set", "seats=2"),
        ("small.tier", "--as-of", "2020-01-01"),
        ("small.tier", "--fix", "--diff"),
    ],
    ids=" ".join,
)
def test_what_was_not_looked_for_stays(here: Path, options: tuple[str, ...]) -> None:
    rules(ODD)
    rules(name="other.tier")
    start()
    rules()
    assert tierlang("check", *options, "--baseline", "base.json").exit_code == 0
    assert kept() == [("odd", "small.tier")]


def test_a_ruleset_that_does_not_compile_keeps_its_findings_and_tells_its_errors(here: Path) -> None:
    rules(ODD)
    start()
    rules("exclude more when fitt > 90")
    for more in ((), ("--write-baseline",)):
        result = tierlang("check", ".", "--baseline", "base.json", *more)
        assert (result.exit_code, "error[unknown-name]" in result.stdout) == (1, True)
        assert kept() == [("odd", "small.tier")]


def test_a_finding_in_a_used_file_stays_until_all_its_users_were_looked_at(here: Path) -> None:
    Path("shared.tier").write_text(ODD.format(name="shared"), encoding="utf-8")
    for name in ("one.tier", "two.tier"):
        write_rules(Path(), 'use "shared.tier"', name=name)
    start()
    Path("shared.tier").write_text("", encoding="utf-8")
    tierlang("check", "one.tier", "--baseline", "base.json")
    assert kept() == [("odd", "shared.tier")]
    tierlang("check", "one.tier", "two.tier", "--baseline", "base.json")
    assert kept() == []


def test_questions_without_answers_stay_when_nobody_asked_for_them(here: Path) -> None:
    rules(ASKED)
    start(".", "--strict")
    assert kept() == [("not-proved", "small.tier")]
    tierlang("check", ".", "--baseline", "base.json")
    assert kept() == [("not-proved", "small.tier")]
    assert tierlang("check", ".", "--strict", "--baseline", "base.json").exit_code == 0


def test_it_is_the_same_from_every_folder(here: Path) -> None:
    Path("rules").mkdir()
    write_rules(Path("rules"), ODD.format(name="x"))
    start("rules")
    os.chdir("rules")
    assert tierlang("check", ".", "--baseline", "../base.json").exit_code == 0
    assert tierlang("check", str(here / "rules"), "--baseline", str(here / "base.json")).exit_code == 0
    assert kept("../base.json") == [("odd", "rules/small.tier")]


def test_writing_it_anew_takes_in_what_was_found_and_lets_go_what_is_gone(here: Path) -> None:
    rules(ODD, NOTED)
    start()
    rules(NOTED, NOTED)
    start()
    assert kept() == [("noted", "small.tier"), ("noted", "small.tier")]


def test_a_missing_file_names_the_option_that_starts_one(here: Path) -> None:
    rules()
    result = tierlang("check", ".", "--baseline", "base.json")
    assert result.exit_code == 2
    assert "there is no such file. To start a baseline from today's findings, add --write-baseline" in plain(
        result.stderr
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "line 1, column 2 is not JSON"),
        ("<<<<<<< HEAD\n{}\n", "is not JSON"),
        ("{}", "is not a baseline of tierlang check"),
        ("[1, 2]", "is not a baseline of tierlang check"),
        ("null", "is not a baseline of tierlang check"),
        ('{"kind": "tierlang check baseline", "version": 1, "findings": [{}]}', "is not a baseline of tierlang check"),
        ('{"kind": "tierlang check baseline", "version": 1, "findings": ["x"]}', "is not a baseline of tierlang check"),
        ('{"kind": "tierlang check baseline", "version": "1", "findings": []}', "is not a baseline of tierlang check"),
        ('{"kind": "tierlang check baseline", "version": 2, "findings": 5}', "written by a newer tierlang (version 2"),
        ("[" * 100_000, "is not a baseline"),
    ],
    ids=lambda text: text[:30],
)
def test_a_file_that_is_no_baseline_is_left_as_it_is(here: Path, text: str, said: str) -> None:
    rules(ODD)
    Path("base.json").write_text(text, encoding="utf-8")
    for more in ((), ("--write-baseline",)):
        result = tierlang("check", ".", "--baseline", "base.json", *more)
        assert result.exit_code == 2
        assert said in plain(result.stderr)
        assert Path("base.json").read_text(encoding="utf-8") == text


def test_options_that_belong_together(here: Path) -> None:
    rules()
    assert "needs the file to write" in plain(tierlang("check", ".", "--write-baseline").stderr)
    both = tierlang("check", ".", "--fix", "--diff", "--baseline", "b.json", "--write-baseline")
    assert (both.exit_code, Path("b.json").exists()) == (2, False)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_where_it_cannot_be_written_the_findings_decide(here: Path) -> None:
    rules(ODD)
    start()
    rules()
    os.chmod(here, stat.S_IRUSR | stat.S_IXUSR)
    try:
        result = tierlang("check", ".", "--baseline", "base.json")
    finally:
        os.chmod(here, stat.S_IRWXU)
    assert (result.exit_code, result.stdout) == (0, "ok: 1 ruleset\n")
    assert "base.json cannot be written" in result.stderr


def test_a_disk_that_cannot_be_written_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: str, data: bytes) -> None:
        raise OSError(28, "No space left on device", path)

    rules(ODD)
    start()
    rules()
    monkeypatch.setattr("tierlang.cli.baseline.write_whole", full)
    shrinking = tierlang("check", ".", "--baseline", "base.json")
    said = "base.json cannot be written: the disk is full; 1 of its findings is gone and should leave it\n"
    assert (shrinking.exit_code, shrinking.stderr) == (0, said)
    starting = tierlang("check", ".", "--baseline", "base.json", "--write-baseline")
    assert (starting.exit_code, "the disk is full" in starting.stderr) == (2, True)
