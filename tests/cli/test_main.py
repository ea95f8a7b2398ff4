"""The guard around every command: plain words for a user's mistake, a traceback only for a bug of ours."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tests.cli.files import ROOT, tierlang
from tierlang import __version__
from tierlang.cli.main import main


@pytest.fixture
def run_instead(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], Result]:
    """Runs `tierlang check` with this in its place."""

    def run(body: Callable[[], None]) -> Result:
        module = types.ModuleType("tierlang.cli.check")
        module.command = click.command("check")(body)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "tierlang.cli.check", module)
        return CliRunner().invoke(main, ["check"])

    return run


def raising(problem: BaseException) -> Callable[[], None]:
    def body() -> None:
        raise problem

    return body


def test_a_missing_file_is_said_in_plain_words(run_instead: Callable[[Callable[[], None]], Result]) -> None:
    result = run_instead(raising(FileNotFoundError(2, "No such file or directory", "accounts.csv")))
    assert (result.exit_code, result.stderr) == (2, "error: accounts.csv: there is no such file\n")


def test_a_full_disk_is_said_in_plain_words(run_instead: Callable[[Callable[[], None]], Result]) -> None:
    result = run_instead(raising(OSError(28, "No space left on device", "out.csv")))
    assert (result.exit_code, result.stderr) == (2, "error: out.csv: the disk is full\n")


def test_ctrl_c_ends_with_130_and_no_traceback(run_instead: Callable[[Callable[[], None]], Result]) -> None:
    result = run_instead(raising(KeyboardInterrupt()))
    assert (result.exit_code, result.stderr) == (130, "\nStopped. No result was written.\n")


def test_a_bug_shows_its_traceback_and_asks_for_a_report(run_instead: Callable[[Callable[[], None]], Result]) -> None:
    result = run_instead(raising(ZeroDivisionError("our own")))
    assert result.exit_code == 2
    assert "ZeroDivisionError: our own" in result.stderr
    assert "Please report it" in result.stderr


def test_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output == f"tierlang {__version__}\n"


def test_a_rule_file_in_the_place_of_a_command_is_explained() -> None:
    result = CliRunner().invoke(main, ["rules.tier"])
    assert result.exit_code == 2
    assert "tierlang check rules.tier" in result.stderr


@pytest.mark.parametrize("command", ["check", "fmt", "eval", "explain", "history", "replay"])
def test_every_command_has_help_with_an_example_on_a_shipped_ruleset(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "rulesets" in result.output
    assert f"\n    tierlang {command} " in result.output


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["check"],
        ["fmt"],
        ["eval"],
        ["explain"],
        *(pytest.param([name], marks=pytest.mark.slow) for name in ("history", "replay")),
    ],
)
def test_the_examples_of_the_help_work(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in the folder that the help names, or in that of the project."""
    monkeypatch.setattr(
        "tierlang.cli.check.today", lambda: dt.date(2026, 11, 1)
    )  # Later the models are due for a review.
    shutil.copytree(ROOT / "rulesets", tmp_path / "rulesets")
    output = tierlang(*command, "--help").output
    named = re.search(r"in the folder (\S+):", output)
    monkeypatch.chdir(tmp_path / (named[1] if named else "."))
    examples = [found.split()[1:] for found in re.findall(r"^    tierlang .*(?:\n      .*)*", output, re.MULTILINE)]
    assert examples
    for example in examples:
        # The sample accounts are there to be looked at: beside them a model may have findings.
        assert tierlang(*example).exit_code in ((0, 1) if "--data" in example else (0,))


def test_a_misspelt_command_is_met_with_the_nearest() -> None:
    assert "There is no command evl. Did you mean eval?" in tierlang("evl").stderr


def completed(words: str) -> list[str]:
    """What bash is offered for the last of the words."""
    environment = {
        "_TIERLANG_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
        "PATH": "",
    }
    script = "from tierlang.cli.main import main; main(prog_name='tierlang')"
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    return done.stdout.split()


def test_shell_completion_knows_the_commands_and_where_a_file_stands() -> None:
    assert completed("tierlang e") == ["plain,eval", "plain,explain"]
    assert completed("tierlang eval a b --ev") == ["plain,--events"]
    assert completed("tierlang eval a b --events or") == ["file,or"]


def test_check_starts_without_the_engines() -> None:
    script = "import sys; import tierlang.cli.check; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"duckdb", "sqlglot", "rich", "z3"} & set(done.stdout.split())
