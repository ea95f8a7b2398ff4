"""Weighted scores: the weights and what a missing part does."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler import constants
from tierlang.compiler.complaints import scores as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.lower import condition_of, number
from tierlang.compiler.scope import Sort
from tierlang.compiler.words import words
from tierlang.program.expressions import AllOf, Branch, Choose, Constant, Expression, kind_of
from tierlang.program.nodes import Condition, Weighing, WeighLine
from tierlang.program.numbers import SCALE
from tierlang.syntax import nodes


def read_weighing(
    context: Context,
    score: nodes.Score,
    lines: Sequence[nodes.Weigh],
    policy: nodes.MissingPolicy | None,
    scaled: nodes.WeightsScaled | None,
) -> Weighing | None:
    """The weights, which must total 100 % unless they are scaled, and their parts."""
    weights = [_weight(context, line) for line in lines]
    parts = [number(context, line.part, "`weigh`") for line in lines]
    conditions = [None if line.when is None else condition_of(context, line.when) for line in lines]
    if all(weight is not None for weight in weights):
        _check_total(context, score, lines, [weight or 0 for weight in weights], scaled)
    _check_policy(context, lines, parts, conditions, policy)
    floor = _floor(context, policy)
    made = [
        WeighLine(weight, part, words(line.part.span), when, span=line.span)
        for line, weight, part, when in zip(lines, weights, parts, conditions, strict=True)
        if weight is not None and part is not None and (line.when is None or when is not None)
    ]
    if len(made) != len(lines):
        return None
    span = lines[0].span.to(lines[-1].span)
    return Weighing(tuple(made), None if policy is None else policy.policy, floor, scaled is not None, span=span)


def _check_total(
    context: Context,
    score: nodes.Score,
    lines: Sequence[nodes.Weigh],
    weights: Sequence[int],
    scaled: nodes.WeightsScaled | None,
) -> None:
    """Weights total 100 %, and all apply to every account; or they are scaled to it."""
    spans = [line.weight.span for line in lines]
    conditional = [line for line in lines if line.when is not None]
    if scaled is not None:
        if not any(weights):
            context.complain(complaints.no_weight(score.name, spans))
    elif conditional:
        assert conditional[0].when is not None
        context.complain(complaints.weights_not_scaled(conditional[0].when.span, score.name.text, lines[-1].span))
    elif sum(weights) != SCALE:
        context.complain(complaints.weights_off(score.name, spans, weights, lines[-1].span))


def _weight(context: Context, line: nodes.Weigh) -> int | None:
    node = line.weight
    if _is_behind(context, line):
        context.complain(complaints.weight_behind(line.weight.span, line.part.span))
        return None
    weight = constants.number(context, node, "a weight")
    if weight is None:
        return None
    if weight < 0:
        context.complain(complaints.negative_weight(node.span, words(node.span)))
        return None
    if isinstance(node, nodes.Number) and node.form != "percent":
        context.complain(complaints.weight_not_percent(node.span, node.text, weight))
        return None
    return weight


def _is_behind(context: Context, line: nodes.Weigh) -> bool:
    """Whether the weight stands behind what it weighs: `weigh fit 60%`."""
    percent = isinstance(line.part, nodes.Number) and line.part.form == "percent"
    return percent and isinstance(line.weight, nodes.Ref) and line.weight.name.text not in context.scope.of(Sort.LET)


def _check_policy(
    context: Context,
    lines: Sequence[nodes.Weigh],
    parts: Sequence[Expression | None],
    conditions: Sequence[Condition | None],
    policy: nodes.MissingPolicy | None,
) -> None:
    if policy is not None:
        return
    open_parts = [
        line.part
        for line, part, when in zip(lines, parts, conditions, strict=True)
        if part is not None and _may_be_missing(context, part, when)
    ]
    if open_parts:
        shown = [words(part.span) for part in open_parts]
        context.complain(complaints.no_missing_policy(open_parts[0].span, shown, lines[-1].span))


def _may_be_missing(context: Context, part: Expression, when: Condition | None) -> bool:
    """Whether the part can be missing where its line applies: not where `when` asks for what it reads."""
    value = part
    for test in () if when is None else when.test.parts if isinstance(when.test, AllOf) else (when.test,):
        value = Choose((Branch(test, value),), Constant(0, kind_of(part)))
    return context.reaches.of(value).missing


def _floor(context: Context, policy: nodes.MissingPolicy | None) -> int:
    if policy is None or policy.policy != "share":
        return 0
    if policy.floor is None:
        context.complain(complaints.share_without_floor(policy.span))
        return 0
    if policy.floor.form != "percent" or not 0 < policy.floor.value <= SCALE:
        context.complain(complaints.bad_floor(policy.floor.span))
        return 0
    return policy.floor.value
