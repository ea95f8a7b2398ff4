"""Apply is killed at random moments: each time the whole run is there, or none of it, and the ledger is fine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def crashing(folder: Path, accounts: int, kills: int, seed: int) -> subprocess.Popen[str]:
    """A process that kills as many applies."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.ledger.crashing", str(folder), str(accounts), str(kills), str(seed)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def left_by(*processes: subprocess.Popen[str]) -> Counter[str]:
    """What the kills left, all told."""
    counted: Counter[str] = Counter()
    for process in processes:
        said, complained = process.communicate()
        assert process.returncode == 0, complained
        counted.update(json.loads(said)["left"])
    return counted


FINE = {"none", "whole", "none after its end", "whole after its end"}


def test_a_dozen_kills_of_a_small_apply(tmp_path: Path) -> None:
    left = left_by(crashing(tmp_path / "a", 300, 12, 1))
    assert set(left) <= FINE, left
    assert left.total() >= 12
    assert left["none"]


@pytest.mark.slow
def test_two_hundred_kills_of_an_apply_on_a_hundred_thousand_accounts(tmp_path: Path) -> None:
    left = left_by(*(crashing(tmp_path / str(seed), 100_000, 104, seed) for seed in (1, 2)))
    assert set(left) <= FINE, left
    assert left["none"] + left["whole"] >= 100, left  # so many died before their end
    assert left.total() >= 200
