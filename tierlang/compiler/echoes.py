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
        "bad-steps",
        "band-gap",
        "empty-lookup",
        "empty-score",
        "empty-test",
        "ladder-gap",
        "missing-key",
        "no-by",
        "no-line",
        "no-missing-policy",
        "no-missing-row",
        "no-overflow",
        "no-owner",
        "no-target",
        "no-when",
        "useless-bound",
        "weights-not-scaled",
        "weights-total",
    }
)
"""Complaints that something is absent from the block in which they stand."""


OF_ONE_PART = frozenset({"band-gap", "no-line", "no-missing-row", "no-overflow", "no-owner", "no-target", "no-when"})
"""Those of them that only the line or tier in which they stand could answer."""

_LINES = (nodes.TierRange, nodes.Top, nodes.Otherwise)


def words_in_holes(files: Sequence[nodes.File]) -> frozenset[str]:
    """Every word in the text that could not be read."""
    return frozenset(word for file in files for hole in file.holes for word in _WORD.findall(hole.text))


def without_echoes(complaints: Sequence[Diagnostic], files: Sequence[nodes.File]) -> list[Diagnostic]:
    """The complaints but those that the unreadable text may answer."""
    words = words_in_holes(files)
    lines = {(id(hole.source), hole.source.position(hole.start)[0]) for file in files for hole in file.holes}
    return [
        complaint
        for complaint in complaints
        if not (complaint.code == "unknown-name" and (complaint.span.text in words or _line(complaint.span) in lines))
        and not (
            complaint.code in ABSENCES and any(_inside(complaint.span, span) for span in _broken(complaint, files))
        )
    ]


def without_beside(complaints: Sequence[Diagnostic], of_text: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The complaints but those of a missing window on a line whose text is wrong: what was misread may be the window."""
    lines = {_line(wrong.span) for wrong in of_text}
    return [one for one in complaints if one.code != "no-window" or _line(one.span) not in lines]


def _broken(complaint: Diagnostic, files: Sequence[nodes.File]) -> list[Span]:
    """The declarations in which text could not be read that may answer the complaint."""
    return [
        declaration.span
        for file in files
        for declaration in file.declarations
        for hole in file.holes
        if _inside(hole, declaration.span)
        and not (complaint.code == "ladder-gap" and _beside_the_lines(hole, declaration))
        and not (complaint.code in OF_ONE_PART and _apart(complaint.span, hole, declaration))
    ]


def _apart(complaint: Span, hole: Span, declaration: nodes.Declaration) -> bool:
    """Whether another line or tier of the declaration stands nearer to the hole than the one that is complained of."""
    parts: Sequence[nodes.Node] = getattr(declaration, "parts", ())
    before = [part for part in parts if part.span.start <= hole.start]
    return bool(before) and not _inside(complaint, before[-1].span)


def _beside_the_lines(hole: Span, declaration: nodes.Declaration) -> bool:
    """Whether the hole is in a tier that has told who belongs to it, so that it hides no other line."""
    return isinstance(declaration, nodes.Tiers) and any(
        isinstance(tier, nodes.Tier)
        and _inside(hole, tier.span)
        and hole.end <= tier.span.end
        and any(isinstance(part, _LINES) and part.span.end <= hole.start for part in tier.parts)
        for tier in declaration.parts
    )


def _line(span: Span) -> tuple[int, int]:
    return id(span.source), span.source.position(span.start)[0]


def _inside(inner: Span, outer: Span) -> bool:
    return inner.source is outer.source and outer.start <= inner.start < outer.end
