"""Results on disk: whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import IO, Literal, TypeAlias

import duckdb

from tierlang.accounts.errors import OutputError
from tierlang.accounts.table import literal

Form: TypeAlias = Literal["csv", "parquet", "json"]

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
        _pour(connection, select, sys.stdout.buffer, _options(form or "csv", ""))
        return
    target = Path(path)
    options = copy_options(path, form)
    if target.exists() and not target.is_file() and not target.is_dir():
        with open(target, "wb") as stream:
            _pour(connection, select, stream, options)
        return
    beside = _beside(target)
    try:
        connection.execute(f"COPY ({select}) TO {literal(str(beside))} ({options})")
        _settle(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def copy_options(path: str, said: Form | None = None) -> str:
    """DuckDB's COPY options for a file of this name, in the form said or else the one its suffix names."""
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    compression = _COMPRESSIONS.get(suffixes[-1]) if suffixes else None
    last = suffixes[-2:-1] if compression else suffixes[-1:]
    form = said or (_FORMS.get(last[0]) if last else None)
    if form is None or (form == "parquet" and compression):
        known = ", ".join((*_FORMS, ".csv.gz", ".csv.zst", ".jsonl.gz", ".jsonl.zst"))
        raise OutputError(f"the name {path} does not say in which form to write", f"End it in one of {known}.")
    return _options(form, f", COMPRESSION {compression}" if compression else "")


def _options(form: Form, packed: str) -> str:
    if form == "parquet":
        return "FORMAT parquet, COMPRESSION zstd"
    return f"FORMAT csv, HEADER{packed}" if form == "csv" else f"FORMAT json{packed}"


def _beside(target: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}") from error
    os.close(handle)
    return Path(name)


def _settle(written: Path, target: Path) -> None:
    with open(written, "rb") as stream:
        os.fsync(stream.fileno())
    os.chmod(written, 0o666 & ~_umask())
    os.replace(written, target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _pour(connection: duckdb.DuckDBPyConnection, select: str, target: IO[bytes], options: str) -> None:
    """Write to a stream, which cannot be taken back, only when the whole result is there."""
    handle, name = tempfile.mkstemp(prefix="tierlang-")
    os.close(handle)
    try:
        connection.execute(f"COPY ({select}) TO {literal(name)} ({options})")
        with open(name, "rb") as stream:
            while chunk := stream.read(1 << 20):
                target.write(chunk)
        target.flush()
    finally:
        os.unlink(name)
