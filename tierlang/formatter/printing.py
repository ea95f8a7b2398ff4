"""One statement as lines: on a single one if it fits, else broken at its groups, the outer ones first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from tierlang.formatter.breaks import Group, groups
from tierlang.formatter.remarks import Remark, Remarks
from tierlang.formatter.statements import Block, Statement
from tierlang.formatter.tree import Tree
from tierlang.formatter.words import Words, width_of

WIDTH = 120
STEP = 2
_CLOSING = ("RSQB", "RPAR")
_FARTHEST = 64
"""Lines hang under a place further right than this only if they fit there."""


@attrs.define(eq=False, repr=False)
class Line:
    """One line of the result: how far it is indented, its words, the comment behind them, and the block in which it stands."""

    indent: int
    text: str = ""
    comment: str = ""
    block: int | None = None

    @property
    def end(self) -> int:
        """The column after the last word."""
        return self.indent + width_of(self.text)


@attrs.frozen(eq=False, repr=False, slots=False)
class Paper:
    """What every statement is written with: the file, its words and comments, and what writes a block on lines of its own."""

    tree: Tree
    words: Words
    remarks: Remarks
    body: Callable[[Block, int], list[Line]]


def head_remark(remarks: Remarks, block: Block) -> Remark | None:
    """The comment behind the opening brace of a block."""
    first = remarks.get(block.open + 1, [])[:1]
    return first[0] if first and first[0].trailing and block.open >= 0 else None


@attrs.define(eq=False, repr=False)
class _Open:
    """A group that has begun: whether it is broken, and where its new lines begin."""

    group: Group
    broken: bool
    indent: int


@attrs.frozen(eq=False, repr=False, slots=False)
class _Break:
    """A place where a line may be broken: its group, whether it is if the group is, and the last token before the group's next one."""

    group: Group
    is_needed: bool
    end: int


