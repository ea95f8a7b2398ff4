"""Expressions: every name resolved, every kind checked, sugar taken apart.

`lower` gives None where something was wrong and has been complained about; nothing more is said about whatever contains it.
"""

from __future__ import annotations

from typing import assert_never

from tierlang.compiler import arithmetic, comparisons, constants, facts
from tierlang.compiler.alternatives import alternatives, unquoted
from tierlang.compiler.bands import Table, read_bands
from tierlang.compiler.complaints import kinds as complaints
from tierlang.compiler.complaints import operations
from tierlang.compiler.complaints.facts import attribute_in_full, out_of_place
from tierlang.compiler.context import Context
from tierlang.compiler.lookups import column
from tierlang.compiler.membership import in_range, in_values
from tierlang.compiler.past import days_in_tier, held_tier, no_tier_held, past_in_percentile
from tierlang.compiler.percentiles import percentile
from tierlang.compiler.resolve import is_unknown, ladder_is_missing, resolve
from tierlang.compiler.scope import Sort
from tierlang.compiler.sustained import sustained
from tierlang.compiler.tier_lists import tiers_joined_by_and
from tierlang.compiler.words import words
from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    AsOf,
    AtLeast,
    Branch,
    Choose,
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
from tierlang.program.nodes import Condition, Derive
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind
from tierlang.program.written import written
from tierlang.syntax import nodes


def condition_of(context: Context, node: nodes.Expression) -> Condition | None:
    """A condition that decides something, with the user's words for it: a lone derived field speaks by its label."""
    test = condition(context, node)
    if test is None:
        return None
    lone = context.definitions.get(test.name) if isinstance(test, Defined) else None
    text = lone.label if isinstance(lone, Derive) and lone.label else words(node.span)
    return Condition(test, text, span=node.span)


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
    """The expression as meant, and known to be written there; what sugar stands for is written where the sugar is."""
    value = _lowered(context, node)
    return None if value is None else written(value, node.span)


def _lowered(context: Context, node: nodes.Expression) -> Expression | None:
    about = context.about
    refused = None if about is None else about.refused(node)
    if about is not None and isinstance(node, nodes.Column) and node.table.text in context.scope.of(Sort.EVENT):
        own = about.event == node.table.text and node.column.text in about.names
        context.complain(attribute_in_full(node, about.place, about.reads, own=own))
        return None
    if about is not None and refused is not None:
        context.complain(out_of_place(node.span, refused, about.place, about.reads, about.instead))
        return None
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
        case nodes.Events():
            return facts.figure(context, node, condition_of)
        case nodes.For():
            return sustained(context, node, condition)
        case nodes.Column():
            return column(context, node)
        case nodes.DaysInTier():
            return days_in_tier(context, node)
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
            return held_tier(context, node)
        case nodes.Or(parts=written):
            parts = alternatives(context, written, condition)
            if parts is None:
                return None
            return AnyOf(tuple(parts)) if len(parts) > 1 else parts[0]
        case nodes.And(parts=written):
            doubled = tiers_joined_by_and(context, written) if context.past else []
            context.complaints += doubled
            places = [complaint.span for complaint in doubled]
            parts = _all(context, tuple(part for part in written if part.span not in places), flags=True)
            return None if parts is None or doubled else AllOf(tuple(parts))
        case nodes.Not(operand=operand):
            part = condition(context, operand)
            return None if part is None else Not(part)
        case nodes.IsMissing(operand=operand, negated=negated):
            untiered = no_tier_held(context, node)
            if untiered is not None or ladder_is_missing(context, node):
                return untiered
            part = lower(context, operand)
            if part is None:
                return None
            return Not(IsMissing(part)) if negated else IsMissing(part)
        case nodes.AtLeast(items=items):
            count, parts = how_many(context, node), _all(context, items, flags=True)
            return None if count is None or parts is None else AtLeast(count, tuple(parts))


