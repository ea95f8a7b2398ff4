"""Findings as JUnit XML: a suite for each ruleset, with a case for compiling and one for each rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tierlang.diagnostics.diagnostic import Diagnostic, Severity
from tierlang.diagnostics.paths import seen_from
from tierlang.reports.complaints import complaint_text
from tierlang.reports.findings import Findings, Found
from tierlang.reports.junit import Case, Suite, junit_xml

_COMPILES = "compiles"


def findings_junit(findings: Findings) -> str:
    """The whole report. A finding in a file that several rulesets use fails the first of them, so that it counts once; notes fail nothing."""
    suites = [
        Suite(seen_from(file.path, ""), (Case("can be read", file.why, error=True),)) for file in findings.unreadable
    ]
    by_ruleset: dict[str, list[Found]] = {path: [] for path in findings.rulesets}
    for found in findings.found:
        by_ruleset.setdefault(found.rulesets[0], []).append(found)
    suites += [Suite(seen_from(path, ""), tuple(_cases(found, findings))) for path, found in by_ruleset.items()]
    return junit_xml("tierlang check", sorted(suites, key=lambda suite: suite.path))


def _cases(found: Sequence[Found], findings: Findings) -> Iterator[Case]:
    """Compiling first, then the rules in their order, then what no rule of this check has said."""
    errors = [one.diagnostic for one in found if one.diagnostic.is_error and not one.of_rule]
    yield _case(_COMPILES, errors)
    if errors:
        return
    names = [rule.name for rule in findings.rules]
    names += sorted({one.diagnostic.code for one in found} - set(names))
    for name in names:
        yield _case(name, [one.diagnostic for one in found if one.diagnostic.code == name])


def _case(name: str, diagnostics: Sequence[Diagnostic]) -> Case:
    failing = [one for one in diagnostics if one.severity is not Severity.NOTE]
    if not failing:
        return Case(name)
    first = failing[0]
    more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
    details = "\n\n".join(complaint_text(one) for one in failing)
    return Case(name, first.message + more, details, first.span.source.position(first.span.start)[0])
