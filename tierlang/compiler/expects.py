"""What a test expects of an account: a place, a mark, or that a condition holds."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TypeVar

import attrs

from tierlang.compiler.asking import condition_with_tiers
from tierlang.compiler.complaints import tests as complaints
from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.complaints.views import tier_of_another
from tierlang.compiler.context import Context
from tierlang.compiler.expect_moves import read_move
from tierlang.compiler.scope import Declared
from tierlang.compiler.tier_lists import view_with
from tierlang.compiler.uses import EXCLUSIONS, MARKS, of_ladder
from tierlang.compiler.words import words
from tierlang.program.expressions import Defined, inputs_of
from tierlang.program.nodes import (
    Condition,
    Derive,
    Expect,
    ExpectExcluded,
    ExpectHolds,
    ExpectMark,
    ExpectTier,
)
from tierlang.program.written import Written
from tierlang.syntax import nodes

W = TypeVar("W")


def read_expect(context: Context, node: nodes.Expect, key: str, known: Set[str]) -> Expect | None:
    """One expectation of the account with this key; `known` are the names of everything that a run finds out."""
    match node:
        case nodes.ExpectTier(tier=tier):
            return ExpectTier(key, tier.text, span=node.span) if _is_tier(context, tier) else None
        case nodes.ExpectUntiered():
            return ExpectTier(key, None, span=node.span)
        case nodes.ExpectExcluded(exclusion=name, negated=negated):
            if name is not None and not _declared(context, name, context.scope.exclusions, "exclusion"):
                return None
            return ExpectExcluded(key, None if name is None else name.text, negated, span=node.span)
        case nodes.ExpectMark(mark=name, negated=negated):
            if not _declared(context, name, context.scope.marks, "mark"):
                return None
            return ExpectMark(key, name.text, negated, span=node.span)
        case nodes.ExpectMove():
            return read_move(context, node, key)
        case nodes.ExpectHolds(condition=written):
            move = _move_in_words(context, written)
            if move is not None:
                context.complain(complaints.move_in_words(written.span, move))
                return None
            condition = condition_with_tiers(context, written)
            condition = None if condition is None else _of_a_run(context, condition, written, known)
            return None if condition is None else ExpectHolds(key, condition, span=node.span)


_MOVES = ("moves", "moved", "moving", "movement", "promoted", "demoted")
_STAYS = ("stays", "stay", "stayed", "remains", "unmoved", "unchanged")


def _move_in_words(context: Context, written: nodes.Expression) -> str | None:
    """What is meant by `expect moves`, `expect stays` and `expect no moves`, where nothing is called so."""
    match written:
        case nodes.Ref(name=name) if name.text in (*_MOVES, *_STAYS) and name.text not in context.scope.names:
            return "move" if name.text in _MOVES else "no move"
        case nodes.Events(function="no", event=name, window=None) if name.text in _MOVES:
            return "no move" if name.text not in context.scope.names else None
        case _:
            return None


def _is_tier(context: Context, name: nodes.Name) -> bool:
    first = context.views[0] if context.views else None
    if first is None or name.text not in first.tiers:
        other = view_with(context, name.text)
        if other is not None and first is not None:
            hint = f"of that ladder, expect `{other.word} is {name.text}`"
            context.complain(tier_of_another(name, first, other, hint))
        elif first is not None:
            context.complain(unknown_name(name, first.tiers, "tier"))
        return False
    context.uses.note(name.text, name.span, of_ladder(0))
    return True


def _declared(context: Context, name: nodes.Name, known: Mapping[str, Declared], what: str) -> bool:
    if name.text not in known:
        context.complain(unknown_name(name, known, what))
        return False
    context.uses.note(name.text, name.span, MARKS if what == "mark" else EXCLUSIONS)
    return True


def _of_a_run(context: Context, condition: Condition, written: nodes.Expression, known: Set[str]) -> Condition | None:
    """The condition without names of its own: what reads the account alone stands in it in full, and nothing else may."""
    own = [read for read in inputs_of(condition.test) if isinstance(read, Defined) and read.name not in known]
    if not own:
        return condition
    full = _in_full(condition, context, known)
    for read in inputs_of(full.test):
        if isinstance(read, Defined) and read.name not in known:
            place = read.span or written.span
            context.complain(complaints.not_in_rules(place, words(place)))
            return None
    return full


def _in_full(part: W, context: Context, known: Set[str]) -> W:
    """A part of a condition with every hidden definition of its own in the place of its name."""
    if isinstance(part, Defined) and part.name not in known:
        hidden = context.definitions.get(part.name)
        return _in_full(hidden.value, context, known) if isinstance(hidden, Derive) else part  # type: ignore[return-value]
    if isinstance(part, tuple):
        return tuple(_in_full(each, context, known) for each in part)  # type: ignore[return-value]
    if not isinstance(part, Written):
        return part
    fields: tuple[attrs.Attribute[object], ...] = attrs.fields(type(part))
    values = [_in_full(getattr(part, one.name), context, known) for one in fields if one.name != "span"]
    return type(part)(*values, span=part.span)
