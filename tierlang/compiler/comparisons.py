"""Comparisons, membership and text tests on parts that are already lowered."""

from __future__ import annotations

from typing import Literal

from tierlang.compiler.about import AGE
from tierlang.compiler.arithmetic import family
from tierlang.compiler.complaints import kinds as complaints
from tierlang.compiler.complaints.voice import a_kind
from tierlang.compiler.context import Context, Draft
from tierlang.compiler.ranges import value_text
from tierlang.compiler.words import words
from tierlang.program.calendar import Duration
from tierlang.program.expressions import (
    AllOf,
    AsOf,
    Attribute,
    Compare,
    CompareOperator,
    Constant,
    Defined,
    Expression,
    HasTag,
    Input,
    LookedUp,
    TextMatch,
    kind_of,
)
from tierlang.program.nodes import Aggregate, Field, Percentile, Score
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind
from tierlang.source import Span
from tierlang.syntax import nodes

_MIRRORED: dict[CompareOperator, CompareOperator] = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def compare(context: Context, node: nodes.Compare, left: Expression, right: Expression) -> Expression | None:
    """`a >= b`."""
    kinds = kind_of(left), kind_of(right)
    sides = (words(node.left.span), kinds[0]), (words(node.right.span), kinds[1])
    if family(kinds[0]) is not family(kinds[1]) and Kind.TAGS not in kinds:
        context.complain(complaints.cannot_compare(node, *sides))
        return None
    for text, kind in sides:
        if kind is Kind.TAGS or (kind in (Kind.TEXT, Kind.FLAG) and node.operator not in ("=", "!=")):
            context.complain(complaints.text_order(node, text, kind))
            return None
    fine = percent_fits(context, left, node.right) and percent_fits(context, right, node.left)
    if fine and isinstance(right, Constant):
        fine = can_be(context, left, right, node.right.span, node.operator, node.span)
    elif fine and isinstance(left, Constant):
        fine = can_be(context, right, left, node.left.span, _MIRRORED[node.operator], node.span)
    return Compare(node.operator, left, right) if fine else None


def can_be(
    context: Context, subject: Expression, value: Constant, span: Span, operator: CompareOperator, whole: Span
) -> bool:
    """Whether a comparison with a literal can hold at all; complains if what is declared about the subject rules it out."""
    if isinstance(value.value, str):
        return can_be_text(context, subject, value.value, span)
    if not isinstance(value.value, int) or isinstance(value.value, bool):
        return True
    low, high = declared_bounds(context, subject)
    number = value.value
    over = high is not None and (number >= high if operator == ">" else number > high and operator in ("=", ">="))
    under = low is not None and (number <= low if operator == "<" else number < low and operator in ("=", "<="))
    name = _name(subject)
    if over or under:
        say = complaints.never_is if whole == span else complaints.never_holds
        context.complain(say(whole, words(whole), name, _end(low), _end(high)))
        return False
    if operator == "=" and kind_of(subject) is Kind.WHOLE and number % SCALE and name != "it":
        context.complain(complaints.never_whole(whole, number, name))
        return False
    return True


def can_be_text(context: Context, subject: Expression, value: str, span: Span) -> bool:
    """Whether a field can have this text; complains if `one of` or `same` rule it out."""
    field = context.field_of(subject)
    if (
        field is not None
        and value == ""
        and not (field.one_of or field.default == "" or "" in dict(field.same).values())
    ):
        context.complain(complaints.never_empty(span, field.name))
        return False
    return field is None or text_fits(context, field, value, span)


def text_fits(context: Context, field: Field, value: str, span: Span) -> bool:
    """Whether a cell of the field can mean this text; complains if `one of`, `same` or `fold case` rule it out."""
    replaced = dict(field.same).get(value)
    if replaced is not None and replaced != value:
        context.complain(complaints.unknown_value(span, value, field.name, field.one_of, replaced))
        return False
    if field.one_of and value not in field.one_of:
        context.complain(complaints.unknown_value(span, value, field.name, field.one_of))
        return False
    if field.fold_case and not field.one_of and value not in dict(field.same).values() and value != fold(value):
        context.complain(complaints.unknown_value(span, value, field.name, (), fold(value)))
        return False
    return True


