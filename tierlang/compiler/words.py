"""The user's own words: pieces of a rule file on one line, and texts in their one normal form."""

from __future__ import annotations

import re
import unicodedata

from tierlang.source import Span
from tierlang.syntax import nodes

_PIECE = re.compile(r'"(?:\\.|[^"\\\n])*"|(?:#[^\n]*|\s+)+|[^\s"#]+|.', re.DOTALL)


def words(span: Span) -> str:
    """The text of a span on one line: white space is one blank, comments are dropped, quoted strings stay as they are."""
    pieces = (match.group() for match in _PIECE.finditer(span.text))
    return "".join(" " if piece[0] == "#" or piece[0].isspace() else piece for piece in pieces).strip()


def text_of(node: nodes.Text) -> str:
    """What a quoted string says, in the normal form that cells are read in."""
    return normal(node.value)


def label_of(node: nodes.Text | None) -> str | None:
    """An optional label's text."""
    return None if node is None else normal(node.value)


def normal(text: str) -> str:
    """Text in Unicode's composed form, so that equal-looking texts are equal."""
    return unicodedata.normalize("NFC", text)
