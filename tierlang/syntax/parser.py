"""From text to syntax tree: the door of this room."""

from __future__ import annotations

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.source import Source
from tierlang.syntax import nodes
from tierlang.syntax.reader import Reader
from tierlang.syntax.tables import tables
from tierlang.syntax.tokens import tokenize


def parse(source: Source) -> tuple[nodes.File, list[Diagnostic]]:
    """Every declaration and line of the text that can be read, and a complaint for each place that cannot."""
    tokens, comments = tokenize(tables(), source.text)
    reader = Reader(source, tables(), tokens)
    declarations = reader.read()
    remarks = tuple(nodes.Comment(text=one.text, span=source.span(one.start, one.end)) for one in comments)
    allows = tuple(sorted(reader.allows, key=lambda one: one.span.start))
    return nodes.File(source, declarations, remarks, tuple(reader.complaints.holes), allows), reader.complaints.all()
