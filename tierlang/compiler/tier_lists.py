"""`tier is one or two`: read as `(tier is one) or two`, and put together where names are known."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import attrs

from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.complaints.views import tier_of_another, two_tiers_at_once, unclear_tiers
from tierlang.compiler.context import Context
from tierlang.compiler.scope import Sort
from tierlang.compiler.uses import of_ladder
from tierlang.compiler.views import View
from tierlang.compiler.words import words
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.syntax import nodes


def view_of(context: Context, subject: nodes.Name) -> View | None:
    """The ladder that a question for tiers is about, if there is one."""
    if subject.text == "tier":
        return context.views[0] if context.views else None
    declared = context.scope.get(subject.text)
    if declared is None or declared.sort is not Sort.LADDER:
        return None
    return next((view for view in context.views if view.node is declared.node), None)


def view_with(context: Context, tier: str) -> View | None:
    """The first ladder that has a tier of this name."""
    return next((view for view in context.views if tier in view.tiers), None)


def first_tier_named(context: Context, name: nodes.Name, why: str) -> str | None:
    """The tier of the first ladder of this name, noted as read; complains if there is none. `why` says that the first ladder is meant."""
    first = context.views[0] if context.views else None
    if first is None:
        return None
    if name.text not in first.tiers:
        other = view_with(context, name.text)
        if other is None:
            context.complain(unknown_name(name, first.tiers, "tier"))
        else:
            context.complain(tier_of_another(name, first, other, why))
        return None
    context.uses.note(name.text, name.span, of_ladder(0))
    return name.text


def joined(context: Context, written: Sequence[nodes.Expression]) -> tuple[list[nodes.Expression], list[Diagnostic]]:
    """The parts of an `or`, each question for tiers with all the names that belong to it; and what is unclear about them."""
    parts = _flat(written)
    found: list[Diagnostic] = []
    made: list[nodes.Expression] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        at += 1
        asked = _asked_last(part)
        clear = asked is part and (not asked.negated or view_of(context, asked.subject) is None)
        refs: list[nodes.Ref] = []
        rest: tuple[nodes.Expression, ...] = ()
        while asked is not None and not rest and at < len(parts):
            ref, rest_of_it = _leading(parts[at])
            if ref is None or not _belongs(context, asked, ref.name, alone=not rest_of_it):
                break
            if (rest_of_it or not clear) and _parted(refs[-1] if refs else asked, ref):
                break
            refs.append(ref)
            rest = rest_of_it
            at += 1
        if asked is not None and refs and clear and not rest:
            span = asked.span.to(refs[-1].span)
            made.append(attrs.evolve(asked, tiers=(*asked.tiers, *(ref.name for ref in refs)), span=span))
            continue
        if asked is not None and refs:
            found.append(unclear_tiers(asked, refs[-1] if clear else refs[0], refs[-1]))
        made += [part, *rest]
    return made, found


def _flat(written: Sequence[nodes.Expression]) -> list[nodes.Expression]:
    """The parts with those of inner `or`s in their places: parentheses within an `or` mean nothing."""
    return [inner for part in written for inner in (_flat(part.parts) if isinstance(part, nodes.Or) else [part])]


def _asked_last(part: nodes.Expression) -> nodes.TierIs | None:
    """The question for tiers that stands directly before the next `or`."""
    match part:
        case nodes.TierIs():
            return part
        case nodes.And(parts=parts):
            return _asked_last(parts[-1])
        case nodes.Not(operand=operand):
            return _asked_last(operand)
        case _:
            return None


def _leading(part: nodes.Expression) -> tuple[nodes.Ref | None, tuple[nodes.Expression, ...]]:
    """The bare name that stands directly behind an `or`, and what is joined to it by `and`."""
    match part:
        case nodes.Ref():
            return part, ()
        case nodes.And(parts=(nodes.Ref() as first, *rest)):
            return first, tuple(rest)
        case _:
            return None, ()


def _parted(before: nodes.Node, after: nodes.Node) -> bool:
    """Whether parentheses already say that what stands behind an `or` is asked apart."""
    between = words(before.span.source.span(before.span.end, after.span.start))
    return "(" in between or ")" in between


def _belongs(context: Context, asked: nodes.TierIs, name: nodes.Name, *, alone: bool) -> bool:
    """Whether a name behind a question is one of its tiers: it is called like one, or it is called like nothing."""
    view = view_of(context, asked.subject)
    if view is not None and name.text in view.tiers:
        return True
    return alone and context.scope.get(name.text) is None


def tiers_joined_by_and(context: Context, written: Sequence[nodes.Expression]) -> list[Diagnostic]:
    """A complaint for each `tier is one and two`."""
    found: list[Diagnostic] = []
    for asked, following in itertools.pairwise(written):
        if isinstance(asked, nodes.TierIs) and isinstance(following, nodes.Ref):
            view = view_of(context, asked.subject)
            if (
                view is not None
                and following.name.text in view.tiers
                and context.scope.get(following.name.text) is None
            ):
                found.append(two_tiers_at_once(asked, following))
    return found
