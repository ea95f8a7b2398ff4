"""Runs whole processes in turns and measures their wall time and peak memory.

This process must stay small: on Linux a child's peak memory starts at its parent's, so nothing heavy (duckdb, polars) is imported here.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

ROOT = Path(__file__).resolve().parents[2]


@attrs.frozen
class Sample:
    """One process: wall seconds, processor seconds of all its threads, and the most memory it held (bytes)."""

    seconds: float
    processor: float
    memory: int


@attrs.frozen
class Ratio:
    """Our time over theirs, pair by pair."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        digits = 2 if self.median >= 0.1 else 4
        return f"{self.median:.{digits}f} ({self.low:.{digits}f}–{self.high:.{digits}f})"


class ChildFailedError(Exception):
    """A contestant did not end well; the message has what it said."""


def python(*arguments: str) -> list[str]:
    """The command line of a Python process in this environment."""
    return [sys.executable, *arguments]


def run(command: Sequence[str]) -> tuple[Sample, str]:
    """Run one process to its end; its sample, and what it printed on standard output."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        started = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=ROOT, env=_environment(), stdin=subprocess.DEVNULL, stdout=said, stderr=complained
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complained.seek(0)
        if child.returncode != 0:
            raise ChildFailedError(
                f"{' '.join(command)}\nended with {child.returncode}\n{complained.read().decode()[-3000:]}"
            )
        unit = 1 if sys.platform == "darwin" else 1024
        return Sample(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit), said.read().decode()


def _environment() -> dict[str, str]:
    """Ours, with compiled modules kept between runs as on any user's machine; some build machines turn that off."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def take_turns(commands: Sequence[Callable[[], Sample]], rounds: int) -> list[list[Sample]]:
    """The samples of each contestant: every round runs all of them once, each time another one first."""
    samples: list[list[Sample]] = [[] for _ in commands]
    for number in range(rounds):
        for turn in range(len(commands)):
            which = (number + turn) % len(commands)
            samples[which].append(commands[which]())
    return samples


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    """The median of the pairwise ratios, with the least and the greatest."""
    pairs = [a / b for a, b in zip(ours, theirs, strict=True)]
    return Ratio(statistics.median(pairs), min(pairs), max(pairs))


def median_seconds(samples: Sequence[Sample]) -> float:
    """The median wall time."""
    return statistics.median(sample.seconds for sample in samples)


def peak(samples: Sequence[Sample]) -> int:
    """The most memory that any of the processes held."""
    return max(sample.memory for sample in samples)
