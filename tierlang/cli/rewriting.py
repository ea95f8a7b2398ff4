"""Writing a file that people keep: whole or not at all, with its byte order mark and its rights as they were."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from tierlang.cli.failure import Failure

_MARK = "\ufeff".encode()


def rewrite(path: str, before: str, after: str) -> None:
    """Put a new text in the place of a rule file's. `before` is the text it was made from: a file that somebody changed meanwhile is left alone."""
    old = Path(path).read_bytes()
    mark = _MARK if old.startswith(_MARK) else b""
    if old != mark + before.encode():
        raise Failure(f"{path} was changed by somebody else meanwhile: it is left as it is now")
    write_whole(path, mark + after.encode())


def write_whole(path: str, data: bytes) -> None:
    """Write a file so that readers see the old one or the new one and never a part; raises OSError, which names the file. A link stays one."""
    try:
        _write(os.path.realpath(path), data)
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, path) from problem


def _write(target: str, data: bytes) -> None:
    descriptor, beside = tempfile.mkstemp(dir=os.path.dirname(target), prefix=f".{os.path.basename(target)}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        if os.path.exists(target):
            shutil.copymode(target, beside)
        else:
            os.chmod(beside, 0o666 & ~_mask())
        os.replace(beside, target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _mask() -> int:
    """What the user takes from the rights of new files; it can only be asked by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
