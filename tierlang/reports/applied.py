"""What `apply` did, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tierlang.diagnostics.suggest import listing
from tierlang.ledger.run import Recorded
from tierlang.planning.header import Head
from tierlang.program.nodes import Trigger
from tierlang.reports.plan_words import occasion_words
from tierlang.reports.words import count


def applied_lines(head: Head, recorded: Recorded, overridden: str | None, *, given: str | None) -> Iterator[str]:
    """The run, what it recorded, and what was said besides; `given` is a reason to override the breaker, whether it was needed or not."""
    done = [
        (recorded.assigned, "assigned"),
        (recorded.moved, "moved"),
        (recorded.closed, "closed"),
        (recorded.stayed, "changed where they are"),
        (recorded.observations, "scores and signals observed"),
    ]
    words = listing((f"{number:,} {what}" for number, what in done if number), most=len(done)) or "nothing to record"
    yield f"Applied to {head.ledger.path} as run {recorded.run}, as of {head.as_of} ({occasion_words(head)}): {words}."
    if overridden is not None:
        yield f"The breaker was overridden: {overridden}"
    elif given is not None:
        yield "The breaker did not have to be overridden, so the reason was not recorded."


def waiting_lines(waiting: Sequence[tuple[Trigger, int]]) -> Iterator[str]:
    """The moves that still wait for somebody's word."""
    for trigger, accounts in waiting:
        by = trigger.approver.shown if trigger.approver else "nobody"
        stay = "stays where it is" if accounts == 1 else "stay where they are"
        yield (
            f"{count(accounts, 'account')} {stay}: {'its' if accounts == 1 else 'their'} {trigger.direction[:-1]}ion by {trigger.name} waits for approval by {by}."
            f" The next plan asks again; there: --approve {trigger.name}"
        )
