"""The database that evaluates: in memory, within limits, alone on its machine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import duckdb

MEMORY = 1_400
"""MB; enough for ten million accounts. What does not fit goes to temporary files."""

MEMORY_WITH_FACTS = 4_500
"""MB; enough for twenty million events of a million accounts, where writing to disk would take twice the time."""


@attrs.frozen
class Limits:
    """What the database may use; None is our own choice: all cores, and memory by what is read."""

    threads: int | None = None
    memory: str | None = None


@contextmanager
def database(limits: Limits, *, with_facts: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that never loads extensions or reads Python's variables; its temporary files are gone at the end.

    `with_facts`: files of events or signals will be read.
    """
    with tempfile.TemporaryDirectory(prefix="tierlang-") as folder:
        settings: dict[str, str | bool | int] = {
            "memory_limit": limits.memory or f"{_usual(with_facts=with_facts)}MB",
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


def _usual(*, with_facts: bool) -> int:
    """How many MB to use unless the user says it: with facts more, but no more than half of what the machine has."""
    if not with_facts or not hasattr(os, "sysconf"):
        return MEMORY
    half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2_000_000
    return max(MEMORY, min(MEMORY_WITH_FACTS, half))


def _literal(value: str | bool | int) -> str:
    if isinstance(value, str):
        escaped = value.replace("'", "''")
        return f"'{escaped}'"
    return str(value).lower()
