"""Progress of long work on a terminal: what is being done, and how far the database says it is."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    import duckdb

_PATIENCE = 1.0
_EVERY = 0.1


class Watch:
    """Shows a bar while a `with` block works, if it takes longer than a second and somebody is looking.

    The block says with `phase` what it does now; a thread asks the database how far the running query is.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, console: Console, *, enabled: bool) -> None:
        self._connection = connection
        self._console = console
        self._phase = ""
        self._prefix = ""
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True) if enabled and console.is_terminal else None

    def phase(self, name: str) -> None:
        """From now on the work is this."""
        self._phase = self._prefix + name

    def prefix(self, text: str) -> None:
        """From now on this stands before what the work is, as in one of many runs."""
        self._prefix = text

    def __enter__(self) -> Watch:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        if self._done.wait(_PATIENCE):
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as progress:
            phase, task = self._phase, progress.add_task(self._phase, total=100)
            while not self._done.wait(_EVERY):
                if phase != self._phase:
                    progress.remove_task(task)
                    phase, task = self._phase, progress.add_task(self._phase, total=100)
                percent = self._connection.query_progress()
                progress.update(task, completed=percent if percent >= 0 else None)
