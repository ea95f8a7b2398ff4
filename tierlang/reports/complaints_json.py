"""Complaints as JSON, for editors and CI: one object with a version, so that readers can rely on its shape."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.source import Span

VERSION = 1


def complaints_json(diagnostics: Sequence[Diagnostic], rulesets: int, files: int) -> str:
    """The whole report: what was checked, and every complaint with its place, hints, related places and fixes."""
    report = {
        "version": VERSION,
        "rulesets": rulesets,
        "files": files,
        "errors": sum(diagnostic.is_error for diagnostic in diagnostics),
        "findings": [_finding(diagnostic) for diagnostic in diagnostics],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _finding(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_place(diagnostic.span),
        "hints": list(diagnostic.hints),
        "related": [{"message": other.message, **_place(other.span)} for other in diagnostic.related],
        "fixes": [
            {"title": fix.title, "edits": [{**_place(edit.span), "text": edit.text} for edit in fix.edits]}
            for fix in diagnostic.fixes
        ],
    }


def _place(span: Span) -> dict[str, Any]:
    """The path, the lines and columns (from 1, counted in characters; the end is exclusive) and the offsets (from 0)."""
    (line, column), (end_line, end_column) = span.source.position(span.start), span.source.position(span.end)
    return {
        "path": span.source.path,
        "line": line,
        "column": column,
        "end": {"line": end_line, "column": end_column},
        "offsets": [span.start, span.end],
    }
