"""Complaints that only echo a broken piece of text: what is said to be absent may stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.source import Span
from tierlang.syntax import nodes

_WORD = re.compile(r"[a-z][a-z0-9_]*")

ABSENCES = frozenset(
    {
        "band-gap",
        "empty-score",
        "ladder-gap",
        "missing-key",
        "no-by",
        "no-line",
        "no-missing-policy",
        "no-missing-row",
        "no-overflow",
        "no-owner",
        "weights-total",
    }
)
"""Complaints that something is absent from the block in which they stand."""


def words_in_holes(files: Sequence[nodes.File]) -> frozenset[str]:
    """Every word in the text that could not be read."""
    return frozenset(word for file in files for hole in file.holes for word in _WORD.findall(hole.text))


def without_echoes(complaints: Sequence[Diagnostic], files: Sequence[nodes.File]) -> list[Diagnostic]:
    """The complaints but those that the unreadable text may answer."""
    words = words_in_holes(files)
    lines = {(id(hole.source), hole.source.position(hole.start)[0]) for file in files for hole in file.holes}
    broken = [
        declaration.span
        for file in files
        for declaration in file.declarations
        if any(_inside(hole, declaration.span) for hole in file.holes)
    ]
    return [
        complaint
        for complaint in complaints
        if not (complaint.code == "unknown-name" and (complaint.span.text in words or _line(complaint.span) in lines))
        and not (complaint.code in ABSENCES and any(_inside(complaint.span, span) for span in broken))
    ]


def _line(span: Span) -> tuple[int, int]:
    return id(span.source), span.source.position(span.start)[0]


def _inside(inner: Span, outer: Span) -> bool:
    return inner.source is outer.source and outer.start <= inner.start < outer.end
