"""CSV files as tables: which character separates the cells, where the headings stand, and how DuckDB is to read the rest."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

import attrs

from tierlang.accounts.errors import FileError
from tierlang.accounts.files import HEAD, Options, Source
from tierlang.accounts.table import Column, Table, literal

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 1 << 24
_LOOKED_AT = 100
_EXCEL_LINE = re.compile(r'"?sep=(.)"?\s*')


@attrs.frozen
class Layout:
    """How a CSV file is laid out: its separator, the lines before the headings, the headings, and whether blanks stand before quotes."""

    separator: str
    skipped: int
    headings: tuple[str, ...]
    spaced: bool = False


def records(text: Iterable[str], separator: str, *, spaced: bool, strict: bool = False) -> Iterator[list[str]]:
    """The records of CSV text, by the standard library's reader."""
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(text, delimiter=separator, skipinitialspace=spaced, strict=strict)


def layout_of(source: Source, options: Options, wanted: Callable[[tuple[str, ...]], int]) -> Layout:
    """The layout of the file. `wanted` counts how many of the columns that the rules read a row of headings has.

    The separator, unless said, is the one that gives most of the wanted columns; then the one under which most rows are as wide as the
    headings; then the one that gives most columns; then the first of `,` `;` tab `|`.
    """
    raw = source.head()
    head = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    if len(raw) >= HEAD:
        head = head[: max(head.rfind("\n"), head.rfind("\r")) + 1] or head
    skipped, separators = 0, SEPARATORS if options.separator is None else (options.separator,)
    for line in io.StringIO(head, newline=""):
        excel = _EXCEL_LINE.fullmatch(line) if options.separator is None else None
        if excel:
            separators = (excel[1],)
        elif line.strip():
            break
        skipped += 1
    lines = io.StringIO(head, newline="")
    for _ in range(skipped):
        lines.readline()
    body = lines.read()
    if not body:
        raise FileError(f"{source.label} has no headings", "It needs at least a row of headings.")
    best = max(
        (_tried(body, separator) for separator in separators),
        key=lambda t: (wanted(t.headings), t.even, len(t.headings)),
    )
    _must_be_text(source, best.headings)
    return Layout(best.separator, skipped, best.headings, f'{best.separator} "' in body)


@attrs.frozen
class _Trial:
    separator: str
    headings: tuple[str, ...]
    even: float


def _tried(body: str, separator: str) -> _Trial:
    rows = []
    try:
        for row in records(io.StringIO(body, newline=""), separator, spaced=f'{separator} "' in body):
            rows.append(row)
            if len(rows) > _LOOKED_AT:
                break
    except csv.Error:
        rows = rows or [[""]]
    widths = Counter(len(row) for row in rows[1:] if row)
    even = widths[len(rows[0])] / max(widths.total(), 1) if len(rows[0]) > 1 else 0
    return _Trial(separator, tuple(rows[0]), even)


def _must_be_text(source: Source, headings: Collection[str]) -> None:
    for heading in headings:
        if any(0xDC80 <= ord(character) <= 0xDCFF for character in heading):
            raise FileError(
                f"{source.label} is not UTF-8 text: a heading has bytes that no UTF-8 text has",
                "Say the encoding it was saved in, for instance --encoding windows-1252.",
            )


def csv_table(source: Source, layout: Layout) -> Table:
    """The table that DuckDB reads: every cell as text, and nothing forgiven."""
    columns = tuple(Column(heading, f"c{i}") for i, heading in enumerate(layout.headings))
    names = ", ".join(f"{column.name}: 'VARCHAR'" for column in columns)
    reader = (
        f"read_csv({literal(str(source.path))}, auto_detect = false, columns = {{{names}}}, header = true, skip = {layout.skipped},"
        f" delim = {literal(layout.separator)}, quote = '\"', escape = '\"', strict_mode = true, compression = '{source.compression}')"
    )
    return Table(columns, lambda _: reader)
