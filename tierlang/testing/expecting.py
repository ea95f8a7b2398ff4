"""One expectation of a test against what the run made of the account."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

import attrs

from tierlang.engines.interpreter.definitions import define
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.trace import Outside, trace
from tierlang.engines.interpreter.trace_ladder import Decided
from tierlang.engines.interpreter.trace_mobility import Remembered
from tierlang.program import nodes
from tierlang.program.outcome import Assignment
from tierlang.testing.looking import Looked, look
from tierlang.testing.moves import miss_of_move, once_approved
from tierlang.testing.results import KeptOut, Miss, Ran


def miss_of(program: nodes.Program, expect: nodes.Expect, ran: Ran, as_of: dt.date) -> Miss | None:
    """What was missed, with everything that tells why; None where the expectation is met."""
    came = ran.assignments[expect.key]
    match expect:
        case nodes.ExpectTier(tier=tier):
            if came.excluded is None and once_approved(came, ran) == tier:
                return None
            decision = ran.decisions.get(expect.key)
            kept_out = _kept_out(program, expect, ran, as_of)
            return Miss(expect, came, _exclusion(program, came, ran), kept_out, decision)
        case nodes.ExpectExcluded(exclusion=name, negated=negated):
            is_so = came.excluded is not None and name in (None, came.excluded)
            return (
                None
                if is_so != negated
                else Miss(expect, came, _of_exclusion(program, name or came.excluded, came, ran))
            )
        case nodes.ExpectMark(mark=name, negated=negated):
            if (name in came.marks) != negated:
                return None
            mark = next(each for each in program.marks if each.name == name)
            return Miss(expect, came, look(mark.when, ran.facts[came.key]))
        case nodes.ExpectHolds(condition=condition):
            looked = look(condition, _as_a_run_tells(program, ran.facts[came.key], came))
            return None if looked.answer is True else Miss(expect, came, looked)
        case nodes.ExpectMove():
            return miss_of_move(program, expect, ran)
        case _:
            assert_never(expect)


def _as_a_run_tells(program: nodes.Program, facts: Facts, came: Assignment) -> Facts:
    """The account as its row in a result shows it: an excluded one has no score, so that what is made from scores has no value either."""
    if came.excluded is None:
        return facts
    told = attrs.evolve(facts, defined=dict(facts.defined), faults=[])
    for definition in (*program.definitions, *program.relative):
        if isinstance(definition, nodes.Score):
            told.defined[definition.name] = None
        else:
            define(definition, told)
    return told


def _exclusion(program: nodes.Program, came: Assignment, ran: Ran) -> Looked | None:
    return _of_exclusion(program, came.excluded, came, ran)


def _of_exclusion(program: nodes.Program, name: str | None, came: Assignment, ran: Ran) -> Looked | None:
    """The condition of the exclusion that took the account, or was expected to."""
    exclusion = next((each for each in program.exclusions if each.name == name), None)
    return None if exclusion is None else look(exclusion.when, ran.facts[came.key])


def _kept_out(program: nodes.Program, expect: nodes.ExpectTier, ran: Ran, as_of: dt.date) -> KeptOut | None:
    """What the expected tier says of an eligible account that was placed by lines and gates."""
    facts, placed = ran.facts[expect.key], ran.outcome.placed
    if expect.tier is None or ran.assignments[expect.key].excluded is not None:
        return None
    course = placed[0].paths[expect.key].course
    if course is not None and course.fresh is None:
        return None
    percentiles = {
        each.name: facts.defined[each.name] for each in program.relative if isinstance(each, nodes.Percentile)
    }
    decided = [
        Decided({tier: expect.key in top.inside for tier, top in each.tops.items()}, facts.tiers[position])
        for position, each in enumerate(placed)
    ]
    past = Remembered(facts.memory, ran.occasion) if facts.memory is not None and ran.occasion is not None else None
    traced = trace(program, facts.account, as_of, Outside(percentiles, tuple(decided), past))
    own, moving = traced.own, traced.mobility
    tried = next(each for each in own.tried if each.tier.name == expect.tier)
    gate = tried.tier.gate
    first = own.base if tried.fits and own.base is not None and own.base.name != expect.tier else None
    asked = moving.keep if moving is not None and course is not None and course.cause == "review" else None
    lost = asked is not None and asked.tier.name == expect.tier and moving is not None and moving.kept is None
    keep = look(asked.tier.keep, facts) if asked is not None and asked.tier.keep is not None and lost else None
    return KeptOut(tried, None if gate is None else look(gate, facts), first, own.pin is not None, keep)
