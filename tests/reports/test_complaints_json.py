"""The JSON report: what editors and CI rely on."""

from __future__ import annotations

import json

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Related, Severity
from tierlang.reports.complaints_json import complaints_json
from tierlang.source import Source


def test_every_part_of_a_complaint_is_there() -> None:
    source = Source("rules/é.tier", "a\n  employes\n")
    span = source.span(4, 12)
    found = Diagnostic(
        "unknown-name",
        Severity.ERROR,
        span,
        "there is no field `employes`",
        ("did you mean `employees`?",),
        (Related(source.span(0, 1), "here"),),
        (Fix("write `employees`", (Edit(span, "employees"),)),),
    )
    place = {
        "path": "rules/é.tier",
        "line": 2,
        "column": 3,
        "end": {"line": 2, "column": 11},
        "offsets": [4, 12],
    }
    first = {"path": "rules/é.tier", "line": 1, "column": 1, "end": {"line": 1, "column": 2}, "offsets": [0, 1]}
    assert json.loads(complaints_json([found], rulesets=1, files=2)) == {
        "version": 1,
        "rulesets": 1,
        "files": 2,
        "errors": 1,
        "findings": [
            {
                "code": "unknown-name",
                "severity": "error",
                "message": "there is no field `employes`",
                **place,
                "hints": ["did you mean `employees`?"],
                "related": [{"message": "here", **first}],
                "fixes": [{"title": "write `employees`", "edits": [{**place, "text": "employees"}]}],
            }
        ],
    }


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(complaints_json([], 3, 4))["findings"] == []
