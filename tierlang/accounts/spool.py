"""A private folder for what a run has to set down: standard input, text in another encoding, rows set aside."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path


class Spool:
    """A temporary folder, made when first needed; gone when closed, or when nobody holds it any more."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._count = 0
        self._finalizer: weakref.finalize | None = None  # type: ignore[type-arg]

    def new(self, suffix: str) -> Path:
        """A path in the folder that nothing stands at yet."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="tierlang-"))
            self._finalizer = weakref.finalize(self, shutil.rmtree, str(self._folder), ignore_errors=True)
        self._count += 1
        return self._folder / f"{self._count}{suffix}"

    def close(self) -> None:
        """Take the folder away."""
        if self._finalizer is not None:
            self._finalizer()
            self._folder = self._finalizer = None
