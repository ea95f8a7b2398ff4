"""Scores: exact body, clamp, one rounding, as the language has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import z3  # type: ignore[import-untyped]

from tierlang.analysis.solving.expressions import Reader
from tierlang.analysis.solving.logic import (
    Amount,
    Truth,
    conj,
    conjoined,
    disjoined,
    implies,
    neg,
    pick,
    scaled,
    total,
)
from tierlang.analysis.solving.rounding import clamped, halved, is_half, kept
from tierlang.analysis.solving.symbols import Num, number
from tierlang.program.nodes import BestOf, Formula, PointLine, PointsPerEvent, PointSum, PointTable, Score, Weighing
from tierlang.program.numbers import DIGITS, SCALE, half

Cases: TypeAlias = list[tuple[Truth, int]]
"""Points by condition, of which at most one holds; 0 where none does."""

MANY_WEIGHTS = 400
"""As many different sums of weights are looked at one by one."""


def score_symbol(reader: Reader, score: Score) -> Num:
    """The score of any account."""
    step = 10 ** (DIGITS - score.digits)
    match score.body:
        case Weighing():
            return _weighed(reader, score, score.body, step)
        case PointSum(lines=lines):
            top, low, high = _summed(reader, lines)
            return _finished(reader, score, top, True, low, high, step)
        case Formula(value=value):
            body = reader.number(value)
            return _finished(reader, score, body.value, body.known, body.low, body.high, step)


def _finished(reader: Reader, score: Score, top: Amount, known: Truth, low: int, high: int, step: int) -> Num:
    """Clamped and rounded."""
    if score.low is not None and low < score.low:
        top, low = clamped(top, score.low, None), score.low
    if score.high is not None and high > score.high:
        top, high = clamped(top, None, score.high), score.high
    low, high = _inside(score, low), _inside(score, high)
    value = scaled(halved(reader.room, top, step, low, high), step)
    return kept(reader.room, Num(value, known, half(low, step) * step, half(high, step) * step))


def _inside(score: Score, number: int) -> int:
    if score.low is not None:
        number = max(number, score.low)
    return number if score.high is None else min(number, score.high)


# --- weigh ----------------------------------------------------------------------------------------------------------------------------


def _weighed(reader: Reader, score: Score, body: Weighing, step: int) -> Num:
    """The exact sum of weight × part, divided by the weight that counts, whatever that is."""
    parts = [reader.number(line.part) for line in body.lines]
    applies = [True if line.when is None else reader.flag(line.when.test).true for line in body.lines]
    weights = [line.weight for line in body.lines]
    present = [conj(on, part.known) for on, part in zip(applies, parts, strict=True)]
    there, counts = _there(body, applies, parts, present)
    divisor = total(pick(on, weight, 0) for on, weight in zip(counts, weights, strict=True))
    top = total(
        pick(on, scaled(part.value, weight), 0) for on, part, weight in zip(present, parts, weights, strict=True)
    )
    low, high = min([0, *(p.low for p in parts)]), max([0, *(p.high for p in parts)])
    if isinstance(divisor, int):
        if divisor == 0:
            return Num(0, False, 0, 0)
        return _by_weight(reader, score, top, divisor, there, body, parts, present, step)
    sums = _sums(counts, weights)
    room = reader.room
    if len(sums) > MANY_WEIGHTS:
        room.unsure(f"score {score.name}: its weights add up in too many ways", score.span)
    value = room.number("weighed")
    ends = sorted((_inside(score, low), _inside(score, high)))
    room.say(z3.And(value >= half(ends[0], step), value <= half(ends[1], step)))
    for each in [one for one in sums if one > 0] if len(sums) <= MANY_WEIGHTS else []:
        inside = clamped(
            top, None if score.low is None else score.low * each, None if score.high is None else score.high * each
        )
        held = conj(there, divisor == each)
        room.say(implies(held, is_half(value, inside, each * step, ends[0], ends[1])))
    known = conj(there, divisor > 0)
    return kept(room, Num(scaled(value, step), known, half(ends[0], step) * step, half(ends[1], step) * step))


def _there(body: Weighing, applies: list[Truth], parts: list[Num], present: list[Truth]) -> tuple[Truth, list[Truth]]:
    """Whether the score is known, and the lines whose weights divide."""
    if body.missing == "share":
        weights = [line.weight for line in body.lines]
        here = total(pick(on, weight * SCALE, 0) for on, weight in zip(present, weights, strict=True))
        of = total(pick(on, weight * body.floor, 0) for on, weight in zip(applies, weights, strict=True))
        return (here >= of if body.floor else True), present
    if body.missing == "zero":
        return True, applies
    return conjoined(implies(on, part.known) for on, part in zip(applies, parts, strict=True)), applies


def _by_weight(
    reader: Reader,
    score: Score,
    top: Amount,
    divisor: int,
    there: Truth,
    body: Weighing,
    parts: list[Num],
    present: list[Truth],
    step: int,
) -> Num:
    """Divided by a weight that is the same for every account."""
    lows = [
        w.weight * (p.low if on is True or body.missing != "zero" else min(0, p.low))
        for w, p, on in zip(body.lines, parts, present, strict=True)
    ]
    highs = [
        w.weight * (p.high if on is True or body.missing != "zero" else max(0, p.high))
        for w, p, on in zip(body.lines, parts, present, strict=True)
    ]
    if body.missing != "zero":
        # A part that is not there adds nothing, but then there is no score either.
        top = (
            total(scaled(part.value, line.weight) for part, line in zip(parts, body.lines, strict=True))
            if all(line.when is None for line in body.lines)
            else top
        )
        if any(line.when is not None for line in body.lines):
            lows, highs = [min(0, low) for low in lows], [max(0, high) for high in highs]
    low, high = sum(lows), sum(highs)
    least = None if score.low is None else score.low * divisor
    most = None if score.high is None else score.high * divisor
    top = clamped(
        top, least if least is not None and low < least else None, most if most is not None and high > most else None
    )
    low, high = clamped(low, least, most), clamped(high, least, most)
    value = scaled(halved(reader.room, top, divisor * step, low, high), step)
    return kept(reader.room, Num(value, there, half(low, divisor * step) * step, half(high, divisor * step) * step))


def _sums(counts: list[Truth], weights: list[int]) -> list[int]:
    """What the weights that count can add up to."""
    found = {0}
    for on, weight in zip(counts, weights, strict=True):
        if on is False:
            continue
        found = {each + weight for each in found} | (found if on is not True else set())
        if len(found) > MANY_WEIGHTS:
            break
    return sorted(found)


# --- points ---------------------------------------------------------------------------------------------------------------------------


def _summed(
    reader: Reader, lines: Iterable[PointLine | PointTable | PointsPerEvent | BestOf]
) -> tuple[Amount, int, int]:
    numbers = [points_symbol(reader, line) for line in lines]
    return total(each.value for each in numbers), sum(each.low for each in numbers), sum(each.high for each in numbers)


def points_symbol(reader: Reader, line: PointLine | PointTable | PointsPerEvent | BestOf) -> Num:
    """What one line of points gives; never missing."""
    match line:
        case PointsPerEvent(points=points):
            each = reader.number(points)
            return Num(pick(each.known, each.value, 0), True, min(0, each.low), max(0, each.high))
        case BestOf(lines=lines):
            return _best(reader, lines)
        case PointLine() | PointTable():
            cases = _cases(reader, line)
            return _chosen(cases, exhaustive=isinstance(line, PointTable))


def _chosen(cases: Cases, *, exhaustive: bool) -> Num:
    """The points of the case that holds."""
    live = [(truth, points) for truth, points in cases if truth is not False]
    values = [points for _, points in live] + ([] if exhaustive and live else [0])
    if not live:
        return number(0)
    result: Amount = live[-1][1] if exhaustive else pick(live[-1][0], live[-1][1], 0)
    for truth, points in reversed(live[:-1]):
        result = pick(truth, points, result)
    return Num(result, True, min(values), max(values))


def _cases(reader: Reader, line: PointLine | PointTable) -> Cases:
    if isinstance(line, PointLine):
        return [(reader.flag(line.when.test).true, line.points)]
    subject = reader.of(line.subject)
    there: Truth = getattr(subject, "known", True)
    cases: Cases = [(neg(there), line.missing or 0)]
    open_: Truth = there
    for row in line.rows:
        truth = reader.flag(row.test).true
        cases.append((conj(open_, truth), row.points))
        open_ = conj(open_, neg(truth))
    cases.append((open_, line.otherwise or 0))
    return cases


def _best(reader: Reader, lines: Iterable[PointLine | PointTable | PointsPerEvent]) -> Num:
    """The largest of those that hold, 0 where none does."""
    cases: Cases = []
    others: list[Num] = []
    for line in lines:
        if isinstance(line, PointsPerEvent):
            others.append(points_symbol(reader, line))
        else:
            cases += [(truth, points) for truth, points in _cases(reader, line) if truth is not False]
    best, some = _best_of(cases)
    if not others:
        return best
    held: list[tuple[Truth, Num]] = [(some, best)] if some is not False else []
    held += [(True, each) for each in others]
    low = max(each.low for each in others)
    high = max(each.high for _, each in held)
    value = reader.room.number("best")
    for truth, each in held:
        reader.room.say(implies(truth, value >= each.value))
    reader.room.say(disjoined(conj(truth, value == each.value) for truth, each in held))
    return Num(value, True, low, high)


def _best_of(cases: Cases) -> tuple[Num, Truth]:
    by_points: dict[int, list[Truth]] = {}
    for truth, points in cases:
        by_points.setdefault(points, []).append(truth)
    result: Amount = 0
    for points in sorted(by_points):
        result = pick(disjoined(by_points[points]), points, result)
    some = disjoined(truth for truth, _ in cases)
    values = [*by_points, *([] if some is True else [0])]
    return Num(result, True, min(values, default=0), max(values, default=0)), some
