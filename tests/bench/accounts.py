"""Where the accounts of the benchmark are."""

from __future__ import annotations

from pathlib import Path

STEM = "accounts-v1"
FORMATS = ("csv", "parquet")


def path_of(folder: Path, rows: int, suffix: str) -> Path:
    """The accounts of one size and format."""
    return folder / f"{STEM}-{rows}.{suffix}"
