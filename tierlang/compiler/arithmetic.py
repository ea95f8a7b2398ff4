"""Arithmetic and functions on parts that are already lowered: their kinds are checked, and constants are worked out."""

from __future__ import annotations

from collections.abc import Callable

from tierlang.compiler.complaints import kinds as complaints
from tierlang.compiler.complaints import operations
from tierlang.compiler.complaints.names import unknown_word
from tierlang.compiler.context import Context
from tierlang.compiler.scope import Sort
from tierlang.compiler.words import words
from tierlang.program.expressions import (
    Absolute,
    Arithmetic,
    Constant,
    Expression,
    Extreme,
    Negative,
    Rounded,
    kind_of,
)
from tierlang.program.numbers import DIGITS, SCALE, in_limits, product, quotient, round_to
from tierlang.program.values import Kind, Value
from tierlang.source import Span
from tierlang.syntax import nodes

_USAGES = {
    "min": "min(a, b)",
    "max": "max(a, b)",
    "abs": "abs(x)",
    "clamp": "clamp(x, lowest, highest)",
    "round": "round(x, digits)",
}


def negative(context: Context, node: nodes.Negate, part: Expression) -> Expression | None:
    """`-a`."""
    if not need_number(context, node.operand, part, "`-`"):
        return None
    return _worked_out(context, node.span, Negative(part))


def arithmetic(context: Context, node: nodes.Arithmetic, left: Expression, right: Expression) -> Expression | None:
    """`a + b`, `a - b`, `a * b`, `a / b`."""
    kinds = kind_of(left), kind_of(right)
    if not (kinds[0].is_numeric and kinds[1].is_numeric):
        sides = (words(node.left.span), kinds[0]), (words(node.right.span), kinds[1])
        context.complain(complaints.bad_arithmetic(node, *sides))
        return None
    if node.operator == "/" and isinstance(right, Constant) and right.value == 0:
        context.complain(operations.divided_by_zero(node.span))
        return None
    return _worked_out(context, node.span, Arithmetic(node.operator, left, right))


def call(context: Context, node: nodes.Call, arguments: list[Expression]) -> Expression | None:
    """`min`, `max`, `abs`, `clamp` or `round`."""
    made = _call(context, node, arguments)
    return None if made is None else _worked_out(context, node.span, made)


def check_call(context: Context, node: nodes.Call) -> bool:
    """Whether there is such a function with so many arguments."""
    least, most = {"min": (2, None), "max": (2, None), "abs": (1, 1), "clamp": (3, 3), "round": (2, 2)}.get(
        node.function.text, (0, None)
    )
    if least == 0:
        elsewhere = operations.function_of_others(node.function)
        context.complain(elsewhere or unknown_word(node.function, _USAGES, "a function of the language"))
        return False
    if node.function.text in ("min", "max") and len(node.arguments) == 1 and _is_attribute(context, node.arguments[0]):
        context.complain(operations.extreme_of_events(node, words(node.arguments[0].span)))
        return False
    count = len(node.arguments)
    if count < least or (most is not None and count > most):
        context.complain(operations.too_few(node, least, most, _USAGES[node.function.text]))
        return False
    return True


def _is_attribute(context: Context, node: nodes.Expression) -> bool:
    """Whether it is an attribute of an event: `order.amount`."""
    return isinstance(node, nodes.Column) and node.table.text in context.scope.of(Sort.EVENT)


def _call(context: Context, node: nodes.Call, arguments: list[Expression]) -> Expression | None:
    name = node.function.text
    if name in ("min", "max"):
        if not one_family(context, list(node.arguments), arguments, f"`{name}`", ordered=True):
            return None
        return Extreme("least" if name == "min" else "greatest", tuple(arguments), skip_missing=False)
    if name == "clamp":
        if not one_family(context, list(node.arguments), arguments, "`clamp`", ordered=True):
            return None
        value, low, high = arguments
        if isinstance(low, Constant) and isinstance(high, Constant) and _above(low.value, high.value):
            assert isinstance(low.value, int)
            assert isinstance(high.value, int)
            context.complain(operations.clamp_reversed(node.span, low.value, high.value))
            return None
        inner = Extreme("greatest", (value, low), skip_missing=False)
        return Extreme("least", (inner, high), skip_missing=False)
    if not need_number(context, node.arguments[0], arguments[0], f"`{name}`"):
        return None
    if name == "abs":
        return Absolute(arguments[0])
    digits = arguments[1]
    if not isinstance(digits, Constant) or digits.value not in [count * SCALE for count in range(DIGITS + 1)]:
        context.complain(operations.bad_digits(node.arguments[1].span))
        return None
    assert isinstance(digits.value, int)
    return Rounded(arguments[0], digits.value // SCALE)


def _above(low: Value, high: Value) -> bool:
    return isinstance(low, int) and isinstance(high, int) and low > high


def need_number(context: Context, node: nodes.Expression, value: Expression, place: str) -> bool:
    """Whether the value is a number; complains if it is not."""
    kind = kind_of(value)
    if not kind.is_numeric:
        context.complain(complaints.wrong_kind(node.span, words(node.span), kind, place, "a number"))
    return kind.is_numeric


def family(kind: Kind) -> Kind:
    """Kinds that may meet share a family: all numbers are one."""
    return Kind.NUMBER if kind.is_numeric else kind


def one_family(
    context: Context, written: list[nodes.Expression], values: list[Expression], what: str, *, ordered: bool = False
) -> bool:
    """Whether the values are of one family (`ordered`: numbers or dates); complains about the first that is not."""
    first = kind_of(values[0])
    if ordered and not (first.is_numeric or first is Kind.DATE):
        span = written[0].span
        context.complain(complaints.wrong_kind(span, words(span), first, what, "numbers or dates"))
        return False
    for node, value in zip(written, values, strict=True):
        if family(kind_of(value)) is not family(first):
            pair = (words(written[0].span), first), (words(node.span), kind_of(value))
            context.complain(complaints.differing_kinds(node, *pair, what))
            return False
    return True


def _worked_out(context: Context, span: Span, made: Expression) -> Expression | None:
    """The operation, or its result where all parts are constants."""
    value = _result(made)
    if value is None:
        return made
    if isinstance(value, int) and not in_limits(value):
        context.complain(operations.too_large(span))
        return None
    return Constant(value, kind_of(made))


def _result(made: Expression) -> Value:
    match made:
        case Constant(value=value):
            return value
        case Negative(part=Constant(value=int(part))):
            return -part
        case Absolute(part=Constant(value=int(part))):
            return abs(part)
        case Rounded(part=Constant(value=int(part)), digits=digits):
            return round_to(part, digits)
        case Arithmetic(operator=operator, left=Constant(value=int(left)), right=Constant(value=int(right))):
            return _OPERATIONS[operator](left, right)
        case Extreme(which=which, parts=parts):
            results = [_result(part) for part in parts]
            if any(result is None for result in results):
                return None
            return (min if which == "least" else max)(results)  # type: ignore[type-var]
    return None


_OPERATIONS: dict[str, Callable[[int, int], int | None]] = {
    "+": int.__add__,
    "-": int.__sub__,
    "*": product,
    "/": quotient,
}
