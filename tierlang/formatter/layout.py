"""From a rule file to its canonical text: the door of this room."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.formatter import columns
from tierlang.formatter.behind import aligned
from tierlang.formatter.breaks import must_break
from tierlang.formatter.faithful import faithful
from tierlang.formatter.printing import WIDTH, Line, Paper, Printing, head_remark
from tierlang.formatter.remarks import Remark, remarks
from tierlang.formatter.statements import Block, Statement, whole
from tierlang.formatter.tree import Tree, read
from tierlang.formatter.words import Words
from tierlang.source import Source
from tierlang.syntax.parser import parse

_GIVEN = "given "
_UNBREAKABLE = ("row", "row_otherwise", "row_missing")
_WHITE = " \t\r\n\f\v\ufeff\u200b"


def formatted(source: Source) -> str | list[Diagnostic]:
    """The text in its canonical layout, or the complaints that keep it from being read.

    Raises `tierlang.formatter.faithful.UnfaithfulError` rather than give a text that says anything else.
    """
    file, complaints = parse(source)
    if any(complaint.is_error for complaint in complaints):
        return complaints
    text = laid_out(source)
    faithful(source, file, text, laid_out)
    return text


def laid_out(source: Source) -> str:
    """A text in its canonical layout, not yet proved to say the same; what the grammar does not take comes back as it is."""
    tree = read(source)
    if tree is None:
        return source.text
    found = remarks(tree)
    file = whole(tree, found)
    layout = _Layout(Paper(tree, Words(tree, file), found, lambda block, indent: layout.body(block, indent)))
    lines = aligned(layout.body(file, 0))
    return "".join(line + "\n" for line in lines)


@attrs.define(eq=False, repr=False)
class _Entry:
    """A statement or a comment on a line of its own, and whether a blank line stands before it."""

    what: Statement | Remark
    start: int
    end: int
    blank: bool = False
    behind: Remark | None = None


class _Layout:
    """The layout of one file."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._remarked = sorted(paper.remarks)

    def body(self, block: Block, indent: int) -> list[Line]:
        """The lines of a block, without its braces."""
        entries = self._entries(block)
        places = self._places(entries, indent)
        pads = self._pads(entries, places, indent, block.part.maker)
        lines: list[Line] = []
        for entry in entries:
            if entry.blank:
                lines.append(Line(0, block=block.open))
            if isinstance(entry.what, Remark):
                written = [Line(indent, entry.what.text)]
            else:
                written = self._statement(entry.what, places.get(entry.what), indent, pads)
            if entry.behind:
                written[-1].comment = entry.behind.text
            for line in written:
                if line.block is None:
                    line.block = block.open
            lines += written
        return lines

    def _entries(self, block: Block) -> list[_Entry]:
        """What stands on lines of its own in a block."""
        found: list[_Entry] = []
        head = head_remark(self._paper.remarks, block)
        for statement in block.statements:
            self._add_remarks(found, statement.first, head)
            tokens = self._paper.tree.tokens
            found.append(_Entry(statement, tokens[statement.first].start, tokens[statement.last].end))
        self._add_remarks(found, block.close, head)
        text = self._paper.tree.source.text
        for before, entry in pairwise(found):
            gap = text[before.end : entry.start]
            entry.blank = gap.count("\n") > 1 and not gap.strip(_WHITE)
        return found

    def _add_remarks(self, found: list[_Entry], at: int, head: Remark | None) -> None:
        """The comments before a token, the first of them behind the statement whose line it ends."""
        for number, remark in enumerate(self._paper.remarks.get(at, ())):
            if number == 0 and remark.trailing and found:
                found[-1].behind = remark
                found[-1].end = remark.end
            elif remark is not head:
                found.append(_Entry(remark, remark.start, remark.end))

    def _places(self, entries: list[_Entry], indent: int) -> dict[Statement, int]:
        """Where the statements that fit on a line begin on it."""
        places: dict[Statement, int] = {}
        before: Statement | None = None
        for entry in entries:
            if isinstance(entry.what, Remark):
                continue
            statement = entry.what
            place = indent
            if before in places and _goes_on(self._paper.tree, statement):
                place = indent + len(_GIVEN)
            if self._fits(statement, place):
                places[statement] = place
            before = statement
        return places

    def _fits(self, statement: Statement, indent: int) -> bool:
        """Whether a statement can stand on one line."""
        if any(block.tall for block in statement.blocks) or must_break(statement.part):
            return False
        return not self._is_remarked(statement.first, statement.last) and (
            indent + self._paper.words.width(statement.first, statement.last) <= WIDTH
        )

    def _is_remarked(self, first: int, last: int) -> bool:
        """Whether a comment stands between these tokens."""
        after = bisect_right(self._remarked, first)
        return after < len(self._remarked) and self._remarked[after] <= last

    def _pads(self, entries: list[_Entry], places: dict[Statement, int], indent: int, block: str) -> dict[int, int]:
        """The spaces that make the columns of a block."""
        pads: dict[int, int] = {}
        run: list[columns.Line] = []
        kinds: frozenset[str] = frozenset()

        def end() -> None:
            if len(run) > 1:
                pads.update(columns.padded(run, self._paper.words.width, WIDTH - indent))
            run.clear()

        for entry in entries:
            if entry.blank:
                end()
            if isinstance(entry.what, Remark):
                continue
            statement, flat = entry.what, entry.what in places
            cells = columns.cells(self._paper.tree, statement, block)
            if cells is None or (statement.blocks and not flat and not cells.tall):
                end()
                continue
            if not run or not kinds & cells.kinds:
                end()
                kinds = cells.kinds
            kinds &= cells.kinds
            last = cells.starts[-1][1] if cells.starts else statement.first
            if not self._is_remarked(statement.first, last):
                breakable = not flat or cells.tall or not (statement.blocks or statement.part.maker in _UNBREAKABLE)
                width = self._paper.words.width(statement.first, statement.last)
                run.append(columns.Line(statement, cells, width, breakable))
        end()
        return pads

    def _statement(self, statement: Statement, place: int | None, indent: int, pads: dict[int, int]) -> list[Line]:
        """The lines of a statement, without the comment behind it."""
        words, first, last = self._paper.words, statement.first, statement.last
        mine = {at: pads[at] for at in range(first, last + 1) if at in pads} if pads else {}
        if place is not None and place + words.width(first, last, mine) <= WIDTH:
            return [Line(place, words.line(first, last, mine))]
        return Printing(self._paper, statement, indent, mine).lines()


def _goes_on(tree: Tree, statement: Statement) -> bool:
    """Whether a statement is a further account of the `given` before it."""
    return statement.part.maker == "given_account" and tree.kind(statement.first) == "ACCOUNT"
