"""What is computed for each account: derived fields, scores, percentiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.strategies.dice import Column, Dice, Readable
from tests.strategies.pools import LABELS, SCALED, SCORE_POOL, SMALL, TEXTS, WEIGHTS, dates
from tests.strategies.writing import Writer
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value


def _points(dice: Dice) -> int:
    if dice.numbers != SMALL and dice.chance(6):
        return dice.pick(dice.numbers)
    return dice.pick((10, 20, 40, 5, 0, -10, 100, 50)) * SCALE + dice.pick((0, 0, 0, 1, 2_500))


def _point_line(writer: Writer, depth: int) -> n.PointLine:
    return n.PointLine(_points(writer.dice), writer.condition("when", depth), writer.dice.pick(LABELS))


def _point_table(writer: Writer) -> n.PointTable:
    dice = writer.dice
    column = dice.pick([column for column in writer.named if column.kind is not Kind.TAGS])
    rows = [n.TableRow(writer.test_of(column), _points(dice), dice.text("band")) for _ in range(1 + dice.below(3))]
    otherwise, missing = (None if dice.chance(3) else _points(dice) for _ in range(2))
    return n.PointTable(column.read, tuple(rows), otherwise, missing, dice.text("by"), dice.pick(LABELS))


def _inner_line(writer: Writer) -> n.PointLine | n.PointTable | n.PointsPerEvent:
    dice = writer.dice
    if writer.earned and dice.chance(2):
        return n.PointsPerEvent(dice.pick(writer.earned), dice.text("per event"), dice.pick(LABELS))
    return _point_table(writer) if dice.chance(3) else _point_line(writer, 1)


def _weighing(writer: Writer) -> n.Weighing:
    """Weights that total 100 %, or `scaled` ones, some of which apply only to some accounts."""
    dice = writer.dice
    scaled = dice.chance(2) or dice.wild == "weigh when"
    lines = []
    for weight in dice.pick((*WEIGHTS, *SCALED)) if scaled else dice.pick(WEIGHTS):
        when = writer.condition("weigh when", 1) if scaled and not dice.chance(3) else None
        lines.append(n.WeighLine(weight, writer.number(1), dice.text("part"), when))
    policy: Any = dice.pick(("share", "zero", "unscored", None))
    floor = dice.pick((0, 6_000, 5_000, 10_000, 1)) if policy == "share" else 0
    return n.Weighing(tuple(lines), policy, floor, scaled)


def _body(writer: Writer, *, name: str) -> n.Weighing | n.PointSum | n.Formula:
    dice = writer.dice
    match 3 if dice.wild == "weigh when" else dice.below(6):
        case 0 | 1 | 2:
            lines: list[n.PointLine | n.PointTable | n.PointsPerEvent | n.BestOf] = []
            for _ in range(dice.pick((2, 3, 4, 1))):
                if dice.chance(4):
                    lines.append(
                        n.BestOf(tuple(_inner_line(writer) for _ in range(1 + dice.below(3))), dice.pick(LABELS))
                    )
                else:
                    lines.append(_inner_line(writer))
            return n.PointSum(tuple(lines))
        case 3 | 4:
            return _weighing(writer)
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
    called = words_as_name(name) if hidden else name
    return n.Derive(called, x.kind_of(value), value, dice.text("derive"), dice.pick(LABELS), hidden=hidden)


def words_as_name(name: str) -> str:
    """The compiler calls what has no name by its words: not what an engine takes for a name, and other than another only by its case."""
    letter, number = ("s" if name[0] == "d" else name[0]).upper(), name[1:]
    words = f'{letter} = "it\'s" {number}'
    return words.lower() if name[0] == "d" else words


def _percentile(writer: Writer, name: str) -> n.Percentile:
    dice = writer.dice
    numbers = [column.read for column in writer.named if column.kind.is_numeric]
    where = writer.condition("where") if dice.wild == "where" or dice.chance(3) else None
    return n.Percentile(words_as_name(name), dice.pick(numbers), where, per_of(writer), dice.text("percentile"))


def per_of(writer: Writer) -> x.Input | None:
    """Nothing, or a field to group by, preferably one that some accounts lack."""
    dice = writer.dice
    fields = [column for column in writer.named if isinstance(column.read, x.Input) and column.kind is not Kind.TAGS]
    lacking = [column for column in fields if None in column.pool]
    if not dice.chance(2):
        return None
    chosen = dice.pick((*fields[1:], *lacking, *lacking)).read
    assert isinstance(chosen, x.Input)
    return chosen


def definitions_of(writer: Writer, names: list[str], *, relative: bool) -> list[n.Definition]:
    """Definitions, each of which later ones may read."""
    found: list[n.Definition] = []
    dice = writer.dice
    least = 0 if relative and dice.wild != "where" else 1
    for _ in range(least + dice.below(1 if dice.focus else 3)):
        name = names.pop(0)
        kind = 0 if dice.wild == "weigh when" and not relative else dice.below(3)
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
            Kind.DATE: dates(writer.as_of),
        }
        writer.columns.append(
            Column(x.Defined(definition.name, definition.kind), pools.get(definition.kind, SCORE_POOL))
        )
    return found


def shown(writer: Writer, columns: Sequence[Column]) -> list[n.Definition]:
    """Scores that say nothing but what was found of events, signals and lookups, so that a difference there is a difference of the outcome."""
    found: list[n.Definition] = []
    for at, column in enumerate(columns):
        value = _as_number(column.read)
        if value is not None:
            found.append(n.Score(f"shown_{at}", n.Formula(value, writer.dice.text("shown")), None, None, 4))
    return found


def _as_number(read: Readable) -> x.Expression | None:
    """A number for each value, missing for a missing one."""
    nothing = x.Constant(None, Kind.NUMBER)
    match read.kind:
        case Kind.FLAG:
            one, none = x.Constant(SCALE, Kind.NUMBER), x.Constant(0, Kind.NUMBER)
            return x.Choose((x.Branch(read, one), x.Branch(x.Not(read), none)), nothing)
        case Kind.TEXT:
            is_text = [x.Compare("=", read, x.Constant(text, Kind.TEXT)) for text in TEXTS]
            numbers = [x.Constant(at * SCALE, Kind.NUMBER) for at in range(len(TEXTS))]
            return x.Choose(tuple(x.Branch(*each) for each in zip(is_text, numbers, strict=True)), nothing)
        case Kind.DATE:
            return x.DaysSince(read)
        case Kind.TAGS:
            return None
        case _:
            return read
