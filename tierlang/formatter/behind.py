"""Comments behind words: those of neighbouring lines stand under each other."""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.formatter.printing import WIDTH, Line
from tierlang.formatter.words import width_of

_APART = 2


def aligned(lines: list[Line]) -> Iterator[str]:
    """The lines as text."""
    columns: dict[int, int] = {}
    for run in _runs(lines):
        for piece in filter(None, _pieces(run)):
            column = max(line.end for _, line in piece) + _APART
            columns.update((number, column) for number, _ in piece)
    for number, line in enumerate(lines):
        text = " " * line.indent + line.text
        if line.comment:
            text += " " * (columns[number] - line.end) + line.comment
        yield text.rstrip()


def _runs(lines: list[Line]) -> Iterator[list[tuple[int, Line]]]:
    """The lines with comments of each stretch of lines of one block without a blank line; a brace that closes ends the stretch."""
    run: list[tuple[int, Line]] = []
    block: int | None = None
    for number, line in enumerate(lines):
        closes = line.text.startswith("}")
        if line.block != block or not line.text or closes:
            yield run
            run = []
        block = line.block
        if line.comment:
            run.append((number, line))
        if closes:
            yield run
            run = []
    yield run


def _pieces(run: list[tuple[int, Line]]) -> Iterator[list[tuple[int, Line]]]:
    """A run in pieces, where one column for all would push a comment over the edge that fits by itself."""
    piece: list[tuple[int, Line]] = []
    column, farthest = 0, WIDTH
    for number, line in run:
        own, limit = line.end + _APART, _farthest(line)
        if max(column, own) > min(farthest, limit):
            yield piece
            piece, column, farthest = [], 0, max(own, WIDTH)
        piece.append((number, line))
        column, farthest = max(column, own), min(farthest, limit)
    yield piece


def _farthest(line: Line) -> int:
    """How far right the comment of a line may begin; one that is too long in any case does not mind."""
    limit = WIDTH - width_of(line.comment)
    return limit if line.end + _APART <= limit else max(WIDTH, line.end + _APART)
