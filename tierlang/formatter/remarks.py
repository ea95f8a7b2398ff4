"""Comments: the gap between two tokens in which each stands, and whether it ends a line that has tokens."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from tierlang.formatter.tree import Part, Tree, own, walk


@attrs.frozen(eq=False, repr=False, slots=False)
class Remark:
    """A comment: its text, its place in the source, and whether it stands behind tokens on their line."""

    text: str
    start: int
    end: int
    trailing: bool


Remarks: TypeAlias = dict[int, list[Remark]]
"""The comments before each token that has some, in order."""

_LEADING = {
    "or_": ("OR",),
    "and_": ("AND",),
    "add": ("PLUS",),
    "subtract": ("MINUS",),
    "multiply": ("STAR",),
    "divide": ("SLASH",),
    "if_": ("THEN", "ELSE"),
}
"""The signs and words that a broken line begins with."""


def remarks(tree: Tree) -> Remarks:
    """Every comment by the token that follows it, moved over a sign where the layout breaks the line on its other side."""
    found = _as_written(tree)
    if found:
        for at in sorted(_leading(tree), reverse=True):
            if at + 1 in found:
                found[at] = found.get(at, []) + found.pop(at + 1)
        for at in sorted(found):
            # A comment before a comma or a brace would tear it off its line.
            if tree.kind(at) in ("COMMA", "LBRACE"):
                found[at + 1] = found.pop(at) + found.get(at + 1, [])
    return found


def _as_written(tree: Tree) -> Remarks:
    found: Remarks = {}
    at = 0
    for comment in tree.comments:
        while tree.tokens[at].start < comment.start:
            at += 1
        text = comment.text.rstrip()
        found.setdefault(at, []).append(Remark(text, comment.start, comment.end, not comment.first))
    return found


def _leading(tree: Tree) -> list[int]:
    """The tokens that begin a line where their expression is broken."""
    return [at for part in walk((tree.file,)) for at in leading(tree, part)]


def leading(tree: Tree, part: Part) -> list[int]:
    """The tokens of a part's own that begin a line where it is broken."""
    kinds = _LEADING.get(part.maker, ())
    return [at for at in own(part) if tree.kind(at) in kinds] if kinds else []
