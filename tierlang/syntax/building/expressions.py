"""Makers of conditions, calculations and functions."""

from __future__ import annotations

from typing import Any

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Severity
from tierlang.source import Span
from tierlang.syntax import nodes as n
from tierlang.syntax.building.complaints import spaced_point
from tierlang.syntax.building.context import Line, Making, by_word, registry

MAKERS, makes = registry()

_NOT_MISSING = frozenset(
    ("null", "empty", "blank", "none", "nil", "nothing", "na", "unknown", "undefined", "unset", "nan")
)
"""Words for `missing` of other languages; `is empty` would otherwise ask for a tier of that name."""
NEVER_NAMES = frozenset(("null", "nil"))


# --- logic ----------------------------------------------------------------------------------------------------------------------------


@makes
def if_(at: Making, parts: list[Any]) -> n.If:
    return n.If(condition=parts[0], then=parts[1], otherwise=parts[2], span=at.span)


@makes
def or_(at: Making, parts: list[Any]) -> n.Or:
    return n.Or(parts=tuple(parts), span=at.span)


@makes
def and_(at: Making, parts: list[Any]) -> n.And:
    return n.And(parts=tuple(parts), span=at.span)


@makes
def not_(at: Making, parts: list[Any]) -> n.Not:
    return n.Not(operand=parts[0], span=at.span)


@makes
def compare_sign(at: Making, parts: list[Any]) -> str:
    sign: str = parts[0].text
    return sign


@makes
def compare(at: Making, parts: list[Any]) -> n.Compare | n.IsMissing:
    if isinstance(parts[2], n.Ref) and parts[2].name.text in NEVER_NAMES and parts[1] in ("=", "!="):
        word = "is missing" if parts[1] == "=" else "is not missing"
        at.complain(
            Diagnostic(
                "unexpected-text",
                Severity.ERROR,
                parts[2].span,
                f"there is no `{parts[2].name.text}` to compare with: whether there is a value is asked by `is missing`",
                (f"write `{parts[0].span.text} {word}`",),
                fixes=(
                    Fix(
                        f"write `{word}`",
                        (Edit(Span(at.source, parts[0].span.end, parts[2].span.end), f" {word}"),),
                        certain=True,
                    ),
                ),
            )
        )
        return n.IsMissing(operand=parts[0], negated=parts[1] == "!=", span=at.span)
    return n.Compare(operator=parts[1], left=parts[0], right=parts[2], span=at.span)


@makes
def in_(at: Making, parts: list[Any]) -> n.In:
    return n.In(item=parts[0], container=parts[1], span=at.span)


@makes
def not_in(at: Making, parts: list[Any]) -> n.In:
    return n.In(item=parts[0], container=parts[1], negated=True, span=at.span)


@makes
def is_missing(at: Making, parts: list[Any]) -> n.IsMissing:
    return n.IsMissing(operand=parts[0], span=at.span)


@makes
def is_not_missing(at: Making, parts: list[Any]) -> n.IsMissing:
    return n.IsMissing(operand=parts[0], negated=True, span=at.span)


@makes
def is_tier(at: Making, parts: list[Any]) -> n.TierIs | n.IsMissing:
    return _is(at, parts, negated=False)


@makes
def is_not_tier(at: Making, parts: list[Any]) -> n.TierIs | n.IsMissing:
    return _is(at, parts, negated=True)


def _is(at: Making, parts: list[Any], *, negated: bool) -> n.TierIs | n.IsMissing:
    """`LADDER is TIER`; a word such as `null` is explained and read as `missing`."""
    subject, tier = parts
    if tier.text in _NOT_MISSING:
        at.complain(
            Diagnostic(
                "unexpected-text",
                Severity.ERROR,
                tier.span,
                f"`is {'not ' if negated else ''}{tier.text}` is written `is {'not ' if negated else ''}missing`",
                fixes=(Fix("write `missing`", (Edit(tier.span, "missing"),), certain=True),),
            )
        )
        return n.IsMissing(operand=subject, negated=negated, span=at.span)
    if isinstance(subject, n.Ref):
        return n.TierIs(subject=subject.name, tiers=(tier,), negated=negated, span=at.span)
    at.complain(
        Diagnostic(
            "unexpected-text",
            Severity.ERROR,
            tier.span,
            "`is` asks for a tier (`tier is one`) or for `missing`; values are compared with `=`",
            (f"write `is {'not ' if negated else ''}missing`, or `{'!=' if negated else '='} {tier.text}`",),
        )
    )
    return n.IsMissing(operand=subject, negated=negated, span=at.span)


@makes
def tier_is(at: Making, parts: list[Any]) -> n.TierIs:
    return n.TierIs(subject=_tier_word(at), tiers=(parts[0],), span=at.span)


@makes
def tier_is_not(at: Making, parts: list[Any]) -> n.TierIs:
    return n.TierIs(subject=_tier_word(at), tiers=(parts[0],), negated=True, span=at.span)


