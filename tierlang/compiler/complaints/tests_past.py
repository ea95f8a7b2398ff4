"""Complaints about what a test gives and expects of the past: tiers held, scores observed, moves."""

from __future__ import annotations

import datetime as dt

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic, Related
from tierlang.source import Span
from tierlang.syntax import nodes


def held_later(span: Span, since: dt.date, as_of: dt.date) -> Diagnostic:
    """A tier that is held only after the day of the test."""
    return error(
        "after-as-of",
        span,
        f"the account cannot hold its tier since {since.isoformat()}: the test is of {as_of.isoformat()}",
        "give a day that is not after the `as of` of the test",
    )


def observed_later(span: Span, day: dt.date, as_of: dt.date) -> Diagnostic:
    """A score that is observed after the day of the test."""
    return error(
        "after-as-of",
        span,
        f"a score cannot have been observed on {day.isoformat()}: the test is of {as_of.isoformat()}",
        "give a day that is not after the `as of` of the test. What the score is on that day is worked out",
    )


def observed_of_nobody(span: Span) -> Diagnostic:
    """A score that was observed of an account that is new."""
    return error(
        "no-holding",
        span,
        "this account holds nothing in this test, so it is new, and what a score was before is not asked of new accounts",
        "say what it holds: `tier TIER since 2026-01-31`, or `untiered since 2026-01-31`",
    )


def observed_twice(name: nodes.Name, day: dt.date, first: Span) -> Diagnostic:
    """Two observations of one score on one day."""
    return error(
        "doubled-value",
        name.span,
        f"`{name.text}` is given twice for {day.isoformat()}",
        "the ledger keeps one value of a score a day. Keep one of the two, or give the other another day",
        related=[Related(first, "it is already given here")],
    )


def needs_date(test: nodes.Test, words: str) -> Diagnostic:
    """A test without `as of` that says something of the past."""
    return error(
        "no-as-of",
        test.label.span,
        f"this test needs a date: `{words}` is about the time before it",
        "write the day for which the account is placed as its first line: `as of 2026-01-31`",
    )


def settled_before(span: Span, until: dt.date, since: dt.date) -> Diagnostic:
    """A cool-down that ends before the move that it is of."""
    return error(
        "bad-settled",
        span,
        f"a move settles an account for some time from its day on, and {until.isoformat()} is before {since.isoformat()}",
        "`settled until` is the first day on which the account may be moved again",
    )


def nothing_held(span: Span, name: str | None, *, negated: bool) -> Diagnostic:
    """A move of an account that is placed for the first time."""
    who = "this account" if name is None else f"the account `{name}`"
    never = "so it is placed, which is no move" if negated else "so it cannot move: it is placed for the first time"
    return error(
        "no-holding",
        span,
        f"{who} holds no tier in this test, {never}",
        "say in `given` what it holds: `tier TIER since 2026-01-31`, or `untiered since 2026-01-31`",
        "where an account is placed is expected by `expect tier TIER`",
    )


def two_moves(span: Span, first: Span) -> Diagnostic:
    """`expect no move` beside `expect move`."""
    return error(
        "two-places",
        span,
        "an account moves or does not, and the other one is expected already",
        "keep one of the two",
        related=[Related(first, "the first one is here")],
    )


def no_reviews(span: Span) -> Diagnostic:
    """A review in rules that have none."""
    return error(
        "no-reviews",
        span,
        "no review can be due: these rules have none",
        "say how often everyone is placed again, in the `ruleset` block: `review every quarter`",
    )
