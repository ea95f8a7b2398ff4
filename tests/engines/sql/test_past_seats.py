"""Small crowded ladders where every account has a past: approvals, holds, `keep while` and capacities of all sorts together, told to both engines."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from tests.engines.building import AE, AS_OF, CUSTOMER, FIT, KEY, NEED, VALUE, at_least, num, program, when
from tests.engines.test_differential import agree
from tests.strategies import Case
from tierlang.engines.interpreter.facts import Account
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration
from tierlang.program.holdings import DAYS_IN_TIER, HELD_TIER, Holding, Occasion, Past
from tierlang.program.values import Kind

FLAGS = tuple(x.Input(name, Kind.FLAG) for name in ("p", "q", "r"))
WARM = x.Input("warm", Kind.NUMBER)
FIELDS = (
    *(n.Field(each.name, each.kind) for each in (FIT, VALUE, NEED, AE, CUSTOMER, *FLAGS)),
    n.Field("warm", Kind.NUMBER, default=0),
)
DANA = n.Owner("dana", "Dana")
VIEW = n.Ladder(
    "view",
    None,
    NEED,
    (n.Tier("hot", line=n.Line(num(40), None, False, False, "40..")), n.Tier("cold", otherwise=True)),
)
TIERS = ("one", "two", "three", "four", "five")


class Maker:
    """Makes one case from a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.names = TIERS[: self.dice.choice((2, 3, 4, 4, 5))]

    def chance(self, one_in: int) -> bool:
        return self.dice.randrange(one_in) == 0

    def condition(self, text: str, *, past: bool = True) -> n.Condition:
        """A condition that is often true, often with the past in it, sometimes with the tier of a view."""
        flag = self.dice.choice((*FLAGS, CUSTOMER))
        held = x.OneOf(x.Defined(HELD_TIER, Kind.TEXT), (self.dice.choice(self.names),))
        long = x.Compare(">", x.Defined(DAYS_IN_TIER, Kind.WHOLE), x.Constant(num(20), Kind.WHOLE))
        tests: list[x.Expression] = [flag, flag, x.Not(flag), x.AnyOf((flag, self.dice.choice(FLAGS)))]
        tests += [held, x.Not(held), x.AnyOf((flag, x.InTier(1, ("hot",))))] if past else []
        if past and self.chance(6):
            tests = [long]
        return when(self.dice.choice(tests), text)

    def capacities(self, *, ladder: bool) -> tuple[n.Capacity, ...]:
        found: list[n.Capacity] = []
        for per, of in ((AE, None), (AE, WARM), (None, None), (None, WARM)):
            if not self.chance(4 if ladder else 3):
                continue
            seats = num(self.dice.choice((0, 20, 60, 90))) if of else self.dice.choice((0, 1, 1, 2, 3, 5))
            overflow = "out" if ladder else self.dice.choice(("down", "down", "out", "to"))
            found.append(n.Capacity(seats, None, per, overflow, None, f"{len(found)}th", of))  # type: ignore[arg-type]
        return tuple(found)

    def tier(self, at: int) -> n.Tier:
        low = num(80 - 25 * at)
        last = at == len(self.names) - 1
        kept = self.condition(f"keep {at}") if not last and not self.chance(3) else None
        capacities = tuple(self._aimed(each, at) for each in self.capacities(ladder=False))
        gate = self.condition(f"gate {at}", past=False) if self.chance(3) else None
        if last and self.chance(2):
            return n.Tier(self.names[at], otherwise=True, capacities=capacities)
        line = n.Line(low, None, False, False, f"{80 - 25 * at}..")
        return n.Tier(self.names[at], line=line, gate=gate, capacities=capacities, keep=kept)

    def _aimed(self, capacity: n.Capacity, at: int) -> n.Capacity:
        lower = self.names[at + 1 :]
        if capacity.overflow != "to":
            return capacity
        to = self.dice.choice(lower) if lower else None
        return n.Capacity(capacity.seats, None, capacity.per, "to" if to else "out", to, capacity.text, capacity.of)

    def trigger(self, at: int) -> n.Trigger:
        up = not self.chance(2)
        worse = self.names[1:] if up else self.names[:-1]
        sources = tuple(each for each in worse if not self.chance(3)) or worse
        end = self.names.index(sources[0]) if up else self.names.index(sources[-1]) + 1
        targets = self.names[:end] if up else self.names[end:]
        to = self.dice.choice(targets) if not self.chance(3) else None
        steps = None if to else self.dice.choice((1, 1, 2))
        return n.Trigger(
            "promote" if up else "demote",
            f"t{at}",
            self.dice.choice((None, f"Label {at}")),
            sources,
            to,
            steps,
            self.condition(f"when {at}"),
            DANA,
            DANA if self.chance(2) else None,
            None,
        )

    def program(self) -> n.Program:
        ladder = n.Ladder(
            None,
            None,
            FIT,
            tuple(self.tier(at) for at in range(len(self.names))),
            (n.RankKey(VALUE),) if self.chance(2) else (),
            capacities=self.capacities(ladder=True),
            floors=(n.Bound("floor", self.dice.choice(self.names), self.condition("floor", past=False), "floor"),)
            if self.chance(4)
            else (),
            caps=(n.Bound("cap", self.dice.choice(self.names), self.condition("cap", past=False), "cap"),)
            if self.chance(5)
            else (),
            shifts=(n.Shift(self.dice.choice((1, -1)), self.condition("shift", past=False), "shift"),)
            if self.chance(4)
            else (),
        )
        holds = tuple(
            n.Hold(f"h{at}", None, self.condition(f"hold {at}"), self.chance(3))
            for at in range(self.dice.choice((0, 0, 1, 2)))
        )
        retired = (n.Retired("gold", self.dice.choice((None, *self.names))),) if self.chance(2) else ()
        mobility = n.Mobility(
            tuple(self.trigger(at) for at in range(self.dice.choice((1, 2, 3, 4)))),
            holds,
            cooldown=Duration(60, "day"),
            retired=retired,
        )
        pins = tuple(n.Pin(f"k{at}", self.dice.choice(self.names), None, None, None) for at in (0, 7) if self.chance(3))
        return program(
            ladder=ladder,
            fields=FIELDS,
            ladders=(ladder, VIEW),
            placing_order=(1, 0),
            mobility=mobility,
            pins=pins,
            exclusions=(n.Exclusion("gone", at_least(NEED, 97)),),
            key=KEY,
        )

    def account(self, at: int) -> Account:
        dice = self.dice
        values = {name: dice.randrange(10) < 6 for name in ("p", "q", "r", "customer")}
        numbers = {"fit": num(dice.choice((0, 20, 40, 60, 60, 85, 99))), "value": num(dice.choice((1, 2, 3)))}
        fit = {} if self.chance(10) else {"fit": numbers["fit"]}
        rest = {
            "value": numbers["value"],
            "need": num(dice.randrange(100)),
            "warm": num(dice.choice((0, 10, 30, 50, -10))),
        }
        return Account(f"k{at}", {**values, **fit, **rest, "ae": dice.choice((None, "ann", "bob"))})

    def holding(self, key: str) -> Holding:
        tier = self.dice.choice(self.names) if not self.chance(9) else None
        base = tier if not self.chance(4) else self.dice.choice((None, *self.names))
        since = AS_OF - dt.timedelta(days=self.dice.choice((3, 30, 90)))
        if self.chance(10):
            return Holding(key, None, base, since, retired=self.dice.choice(("gold", "nobody's")))
        settled = AS_OF + dt.timedelta(days=5) if self.chance(6) else None
        return Holding(key, tier, base, since, settled, pinned=self.chance(12))

    def case(self) -> Case:
        of = self.program()
        accounts = tuple(self.account(at) for at in range(self.dice.choice((3, 6, 9, 12))))
        past = Past({each.key: self.holding(each.key) for each in accounts if not self.chance(6)})
        frozen = n.Freeze(AS_OF, AS_OF, None) if self.chance(8) else None
        return Case(of, accounts, AS_OF, past=past, occasion=Occasion(frozen is None and self.chance(2), frozen))


@pytest.mark.parametrize("seed", range(40))
def test_crowded_ladders_are_decided_alike(seed: int) -> None:
    agree(Maker(seed).case())


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1_000, 2_000, 100))
def test_a_thousand_crowded_ladders_are_decided_alike(start: int) -> None:
    for seed in range(start, start + 100):
        agree(Maker(seed).case())
