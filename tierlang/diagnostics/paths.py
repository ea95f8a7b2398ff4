"""Paths as reports write them: from one folder, with forward slashes, the same on every machine."""

from __future__ import annotations

import os


def seen_from(path: str, folder: str) -> str:
    """The path relative to a folder; absolute where it stands on another drive. An empty folder is the one of work."""
    try:
        relative = os.path.relpath(path, folder or os.curdir)
    except ValueError:
        relative = os.path.abspath(path)
    return relative.replace(os.sep, "/")
