"""Scores: a weighing, a sum of points or a formula, with its range, its digits and what missing parts do."""

from __future__ import annotations

from tierlang.compiler.arithmetic import need_number
from tierlang.compiler.complaints import scores as complaints
from tierlang.compiler.context import Context, Draft
from tierlang.compiler.former import names_before
from tierlang.compiler.intervals import Grid
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.lower import lower
from tierlang.compiler.points import read_points
from tierlang.compiler.ranges import read_range
from tierlang.compiler.weighing import read_weighing
from tierlang.compiler.words import label_of, words
from tierlang.program.nodes import Formula, PointSum, Score, Weighing
from tierlang.program.numbers import DIGITS, SCALE
from tierlang.program.values import Kind
from tierlang.syntax import nodes

LADDER_DIGITS = 2


def define_score(context: Context, node: nodes.Score, *, of_ladder: bool) -> None:
    """Compile a score and add it to the definitions; `of_ladder` scores are rounded for people."""
    before = len(context.complaints)
    digits = _digits(context, node, LADDER_DIGITS if of_ladder else DIGITS)
    low, high = _range(context, node, digits)
    body = _body(context, node)
    if body is not None and len(context.complaints) == before:
        was = names_before(node.parts)
        context.define(Score(node.name.text, body, low, high, digits, label_of(node.label), was, span=node.span))
    else:
        context.drafts[node.name.text] = Draft(low, high, digits)


def _digits(context: Context, node: nodes.Score, usual: int) -> int:
    line = only(context, parts_of_sort(node.parts, nodes.RoundTo), "`round to`")
    if line is None:
        return usual
    if line.digits.form != "plain" or line.digits.value not in [count * SCALE for count in range(DIGITS + 1)]:
        context.complain(complaints.bad_round(line.digits.span))
        return usual
    return line.digits.value // SCALE


def _range(context: Context, node: nodes.Score, digits: int) -> tuple[int | None, int | None]:
    line = only(context, parts_of_sort(node.parts, nodes.ScoreRange), "`range`")
    ends = None if line is None else read_range(context, line.range, Kind.NUMBER, node.name.text)
    if line is None or ends is None:
        return None, None
    if line.range.high_open or line.range.low_open:
        context.complain(complaints.open_score_range(line.range.span, f"{ends.low_text}..{ends.high_text}"))
    grid = Grid(10 ** (DIGITS - digits))
    for end, value in ((line.range.low, ends.low_value), (line.range.high, ends.high_value)):
        if end is not None and not grid.has(value):
            context.complain(complaints.range_off_grid(end.span, words(end.span), node.name.text, digits))
    low, high = ends.low_value, ends.high_value
    assert not isinstance(low, str)
    assert not isinstance(high, str)
    return (low if isinstance(low, int) else None), (high if isinstance(high, int) else None)


def _body(context: Context, node: nodes.Score) -> Weighing | PointSum | Formula | None:
    weighs = parts_of_sort(node.parts, nodes.Weigh)
    values = parts_of_sort(node.parts, nodes.ScoreValue)
    points = [
        part for part in node.parts if isinstance(part, nodes.Points | nodes.PointsBy | nodes.PointsPer | nodes.BestOf)
    ]
    sorts: list[tuple[str, nodes.Node]] = [
        (word, found[0]) for word, found in (("weigh", weighs), ("points", points), ("value", values)) if found
    ]
    policy = only(context, parts_of_sort(node.parts, nodes.MissingPolicy), "`missing`")
    if not sorts:
        context.complain(complaints.empty_score(node.name))
        return None
    if len(sorts) > 1:
        sorts.sort(key=lambda sort: sort[1].span.start)
        context.complain(complaints.mixed_score(node.name.text, sorts))
    scaled = only(context, parts_of_sort(node.parts, nodes.WeightsScaled), "`weights scaled`")
    if policy is not None and not weighs:
        context.complain(complaints.policy_without_weights(policy.span, sorts[0][0]))
    if scaled is not None and not weighs:
        context.complain(complaints.scaled_without_weights(scaled.span, sorts[0][0]))
    value = only(context, values, "`value`")
    weighing = read_weighing(context, node, weighs, policy, scaled) if weighs else None
    summed = read_points(context, points) if points else None
    formula = None if value is None else _formula(context, value)
    return weighing or summed or formula


def _formula(context: Context, node: nodes.ScoreValue) -> Formula | None:
    value = lower(context, node.value)
    if value is None or not need_number(context, node.value, value, "the `value` of a score"):
        return None
    return Formula(value, words(node.value.span), span=node.span)
