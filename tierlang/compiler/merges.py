"""`merged from "merges.csv"`: accounts that have become part of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tierlang.compiler.complaints import merges as complaints
from tierlang.compiler.complaints import tables as wordings
from tierlang.compiler.context import Context
from tierlang.compiler.keys import key_read
from tierlang.compiler.tables import BadCells, Table, Unfit, read_file
from tierlang.diagnostics.words import quoted
from tierlang.program.nodes import Merge
from tierlang.syntax import nodes

COLUMNS = ("old", "new")


@attrs.frozen
class _Row:
    """One line of a file: the account with the key `old` goes into `new`."""

    node: nodes.MergedFrom
    line: int
    new: str


def read_merges(context: Context, written: Sequence[nodes.MergedFrom]) -> tuple[Merge, ...]:
    """All merges in the order of the files, each to where it leads in the end."""
    before = len(context.complaints)
    rows: dict[str, _Row] = {}
    for node in written:
        table = read_file(node.path, context.tables.read_table, context.complain)
        if table is not None:
            _read(context, node, table, rows)
    if len(context.complaints) > before:
        return ()
    ends = _ends(context, rows)
    if len(context.complaints) > before:
        return ()
    return tuple(Merge(old, ends[old], span=row.node.span) for old, row in rows.items())


def _read(context: Context, node: nodes.MergedFrom, table: Table, rows: dict[str, _Row]) -> None:
    places = [table.column([column]) for column in COLUMNS]
    for column, place in zip(COLUMNS, places, strict=True):
        if place is None:
            context.complain(wordings.no_such_headings(table.path.span, table.name, [column], table.headings))
    if places[0] is None or places[1] is None:
        return
    bad = BadCells(table.path, context.complain)
    for line, cells in table.rows:
        old, new = (key_read(context, cells[place]) for place in (places[0], places[1]))
        for column, key in zip(COLUMNS, (old, new), strict=True):
            if not key:
                bad.add(line, column, "", Unfit("is empty", "the key of an account"))
        first = rows.setdefault(old, _Row(node, line, new))
        if old and first.line == line and first.node is node:
            if old == new:
                bad.add(
                    line,
                    "new",
                    new,
                    Unfit("is the same account as the old one", "the account that it has become part of"),
                )
        elif old and first.node is node:
            bad.doubled(line, first.line, f"the old account {quoted(old)}")
        elif old:
            context.complain(complaints.merged_twice(table.path, line, old, first.node.path, first.line))
    bad.close()


def _ends(context: Context, rows: Mapping[str, _Row]) -> dict[str, str]:
    """Where each account ends up, following it from merge to merge; complains about circles, each once."""
    ends: dict[str, str] = {}
    for start in rows:
        path: dict[str, None] = {}
        key = start
        while key in rows and key not in ends and key not in path:
            path[key] = None
            key = rows[key].new
        if key in path:
            keys = list(path)
            circle = keys[keys.index(key) :]
            context.complain(complaints.merged_in_a_circle(rows[key].node.path, rows[key].line, circle))
        ends.update(dict.fromkeys(path, ends.get(key, key)))
    return ends
