"""Holds the contests: one round that does not count, in which the results are compared, then the rounds that do."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

from tests.bench.measure import Ratio, Sample, median_seconds, peak, python, ratio, run, take_turns
from tests.bench.workloads import Contestant, Workload


@attrs.frozen
class Finding:
    """tierlang against one rival in one workload. `agreement` says how their results compare; None where there are none."""

    workload: Workload
    rival: Contestant
    ours: float
    theirs: float
    ratio: Ratio
    processor: Ratio
    our_memory: int
    their_memory: int
    agreement: str | None

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.workload.seconds is not None:
            return self.ours < self.workload.seconds
        return None if self.rival.aim is None else self.ratio.median <= self.rival.aim


def hold(workload: Workload, rounds: int) -> list[Finding]:
    """Measure one workload against each of its rivals."""
    ours, *rivals = workload.contestants
    commands = [_command(contestant, in_process=workload.in_process) for contestant in workload.contestants]
    for command in commands:
        command()
    agreements = [_agreement(ours.out, rival.out, in_process=workload.in_process) for rival in rivals]
    samples = take_turns(commands, rounds)
    for contestant in workload.contestants:
        if contestant.out is not None:
            contestant.out.unlink(missing_ok=True)
    return [
        Finding(
            workload,
            rival,
            median_seconds(samples[0]),
            median_seconds(theirs),
            ratio([one.seconds / ours.units for one in samples[0]], [one.seconds / rival.units for one in theirs]),
            ratio([one.processor / ours.units for one in samples[0]], [one.processor / rival.units for one in theirs]),
            peak(samples[0]),
            peak(theirs),
            agreement,
        )
        for rival, theirs, agreement in zip(rivals, samples[1:], agreements, strict=True)
    ]


def _command(contestant: Contestant, *, in_process: bool) -> Callable[[], Sample]:
    def measured() -> Sample:
        if contestant.out is not None:
            contestant.out.unlink(missing_ok=True)
        sample, said = run(contestant.command)
        return attrs.evolve(sample, seconds=json.loads(said)["seconds"]) if in_process else sample

    return measured


def _agreement(ours: Path | None, theirs: Path | None, *, in_process: bool) -> str | None:
    if ours is None or theirs is None:
        return None
    _, said = run(python("-m", "tests.bench.compare", str(ours), str(theirs)))
    counts: dict[str, int] = json.loads(said)
    looked_at = ("alone", "tier", "priority") if in_process else ("alone", "tier", "label", "priority", "reason")
    return agreement_text(counts, looked_at)


def agreement_text(counts: dict[str, int], looked_at: Sequence[str]) -> str:
    """`same`, or how many accounts differ in what."""
    differing = [f"{counts[name]:,} {name}" for name in looked_at if counts[name]]
    return f"differ: {', '.join(differing)}" if differing else "same"
