"""The benchmark is only honest while the rivals' results are tierlang's: a small run of each workload."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.compare import differences
from tests.bench.contest import agreement_text, hold
from tests.bench.generate import make, make_events
from tests.bench.measure import ROOT, python, ratio, run
from tests.bench.tables import notes_of
from tests.bench.texts import rule_text, sql_text
from tests.bench.workloads import SMALL_FILE, Contestant, Workload, event_workloads, file_workloads

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
    assert "\nuse " not in (ROOT / SMALL_FILE).read_text(encoding="utf-8")


def test_rules_that_are_linted_are_good_and_of_the_length_that_is_said(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    for number in (0, 7, 199):
        text = rule_text(number)
        assert 180 <= text.count("\n") <= 360
        (rules / f"{number}.tier").write_text(text, encoding="utf-8")
    _, said = run(python("-m", "tierlang", "check", "--as-of", "2026-11-01", str(rules)))
    assert said.startswith("ok: 3 rulesets")


def test_sql_that_is_linted_is_good_and_of_the_length_that_is_said(tmp_path: Path) -> None:
    pytest.importorskip("sqlfluff", reason="needs what the measurements need: make bench installs it")
    (tmp_path / "query.sql").write_text(sql_text(3), encoding="utf-8")
    assert 180 <= sql_text(3).count("\n") <= 360
    _, said = run(python("-m", "sqlfluff", "parse", "--dialect", "postgres", str(tmp_path / "query.sql")))
    assert "unparsable" not in said.lower()


def test_unlike_amounts_of_work_are_compared_by_unit() -> None:
    child = python("-c", "pass")
    ours, theirs = (
        Contestant("tierlang", tuple(child), units=1000),
        Contestant("other", tuple(child), None, 0.5, units=2),
    )
    (finding,) = hold(Workload("by-line", 0, (ours, theirs)), 2)
    assert finding.ratio.median < 0.1
    assert finding.met
    assert "times as many lines" in notes_of([finding])[0]


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
