"""The benchmark is only honest while the rivals' results are tierlang's: a small run of each workload."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.compare import differences
from tests.bench.contest import agreement_text
from tests.bench.generate import make, make_events
from tests.bench.measure import ROOT, ratio, run
from tests.bench.workloads import ONE_FILE, Workload, event_workloads, file_workloads

ROWS = 4000
EVERYTHING = ("alone", "tier", "label", "priority", "reason")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    make(folder, ROWS)
    make_events(folder, ROWS)
    return folder


def _workloads(data: Path, suffix: str) -> list[Workload]:
    everything = (*file_workloads(data, ROWS), *event_workloads(data, ROWS))
    return [each for each in everything if f"-{suffix}-" in each.name]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_queries_by_hand_place_every_account_as_tierlang_does(data: Path, suffix: str) -> None:
    for workload in _workloads(data, suffix):
        ours, by_hand = workload.contestants[:2]
        run(ours.command)
        run(by_hand.command)
        assert ours.out is not None
        assert by_hand.out is not None
        counts = differences(str(ours.out), str(by_hand.out))
        assert counts["accounts"] == ROWS
        assert agreement_text(counts, EVERYTHING) == "same", workload.name


def test_the_file_for_the_start_up_is_shipped_and_alone() -> None:
    assert "\nuse " not in (ROOT / ONE_FILE).read_text(encoding="utf-8")


def test_ratios_are_taken_pair_by_pair() -> None:
    found = ratio([1.0, 2.0, 9.0], [2.0, 2.0, 3.0])
    assert (found.median, found.low, found.high) == (1.0, 0.5, 3.0)


def test_a_childs_peak_memory_is_its_own() -> None:
    # Measured by a process as small as the benchmark's: a child's peak starts at its parent's, and the one that tests has grown.
    child = "x = bytearray(200 * 1024**2); print(len(x))"
    code = f"from tests.bench.measure import python, run; sample, said = run(python('-c', {child!r})); print(sample.memory, said)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    memory, said = map(int, done.stdout.split())
    assert said == 200 * 1024**2
    assert 200 * 1024**2 < memory < 300 * 1024**2
