"""`expect move funded to one`, `expect no move`."""

from __future__ import annotations

from tierlang.compiler.complaints import tests_past as complaints
from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.complaints.tests import two_places
from tierlang.compiler.context import Context
from tierlang.compiler.tier_lists import first_tier_named
from tierlang.compiler.uses import TRIGGERS
from tierlang.program.nodes import ExpectMove, GivenAccount
from tierlang.syntax import nodes


def read_move(context: Context, node: nodes.ExpectMove, key: str) -> ExpectMove | None:
    """A move that is expected of the account with this key."""
    fine = node.trigger is None or _is_trigger(context, node.trigger)
    to = None if node.to is None else first_tier_named(context, node.to, "accounts move on the first ladder")
    if not fine or (node.to is not None and to is None):
        return None
    trigger = None if node.trigger is None else node.trigger.text
    return ExpectMove(key, to, node.out, trigger, node.negated, span=node.span)


def _is_trigger(context: Context, name: nodes.Name) -> bool:
    if name.text in context.scope.triggers:
        context.uses.note(name.text, name.span, TRIGGERS)
        return True
    context.complain(unknown_name(name, context.scope.triggers, "trigger"))
    return False


def check_move(
    context: Context, expect: ExpectMove, account: GivenAccount | None, moves: dict[str, ExpectMove]
) -> None:
    """Complain about a move of an account that holds nothing, and about one that is expected again, or denied; `moves` are those expected before."""
    assert expect.span is not None
    if account is not None and account.holding is None:
        context.complain(complaints.nothing_held(expect.span, account.name, negated=expect.negated))
    first = moves.setdefault(expect.key, expect)
    if first is expect or first.span is None:
        return
    if first == expect:
        context.complain(two_places(expect.span, first.span, same=True))
    elif first.negated != expect.negated:
        context.complain(complaints.two_moves(expect.span, first.span))
