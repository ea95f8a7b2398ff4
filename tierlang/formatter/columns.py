"""Columns: where the words of neighbouring lines of one kind stand under each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import attrs

from tierlang.formatter.statements import Statement
from tierlang.formatter.tree import Part, Tree, own

_WIDEST = 60
"""A cell wider than this stands by itself: the others would be torn apart."""


@attrs.frozen(eq=False, repr=False, slots=False)
class Cells:
    """The cells of a line: its kinds (lines that share one stand under each other) and the first token of each cell by its column."""

    kinds: frozenset[str]
    starts: tuple[tuple[int, int], ...]
    tall: bool = False
    """Whether the line stays in its run where its block is written over several lines."""


_TRIGGERS = ("promote", "demote")


def cells(tree: Tree, statement: Statement, block: str) -> Cells | None:
    """The cells of a statement in a block of that maker; None where its kind has no columns."""
    part = statement.part
    if block in _TRIGGERS and part.maker != "allow":
        return _row("trigger line", [(1, part.first + 1)], tall=True)
    match part.maker:
        case "let" | "given_value":
            return _row("let", _own(tree, part, {"EQUAL": 1}))
        case "derive":
            return _row("derive", [(1, _after_name(part))])
        case "exclude" | "mark" | "hold":
            return _row(part.maker, [(1, _after_name(part))])
        case "list_inline" | "list_file":
            return _row("list", [(1, _after_name(part))])
        case "field" | "key":
            return _row("field", [(1, part.first + 1), *_field(tree, part)])
        case "give":
            return _row("lookup", [(1, part.first + 1), *_field(tree, part)])
        case "lookup_match":
            return _row("lookup", [(1, part.first + 1)])
        case "signal":
            return _row("signal", _field(tree, part))
        case "key_from":
            return Cells(frozenset(("field", "source")), ((1, part.first + 1),))
        case "account_from" | "at_from" | "value_from":
            return _row("source", [(1, part.first + 1)])
        case "event" | "owner" | "tier":
            return _row(part.maker, _own(tree, part, {"TEXT": 1, "LBRACE": 2}))
        case "promote" | "demote":
            return _row("trigger", [(1, part.first + 1), *_own(tree, part, {"TEXT": 2, "LBRACE": 3})])
        case "breaker" | "cooldown":
            return _row("steady", [(1, part.first + 1)])
        case "freeze":
            return _row("steady", [(1, part.first + 1), *_own(tree, part, {"TEXT": 2})])
        case "retired":
            return _row("retired", _own(tree, part, {"TO": 1}))
        case "version" | "reviewed" | "review" | "limits":
            return _row("header", [(1, part.first + 1)], tall=True)
        case "email" | "team":
            return _row("contact", [(1, part.first + 1)])
        case "tier_owner" | "tier_owner_from":
            return _row("owners", [(1, part.first + 2)])
        case "play":
            return _row("plays", [(1, part.first + 2)], tall=True)
        case "points" | "points_per" | "weigh":
            return _row("weigh" if part.maker == "weigh" else "points", [(1, _after_amount(tree, part.first + 1))])
        case "row" | "row_otherwise" | "row_missing":
            label = [(2, statement.last)] if len(statement.parts) > 1 else []
            return _row("row", [*_own(tree, part, {"ARROW": 1}), *label])
        case "cluster_row" | "cluster_otherwise":
            label = [(1, part.first + 1)] if tree.kind(part.first + 1) == "TEXT" else []
            return _row("cluster", [*label, *_own(tree, part, {"EQUAL": 2, "OTHERWISE": 2})])
        case "pin":
            return _row("pin", [*_own(tree, part, {"TO": 1, "UNTIL": 2}), *_pin_rest(statement)])
        case "allow":
            return _row("allow", [(1, inner.first) for inner in part.parts if inner.maker == "because"])
        case "given_tier":
            return _row("held", [*_own(tree, part, {"SINCE": 1}), *((2, one.first) for one in statement.parts[1:])])
        case "given_event" | "given_observation" | "given_score":
            return _row(part.maker, [(1, part.first + 2), *_own(tree, part, {"EQUAL": 2, "LBRACE": 2})])
    return None


def _row(kind: str, starts: Iterable[tuple[int, int]], *, tall: bool = False) -> Cells:
    return Cells(frozenset((kind,)), tuple(starts), tall)


def _own(tree: Tree, part: Part, columns: dict[str, int]) -> list[tuple[int, int]]:
    """The first of a part's own tokens for each of these columns."""
    found: dict[int, int] = {}
    for at in own(part):
        column = columns.get(tree.kind(at))
        if column is not None and at > part.first:
            found.setdefault(column, at)
    return sorted(found.items())


