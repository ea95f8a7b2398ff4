"""Plan files: JSON lines. The first is the head, the last a seal over all before it, between them stands a line for each record. A file appears whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import duckdb
import zstandard

from tierlang.planning.columns import COLUMNS, PLANNED
from tierlang.planning.header import FORMAT, Head
from tierlang.planning.plain_data import MisfitError, built, plain
from tierlang.planning.sql import literal

MARK = "tierlang_plan"
"""The first key of a plan file; its value is the version of the format."""

_CHUNK = 1 << 20
_LONGEST = 1 << 26
"""More bytes than a head has."""
_SEAL = 1 << 10
"""More bytes than a seal has."""

_EXACT = 10**11
"""Below it a number with four digits after the point is the same after a journey through a floating one."""

_ASSIGNED = (
    "key",
    "act",
    "cause",
    "tier",
    "base",
    "since",
    "settled_until",
    "pinned",
    "absences",
    "score",
    "reason",
    "scores",
    "signals",
)
_OBSERVED = ("key", "act", "scores", "signals")


class PlanError(Exception):
    """A plan file that cannot be read, written or trusted. `message` is one plain sentence; `hints` say what to do."""

    def __init__(self, message: str, *hints: str) -> None:
        super().__init__(message)
        self.message = message
        self.hints = hints


def write_plan(connection: duckdb.DuckDBPyConnection, head: Head, path: str) -> None:
    """Write the plan whose records stand in `planned`; a name that ends in .gz or .zst is packed. `-` is standard output."""
    if path == "-" or _is_stream(path):
        _pour(connection, head, path)
        return
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise PlanError(f"{path} is a folder", "Name a file, for example plan.json.")
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
        beside = Path(name)
        write_lines(connection, head, beside)
        _pack(beside, target)
        with open(beside, "rb") as stream:
            os.fsync(stream.fileno())
        os.chmod(beside, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(beside, target)
    except duckdb.IOException as error:
        if ".part" not in str(error):
            raise
        full = "No space left" in str(error)
        raise PlanError(f"{path} cannot be written" + (": the disk is full" if full else "")) from error
    except OSError as error:
        raise PlanError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _is_stream(path: str) -> bool:
    """Whether the path is a pipe or a device: nothing can be put in its place."""
    place = Path(path)
    return place.exists() and not place.is_file() and not place.is_dir()


def _pour(connection: duckdb.DuckDBPyConnection, head: Head, path: str) -> None:
    """Write to a stream, which cannot be taken back, when the whole plan is there."""
    with tempfile.TemporaryDirectory(prefix="tierlang-") as folder:
        place = Path(folder) / "plan.json"
        write_lines(connection, head, place)
        with open(place, "rb") as stream:
            if path == "-":
                _copy(stream.read, sys.stdout.buffer.write)
                sys.stdout.buffer.flush()
            else:
                with open(path, "wb") as out:
                    _copy(stream.read, out.write)


def write_lines(connection: duckdb.DuckDBPyConnection, head: Head, place: Path) -> None:
    """The lines of a plan, unpacked, into a file of our own."""
    first = json.dumps({MARK: FORMAT, **plain(head)}, ensure_ascii=False)
    select = f"SELECT {literal(first)} AS line UNION ALL SELECT {_line(exact=_huge(connection))} FROM {PLANNED}"
    # A CSV file with one unquoted column is a file of lines; no line has the sign 1, which JSON escapes.
    options = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01', USE_TMP_FILE false"
    connection.execute(f"COPY ({select}) TO {literal(str(place))} ({options})")
    digest = hashlib.sha256()
    lines = 0
    with open(place, "rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            lines += chunk.count(b"\n")
    with open(place, "ab") as stream:
        stream.write(_seal(lines - 1, digest.hexdigest()))


def _huge(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether some number is so large that readers of JSON, who take numbers for floating ones, would not get its last digit."""
    values = f"SELECT score AS value FROM {PLANNED} UNION ALL SELECT unnest(map_values(scores)) FROM {PLANNED}"
    return bool(
        connection.execute(f"SELECT coalesce(max(abs(value)) >= {_EXACT}, false) FROM ({values})").fetchall()[0][0]
    )


def _line(*, exact: bool) -> str:
    """A record as a line; what such a record never has is left out, so that a million first places stay handy. `exact`: numbers are written as texts."""
    texts = {"score": "score::VARCHAR", "scores": "scores::MAP(VARCHAR, VARCHAR)"} if exact else {}

    def shape(names: tuple[str, ...]) -> str:
        return "to_json({" + ", ".join(f"'{name}': {texts.get(name, name)}" for name in names) + "})::VARCHAR"

    return (
        f"CASE WHEN act = 'observe' THEN {shape(_OBSERVED)} WHEN act = 'assign' AND waits IS NULL AND from_tier IS NULL"
        f" THEN {shape(_ASSIGNED)} ELSE {shape(tuple(COLUMNS))} END"
    )


def _seal(records: int, digest: str) -> bytes:
    return json.dumps({"records": records, "sha256": digest}).encode("ascii") + b"\n"


