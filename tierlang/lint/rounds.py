"""Accounts that go round between tiers with nothing about them changed: what the rules about it share."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tierlang.analysis.answers import Impossible, Possible, Witness
from tierlang.analysis.moving.cycles import Cycle, with_reviews
from tierlang.analysis.moving.dated import Leg, as_of_today, going_round, idle, legs_of, observed, takes
from tierlang.analysis.writing import as_test, written_value
from tierlang.lint.landing import has_top
from tierlang.lint.review import Review
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Tier, Trigger


@attrs.frozen
class Round:
    """One that the interpreter goes, too: its days, and an account. `for_ever`: nothing new has to happen."""

    cycle: Cycle
    legs: tuple[Leg, ...]
    witness: Witness
    for_ever: bool


def undone(review: Review, *, up: bool) -> Iterator[Round]:
    """The rounds of triggers that promote (`up`) or demote and reviews that take it back, for ever; one for each trigger."""
    if review.program.review is None:
        return
    seen: set[str] = set()
    for cycle in with_reviews(
        review.moves, lambda claim: not isinstance(review.model.possible(claim), Impossible), up=up
    ):
        (trigger,) = cycle.triggers
        home, away = cycle.tiers
        if trigger.name in seen:
            continue
        question = f"can a review take back to {home.name} what `{trigger.name}` moved to {away.name}"
        found = round_of(review, cycle, question, renewed=False)
        if found is not None:
            seen.add(trigger.name)
            yield found


def undone_words(found: Round) -> str:
    """What such a round comes to."""
    (trigger,) = found.cycle.triggers
    home, away = found.cycle.tiers
    return f"a review takes an account back to {home.name} that `{trigger.name}` moved to {away.name}, and `{trigger.name}` moves it again, for ever"


def round_of(review: Review, cycle: Cycle, question: str, *, renewed: bool) -> Round | None:
    """The cycle with an account, if there is one. `renewed`: also if something has to happen again for each round."""
    try:
        return _round_of(review, cycle, question, renewed)
    except OverflowError:  # a round that the calendar ends before
        return None


def _round_of(review: Review, cycle: Cycle, question: str, renewed: bool) -> Round | None:
    program, index = review.program, review.model.index
    legs = legs_of(program, cycle.steps, review.today)
    whole = (legs[-1].on - legs[0].on).days
    witness = _witness(review, question, cycle, idle(index, cycle.claim, whole))
    if witness is not None:
        legs = legs_of(program, cycle.steps, review.today, witness.account)
        account = going_round(program, witness.account, review.today, legs)
        if account is not None:
            return Round(cycle, legs, Witness(account, review.today), True)
    if not renewed:
        return None
    witness = _witness(review, f"{question}, with new events", cycle, cycle.claim)
    if witness is None:
        return None
    legs = legs_of(program, cycle.steps, review.today, witness.account)
    if not all(takes(program, witness.account, as_of_today(leg, review.today)) for leg in legs):
        return None
    return Round(cycle, legs, witness, False)


def _witness(review: Review, question: str, cycle: Cycle, claim: Expression) -> Witness | None:
    if any(step.trigger is None for step in cycle.steps) and has_top(review.moves.ladder):
        # Who is in a top depends on the others, so such a question has no sure answer.
        answer = review.model.possible(claim)
    else:
        answer = review.ask(question, claim, cycle.triggers[0].span)
    return answer.witness if isinstance(answer, Possible) else None


def example(review: Review, found: Round) -> str:
    """A test for each step of the round: the same account, holding one tier after the other."""
    tests: list[str] = []
    for leg in found.legs[:-1]:
        leg = as_of_today(leg, review.today)
        step, since = leg.step, leg.since.isoformat()
        past = [f"tier {step.source.name} since {since}"]
        if step.trigger is None:
            past.append("review due")
        else:
            account = found.witness.account
            wanted = {each.score for each in review.moves.standing.endures(step.trigger.when.test)}
            for (_, score), values in observed(review.program, account, review.today).items():
                if score in wanted:
                    past += [f"score {score} {day.isoformat()} = {written_value(value)}" for day, value in values]
        to = "out" if step.to is None else f"to {step.to.name}"
        by = "" if step.trigger is None else f"{step.trigger.name} "
        label = _label(found.cycle, leg, to)
        tests.append(as_test(review.program, found.witness, label, [f"move {by}{to}"], past))
    return "\n".join(tests)


def _label(cycle: Cycle, leg: Leg, to: str) -> str:
    """What a step's test is called: not the same where two rules tell of one trigger, so that both examples can be kept."""
    trigger, source = leg.step.trigger, leg.step.source.name
    if trigger is None:
        return (
            f"the review takes back what {' and '.join(each.name for each in cycle.triggers)} did, from {source} {to}"
        )
    until = " until the review" if any(step.trigger is None for step in cycle.steps) else ""
    return f"{trigger.name} moves it from {source} {to}{until}"


def told(found: Round) -> str:
    """The round in words, with its days."""
    words: list[str] = []
    for at, leg in enumerate(found.legs[:-1]):
        back = "back " if at == len(found.legs) - 2 else ""
        words.append(f"{leg.on}: {_who(leg.step.trigger)} moves it {back}{_from_to(leg.step.source, leg.step.to)}")
    last = found.legs[-1]
    again = _who(last.step.trigger)
    if found.for_ever:
        return f"{'; '.join(words)}; {last.on}: {again} again, and so on"
    return f"{'; '.join(words)}; and {again} again, from {last.on} on, if what it waits for happens once more"


def _from_to(source: Tier, to: Tier | None) -> str:
    return f"from {source.name} {f'to {to.name}' if to is not None else 'out of the tiers'}"


def _who(trigger: Trigger | None) -> str:
    return "the review" if trigger is None else f"`{trigger.name}`"
