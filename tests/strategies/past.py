"""What a ledger says of accounts: what they hold, and what was observed of their scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tests.strategies.dice import Dice
from tests.strategies.mobility import RETIRED
from tests.strategies.pools import SCORE_POOL
from tierlang.program import nodes as n
from tierlang.program.calendar import shift
from tierlang.program.holdings import Holding, Occasion, Past
from tierlang.program.occasions import freeze_on

_DAY = dt.timedelta(days=1)


def occasion_of(dice: Dice, program: n.Program, as_of: dt.date) -> Occasion:
    """A review or not; a freeze that lasts is always kept."""
    freeze = freeze_on(program, as_of)
    return Occasion(freeze is None and dice.below(5) < 2, freeze)


def past_of(dice: Dice, program: n.Program, keys: Sequence[str], as_of: dt.date) -> Past:
    """Holdings of most of the accounts and of one that is absent, and a few observations of every score that some condition follows."""
    most = dice.pick((4, 4, 2, 8))
    holdings = {key: _holding(dice, program, key, as_of) for key in keys if dice.below(most)}
    holdings["absent"] = _holding(dice, program, "absent", as_of)
    followed = [each for each in (*program.definitions, *program.relative) if isinstance(each, n.Enduring)]
    courses = [[_course(dice, each, as_of) for _ in range(2)] for each in followed]
    scores = {}
    for key in (*keys, "absent"):
        for each, some in zip(followed, courses, strict=True):
            if dice.below(4):
                scores[key, each.score] = dice.pick(some)
    return Past(holdings, scores)


def _holding(dice: Dice, program: n.Program, key: str, as_of: dt.date) -> Holding:
    names = [tier.name for tier in program.ladders[0].tiers]
    tier = None if dice.chance(12) else dice.pick(names)
    base = tier if not dice.chance(3) else dice.pick((None, *names))
    since = as_of - _DAY * dice.pick((30, 0, 1, 29, 31, 90, 400))
    if dice.chance(14):
        return Holding(key, None, base, since, retired=dice.pick((*RETIRED, "nobody's")))
    settled = dice.pick((None, None, None, None, None, as_of, as_of + _DAY, as_of + 30 * _DAY, as_of - _DAY))
    return Holding(key, tier, base, since, settled, pinned=dice.chance(12))


def _course(dice: Dice, of: n.Enduring, as_of: dt.date) -> tuple[tuple[dt.date, int | None], ...]:
    """Observations around the first day that the condition looks at, and later ones."""
    first = shift(as_of, of.duration, -1) + _DAY
    days = {first, first + _DAY, first - _DAY, as_of - _DAY, as_of, as_of - 5 * _DAY, as_of - 50 * _DAY}
    chosen = sorted(set(dice.some(sorted(days), 1, 4)))
    values = (*SCORE_POOL, None, 1, -5_000)
    return tuple((day, dice.pick(values)) for day in chosen if day <= as_of)
