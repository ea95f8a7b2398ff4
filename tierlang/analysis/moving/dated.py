"""A cycle in the calendar: when each of its steps is taken, whether it needs anything new to go round, and whether the interpreter goes round it, too."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

import attrs

from tierlang.analysis.claims import both
from tierlang.analysis.index import Index
from tierlang.analysis.moving.standing import days_in
from tierlang.analysis.moving.steps import Step
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.engines.interpreter.facts import Account
from tierlang.program.calendar import shift
from tierlang.program.expressions import Compare, Constant, Defined, Expression, IsMissing, Not
from tierlang.program.holdings import Cause, Holding, Occasion, Past
from tierlang.program.nodes import Aggregate, EventPoints, Program, ReviewPeriod
from tierlang.program.numbers import SCALE
from tierlang.program.occasions import period_of, settled_until
from tierlang.program.values import Kind

_DAY = dt.timedelta(days=1)
MOST_TYPES = 3
"""The events of so many types are moved on by themselves."""


@attrs.frozen(eq=False)
class Leg:
    """One step and its day; `since` is the day from which the account held the tier that it leaves."""

    step: Step
    on: dt.date
    since: dt.date


def legs_of(program: Program, steps: Sequence[Step], first: dt.date, account: Account | None = None) -> tuple[Leg, ...]:
    """The steps with their days, the first of them once more at the end: each as soon as the account is settled, and has been in the tier as long as its condition wants (which the account says)."""
    legs: list[Leg] = []
    on = first
    for step in (*steps, steps[0]):
        legs.append(Leg(step, on, legs[-1].on if legs else on))
        following = steps[(len(legs)) % len(steps)]
        on = _next_day(program, step, following, on, account)
    since = first - max(legs[-1].on - legs[-2].on, _waited(steps[0], account))
    return (attrs.evolve(legs[0], since=since), *legs[1:])


def _next_day(program: Program, step: Step, following: Step, on: dt.date, account: Account | None) -> dt.date:
    cause: Cause = "trigger" if step.trigger is not None else "review"
    settled = settled_until(program, on, cause, step.trigger) or on
    earliest = max(settled, on + _DAY, on + _waited(following, account))
    if following.trigger is not None or program.review is None:
        return earliest
    return _review_from(earliest, on, program.review)


def _waited(step: Step, account: Account | None) -> dt.timedelta:
    days = None if account is None else account.values.get(days_in(step.source.name).name)
    return dt.timedelta(days=days // SCALE if isinstance(days, int) else 1)


def _review_from(earliest: dt.date, after: dt.date, period: ReviewPeriod) -> dt.date:
    """The first day of a review period that is not before `earliest`, where runs are daily."""
    day = max(earliest, after + _DAY)
    while period_of(day, period) == period_of(day - _DAY, period):
        day += _DAY
    return day


def idle(index: Index, claim: Expression, days: int) -> Expression:
    """The claim of an account to which nothing has happened in the last `days`: the events of shorter windows are over."""
    names = {below for name in index.flows.names(claim) for below in index.below(name)}
    over: list[Expression] = []
    for fact in index.program.facts:
        if not isinstance(fact, Aggregate | EventPoints) or f"d:{fact.name}" not in names or fact.window is None:
            continue
        if (index.as_of - shift(index.as_of, fact.window, -1)).days < days:
            over.append(_nothing(fact))
    return both(claim, *over) if over else claim


def _nothing(fact: Aggregate | EventPoints) -> Expression:
    """Whether a figure is that of no event at all."""
    figure = Defined(fact.name, fact.kind)
    if isinstance(fact, EventPoints) or fact.function in ("count", "distinct", "sum"):
        return Compare("=", figure, Constant(0, Kind.NUMBER))
    return Not(figure) if fact.function == "any" else IsMissing(figure)


def going_round(program: Program, account: Account, as_of: dt.date, legs: Sequence[Leg]) -> Account | None:
    """The account, if the interpreter takes every step on its day with nothing new: its events and the dates of its fields stay, its signals go on being measured as they are.

    If not, perhaps with its events as late as they can be: the account with those.
    """
    for each in _later(account, as_of):
        on_time = all(takes(program, measured_on(each, leg.on - as_of), leg) for leg in legs)
        if on_time and all(takes(program, each, as_of_today(leg, as_of)) for leg in legs):
            return each
    return None


def as_of_today(leg: Leg, today: dt.date) -> Leg:
    """The step as it were today, of an account that is in the tier as long as on its day."""
    return attrs.evolve(leg, on=today, since=today - (leg.on - leg.since))


def _later(account: Account, as_of: dt.date) -> Iterator[Account]:
    """The account, and those with the events of some types moved on until the latest is of today."""
    moved = {
        name: tuple(attrs.evolve(each, at=each.at + (as_of - max(one.at for one in found))) for each in found)
        for name, found in account.events.items()
    }
    many = len(moved) > MOST_TYPES
    for chosen in itertools.product((False, True), repeat=len(moved)):
        if many and any(chosen) != all(chosen):
            continue
        events = {name: moved[name] if on else account.events[name] for name, on in zip(moved, chosen, strict=True)}
        yield attrs.evolve(account, events=events)


def takes(program: Program, account: Account, leg: Leg) -> bool:
    """Whether the interpreter takes a step, with the account as it is on that day."""
    holding = Holding(account.key, leg.step.source.name, leg.step.source.name, leg.since)
    past = Past({account.key: holding}, observed(program, account, leg.on))
    outcome = evaluate(program, [account], leg.on, past, Occasion(leg.step.trigger is None))
    if not isinstance(outcome, Outcome) or not outcome.decisions:
        return False
    decision = outcome.decisions[0]
    to = None if leg.step.to is None else leg.step.to.name
    if leg.step.trigger is None:
        return decision.cause == "review" and decision.tier == to
    moves = decision.cause == "trigger" or decision.waits == "approval"
    return moves and decision.trigger == leg.step.trigger.name and decision.proposed == to


def rests(program: Program, account: Account, tier: str, since: dt.date, on: dt.date) -> bool:
    """Whether an account that holds this tier is left there on a day between reviews."""
    holding = Holding(account.key, tier, tier, since)
    outcome = evaluate(program, [account], on, Past({account.key: holding}), Occasion(False))
    if not isinstance(outcome, Outcome) or not outcome.decisions:
        return False
    decision = outcome.decisions[0]
    return decision.cause is None and decision.waits is None and decision.tier == tier


def observed(
    program: Program, account: Account, on: dt.date
) -> dict[tuple[str, str], tuple[tuple[dt.date, int | None], ...]]:
    """What the ledger of an account has that has not changed for long: each score that must have lasted, from the day on from which it counts."""
    wanted = program.enduring
    if not wanted:
        return {}
    outcome = evaluate(program, [account], on)
    if not isinstance(outcome, Outcome):
        return {}
    scores = outcome.assignments[0].scores
    found: dict[tuple[str, str], tuple[tuple[dt.date, int | None], ...]] = {}
    for each in wanted:
        day = shift(on, each.duration, -1)
        known = found.get((account.key, each.score), ((day, None),))[0][0]
        found[account.key, each.score] = ((min(day, known), scores[each.score]),)
    return found


def measured_on(account: Account, by: dt.timedelta) -> Account:
    """The account some days later, with what is measured of it as it was."""
    signals = {
        name: tuple(attrs.evolve(each, at=each.at + by) for each in found) for name, found in account.signals.items()
    }
    return attrs.evolve(account, signals=signals)
