"""How the tests of this room read texts."""

from __future__ import annotations

from pathlib import Path

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.source import Source
from tierlang.syntax import nodes as n
from tierlang.syntax.parser import parse

CASES = Path(__file__).parent / "cases"
EVERYTHING = (CASES / "everything.tier").read_text(encoding="utf-8")


def read(text: str) -> tuple[n.File, list[Diagnostic]]:
    """The tree and the complaints of a text."""
    return parse(Source("test.tier", text))


def good(text: str) -> tuple[n.Declaration, ...]:
    """The declarations of a text that has no mistakes."""
    file, complaints = read(text)
    assert not complaints, [one.message for one in complaints]
    assert not file.holes
    return file.declarations


def value(text: str) -> n.Expression:
    """The tree of one expression."""
    (declaration,) = good(f"let it = {text}")
    assert isinstance(declaration, n.Let)
    return declaration.value


def mended(text: str) -> str:
    """The text with every offered edit made."""
    edits = [edit for one in read(text)[1] for fix in one.fixes for edit in fix.edits]
    for edit in sorted(edits, key=lambda one: (one.span.start, one.span.end), reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