def _pack(place: Path, target: Path) -> None:
    """Pack the file in its place, if the name of the target says so."""
    suffix = target.suffix.lower()
    if suffix not in (".gz", ".zst"):
        return
    packed = Path(f"{place}{suffix}")
    try:
        with open(place, "rb") as stream, open(packed, "wb") as raw:
            if suffix == ".gz":
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=3, mtime=0) as out:
                    _copy(stream.read, out.write)
            else:
                with zstandard.ZstdCompressor(level=3).stream_writer(raw, closefd=False) as writer:
                    _copy(stream.read, writer.write)
        os.replace(packed, place)
    finally:
        packed.unlink(missing_ok=True)


def _copy(read: Callable[[int], bytes], write: Callable[[bytes], object]) -> None:
    while chunk := read(_CHUNK):
        write(chunk)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def read_head(path: str) -> Head:
    """The head of a plan file that is whole and as it was written; raises PlanError where it is not."""
    head, check = begin_reading(path)
    check()
    return head


def begin_reading(path: str) -> tuple[Head, Callable[[], None]]:
    """The head of a plan file, and what looks at all of it; either raises PlanError. A head is not to be trusted before that is done."""
    with _readable(path), _opened(path) as stream:
        return _head(path, stream.readline(_LONGEST)), lambda: _check(path)


def _check(path: str) -> None:
    with _readable(path), _opened(path) as stream:
        _checked(path, stream.readline(_LONGEST), stream)


@contextmanager
def _readable(path: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
        raise _broken(path, "it cannot be unpacked to its end") from error
    except OSError as error:
        why = (
            "there is no such file" if isinstance(error, FileNotFoundError) else (error.strerror or str(error)).lower()
        )
        raise PlanError(f"the plan {path} cannot be read: {why}") from error


def load_plan(connection: duckdb.DuckDBPyConnection, path: str) -> None:
    """Bring the records of a plan file, which `read_head` has found whole, into the table `planned`."""
    with open(path, "rb") as stream:
        packed = _packing(stream.read(4))
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
    place = os.path.abspath(path)
    reader = f"read_json({_plain_path(place)}, format = 'newline_delimited', columns = {{{columns}}}, compression = '{packed}')"
    filled = "* REPLACE (coalesce(pinned, false) AS pinned, coalesce(absences, 0) AS absences)"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {PLANNED} AS SELECT {filled} FROM {reader} WHERE act IS NOT NULL")


def _plain_path(place: str) -> str:
    """The path as a literal in which nothing is a pattern."""
    return literal("".join(f"[{sign}]" if sign in "*?[" else sign for sign in place))


def _opened(path: str) -> IO[bytes]:
    with open(path, "rb") as stream:
        packed = _packing(stream.read(4))
    if packed == "gzip":
        return cast(IO[bytes], gzip.open(path))
    raw = open(path, "rb")  # noqa: SIM115
    if packed == "zstd":
        return cast(IO[bytes], _Lines(zstandard.ZstdDecompressor().stream_reader(raw, closefd=True)))
    return raw


class _Lines:
    """A stream of an unpacker, with `readline`."""

    def __init__(self, stream: zstandard.ZstdDecompressionReader) -> None:
        self._stream = stream
        self._rest = b""

    def readline(self, most: int) -> bytes:
        while b"\n" not in self._rest and len(self._rest) < most:
            chunk = self._stream.read(_CHUNK)
            if not chunk:
                break
            self._rest += chunk
        line, end, self._rest = self._rest.partition(b"\n")
        return line + end

    def read(self, size: int) -> bytes:
        if self._rest:
            found, self._rest = self._rest[:size], self._rest[size:]
            return found
        return self._stream.read(size)

    def __enter__(self) -> _Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()  # type: ignore[no-untyped-call]


def _packing(start: bytes) -> str:
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if start == b"\x28\xb5\x2f\xfd" else "uncompressed"


def _head(path: str, first: bytes) -> Head:
    try:
        data = json.loads(first)
    except ValueError:
        data = None
    if data is None and first.startswith(b'{"' + MARK.encode("ascii")):
        raise _broken(path, "it was cut short")
    if not isinstance(data, dict) or MARK not in data:
        raise PlanError(f"{path} is not a plan of tierlang", "Plans are written by `tierlang plan … -o plan.json`.")
    if data[MARK] != FORMAT:
        raise PlanError(
            f"{path} was written by another version of tierlang (format {data[MARK]}; this one reads {FORMAT})",
            "Plan again with this version.",
        )
    try:
        return built(Head, data)
    except MisfitError as error:
        raise _broken(path, "its first line was changed") from error


def _checked(path: str, first: bytes, stream: IO[bytes]) -> None:
    """Compare everything with the seal at its end."""
    digest, lines, last = hashlib.sha256(), 0, first
    for chunk in _chunks(stream):
        if len(chunk) <= _SEAL:
            last += chunk
            continue
        digest.update(last)
        digest.update(memoryview(chunk)[:-_SEAL])
        lines += last.count(b"\n") + chunk.count(b"\n", 0, len(chunk) - _SEAL)
        last = chunk[-_SEAL:]
    body, _, end = last.rstrip(b"\n").rpartition(b"\n")
    digest.update(body + b"\n")
    lines += body.count(b"\n") + 1
    try:
        seal = json.loads(end)
        found = seal["sha256"], seal["records"]
    except (ValueError, KeyError, TypeError):
        raise _broken(path, "it was cut short") from None
    if found != (digest.hexdigest(), lines - 1):
        raise _broken(path, "it was changed after it was made")


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _broken(path: str, why: str) -> PlanError:
    return PlanError(f"the plan {path} cannot be used: {why}", "Plan again; nothing was changed.")
