"""Expressions: every name resolved, every kind checked, sugar taken apart.

`lower` gives None where something was wrong and has been complained about; nothing more is said about whatever contains it.
"""

from __future__ import annotations

from typing import assert_never

from tierlang.compiler import arithmetic, comparisons, constants
from tierlang.compiler.bands import Table, read_bands
from tierlang.compiler.complaints import kinds as complaints
from tierlang.compiler.complaints import names as naming
from tierlang.compiler.context import Context
from tierlang.compiler.percentiles import percentile
from tierlang.compiler.ranges import Ends, check_order, range_test
from tierlang.compiler.resolve import is_unknown, resolve, resolve_list, tier_is
from tierlang.compiler.words import words
from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    AsOf,
    AtLeast,
    Branch,
    Choose,
    Constant,
    DaysSince,
    Defined,
    Expression,
    Extreme,
    FirstOf,
    Input,
    IsMissing,
    Not,
    kind_of,
)
from tierlang.program.nodes import Condition
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind
from tierlang.source import Span
from tierlang.syntax import nodes


def condition_of(context: Context, node: nodes.Expression) -> Condition | None:
    """A condition that decides something, with the user's words for it."""
    test = condition(context, node)
    return None if test is None else Condition(test, words(node.span))


def condition(context: Context, node: nodes.Expression) -> Expression | None:
    """An expression that must be true or false."""
    value = lower(context, node)
    if value is not None and kind_of(value) is not Kind.FLAG:
        context.complain(complaints.not_a_condition(node.span, words(node.span), kind_of(value)))
        return None
    return value


def number(context: Context, node: nodes.Expression, place: str) -> Expression | None:
    """An expression that must be a number."""
    value = lower(context, node)
    return value if value is not None and arithmetic.need_number(context, node, value, place) else None


def subject(context: Context, node: nodes.Expression) -> Input | Defined | None:
    """An expression as the plain name that tables and percentiles read."""
    value = lower(context, node)
    return None if value is None else context.name_it(value, words(node.span))


def lower(context: Context, node: nodes.Expression) -> Expression | None:
    """The expression as meant."""
    match node:
        case nodes.Number() | nodes.Text() | nodes.Flag() | nodes.Date():
            return constants.literal(context, node)
        case nodes.Duration():
            context.complain(complaints.duration_alone(node.span, words(node.span)))
            return None
        case nodes.Ref(name=name):
            return resolve(context, name)
        case nodes.Today():
            return AsOf()
        case nodes.Or() | nodes.And() | nodes.Not() | nodes.AtLeast() | nodes.IsMissing() | nodes.TierIs():
            return _logic(context, node)
        case nodes.Compare() | nodes.In() | nodes.TextMatch() | nodes.Within():
            return _test(context, node)
        case nodes.Arithmetic() | nodes.Negate() | nodes.Call() | nodes.DaysSince() | nodes.Pick():
            return _number(context, node)
        case nodes.If():
            return _if(context, node)
        case nodes.By():
            return _by(context, node)
        case nodes.Percentile():
            return _percentile(context, node)
        case _:
            assert_never(node)


def _all(context: Context, written: tuple[nodes.Expression, ...], *, flags: bool = False) -> list[Expression] | None:
    """All of them lowered (as conditions, with `flags`), or None where one is wrong; each is looked at."""
    values = [condition(context, part) if flags else lower(context, part) for part in written]
    found = [value for value in values if value is not None]
    return found if len(found) == len(values) else None


