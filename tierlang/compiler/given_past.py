"""What a test's account holds, and what the ledger observed of its scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tierlang.compiler import constants
from tierlang.compiler.comparisons import percent_fits
from tierlang.compiler.complaints import kinds
from tierlang.compiler.complaints import tests_past as complaints
from tierlang.compiler.complaints.names import unknown_name, wrong_sort
from tierlang.compiler.context import Context
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.scope import Sort
from tierlang.compiler.tier_lists import first_tier_named
from tierlang.compiler.words import words
from tierlang.program.expressions import Defined
from tierlang.program.nodes import GivenHolding, GivenScore, Score
from tierlang.program.values import Kind
from tierlang.syntax import nodes


def read_holding(context: Context, parts: Sequence[nodes.GivenPart], as_of: dt.date | None) -> GivenHolding | None:
    """The tier that the account holds, if the test gives one."""
    node = only(context, parts_of_sort(parts, nodes.GivenTier), "what the account holds")
    if node is None:
        return None
    since = node.since.value
    until = None if node.settled_until is None else node.settled_until.value
    if as_of is not None and since > as_of:
        context.complain(complaints.held_later(node.since.span, since, as_of))
    if until is not None and node.settled_until is not None and until < since:
        context.complain(complaints.settled_before(node.settled_until.span, until, since))
    tier = (
        None if node.tier is None else first_tier_named(context, node.tier, "accounts hold tiers of the first ladder")
    )
    return GivenHolding(tier, since, until, span=node.span)


def read_scores(context: Context, parts: Sequence[nodes.GivenPart], as_of: dt.date | None) -> tuple[GivenScore, ...]:
    """The observations of scores; they count only for accounts that the ledger knows."""
    first: dict[tuple[str, dt.date], nodes.Name] = {}
    made: list[GivenScore] = []
    written = parts_of_sort(parts, nodes.GivenScore)
    if written and not parts_of_sort(parts, nodes.GivenTier):
        context.complain(complaints.observed_of_nobody(written[0].span))
    for node in written:
        day = node.at.value
        name = first.setdefault((node.score.text, day), node.score)
        if name is not node.score:
            context.complain(complaints.observed_twice(node.score, day, name.span))
        if as_of is not None and day > as_of:
            context.complain(complaints.observed_later(node.at.span, day, as_of))
        score = _score(context, node)
        if score is not None:
            made.append(score)
    return tuple(made)


def _score(context: Context, node: nodes.GivenScore) -> GivenScore | None:
    name = node.score
    declared = context.scope.get(name.text)
    known = context.scope.of(Sort.SCORE)
    if declared is None:
        context.complain(unknown_name(name, known, "score"))
        return None
    if declared.sort is not Sort.SCORE:
        hints = []
        if declared.sort is Sort.SIGNAL:
            hints = [f"a signal is observed as `signal {name.text} {node.at.value.isoformat()} = …`"]
        context.complain(wrong_sort(name, declared.sort.value, "a score", known, *hints))
        return None
    context.uses.note(name.text, name.span)
    if node.value is None:
        return GivenScore(name.text, node.at.value, None, span=node.span)
    value = constants.constant(context, node.value, "a value of a test")
    if value is None:
        return None
    if not value.kind.is_numeric:
        shown = words(node.value.span)
        context.complain(kinds.wrong_kind(node.value.span, shown, value.kind, f"`{name.text}`", "a number"))
        return None
    score = context.definitions.get(name.text)
    if isinstance(score, Score) and not percent_fits(context, Defined(name.text, Kind.NUMBER), node.value):
        return None
    assert isinstance(value.value, int)
    return GivenScore(name.text, node.at.value, value.value, span=node.span)
