"""What became of accounts that hold something."""

from __future__ import annotations

from collections.abc import Iterator

from tests.engines.reaching.words import there
from tests.strategies import Case
from tierlang.engines.interpreter.evaluate import Outcome
from tierlang.engines.interpreter.placing import Path
from tierlang.program import nodes as n
from tierlang.program.holdings import Decision, Holding
from tierlang.program.outcome import Stopped

OCCASIONS = ("at a review", "between reviews", "in a freeze")
PAST = {
    *OCCASIONS,
    *(f"new {when}" for when in OCCASIONS),
    *(f"exclusion {when}" for when in OCCASIONS),
    *(f"retired {when}" for when in OCCASIONS),
    *(f"pin {when}" for when in OCCASIONS[:2]),
    *(f"pin ended {when}" for when in OCCASIONS[:2]),
    *("review at a review", "trigger between reviews"),
    *(f"stays {when}" for when in OCCASIONS),
    *("waits for cool-down at a review", "waits for hold at a review"),
    *(f"waits for {what} between reviews" for what in ("approval", "capacity", "cool-down", "hold")),
    "waits for freeze in a freeze",
    *("held untiered", "another base", "retired and placed anew", "retired to a tier", "retired past a gate"),
    *("kept where its line is not", "kept and over a capacity", "kept and adjusted", "a second class"),
    *(
        "promoted",
        "demoted",
        "demoted out",
        "promoted past a gate",
        "demoted past a gate",
        "demoted and over a capacity",
    ),
    *("to approve up", "to approve down", "to approve over a capacity", "to approve out"),
    *("no seat for a move to approve", "no seat in the whole ladder", "no seat for a move"),
    *("held and flowed home", "held both ways", "anchored and overbooked"),
    *("lasted", "did not last", "lasting is unknown", "fault of keep", "fault of hold", "fault of trigger"),
}


def in_past(case: Case, outcome: Outcome | Stopped) -> Iterator[str]:
    """What became of a case with a past."""
    assert case.past is not None
    assert case.occasion is not None
    when = OCCASIONS[0 if case.occasion.review else 2 if case.occasion.freeze else 1]
    yield when
    if isinstance(outcome, Stopped):
        yield from (f"fault of {fault.where.split(' ')[0]}" for fault in outcome.faults)
        return
    paths = outcome.placed[0].paths
    for decision in outcome.decisions:
        holding = case.past.holdings.get(decision.key)
        yield from _decided(decision, holding, when)
        path = paths.get(decision.key)
        if path is not None:
            yield from _on_the_way(case, decision, holding, path)
    yield from there({"anchored and overbooked": any(each.overbooked for each in outcome.summary.own.seats)})


def _decided(decision: Decision, holding: Holding | None, when: str) -> Iterator[str]:
    if decision.waits is not None:
        yield f"waits for {decision.waits} {when}"
    else:
        yield f"{decision.cause or 'stays'} {when}"
    reason, over = decision.reason, "; over capacity" in decision.reason
    gates = "as the conditions of" in reason.split("; over capacity")[0]
    retired = holding is not None and holding.retired is not None
    yield from there(
        {
            "held untiered": holding is not None and holding.tier is None and not retired,
            "another base": holding is not None and holding.base != holding.tier,
            "retired and placed anew": "is retired; " in reason,
            "retired to a tier": "is retired: to " in reason,
            "retired past a gate": "is retired: " in reason and gates,
            "kept where its line is not": reason.startswith("kept: "),
            "kept and over a capacity": reason.startswith("kept: ") and over,
            "kept and adjusted": reason.startswith("kept: ") and ("; raised" in reason or "; capped" in reason),
            "promoted": reason.startswith("promoted"),
            "demoted": reason.startswith("demoted"),
            "demoted out": reason.startswith("demoted out"),
            "promoted past a gate": reason.startswith("promoted") and gates,
            "demoted past a gate": reason.startswith("demoted") and gates,
            "demoted and over a capacity": reason.startswith("demoted") and over,
            "to approve up": "for approval" in reason and ": promoted" in reason,
            "to approve down": "for approval" in reason and ": demoted" in reason,
            "to approve over a capacity": "for approval" in reason and over,
            "to approve out": decision.waits == "approval" and decision.proposed is None,
        }
    )


def _on_the_way(case: Case, decision: Decision, holding: Holding | None, path: Path) -> Iterator[str]:
    course, own, facts = path.course, path.candidate, path.candidate.facts
    assert course is not None
    enduring = [each for each in (*case.program.definitions, *case.program.relative) if isinstance(each, n.Enduring)]
    for each in enduring:
        yield {True: "lasted", False: "did not last"}.get(facts.defined[each.name] is True, "")
        if facts.defined[each.name] is None:
            yield "lasting is unknown"
    yield from there(
        {
            "a second class": own.kept is not None and own.tier is own.kept and bool(own.kept.capacities),
            "held and flowed home": course.cause == "review" and bool(own.moves) and own.tier is own.anchor is not None,
            "held both ways": decision.waits == "hold" and course.fired is not None and course.fired.trigger.up,
            "no seat for a move": course.over == "goes home" and bool(own.moves),
            "no seat for a move to approve": decision.waits == "capacity" and course.over == "flows",
            "no seat in the whole ladder": decision.reason.startswith("waits for a seat: "),
        }
    )
