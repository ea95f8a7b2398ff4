"""A tree as blocks of statements: what stands on lines of its own."""

from __future__ import annotations

import attrs

from tierlang.formatter.remarks import Remarks
from tierlang.formatter.tree import Part, Tree, own, walk

_ATTACHED = ("row_label", "pin_rest", "given_settled")
"""Parts that go on with the line of the part before them."""


@attrs.frozen(eq=False, repr=False, slots=False)
class Statement:
    """What stands on a line of its own, unless it is too long for one; `blocks` are the outermost in it."""

    parts: tuple[Part, ...]
    first: int
    last: int
    blocks: tuple[Block, ...]

    @property
    def part(self) -> Part:
        """The part that says what kind of statement it is."""
        return self.parts[0]


@attrs.frozen(eq=False, repr=False, slots=False)
class Block:
    """The statements between two braces, or of a whole file; `tall` if they must stand on lines of their own.

    The writer decides that by writing them over several lines, and so does every comment in them.
    """

    part: Part
    open: int
    close: int
    statements: tuple[Statement, ...]
    tall: bool


def whole(tree: Tree, remarks: Remarks) -> Block:
    """The file as a block, from before its first token to its end."""
    end = len(tree.tokens) - 1
    return Block(tree.file, -1, end, _statements(tree, remarks, tree.file.parts), True)


def _statements(tree: Tree, remarks: Remarks, parts: tuple[Part, ...]) -> tuple[Statement, ...]:
    lines: list[list[Part]] = []
    for part in parts:
        if part.maker in _ATTACHED:
            lines[-1].append(part)
        else:
            lines.append([part])
    return tuple(_statement(tree, remarks, tuple(line)) for line in lines)


def _statement(tree: Tree, remarks: Remarks, parts: tuple[Part, ...]) -> Statement:
    blocks: list[Block] = []
    closed = -1
    for part in walk(parts):
        if part.first > closed and (braces := _braces(tree, part)):
            blocks.append(_block(tree, remarks, part, *braces))
            closed = braces[1]
    return Statement(parts, parts[0].first, parts[-1].last, tuple(blocks))


def _braces(tree: Tree, part: Part) -> tuple[int, int] | None:
    """The braces of a part's own, if it has a block."""
    if tree.kind(part.last) != "RBRACE":
        return None
    mine = [at for at in own(part) if tree.kind(at) in ("LBRACE", "RBRACE")]
    return (mine[0], mine[-1]) if mine else None


def _block(tree: Tree, remarks: Remarks, part: Part, opening: int, closing: int) -> Block:
    inside = tuple(one for one in part.parts if one.first > opening)
    written = "\n" in tree.between(opening, closing) and closing > opening + 1
    tall = written or any(at in remarks for at in range(opening + 1, closing + 1))
    return Block(part, opening, closing, _statements(tree, remarks, inside), tall)
