"""What became of tests: which expectations were met, and for those that were not everything that tells why."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tierlang.engines.interpreter.evaluate import Outcome, Survey
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.trace_ladder import TierTrace
from tierlang.program import nodes
from tierlang.program.holdings import Decision, Occasion
from tierlang.program.outcome import Assignment, Stopped
from tierlang.testing.looking import Looked


@attrs.frozen
class Ran:
    """A test's population, judged and placed; `facts`, `assignments` and `decisions` by key.

    `occasion` is None for a test without a past, which then has no decisions.
    """

    surveyed: Survey
    outcome: Outcome
    facts: Mapping[str, Facts] = attrs.field(repr=False)
    assignments: Mapping[str, Assignment] = attrs.field(repr=False)
    occasion: Occasion | None = None
    decisions: Mapping[str, Decision] = attrs.field(factory=dict, repr=False)


@attrs.frozen
class KeptOut:
    """Why an account is not in a tier of the ruleset's own ladder, as far as the tier itself can tell.

    `tried` is what its line, top and gate say; `gate` the gate's condition in parts. `first` is the tier that took the account before it, by lines and gates, where it would fit too.
    Where the account is `pinned`, none of it decides. `keep` is the tier's `keep while` in parts, where that was asked (the tier is the account's held base) and did not hold.
    """

    tried: TierTrace
    gate: Looked | None
    first: nodes.Tier | None
    pinned: bool
    keep: Looked | None = None


@attrs.frozen
class Miss:
    """An expectation that was not met, and what came instead.

    `looked` is the condition that decided: the expectation's own, the mark's, the exclusion's, or the trigger's. `kept_out` says for an expected tier what stood in the way; None where it did not come to tiers.
    `decision` is what a run with a past decided; `trigger` the one that was to move the account and did not, or that moved it and was not to, and `why_not` says what else kept it from being asked.
    """

    expect: nodes.Expect
    came: Assignment
    looked: Looked | None = None
    kept_out: KeptOut | None = None
    decision: Decision | None = None
    trigger: nodes.Trigger | None = None
    why_not: str | None = None


@attrs.frozen
class TestResult:
    """One test: the run, or why it stopped, and the expectations that were not met."""

    test: nodes.Test
    ran: Ran | None
    stopped: Stopped | None
    misses: tuple[Miss, ...]

    @property
    def passed(self) -> bool:
        """Whether the run gave a result, and all that was expected came."""
        return self.stopped is None and not self.misses