def _logic(
    context: Context,
    node: nodes.Or | nodes.And | nodes.Not | nodes.AtLeast | nodes.IsMissing | nodes.TierIs,
) -> Expression | None:
    match node:
        case nodes.TierIs():
            tier_is(context, node, ())
            return None
        case nodes.Or(parts=written):
            if any(isinstance(part, nodes.TierIs) for part in written):
                _tier_lists(context, written)
                return None
            parts = _all(context, written, flags=True)
            return None if parts is None else AnyOf(tuple(parts))
        case nodes.And(parts=written):
            parts = _all(context, written, flags=True)
            return None if parts is None else AllOf(tuple(parts))
        case nodes.Not(operand=operand):
            part = condition(context, operand)
            return None if part is None else Not(part)
        case nodes.IsMissing(operand=operand, negated=negated):
            part = lower(context, operand)
            if part is None:
                return None
            return Not(IsMissing(part)) if negated else IsMissing(part)
        case nodes.AtLeast(count=written_count, items=items):
            count = constants.number(context, written_count, "`at least … of`")
            parts = _all(context, items, flags=True)
            if count is None or parts is None:
                return None
            if count % SCALE:
                context.complain(complaints.bad_count_fraction(written_count.span, words(written_count.span)))
                return None
            if not 1 <= count // SCALE <= len(parts):
                context.complain(complaints.bad_count(written_count.span, count // SCALE, len(parts)))
                return None
            return AtLeast(count // SCALE, tuple(parts))


def _tier_lists(context: Context, written: tuple[nodes.Expression, ...]) -> None:
    """`tier is gold or diamond` comes as `(tier is gold) or diamond`: the names after it belong to it."""
    at = 0
    while at < len(written):
        part, more = written[at], list[nodes.Ref]()
        at += 1
        if not isinstance(part, nodes.TierIs):
            condition(context, part)
            continue
        while at < len(written) and isinstance(following := written[at], nodes.Ref):
            more.append(following)
            at += 1
        tier_is(context, part, more)


def _test(context: Context, node: nodes.Compare | nodes.In | nodes.TextMatch | nodes.Within) -> Expression | None:
    match node:
        case nodes.Compare(left=left, right=right):
            if is_unknown(context, right) or is_unknown(context, left):
                _unquoted(context, left, right)
                return None
            sides = _all(context, (left, right))
            return None if sides is None else comparisons.compare(context, node, *sides)
        case nodes.In():
            test = _membership(context, node)
            return Not(test) if test is not None and node.negated else test
        case nodes.TextMatch(operand=left, text=right):
            sides = _all(context, (left, right))
            return None if sides is None else comparisons.text_match(context, node, *sides)
        case nodes.Within(subject=date):
            value = lower(context, date)
            return None if value is None else comparisons.within(context, node, value)


def _unquoted(context: Context, left: nodes.Expression, right: nodes.Expression) -> None:
    """A comparison with a name that nothing declares: beside text, most likely a text without its quotes."""
    for name, other in ((right, left), (left, right)):
        if not (isinstance(name, nodes.Ref) and is_unknown(context, name)):
            continue
        value = None if is_unknown(context, other) else lower(context, other)
        if value is not None and kind_of(value) is Kind.TEXT:
            choices = context.choices_of(value)
            context.complain(naming.unquoted_text(name.name, words(other.span), choices))
        else:
            resolve(context, name.name)


def _membership(context: Context, node: nodes.In) -> Expression | None:
    item = lower(context, node.item)
    container, shown = node.container, words(node.item.span)
    if isinstance(container, nodes.Range):
        return _in_range(context, node.item, item, container)
    values = _values(context, container)
    if item is None or values is None:
        return None
    kind = kind_of(item)
    if kind is Kind.TAGS:
        context.complain(complaints.tags_in(node.item.span, shown))
        return None
    for value, span in values:
        if arithmetic.family(value.kind) is not arithmetic.family(kind):
            at = span or container.span
            context.complain(complaints.differing_kinds(at, (shown, kind), (words(at), value.kind), "`in`"))
            return None
    return comparisons.one_of(context, (item, node.item.span), values)


def _in_range(
    context: Context, written: nodes.Expression, item: Expression | None, container: nodes.Range
) -> Expression | None:
    ends = [None if end is None else lower(context, end) for end in (container.low, container.high)]
    if item is None or any(
        end is not None and value is None for end, value in zip((container.low, container.high), ends, strict=True)
    ):
        return None
    kind = kind_of(item)
    if not (kind.is_numeric or kind is Kind.DATE):
        context.complain(
            complaints.wrong_kind(written.span, words(written.span), kind, "a range", "a number or a date")
        )
        return None
    for end, value in zip((container.low, container.high), ends, strict=True):
        if end is not None and value is not None and arithmetic.family(kind_of(value)) is not arithmetic.family(kind):
            pair = (words(written.span), kind), (words(end.span), kind_of(value))
            context.complain(complaints.differing_kinds(end.span, *pair, "a range"))
            return None
    low, high = ends
    known = [end for end in ends if end is None or isinstance(end, Constant)]
    if len(known) == 2 and not check_order(context, Ends(container, *known)):
        return None
    whole = written.span.to(container.span)
    fine = not isinstance(low, Constant) or comparisons.can_be(
        context, item, low, container.span, ">" if container.low_open else ">=", whole
    )
    fine = fine and (
        not isinstance(high, Constant)
        or comparisons.can_be(context, item, high, container.span, "<" if container.high_open else "<=", whole)
    )
    return range_test(item, container, low, high) if fine else None


def _values(context: Context, container: nodes.Ref | nodes.ListOf) -> list[tuple[Constant, Span | None]] | None:
    """The constants of a list; those written in place with their spans."""
    if isinstance(container, nodes.Ref):
        listed = resolve_list(context, container.name)
        if listed is None:
            return None
        return listed
    if not container.items:
        context.complain(complaints.no_words(container.span))
        return None
    values = [(constants.constant(context, item, "a list"), item.span) for item in container.items]
    known: list[tuple[Constant, Span | None]] = [(value, span) for value, span in values if value is not None]
    return known if len(known) == len(values) else None


def _number(
    context: Context,
    node: nodes.Arithmetic | nodes.Negate | nodes.Call | nodes.DaysSince | nodes.Pick,
) -> Expression | None:
    match node:
        case nodes.Arithmetic(left=left, right=right):
            sides = _all(context, (left, right))
            return None if sides is None else arithmetic.arithmetic(context, node, *sides)
        case nodes.Negate(operand=operand):
            part = lower(context, operand)
            return None if part is None else arithmetic.negative(context, node, part)
        case nodes.Call(arguments=arguments):
            parts = _all(context, arguments) if arithmetic.check_call(context, node) else None
            return None if parts is None else arithmetic.call(context, node, parts)
        case nodes.DaysSince(subject=date):
            value = lower(context, date)
            if value is not None and kind_of(value) is not Kind.DATE:
                place = "`days since`"
                context.complain(complaints.wrong_kind(date.span, words(date.span), kind_of(value), place, "a date"))
                return None
            return None if value is None else DaysSince(value)
        case nodes.Pick(which=which, items=items):
            parts = _all(context, items)
            if parts is None:
                return None
            name = f"`{which} of`"
            if not arithmetic.one_family(context, list(items), parts, name, ordered=which != "first"):
                return None
            if which == "first":
                return FirstOf(tuple(parts))
            return Extreme("least" if which == "lowest" else "greatest", tuple(parts), skip_missing=True)


def _if(context: Context, node: nodes.If) -> Expression | None:
    test = condition(context, node.condition)
    values = _all(context, (node.then, node.otherwise))
    if values is None or not arithmetic.one_family(context, [node.then, node.otherwise], values, "`if`"):
        return None
    return None if test is None else Choose((Branch(test, values[0]),), values[1])


def _by(context: Context, node: nodes.By) -> Expression | None:
    name = subject(context, node.subject)
    written = tuple(band.result for band in node.bands)
    results = _all(context, written)
    if name is None or results is None:
        return None
    if results and not arithmetic.one_family(context, list(written), results, "a table"):
        return None
    filler = "0" if results and kind_of(results[0]).is_numeric else None
    bands = read_bands(context, Table(name, node.subject.span, node.bands, filler))
    if bands is None:
        return None
    by_band = {id(band): result for band, result in zip(node.bands, results, strict=True)}
    branches = [Branch(test, by_band[id(band)]) for test, band in bands.rows]
    if bands.missing is not None:
        branches.insert(0, Branch(IsMissing(name), by_band[id(bands.missing)]))
    # Without `otherwise` the rows take everything, so the last one needs no test.
    otherwise = by_band[id(bands.otherwise)] if bands.otherwise is not None else branches.pop().value
    return Choose(tuple(branches), otherwise) if branches else otherwise


def _percentile(context: Context, node: nodes.Percentile) -> Expression | None:
    name = subject(context, node.of)
    where = None if node.where is None else condition_of(context, node.where)
    if name is None or (node.where is not None and where is None):
        return None
    return percentile(context, node, name, where)