@makes
def tier_is_missing(at: Making, parts: list[Any]) -> n.IsMissing:
    return _tier_missing(at, negated=False)


@makes
def tier_is_not_missing(at: Making, parts: list[Any]) -> n.IsMissing:
    return _tier_missing(at, negated=True)


def _tier_missing(at: Making, *, negated: bool) -> n.IsMissing:
    """A tier is never missing, which the compiler explains."""
    word = _tier_word(at)
    return n.IsMissing(operand=n.Ref(name=word, span=word.span), negated=negated, span=at.span)


def _tier_word(at: Making) -> n.Name:
    return n.Name(text="tier", span=Span(at.source, at.span.start, at.span.start + len("tier")))


@makes
def for_(at: Making, parts: list[Any]) -> n.For:
    return n.For(condition=parts[0], duration=parts[1], span=at.span)


@makes
def contains(at: Making, parts: list[Any]) -> n.TextMatch:
    return n.TextMatch(operator="contains", operand=parts[0], text=parts[1], span=at.span)


@makes
def starts_with(at: Making, parts: list[Any]) -> n.TextMatch:
    return n.TextMatch(operator="starts with", operand=parts[0], text=parts[1], span=at.span)


@makes
def ends_with(at: Making, parts: list[Any]) -> n.TextMatch:
    return n.TextMatch(operator="ends with", operand=parts[0], text=parts[1], span=at.span)


@makes
def within(at: Making, parts: list[Any]) -> n.Within:
    return n.Within(subject=parts[0], duration=parts[1], span=at.span)


@makes
def within_next(at: Making, parts: list[Any]) -> n.Within:
    return n.Within(subject=parts[0], duration=parts[1], ahead=True, span=at.span)


# --- arithmetic and functions ---------------------------------------------------------------------------------------------------------


@makes
def add(at: Making, parts: list[Any]) -> n.Arithmetic:
    return n.Arithmetic(operator="+", left=parts[0], right=parts[1], span=at.span)


@makes
def subtract(at: Making, parts: list[Any]) -> n.Arithmetic:
    return n.Arithmetic(operator="-", left=parts[0], right=parts[1], span=at.span)


@makes
def multiply(at: Making, parts: list[Any]) -> n.Arithmetic:
    return n.Arithmetic(operator="*", left=parts[0], right=parts[1], span=at.span)


@makes
def divide(at: Making, parts: list[Any]) -> n.Arithmetic:
    return n.Arithmetic(operator="/", left=parts[0], right=parts[1], span=at.span)


@makes
def negate(at: Making, parts: list[Any]) -> n.Negate:
    return n.Negate(operand=parts[0], span=at.span)


@makes
def negate_ref(at: Making, parts: list[Any]) -> n.Negate:
    return n.Negate(operand=n.Ref(name=parts[0], span=parts[0].span), span=at.span)


@makes
def call(at: Making, parts: list[Any]) -> n.Call:
    return n.Call(function=parts[0], arguments=tuple(parts[1:]), span=at.span)


@makes
def column(at: Making, parts: list[Any]) -> n.Column:
    spaced_point(at, parts[0], parts[2])
    return n.Column(table=parts[0], column=parts[2], span=at.span)


@makes
def by(at: Making, parts: list[Any]) -> n.By:
    return n.By(subject=parts[0], bands=parts[1], span=at.span)


@makes
def bracketed(at: Making, parts: list[Any]) -> n.ListOf:
    return n.ListOf(items=tuple(parts), span=at.span)


@makes
def pick(at: Making, parts: list[Any]) -> n.Pick:
    return n.Pick(which=parts[0].text, items=parts[1].items, span=at.span)


@makes
def at_least(at: Making, parts: list[Any]) -> n.AtLeast:
    return n.AtLeast(count=parts[0], items=parts[1].items, span=at.span)


@makes
def days_since(at: Making, parts: list[Any]) -> n.DaysSince:
    where = parts[1].value if len(parts) > 1 else None
    return n.DaysSince(subject=n.Ref(name=parts[0], span=parts[0].span), where=where, span=at.span)


@makes
def days_since_at(at: Making, parts: list[Any]) -> n.DaysSince:
    span = at.source.span(at.span.end - len("at"), at.span.end)
    return n.DaysSince(subject=n.Ref(name=n.Name(text="at", span=span), span=span), span=at.span)


@makes
def days_in_tier(at: Making, parts: list[Any]) -> n.DaysInTier:
    return n.DaysInTier(span=at.span)


@makes
def where_(at: Making, parts: list[Any]) -> Line:
    return Line("where", parts[0], at.span)


@makes
def per(at: Making, parts: list[Any]) -> Line:
    return Line("per", parts[0], at.span)


@makes
def percentile(at: Making, parts: list[Any]) -> n.Percentile:
    options = by_word(parts[1:])
    return n.Percentile(of=parts[0], where=options.get("where"), per=options.get("per"), span=at.span)
