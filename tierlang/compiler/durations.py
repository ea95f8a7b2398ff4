"""Durations in windows, periods and validities: whole days and longer, at least one."""

from __future__ import annotations

from tierlang.compiler.complaints import facts as complaints
from tierlang.compiler.complaints.kinds import hours
from tierlang.compiler.context import Context
from tierlang.compiler.words import words
from tierlang.program.calendar import Duration
from tierlang.syntax import nodes


def duration_of(context: Context, node: nodes.Duration, word: str) -> Duration | None:
    """The duration behind `word` (`within`, `for`, `lasts`, `every`, `cooldown`); complains about hours and about none at all."""
    if node.unit == "hour":
        context.complain(hours(node.span, words(node.span)))
        return None
    if node.count == 0:
        context.complain(complaints.no_time(node.span, word, node.unit))
        return None
    return Duration(node.count, node.unit)
