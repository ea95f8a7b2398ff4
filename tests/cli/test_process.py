"""The command as a process: pipes, signals, colours."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.cli.files import write_accounts, write_rules

COMMAND = [sys.executable, "-m", "tierlang"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    folder = tmp_path_factory.mktemp("large")
    columns = "'A' || range AS id, 'N' || range AS name, range % 100 AS fit, '' AS label, range AS potential"
    duckdb.sql(f"COPY (SELECT {columns} FROM range(1500000)) TO '{folder}/accounts.csv' (HEADER)")
    return folder, write_rules(folder), str(folder / "accounts.csv")


def on_a_terminal(arguments: list[str], **environment: str) -> str:
    """What the command writes where both streams are a terminal."""
    master, slave = pty.openpty()
    variables = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **environment}
    process = subprocess.Popen([*COMMAND, *arguments], stdout=slave, stderr=slave, env=variables)
    os.close(slave)
    parts = []
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    process.wait()
    os.close(master)
    return b"".join(parts).decode()


def test_colour_on_a_terminal_and_none_where_it_is_not_wanted(tmp_path: Path) -> None:
    broken = write_rules(tmp_path, "nonsense")
    fine = write_rules(tmp_path, name="fine.tier")
    accounts = write_accounts(tmp_path)
    for arguments in (["check", broken], ["eval", fine, accounts], ["explain", fine, accounts, "A-2"]):
        assert "\x1b[" in on_a_terminal(arguments, NO_COLOR="")
        assert "\x1b[3" not in on_a_terminal(arguments, NO_COLOR="1")
        assert "\x1b[1;3" not in on_a_terminal(arguments, NO_COLOR="1")


def test_a_closed_pipe_is_no_drama(large: tuple[Path, str, str]) -> None:
    _, rules, accounts = large
    process = subprocess.Popen(
        [*COMMAND, "eval", rules, accounts, "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith(b"key,tier,")
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141
    process.stderr.close()


@pytest.mark.parametrize("command", ["check {}", "fmt --diff {}", "test {}", "check {} --format json", "rule"])
def test_standard_output_may_be_closed(tmp_path: Path, command: str) -> None:
    rules = write_rules(tmp_path)
    words = [sys.executable, "-m", "tierlang", *command.format(rules).split()]
    done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *words], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 1)


def _mind_interruptions() -> None:
    """Where the tests run in the background, the shell has told them to ignore Ctrl-C, and their children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_leaves_nothing(large: tuple[Path, str, str], tmp_path: Path, sign: signal.Signals) -> None:
    _, rules, accounts = large
    before = set(tmp_path.iterdir())
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    output = tmp_path / "out.csv"
    arguments = ["eval", rules, accounts, "-o", str(output), "--threads", "1"]
    for _ in range(10):
        process = subprocess.Popen(
            [*COMMAND, *arguments], stderr=subprocess.PIPE, env=environment, preexec_fn=_mind_interruptions
        )
        while not any(tmp_path.iterdir()) and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(sign)
        _, said = process.communicate(timeout=60)
        if process.returncode != 0:
            break
        output.unlink()  # On a busy machine a run can be over before the signal comes: it says nothing.
    assert (process.returncode, said) == (130, b"\nStopped. No result was written.\n")
    assert set(tmp_path.iterdir()) == before


def test_a_failed_run_leaves_an_old_result_alone(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("of yesterday")
    bad = write_accounts(tmp_path, "id,name,fit,label,potential\nA,x,many,,\n")
    process = subprocess.run(
        [*COMMAND, "eval", write_rules(tmp_path), bad, "-o", str(out)], capture_output=True, check=False
    )
    assert (process.returncode, out.read_text()) == (2, "of yesterday")


def test_output_that_cannot_be_written_in_full_is_said(tmp_path: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full here")
    with open("/dev/full", "wb") as full:
        process = subprocess.run(
            [*COMMAND, "eval", write_rules(tmp_path), write_accounts(tmp_path), "-q"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (process.returncode, process.stderr) == (2, b"error: the disk is full\n")