def _after_name(part: Part) -> int:
    """The token after the name that follows a line's first word."""
    return part.first + 2


def _after_amount(tree: Tree, at: int) -> int:
    """The token after a constant: a numeral, a name, or a calculation in brackets."""
    at += tree.kind(at) == "MINUS"
    depth = 0
    while True:
        depth += (tree.kind(at) == "LPAR") - (tree.kind(at) == "RPAR")
        at += 1
        if depth == 0:
            return at


def _field(tree: Tree, part: Part) -> list[tuple[int, int]]:
    """The columns of a field after its name: label, type, options, block."""
    at = part.first + 2
    found = []
    if tree.kind(at) == "TEXT":
        found.append((2, at))
        at += 1
    found.append((3, at))
    rest = [inner for inner in part.parts if inner.first > at]
    found += [(5 if inner.maker == "signal_block" else 4, inner.first) for inner in (*rest[:1], *rest[1:][-1:])]
    return sorted(dict(reversed(found)).items())


def _pin_rest(statement: Statement) -> list[tuple[int, int]]:
    columns = {"owner_head": 3, "because": 4}
    return [(columns[inner.maker], inner.first) for part in statement.parts[1:] for inner in part.parts]


@attrs.define(eq=False, repr=False)
class Line:
    """A statement of a run: its cells, its width without columns, and whether it may be broken where they make it too long."""

    statement: Statement
    cells: Cells
    width: int
    breakable: bool


def padded(run: list[Line], width: Callable[[int, int], int], room: int) -> dict[int, int]:
    """The spaces before the first tokens of the cells of a run of lines, where they are not the usual ones."""
    members = [line for line in run if _widest(line, width) <= _WIDEST]
    while True:
        columns = _columns(members, width)
        beyond = [line for line in members if not line.breakable and line.width <= room < _end(line, columns, width)]
        if not beyond:
            break
        worst = max(beyond, key=lambda line: _end(line, columns, width))
        members.remove(worst)
    pads: dict[int, int] = {}
    for line in members:
        for before, column, at in _joints(line):
            start = columns[before[0]] + width(before[1], at - 1)
            pads[at] = columns[column] - start
    return pads


def _joints(line: Line) -> list[tuple[tuple[int, int], int, int]]:
    """For each cell but the first: column and first token of the cell before it, its column, its first token."""
    starts = [(0, line.statement.first), *line.cells.starts]
    return [(before, column, at) for before, (column, at) in pairwise(starts)]


def _widest(line: Line, width: Callable[[int, int], int]) -> int:
    return max((width(before[1], at - 1) for before, _, at in _joints(line)), default=0)


def _columns(run: list[Line], width: Callable[[int, int], int]) -> dict[int, int]:
    """Where each column begins."""
    joints = sorted((joint for line in run for joint in _joints(line)), key=lambda joint: joint[1])
    columns = {0: 0}
    for (before, first), column, at in joints:
        columns[column] = max(columns.get(column, 0), columns[before] + width(first, at - 1) + 1)
    return columns


def _end(line: Line, columns: dict[int, int], width: Callable[[int, int], int]) -> int:
    """The width of a line in its columns."""
    column, at = [(0, line.statement.first), *line.cells.starts][-1]
    return columns[column] + width(at, line.statement.last)