class Printing:
    """The writing of one statement that does not fit on a line, or may not stand on one."""

    def __init__(self, paper: Paper, statement: Statement, indent: int, pads: Mapping[int, int]) -> None:
        self._paper = paper
        self._statement = statement
        self._indent = indent
        self._pads = pads
        self._blocks = {one.open: one for one in statement.blocks if one.tall or one.close > one.open + 1}
        self._groups = groups(paper.tree, statement)
        self._breaks: dict[int, _Break] = {}
        for group in self._groups:
            for at, is_needed, end in group.breaks():
                self._breaks.setdefault(at, _Break(group, is_needed, end))
        self._open: list[_Open] = []
        self._brackets: list[tuple[int, int]] = []  # token and column of those that are open
        self._lines = [Line(indent)]
        self._column = indent

    def lines(self) -> list[Line]:
        """The lines of the statement."""
        at, waiting = self._statement.first, self._groups[::-1]
        while at <= self._statement.last:
            while self._open and self._open[-1].group.last < at:
                self._open.pop()
            if at > self._statement.first:
                self._gap(at)
            while waiting and waiting[-1].first <= at:
                self._begin(waiting.pop())
            self._follow(at)
            self._put(self._paper.words.texts[at])
            block = self._blocks.get(at)
            if block is not None:
                self._block(block)
                at = block.close
                while waiting and waiting[-1].first <= at:
                    waiting.pop()
            at += 1
        return self._lines

    def _follow(self, at: int) -> None:
        """Keep the brackets that are open, before a token is put down."""
        kind = self._paper.tree.kind(at)
        if kind in ("LSQB", "LPAR"):
            self._brackets.append((at, self._column))
        elif kind in _CLOSING:
            self._brackets.pop()

    def _put(self, text: str) -> None:
        self._lines[-1].text += text
        self._column += width_of(text)

    def _new_line(self, indent: int) -> None:
        if self._lines[-1].text or self._lines[-1].comment:
            self._lines.append(Line(indent))
        self._lines[-1].indent = self._column = indent

    def _block(self, block: Block) -> None:
        indent = self._indent if block.close == self._statement.last else self._lines[-1].indent
        remark = head_remark(self._paper.remarks, block)
        if remark:
            self._lines[-1].comment = remark.text
        self._lines += self._paper.body(block, indent + STEP)
        self._lines.append(Line(indent))
        self._column = indent
        self._put("}")

    def _gap(self, at: int) -> None:
        """What stands before a token: spaces, or a new line, and comments."""
        state = self._state(at)
        remarks = self._paper.remarks.get(at)
        if remarks:
            indent = within = state.indent if state else self._further()
            if self._paper.tree.kind(at) in _CLOSING:
                indent, within = self._closing()
            for remark in remarks:
                if remark is remarks[0] and remark.trailing:
                    self._lines[-1].comment = remark.text
                else:
                    self._new_line(within)
                    self._lines[-1].text = remark.text
            self._new_line(indent)
        elif state and (self._breaks[at].is_needed or not self._piece_fits(at)):
            self._new_line(state.indent)
        else:
            self._put(" " * self._paper.words.space(at, self._pads))

    def _closing(self) -> tuple[int, int]:
        """Where a closing bracket stands on a line of its own, and comments before it: under the bracket that opens, but no further in than what is between."""
        opening, column = self._brackets[-1]
        inside = [one.indent for one in self._open if one.broken and one.group.first > opening]
        return min([column, *inside]), inside[-1] if inside else column + 1

    def _state(self, at: int) -> _Open | None:
        """The broken group whose break stands before a token."""
        there = self._breaks.get(at)
        if there is None:
            return None
        return next((one for one in reversed(self._open) if one.group is there.group and one.broken), None)

    def _further(self) -> int:
        """A step further in than what is broken already."""
        broken = [one for one in self._open if one.broken]
        if broken:
            return broken[-1].indent + STEP
        return self._indent + (2 * STEP if self._blocks else STEP)

    def _begin(self, group: Group) -> None:
        indent = self._further()
        if group.falls and self._is_broken(group) and not self._may_hang(group):
            self._lines[-1].text = self._lines[-1].text.rstrip()
            self._new_line(indent)
        there = self._breaks.get(group.first)
        starts_line = not self._lines[-1].text and there is not None and there.is_needed
        if starts_line or (group.hanging and self._may_hang(group)):
            indent = self._column
        self._open.append(_Open(group, self._is_broken(group), indent))

    def _is_broken(self, group: Group) -> bool:
        return group.forced or not self._fits(group)

    def _may_hang(self, group: Group) -> bool:
        if self._column <= _FARTHEST:
            return True
        return all(self._column + self._width(first, last) <= WIDTH for first, last in group.pieces())

    def _width(self, first: int, last: int) -> int:
        return self._paper.words.width(first, last, self._pads)

    def _fits(self, group: Group) -> bool:
        """Whether a group fits on the line, with what must stay behind it; around a block, each of the lines."""
        column, start, at = self._column, group.first, group.first
        while at <= group.last:
            if at > group.first and at in self._paper.remarks:
                return False
            if at in self._blocks:
                if column + self._width(start, at) > WIDTH:
                    return False
                start = at = self._blocks[at].close
                column = self._lines[-1].indent
            at += 1
        return column + self._width(start, group.last) + self._tail(group.last + 1) <= WIDTH

    def _piece_fits(self, at: int) -> bool:
        """Whether what follows, up to the next break of its group, fits on the line."""
        there = self._breaks[at]
        tail = self._tail(there.end + 1) if there.end == there.group.last else 0
        space = self._paper.words.space(at, self._pads)
        return self._column + space + self._width(at, there.end) + tail <= WIDTH

    def _tail(self, at: int) -> int:
        """The width of what cannot be parted from the token before: up to the next break or comment."""
        total = 0
        while at <= self._statement.last and at not in self._paper.remarks and self._state(at) is None:
            total += self._paper.words.space(at, self._pads) + self._width(at, at)
            if at in self._blocks:
                break
            at += 1
        return total
