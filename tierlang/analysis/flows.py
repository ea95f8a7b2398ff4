"""Where values go: what each input or definition is compared with, and whether it is used for more than comparing it with constants.

Between the cuts of all its comparisons one value of an input is as good as another, as long as nothing else is done with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

import attrs

from tierlang.program.calendar import shift
from tierlang.program.expressions import (
    AsOf,
    Attribute,
    Choose,
    Compare,
    Constant,
    DaysSince,
    Defined,
    Expression,
    Extreme,
    FirstOf,
    HasTag,
    Input,
    InTier,
    LookedUp,
    Negative,
    OneOf,
    TextMatch,
    kind_of,
    parts_of,
)
from tierlang.program.nodes import (
    BestOf,
    Formula,
    Lookup,
    PointLine,
    PointsPerEvent,
    PointSum,
    PointTable,
    Program,
    Score,
)
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value

How: TypeAlias = Literal["is", "days"]
"""Whether a value is passed on as it is, or as the days since it."""


class Use(NamedTuple):
    """One thing that decides how the value of a name is cut.

    `cut`: at this integer (a number or a date's ordinal) something changes for it and all above; `text`: it is compared with this text; `match`: with a fragment, by this operator; `tag`: asked for it;
    `free`: something else is done with the value.
    """

    name: str
    sort: Literal["cut", "text", "match", "tag", "free"]
    what: Any = None


@attrs.frozen
class Flow:
    """An expression: what it does to the names that it reads (`uses`), whose value it may pass on (`through`) or which constants; `closed` says that there is nothing else that it can be."""

    uses: tuple[Use, ...]
    through: tuple[tuple[str, How], ...] = ()
    constants: tuple[Value, ...] = ()
    closed: bool = True


def input_name(node: Input) -> str:
    """The name of a field among the names of everything."""
    return f"i:{node.name}"


def defined_name(name: str) -> str:
    """The name of a definition, fact or signal among the names of everything."""
    return f"d:{name}"


def tier_name(node: InTier) -> str:
    """The name of what only the placing of all accounts tells."""
    return f"t:{node.ladder} {' '.join(node.tiers)}"


_FLIPPED: dict[str, str] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@attrs.define
class Flows:
    """The flows of a program's expressions, each found once."""

    program: Program
    as_of: dt.date
    asked: dict[str, InTier] = attrs.field(factory=dict)
    """The questions after tiers, by their names."""
    _known: dict[int, tuple[Expression, Flow]] = attrs.field(factory=dict)
    _names: dict[int, tuple[Expression, tuple[str, ...]]] = attrs.field(factory=dict)

    def of(self, expression: Expression) -> Flow:
        """The flow of one expression; the nodes of a program are shared, so it is kept by which one it is."""
        known = self._known.get(id(expression))
        if known is None:
            known = self._known[id(expression)] = (expression, self._find(expression))
        return known[1]

    def names(self, expression: Expression) -> tuple[str, ...]:
        """The names that the expression reads itself, each once."""
        known = self._names.get(id(expression))
        if known is None:
            known = self._names[id(expression)] = (expression, self._find_names(expression))
        return known[1]

    def _find_names(self, expression: Expression) -> tuple[str, ...]:
        match expression:
            case Input():
                return (input_name(expression),)
            case Defined(name=name):
                return (defined_name(name),)
            case InTier():
                self.asked[tier_name(expression)] = expression
                return (tier_name(expression),)
            case _:
                return tuple(dict.fromkeys(name for part in parts_of(expression) for name in self.names(part)))

    def _find(self, expression: Expression) -> Flow:
        match expression:
            case Constant(value=value):
                return Flow((), (), () if value is None else (value,))
            case AsOf(offset=offset, direction=direction):
                return Flow((), (), (self.as_of if offset is None else shift(self.as_of, offset, direction),))
            case Input():
                return Flow((), ((input_name(expression), "is"),))
            case Defined(name=name):
                return Flow((), ((defined_name(name), "is"),))
            case Attribute(name=name):
                return Flow((), ((f"a:{name}", "is"),))
            case InTier():
                return Flow(())
            case _:
                return self._of_operation(expression)

    def _of_operation(self, expression: Expression) -> Flow:
        parts = [self.of(part) for part in parts_of(expression)]
        uses = tuple(use for part in parts for use in part.uses)
        match expression:
            case FirstOf() | Extreme():
                return _joined(uses, parts)
            case Choose():
                return _joined(uses, [*parts[1::2], parts[-1]])
            case DaysSince():
                through = tuple((name, "days") for name, _ in parts[0].through)
                dates = [each for each in parts[0].constants if isinstance(each, dt.date)]
                return Flow(uses, through, tuple((self.as_of - each).days * SCALE for each in dates), parts[0].closed)  # type: ignore[arg-type]
            case Negative(part=Constant(value=int() as number)):
                return Flow(uses, (), (-number,))
            case Compare(operator=sign):
                return Flow((*uses, *self._compared(sign, parts[0], parts[1])))
            case OneOf(values=values):
                return Flow((*uses, *self._cuts(parts[0], values, "=")))
            case TextMatch(operator=operator):
                return Flow((*uses, *_fragments(parts[0], parts[1], "match", operator)))
            case HasTag():
                return Flow((*uses, *_fragments(parts[0], parts[1], "tag", None)))
            case LookedUp(table=table, column=column):
                lookup = next(each for each in self.program.lookups if each.name == table)
                at = [each.name for each in lookup.columns].index(column)
                given = tuple(dict.fromkeys(row[1][at] for row in lookup.rows if row[1][at] is not None))
                return Flow((*uses, *self._looked_up(lookup, parts)), (), given)
            case _ if kind_of(expression) is Kind.FLAG:
                return Flow(uses)
            case _:
                return Flow((*uses, *(use for part in parts for use in free(part))), (), (), False)

    def _looked_up(self, lookup: Lookup, items: list[Flow]) -> Iterator[Use]:
        for at, item in enumerate(items):
            yield from self._cuts(item, [row[0][at] for row in lookup.rows], "=")

    def _compared(self, sign: str, left: Flow, right: Flow) -> Iterator[Use]:
        crossed = (left.through and right.through) or not left.closed or not right.closed
        if crossed:
            yield from free(left)
            yield from free(right)
        yield from self._cuts(left, right.constants, sign)
        yield from self._cuts(right, left.constants, _FLIPPED[sign])

    def _cuts(self, flow: Flow, values: Iterable[Value], sign: str) -> Iterator[Use]:
        if not flow.through:
            return
        for value in dict.fromkeys(values):
            if isinstance(value, str):
                yield from (Use(name, "text", value) for name, _ in flow.through)
            elif isinstance(value, int | dt.date) and not isinstance(value, bool):
                at = value.toordinal() if isinstance(value, dt.date) else value
                firsts = {">=": (at,), "<": (at,), ">": (at + 1,), "<=": (at + 1,)}.get(sign, (at, at + 1))
                for name, how in flow.through:
                    yield from (Use(name, "cut", self.passed(first, how)) for first in firsts)

    def passed(self, first: int, how: How) -> int:
        """Where the value behind a number is cut when the number is cut here."""
        return first if how == "is" else self.as_of.toordinal() + (-first // SCALE) + 1

    def of_score(self, score: Score) -> tuple[Use, ...]:
        """What a score does to the names that it reads."""
        return self.of_body(score)[0]

    def names_of_score(self, score: Score) -> tuple[str, ...]:
        """The names that a score reads."""
        return self.of_body(score)[1]

    def of_body(self, score: Score) -> tuple[tuple[Use, ...], tuple[str, ...]]:
        """What a score does to the names that it reads, and the names."""
        uses: list[Use] = []
        names: dict[str, None] = {}
        for expression, counts in parts_of_score(score):
            flow = self.of(expression)
            uses += flow.uses
            if counts:
                uses += free(flow)
            names.update(dict.fromkeys(self.names(expression)))
        return tuple(uses), tuple(names)


def parts_of_score(score: Score) -> Iterator[tuple[Expression, bool]]:
    """The expressions of a score, and for each whether its value counts (not only whether it is true or missing)."""
    match score.body:
        case Formula(value=value):
            yield value, True
        case PointSum(lines=lines):
            for line in lines:
                yield from parts_of_line(line)
        case _:
            for weighed in score.body.lines:
                yield weighed.part, True
                if weighed.when is not None:
                    yield weighed.when.test, False


def parts_of_line(line: PointLine | PointTable | PointsPerEvent | BestOf) -> Iterator[tuple[Expression, bool]]:
    """The expressions of a line of points."""
    match line:
        case PointLine(when=when):
            yield when.test, False
        case PointTable(subject=subject, rows=rows):
            yield subject, False
            yield from ((row.test, False) for row in rows)
        case PointsPerEvent(points=points):
            yield points, True
        case BestOf(lines=lines):
            for inner in lines:
                yield from parts_of_line(inner)


def free(flow: Flow) -> Iterator[Use]:
    """The value of whatever passes is used for more."""
    return (Use(name, "free") for name, _ in flow.through)


def _joined(uses: tuple[Use, ...], parts: list[Flow]) -> Flow:
    through = tuple(dict.fromkeys(each for part in parts for each in part.through))
    constants = tuple(dict.fromkeys(each for part in parts for each in part.constants))
    return Flow(uses, through, constants, all(part.closed for part in parts))


def _fragments(text: Flow, fragment: Flow, sort: Literal["match", "tag"], operator: str | None) -> Iterator[Use]:
    if fragment.through or not fragment.closed:
        yield from free(text)
        yield from free(fragment)
    for value in fragment.constants:
        yield from (Use(name, sort, value if operator is None else (operator, value)) for name, _ in text.through)
    if sort == "match":
        # A constant that is looked into: `"a,b" contains industry`.
        yield from (use for _ in text.constants for use in free(fragment))
