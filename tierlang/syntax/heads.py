"""The words that lines and declarations begin with, and where each belongs."""

from __future__ import annotations

_INSIDE = {
    "a `ruleset` block": ("version", "reviewed", "review", "limits"),
    "the `account` block or an `event` block": ("key", "field", "derive"),
    "an `event` or `signal` block": ("at",),
    "a `lookup` block": ("give",),
    "a `score` block": ("weigh", "weights", "points", "best", "round"),
    "a `tiers` block": ("tier", "rank", "rest", "raise", "lower", "cap", "floor"),
    "a `tiers` or `lookup` block": ("match",),
    "a `tier` block": ("top", "keep", "coverage", "cluster", "play", "exit"),
    "a `tiers` or `tier` block": ("capacity",),
    "a `score` or `tier` block": ("range",),
    "an `owner` block": ("email", "team"),
    "the block of a `play`": ("channel", "respond", "budget"),
    "a `score` or `signal` block": ("value",),
    "a `mobility` block": ("breaker", "freeze", "hold", "promote", "demote", "retired", "merged"),
    "a `mobility` block or one of its triggers": ("cooldown",),
    "a trigger (`promote`, `demote`)": ("up", "down", "approve"),
    "a `tier`, `tiers` or `score` block or a trigger": ("was",),
    "a `test` block": ("as", "given", "expect"),
    "a file outside of every block": (
        "ruleset",
        "use",
        "let",
        "account",
        "event",
        "signal",
        "list",
        "lookup",
        "score",
        "exclude",
        "mark",
        "tiers",
        "pin",
        "pins",
        "mobility",
        "test",
    ),
}
WHERE = {word: where for where, words in _INSIDE.items() for word in words}
"""The place of each first word that belongs in one place, in plain words."""

HEADS = frozenset((*WHERE, "owner", "when", "otherwise", "missing"))
"""Every word that a line or a declaration begins with."""
