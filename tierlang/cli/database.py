"""The database that evaluates: in memory, within limits, alone on its machine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import duckdb

MEMORY = "1400MB"
"""Enough for ten million accounts; what does not fit goes to temporary files."""


@attrs.frozen
class Limits:
    """What the database may use; None is our own choice (all cores) or `MEMORY`."""

    threads: int | None = None
    memory: str | None = None


@contextmanager
def database(limits: Limits) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that never loads extensions or reads Python's variables; its temporary files are gone at the end."""
    with tempfile.TemporaryDirectory(prefix="tierlang-") as folder:
        settings: dict[str, str | bool | int] = {
            "memory_limit": limits.memory or MEMORY,
            "temp_directory": folder,
            "preserve_insertion_order": True,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "python_enable_replacements": False,
            "python_scan_all_frames": False,
            "enable_progress_bar": True,
            "enable_progress_bar_print": False,
        }
        if limits.threads is not None:
            settings["threads"] = limits.threads
        connection = duckdb.connect(":memory:")
        try:
            for name, value in settings.items():
                connection.execute(f"SET {name} = {_literal(value)}")
            yield connection
        finally:
            connection.close()


def _literal(value: str | bool | int) -> str:
    if isinstance(value, str):
        escaped = value.replace("'", "''")
        return f"'{escaped}'"
    return str(value).lower()
