"""Event types and signals, what happened to accounts, and the figures that rules read of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from tests.strategies.dice import Column, Dice
from tests.strategies.fields import History, field_of
from tests.strategies.pools import LABELS, SMALL, TEXTS, WINDOWS, dates, moments
from tests.strategies.writing import Writer
from tierlang.engines.interpreter.facts import Event, Observation
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import Duration, shift
from tierlang.program.numbers import LIMIT, SCALE, half
from tierlang.program.values import Kind, Value

ATTRIBUTION = n.Attribution(n.Field("account", Kind.TEXT, required=True), n.Field("at", Kind.DATE, required=True))
EVENTS = ("visit", "order", "demo_request")
SIGNALS = ("intent", "usage")
# The account's fields have some of these names too.
ATTRIBUTES = ("amount", "stage", "fit", "industry", "select", "customer", "from", "Größe")
FUNCTIONS: tuple[n.AggregateFunction, ...] = (
    *("any", "count", "sum", "latest", "days since", "largest", "smallest", "distinct"),
)


@attrs.define
class Happening:
    """An event type, the columns that expressions about one event read, and events that can happen."""

    of: n.EventType
    columns: list[Column]
    samples: list[Event]


@attrs.define
class Course:
    """A signal, the column that expressions about one observation read, and observations that can be made."""

    of: n.Signal
    columns: list[Column]
    samples: list[Observation]


@attrs.define
class Feed:
    """All event types and signals of a case; days stand around the edges of its few `windows`, which its figures use."""

    windows: tuple[Duration, ...]
    events: list[Happening]
    signals: list[Course]

    def histories(self, dice: Dice) -> list[History]:
        """What accounts went through; many accounts share one."""
        if not self.events and not self.signals:
            return [History({}, {})]
        return [self._history(dice) for _ in range(dice.pick((3, 5, 1, 8)))]

    def _history(self, dice: Dice) -> History:
        most = (6, 3) if dice.focus == "facts" else (2, 1, 4)
        events = {each.of.name: tuple(dice.some(each.samples, 0, dice.pick(most))) for each in self.events}
        signals = {each.of.name: tuple(dice.some(each.samples, 0, dice.pick(most))) for each in self.signals}
        return History(
            {name: each for name, each in events.items() if each},
            {name: each for name, each in signals.items() if each},
        )


def feed_of(dice: Dice, as_of: dt.date) -> Feed:
    """Event types and signals; none in some cases, and then no case is simpler."""
    figure, sustained = (dice.wild == word for word in ("figure", "sustained"))
    events = max(int(figure), dice.pick((1, 0, 2, 1, 3)))
    signals = max(int(sustained), dice.pick((0, 1, 0, 1, 2)))
    if dice.focus == "ladders":
        events = signals = 0
    windows = tuple(dict.fromkeys(dice.some(WINDOWS, 1, 2)))
    days = moments(as_of, windows)
    return Feed(
        windows,
        [_event_type(dice, name, as_of, days, windows) for name in EVENTS[:events]],
        [_signal(dice, name, as_of, days, windows) for name in SIGNALS[:signals]],
    )


def _event_type(
    dice: Dice, name: str, as_of: dt.date, around: Sequence[dt.date], windows: Sequence[Duration]
) -> Happening:
    kinds = dice.pick(((Kind.MONEY,), (), (Kind.NUMBER, Kind.TEXT), (Kind.WHOLE, dice.pick(tuple(Kind)))))
    start = dice.below(len(ATTRIBUTES))
    called = [ATTRIBUTES[(start + at) % len(ATTRIBUTES)] for at in range(len(kinds))]
    fields = [field_of(dice, field, kind, as_of) for field, kind in zip(called, kinds, strict=True)]
    days = tuple(dice.some(around, 1, 4))
    if dice.chance(2):
        # The first day of a window, or the last of a period, and the day before it.
        edge = shift(as_of, dice.pick(windows), -1)
        days = (*days, edge, edge - dt.timedelta(days=1))
    samples = []
    for _ in range(2 + dice.below(4)):
        values = {field.name: dice.pick(pool[-2:] if dice.huge else pool) for field, pool in fields}
        present = {attribute: value for attribute, value in values.items() if value is not None or dice.chance(2)}
        samples.append(Event(dice.pick(days), present))
    columns = [Column(x.Attribute("at", Kind.DATE), days)]
    columns += [Column(x.Attribute(field.name, field.kind), pool) for field, pool in fields]
    derives = []
    for at in range(dice.pick((0, 1, 0, 2))):
        derives.append(_event_derive(Writer(dice, as_of, list(columns)), f"w{at}"))
        columns.append(_computed(derives[-1].name, derives[-1].kind, as_of))
    event = n.EventType(name, dice.pick(LABELS), ATTRIBUTION, tuple(field for field, _ in fields), tuple(derives))
    return Happening(event, columns, samples)


def _event_derive(writer: Writer, name: str) -> n.EventDerive:
    dice = writer.dice
    value = writer.of(dice.pick((Kind.NUMBER, Kind.FLAG, Kind.TEXT, Kind.DATE)), 2)
    return n.EventDerive(name, x.kind_of(value), value, dice.text("weight"), dice.pick(LABELS))


def _computed(name: str, kind: Kind, as_of: dt.date) -> Column:
    return Column(x.Attribute(name, kind), _worth_comparing(kind, as_of))


def _worth_comparing(kind: Kind, as_of: dt.date) -> tuple[Value, ...]:
    pools: dict[Kind, tuple[Value, ...]] = {Kind.FLAG: (True, False), Kind.TEXT: TEXTS, Kind.DATE: dates(as_of)}
    return pools.get(kind, SMALL)


def _signal(dice: Dice, name: str, as_of: dt.date, around: Sequence[dt.date], windows: Sequence[Duration]) -> Course:
    kind = dice.pick((Kind.NUMBER, Kind.NUMBER, Kind.TEXT, Kind.FLAG, Kind.WHOLE, Kind.DATE, Kind.MONEY))
    field, pool = field_of(dice, name, kind, as_of)
    field = attrs.evolve(field, required=False, default=None, label=None)
    days = tuple(dice.some(around, 1, 6))
    if dice.focus == "facts" or dice.chance(2):
        # The first days that `for` looks at.
        first = shift(as_of, dice.pick(windows), -1)
        days = (*days, *(first + dt.timedelta(days=at) for at in (1, 2)))
    samples = [Observation(dice.pick(days), dice.pick((*pool, None))) for _ in range(2 + dice.below(5))]
    signal = n.Signal(
        name, dice.pick(LABELS), ATTRIBUTION, field, dice.pick((None, *windows, *windows, dice.pick(WINDOWS)))
    )
    return Course(signal, [Column(x.Attribute(name, kind), pool)], samples)


# --- figures ------------------------------------------------------------------------------------------------------------------------


def facts_of(dice: Dice, feed: Feed, account: Sequence[Column], as_of: dt.date) -> list[n.Fact]:
    """Figures of events and sustained conditions; `account` are the fields that conditions on events may read."""
    found: list[n.Fact] = []
    for happening in feed.events:
        many = (3, 5, 4) if dice.focus == "facts" else (1, 2, 3, 0)
        for _ in range(dice.pick(many) or int(dice.wild == "figure")):
            writer = Writer(dice, as_of, [*happening.columns, *account])
            name = f'{happening.of.name} "it\'s" {len(found)}'
            make = _event_points if dice.chance(3) else _aggregate
            found.append(make(writer, happening, name, feed.windows))
    for course in feed.signals:
        for _ in range(dice.pick((1, 0, 2)) or int(dice.wild == "sustained" or dice.focus == "facts")):
            found.append(_sustained(Writer(dice, as_of, course.columns), course, f"for {len(found)}", feed.windows))
    return found


def _where(writer: Writer) -> n.Condition | None:
    if writer.dice.wild == "figure" or (writer.dice.chance(4 if writer.dice.focus else 2) and not writer.dice.huge):
        return writer.condition("figure", 1)
    return None


def _window(dice: Dice, windows: Sequence[Duration]) -> Duration | None:
    return None if dice.chance(4) else dice.pick(windows)


def _aggregate(writer: Writer, happening: Happening, name: str, windows: Sequence[Duration]) -> n.Aggregate:
    dice = writer.dice
    function = "sum" if dice.huge and dice.chance(2) else dice.pick(FUNCTIONS)
    attributes = [column.read for column in happening.columns if isinstance(column.read, x.Attribute)]
    fitting = [each for each in attributes if _fits(function, each.kind)]
    if not fitting and function == "sum":
        function = "count"
    attribute = dice.pick(fitting[::-1]) if fitting else None
    kind = {"any": Kind.FLAG, "count": Kind.WHOLE, "distinct": Kind.WHOLE, "days since": Kind.WHOLE}.get(function)
    if kind is None:
        assert attribute is not None
        kind = attribute.kind
    where = _where(writer)
    window = None if function == "days since" or (dice.huge and function == "sum") else _window(dice, windows)
    return n.Aggregate(name, kind, happening.of.name, function, attribute, where, window, dice.text("figure"))


def _fits(function: n.AggregateFunction, kind: Kind) -> bool:
    match function:
        case "any" | "count" | "days since":
            return False
        case "sum":
            return kind.is_numeric
        case "largest" | "smallest":
            return kind.is_numeric or kind is Kind.DATE
        case "distinct" | "latest":
            return kind is not Kind.TAGS


def _event_points(writer: Writer, happening: Happening, name: str, windows: Sequence[Duration]) -> n.EventPoints:
    dice = writer.dice
    points = dice.pick((5, 10, 30, -20, 1, 100, 0)) * SCALE + dice.pick((0, 1, 2_500, -3_333))
    if dice.huge:
        points = dice.pick((LIMIT - 1, 1 - LIMIT, 10**17))
    fading = _fading(dice, points, windows) if points and not dice.chance(3) else None
    up_to = None
    if dice.chance(4 if dice.huge else 2):
        up_to = (
            abs(dice.pick((points, 2 * points, 50 * SCALE, 1, 3 * points // 2))) % LIMIT * (1 if points >= 0 else -1)
        )
    where, window = _where(writer), None if fading and dice.chance(2) else _window(dice, windows)
    return n.EventPoints(name, happening.of.name, points, where, window, fading, up_to, dice.text("figure"))


def _fading(dice: Dice, points: int, windows: Sequence[Duration]) -> n.Fading:
    """Halving, keeping a part, or losing so much, by whole periods."""
    if dice.chance(3):
        lost = dice.pick((1, 5, 50)) * max(1, abs(points) // 20)
        left = range(abs(points), 0, -lost)
        return n.Fading(
            dice.pick((*windows, *windows, Duration(2, "month"))),
            tuple(each * SCALE * (1 if points > 0 else -1) for each in left),
        )
    kept = dice.pick((5_000, 7_500, 1_000, 9_999 // 3))
    periods = range(dice.pick((60, 3, 1, 12)))
    factors = [half(kept**period, SCALE ** (period - 1)) if period else SCALE for period in periods]
    return n.Fading(
        dice.pick((*windows, *windows, Duration(2, "month"))), tuple(points * factor for factor in factors if factor)
    )


def _sustained(writer: Writer, course: Course, name: str, windows: Sequence[Duration]) -> n.Sustained:
    dice = writer.dice
    test: x.Expression = writer.test_of(course.columns[0]) if not dice.chance(3) else writer.flag(2)
    if dice.wild == "sustained":
        test = writer.decision("sustained", 1)
    longest = [window for window in windows if window.unit != "year"]
    duration = dice.pick((*longest, *longest, Duration(3, "week"), Duration(3, "day")))
    return n.Sustained(name, course.of.name, test, duration, dice.text("sustained"))


def columns_of(facts: Sequence[n.Fact], feed: Feed, as_of: dt.date) -> list[Column]:
    """What later expressions read of the events and signals."""
    counts = tuple(number * SCALE for number in (1, 0, 2, 3))
    found: list[Column] = []
    for fact in facts:
        pool = (
            counts if isinstance(fact, n.Aggregate) and fact.kind is Kind.WHOLE else _worth_comparing(fact.kind, as_of)
        )
        found.append(Column(x.Defined(fact.name, fact.kind), pool))
    for course in feed.signals:
        found.append(Column(x.Defined(course.of.name, course.of.kind), course.columns[0].pool))
    return found
