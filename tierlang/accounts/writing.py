"""Results on disk: whole or not at all.

A result is written beside its place and moved there when it is complete, so that a full disk, an error or Ctrl-C leaves what was there
before. Cells are written as they are: one that begins with `=`, `+`, `-` or `@` too, since a key or a name that was changed would be found
nowhere again; who opens a CSV file in a spreadsheet imports such columns as text.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal, TypeAlias

import duckdb

from tierlang.accounts.errors import OutputError
from tierlang.accounts.table import identifier, literal

Form: TypeAlias = Literal["csv", "parquet", "json"]

TAGS_JOINED_BY = ";"
"""What stands between the items of a list in a CSV cell."""

_FORMS: dict[str, Form] = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "json",
    ".ndjson": "json",
    ".json": "json",
}
_COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}


def write(connection: duckdb.DuckDBPyConnection, select: str, path: str | None, form: Form | None = None) -> None:
    """Write what the select gives: to the file, in the form said or named by its suffix, or (as CSV if not said) to standard output."""
    if path is None or path == "-":
        _pour(connection, select, sys.stdout.buffer, form or "csv")
    elif _is_stream(path):
        with open(path, "wb") as stream:
            _pour(connection, select, stream, form or form_of(path)[0])
    else:
        write_all(connection, {path: select}, form)


def write_all(connection: duckdb.DuckDBPyConnection, selects: Mapping[str, str], form: Form | None = None) -> None:
    """Write several files (select by path), each whole; none of them if one cannot be written."""
    options = {path: copy_options(path, form) for path in selects}
    written: dict[Path, Path] = {}
    try:
        for path, select in selects.items():
            target = Path(os.path.realpath(path))
            with _told(path):
                beside = written[target] = _beside(target)
                _copy(connection, select, beside, options[path])
                _settle(beside, target)
        for target, beside in written.items():
            with _told(str(target)):
                os.replace(beside, target)
    finally:
        for beside in written.values():
            beside.unlink(missing_ok=True)


def form_of(path: str, said: Form | None = None) -> tuple[Form, str | None]:
    """The form and compression of a file of this name, in the form said or else the one its suffix names."""
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    compression = _COMPRESSIONS.get(suffixes[-1]) if suffixes else None
    last = suffixes[-2:-1] if compression else suffixes[-1:]
    form = said or (_FORMS.get(last[0]) if last else None)
    if form is None or (form == "parquet" and compression):
        known = ", ".join((*_FORMS, ".csv.gz", ".csv.zst", ".jsonl.gz", ".jsonl.zst"))
        raise OutputError(f"the name {path} does not say in which form to write", f"End it in one of {known}.")
    return form, compression


def copy_options(path: str, said: Form | None = None) -> str:
    """DuckDB's COPY options for a file of this name."""
    return _options(*form_of(path, said))


def _options(form: Form, compression: str | None = None) -> str:
    if form == "parquet":
        return "FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false"
    packed = f", COMPRESSION {compression}" if compression else ""
    return f"FORMAT {form}{', HEADER' if form == 'csv' else ''}{packed}, USE_TMP_FILE false"


def _copy(connection: duckdb.DuckDBPyConnection, select: str, place: Path, options: str) -> None:
    if options.startswith("FORMAT csv"):
        select = _flat(connection, select)
    connection.execute(f"COPY ({select}) TO {literal(str(place))} ({options})")


def _flat(connection: duckdb.DuckDBPyConnection, select: str) -> str:
    """The select with its lists as texts, since a CSV cell has no lists."""
    described = connection.execute(f"DESCRIBE {select}").fetchall()
    lists = [identifier(row[0]) for row in described if row[1].endswith("[]")]
    if not lists:
        return select
    joined = ", ".join(f"array_to_string({name}, {literal(TAGS_JOINED_BY)}) AS {name}" for name in lists)
    return f"SELECT * REPLACE ({joined}) FROM ({select})"


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Turns what the disk refuses into words about the file that was to be written."""
    try:
        yield
    except duckdb.IOException as error:
        if ".part" not in str(error):
            raise
        raise OutputError(f"{path} cannot be written: {_reason(error)}") from error
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from error


def _reason(error: duckdb.IOException) -> str:
    text = str(error).splitlines()[0]
    return "the disk is full" if "No space left" in text else text.removeprefix("IO Error: ")


def _is_stream(path: str) -> bool:
    place = Path(path)
    return place.exists() and not place.is_file() and not place.is_dir()


def _beside(target: Path) -> Path:
    if target.is_dir():
        raise OutputError(f"{target} is a folder", "Name a file.")
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    return Path(name)


def _settle(written: Path, target: Path) -> None:
    """Make sure that the file is on the disk, with the rights that one made in the usual way would have."""
    with open(written, "rb") as stream:
        os.fsync(stream.fileno())
    os.chmod(written, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _pour(connection: duckdb.DuckDBPyConnection, select: str, target: IO[bytes], form: Form) -> None:
    """Write to a stream, which cannot be taken back, only when the whole result is there."""
    handle, name = tempfile.mkstemp(prefix="tierlang-", suffix=".part")
    os.close(handle)
    try:
        with _told("the result"):
            _copy(connection, select, Path(name), _options(form))
        with open(name, "rb") as stream:
            while chunk := stream.read(1 << 20):
                target.write(chunk)
        target.flush()
    finally:
        os.unlink(name)
