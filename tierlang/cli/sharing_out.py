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

_EACH = 60_000
"""Characters of rules that make a process worth its start of half a second, also where it must wait for a processor: about a second's work."""

_AT_ONCE = 4
"""Files that go to a process together: fewer would cost messages, more would keep a person waiting who stopped it."""


def shared_out(work: Callable[[str], R], paths: Sequence[str], jobs: int | None, tell: Tell | None = None) -> list[R]:
    """`work` done on every path, in `jobs` processes (None: as many as help). `work` and its results must be able to travel."""
    processes = min(jobs or helpful(paths), len(paths))
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


def helpful(paths: Sequence[str]) -> int:
    """As many processes as make the work on these files shorter."""
    return min(_processors(), max(1, sum(map(_size, paths)) // _EACH), max(1, len(paths) // _AT_ONCE))


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


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
