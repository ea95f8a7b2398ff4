"""Hypothesis strategies for whole cases: a well-formed program, a population for it, and an as-of date.

Programs are made node by node, as the compiler would leave them: typed, names unique, definitions in dependency order. Values come from small
pools so that ties and exact boundaries are common; some programs also have numbers near the limits, which make faults.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

import attrs
from hypothesis import strategies as st

from tierlang.engines.interpreter.facts import Account
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.calendar import CalendarUnit, Duration, shift
from tierlang.program.numbers import LIMIT, SCALE, number_text
from tierlang.program.values import Kind, Value

T = TypeVar("T")

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


@attrs.frozen
class Case:
    """A program, a population it can be run over, and the date it is run for.

    `strangers` are accounts that only the files of events and signals know. Those of one sort stand in one file, or in one for each name; `shuffle`
    decides the order of their rows.
    """

    program: n.Program
    accounts: tuple[Account, ...]
    as_of: dt.date
    strangers: tuple[Account, ...] = ()
    events_together: bool = True
    signals_together: bool = True
    shuffle: int = 0


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


# Where a wild program, tame everywhere else, goes out of bounds.
WILD = ("derive", "value", "when", "excluded when", "where", "gate", "cluster", "gate")


class Dice:
    """The one source of choices; every choice shrinks to the first, simplest one."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw
        mode = self.below(22)
        self.huge = mode in (11, 12, 13)
        more = ((WHOLE_HUGE, HUGE) if self.huge else (WHOLE_EDGES, EDGES)) if 8 <= mode <= 13 else ((), ())
        self.wholes, self.numbers = (*WHOLE, *more[0]), (*SMALL, *more[1])
        self.wild = WILD[mode - 14] if mode >= 14 else None
        self.words = 0

    def below(self, count: int) -> int:
        """A number in 0..count-1."""
        result: int = self._draw(_below(count))
        return result

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.below(len(choices))] if len(choices) > 1 else choices[0]

    def chance(self, one_in: int) -> bool:
        """True about once in so many times."""
        return self.below(one_in) == one_in - 1

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Several of the choices, repeats allowed."""
        return [self.pick(choices) for _ in range(least + self.below(most - least + 1))]

    def text(self, word: str) -> str:
        """New words that a person might have written."""
        self.words += 1
        return f"{word} {self.words}" + self.pick(("", "", "", ' it\'s "50 %"', " {é} \\"))


@attrs.define
class Column:
    """A field or a definition that expressions can read, and values worth comparing it with."""

    read: x.Input | x.Defined
    pool: tuple[Value, ...]

    @property
    def kind(self) -> Kind:
        """The kind of its values."""
        return self.read.kind


# --- fields and accounts ------------------------------------------------------------------------------------------------------------


def _values(dice: Dice, kind: Kind, as_of: dt.date) -> tuple[Value, ...]:
    match kind:
        case Kind.WHOLE:
            return tuple(dice.some(dice.wholes, 2, 6))
        case Kind.NUMBER | Kind.MONEY:
            return tuple(dice.some(dice.numbers, 2, 6))
        case Kind.TEXT:
            return tuple(dice.some(TEXTS, 2, 6))
        case Kind.FLAG:
            return dice.pick(((True, False), (True,), (False,)))
        case Kind.DATE:
            return tuple(dice.some(_dates(as_of), 2, 6))
        case Kind.TAGS:
            return tuple(tuple(sorted(set(dice.some(TEXTS, 0, 3)))) for _ in range(1 + dice.below(3)))


@cache
def _dates(as_of: dt.date) -> tuple[dt.date, ...]:
    days = [as_of + dt.timedelta(days=days) for days in (0, -1, 1, -90, -91, 30, -7)]
    months = [shift(as_of, Duration(count, "month"), -1) for count in (1, 3, 12)]
    return (*days, *months, dt.date(2024, 2, 29), dt.date(1, 1, 1), dt.date(9999, 12, 31))


def _field(dice: Dice, name: str, kind: Kind, as_of: dt.date) -> tuple[n.Field, tuple[Value, ...]]:
    """A field and the values its accounts have; declared bounds hold for all of them."""
    pool = _values(dice, kind, as_of)
    field = n.Field(name, kind, label=dice.pick(LABELS) if dice.chance(6) else None)
    if kind.is_numeric and dice.chance(2):
        numbers = [value for value in pool if isinstance(value, int)]
        low, high = min(numbers), max(numbers)
        open_ = dice.chance(3) and high + SCALE < LIMIT
        field = attrs.evolve(
            field,
            low=None if dice.chance(4) else low,
            high=None if dice.chance(4) else high + SCALE * open_,
            high_open=open_,
        )
    if kind is Kind.TEXT and dice.chance(3):
        field = attrs.evolve(field, one_of=tuple(dict.fromkeys(str(value) for value in pool)))
    match dice.below(4):
        case 2:
            field = attrs.evolve(field, required=True)
        case 3 if kind is not Kind.TAGS:
            field = attrs.evolve(field, default=pool[0])
    return field, (*pool, None) if field.may_be_missing else pool


def _accounts(dice: Dice, key: n.Field, fields: Sequence[tuple[n.Field, tuple[Value, ...]]]) -> tuple[Account, ...]:
    count = 0 if dice.chance(25) else 1 + dice.below(dice.pick((12, 24, 40, 3)))
    free = list(KEYS)
    accounts = []
    for _ in range(count):
        values = {field.name: pool[dice.below(len(pool))] if len(pool) > 1 else pool[0] for field, pool in fields}
        accounts.append(Account(free.pop(dice.below(len(free))), values))
    return tuple(accounts)


# --- expressions --------------------------------------------------------------------------------------------------------------------


class Writer:
    """Writes expressions over the columns known so far; the first alternative of each is the simplest."""

    def __init__(self, dice: Dice, as_of: dt.date, columns: list[Column]) -> None:
        self.dice = dice
        self.as_of = as_of
        self.columns = columns
        self.room = 90

    def of(self, kind: Kind, depth: int) -> x.Expression:
        """An expression of the kind's family."""
        match kind:
            case Kind.FLAG:
                return self.flag(depth)
            case Kind.TEXT:
                return self.text(depth)
            case Kind.DATE:
                return self.date(depth)
            case Kind.TAGS:
                return self.leaf((Kind.TAGS,))
            case _:
                return self.number(depth)

    def leaf(self, kinds: tuple[Kind, ...]) -> x.Expression:
        """A field, a definition or a constant."""
        fitting = [column for column in self.columns if column.kind in kinds]
        choice = self.dice.below(len(fitting) + 1)
        if choice < len(fitting):
            return fitting[choice].read
        return self.constant(self.dice.pick(kinds))

    def constant(self, kind: Kind) -> x.Constant:
        """A constant, rarely one without a value."""
        if kind is not Kind.TAGS and self.dice.chance(25):
            return x.Constant(None, kind)
        pools = {Kind.FLAG: (True, False), Kind.TEXT: TEXTS, Kind.DATE: _dates(self.as_of), Kind.TAGS: ((), ("a",))}
        numbers = self.dice.wholes if kind is Kind.WHOLE else self.dice.numbers
        return x.Constant(self.dice.pick(pools.get(kind, numbers)), kind)

    def _inner(self, depth: int) -> bool:
        self.room -= 1
        return depth > 0 and self.room > 0

    def number(self, depth: int) -> x.Expression:
        """A number."""
        if not self._inner(depth):
            return self.leaf(NUMERIC)
        down = depth - 1
        match self.dice.below(13):
            case 0 | 1 | 2 if not self.dice.huge:
                return self.leaf(NUMERIC)
            case 0 | 1 | 2:
                return x.Arithmetic(self.dice.pick("*+-/"), self.leaf(NUMERIC), self.leaf(NUMERIC))  # type: ignore[arg-type]
            case 3 | 4 | 5 | 6 as sign:
                operator: Any = "+-*/"[sign - 3]
                return x.Arithmetic(operator, self.number(down), self.number(down))
            case 7:
                return x.Negative(self.number(down))
            case 8:
                return x.Absolute(self.number(down))
            case 9:
                return x.Rounded(self.number(down), self.dice.below(5))
            case 10:
                return x.DaysSince(self.date(down))
            case 11:
                return self._extreme(self.number, down)
            case _:
                return self._chosen(self.number, down)

    def text(self, depth: int) -> x.Expression:
        """A text."""
        if not self._inner(depth) or not self.dice.chance(3):
            return self.leaf((Kind.TEXT,))
        return self._chosen(self.text, depth - 1)

    def date(self, depth: int) -> x.Expression:
        """A date."""
        if not self._inner(depth):
            return self.leaf((Kind.DATE,))
        match self.dice.below(5):
            case 0 | 1:
                return self.leaf((Kind.DATE,))
            case 2:
                if self.dice.chance(3):
                    return x.AsOf()
                count = self.dice.pick((1, 3, 12, 90, 2_026, 100_000))
                return x.AsOf(Duration(count, self.dice.pick(UNITS)), self.dice.pick((-1, 1)))
            case 3:
                return self._extreme(self.date, depth - 1)
            case _:
                return self._chosen(self.date, depth - 1)

    def _parts(self, make: Callable[[int], x.Expression], depth: int) -> tuple[x.Expression, ...]:
        return tuple(make(depth) for _ in range(1 + self.dice.below(3)))

    def _extreme(self, make: Callable[[int], x.Expression], depth: int) -> x.Expression:
        which: Any = self.dice.pick(("least", "greatest"))
        return x.Extreme(which, self._parts(make, depth), self.dice.chance(2))

    def _chosen(self, make: Callable[[int], x.Expression], depth: int) -> x.Expression:
        if self.dice.chance(2):
            return x.FirstOf(self._parts(make, depth))
        branches = tuple(x.Branch(self.flag(depth), make(depth)) for _ in range(1 + self.dice.below(2)))
        return x.Choose(branches, make(depth))

    def flag(self, depth: int) -> x.Expression:
        """A condition."""
        if not self._inner(depth):
            return self.leaf((Kind.FLAG,)) if self.dice.chance(3) else self.test()
        down = depth - 1
        match self.dice.below(16):
            case 0 if self.dice.huge:
                return self._comparison(down)
            case 0 | 1 | 2:
                return self.test()
            case 3:
                return self.leaf((Kind.FLAG,))
            case 4 | 5:
                return x.AllOf(self._parts(self.flag, down))
            case 6:
                return x.AnyOf(self._parts(self.flag, down))
            case 7:
                return x.Not(self.flag(down))
            case 8:
                kind = self.dice.pick((Kind.NUMBER, Kind.TEXT, Kind.FLAG, Kind.DATE))
                return x.IsMissing(self.of(kind, down))
            case 9:
                matcher: Any = self.dice.pick(("contains", "starts with", "ends with"))
                return x.TextMatch(matcher, self.text(down), self._fragment(down))
            case 10:
                return x.HasTag(self.leaf((Kind.TAGS,)), self._fragment(down))
            case 11:
                parts = self._parts(self.flag, down)
                return x.AtLeast(1 + self.dice.below(len(parts)), parts)
            case 12 | 13:
                return self._comparison(down)
            case 14:
                return self._one_of(down)
            case _:
                return self._chosen(self.flag, down)

    def _fragment(self, depth: int) -> x.Expression:
        return self.text(depth) if self.dice.chance(4) else x.Constant(self.dice.pick(FRAGMENTS), Kind.TEXT)

    def _comparison(self, depth: int) -> x.Expression:
        kind = self.dice.pick((Kind.NUMBER, Kind.DATE, Kind.TEXT, Kind.FLAG))
        operators = ("=", "!=", "<", "<=", ">", ">=") if kind in (Kind.NUMBER, Kind.DATE) else ("=", "!=")
        operator: Any = self.dice.pick(operators)
        return x.Compare(operator, self.of(kind, depth), self.of(kind, depth))

    def _one_of(self, depth: int) -> x.Expression:
        kind = self.dice.pick((Kind.TEXT, Kind.NUMBER, Kind.DATE))
        pool: Any = {Kind.TEXT: TEXTS, Kind.NUMBER: SMALL, Kind.DATE: _dates(self.as_of)}[kind]
        # Six are enough to reach an engine's other plan for long lists.
        return x.OneOf(self.of(kind, depth), tuple(dict.fromkeys(self.dice.some(pool, 1, 6))))

    def test(self) -> x.Expression:
        """A column compared with a value that accounts have, or one beside it."""
        fitting = [column for column in self.columns if column.kind is not Kind.TAGS]
        return self.test_of(self.dice.pick(fitting))

    def test_of(self, column: Column) -> x.Expression:
        """The column compared with such a value."""
        value = self.dice.pick([value for value in column.pool if value is not None])
        if column.kind in (Kind.TEXT, Kind.FLAG):
            sign: Any = self.dice.pick(("=", "!="))
            return x.Compare(sign, column.read, x.Constant(value, column.kind))
        if column.kind.is_numeric and isinstance(value, int) and self.dice.chance(3):
            value = max(1 - LIMIT, min(LIMIT - 1, value + self.dice.pick((1, -1))))
        sign = self.dice.pick((">=", "<", ">", "<=", "=", "!="))
        kind = Kind.NUMBER if column.kind.is_numeric else column.kind
        test = x.Compare(sign, column.read, x.Constant(value, kind))
        if not self.dice.chance(4):
            return test
        other = self.dice.pick([value for value in column.pool if value is not None])
        return x.AllOf((test, x.Compare("<", column.read, x.Constant(other, column.kind))))

    def condition(self, word: str, depth: int = 2) -> n.Condition:
        """A condition with its words."""
        return n.Condition(self.decision(word, depth), self.dice.text(word))

    def decision(self, word: str, depth: int) -> x.Expression:
        """A condition that decides something."""
        test = self.flag(depth)
        if word != self.dice.wild:
            return test
        return x.AnyOf((test, x.Compare(">", self.steep(), self.constant(Kind.NUMBER))))

    def steep(self) -> x.Expression:
        """A number that is out of bounds for every account that has more than a little."""
        numbers = [column for column in self.columns if column.kind.is_numeric]
        return x.Arithmetic("*", self.dice.pick(numbers).read, x.Constant(LIMIT // 10 - 1, Kind.NUMBER))


# --- definitions --------------------------------------------------------------------------------------------------------------------


def _points(dice: Dice) -> int:
    if dice.numbers != SMALL and dice.chance(6):
        return dice.pick(dice.numbers)
    return dice.pick((10, 20, 40, 5, 0, -10, 100, 50)) * SCALE + dice.pick((0, 0, 0, 1, 2_500))


def _point_line(writer: Writer, depth: int) -> n.PointLine:
    return n.PointLine(_points(writer.dice), writer.condition("when", depth), writer.dice.pick(LABELS))


def _point_table(writer: Writer) -> n.PointTable:
    dice = writer.dice
    column = dice.pick([column for column in writer.columns if column.kind is not Kind.TAGS])
    rows = [n.TableRow(writer.test_of(column), _points(dice), dice.text("band")) for _ in range(1 + dice.below(3))]
    otherwise, missing = (None if dice.chance(3) else _points(dice) for _ in range(2))
    return n.PointTable(column.read, tuple(rows), otherwise, missing, dice.text("by"), dice.pick(LABELS))


def _inner_line(writer: Writer) -> n.PointLine | n.PointTable:
    return _point_table(writer) if writer.dice.chance(3) else _point_line(writer, 1)


def _body(writer: Writer, *, name: str) -> n.Weighing | n.PointSum | n.Formula:
    dice = writer.dice
    match dice.below(6):
        case 0 | 1 | 2:
            lines: list[n.PointLine | n.PointTable | n.BestOf] = []
            for _ in range(dice.pick((2, 3, 4, 1))):
                if dice.chance(4):
                    lines.append(
                        n.BestOf(tuple(_inner_line(writer) for _ in range(1 + dice.below(3))), dice.pick(LABELS))
                    )
                else:
                    lines.append(_inner_line(writer))
            return n.PointSum(tuple(lines))
        case 3 | 4:
            weighed = [n.WeighLine(weight, writer.number(1), dice.text("part")) for weight in dice.pick(WEIGHTS)]
            policy: Any = dice.pick(("share", "zero", "unscored", None))
            floor = dice.pick((0, 6_000, 5_000, 10_000, 1)) if policy == "share" else 0
            return n.Weighing(tuple(weighed), policy, floor)
        case _:
            value = writer.steep() if dice.wild == "value" else writer.number(3)
            return n.Formula(value, dice.text(f"value of {name}"))


def _score(writer: Writer, name: str) -> n.Score:
    dice = writer.dice
    digits = dice.pick((2, 4, 0, 1, 3))
    body = _body(writer, name=name)
    low, high = dice.pick(((0, 100), (None, None), (0, None), (None, 100), (-20, 60), (-214_749, 214_749)))
    if dice.huge and dice.chance(3):
        low, high = None, None
    return n.Score(
        name,
        body,
        None if low is None else low * SCALE,
        None if high is None else high * SCALE,
        digits,
        dice.pick(LABELS),
    )


def _derive(writer: Writer, name: str) -> n.Derive:
    dice = writer.dice
    kind = dice.pick((Kind.FLAG, Kind.NUMBER, Kind.TEXT, Kind.DATE))
    value = writer.steep() if dice.wild == "derive" else writer.of(kind, 3)
    hidden = dice.chance(4)
    called = _words_as_name(name) if hidden else name
    return n.Derive(called, x.kind_of(value), value, dice.text("derive"), dice.pick(LABELS), hidden=hidden)


def _words_as_name(name: str) -> str:
    """The compiler calls what has no name by its words: not what an engine takes for a name, and other than another only by its case."""
    letter, number = ("s" if name[0] == "d" else name[0]).upper(), name[1:]
    words = f'{letter} = "it\'s" {number}'
    return words.lower() if name[0] == "d" else words


def _percentile(writer: Writer, name: str) -> n.Percentile:
    dice = writer.dice
    numbers = [column.read for column in writer.columns if column.kind.is_numeric]
    where = writer.condition("where") if dice.wild == "where" or dice.chance(3) else None
    return n.Percentile(_words_as_name(name), dice.pick(numbers), where, _per(writer), dice.text("percentile"))


def _per(writer: Writer) -> x.Input | None:
    """Nothing, or a field to group by, preferably one that some accounts lack."""
    dice = writer.dice
    fields = [column for column in writer.columns if isinstance(column.read, x.Input) and column.kind is not Kind.TAGS]
    lacking = [column for column in fields if None in column.pool]
    if not dice.chance(2):
        return None
    chosen = dice.pick((*fields[1:], *lacking, *lacking)).read
    assert isinstance(chosen, x.Input)
    return chosen


SCORE_POOL = tuple(number * SCALE for number in (50, 80, 60, 40, 20, 10, 100, 0))


def _definitions(writer: Writer, names: list[str], *, relative: bool) -> list[n.Definition]:
    """Definitions, each of which later ones may read."""
    found: list[n.Definition] = []
    dice = writer.dice
    least = 0 if relative and dice.wild != "where" else 1
    for _ in range(least + dice.below(3)):
        name = names.pop(0)
        kind = dice.below(3)
        definition: n.Definition
        if relative and (kind == 0 or dice.wild == "where"):
            definition = _percentile(writer, name)
        elif kind < 2:
            definition = _score(writer, name)
        else:
            definition = _derive(writer, name)
        found.append(definition)
        pools: dict[Kind, tuple[Value, ...]] = {
            Kind.FLAG: (True, False),
            Kind.TEXT: TEXTS,
            Kind.DATE: _dates(writer.as_of),
        }
        writer.columns.append(
            Column(x.Defined(definition.name, definition.kind), pools.get(definition.kind, SCORE_POOL))
        )
    return found


# --- ladders ------------------------------------------------------------------------------------------------------------------------

TIERS = ("one", "two", "three", "four", "five")


def _line_text(low: int | None, high: int | None, low_open: bool, high_open: bool) -> str:
    if low is not None and high is None:
        return f"over {number_text(low)}" if low_open else f"{number_text(low)}.."
    upper = "" if high is None else ("<" if high_open else "") + number_text(high)
    return f"{'' if low is None else number_text(low)}..{upper}"


def _contiguous(dice: Dice, count: int) -> list[n.Line]:
    """Lines that touch and do not overlap, best first."""
    cuts = sorted({dice.below(101) * SCALE for _ in range(count - 1)}, reverse=True)
    ends: list[int | None] = [None, *cuts, None]
    lines = []
    over = dice.chance(3)
    for high, low in pairwise(ends):
        low_open, high_open = over and low is not None, not over and high is not None
        lines.append(n.Line(low, high, low_open, high_open, _line_text(low, high, low_open, high_open)))
    return lines


def _any_line(dice: Dice, pool: Sequence[Value]) -> n.Line:
    """A line with ends on values that accounts have."""
    numbers = [value for value in pool if isinstance(value, int)]
    low, high = sorted((dice.pick(numbers), dice.pick(numbers)))
    low_open, high_open = dice.chance(3), dice.chance(3)
    match dice.below(3):
        case 0:
            return n.Line(low, None, low_open, False, _line_text(low, None, low_open, False))
        case 1:
            return n.Line(low, high, False, high_open, _line_text(low, high, False, high_open))
        case _:
            return n.Line(None, high, False, high_open, _line_text(None, high, False, high_open))


def _top(writer: Writer, by: x.Input | x.Defined | None) -> n.Top:
    dice = writer.dice
    numbers = [column.read for column in writer.columns if column.kind.is_numeric]
    chosen = by if by is not None and not dice.chance(3) else dice.pick(numbers)
    per = _per(writer)
    tail = ("" if chosen is by else f" by {chosen.name}") + (f" per {per.name}" if per else "")
    if dice.chance(2):
        count = 1 + dice.below(6)
        return n.Top(None, count, chosen, per, f"{count}{tail}")
    percent = dice.pick((2_000, 500, 5_000, 3_333, 1, 10_000, 1_250))
    return n.Top(percent, None, chosen, per, f"{number_text(percent * 100)}%{tail}")


def _capacities(writer: Writer, lower: Sequence[str]) -> tuple[n.Capacity, ...]:
    dice = writer.dice
    found = []
    per = _per(writer) if dice.chance(2) else None
    for field in ([per] if per else []) + ([] if per and dice.chance(2) else [None]):
        overflows: list[tuple[Any, str | None]] = [("down", None), ("out", None), *(("to", name) for name in lower)]
        overflow, to = dice.pick(overflows)
        seats = dice.pick((1, 2, 0, 3, 4, 8))
        minimum = dice.below(seats + 1) if dice.chance(3) else None
        text = (f"{minimum}.." if minimum is not None else "") + f"{seats}" + (f" per {field.name}" if field else "")
        found.append(n.Capacity(seats, minimum, field, overflow, to, text))
    return tuple(found)


def _cluster(writer: Writer) -> n.Cluster:
    dice = writer.dice
    column = dice.pick([column for column in writer.columns if column.kind is not Kind.TAGS])
    rows = [n.ClusterRow(f"c{at}", dice.pick(LABELS), writer.test_of(column)) for at in range(1 + dice.below(3))]
    if dice.huge or dice.wild == "cluster":
        rows.append(n.ClusterRow("big", None, writer.decision("cluster", 1)))
    return n.Cluster(column.read, tuple(rows), dice.pick((None, "others")))


def _extras(writer: Writer, tier: n.Tier, people: Sequence[n.Owner]) -> n.Tier:
    """What a tier says besides whom it takes."""
    dice = writer.dice
    inputs = [column.read for column in writer.columns if isinstance(column.read, x.Input)]
    texts = [field for field in inputs if field.kind is Kind.TEXT]
    owners = [n.TierOwner("sales", dice.pick(people), None)]
    if dice.chance(3):
        owners.append(n.TierOwner("marketing", None, dice.pick(texts)))
    return attrs.evolve(
        tier,
        label=dice.pick(LABELS),
        coverage=tuple(dict.fromkeys(dice.some(inputs[1:], 1, 2))) if len(inputs) > 1 and dice.chance(3) else (),
        cluster=_cluster(writer) if dice.wild == "cluster" or dice.chance(3) else None,
        owners=tuple(owners),
        plays=(n.Play("marketing", "It's a play"), n.Play("marketing", "Ünd 2"), n.Play("sales", "Call", "phone"))
        if dice.chance(4)
        else (),
        exits=("When it's over",) if dice.chance(8) else (),
    )


def _tiers(writer: Writer, by: Column | None, count: int, *, tops: bool, separate: bool) -> list[n.Tier]:
    """Tiers without extras; at most one `otherwise`, anywhere."""
    dice = writer.dice
    contiguous = separate or dice.chance(3)
    lines = _contiguous(dice, count) if by is not None and contiguous else []
    tiers = []
    for at in range(count):
        line = top = gate = None
        if lines and at < len(lines):
            line = lines[at]
        elif separate:
            break
        elif by is not None and not dice.chance(2):
            line = _any_line(dice, by.pool)
        elif tops and not dice.chance(3):
            top = _top(writer, by.read if by else None)
        if (line is None and top is None) or dice.chance(3):
            gate = writer.condition("gate")
        tiers.append(n.Tier(TIERS[at], line=line, top=top, gate=gate))
    if dice.chance(2):
        place = len(tiers) - 1 if dice.chance(2) else dice.below(len(tiers))
        tiers[place] = n.Tier(tiers[place].name, otherwise=True)
    return tiers


def _ladder(writer: Writer, people: Sequence[n.Owner]) -> n.Ladder:
    dice = writer.dice
    numbers = [column for column in writer.columns if column.kind.is_numeric]
    scores = [column for column in numbers if isinstance(column.read, x.Defined)]
    by = None if dice.chance(6) else dice.pick((scores if scores and not dice.chance(4) else numbers)[::-1])
    unique = dice.chance(4)
    separate = unique and by is not None and dice.chance(2)
    tiers = _tiers(writer, by, dice.pick((2, 3, 4, 5, 1)), tops=not unique, separate=separate)
    names = [tier.name for tier in tiers]
    full = [
        attrs.evolve(
            _extras(writer, tier, people), capacities=() if dice.chance(3) else _capacities(writer, names[at + 1 :])
        )
        for at, tier in enumerate(tiers)
    ]
    ordered = [column.read for column in writer.columns if column.kind is not Kind.TAGS]
    keys = (
        [n.RankKey(read, dice.chance(2)) for read in dict.fromkeys(dice.some(ordered, 1, 2))] if dice.chance(3) else []
    )
    rest = not any(tier.otherwise for tier in tiers)
    return n.Ladder(
        name=None,
        label=dice.pick(LABELS),
        by=by.read if by else None,
        tiers=tuple(full),
        rank_by=tuple(keys),
        unique=unique,
        separate=separate or not unique,
        rest_untiered=rest,
    )


def _pins(
    dice: Dice, keys: Sequence[str], tiers: Sequence[n.Tier], people: Sequence[n.Owner], as_of: dt.date
) -> list[n.Pin]:
    pins: dict[str, n.Pin] = {}
    for _ in range(dice.pick((0, 2, 1, 5))):
        key = dice.pick((*keys, "nobody", "it's nobody"))
        until = dice.pick((None, as_of, as_of + dt.timedelta(days=1), as_of - dt.timedelta(days=1)))
        owner = dice.pick((None, *people))
        pins.setdefault(
            key, n.Pin(key, dice.pick((tiers[0], *tiers)).name, until, owner, dice.pick((None, 'because it\'s "said"')))
        )
    return list(pins.values())


# --- the whole ----------------------------------------------------------------------------------------------------------------------


@st.composite
def cases(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Case:
    """A program, its population and a date."""
    dice = Dice(draw)
    as_of = dice.pick(AS_OF)
    kinds = (Kind.NUMBER, Kind.TEXT, *(dice.pick(tuple(Kind)) for _ in range(dice.pick((2, 4, 0, 1, 3, 5)))))
    start = dice.below(len(NAMES))
    names = [NAMES[(start + at) % len(NAMES)] for at in range(len(kinds))]
    key = n.Field(dice.pick(("id", "key")), Kind.TEXT, required=True)
    fields = [_field(dice, name, kind, as_of) for name, kind in zip(names, kinds, strict=True)]
    accounts = _accounts(dice, key, fields)
    keys = [account.key for account in accounts]
    columns = [Column(x.Input(key.name, Kind.TEXT), tuple(keys[:5]) or KEYS[:5])]
    columns += [Column(x.Input(field.name, field.kind), pool) for field, pool in fields]
    writer = Writer(dice, as_of, columns)
    free = [f"{letter}{at}" for at in range(3) for letter in "sdt"]
    definitions = _definitions(writer, free, relative=False)
    exclusions = [
        n.Exclusion(
            f"x{at}",
            n.Condition(x.AllOf((writer.decision("excluded when", 2), writer.test())), dice.text("excluded when")),
            dice.pick(LABELS),
        )
        for at in range(dice.pick((1, 2) if dice.wild == "excluded when" else (0, 0, 1, 2)))
    ]
    relative = _definitions(writer, free, relative=True)
    people = (n.Owner("dana", 'Dana "D" Lee'), n.Owner("sam"))
    ladder = _ladder(writer, people)
    program = n.Program(
        name="generated",
        label=None,
        version=None,
        reviewed=None,
        review=None,
        limits=n.Limits(),
        key=key,
        fields=tuple(field for field, _ in fields),
        missing_cells=("",),
        definitions=tuple(definitions),
        exclusions=tuple(exclusions),
        relative=tuple(relative),
        ladders=(ladder,),
        owners=people,
        pins=tuple(_pins(dice, keys, ladder.tiers, people, as_of)),
    )
    return Case(program, accounts, as_of)
