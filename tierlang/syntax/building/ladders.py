"""Makers of ladders, tiers and the lines of a tier."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Related, Severity
from tierlang.syntax import nodes as n
from tierlang.syntax.building.complaints import former_names_first, in_order
from tierlang.syntax.building.context import Line, Making, by_word, registry
from tierlang.syntax.building.declarations import Head, head, once

MAKERS, makes = registry()

_CAPACITY_ORDER = ("seats", "of", "per", "overflow")
_DECIDING = (n.TierRange, n.Top, n.When, n.Otherwise)


@makes
def ladder_by(at: Making, parts: list[Any]) -> Line:
    return Line("by", parts[0], at.span)


@makes
def tiers(at: Making, parts: list[Any]) -> n.Tiers:
    rest = list(parts)
    name = rest.pop(0) if rest and isinstance(rest[0], n.Name) else None
    label = rest.pop(0) if rest and isinstance(rest[0], n.Text) else None
    by = rest.pop(0).value if rest and isinstance(rest[0], Line) else None
    former_names_first(at, rest)
    return n.Tiers(name=name, label=label, by=by, parts=tuple(rest), span=at.span)


@makes
def match(at: Making, parts: list[Any]) -> n.Match:
    return n.Match(policy=parts[0], span=at.span)


@makes
def rank_by(at: Making, parts: list[Any]) -> n.RankBy:
    return n.RankBy(keys=tuple(parts), span=at.span)


@makes
def rank_key(at: Making, parts: list[Any]) -> n.RankKey:
    return n.RankKey(by=parts[0], span=at.span)


@makes
def rank_key_ascending(at: Making, parts: list[Any]) -> n.RankKey:
    return n.RankKey(by=parts[0], ascending=True, span=at.span)


@makes
def rest_untiered(at: Making, parts: list[Any]) -> n.RestUntiered:
    return n.RestUntiered(span=at.span)


@makes
def tier(at: Making, parts: list[Any]) -> n.Tier:
    start = head(parts)
    lines = _plays_with_conditions(at, start.rest)
    former_names_first(at, lines)
    _check_order(at, lines)
    return n.Tier(name=start.name, label=start.label, parts=tuple(lines), span=at.span)


def _plays_with_conditions(at: Making, lines: list[n.TierPart]) -> list[n.TierPart]:
    """The lines, with a `when` right after a play (`play success "x" when customer`) read as the play's own, which it cannot be there."""
    found: list[n.TierPart] = []
    for line in lines:
        last = found[-1] if found else None
        if (
            isinstance(line, n.When)
            and isinstance(last, n.Play)
            and "\n" not in at.source.text[last.span.end : line.span.start]
        ):
            at.complain(_played_when(last, line))
            found[-1] = attrs.evolve(last, parts=(*last.parts, line), span=last.span.to(line.span))
        else:
            found.append(line)
    return found


def _played_when(play: n.Play, when: n.When) -> Diagnostic:
    """The condition of a play belongs in its block."""
    written = f"{{ {when.span.text} }}"
    plain = not play.parts and play.span.end == play.label.span.end
    return Diagnostic(
        "line-order",
        Severity.ERROR,
        when.span,
        "the condition of a play stands in its block",
        (f"write `play {play.function.text} {play.label.span.text} {written}`",) if plain else (),
        fixes=(Fix("put it into a block", (Edit(when.span, written),), certain=True),) if plain else (),
    )


def _check_order(at: Making, lines: list[n.TierPart]) -> None:
    """The lines that decide who enters stand first, so that a `when` after a play cannot be taken for the play's."""
    last: n.TierPart | None = None
    for line in lines:
        if not isinstance(line, _DECIDING):
            last = last if isinstance(line, n.Was) else line
        elif last is not None:
            word = line.span.text.split(None, 1)[0]
            at.complain(
                Diagnostic(
                    "line-order",
                    Severity.ERROR,
                    line.span,
                    f"`{word}` decides who enters the tier, so it stands before the tier's other lines",
                    ("in a tier, `range`, `top`, `when` and `otherwise` stand first",),
                    (Related(last.span, "this line should come after it"),),
                )
            )


@makes
def tier_range(at: Making, parts: list[Any]) -> n.TierRange:
    return n.TierRange(range=parts[0], span=at.span)


@makes
def tier_range_over(at: Making, parts: list[Any]) -> n.TierRange:
    return _over(at, parts, high_open=False)


@makes
def tier_range_over_below(at: Making, parts: list[Any]) -> n.TierRange:
    return _over(at, parts, high_open=True)


def _over(at: Making, parts: list[Any], *, high_open: bool) -> n.TierRange:
    high = parts[-1] if len(parts) > 1 else None
    place = at.source.span(parts[0].span.start, at.span.end)
    both = n.Range(low=parts[0], high=high, low_open=True, high_open=high_open, span=place)
    return n.TierRange(range=both, span=at.span)


