"""Findings as people read them in a terminal, and the one line when all is well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tierlang.reports.complaints import Paint, complaint_text, counts_text, plain
from tierlang.reports.excerpt import visible
from tierlang.reports.findings import Corrected, Findings
from tierlang.reports.words import count


def findings_text(findings: Findings, paint: Paint = plain) -> str:
    """What was corrected, every finding, an empty line between two, and how it ends."""
    texts = [*corrected_text(findings.corrected), *_complaints(findings, paint)]
    closing = closing_line(findings, paint)
    return "\n\n".join([*texts, closing] if closing else texts)


def closing_line(findings: Findings, paint: Paint = plain) -> str:
    """`ok: 2 rulesets, 31 questions proved`, or the counts of what was found; nothing where only unreadable files were met."""
    asked, silenced = _beside(findings), _silenced(findings)
    if findings.found:
        fixable = f" ({findings.fixable:,} can be put right with --fix)" if findings.fixable else ""
        parts = [counts_text(findings.diagnostics) + fixable, *([asked] if asked else []), *silenced]
        return "; ".join(parts)
    if findings.unreadable or not findings.rulesets:
        return ""
    rulesets = count(len(findings.rulesets), "ruleset")
    well = f"{paint('ok', 'ok')}: {rulesets}{', ' + asked if asked else ''}"
    return "; ".join([well, *silenced])


def corrected_text(corrected: Sequence[Corrected]) -> list[str]:
    """What was put right: a paragraph for each file."""
    in_files = sorted(corrected, key=lambda one: (one.span.source.path, one.span.start))
    return [_corrected(path, list(group)) for path, group in groupby(in_files, key=lambda one: one.span.source.path)]


def would_correct(corrected: Sequence[Corrected]) -> str:
    """What the diff that was shown would do."""
    if not corrected:
        return "nothing to put right"
    files = {one.span.source.path for one in corrected}
    return f"would put right {count(len(corrected), 'place')} in {count(len(files), 'file')}"


def _corrected(path: str, corrected: list[Corrected]) -> str:
    lines = [f"{visible(path)}: put right in {count(len(corrected), 'place')}"]
    for one in corrected:
        line, column = one.span.source.position(one.span.start)
        lines.append(f"  {line}:{column}  {one.code}: {visible(one.title)}")
    return "\n".join(lines)


def _complaints(findings: Findings, paint: Paint) -> Iterator[str]:
    """The findings; where to read about a rule is said at its first one."""
    told: set[str] = set()
    pages = {rule.name for rule in findings.rules}
    for found in findings.found:
        code = found.diagnostic.code
        first = found.of_rule and code in pages and code not in told
        told.add(code)
        yield complaint_text(found.diagnostic, paint, f"tierlang rule {code}" if first else None)


def _beside(findings: Findings) -> str:
    """What was asked of the analysis, and of the accounts."""
    accounts = [] if findings.accounts is None else [f"beside {count(findings.accounts, 'account')}"]
    return ", ".join([*([asked] if (asked := _asked(findings)) else []), *accounts])


def _asked(findings: Findings) -> str:
    if not findings.proofs:
        return ""
    proved = f"{count(findings.proved, 'question')} proved"
    if not findings.not_proved:
        return proved
    listed = any(found.diagnostic.code == "not-proved" for found in findings.found)
    return f"{proved}, {findings.not_proved:,} not proved{'' if listed else ' (--strict lists them)'}"


def _silenced(findings: Findings) -> list[str]:
    return [f"{count(findings.silenced, 'finding')} in the baseline"] if findings.silenced else []
