"""Figures of which nothing is known."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.analysis.abstract import widest
from tierlang.analysis.histories.figures import Figure
from tierlang.analysis.keys import Key, Span
from tierlang.program.nodes import EventPoints
from tierlang.program.numbers import LIMIT
from tierlang.program.values import Kind


class Everything:
    """Any value of the figure's kind, or none; `unfold` says which keys that is."""

    def __repr__(self) -> str:
        return "ALL"


ALL = Everything()


def anything(fact: Figure) -> Key:
    """All that a figure can be, missing or not: flags stay open, whoever reads the key tells them apart."""
    if isinstance(fact, EventPoints):
        end = fact.up_to if fact.up_to is not None else LIMIT - 1 if fact.points > 0 else 1 - LIMIT
        return Span(min(0, end), max(0, end))
    if fact.function in ("count", "distinct"):
        return Span(0, LIMIT - 1)
    return Span(1 - LIMIT, LIMIT - 1) if fact.function == "sum" else ALL


def unfold(key: Key, kind: Kind) -> Sequence[Key]:
    """The keys that one figure's key stands for."""
    return widest(kind) if key is ALL else (key,)
