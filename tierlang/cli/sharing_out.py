"""Work on many files, shared out among processes: the same answers in the same order, only sooner."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, TypeVar

from tierlang.cli.failure import Failure

R = TypeVar("R")

Tell: TypeAlias = Callable[[int], None]
"""Is told how many are done."""

_FEW = 16
"""Up to so many files one process is as quick: another takes half a second to start."""
_EACH = 8
"""As many files at least make another process worth its start."""

_AT_ONCE = 4
"""Files that go to a process together: fewer would cost messages, more would keep a person waiting who stopped it."""


def shared_out(work: Callable[[str], R], paths: Sequence[str], jobs: int | None, tell: Tell | None = None) -> list[R]:
    """`work` done on every path, in `jobs` processes (None: as many as help). `work` and its results must be able to travel."""
    processes = min(jobs or _helpful(len(paths)), len(paths))
    if processes <= 1:
        return _counted(map(work, paths), tell)
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_leave_stopping_to_the_parent)
    try:
        return _counted(pool.map(work, paths, chunksize=_AT_ONCE), tell)
    except BrokenProcessPool:
        raise Failure("a process that checked rule files was ended from outside; try again with --jobs 1") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _helpful(files: int) -> int:
    return 1 if files <= _FEW else min(_processors(), files // _EACH)


def _processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _leave_stopping_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _counted(results: Iterable[R], tell: Tell | None) -> list[R]:
    done: list[R] = []
    for result in results:
        done.append(result)
        if tell is not None:
            tell(len(done))
    return done
