"""Where the accounts and events of the benchmark are."""

from __future__ import annotations

from pathlib import Path

STEM = "accounts-v1"
FORMATS = ("csv", "parquet")


def path_of(folder: Path, rows: int, suffix: str) -> Path:
    """The accounts of one size and format."""
    return folder / f"{STEM}-{rows}.{suffix}"


EVENTS_EACH = 20
"""Events per account."""


def events_path_of(folder: Path, rows: int, suffix: str) -> Path:
    """The events of the accounts of one size, in one format."""
    return folder / f"events-v1-{rows}x{EVENTS_EACH}.{suffix}"
