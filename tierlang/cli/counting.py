"""How far work on many files is, for somebody who waits at a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE = 1.0


class Counting:
    """Shows a bar on standard error while a `with` block works on `total` files, if it takes longer than a second and somebody is looking. Called with the number of files done."""

    def __init__(self, doing: str, total: int) -> None:
        self._doing = doing
        self._total = total
        self._looked_at = sys.stderr.isatty()
        self._since = time.monotonic()
        self._shown: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Counting:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown is not None:
            self._shown[0].stop()
            self._shown = None

    def __call__(self, done: int) -> None:
        if self._shown is None:
            if not self._looked_at or time.monotonic() - self._since < _PATIENCE:
                return
            self._shown = self._start()
        progress, task = self._shown
        progress.update(task, completed=done)

    def _start(self) -> tuple[Progress, TaskID]:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        from tierlang.cli.terminal import console

        columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), MofNCompleteColumn())
        progress = Progress(*columns, console=console(err=True), transient=True)
        task = progress.add_task(self._doing, total=self._total)
        progress.start()
        return progress, task
