"""Reading from disk: rule files as text, and the small CSV tables that they name."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path
from typing import TypeAlias

from tierlang.source import Source

Rows: TypeAlias = tuple[tuple[int, tuple[str, ...]], ...]

_LARGEST_TABLE = 64 * 1024 * 1024
LARGEST_RULES = 2 * 1024 * 1024
"""Some 40,000 lines: whatever is larger was not written by people for people."""
TOO_LARGE = (
    "it is larger than 2 MB. Rules are written by people; what is so large is mostly data, which belongs in CSV files"
)

_LONE_RETURN = re.compile(r"\r(?!\r*(?:\n|\Z))")


class UnreadableError(OSError):
    """A file that cannot be read as text; `strerror` says why in plain words and `filename` which."""

    @property
    def why(self) -> str:
        """Why, in words that go on after `cannot be read:`."""
        return str(self.strerror)


def read_rules(path: str) -> Source:
    """A rule file as a source; raises UnreadableError."""
    return rules_of(path, _bytes(path, LARGEST_RULES, TOO_LARGE))


def rules_of(path: str, data: bytes) -> Source:
    """The source that a rule file with these bytes is; raises UnreadableError."""
    text = _decoded(path, data)
    lone = _LONE_RETURN.search(text)
    if lone:
        # Editors show a new line there; for us a comment would go on, and hide what follows.
        line = text.count("\n", 0, lone.start()) + 1
        why = f"line {line} has a carriage return without a line feed, as old Macs wrote. Save it with the line ends of Unix or Windows"
        raise UnreadableError(0, why, path)
    return Source(path, text)


def beside(source: Source, path: str) -> str:
    """The path that a rule file means by `path`: relative paths count from the file's own folder."""
    return os.path.normpath(os.path.join(os.path.dirname(source.path), path))


def read_table(source: Source, path: str) -> Rows | str:
    """The rows of a CSV file that a rule file names, with line numbers; a text says why it cannot be read."""
    try:
        there = beside(source, path)
        text = _decoded(there, _bytes(there, _LARGEST_TABLE, "it is larger than 64 MB"))
    except UnreadableError as problem:
        return problem.why
    rows: list[tuple[int, tuple[str, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text))
    line = 1
    try:
        for cells in reader:
            if cells:
                rows.append((line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as problem:
        return f"line {line}: {problem}"
    return tuple(rows)


def _delimiter(text: str) -> str:
    """What separates the headings: a comma, unless the first line has none but a semicolon or a tab."""
    first = text.partition("\n")[0]
    return next((sign for sign in ",;\t" if sign in first), ",")


def _bytes(path: str, largest: int, large: str) -> bytes:
    """What a file holds; `large` says what is wrong with more bytes than the largest."""
    try:
        if os.path.isdir(path):
            raise UnreadableError(0, "it is a folder, not a file", path)
        if os.path.getsize(path) > largest:
            raise UnreadableError(0, large, path)
        with Path(path).open("rb") as file:
            data = file.read(largest + 1)
        if len(data) > largest:  # a pipe or a device has no size beforehand
            raise UnreadableError(0, large, path)
    except FileNotFoundError:
        raise UnreadableError(0, "there is no such file", path) from None
    except PermissionError:
        raise UnreadableError(0, "it may not be read (permission denied)", path) from None
    except UnreadableError:
        raise
    except (OSError, ValueError) as problem:
        raise UnreadableError(0, getattr(problem, "strerror", None) or str(problem), path) from None
    return data


def _decoded(path: str, data: bytes) -> str:
    """The text of a UTF-8 file, with or without a byte order mark, line ends as they are."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        column = problem.start - (data.rfind(b"\n", 0, problem.start) + 1) + 1
        why = f"it is not UTF-8 text: line {line}, byte {column} is 0x{data[problem.start]:02x}. Save it as UTF-8"
        raise UnreadableError(0, why, path) from None
