"""Texts that people read, kept as files beside the tests. `UPDATE_GOLDEN=1 pytest …` writes them anew; read the difference before committing."""

from __future__ import annotations

import os
from pathlib import Path


def assert_golden(path: Path, text: str) -> None:
    """The text equals the file; with UPDATE_GOLDEN set the file becomes the text."""
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path} is missing: run with UPDATE_GOLDEN=1 and read it"
    assert text == path.read_text(encoding="utf-8")
