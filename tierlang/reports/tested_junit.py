"""What became of tests, for CI servers: a suite for each file, a case for each test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tierlang.reports.junit import Case, Suite, junit_xml
from tierlang.reports.tested import RulesetRun, details, headline
from tierlang.testing.results import TestResult


def outcomes_junit(tested: Sequence[RulesetRun], broken: Mapping[str, str]) -> str:
    """The report; `broken` are rulesets that do not compile, with their complaints."""
    suites = [
        Suite(path, (Case("compiles", "the rules do not compile", text, error=True),)) for path, text in broken.items()
    ]
    for each in tested:
        by_file: dict[str, list[Case]] = {}
        for result in each.results:
            span = result.test.span
            by_file.setdefault(span.source.path if span else each.path, []).append(_case(each, result))
        suites += [Suite(path, tuple(cases)) for path, cases in by_file.items()]
    return junit_xml("tierlang test", sorted(suites, key=lambda suite: suite.path))


def _case(of: RulesetRun, result: TestResult) -> Case:
    span = result.test.span
    line = None if span is None else span.source.position(span.start)[0]
    if result.passed:
        return Case(result.test.label, line=line)
    return Case(result.test.label, headline(result), "\n".join(details(of.program, result)), line)