@makes
def top(at: Making, parts: list[Any]) -> n.Top:
    options = by_word(parts[1:])
    return n.Top(amount=parts[0], by=options.get("by"), per=options.get("per"), span=at.span)


@makes
def when(at: Making, parts: list[Any]) -> n.When:
    return n.When(condition=parts[0], span=at.span)


@makes
def keep(at: Making, parts: list[Any]) -> n.Keep:
    return n.Keep(condition=parts[0], span=at.span)


@makes
def otherwise(at: Making, parts: list[Any]) -> n.Otherwise:
    return n.Otherwise(span=at.span)


@makes
def of(at: Making, parts: list[Any]) -> Line:
    return Line("of", parts[0], at.span)


@makes
def seats(at: Making, parts: list[Any]) -> Line:
    return Line("seats", (parts[0] if len(parts) > 1 else None, parts[-1]), at.span)


@makes
def capacity(at: Making, parts: list[Any]) -> n.Capacity:
    options = by_word(parts)
    minimum, most = options["seats"]
    for first, second in pairwise(parts):
        if _CAPACITY_ORDER.index(first.word) > _CAPACITY_ORDER.index(second.word):
            in_order(at, first.span, second.span)
    return n.Capacity(
        seats=most,
        minimum=minimum,
        of=options.get("of"),
        per=options.get("per"),
        overflow=options.get("overflow"),
        span=at.span,
    )


@makes
def overflow_down(at: Making, parts: list[Any]) -> Line:
    return Line("overflow", n.Overflow(where="down", span=at.span), at.span)


@makes
def overflow_out(at: Making, parts: list[Any]) -> Line:
    return Line("overflow", n.Overflow(where="out", span=at.span), at.span)


@makes
def overflow_to(at: Making, parts: list[Any]) -> Line:
    return Line("overflow", n.Overflow(where="to", to=parts[0], span=at.span), at.span)


@makes
def coverage(at: Making, parts: list[Any]) -> n.Coverage:
    return n.Coverage(fields=tuple(parts), span=at.span)


@makes
def cluster(at: Making, parts: list[Any]) -> n.Cluster:
    return n.Cluster(by=parts[0], rows=tuple(parts[1:]), span=at.span)


@makes
def cluster_head(at: Making, parts: list[Any]) -> Head:
    return head(parts)


@makes
def cluster_row(at: Making, parts: list[Any]) -> n.ClusterRow:
    return n.ClusterRow(name=parts[0].name, label=parts[0].label, values=tuple(parts[1:]), span=at.span)


@makes
def cluster_otherwise(at: Making, parts: list[Any]) -> n.ClusterRow:
    return n.ClusterRow(name=parts[0].name, label=parts[0].label, otherwise=True, span=at.span)


@makes
def tier_owner(at: Making, parts: list[Any]) -> n.TierOwner:
    return n.TierOwner(function=parts[0], owner=parts[1], span=at.span)


@makes
def tier_owner_from(at: Making, parts: list[Any]) -> n.TierOwner:
    return n.TierOwner(function=parts[0], owner=parts[1], from_field=True, span=at.span)


@makes
def play(at: Making, parts: list[Any]) -> n.Play:
    once(at, [Line("when", one, one.span) if isinstance(one, n.When) else one for one in parts[2:]])
    lines = tuple(
        one if isinstance(one, n.When) else n.PlayPart(option=one.word, value=one.value, span=one.span)
        for one in parts[2:]
    )
    return n.Play(function=parts[0], label=parts[1], parts=lines, span=at.span)


@makes
def channel(at: Making, parts: list[Any]) -> Line:
    return Line("channel", parts[0], at.span)


@makes
def respond_within(at: Making, parts: list[Any]) -> Line:
    return Line("respond within", parts[0], at.span)


@makes
def budget(at: Making, parts: list[Any]) -> Line:
    return Line("budget", parts[0], at.span)


@makes
def exit(at: Making, parts: list[Any]) -> n.Exit:
    return n.Exit(text=parts[0], span=at.span)


# --- adjustments ----------------------------------------------------------------------------------------------------------------------


def _shift(at: Making, direction: Literal["raise", "lower"], parts: list[Any]) -> n.Shift:
    label = parts[1] if len(parts) > 2 else None
    return n.Shift(direction=direction, steps=parts[0], label=label, when=parts[-1], span=at.span)


@makes
def raise_(at: Making, parts: list[Any]) -> n.Shift:
    return _shift(at, "raise", parts)


@makes
def lower_(at: Making, parts: list[Any]) -> n.Shift:
    return _shift(at, "lower", parts)


def _bound(at: Making, which: Literal["floor", "cap"], parts: list[Any]) -> n.Bound:
    label = parts[1] if len(parts) > 2 else None
    return n.Bound(which=which, tier=parts[0], label=label, when=parts[-1], span=at.span)


@makes
def floor(at: Making, parts: list[Any]) -> n.Bound:
    return _bound(at, "floor", parts)


@makes
def cap(at: Making, parts: list[Any]) -> n.Bound:
    return _bound(at, "cap", parts)
