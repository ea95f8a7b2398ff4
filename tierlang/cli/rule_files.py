"""Finding rule files: the paths that a command was given, folders searched."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from tierlang.cli.failure import Failure

SUFFIX = ".tier"


def rule_files(paths: Sequence[str]) -> list[str]:
    """Every rule file once: those named, and the `*.tier` of the folders named, by path; what is hidden is left out."""
    found: dict[str, str] = {}
    for path in paths:
        files = list(_inside(path)) if os.path.isdir(path) else [path]
        if not files:
            raise Failure(f"{path}: no rule file (*{SUFFIX}) is in this folder or below it")
        for file in files:
            found.setdefault(os.path.realpath(file), os.path.normpath(file))
    return sorted(found.values())


def _inside(folder: str) -> Iterator[str]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(here, name) for name in files if _is_shown(name))


def _is_shown(name: str) -> bool:
    """Whether a file of a folder is meant: editors and systems keep files of their own (`.#one.tier`, `._one.tier`) beside it."""
    return name.endswith(SUFFIX) and not name.startswith(".")
