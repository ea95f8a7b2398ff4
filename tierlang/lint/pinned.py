"""The pins that stand in the rule files themselves."""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.lint.review import place
from tierlang.program.nodes import Pin, Program
from tierlang.source import Span


def in_rules(program: Program) -> Iterator[tuple[Pin, Span]]:
    """Those written as `pin … to …`, and where; those of a `pins from` file belong to whoever keeps the file."""
    for pin in program.pins:
        span = place(pin, program)
        if not from_file(span):
            yield pin, span


def of_files(program: Program) -> Iterator[tuple[Span, list[Pin]]]:
    """The `pins from` lines with their pins."""
    found: dict[tuple[str, int], tuple[Span, list[Pin]]] = {}
    for pin in program.pins:
        span = place(pin, program)
        if from_file(span):
            found.setdefault((span.source.path, span.start), (span, []))[1].append(pin)
    yield from found.values()


def from_file(span: Span) -> bool:
    """Whether it is a `pins from` line."""
    return span.text.startswith("pins")
