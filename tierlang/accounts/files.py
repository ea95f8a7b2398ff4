"""A file before it is a table: does it exist, how is it compressed, in what format and encoding does it stand."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import shutil
import sys
import zlib
from pathlib import Path
from typing import IO, Literal, TypeAlias, cast

import attrs
import zstandard

from tierlang.accounts.errors import FileError
from tierlang.accounts.spool import Spool

Compression: TypeAlias = Literal["none", "gzip", "zstd"]
Format: TypeAlias = Literal["csv", "parquet", "json"]

HEAD = 1 << 20
DAMAGED = "The file is damaged or was cut short; fetch it again."
STANDARD_INPUT = "-"

_FORMATS: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".psv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
}
_SQUEEZED = (".gz", ".gzip", ".zst", ".zstd")
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@attrs.frozen
class Options:
    """What a user says about a file instead of having it found out. `separator` is one character."""

    format: Format | None = None
    encoding: str | None = None
    separator: str | None = None


@attrs.frozen
class Source:
    """A file on disk. `label` is what people call it; `skipped_bom` says that the text began with a byte order mark."""

    label: str
    path: Path
    compression: Compression
    format: Format
    encoding: str

    def open(self) -> IO[bytes]:
        """The file's bytes, decompressed."""
        match self.compression:
            case "none":
                return self.path.open("rb")
            case "gzip":
                return cast(IO[bytes], gzip.open(self.path))
            case "zstd":
                stream = self.path.open("rb")
                unpacked = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True, closefd=True)
                return io.BufferedReader(unpacked)

    def head(self, size: int = HEAD) -> bytes:
        """The first bytes, decompressed."""
        try:
            with self.open() as stream:
                return stream.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
            raise FileError(f"{self.label} cannot be unpacked to its end", DAMAGED) from error


def open_source(path: str, options: Options, spool: Spool) -> Source:
    """The file at `path` (`-` is standard input), with what was found out about it; text comes out as UTF-8."""
    label, place = path, Path(os.path.abspath(path))
    if path == STANDARD_INPUT:
        label, place = "standard input", _spooled(sys.stdin.buffer, spool)
    elif place.is_fifo() or place.is_char_device() or place.is_socket():
        place = _spooled_stream(label, place, spool)
    _must_be_readable(label, place)
    if any(character in str(place) for character in "*?["):
        link = spool.new("")
        link.symlink_to(place)
        place = link
    compression = _compression_of(place)
    raw = Source(label, place, compression, options.format or "csv", "utf-8")
    head = raw.head()
    if head.startswith(_EXCEL):
        raise FileError(f"{label} is an Excel workbook", "Save the sheet as CSV (UTF-8) and give that file.")
    form = _format_of(label, head, options)
    if form == "parquet":
        if compression != "none":
            raise FileError(f"{label} is a packed Parquet file", "Unpack it first; Parquet is compressed inside.")
        return attrs.evolve(raw, format=form)
    encoding = _encoding_of(label, head, form, options)
    source = attrs.evolve(raw, format=form, encoding=encoding)
    if compression == "zstd":
        _must_be_whole(source)
    return source if encoding == "utf-8" else _transcoded(source, spool)


def _spooled_stream(label: str, place: Path, spool: Spool) -> Path:
    """What can be read only once (a named pipe, `<(...)` of a shell), set down as a file."""
    try:
        with place.open("rb") as stream:
            return _spooled(stream, spool)
    except OSError as error:
        raise FileError(f"{label} cannot be read: {error.strerror}") from error


def _spooled(stream: IO[bytes], spool: Spool) -> Path:
    place = spool.new(".input")
    with open(place, "wb") as copy:
        shutil.copyfileobj(stream, copy)
    return place


def _must_be_readable(label: str, place: Path) -> None:
    if place.is_dir():
        raise FileError(f"{label} is a folder, not a file", "Give one file.")
    try:
        with open(place, "rb") as stream:
            empty = not stream.read(1)
    except FileNotFoundError as error:
        raise FileError(f"there is no file {label}") from error
    except OSError as error:
        raise FileError(f"{label} cannot be read: {error.strerror}") from error
    if empty:
        raise FileError(f"{label} is empty", "It needs at least a row of headings, or in JSON lines one object.")


def _compression_of(place: Path) -> Compression:
    with open(place, "rb") as stream:
        magic = stream.read(4)
    if magic.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if magic == b"\x28\xb5\x2f\xfd" else "none"


def _format_of(label: str, head: bytes, options: Options) -> Format:
    suffixes = [suffix.lower() for suffix in Path(label).suffixes if suffix.lower() not in _SQUEEZED]
    said = options.format or (_FORMATS.get(suffixes[-1]) if suffixes else None)
    is_parquet = head.startswith(b"PAR1")
    if said == "parquet" and not is_parquet:
        raise FileError(f"{label} is not a Parquet file", "If it is CSV or JSON lines, name it so, or say its format.")
    if is_parquet:
        return "parquet"
    if said is not None:
        return said
    return "json" if head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{" else "csv"


def _encoding_of(label: str, head: bytes, form: Format, options: Options) -> str:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name if name != "utf-8" or form == "csv" else "utf-8-sig"
    if options.encoding is None:
        if len(head) >= 4 and head.count(b"\0") * 3 > len(head):
            raise FileError(
                f"{label} is not UTF-8 text: every other byte is zero",
                "Say its encoding: --encoding utf-16-le (or utf-16-be).",
            )
        return "utf-8"
    try:
        return codecs.lookup(options.encoding).name
    except LookupError as error:
        raise FileError(
            f"there is no encoding named {options.encoding}", "Usual ones: utf-8, windows-1252, latin-1, utf-16."
        ) from error


def _must_be_whole(source: Source) -> None:
    """DuckDB takes a zstd file that was cut short for a shorter file, so its frames are looked through first."""
    frame = zstandard.ZstdDecompressor().decompressobj()
    with source.path.open("rb") as stream:
        while chunk := stream.read(HEAD):
            while chunk:
                if frame.eof:
                    frame = zstandard.ZstdDecompressor().decompressobj()
                frame.decompress(chunk)
                chunk = frame.unused_data if frame.eof else b""
    if not frame.eof:
        raise FileError(f"{source.label} cannot be unpacked to its end", DAMAGED)


def _transcoded(source: Source, spool: Spool) -> Source:
    place = spool.new(".utf8")
    decoder = codecs.getincrementaldecoder(source.encoding)()
    done = 0
    with source.open() as stream, open(place, "wb") as copy:
        while True:
            chunk = stream.read(HEAD)
            try:
                copy.write(decoder.decode(chunk, final=not chunk).encode("utf-8"))
            except UnicodeError as error:
                at = done + getattr(error, "start", 0)
                raise FileError(
                    f"{source.label} is not {source.encoding} text: it cannot be decoded near byte {at + 1:,}",
                    "Say the encoding it was saved in, for instance --encoding windows-1252.",
                ) from error
            if not chunk:
                break
            done += len(chunk)
    return attrs.evolve(source, path=place, compression="none", encoding="utf-8")