def fold(text: str) -> str:
    """The text with A to Z in small letters, as `fold case` reads cells."""
    return "".join(character.lower() if character.isascii() else character for character in text)


def declared_bounds(context: Context, subject: Expression) -> tuple[int | None, int | None]:
    """The range that the ruleset itself states for a field or score."""
    field = context.field_of(subject)
    if field is not None:
        return field.low, field.high
    if subject == AGE:
        return 0, None
    if isinstance(subject, Defined):
        fact = context.facts.get(subject.name)
        if isinstance(fact, Aggregate) and fact.function in ("count", "distinct", "days since"):
            return 0, None
        match context.definitions.get(subject.name) or context.drafts.get(subject.name):
            case Score(low=low, high=high) | Draft(low=low, high=high):
                return low, high
            case Percentile():
                return 0, 100 * SCALE
            case _:
                pass
    return None, None


def _end(value: int | None) -> str:
    return "" if value is None else value_text(value)


def _name(subject: Expression) -> str:
    match subject:
        case Input(name=name) | Defined(name=name) | Attribute(name=name):
            return name
        case LookedUp(table=table, column=column):
            return f"{table}.{column}"
        case _:
            return "age" if subject == AGE else "it"


def percent_fits(context: Context, subject: Expression, node: nodes.Expression | nodes.Range | None) -> bool:
    """Whether a percentage can stand beside the subject; complains where the subject is surely not a share of one."""
    plain = isinstance(subject, Input | Defined | Attribute | LookedUp) or subject == AGE
    if not isinstance(node, nodes.Number) or node.form != "percent" or not plain:
        return True
    low, high = declared_bounds(context, subject)
    if kind_of(subject) in (Kind.WHOLE, Kind.MONEY):
        shown = f"is {a_kind(kind_of(subject))}"
    elif high is not None and high > SCALE:
        shown = f"lies in {_end(low)}..{_end(high)}"
    else:
        return True
    context.complain(complaints.percent_misfit(node, _name(subject), shown))
    return False


def text_match(context: Context, node: nodes.TextMatch, left: Expression, right: Expression) -> Expression | None:
    """`contains`, `starts with`, `ends with`, and `tags contains`."""
    kinds = kind_of(left), kind_of(right)
    if kinds[1] is not Kind.TEXT:
        place = f"`{node.operator}`"
        context.complain(complaints.wrong_kind(node.text.span, words(node.text.span), kinds[1], place, "text"))
        return None
    if kinds[0] is Kind.TAGS and node.operator == "contains":
        tag = right.value if isinstance(right, Constant) else None
        fine = not isinstance(tag, str) or can_be_text(context, left, tag, node.text.span)
        return HasTag(left, right) if fine else None
    if kinds[0] is not Kind.TEXT:
        span = node.operand.span
        hints = ["for tags there is only `contains`"] if kinds[0] is Kind.TAGS else []
        context.complain(
            complaints.wrong_kind(span, words(span), kinds[0], f"`{node.operator}`", "text on its left", *hints)
        )
        return None
    return TextMatch(node.operator, left, right)


def within(context: Context, node: nodes.Within, subject: Expression) -> Expression | None:
    """`DATE within D`, `DATE within next D`: both ends in."""
    if kind_of(subject) is not Kind.DATE:
        span = node.subject.span
        context.complain(complaints.wrong_kind(span, words(span), kind_of(subject), "`within`", "a date"))
        return None
    shifted = shifted_date(context, node.duration, 1 if node.ahead else -1)
    if shifted is None:
        return None
    low, high = (AsOf(), shifted) if node.ahead else (shifted, AsOf())
    return AllOf((Compare(">=", subject, low), Compare("<=", subject, high)))


def shifted_date(context: Context, node: nodes.Duration, direction: Literal[-1, 1]) -> AsOf | None:
    """The as-of date moved by a duration; complains about hours."""
    if node.unit == "hour":
        context.complain(complaints.hours(node.span, words(node.span)))
        return None
    return AsOf(Duration(node.count, node.unit), direction)
