"""How accounts move over time: `keep while`, triggers, holds, freezes, and conditions that only a past can meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from tests.strategies.dice import Column, Dice
from tests.strategies.pools import LABELS, SCORE_POOL, WINDOWS
from tests.strategies.tier_conditions import on_tiers
from tests.strategies.writing import Writer
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration
from tierlang.program.holdings import DAYS_IN_TIER, HELD_TIER
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind

RETIRED = ("platinum", "it's old")
_DAYS = tuple(days * SCALE for days in (30, 0, 1, 90, 400, 29, 31))
_LASTING = (*(window for window in WINDOWS if window.unit != "year"), Duration(1, "day"), Duration(2, "day"))


def enduring_of(writer: Writer, definitions: Sequence[n.Definition]) -> list[n.Definition]:
    """Conditions on scores that must have held for some time. Nothing but the conditions of mobility reads them."""
    dice = writer.dice
    scores = [each for each in definitions if isinstance(each, n.Score)]
    found: list[n.Definition] = []
    for _ in range(dice.pick((1, 2, 0)) if scores else 0):
        score = dice.pick(scores)
        column = Column(x.Attribute(score.name, Kind.NUMBER), SCORE_POOL)
        mine = Writer(dice, writer.as_of, [column])
        test: x.Expression = mine.test_of(column) if not dice.chance(3) else mine.flag(2)
        if dice.wild == "enduring":
            test = mine.decision("enduring", 1)
        text = dice.text(f"{score.name} for")
        found.append(n.Enduring(text, score.name, test, dice.pick(_LASTING), text))
    return found


def read_of_the_past(writer: Writer, tiers: Sequence[str]) -> list[n.Definition]:
    """What the compiler hides away of a condition on tiers: a part that reads the past."""
    dice = writer.dice
    if not dice.chance(3):
        return []
    mine = Writer(dice, writer.as_of, [*_past_columns(tiers), *writer.columns])
    text = dice.text("read of the past")
    return [n.Derive(text, Kind.FLAG, mine.flag(2), text, hidden=True)]


def _past_columns(tiers: Sequence[str]) -> list[Column]:
    return [Column(x.Defined(HELD_TIER, Kind.TEXT), (*tiers, "")), Column(x.Defined(DAYS_IN_TIER, Kind.WHOLE), _DAYS)]


def mobile(program: n.Program, writer: Writer) -> n.Program:
    """The program with `keep while` in some tiers of the first ladder, and with mobility."""
    dice, first = writer.dice, program.ladders[0]
    names = [tier.name for tier in first.tiers]
    known = [each for each in (*program.definitions, *program.relative) if isinstance(each, n.Enduring | n.Derive)]
    flags = [Column(x.Defined(each.name, Kind.FLAG), (True, False)) for each in known if each.kind is Kind.FLAG]
    mine = Writer(dice, writer.as_of, [*_past_columns(names), *flags, *writer.columns])
    before = program.placing_order[: program.placing_order.index(0)]
    views = {at: [tier.name for tier in program.ladders[at].tiers] for at in before}

    def condition(word: str) -> n.Condition:
        held, days = x.Defined(HELD_TIER, Kind.TEXT), x.Defined(DAYS_IN_TIER, Kind.WHOLE)
        match 5 if dice.wild == word else dice.below(5 if word == "trigger when" else 8):
            case 0:
                return n.Condition(x.OneOf(held, tuple(dict.fromkeys(dice.some(names, 1, 6)))), dice.text(word))
            case 1:
                # True for most of those who hold a tier, so that much happens.
                return n.Condition(x.Compare(">=", days, x.Constant(0, Kind.WHOLE)), dice.text(word))
            case _:
                return on_tiers(mine, views, word)

    tiers = tuple(
        tier
        if tier.otherwise or not (dice.wild == "keep" or dice.chance(2))
        else attrs.evolve(tier, keep=condition("keep"))
        for tier in first.tiers
    )
    holds = [
        n.Hold(f"h{at}", dice.pick(LABELS), condition("hold when"), both_ways=dice.chance(3))
        for at in range(dice.pick((1, 0, 2)) or int(dice.wild == "hold when"))
    ]
    triggers = [
        _trigger(dice, f"t{at}", names, condition("trigger when"), program.owners)
        for at in range(dice.pick((2, 3, 1, 5, 4)) or int(dice.wild == "trigger when"))
        if len(names) > 1
    ]
    retired = [n.Retired(name, dice.pick((None, *names))) for name in RETIRED[: dice.below(3)]]
    mobility = n.Mobility(
        tuple(triggers), tuple(holds), _freezes(dice, writer.as_of), None, _cooldown(dice), tuple(retired)
    )
    return attrs.evolve(program, ladders=(attrs.evolve(first, tiers=tiers), *program.ladders[1:]), mobility=mobility)


def _trigger(dice: Dice, name: str, names: Sequence[str], when: n.Condition, people: Sequence[n.Owner]) -> n.Trigger:
    up = dice.chance(2)
    approver = dice.pick(people) if dice.chance(3) else None
    to, steps = None, None
    if dice.chance(2):
        # From the end of the ladder a step leads nowhere.
        steps, sources = dice.pick((1, 2, 5)), list(names) if dice.chance(6) else list(names[1:] if up else names[:-1])
    else:
        at = dice.below(len(names) - 1) + (not up)
        to, sources = names[at], list(names[at + 1 :] if up else names[:at])
    if dice.chance(3):
        sources = sorted(set(dice.some(sources, 1, 2)), key=names.index)
    return n.Trigger(
        "promote" if up else "demote",
        name,
        dice.pick(LABELS),
        tuple(sources),
        to,
        steps,
        when,
        dice.pick((None, *people)),
        approver,
        _cooldown(dice),
    )


def _cooldown(dice: Dice) -> Duration | None:
    return dice.pick((None, Duration(60, "day"), Duration(1, "month")))


def _freezes(dice: Dice, as_of: dt.date) -> tuple[n.Freeze, ...]:
    """One that lasts, some that do not."""
    day = dt.timedelta(days=1)
    lasting = n.Freeze(as_of - day * dice.below(2), as_of + day * dice.below(2), dice.pick(LABELS))
    return (n.Freeze(as_of - 9 * day, as_of - day), *((lasting,) if dice.chance(5) else ()))
