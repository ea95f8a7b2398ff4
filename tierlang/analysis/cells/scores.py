"""What a score can be: what its lines can give, added up as the interpreter adds, exactly; many sums are kept as a few of them and spans between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from tierlang.analysis.cells.expressions import Reader
from tierlang.analysis.cells.items import Env, Item, thinned
from tierlang.analysis.keys import Cells, Key, Span, add, ends_of, is_known, join
from tierlang.program.expressions import Constant
from tierlang.program.nodes import (
    BestOf,
    Formula,
    PointLine,
    PointsPerEvent,
    PointSum,
    PointTable,
    Score,
    Weighing,
    WeighLine,
)
from tierlang.program.numbers import DIGITS, LIMIT, SCALE, half
from tierlang.program.values import Kind

Line: TypeAlias = PointLine | PointTable | PointsPerEvent | BestOf
_PARTIAL = 80
"""So many sums of some of the lines are kept."""


def of_score(reader: Reader, score: Score, env: Env) -> Cells:
    """Everything that a score can be."""
    bodies: Iterator[tuple[Key, int, Any]]
    match score.body:
        case Formula(value=value):
            bodies = ((key, 1, choice) for key, choice in reader.of(value, env).items())
        case PointSum(lines=lines):
            sums = _folded(reader, score, [_points(reader, line) for line in lines], env, 0, plus, _few)
            bodies = ((key, 1, choice) for key, choice in sums.items())
        case Weighing(lines=weighed) as body:
            items = [_weighed(reader, line) for line in weighed]
            states = _folded(reader, score, items, env, (0, 0, 0, False), _plus_states, _few_states)
            bodies = _divided(body, states)
    cells: Cells = {}
    for key, divisor, choice in bodies:
        result = None if key is None else _finished(score, key, divisor)
        if result is not FAULT:
            add(cells, result, choice if is_known(result) else None)
    return cells


class _Fault:
    """A score out of bounds, which no account of a run has."""


FAULT = _Fault()


def _finished(score: Score, body: Key, divisor: int) -> Key:
    """Clamped, then rounded once."""
    if type(body) is not Span:
        number = _rounded(score, body, divisor)
        return number if -LIMIT < number < LIMIT else FAULT
    low, high = (_rounded(score, end, divisor) for end in body)
    low, high = max(low, 1 - LIMIT), min(high, LIMIT - 1)
    # Every account in the span comes to this number, but it is not said which.
    return Span(low, high) if low <= high else FAULT


def _rounded(score: Score, body: int, divisor: int) -> int:
    if score.low is not None and body < score.low * divisor:
        body = score.low * divisor
    if score.high is not None and body > score.high * divisor:
        body = score.high * divisor
    step: int = 10 ** (DIGITS - score.digits)
    return half(body, divisor * step) * step


def _folded(
    reader: Reader,
    score: Score,
    items: list[Item],
    env: Env,
    zero: Any,
    together: Callable[[Any, Any], Any],
    few: Callable[[Cells], Cells],
) -> Cells:
    """All lines together. Lines that nothing fixed changes are put together first, and once for all."""
    question, plans = reader.question, reader.question.kept.plans
    touched = [item for item in items if not env.keys().isdisjoint(plans.reached(item.names))]
    if not touched or len(touched) == len(items):
        return reader.combiner.fold(items, env, zero, together, small=few)
    apart = [item for item in items if item not in touched]
    changed = plans.reached(tuple(name for item in touched for name in item.names))
    safe = [item for item in apart if plans.visible(item.names, frozenset(env)).isdisjoint(changed - env.keys())]
    rest = [item for item in items if item not in safe]
    key = (score.name, tuple(items.index(item) for item in safe), question.signature(f"d:{score.name}"))
    before = question.costs.remember(key, lambda: reader.combiner.fold(safe, {}, zero, together, small=few))
    return few(reader.combiner.paired(before, reader.combiner.fold(rest, env, zero, together, small=few), together))


# ---- Points ---------------------------------------------------------------------------------------------------------


def plus(one: Key, other: Key) -> Key:
    """The sum of two numbers or spans."""
    if type(one) is not Span and type(other) is not Span:
        return one + other
    (a, b), (c, d) = ends_of(one), ends_of(other)
    return Span(a + c, b + d)


def _few(cells: Cells) -> Cells:
    return thinned(cells, _PARTIAL)


def _points(reader: Reader, line: Line) -> Item:
    names = reader.names
    match line:
        case PointLine(points=points, when=when):
            return Item(names(when.test), lambda env: _earned(reader.of(when.test, env), points))
        case PointsPerEvent(points=read):
            return Item(names(read), lambda env: _present(reader.of(read, env)))
        case PointTable(subject=subject, rows=rows):
            every = dict.fromkeys([*names(subject), *(name for row in rows for name in names(row.test))])
            return Item(tuple(every), lambda env: _of_table(reader, line, env))
        case BestOf(lines=lines):
            inner = [_inside(reader, each) for each in lines]
            every = dict.fromkeys(name for item in inner for name in item.names)
            return Item(tuple(every), lambda env: _present(reader.combiner.fold(inner, env, None, _best, small=_few)))


def _earned(answers: Cells, points: int) -> Cells:
    cells: Cells = {}
    for answer, choice in answers.items():
        add(cells, points if answer is True else 0, choice)
    return cells


def _present(numbers: Cells) -> Cells:
    """Numbers, 0 where there is none."""
    cells: Cells = {}
    for number, choice in numbers.items():
        add(cells, 0 if number is None else number, choice)
    return cells


def _inside(reader: Reader, line: PointLine | PointTable | PointsPerEvent) -> Item:
    """A line of a `best of`: None where it does not hold."""
    item = _points(reader, line)
    if not isinstance(line, PointLine):
        return item
    points, test = line.points, line.when.test

    def image(env: Env) -> Cells:
        cells: Cells = {}
        for answer, choice in reader.of(test, env).items():
            add(cells, points if answer is True else None, choice)
        return cells

    return Item(item.names, image)


def _best(one: Key, other: Key) -> Key:
    if one is None or other is None:
        return other if one is None else one
    if type(one) is not Span and type(other) is not Span:
        return max(one, other)
    (a, b), (c, d) = ends_of(one), ends_of(other)
    return Span(max(a, c), max(b, d))


def _of_table(reader: Reader, table: PointTable, env: Env) -> Cells:
    """The points of each row that the subject can be in."""
    subject = reader.names(table.subject)[0]
    cells: Cells = {}
    for key, choice in reader.of_name(subject, env).items():
        if key is None:
            add(cells, table.missing or 0, choice)
            continue
        inside = {**env, subject: key}
        for row in table.rows:
            answers = reader.of(row.test, inside)
            if len(answers) == 1:
                if True in answers:
                    add(cells, row.points, join(choice, answers[True]))
                    break
                continue
            if True in answers:
                add(cells, row.points, None)
            choice = None
        else:
            add(cells, table.otherwise or 0, choice)
    return cells


# ---- Weights --------------------------------------------------------------------------------------------------------

_State: TypeAlias = tuple[Key, int, int, bool]
"""The sum of weight × part, the weight of the parts present, that of the lines that apply, and whether a part that applies is missing."""


def _weighed(reader: Reader, line: WeighLine) -> Item:
    part, when = line.part, Constant(True, Kind.FLAG) if line.when is None else line.when.test
    names = reader.names
    if line.when is None:
        return Item(names(part), lambda env: _lifted(line, True, reader.of(part, env)))
    items = [reader.item(part), reader.item(when)]

    def image(env: Env) -> Cells:
        cells: Cells = {}
        for (value, applies), choice in reader.combiner.side_by_side(items, env):
            for key, inner in _lifted(line, applies is True, {value: choice}).items():
                add(cells, key, inner)
        return cells

    return Item((*names(part), *names(when)), image)


def _lifted(line: WeighLine, applies: bool, parts: Cells) -> Cells:
    weight = line.weight
    cells: Cells = {}
    for value, choice in parts.items():
        if not applies:
            add(cells, (0, 0, 0, False), choice)
        elif value is None:
            add(cells, (0, 0, weight, True), choice)
        elif type(value) is Span:
            low, high = sorted((value.low * weight, value.high * weight))
            add(cells, (Span(low, high), weight, weight, False), None)
        else:
            add(cells, (value * weight, weight, weight, False), choice)
    return cells


def _plus_states(one: _State, other: _State) -> _State:
    return plus(one[0], other[0]), one[1] + other[1], one[2] + other[2], one[3] or other[3]


def _few_states(cells: Cells) -> Cells:
    if len(cells) <= _PARTIAL:
        return cells
    groups: dict[Any, Cells] = {}
    for state, choice in cells.items():
        groups.setdefault(state[1:], {})[state[0]] = choice
    found: Cells = {}
    for rest, sums in groups.items():
        found.update(((key, *rest), choice) for key, choice in _few(sums).items())
    return found


def _divided(body: Weighing, states: Cells) -> Iterator[tuple[Key, int, Any]]:
    """The exact sums, and what each is divided by; None where the score is missing."""
    for (total, present, applied, lacking), choice in states.items():
        if body.missing == "share":
            divisor, scored = present, present * SCALE >= body.floor * applied
        else:
            divisor, scored = applied, body.missing == "zero" or not lacking
        yield (total, divisor, choice) if scored and divisor > 0 else (None, 1, choice)
