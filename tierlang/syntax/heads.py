"""The words that lines and declarations begin with, and where each belongs."""

from __future__ import annotations

_INSIDE = {
    "a `ruleset` block": ("version", "reviewed", "review", "limits"),
    "the `account` block": ("key", "field", "derive"),
    "a `score` block": ("weigh", "points", "best", "value", "round"),
    "a `tiers` block": ("tier", "match", "rank", "rest"),
    "a `tier` block": ("top", "capacity", "coverage", "cluster", "play", "exit"),
    "a `score` or `tier` block": ("range",),
    "an `owner` block": ("email", "team"),
    "the block of a `play`": ("channel", "respond", "budget"),
    "a file outside of every block": (
        "ruleset",
        "use",
        "let",
        "account",
        "list",
        "score",
        "exclude",
        "tiers",
        "pin",
        "pins",
    ),
}
WHERE = {word: where for where, words in _INSIDE.items() for word in words}
"""The place of each first word that belongs in one place, in plain words."""

HEADS = frozenset((*WHERE, "owner", "when", "otherwise", "missing"))
"""Every word that a line or a declaration begins with."""
