"""What became of tests as JSON, for editors and scripts: one object with a version, so that readers can rely on its shape."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tierlang.program.holdings import Decision
from tierlang.reports.stopped import stopped_text
from tierlang.reports.tested import RulesetRun, came_text, expect_text
from tierlang.reports.tested_picture import one_line, piece_text
from tierlang.source import Span
from tierlang.testing.coverage import Coverage
from tierlang.testing.results import Miss, TestResult

VERSION = 1


def outcomes_json(
    tested: Sequence[RulesetRun], broken: Sequence[str], coverages: Mapping[str, Coverage] | None = None
) -> str:
    """The report; `broken` are rulesets that do not compile, `coverages` by path where they were asked for."""
    report = {
        "version": VERSION,
        "tests": sum(len(each.results) for each in tested),
        "failed": sum(len(each.failed) for each in tested),
        "not_compiled": list(broken),
        "rulesets": [_ruleset(each, (coverages or {}).get(each.path)) for each in tested],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _ruleset(each: RulesetRun, coverage: Coverage | None) -> dict[str, Any]:
    report: dict[str, Any] = {
        "path": each.path,
        "name": each.program.name,
        "tests": [_test(result) for result in each.results],
    }
    return report if coverage is None else {**report, "coverage": _coverage(coverage)}


def _test(result: TestResult) -> dict[str, Any]:
    return {
        "label": result.test.label,
        **_place(result.test.span),
        "passed": result.passed,
        "stopped": None if result.stopped is None else stopped_text(result.stopped),
        "misses": [_miss(miss) for miss in result.misses],
    }


def _miss(miss: Miss) -> dict[str, Any]:
    came, pieces = miss.came, () if miss.looked is None else miss.looked.pieces
    return {
        "expect": expect_text(miss),
        **_place(miss.expect.span),
        "came": came_text(came),
        "account": came.key,
        "tier": came.tier,
        "excluded": came.excluded,
        "marks": list(came.marks),
        "reason": came.reason,
        "decision": None if miss.decision is None else _decision(miss.decision),
        "parts": [{"text": one_line(piece.span).text, "is": piece_text(piece)} for piece in pieces],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    """What a run with a past decided."""
    return {
        "cause": decision.cause,
        "trigger": decision.trigger,
        "proposed": decision.proposed,
        "waits_for": decision.waits,
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    done, of = coverage.share()
    return {
        "decided": done,
        "of": of,
        "sorts": [{"sort": sort, "decided": done, "of": of} for sort, done, of in coverage.by_sort],
        "undecided": [
            {
                "sort": each.chance.sort,
                "what": each.chance.what,
                "never": each.chance.never,
                **_place(each.chance.span),
                "proposal": each.proposal,
                "why": each.why,
            }
            for each in coverage.undecided
        ],
        "impossible": [
            {"sort": each.sort, "what": each.what, "never": each.never, **_place(each.span)}
            for each in coverage.impossible
        ],
        "proposals": list(coverage.proposals),
    }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"path": None, "line": None, "column": None}
    line, column = span.source.position(span.start)
    return {"path": span.source.path, "line": line, "column": column}
