"""What DuckDB says about a file that it cannot use, in plain words."""

from __future__ import annotations

import re

import duckdb

from tierlang.ledger.errors import LedgerError

_HOLDER = re.compile(r"Conflicting lock is held in (.*?) \(PID (\d+)\)")
_NAMES_A_FILE = re.compile(r"file \"")
_UNCHANGED = "Nothing was changed."

_FULL = ("No space left", "File too large", "Disk quota", "not enough space")
_DAMAGED = (
    "Could not read enough bytes",
    "checksum",
    "Corrupt",
    "corrupt",
    "Failed to deserialize",
    "Failed to load metadata",
)


def is_lock(error: duckdb.Error) -> bool:
    """Whether somebody else has the file, which may change any moment."""
    return "Could not set lock" in str(error)


def trouble(error: duckdb.Error, path: str, place: str) -> LedgerError | None:
    """What the error says of the ledger at `place` (which people know as `path`); None where it speaks of something else."""
    text = str(error)
    if is_lock(error):
        return _locked(text, path)
    if "Unique file handle conflict" in text:
        return LedgerError(f"the ledger {path} is already open in this process", _UNCHANGED)
    if "not a valid DuckDB database file" in text and place in text:
        return LedgerError(
            f"{path} is not a ledger: it is no DuckDB file", "Name another file; this one was not touched."
        )
    if "with version number" in text or "storage version" in text.lower():
        return LedgerError(
            f"the ledger {path} was written by a newer DuckDB than the one here",
            "Update tierlang and DuckDB to use it. Nothing was changed.",
        )
    if any(word in text for word in _FULL) and place in text:
        return LedgerError(
            f"the ledger {path} cannot be written: the disk is full", "Nothing was changed; make room and apply again."
        )
    if "Permission denied" in text and place in text:
        return LedgerError(f"the ledger {path} cannot be opened: permission denied", _UNCHANGED)
    if "Read-only file system" in text and place in text:
        return LedgerError(f"the ledger {path} cannot be written: the disk is read-only", _UNCHANGED)
    if any(word in text for word in _DAMAGED) and (place in text or not _NAMES_A_FILE.search(text)):
        return LedgerError(
            f"the ledger {path} is damaged: a part of the file is missing or not what was written",
            "Take it from your last backup.",
        )
    if place in text:
        return LedgerError(f"the ledger {path} cannot be used: {text.splitlines()[0]}")
    return None


def _locked(text: str, path: str) -> LedgerError:
    held = _HOLDER.search(text)
    who = f"{held[1]} (process {held[2]})" if held else "another process"
    return LedgerError(
        f"the ledger {path} is in use by {who}",
        "Wait until it has ended, or close the program that has the file open (a BI tool, a notebook), and try again. Nothing was changed.",
    )
