"""Complaints about test blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tierlang.compiler.complaints.names import unknown_name, wrong_sort
from tierlang.compiler.complaints.voice import a_kind, error
from tierlang.diagnostics.diagnostic import Diagnostic, Related
from tierlang.diagnostics.edits import insert, replace
from tierlang.diagnostics.words import code_list, quoted
from tierlang.program.values import Kind
from tierlang.source import Span
from tierlang.syntax import nodes


def doubled_test(span: Span, label: str, first: Span) -> Diagnostic:
    """Two tests of one label."""
    return error(
        "doubled-test",
        span,
        f"there are two tests called {quoted(label)}",
        "results name a test by its label. Give each one its own",
        related=[Related(first, "the first one is here")],
    )


def move_in_words(span: Span, meant: str) -> Diagnostic:
    """`expect stays`, `expect no moves`; `meant` is how that is said."""
    return error(
        "unknown-name",
        span,
        f"nothing is called `{span.text}` here; whether an account moves is expected by `expect move` or `expect no move`",
        f"write `{meant}`",
        fixes=[replace(span, meant)],
    )


def unlabelled(span: Span) -> Diagnostic:
    """`test "" { … }`."""
    return error(
        "no-label",
        span,
        "this test has no label",
        'results name a test by its label. Say what it shows: `test "customers take no part" { … }`',
    )


def nothing_given(span: Span) -> Diagnostic:
    """A test without an account."""
    return error(
        "empty-test",
        span,
        "this test places no account",
        'say what the account is like: `given { industry = "Banking"  employees = 1200 }`',
    )


def nothing_expected(span: Span) -> Diagnostic:
    """A test that cannot fail."""
    return error(
        "empty-test",
        span,
        "this test expects nothing, so it can never fail",
        "say what must come out: `expect tier one`, `expect untiered`, `expect excluded`",
    )


def needs_date(test: nodes.Test, words: str) -> Diagnostic:
    """A test without `as of` where the date matters."""
    return error(
        "no-as-of",
        test.label.span,
        f"this test needs a date: what `{words}` gives depends on the day",
        "write the day for which the account is placed as its first line: `as of 2026-01-31`",
    )


def unnamed_account(span: Span) -> Diagnostic:
    """One of several accounts without a name."""
    return error(
        "which-account",
        span,
        "this test has several accounts, and this one has no name",
        "call each of them by a name: `given account a { … }`",
    )


def which_account(node: nodes.Expect, at: int, names: Sequence[str]) -> Diagnostic:
    """An `expect` without its account where there are several; `at` is where its name can be written."""
    has = "has " if isinstance(node, nodes.ExpectHolds) else ""
    return error(
        "which-account",
        node.span,
        "this test has several accounts: say of which one this is expected",
        f"begin with its name, behind `expect`; there are {code_list(names)}",
        fixes=[insert(node.span, at, f"{name} {has}", f"expect it of `{name}`") for name in names if len(names) <= 3],
    )


def doubled_account(span: Span, name: str, first: Span) -> Diagnostic:
    """Two accounts of one name in a test."""
    return error(
        "doubled-account",
        span,
        f"this test has two accounts called `{name}`",
        "give each a name of its own",
        related=[Related(first, "the first one is here")],
    )


def doubled_key(span: Span, key: str, first: Span) -> Diagnostic:
    """Two accounts of one key in a test."""
    return error(
        "doubled-account",
        span,
        f"two accounts of this test have the key {quoted(key)}",
        "every account has a key of its own",
        related=[Related(first, "the first one is here")],
    )


def doubled_value(name: nodes.Name, first: Span) -> Diagnostic:
    """A field or attribute that is given twice."""
    return error(
        "doubled-value",
        name.span,
        f"`{name.text}` is given twice",
        "keep one of the two",
        related=[Related(first, "it is already given here")],
    )


def doubled_observation(name: nodes.Name, day: str, first: Span) -> Diagnostic:
    """Two observations of one signal on one day."""
    return error(
        "doubled-value",
        name.span,
        f"`{name.text}` is given twice for {day}",
        "of several observations on one day only the greatest counts: keep that one, or give the other another day",
        related=[Related(first, "it is already given here")],
    )


def no_field(name: nodes.Name, known: Iterable[str], sort: str | None, instead: str | None) -> Diagnostic:
    """Something else than a field in `given`; `sort` is what it is, if it is declared, and `instead` what to do."""
    if sort is None:
        return unknown_name(name, known, "field")
    return wrong_sort(name, sort, "a field", known, *([] if instead is None else [instead]))


def no_attribute(name: nodes.Name, event: str) -> Diagnostic:
    """A derived attribute among the values of an event."""
    hint = "give the attributes that it is made from"
    return wrong_sort(name, f"worked out from each `{event}`", "an attribute that is read", (), hint)


def required_absent(span: Span, what: str, names: Sequence[str]) -> Diagnostic:
    """Required fields or attributes that are not given."""
    plural = len(names) > 1
    return error(
        "no-value",
        span,
        f"{what} has no {code_list(names)}, which {'are' if plural else 'is'} required",
        f"no row without {'them' if plural else 'it'} is read. Give {'each' if plural else 'it'} a value: `{names[0]} = …`",
    )


def required_missing(span: Span, name: str) -> Diagnostic:
    """`employees = missing`, where `employees` is required."""
    return error("no-value", span, f"`{name}` is required, so it is never missing", f"give it a value: `{name} = …`")


def tags_missing(span: Span, name: str) -> Diagnostic:
    """`tech = missing`, where `tech` is tags."""
    return error(
        "no-value",
        span,
        f"`{name}` is a set of tags, and those are never missing: without any, the set is empty",
        f"write `{name} = []`",
        fixes=[replace(span, f"{name} = []", certain=True)],
    )


def one_tag(node: nodes.Expression, name: str, words: str) -> Diagnostic:
    """`tech = "aws"`, where `tech` is tags."""
    fixes = [replace(node.span, f"[{words}]")] if isinstance(node, nodes.Text) else []
    hint = f"write `[{words}]`" if fixes else 'write its tags as texts: `["a", "b"]`'
    return error("wrong-kind", node.span, f"`{name}` is a set of tags, and stands in brackets", hint, fixes=fixes)


def list_given(node: nodes.ListOf, name: str, kind: Kind) -> Diagnostic:
    """`industry = ["Banking"]`, where `industry` is one text."""
    return error(
        "wrong-kind",
        node.span,
        f"`{name}` is {a_kind(kind)}, one value and not a list",
        fixes=[replace(node.span, node.items[0].span.text, certain=True)] if len(node.items) == 1 else [],
    )


def unfit(span: Span, words: str, name: str, why: str, fits: str) -> Diagnostic:
    """A value that no row of a file could give."""
    return error("bad-value", span, f"`{name}` cannot be {words}, which {why}", f"write {fits}")


def two_places(span: Span, first: Span, *, same: bool) -> Diagnostic:
    """`expect tier one` beside `expect tier two`."""
    return error(
        "two-places",
        span,
        "this is expected a second time"
        if same
        else "an account ends in one place, and another one is expected already",
        "keep one of the two",
        related=[Related(first, "the first one is here")],
    )


def not_in_rules(span: Span, words: str) -> Diagnostic:
    """A question that no rule asks, so that no run answers it."""
    return error(
        "not-in-rules",
        span,
        f"no rule asks for `{words}`, so a run does not find it out",
        f"give it a name inside `account`, `derive NAME = {words}`, and expect something of that name",
    )
