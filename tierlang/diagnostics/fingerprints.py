"""What a complaint is known by from one day to the next: not its line, which moves, but what it is about."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.diagnostics.paths import seen_from
from tierlang.source import Source, Span

_PIECE = re.compile(r'"(?:\\.|[^"\\\n])*"?|#[^\n]*|[\w.]+|\S')
_LENGTH = 20
_OWN_WORDS = 2
"""How many names before a `{` say which block it opens: `tier one`."""
_DEEPEST = 12
"""No rule file has so many blocks inside each other; a text of nothing but braces would."""


def fingerprints(diagnostics: Sequence[Diagnostic], folder: str = "") -> tuple[str, ...]:
    """A fingerprint for each: of its code, its path from `folder`, the blocks it stands in, its words, and how many such came before it.

    Lines, columns, white space and comments take no part, nor does the message (which may tell a date).
    """
    blocks: dict[str, _Blocks] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for diagnostic in diagnostics:
        span = diagnostic.span
        path = span.source.path
        if path not in blocks:
            blocks[path] = _Blocks.of(span.source)
        about = (diagnostic.code, seen_from(path, folder), blocks[path].around(span.start), statement(span))
        found.append(_digest([*about, str(seen[about])]))
        seen[about] += 1
    return tuple(found)


def statement(span: Span) -> str:
    """The words of a place up to its first `{`, one space between two: what a block is called, or the whole of an expression."""
    pieces: list[str] = []
    for found in _PIECE.finditer(span.text):
        if found[0] == "{" and pieces:
            break
        if not found[0].startswith("#"):
            pieces.append(found[0])
    return " ".join(pieces)


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_LENGTH]


@attrs.frozen
class _Blocks:
    """The open blocks of a text: from each offset in `starts` on, those at the same position in `heads`."""

    starts: list[int]
    heads: list[str]

    @classmethod
    def of(cls, source: Source) -> _Blocks:
        starts, heads = [0], [""]
        open_blocks: list[str] = []
        names: list[str] = []
        for found in _PIECE.finditer(source.text):
            piece = found[0]
            if piece == "{":
                open_blocks.append(" ".join(names[-_OWN_WORDS:]))
            elif piece == "}" and open_blocks:
                open_blocks.pop()
            elif piece[0].isalpha():
                names.append(piece)
            if piece in "{}":
                names = []
                starts.append(found.end())
                heads.append("/".join(open_blocks[-_DEEPEST:]))
        return cls(starts, heads)

    def around(self, offset: int) -> str:
        return self.heads[bisect_right(self.starts, offset) - 1]
