"""JSON lines as tables: one object per line, its keys the headings."""

from __future__ import annotations

import codecs
import contextlib
import json
from collections.abc import Collection
from typing import Any

import duckdb

from tierlang.accounts.errors import FileError
from tierlang.accounts.files import HEAD, Source
from tierlang.accounts.headings import plain
from tierlang.accounts.table import Column, Table, identifier, literal

LARGEST_OBJECT = 1 << 24
_LINES = "Give JSON lines: one object in curly brackets on each line."


def json_table(connection: duckdb.DuckDBPyConnection, source: Source, tags: Collection[str], *, whole: bool) -> Table:
    """The table of a JSON lines file. `tags` are the headings (in plain form) that may hold lists.

    Its headings are the keys at the beginning of the file; with `whole`, all keys there are.
    """
    head = source.head().removeprefix(codecs.BOM_UTF8)
    _must_be_lines(source, head)
    found = dict.fromkeys(key for each in _objects(head) for key in each)
    if whole and len(head) >= HEAD - len(codecs.BOM_UTF8):
        keys = f"SELECT DISTINCT unnest(json_keys(json)) AS heading FROM {lines_reader(source)} ORDER BY heading"
        with contextlib.suppress(duckdb.Error):  # lines that cannot be read are reported when they are
            found.update(dict.fromkeys(row[0] for row in connection.execute(keys).fetchall()))
    columns = tuple(Column(key, identifier(key), "JSON" if plain(key) in tags else "VARCHAR") for key in found)
    return Table(columns, lambda used: _reader(source, used))


def json_copy(table: Table, source: Source) -> Table:
    """The same table, read from another file."""
    return Table(table.columns, lambda used: _reader(source, used))


def lines_reader(source: Source) -> str:
    """What stands after FROM to read the objects as they stand in the lines, as `json`."""
    return (
        f"read_json_objects({literal(str(source.path))}, format = 'newline_delimited', compression = '{source.compression}',"
        f" maximum_object_size = {LARGEST_OBJECT})"
    )


def _must_be_lines(source: Source, head: bytes) -> None:
    start = head.lstrip()[:1]
    if start == b"[":
        raise FileError(f"{source.label} is one JSON array", _LINES)
    if start != b"{":
        raise FileError(f"{source.label} is not JSON lines", _LINES)
    if len(head) < HEAD and len(list(_objects(head))) == 0:
        raise FileError(f"{source.label} has no line that is a JSON object by itself", _LINES)


def _objects(head: bytes) -> list[dict[str, Any]]:
    found = []
    for line in head.split(b"\n"):
        try:
            read = json.loads(line)
        except ValueError:
            continue
        if isinstance(read, dict):
            found.append(read)
    return found


def _reader(source: Source, used: tuple[Column, ...]) -> str:
    columns = {column.heading: column.type for column in used}
    folded = {heading.casefold() for heading in columns}
    if len(folded) < len(columns):
        raise FileError(
            f"{source.label} has keys that differ only by letter case, and the rules read both", "Rename one of them."
        )
    struct = ", ".join(f"{literal(heading)}: '{type_name}'" for heading, type_name in columns.items())
    return (
        f"read_json({literal(str(source.path))}, format = 'newline_delimited', records = true, columns = {{{struct}}},"
        f" maximum_object_size = {LARGEST_OBJECT}, compression = '{source.compression}')"
    )
