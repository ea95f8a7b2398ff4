"""Findings as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tierlang import __version__
from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Severity
from tierlang.diagnostics.paths import seen_from
from tierlang.reports.findings import Findings, Found, RuleAsked
from tierlang.source import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_FINGERPRINT = "tierlang/v1"
_ROOT = "%SRCROOT%"
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def sarif(findings: Findings) -> str:
    """One run: the rules that were asked and the kinds of complaints that were met, the results, and what could not be read."""
    rules = [*map(_rule, findings.rules), *_kinds(findings)]
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "tierlang", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not findings.unreadable,
                "exitCode": findings.status,
                "toolExecutionNotifications": [_notification(file.path, file.why) for file in findings.unreadable],
            }
        ],
        "results": [_result(found, places[found.diagnostic.code]) for found in findings.found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: RuleAsked) -> dict[str, Any]:
    page = rule.page.strip()
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _kinds(findings: Findings) -> list[dict[str, Any]]:
    """The kinds of complaints that no rule makes: those of the compiler, by name."""
    known = {rule.name for rule in findings.rules}
    met = {one.code: one.severity for one in findings.diagnostics if one.code not in known}
    return [
        {
            "id": code,
            "shortDescription": {"text": code.replace("-", " ").capitalize()},
            "help": {"text": "The result says what is wrong and what would be right."},
            "defaultConfiguration": {"level": _LEVELS[met[code]]},
        }
        for code in sorted(met)
    ]


def _result(found: Found, rule: int) -> dict[str, Any]:
    diagnostic = found.diagnostic
    result = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": _message(diagnostic),
        "locations": [{"physicalLocation": _physical(diagnostic.span)}],
        "partialFingerprints": {_FINGERPRINT: found.fingerprint},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(other.span), "message": {"text": _text(other.message)}}
            for number, other in enumerate(diagnostic.related, 1)
        ]
    if diagnostic.fixes:
        result["fixes"] = [_fix(fix) for fix in diagnostic.fixes]
    if diagnostic.example is not None:
        result["properties"] = {"example": diagnostic.example}
    return result


def _message(diagnostic: Diagnostic) -> dict[str, str]:
    lines = [diagnostic.message, *diagnostic.hints]
    if diagnostic.example is None:
        return {"text": _text("\n".join(lines))}
    example = diagnostic.example.strip("\n")
    return {
        "text": _text("\n".join([*lines, "", "An account that shows it:", example])),
        "markdown": _text("\n\n".join([*lines, f"An account that shows it:\n\n```\n{example}\n```"])),
    }


def _text(text: str) -> str:
    """A text in which nothing is taken for the place of an argument."""
    return _PLACEHOLDER.sub(r"{{\1}}", text)


def _physical(span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(span.source.path), "region": _region(span)}


def _artifact(path: str) -> dict[str, str]:
    """The file: from the folder of work, or, where it stands elsewhere, in full."""
    relative = seen_from(path, "")
    if relative.startswith("../") or os.path.isabs(relative):
        return {"uri": Path(os.path.abspath(path)).as_uri()}
    return {"uri": quote(os.fsencode(relative)), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, int]:
    (line, column), (end_line, end_column) = span.source.position(span.start), span.source.position(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = sorted(fix.edits, key=lambda edit: (edit.span.source.path, edit.span.start))
    changes = [_change(path, list(group)) for path, group in groupby(edits, key=lambda edit: edit.span.source.path)]
    return {"description": {"text": _text(fix.title)}, "artifactChanges": changes}


def _change(path: str, edits: Sequence[Edit]) -> dict[str, Any]:
    return {
        "artifactLocation": _artifact(path),
        "replacements": [
            {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in edits
        ],
    }


def _notification(path: str, why: str) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": _text(f"{path} cannot be read: {why}")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(path)}}],
    }
