"""What the files of a plan held: their hashes, taken while the database reads them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import attrs

from tierlang.accounts.facts import FactFile, Given
from tierlang.cli.evaluation import Placed
from tierlang.cli.failure import Failure, plain_words
from tierlang.planning.header import Input


def sha256_of(path: str | Path) -> str:
    """The hash of a file's bytes."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@attrs.define
class Hashing:
    """Hashes files in the background; what can be read only once (standard input, a pipe) is hashed when it has been set down.

    A file that is written while it is read is refused: nobody could say what the plan was made from.
    """

    accounts: str
    facts: Sequence[Given]
    _pool: ThreadPoolExecutor = attrs.field(factory=lambda: ThreadPoolExecutor(1), init=False)
    _before: dict[str, tuple[int, int, int]] = attrs.field(factory=dict, init=False)
    _hashes: dict[str, Future[str]] = attrs.field(factory=dict, init=False)

    def __enter__(self) -> Hashing:
        for path in dict.fromkeys([self.accounts, *(each.path for each in self.facts)]):
            if os.path.isfile(path):
                self._before[path] = _state(path)
                self._hashes[path] = self._pool.submit(sha256_of, path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def inputs(self, placed: Placed) -> tuple[Input, ...]:
        """The files as a plan names them, now that they were read."""
        found = [self._input("accounts", None, self.accounts, placed.accounts.opened.source.path)]
        found += [self._fact(given, file) for given, file in zip(self.facts, placed.facts, strict=True)]
        return tuple(found)

    def _fact(self, given: Given, file: FactFile) -> Input:
        return self._input(given.sort, given.name, given.path, file.opened.source.path)

    def _input(self, role: str, name: str | None, path: str, copy: Path) -> Input:
        if path not in self._hashes:
            return Input(role, name, path, sha256_of(copy), again=False)
        try:
            hashed = self._hashes[path].result()
            if _state(path) != self._before[path]:
                raise Failure(
                    f"{path} was written while it was read, so nobody could say what this plan is made from; plan again"
                )
        except OSError as problem:
            raise Failure(plain_words(problem)) from problem
        return Input(role, name, path, hashed)


def _state(path: str) -> tuple[int, int, int]:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns, found.st_ino
