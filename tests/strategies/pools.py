"""The values that cases are made of: small pools, so that ties, exact boundaries and odd texts are common."""

from __future__ import annotations

import datetime as dt
from functools import cache

from tierlang.program.calendar import CalendarUnit, Duration, shift
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind

NUMERIC = (Kind.NUMBER, Kind.WHOLE, Kind.MONEY)
AS_OF = tuple(dt.date.fromisoformat(d) for d in ("2026-03-31", "2024-02-29", "2026-12-31", "2026-01-01", "2025-08-15"))
NAMES = (
    *("fit", "arr", "industry", "customer", "touched", "tech", "employees", "region", "ae", "stage"),
    # Words that an engine may want for itself.
    *(
        "select",
        "order",
        "group",
        "tier",
        "rank",
        "reason",
        "bad",
        "rowid",
        "f_fit",
        "label",
        "cluster",
        "excluded",
        "from",
    ),
)
TEXTS = (
    "a",
    "b",
    "Bank",
    "bank",
    "é",
    "Ünïcode",
    "𝒳yz",
    "ﬀ",
    "a%b",
    "a_b",
    "it's",
    'say "hi"',
    "back\\slash",
    "two\nlines",
    " ",
    "true",
    "10",
    "9",
)
FRAGMENTS = ("a", "", "an", "é", "%", "_", "'", "\\", "k", "𝒳", "\n")
KEYS = (
    *(
        "a",
        "b",
        "c",
        "d",
        "e",
        "A",
        "B",
        "Z",
        "z",
        "10",
        "9",
        "0015",
        "15",
        "é",
        "e\u00eb",
        "ﬀ",
        "\uffee",
        "𐀀",
        "𝒳",
        "日本",
        "a b",
        " a",
        "a'b",
        'a"b',
    ),
    *(
        "a\\b",
        "a\nb",
        "a,b",
        "%",
        "_",
        "null",
        "NULL",
        "ä",
        "Ω",
        "ss",
        "ß",
        "~",
        "k1",
        "k2",
        "k3",
        "k4",
        "k5",
        "k6",
        "k7",
        "k8",
        "k9",
        "k10",
    ),
)
SCALED = ((5_000, 2_000), (10_000, 10_000, 2_500), (100,), (0, 4_000, 1), (3_333, 3_333))
LABELS = (None, "Label", 'It\'s "quoted"', "100 % {x} \\n", "Ärger 𝒳")
UNITS: tuple[CalendarUnit, ...] = ("day", "week", "month", "quarter", "year")
WHOLE = tuple(number * SCALE for number in (0, 1, 10, 20, 50, 80, 100, -5, 1_000, 60, 40, 30))
SMALL = (*WHOLE, 5_000, 12_345, -1, 1, 799_999, 800_001, 33_333)
WHOLE_HUGE = (LIMIT - SCALE, SCALE - LIMIT, LIMIT // 2, 10**11, -(10**11), 99_999 * SCALE, 10**14)
HUGE = (*WHOLE_HUGE, LIMIT - 1, 1 - LIMIT, 10**11 - 1, 10**15 + 1, LIMIT // 10 - 1)
# Around the ends of the whole numbers that engines are made of.
WHOLE_EDGES = tuple(
    number * SCALE
    for number in (3, 4, -4, 12, 13, 127, 128, -128, 255, 256, 32_767, 32_768, 214_748, 214_749, -214_749, 429_497)
)
EDGES = (
    *WHOLE_EDGES,
    *(2**bits + step for bits in (7, 8, 15, 16, 31, 32) for step in (-1, 0)),
    -(2**31),
    -(2**31) - 1,
    10**10,
)
WEIGHTS = (
    *(
        (10_000,),
        (5_000, 5_000),
        (4_000, 3_000, 1_000, 2_000),
        (6_000, 4_000),
        (3_333, 3_333, 3_334),
        (9_999, 1),
        (0, 10_000),
    ),
    *((2_500, 2_500, 2_500, 2_500), (2_000, 1_250, 6_750)),
)
SCORE_POOL = tuple(number * SCALE for number in (50, 80, 60, 40, 20, 10, 100, 0))
# How far back rules look; events and observations stand on the edges of these, and beside them.
WINDOWS = (
    Duration(30, "day"),
    Duration(1, "month"),
    Duration(1, "week"),
    Duration(90, "day"),
    Duration(3, "month"),
    Duration(1, "quarter"),
    Duration(14, "day"),
    Duration(1, "year"),
    Duration(1, "day"),
)


@cache
def dates(as_of: dt.date) -> tuple[dt.date, ...]:
    """Days that rules about dates are sensitive to."""
    days = [as_of + dt.timedelta(days=days) for days in (0, -1, 1, -90, -91, 30, -7)]
    months = [shift(as_of, Duration(count, "month"), -1) for count in (1, 3, 12)]
    return (*days, *months, dt.date(2024, 2, 29), dt.date(1, 1, 1), dt.date(9999, 12, 31))


@cache
def moments(as_of: dt.date, windows: tuple[Duration, ...]) -> tuple[dt.date, ...]:
    """Days of events and observations: the as-of date, the edges of the windows and periods, the days beside them, and some far away."""
    day = dt.timedelta(days=1)
    edges = [shift(as_of, Duration(window.count * times, window.unit), -1) for times in (1, 2) for window in windows]
    beside = [edge + step for edge in edges for step in (dt.timedelta(0), -day, day)]
    near = [as_of - day * days for days in (0, 1, 2, 20, 21)]
    far = [as_of + day, as_of + 40 * day, dt.date(9999, 12, 31), dt.date(2024, 2, 29), dt.date(1, 1, 1)]
    return tuple(dict.fromkeys((*near, *beside, *far)))
