"""All rules, by their rooms, in the order of their names."""

from __future__ import annotations

from types import ModuleType

from tierlang.lint.rule import Rule

_ROOMS: tuple[ModuleType, ...] = ()
"""One module per rule: its name with underscores is the rule's, its docstring the page; it has `SEVERITY`, `check`, and `ASKS_ACCOUNTS` where that is true."""


def rule_of(room: ModuleType) -> Rule:
    """The rule that a room holds."""
    name = room.__name__.rpartition(".")[2].replace("_", "-")
    return Rule(name, room.SEVERITY, room.__doc__ or "", room.check, getattr(room, "ASKS_ACCOUNTS", False))


RULES: tuple[Rule, ...] = tuple(rule_of(room) for room in _ROOMS)
