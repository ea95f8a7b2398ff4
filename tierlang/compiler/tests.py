"""`test` blocks: a small population, the day for which it is placed, and what must come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import attrs

from tierlang.compiler.complaints import tests as complaints
from tierlang.compiler.complaints import tests_past as past_complaints
from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.context import Context
from tierlang.compiler.dated import dated, outcome_dated
from tierlang.compiler.expect_moves import check_move
from tierlang.compiler.expects import read_expect
from tierlang.compiler.given import ALONE, read_given
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.uses import Uses
from tierlang.compiler.words import text_of, words
from tierlang.program.nodes import (
    Expect,
    ExpectExcluded,
    ExpectHolds,
    ExpectMove,
    ExpectTier,
    GivenAccount,
    Program,
    Test,
)
from tierlang.syntax import nodes


def read_tests(
    context: Context, declarations: Sequence[nodes.Declaration], missing_cells: tuple[str, ...], program: Program | None
) -> tuple[tuple[Test, ...], Uses]:
    """The tests in the order of the files, and the names that they read; `program` is what they are about, if it could be made."""
    blocks = [declaration for declaration in declarations if isinstance(declaration, nodes.Test)]
    tested = attrs.evolve(context, uses=Uses())
    known = frozenset([*context.definitions, *context.facts, *context.signals])
    dateless = any(not node.as_of for node in blocks)
    moving = outcome_dated(program) if program is not None and dateless else None
    first: dict[str, nodes.Test] = {}
    made: list[Test] = []
    for node in blocks:
        label = text_of(node.label)
        if not label.strip():
            context.complain(complaints.unlabelled(node.label.span))
        elif first.setdefault(label, node) is not node:
            context.complain(complaints.doubled_test(node.label.span, label, first[label].label.span))
        made.append(_test(tested, node, missing_cells, known, program, moving))
    return tuple(made), tested.uses


def _test(
    context: Context,
    node: nodes.Test,
    missing_cells: tuple[str, ...],
    known: Set[str],
    program: Program | None,
    moving: str | None,
) -> Test:
    as_of = only(context, node.as_of, "`as of`")
    if not node.given:
        context.complain(complaints.nothing_given(node.span))
    if not node.expects:
        context.complain(complaints.nothing_expected(node.span))
    day = None if as_of is None else as_of.value
    accounts = read_given(context, node, missing_cells, day)
    expects = _expects(context, node, accounts, known)
    review = _review(context, node, program)
    past = _of_the_past(node) if as_of is None else None
    if past is not None:
        context.complain(past_complaints.needs_date(node, past))
    elif as_of is None and program is not None:
        held = [expect.condition.test for expect in expects if isinstance(expect, ExpectHolds)]
        reads = moving or dated(program, held)
        if reads is not None:
            context.complain(complaints.needs_date(node, reads))
    return Test(text_of(node.label), day, accounts, expects, review, span=node.span)


def _review(context: Context, node: nodes.Test, program: Program | None) -> bool:
    """Whether a review is due; it is one for all accounts of the test."""
    due: list[nodes.GivenReview] = []
    for given in node.given:
        line = only(context, parts_of_sort(given.parts, nodes.GivenReview), "`review due`")
        due += [] if line is None else [line]
    if due and program is not None and program.review is None:
        context.complain(past_complaints.no_reviews(due[0].span))
    return bool(due)


def _of_the_past(node: nodes.Test) -> str | None:
    """The words of something that a test gives of the past."""
    for given in node.given:
        for part in given.parts:
            match part:
                case nodes.GivenTier() | nodes.GivenScore():
                    return words(part.span)
                case nodes.GivenReview():
                    return "review due"
                case _:
                    pass
    return None


def _expects(
    context: Context, node: nodes.Test, accounts: Sequence[GivenAccount], known: Set[str]
) -> tuple[Expect, ...]:
    keys = {account.name: account.key for account in accounts}
    by_key = {account.key: account for account in accounts}
    made: list[Expect] = []
    places: dict[str, Expect] = {}
    moves: dict[str, ExpectMove] = {}
    for written in node.expects:
        key = _key(context, written, keys)
        expect = read_expect(context, written, ALONE if key is None else key, known)
        if expect is None or key is None:
            continue
        made.append(expect)
        if isinstance(written, nodes.ExpectMove) and isinstance(expect, ExpectMove):
            check_move(context, expect, by_key.get(key), moves)
        if isinstance(expect, ExpectTier) or (isinstance(expect, ExpectExcluded) and not expect.negated):
            first = places.setdefault(key, expect)
            if first is not expect and first.span is not None:
                context.complain(complaints.two_places(written.span, first.span, same=first == expect))
    return tuple(made)


def _key(context: Context, node: nodes.Expect, keys: Mapping[str | None, str]) -> str | None:
    """The key of the account that something is expected of; None, with a complaint, where it is not clear."""
    names = [name for name in keys if name is not None]
    if node.account is None:
        if len(keys) > 1 and len(names) == len(keys):
            start = node.span.start + len("expect")
            while node.span.source.text[start : start + 1].isspace():
                start += 1
            context.complain(complaints.which_account(node, start, names))
        return next(iter(keys.values())) if len(keys) == 1 else None
    if node.account.text not in keys:
        context.complain(unknown_name(node.account, names, "account in this test"))
        return None
    return keys[node.account.text]
