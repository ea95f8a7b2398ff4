"""The `ruleset` header: version, review date, review period, limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from tierlang.compiler.complaints import blocks as complaints
from tierlang.compiler.complaints import kinds
from tierlang.compiler.complaints.names import unknown_word
from tierlang.compiler.context import Context
from tierlang.compiler.lines import only
from tierlang.compiler.words import label_of, text_of, words
from tierlang.program.calendar import CalendarUnit, Duration
from tierlang.program.nodes import Header as Lines
from tierlang.program.nodes import Limits, ReviewPeriod
from tierlang.program.numbers import SCALE
from tierlang.source import Span
from tierlang.syntax import nodes

PERIODS: tuple[CalendarUnit, ...] = ("day", "week", "month", "quarter", "year")
MOST_TIERS = 100


@attrs.frozen
class Header:
    """What the header says, and where its lines stand."""

    name: str
    span: Span | None = None
    lines: Lines = attrs.field(factory=Lines)
    label: str | None = None
    version: str | None = None
    reviewed: dt.date | None = None
    review: ReviewPeriod | None = None
    limits: Limits = attrs.field(factory=Limits)


def read_header(context: Context, found: Sequence[nodes.Ruleset]) -> Header:
    """The header of the ruleset."""
    if not found:
        return Header("ruleset")
    node = found[0]
    version = only(context, node.version, "`version`")
    reviewed = only(context, node.reviewed, "`reviewed`")
    review = only(context, node.review, "`review every`")
    limits = only(context, node.limits, "`limits`")
    return Header(
        name=node.name.text,
        span=node.span,
        lines=Lines(
            version=None if version is None else _line(node, "version", version),
            reviewed=None if reviewed is None else _line(node, "reviewed", reviewed),
            review=None if review is None else review.span,
            limits=None if limits is None else limits.span,
            span=node.span,
        ),
        label=label_of(node.label),
        version=None if version is None else text_of(version),
        reviewed=None if reviewed is None else reviewed.value,
        review=None if review is None else _review(context, review),
        limits=Limits() if limits is None else _limits(context, limits),
    )


def _line(node: nodes.Ruleset, word: str, value: nodes.Node) -> Span:
    """The line of the header that starts with this word, to the end of its value."""
    source = node.span.source
    return source.span(source.text.rfind(word, node.span.start, value.span.start), value.span.end)


def _review(context: Context, node: nodes.Review) -> ReviewPeriod | None:
    for period in PERIODS:
        if node.every.text == period:
            return ReviewPeriod(period, node.starting.value if node.starting else None, span=node.span)
    context.complain(unknown_word(node.every, PERIODS, "a review period"))
    return None


def _limits(context: Context, node: nodes.Limits) -> Limits:
    usual = Limits()
    tiers, share, age = usual.tiers, usual.share, usual.review_age
    if node.tiers is not None:
        tiers = node.tiers.value // SCALE
        if node.tiers.value % SCALE or node.tiers.form != "plain" or not 1 <= tiers <= MOST_TIERS:
            wanted = f"a whole number from 1 to {MOST_TIERS}"
            context.complain(complaints.bad_limit(node.tiers.span, "the limit of `tiers`", wanted))
            tiers = MOST_TIERS
    if node.share is not None:
        share = node.share.value
        if node.share.form != "percent" or not 0 < share <= SCALE:
            wanted = "a percentage over 0% and up to 100%"
            context.complain(complaints.bad_limit(node.share.span, "the limit of `share`", wanted))
    if node.review_age is not None:
        unit = node.review_age.unit
        if unit == "hour":
            context.complain(kinds.hours(node.review_age.span, words(node.review_age.span)))
        else:
            age = Duration(node.review_age.count, unit)
    return Limits(tiers, share, age, span=node.span)
