"""Findings as JSON, for editors and CI: one object with a version, so that readers can rely on its shape (docs/schemas/check.json)."""

from __future__ import annotations

import json
from typing import Any

from tierlang.diagnostics.diagnostic import Edit, Fix, Severity
from tierlang.reports.findings import Findings, Found, Proof
from tierlang.source import Span

VERSION = 2


def findings_json(findings: Findings) -> str:
    """The whole report: what was checked and asked, every finding with its place, hints, example and fixes, every question with its answer."""
    report = {
        "version": VERSION,
        "as_of": findings.as_of.isoformat(),
        "rulesets": len(findings.rulesets),
        "files": len(findings.files),
        "errors": findings.count(Severity.ERROR),
        "warnings": findings.count(Severity.WARNING),
        "notes": findings.count(Severity.NOTE),
        "silenced": findings.silenced,
        "accounts": findings.accounts,
        "findings": [_finding(found) for found in findings.found],
        "proofs": [_proof(proof) for proof in findings.proofs],
        "rules": [
            {"name": rule.name, "severity": rule.severity.value, "summary": rule.summary} for rule in findings.rules
        ],
        "unreadable": [{"path": file.path, "why": file.why} for file in findings.unreadable],
        "corrected": [{"code": one.code, "title": one.title, **_place(one.span)} for one in findings.corrected],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _finding(found: Found) -> dict[str, Any]:
    diagnostic = found.diagnostic
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "of": "rule" if found.of_rule else "compiler",
        "message": diagnostic.message,
        "fingerprint": found.fingerprint,
        **_place(diagnostic.span),
        "hints": list(diagnostic.hints),
        "related": [{"message": other.message, **_place(other.span)} for other in diagnostic.related],
        "example": diagnostic.example,
        "fixes": [_fix(fix) for fix in diagnostic.fixes],
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {"title": fix.title, "certain": fix.certain, "edits": [_edit(edit) for edit in fix.edits]}


def _edit(edit: Edit) -> dict[str, Any]:
    return {**_place(edit.span), "text": edit.text}


def _proof(proof: Proof) -> dict[str, Any]:
    place = None if proof.span is None else _place(proof.span)
    return {
        "ruleset": proof.ruleset,
        "question": proof.question,
        "answer": proof.answer,
        "why": proof.why,
        "place": place,
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
