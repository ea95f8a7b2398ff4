"""Two replays to look at."""

from __future__ import annotations

import datetime as dt

import attrs

from tierlang.planning.replaying_figures import (
    Comparison,
    Day,
    Elsewhere,
    Flapping,
    OccasionName,
    Peak,
    Replay,
    Tenure,
)
from tierlang.program.outcome import Seats

_OCCASIONS: tuple[OccasionName, ...] = ("first", "between", "review", "frozen", "between", "review")


def _day(number: int, occasion: OccasionName) -> Day:
    first = number == 0
    sizes = (("one", 20 + number), ("two", 180 - number), ("three", 900 + 10 * number), (None, 300))
    return Day(
        as_of=dt.date(2026, number + 1, 1),
        snapshot=f"2026-{number + 1:02d}-01.csv",
        occasion=occasion,
        accounts=1_420 + number,
        held=0 if first else 1_400,
        new=1_400 if first else 12,
        up=0 if first else 3 * number,
        down=0 if first else 2 * number,
        entered=0 if first else 1,
        left=0 if first else number % 3,
        placed=0,
        excluded=4 if number == 2 else 0,
        closed=0,
        absent=0 if first else 5,
        approved=2 if number == 4 else 0,
        waiting=() if first else (("capacity", number), ("hold", 1)),
        holders=sizes,
        seats=(Seats("one", "capacity 25", None, 20 + 2 * number, min(25, 20 + number), 25, None),),
        limit=None if first else 3_000 if occasion == "review" else 200,
    )


HERE = Replay(
    rules="rules.tier",
    title="Three tiers",
    version="2026.4",
    tiers=("one", "two", "three"),
    days=tuple(_day(number, occasion) for number, occasion in enumerate(_OCCASIONS)),
    tenures=(
        Tenure("one", 110, 95, 15, 92, 25, 120),
        Tenure("two", 900, 860, 40, 61, 175, 90),
        Tenure("three", 4_500, 4_490, 10, 31, 950, 151),
        Tenure(None, 1_500, 1_500, 0, None, 300, 151),
    ),
    within="2 quarters",
    returned=7,
    returns=9,
    flapping=(
        Flapping("A-00012", 2, tuple((dt.date(2026, month, 1), "one" if month % 2 else "two") for month in range(1, 5))),
        Flapping("A-00013", 1, tuple((dt.date(2026, month, 1), ("two", None)[month % 2]) for month in range(1, 10))),
    ),
    peaks=(
        Peak("one", "capacity 25", 25, False, 6, 1, 0, 25, dt.date(2026, 6, 1), 30, dt.date(2026, 6, 1)),
        Peak("two", "capacity 2M of arr", 20_000_000_000, True, 6, 0, 1, 20_500_000_000, dt.date(2026, 2, 1), 20_500_000_000, dt.date(2026, 2, 1)),
    ),
)  # fmt: skip
THERE = attrs.evolve(HERE, rules="calmer.tier", title="Calmer", returned=0, returns=0, flapping=(), peaks=())

COMPARED = Comparison(
    HERE,
    THERE,
    (("one", "one", 20), ("one", "two", 5), ("two", "two", 175), ("three", "no tier", 3), ("three", "three", 947), ("no tier", "not held", 2)),
    10,
    (
        Elsewhere("A-00007", "one", "two", "priority 83 in 80..", "kept: priority >= 55, which is a long reason that is cut where it is too long"),
        Elsewhere("A-00009", None, None, "no tier: priority 12", "excluded: Rivals", True, False),
    ),
)  # fmt: skip
