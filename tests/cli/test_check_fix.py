"""`tierlang check --fix`: certain edits are made, files appear whole, and what would do harm is not written."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.cli.files import RULES, plain, tierlang, write_rules
from tests.cli.stand_ins import NOTED, ODD, WORSE, stand_ins

__all__ = ["stand_ins"]

pytestmark = pytest.mark.usefixtures("stand_ins")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text(path: str = "small.tier") -> str:
    return Path(path).read_bytes().decode()


def test_certain_edits_are_made_and_the_rest_is_told(here: Path) -> None:
    write_rules(here, "\n".join((ODD.format(name="a"), NOTED.format(name="b"))))
    result = tierlang("check", "small.tier", "--fix")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        'small.tier: put right in 1 place\n  21:11  odd: write `"Even"`\n\nsmall.tier:22:11: note[noted]'
    )
    assert 'exclude a "Even" when fit > 90' in text()


def test_misspelt_language_is_put_right_round_by_round(here: Path) -> None:
    write_rules(here, 'exclude a "Odd" when fit == 95 && fit > 1')
    result = tierlang("check", "small.tier", "--fix")
    assert result.exit_code == 0
    assert 'exclude a "Even" when fit = 95 and fit > 1' in text()
    assert result.stdout.endswith("ok: 1 ruleset\n")


def test_a_file_that_many_use_is_written_once(here: Path) -> None:
    Path("shared.tier").write_text(ODD.format(name="shared") + "\n", encoding="utf-8")
    for name in ("one.tier", "two.tier"):
        write_rules(here, 'use "shared.tier"', name=name)
    result = tierlang("check", ".", "--fix")
    assert result.stdout == 'shared.tier: put right in 1 place\n  1:16  odd: write `"Even"`\n\nok: 2 rulesets\n'
    assert text("shared.tier") == 'exclude shared "Even" when fit > 90\n'


def test_line_ends_byte_order_mark_rights_and_links_stay(here: Path) -> None:
    whole = "\ufeff" + RULES.format(more=ODD.format(name="a")).replace("\n", "\r\n")
    Path("real.tier").write_bytes(whole.encode())
    Path("real.tier").chmod(0o640)
    Path("small.tier").symlink_to("real.tier")
    assert tierlang("check", "small.tier", "--fix").exit_code == 0
    assert text("real.tier") == whole.replace('"Odd"', '"Even"')
    assert stat.S_IMODE(os.stat("real.tier").st_mode) == 0o640
    assert Path("small.tier").is_symlink()
    assert sorted(os.listdir(".")) == ["real.tier", "small.tier"]


def test_an_edit_that_leaves_more_errors_is_not_made(here: Path) -> None:
    lines = [ODD.format(name="a"), WORSE.format(name="b"), ODD.format(name="c"), WORSE.format(name="d")]
    write_rules(here, "\n".join(lines))
    result = tierlang("check", "small.tier", "--fix")
    assert result.exit_code == 1
    assert text().count('"Even"') == 2
    assert text().count('"Worse" when fit') == 2
    assert "small.tier: put right in 2 places" in result.stdout


def test_the_diff_can_be_applied_and_nothing_is_written(here: Path) -> None:
    path = write_rules(here, ODD.format(name="a"))
    Path(path).write_text(text().rstrip("\n"), encoding="utf-8")
    before = text()
    shown = tierlang("check", "small.tier", "--fix", "--diff")
    assert shown.exit_code == 1
    assert shown.stdout.startswith("--- small.tier\n+++ small.tier\n@@ ")
    assert shown.stderr == "would put right 1 place in 1 file\nok: 1 ruleset\n"
    assert text() == before
    Path("fix.diff").write_text(shown.stdout, encoding="utf-8")
    subprocess.run(["git", "apply", "-p0", "fix.diff"], check=True, env={**os.environ, "GIT_DIR": "/nonexistent"})
    fixed = text()
    Path(path).write_text(before, encoding="utf-8")
    tierlang("check", "small.tier", "--fix")
    assert text() == fixed != before


def test_a_diff_of_nothing_is_empty(here: Path) -> None:
    write_rules(here)
    result = tierlang("check", "small.tier", "--fix", "--diff")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "nothing to put right\nok: 1 ruleset\n")


def test_json_says_what_was_put_right(here: Path) -> None:
    write_rules(here, ODD.format(name="a"))
    report = json.loads(tierlang("check", "small.tier", "--fix", "--format", "json").stdout)
    assert [(one["code"], one["line"], one["title"]) for one in report["corrected"]] == [("odd", 21, 'write `"Even"`')]
    assert report["findings"] == []


@pytest.mark.parametrize("form", ["sarif", "github", "junit"])
def test_other_formats_say_it_on_standard_error(here: Path, form: str) -> None:
    write_rules(here, ODD.format(name="a"))
    result = tierlang("check", "small.tier", "--fix", "--format", form)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (0, "small.tier: put right in 1 place")


def test_rules_left_out_are_not_fixed(here: Path) -> None:
    write_rules(here, ODD.format(name="a"))
    assert tierlang("check", "small.tier", "--fix", "--ignore", "odd").stdout == "ok: 1 ruleset\n"
    assert '"Odd"' in text()


def test_options_that_do_not_go_together(here: Path) -> None:
    write_rules(here)
    assert "--fix --diff" in plain(tierlang("check", ".", "--diff").stderr)
    assert tierlang("check", ".", "--fix", "--diff", "--format", "json").exit_code == 2


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tierlang.cli.fixing import Fixed

    path = Path(write_rules(here, ODD.format(name="a")))
    write = Fixed.write

    def late(fixed: Fixed) -> None:
        path.write_text("# mine\n", encoding="utf-8")
        write(fixed)

    monkeypatch.setattr(Fixed, "write", late)
    result = tierlang("check", "small.tier", "--fix")
    assert (result.exit_code, text()) == (2, "# mine\n")
    assert "was changed by somebody else meanwhile" in plain(result.stderr)


def test_a_disk_that_is_full_leaves_the_file_as_it_was(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rules(here, ODD.format(name="a"))
    before = text()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "small.tier")

    monkeypatch.setattr("os.replace", full)
    result = tierlang("check", "small.tier", "--fix")
    assert (result.exit_code, text(), os.listdir(".")) == (2, before, ["small.tier"])
    assert "the disk is full" in result.stderr
