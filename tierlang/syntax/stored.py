"""Generated tables kept between runs, in the user's cache directory.

The file is plain JSON, so reading it can run nothing. It is read only where nobody but the user (or root) could have written it, and
anything odd about it, or a home that is missing or cannot be written, means that the tables are generated again.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_SHAPE = "1"
"""Raised when the meaning of the stored data changes."""


def load(grammar: str, generate: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The tables of `grammar`: as stored, or from `generate` and then stored."""
    path = _path(grammar)
    found = _read(path) if path else None
    if found is not None:
        return found
    made = generate()
    if path:
        _write(path, made)
    return made


def _path(grammar: str) -> Path | None:
    """The file for this grammar; None where the user has no cache directory."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):
        home = os.path.expanduser("~/.cache")
    if not os.path.isabs(home):
        return None
    key = "\0".join((_SHAPE, grammar, _lark_version(), sys.version, _generator()))
    return Path(home) / "tierlang" / f"syntax-{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"


def _generator() -> str:
    """The text of the module that makes the tables: another one makes others."""
    parts = (Path(__file__).with_name(name) for name in ("generate.py", "grammar.py"))
    return "\0".join(part.read_text(encoding="utf-8") for part in parts if part.exists())


def _lark_version() -> str:
    """Which Lark is installed, told by its file: its version is slow to ask for."""
    spec = find_spec("lark")
    if spec is None or spec.origin is None:
        return ""
    status = os.stat(spec.origin)
    return f"{spec.origin} {status.st_mtime_ns} {status.st_size}"


def _read(path: Path) -> dict[str, Any] | None:
    """The stored tables, or None where they are absent, damaged, or may be somebody else's."""
    try:
        if not _is_ours(os.lstat(path.parent)):
            return None
        with path.open("rb") as file:
            if not _is_ours(os.fstat(file.fileno())):
                return None
            content = file.read()
        digest, _, body = content.partition(b"\n")
        if digest.decode("ascii") != hashlib.sha256(body).hexdigest():
            return None
        found = json.loads(body)
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write(path: Path, made: dict[str, Any]) -> None:
    """Store the tables, whole or not at all; a cache that cannot be written is no error."""
    body = json.dumps(made, separators=(",", ":")).encode("ascii")
    temporary = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(os.lstat(path.parent)):
            return
        handle, temporary = tempfile.mkstemp(prefix=".syntax-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode("ascii") + b"\n" + body)
        os.replace(temporary, path)
    except OSError:
        if temporary:
            _forget(temporary)


def _forget(temporary: str) -> None:
    try:
        os.unlink(temporary)
    except OSError:
        return


def _is_ours(status: os.stat_result) -> bool:
    """Whether only this user (or root) can have written it."""
    if not hasattr(os, "geteuid"):
        return True
    if stat.S_ISLNK(status.st_mode) or status.st_uid not in (os.geteuid(), 0):
        return False
    return not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
