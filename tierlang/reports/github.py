"""Findings as workflow commands of GitHub Actions, which show them beside the changed lines."""

from __future__ import annotations

from tierlang.diagnostics.diagnostic import Diagnostic, Severity
from tierlang.diagnostics.paths import seen_from
from tierlang.reports.excerpt import visible
from tierlang.reports.findings import Findings
from tierlang.reports.findings_text import closing_line

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github(findings: Findings) -> str:
    """One command per finding and unreadable file, and the line that a person would read at the end."""
    commands = [_command(one) for one in findings.diagnostics]
    commands += [
        f"::error {_properties({'file': seen_from(file.path, ''), 'title': 'unreadable'})}::{_data(file.why)}"
        for file in findings.unreadable
    ]
    closing = closing_line(findings)
    return "\n".join([*commands, closing] if closing else commands)


def _command(diagnostic: Diagnostic) -> str:
    properties = {**_place(diagnostic), "title": diagnostic.code}
    lines = [diagnostic.message, *diagnostic.hints, *(f"fix: {fix.title}" for fix in diagnostic.fixes)]
    if diagnostic.example is not None:
        lines += ["", diagnostic.example.strip("\n")]
    return f"::{_COMMANDS[diagnostic.severity]} {_properties(properties)}::{_data(chr(10).join(lines))}"


def _place(diagnostic: Diagnostic) -> dict[str, str]:
    """The place; GitHub takes columns only of places on one line, and its last column belongs to the place."""
    source = diagnostic.span.source
    line, column = source.position(diagnostic.span.start)
    end_line, end_column = source.position(max(diagnostic.span.start, diagnostic.span.end - 1))
    place = {"file": seen_from(source.path, ""), "line": str(line)}
    if end_line == line:
        return {**place, "col": str(column), "endLine": str(line), "endColumn": str(end_column)}
    return {**place, "endLine": str(end_line)}


def _properties(properties: dict[str, str]) -> str:
    return ",".join(f"{name}={_property(value)}" for name, value in properties.items())


def _data(text: str) -> str:
    text = "\n".join(map(visible, text.split("\n")))
    return text.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
