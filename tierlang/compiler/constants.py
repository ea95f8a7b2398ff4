"""Constants: literals, `let`, and what arithmetic makes of them; `--set` replaces a `let` for one run."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tierlang.compiler import arithmetic
from tierlang.compiler.complaints import constants as wordings
from tierlang.compiler.complaints import kinds as complaints
from tierlang.compiler.complaints import operations
from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.context import Context
from tierlang.compiler.scope import Sort
from tierlang.compiler.uses import Uses
from tierlang.compiler.words import normal, text_of, words
from tierlang.program.expressions import Constant, Expression
from tierlang.program.numbers import SCALE, in_limits
from tierlang.program.values import Kind
from tierlang.source import Source
from tierlang.syntax import nodes
from tierlang.syntax.parser import parse


def literal(context: Context, node: nodes.Number | nodes.Text | nodes.Flag | nodes.Date) -> Constant | None:
    """A literal as the constant it says."""
    match node:
        case nodes.Number(value=value):
            if not in_limits(value):
                context.complain(operations.too_large(node.span))
                return None
            return Constant(value, number_kind(node))
        case nodes.Text():
            return Constant(text_of(node), Kind.TEXT)
        case nodes.Flag(value=flag):
            return Constant(flag, Kind.FLAG)
        case nodes.Date(value=date):
            return Constant(date, Kind.DATE)


def number_kind(node: nodes.Number) -> Kind:
    """The kind of a numeral: money by its sign, whole by its value."""
    if node.form == "money":
        return Kind.MONEY
    return Kind.WHOLE if node.form == "plain" and node.value % SCALE == 0 else Kind.NUMBER


def constant(context: Context, node: nodes.Expression, what: str, *hints: str) -> Constant | None:
    """The constant that the expression works out to; `what` names the place that needs one, for the complaint."""
    match node:
        case nodes.Number() | nodes.Text() | nodes.Flag() | nodes.Date():
            return literal(context, node)
        case nodes.Ref(name=name):
            declared = context.scope.get(name.text)
            if declared is not None and declared.sort is Sort.LET:
                context.uses.note(name.text, name.span)
                return context.constants.get(name.text)
            if declared is None:
                context.complain(unknown_name(name, context.scope.of(Sort.LET), "constant"))
                return None
        case nodes.Negate(operand=operand):
            part = constant(context, operand, what, *hints)
            return None if part is None else _constant(arithmetic.negative(context, node, part))
        case nodes.Arithmetic(left=left, right=right):
            a, b = constant(context, left, what, *hints), constant(context, right, what, *hints)
            return None if a is None or b is None else _constant(arithmetic.arithmetic(context, node, a, b))
        case nodes.Call(arguments=arguments):
            if not arithmetic.check_call(context, node):
                return None
            parts = [constant(context, argument, what, *hints) for argument in arguments]
            known: list[Expression] = [part for part in parts if part is not None]
            return _constant(arithmetic.call(context, node, known)) if len(known) == len(parts) else None
        case nodes.Duration():
            context.complain(complaints.duration_alone(node.span, words(node.span)))
            return None
        case _:
            pass
    context.complain(complaints.not_constant(node.span, words(node.span), what, *hints))
    return None


def _constant(value: Expression | None) -> Constant | None:
    return value if isinstance(value, Constant) else None


def number(context: Context, node: nodes.Expression, what: str) -> int | None:
    """A constant number, in 1/10,000ths."""
    value = constant(context, node, what)
    if value is None:
        return None
    if not value.kind.is_numeric:
        context.complain(complaints.wrong_kind(node.span, words(node.span), value.kind, what, "a number"))
        return None
    assert isinstance(value.value, int)
    return value.value


def define_let(context: Context, node: nodes.Let, settings: Mapping[str, str]) -> None:
    """Work out a `let`, or what `--set` puts in its place."""
    value = _value_of_let(context, node)
    name = node.name.text
    if name in settings:
        given = _setting(context, name, settings[name], value)
        value = given if given is not None else value
    if value is not None:
        context.constants[name] = value


def _value_of_let(context: Context, node: nodes.Let) -> Constant | None:
    allowed = nodes.Number | nodes.Text | nodes.Flag | nodes.Date | nodes.Duration
    if isinstance(node.value, allowed | nodes.Ref | nodes.Negate | nodes.Arithmetic | nodes.Call):
        return constant(context, node.value, "a `let`", f"make it a derived field: `derive {node.name.text} = …`")
    context.complain(complaints.let_condition(node, words(node.value.span)))
    return None


def _setting(context: Context, name: str, text: str, replaced: Constant | None) -> Constant | None:
    """What `--set NAME=TEXT` says, in the kind of the `let` it replaces."""
    if replaced is not None and replaced.kind is Kind.TEXT and not text.startswith('"'):
        return Constant(normal(text), Kind.TEXT)
    prefix = f"let {name} = "
    source = Source(f"--set {name}", prefix + text)
    file, found = parse(source)
    value: Constant | None = None
    if not any(complaint.is_error for complaint in found) and len(file.declarations) == 1:
        node = file.declarations[0]
        if isinstance(node, nodes.Let) and node.name.text == name:
            quiet = attrs.evolve(context, complaints=[], uses=Uses())
            value = constant(quiet, node.value, "a setting")
    if value is None:
        context.complain(wordings.bad_setting(source.span(len(prefix), len(source.text)), name, text))
    elif replaced is not None and arithmetic.family(value.kind) is not arithmetic.family(replaced.kind):
        span = source.span(len(prefix), len(source.text))
        context.complain(wordings.setting_of_other_kind(span, name, value.kind, replaced.kind))
        return None
    return value


def check_settings(context: Context, settings: Mapping[str, str]) -> None:
    """Complain about settings that name no `let`."""
    lets = context.scope.of(Sort.LET)
    for name, text in settings.items():
        if name not in lets:
            source = Source("--set", f"{name}={text}")
            declared = context.scope.get(name)
            context.complain(
                wordings.unknown_setting(
                    source.span(0, len(name)), name, lets, declared.sort.value if declared else None
                )
            )
