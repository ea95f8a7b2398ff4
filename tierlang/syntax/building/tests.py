"""Makers of test blocks and of `allow`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Severity
from tierlang.source import Span
from tierlang.syntax import nodes as n
from tierlang.syntax.building.context import Line, Making, by_word, registry
from tierlang.syntax.building.declarations import several
from tierlang.syntax.building.expressions import NEVER_NAMES

MAKERS, makes = registry()


@makes
def allow(at: Making, parts: list[Any]) -> n.Allow:
    word = parts[0]
    rule = word.text.removeprefix("allow").lstrip()
    name = n.Name(text=rule, span=at.source.span(word.end - len(rule), word.end))
    return n.Allow(rule=name, because=parts[1] if len(parts) > 1 else None, over=at.span, span=at.span)


def allowing(parts: Iterable[Any], over: Span) -> list[n.Allow]:
    """What is allowed by lines among the parts of a block, which is the place where it is."""
    return [attrs.evolve(part, over=over) for part in parts if isinstance(part, n.Allow)]


# --- tests ----------------------------------------------------------------------------------------------------------------------------


@makes
def test(at: Making, parts: list[Any]) -> n.Test:
    lines = parts[1:]
    return n.Test(
        label=parts[0],
        as_of=several([one for one in lines if isinstance(one, Line)], "as of"),
        given=tuple(one for one in lines if isinstance(one, n.Given)),
        expects=tuple(one for one in lines if not isinstance(one, Line | n.Given)),
        span=at.span,
    )


@makes
def as_of(at: Making, parts: list[Any]) -> Line:
    return Line("as of", parts[1], at.span)


@makes
def given(at: Making, parts: list[Any]) -> n.Given:
    return n.Given(parts=_given_parts(parts), span=at.span)


@makes
def given_account(at: Making, parts: list[Any]) -> n.Given:
    return n.Given(account=parts[0], parts=_given_parts(parts[1:]), span=at.span)


def _given_parts(parts: list[Any]) -> tuple[n.GivenPart, ...]:
    """The lines of what is given; `settled until` belongs to the tier before it."""
    found: list[n.GivenPart] = []
    for part in parts:
        held = found[-1] if found else None
        if isinstance(part, Line) and isinstance(held, n.GivenTier):
            found[-1] = attrs.evolve(held, settled_until=part.value, span=held.span.to(part.span))
        else:
            found.append(part)
    return tuple(found)


@makes
def given_value(at: Making, parts: list[Any]) -> n.GivenValue:
    value = parts[1]
    if isinstance(value, n.Ref) and value.name.text in NEVER_NAMES:
        fix = Fix("write `missing`", (Edit(value.span, "missing"),), certain=True)
        words = f"`{value.name.text}` is written `missing`"
        at.complain(Diagnostic("unexpected-text", Severity.ERROR, value.span, words, fixes=(fix,)))
        return n.GivenValue(field=parts[0], value=None, span=at.span)
    return n.GivenValue(field=parts[0], value=value, span=at.span)


@makes
def given_missing(at: Making, parts: list[Any]) -> None:
    return None


@makes
def given_event(at: Making, parts: list[Any]) -> n.GivenEvent:
    return n.GivenEvent(event=parts[0], at=parts[1], values=tuple(parts[2:]), span=at.span)


@makes
def given_observation(at: Making, parts: list[Any]) -> n.GivenObservation:
    return n.GivenObservation(signal=parts[0], at=parts[1], value=parts[2], span=at.span)


@makes
def given_score(at: Making, parts: list[Any]) -> n.GivenScore:
    return n.GivenScore(score=parts[0], at=parts[1], value=parts[2], span=at.span)


@makes
def given_tier(at: Making, parts: list[Any]) -> n.GivenTier:
    return n.GivenTier(tier=parts[0] if len(parts) > 1 else None, since=parts[-1], span=at.span)


@makes
def given_settled(at: Making, parts: list[Any]) -> Line:
    return Line("settled until", parts[0], at.span)


@makes
def given_review(at: Making, parts: list[Any]) -> n.GivenReview:
    return n.GivenReview(span=at.span)


def _names(parts: list[Any]) -> list[n.Name]:
    """The names of a line, without the words that stand between them."""
    return [part for part in parts if isinstance(part, n.Name)]


def _account(names: list[n.Name]) -> n.Name | None:
    """The account before the other name of a line, if one is named."""
    return names[0] if len(names) > 1 else None


@makes
def expect_tier(at: Making, parts: list[Any]) -> n.ExpectTier:
    return n.ExpectTier(account=_account(parts), tier=parts[-1], span=at.span)


@makes
def expect_untiered(at: Making, parts: list[Any]) -> n.ExpectUntiered:
    return n.ExpectUntiered(account=parts[0] if parts else None, span=at.span)


@makes
def expect_excluded(at: Making, parts: list[Any]) -> n.ExpectExcluded:
    return n.ExpectExcluded(exclusion=parts[0] if parts else None, span=at.span)


@makes
def expect_excluded_account(at: Making, parts: list[Any]) -> n.ExpectExcluded:
    return n.ExpectExcluded(account=parts[0], exclusion=parts[1] if len(parts) > 1 else None, span=at.span)


@makes
def expect_not_excluded(at: Making, parts: list[Any]) -> n.ExpectExcluded:
    names = _names(parts)
    return n.ExpectExcluded(account=names[0] if names else None, negated=True, span=at.span)


@makes
def expect_mark(at: Making, parts: list[Any]) -> n.ExpectMark:
    names = _names(parts)
    return n.ExpectMark(account=_account(names), mark=names[-1], span=at.span)


@makes
def expect_no_mark(at: Making, parts: list[Any]) -> n.ExpectMark:
    names = _names(parts)
    return n.ExpectMark(account=_account(names), mark=names[-1], negated=True, span=at.span)


@makes
def expect_holds(at: Making, parts: list[Any]) -> n.ExpectHolds:
    return n.ExpectHolds(condition=parts[0], span=at.span)


@makes
def expect_has(at: Making, parts: list[Any]) -> n.ExpectHolds:
    return n.ExpectHolds(account=parts[0], condition=parts[1], span=at.span)


# --- moves ----------------------------------------------------------------------------------------------------------------------------


@makes
def move_to(at: Making, parts: list[Any]) -> Line:
    return Line("to", parts[-1], at.span)


@makes
def move_out(at: Making, parts: list[Any]) -> Line:
    return Line("out", True, at.span)


@makes
def move(at: Making, parts: list[Any]) -> dict[str, Any]:
    names = [Line("trigger", name, name.span) for name in _names(parts)]
    return by_word([*names, *(part for part in parts if isinstance(part, Line))])


@makes
def expect_move(at: Making, parts: list[Any]) -> n.ExpectMove:
    said = parts[-1]
    account = parts[0] if len(parts) > 1 else None
    return n.ExpectMove(
        account=account, trigger=said.get("trigger"), to=said.get("to"), out=said.get("out", False), span=at.span
    )


@makes
def expect_no_move(at: Making, parts: list[Any]) -> n.ExpectMove:
    return n.ExpectMove(account=parts[0] if parts else None, negated=True, span=at.span)
