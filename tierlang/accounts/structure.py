"""The slow reading of a file's text, row by row, for when DuckDB will not read it: what is wrong, and a copy of all that is right.

DuckDB reads strictly and stops at the first row that is not as it should be; this finds all of them, with Python's own readers.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import attrs

from tierlang.accounts.csv_tables import Layout, records
from tierlang.accounts.errors import FileError
from tierlang.accounts.files import DAMAGED, HEAD, Source
from tierlang.accounts.problems import Cause, Collector, Problem, shown
from tierlang.accounts.rows import Rows
from tierlang.accounts.spool import Spool

LONGEST_ROW = 2_000_000

_BLANK_LINES = (b"\n\n", b"\n\r\n", b"\r\r")

TOO_MANY = Cause(
    "too-many-cells",
    "has more cells than there are headings",
    "as many cells as headings; a cell with a separator in it stands in quotes",
)
TOO_FEW = Cause("too-few-cells", "has fewer cells than there are headings", "as many cells as headings, empty ones too")
UNDECODABLE = Cause(
    "undecodable",
    "has a byte that no UTF-8 text has",
    "UTF-8 text; or say the file's encoding, for instance --encoding windows-1252",
)
QUOTE = Cause(
    "quote",
    "has a quoted cell that goes on after its closing quote",
    'quotes inside a quoted cell are written twice: "12"" pipe"',
)
UNCLOSED = Cause(
    "unclosed-quote", "opens a quote that is never closed, so the rest of the file would be one cell", "a closing quote"
)
TOO_LONG = Cause("too-long", f"is longer than {LONGEST_ROW:,} bytes", "shorter rows; perhaps a quote is not closed")
NOT_JSON = Cause("not-json", "is not JSON", "one JSON object on each line")
NOT_AN_OBJECT = Cause("not-an-object", "is not a JSON object", 'one JSON object on each line, like {"id": "0015"}')
DOUBLED_KEY = Cause("doubled-name", "is a JSON object that has a name twice", "each name once in an object")


@attrs.frozen
class Structure:
    """What the slow reading found: the problems, a clean copy of the other rows and where those stood.

    `rejected` (CSV: row, why, the cells as they came) has the refused rows, the widest of which has `widest` cells.
    """

    collector: Collector
    clean: Path
    rows: Rows
    rejected: Path
    rejectable: bool
    widest: int


class _Sorter:
    """Takes rows one by one: the good ones to the clean copy, the others aside."""

    def __init__(self, label: str, aside: TextIO) -> None:
        self.collector = Collector()
        self.gaps: list[int] = []
        self.good = 0
        self.rejectable = True
        self.widest = 0
        self._label = label
        self._aside = csv.writer(aside)

    def refuse(self, row: int, cells: list[str], problems: list[Problem]) -> None:
        self.collector.extend(problems)
        self.gaps.append(self.good)
        self.widest = max(self.widest, len(cells))
        why = "; ".join(f"{each.heading or 'the row'} {each.cause.words}" for each in problems)
        self._aside.writerow([row, why, *(escaped(cell) for cell in cells)])

    def problem(
        self, row: int, cause: Cause, *, heading: str | None = None, value: str | None = None, detail: str = ""
    ) -> Problem:
        return Problem(self._label, row, heading, None if value is None else shown(value), cause, detail)


def escaped(cell: str) -> str:
    """The cell with its undecodable bytes written as \\xA9, so that it is text."""
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_structure(source: Source, layout: Layout | None, spool: Spool) -> Structure:
    """Read the whole text of a CSV (with its layout) or JSON lines file."""
    clean, rejected = spool.new(".clean"), spool.new(".rejected")
    try:
        with (
            source.open() as stream,
            io.TextIOWrapper(
                stream, encoding="utf-8-sig", errors="surrogateescape", newline="" if layout else "\n"
            ) as text,
            open(clean, "w", encoding="utf-8", newline="") as copy,
            open(rejected, "w", encoding="utf-8", newline="") as aside,
        ):
            sorter = _Sorter(source.label, aside)
            if layout is None:
                first = 1
                _sort_lines(text, copy, sorter)
            else:
                first = layout.skipped + 2
                _sort_records(text, layout, copy, sorter)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileError(f"{source.label} cannot be unpacked to its end", DAMAGED) from error
    return Structure(
        sorter.collector, clean, Rows(first, tuple(sorter.gaps)), rejected, sorter.rejectable, sorter.widest
    )


def rows_around_blanks(source: Source, layout: Layout | None) -> Rows:
    """Where the rows of a file stand that DuckDB reads, which passes over blank lines without counting them."""
    first = 1 if layout is None else layout.skipped + 2
    if layout is not None and not _may_have_blanks(source):
        return Rows(first)
    gaps: list[int] = []
    good = 0
    with (
        source.open() as stream,
        io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="" if layout else "\n") as text,
    ):
        if layout is None:
            for line in text:
                if line.strip():
                    good += 1
                else:
                    gaps.append(good)
            return Rows(first, tuple(gaps))
        if len(layout.headings) == 1:
            return Rows(first)
        for _ in range(layout.skipped):
            text.readline()
        reader = records(text, layout.separator, spaced=layout.spaced)
        next(reader, None)
        for record in reader:
            if record:
                good += 1
            else:
                gaps.append(good)
    return Rows(first, tuple(gaps))


def _may_have_blanks(source: Source) -> bool:
    """Whether two line ends stand together anywhere, perhaps inside a cell: quickly told, and true of few files."""
    carried = b""
    with source.open() as stream:
        while chunk := stream.read(HEAD):
            if any(blank in carried + chunk for blank in _BLANK_LINES):
                return True
            carried = chunk[-2:]
    return False


def _sort_records(text: TextIO, layout: Layout, copy: TextIO, sorter: _Sorter) -> None:
    for _ in range(layout.skipped):
        text.readline()
    writer = csv.writer(copy, delimiter=layout.separator, lineterminator="\n")
    width = len(layout.headings)
    for row, record in enumerate(_strictly(text, layout, sorter), layout.skipped + 1):
        if isinstance(record, Problem):
            continue
        if row == layout.skipped + 1:
            writer.writerow(record)
            continue
        if width > 1 and (not record or (len(record) == 1 and not record[0].strip())):
            sorter.gaps.append(sorter.good)
            continue
        record = record or [""]
        surplus = record[width:]
        problems = _undecodable(record, layout, row, sorter)
        if any(surplus):
            problems.append(
                sorter.problem(
                    row,
                    TOO_MANY,
                    detail=f"{len(record)} cells under {width} headings, the first too many is {shown(surplus[0])}",
                )
            )
        elif len(record) < width:
            problems.append(sorter.problem(row, TOO_FEW, detail=f"{len(record)} cells under {width} headings"))
        elif (
            sum(map(len, record)) * 4 > LONGEST_ROW
            and len(layout.separator.join(record).encode("utf-8", "surrogateescape")) > LONGEST_ROW
        ):
            problems.append(sorter.problem(row, TOO_LONG, value=record[0]))
        if problems:
            sorter.refuse(row, record, problems)
        else:
            writer.writerow(record[:width])
            sorter.good += 1


def _strictly(text: TextIO, layout: Layout, sorter: _Sorter) -> Iterator[list[str] | Problem]:
    reader = records(text, layout.separator, spaced=layout.spaced, strict=True)
    row = layout.skipped
    while True:
        row += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            unclosed = "unexpected end" in str(error)
            cause = UNCLOSED if unclosed else TOO_LONG if "field larger" in str(error) else QUOTE
            problem = sorter.problem(row, cause)
            sorter.rejectable = False
            sorter.refuse(row, [], [problem])
            yield problem
            continue
        yield record


def _undecodable(record: list[str], layout: Layout, row: int, sorter: _Sorter) -> list[Problem]:
    found = []
    for index, cell in enumerate(record):
        if cell.isascii():
            continue
        byte = next((ord(character) - 0xDC00 for character in cell if 0xDC80 <= ord(character) <= 0xDCFF), None)
        if byte is not None:
            heading = layout.headings[index] if index < len(layout.headings) else None
            found.append(
                sorter.problem(
                    row, UNDECODABLE, heading=heading, value=cell, detail=f"the byte {byte:02X} (hexadecimal)"
                )
            )
    return found


def _sort_lines(text: TextIO, copy: TextIO, sorter: _Sorter) -> None:
    for row, line in enumerate(text, 1):
        if not line.strip():
            sorter.gaps.append(sorter.good)
            continue
        problem = _line_problem(line, row, sorter)
        if problem is None:
            copy.write(line.rstrip("\r\n") + "\n")
            sorter.good += 1
        else:
            sorter.refuse(row, [line.rstrip("\r\n")], [problem])


class _DoubledNameError(ValueError):
    pass


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        raise _DoubledNameError
    return read


def _line_problem(line: str, row: int, sorter: _Sorter) -> Problem | None:
    cut = line.rstrip("\r\n")
    try:
        line.encode("utf-8")
        read = json.loads(line, object_pairs_hook=_each_once)
        json.dumps(read, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return sorter.problem(row, UNDECODABLE, value=cut)
    except _DoubledNameError:
        return sorter.problem(row, DOUBLED_KEY, value=cut)
    except (ValueError, RecursionError):
        return sorter.problem(row, NOT_JSON, value=cut)
    return None if isinstance(read, dict) else sorter.problem(row, NOT_AN_OBJECT, value=cut)