def how_many(context: Context, node: nodes.AtLeast) -> int | None:
    """The count of `at least 2 of […]`: a whole number, at most as many as there are conditions."""
    count = constants.number(context, node.count, "`at least … of`")
    if count is None:
        return None
    if count % SCALE:
        context.complain(operations.bad_count_fraction(node.count.span, words(node.count.span)))
        return None
    if not 1 <= count // SCALE <= len(node.items):
        context.complain(operations.bad_count(node.count.span, count // SCALE, len(node.items)))
        return None
    return count // SCALE


def _test(context: Context, node: nodes.Compare | nodes.In | nodes.TextMatch | nodes.Within) -> Expression | None:
    match node:
        case nodes.Compare(left=left, right=right):
            if is_unknown(context, right) or is_unknown(context, left):
                unquoted(context, left, right, lower)
                return None
            sides = _all(context, (left, right))
            return None if sides is None else comparisons.compare(context, node, *sides)
        case nodes.In():
            item = lower(context, node.item)
            if isinstance(node.container, nodes.Range):
                ends = [
                    None if end is None else lower(context, end) for end in (node.container.low, node.container.high)
                ]
                test = in_range(context, node, node.container, item, ends[0], ends[1])
            else:
                test = in_values(context, node, node.container, item)
            return Not(test) if test is not None and node.negated else test
        case nodes.TextMatch(operand=left, text=right):
            sides = _all(context, (left, right))
            return None if sides is None else comparisons.text_match(context, node, *sides)
        case nodes.Within(subject=date):
            if facts.unknown_asked(context, node) or facts.window_misplaced(context, node):
                return None
            value = lower(context, date)
            return None if value is None else comparisons.within(context, node, value)


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
        case nodes.DaysSince():
            return _days_since(context, node)
        case nodes.Pick(which=which, items=items):
            if not items:
                context.complain(complaints.nothing_to_pick(node.span, which))
            parts = _all(context, items) if items else None
            if parts is None:
                return None
            name = f"`{which} of`"
            if not arithmetic.one_family(context, list(items), parts, name, ordered=which != "first"):
                return None
            if which == "first":
                return FirstOf(tuple(parts))
            return Extreme("least" if which == "lowest" else "greatest", tuple(parts), skip_missing=True)


def _days_since(context: Context, node: nodes.DaysSince) -> Expression | None:
    date = node.subject
    if facts.asks_events(context, date):
        return facts.days_since(context, node, condition_of)
    value = None if facts.unknown_asked(context, node) else lower(context, date)
    if value is None:
        return None
    if kind_of(value) is not Kind.DATE:
        place = "`days since`"
        context.complain(complaints.wrong_kind(date.span, words(date.span), kind_of(value), place, "a date"))
        return None
    return None if facts.where_misplaced(context, node) else DaysSince(value)


def _if(context: Context, node: nodes.If) -> Expression | None:
    test = condition(context, node.condition)
    values = _all(context, (node.then, node.otherwise))
    if values is None or not arithmetic.one_family(context, [node.then, node.otherwise], values, "`if`"):
        return None
    return None if test is None else Choose((Branch(test, values[0]),), values[1])


def _by(context: Context, node: nodes.By) -> Expression | None:
    # Only what is said of accounts can have a name of its own.
    name = subject(context, node.subject) if context.about is None else lower(context, node.subject)
    told = tuple(band.result for band in node.bands)
    results = _all(context, told)
    if name is None or results is None:
        return None
    if results and not arithmetic.one_family(context, list(told), results, "a table"):
        return None
    filler = "0" if results and kind_of(results[0]).is_numeric else None
    bands = read_bands(context, Table(name, node.subject.span, node.bands, filler))
    if bands is None:
        return None
    by_band = {id(band): result for band, result in zip(node.bands, results, strict=True)}
    branches = [Branch(test, by_band[id(band)], span=band.span) for test, band in bands.rows]
    if bands.missing is not None:
        missing = bands.missing
        branches.insert(0, written(Branch(IsMissing(name), by_band[id(missing)]), missing.span))
    # Without `otherwise` the rows take everything, so the last one needs no test.
    otherwise = by_band[id(bands.otherwise)] if bands.otherwise is not None else branches.pop().value
    return Choose(tuple(branches), otherwise) if branches else otherwise


def _percentile(context: Context, node: nodes.Percentile) -> Expression | None:
    if past_in_percentile(context, node):
        return None
    name = subject(context, node.of)
    where = None if node.where is None else condition_of(context, node.where)
    if name is None or (node.where is not None and where is None):
        return None
    return percentile(context, node, name, where)
