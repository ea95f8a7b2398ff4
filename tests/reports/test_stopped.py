"""A run that stops says which accounts and what to do."""

from __future__ import annotations

from tierlang.program.outcome import Conflict, Fault, Stopped
from tierlang.reports.stopped import stopped_text


def test_faults_name_the_account_and_the_definition() -> None:
    faults = tuple(Fault(f"A-{n}", "score priority") for n in range(20))
    lines = stopped_text(Stopped(faults, 1234, (), 0)).splitlines()
    assert lines[0].startswith("1,234 accounts reached a number too large")
    assert lines[1] == "  A-0: in score priority"
    assert lines[21] == "  and 1,214 more"


def test_conflicts_name_both_tiers() -> None:
    lines = stopped_text(Stopped((), 0, (Conflict("0015", "one", "two"),), 1)).splitlines()
    assert lines[0] == "1 account satisfies two tiers, which `match unique` does not allow."
    assert lines[1] == "  0015: one and two"
