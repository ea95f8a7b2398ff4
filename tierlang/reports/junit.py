"""JUnit XML, as CI servers read it: one suite per file, one case per test or finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import attrs

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@attrs.frozen
class Case:
    """One test, or one thing found. `message` says in one line what is wrong, `details` all of it; None: it is well. `error`: it could not be asked."""

    name: str
    message: str | None = None
    details: str = ""
    line: int | None = None
    error: bool = False


@attrs.frozen
class Suite:
    """The cases of one file."""

    path: str
    cases: tuple[Case, ...]


def junit_xml(name: str, suites: Sequence[Suite]) -> str:
    """The whole report; no times, so that the same result is the same text."""
    root = ET.Element("testsuites", {"name": name, **_counts([case for suite in suites for case in suite.cases])})
    for suite in suites:
        inside = ET.SubElement(root, "testsuite", {"name": _text(suite.path), **_counts(suite.cases), "time": "0"})
        for case in suite.cases:
            _case(inside, suite, case)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _counts(cases: Sequence[Case]) -> dict[str, str]:
    failures = sum(case.message is not None and not case.error for case in cases)
    errors = sum(case.message is not None and case.error for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures), "errors": str(errors)}


def _case(inside: ET.Element, suite: Suite, case: Case) -> None:
    classname = re.sub(r"[.]tier$", "", suite.path).replace("/", ".").replace("\\", ".").strip(".")
    about = {"name": _text(case.name), "classname": _text(classname), "file": _text(suite.path)}
    if case.line is not None:
        about["line"] = str(case.line)
    element = ET.SubElement(inside, "testcase", {**about, "time": "0"})
    if case.message is not None:
        sort = "error" if case.error else "failure"
        wrong = ET.SubElement(element, sort, {"message": _text(case.message)})
        wrong.text = _text(case.details or case.message)


def _text(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
