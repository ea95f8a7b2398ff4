"""What the rules say about accounts that go round, against the interpreter: random models, and every account that their rules can tell apart, moved step by step.

Where an account goes round, a rule says so, and where a rule shows an account, it goes round (rules only show what the interpreter confirmed).
"""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest

from tests.lint.frame import completed
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.engines.interpreter.facts import Account
from tierlang.lint.registry import RULES
from tierlang.lint.run import lint
from tierlang.pipeline import compile_sources
from tierlang.program.holdings import Holding, Occasion, Past
from tierlang.program.nodes import Program
from tierlang.program.numbers import SCALE, round_to
from tierlang.source import Source

TODAY = dt.date(2026, 11, 1)
ABOUT = {"flapping-triggers", "undone-promotion", "undone-demotion"}
CONDITIONS = (
    "intent >= 70", "intent >= 40", "intent < 40", "worth >= 60", "worth < 60", "on_hold", "not on_hold", "customer", "not customer",
    "fit >= 65", "fit < 50", "newsletter and intent >= 40", "heat < 80 for 30 days", "tier is two or customer",
)  # fmt: skip
TIERS = ("one", "two", "three")


def condition(dice: random.Random) -> str:
    picked = dice.sample(CONDITIONS, dice.choice((1, 1, 2)))
    return " and ".join(f"({each})" if " or " in each or " for " in each else each for each in picked)


def model(seed: int) -> str:
    """Three tiers by fit with a few gates, keeps, caps and raises, and a few triggers and holds."""
    dice = random.Random(seed)
    lines = {"one": "range 80..", "two": "range 50..", "three": "otherwise"}
    tiers: list[str] = []
    for name in TIERS:
        gate = f"  when {dice.choice(CONDITIONS[:9])}" if name != "three" and dice.random() < 0.3 else ""
        keep = f"\n    keep while {condition(dice)}" if name != "three" and dice.random() < 0.5 else ""
        tiers.append(f"  tier {name} {{\n    {lines[name]}{gate}{keep.replace('tier is two or', 'on_hold or')}\n  }}")
    adjustments = [f'  cap at {dice.choice(TIERS[1:])} "Capped" when {dice.choice(CONDITIONS[:9])}'] * (
        dice.random() < 0.4
    )
    adjustments += [f'  raise 1 "Raised" when {dice.choice(CONDITIONS[:9])}'] * (dice.random() < 0.3)
    adjustments += [f'  floor at two "Floored" when {dice.choice(CONDITIONS[:9])}'] * (dice.random() < 0.2)
    triggers: list[str] = []
    for at in range(dice.choice((2, 3, 4))):
        up = dice.random() < 0.5
        to = dice.randrange(2) if up else dice.randrange(1, 3)
        where = TIERS[to + 1 :] if up else TIERS[:to]
        sources = ", ".join(sorted(dice.sample(where, dice.randint(1, len(where))), key=TIERS.index))
        triggers.append(
            f"  {'promote' if up else 'demote'} t{at} {{ from {sources}  to {TIERS[to]}  when {condition(dice)}  owner dana }}"
        )
    if dice.random() < 0.3:
        triggers.append(f"  hold grace {'both ways' if dice.random() < 0.3 else ''} when {dice.choice(CONDITIONS[:9])}")
    nl = "\n"
    return completed(
        f"score heat {{\n  range 0..100\n  value fit\n}}\ntiers by heat {{\n  match first\n{nl.join(adjustments)}\n{nl.join(tiers)}\n}}\nmobility {{\n  cooldown 30 days\n{nl.join(triggers)}\n}}\n"
    )


def accounts() -> list[Account]:
    """Accounts of every sort that the conditions tell apart."""
    made = []
    # The score is rounded, so that a fit of 49.9999 is a heat of 50.
    kinds = itertools.product(
        (30, 49.9999, 50, 70, 79.9999, 90), (20, 50, 80), (30, 70), (False, True), (False, True), (False, True)
    )
    for at, (fit, intent, worth, on_hold, customer, newsletter) in enumerate(kinds):
        values = {"fit": round(fit * SCALE), "intent": intent * SCALE, "worth": worth * SCALE}
        made.append(Account(f"A-{at}", {**values, "on_hold": on_hold, "customer": customer, "newsletter": newsletter}))
    return made


def heat(account: Account) -> int:
    fit = account.values["fit"]
    assert isinstance(fit, int)
    return round_to(fit, 2)


def moved(program: Program, tier: str, *, review: bool) -> dict[str, tuple[str | None, str | None]]:
    """Where every account that holds a tier goes, and by which trigger; those that stay are not in it."""
    everyone = accounts()
    holdings = {each.key: Holding(each.key, tier, tier, TODAY - dt.timedelta(days=400)) for each in everyone}
    long_ago = TODAY - dt.timedelta(days=400)
    scores = {(each.key, "heat"): ((long_ago, heat(each)),) for each in everyone}
    outcome = evaluate(program, everyone, TODAY, Past(holdings, scores), Occasion(review))
    assert isinstance(outcome, Outcome)
    return {each.key: (each.tier, each.trigger) for each in outcome.decisions if each.tier != tier}


def rounds(program: Program) -> tuple[set[frozenset[str]], set[str]]:
    """The sets of triggers that move some account round by themselves; the triggers that a review takes back, and that then move the account again."""
    by_trigger = {tier: moved(program, tier, review=False) for tier in TIERS}
    by_review = {tier: moved(program, tier, review=True) for tier in TIERS}
    alone: set[frozenset[str]] = set()
    undone: set[str] = set()
    for account, start in itertools.product(accounts(), TIERS):
        here, by = by_trigger[start].get(account.key, (None, None))
        if here is None or by is None:
            continue
        if by_review[here].get(account.key, (None, None))[0] == start:
            undone.add(by)
        names = [by]
        while here not in (start, None) and len(names) < 5:
            here, by = by_trigger[here].get(account.key, (None, None))
            names.append(by or "")
        if here == start:
            alone.add(frozenset(names))
    return alone, undone


@pytest.mark.parametrize("seed", [*range(20), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(20, 120))])
def test_whoever_goes_round_is_found(seed: int) -> None:
    text = model(seed)
    program = compile_sources(Source("model.tier", text)).program
    assert program is not None, text
    linted = lint(program, TODAY, rules=[rule for rule in RULES if rule.name in ABOUT])
    alone, undone = rounds(program)
    told = [each.message for each in linted.findings if each.code == "flapping-triggers"]
    for names in alone:
        assert any(sum(f"`{name}`" in each for name in names) >= 2 for each in told), (names, told, text)
    if told:
        assert alone, text
    again = {each.message.split("`")[1] for each in linted.findings if each.code != "flapping-triggers"}
    assert again == undone, text
