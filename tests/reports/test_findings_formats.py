"""Every format as it is read: golden files, and the published schemas for those that have one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator, Draft202012Validator  # type: ignore[import-untyped]

from tests.golden import assert_golden
from tests.reports.findings_model import ABM, ALL, BROKEN, REVIEWED, SAME_PLAYS, WELL, found, place
from tierlang import __version__
from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Severity
from tierlang.reports.findings import Findings, Unreadable
from tierlang.reports.findings_json import findings_json
from tierlang.reports.findings_junit import findings_junit
from tierlang.reports.findings_text import findings_text
from tierlang.reports.github import github
from tierlang.reports.sarif import sarif
from tierlang.source import Source

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
SCHEMAS = HERE.parents[1] / "docs" / "schemas"

FORMATS: dict[str, tuple[str, Callable[[Findings], str]]] = {
    "text": ("txt", findings_text),
    "json": ("json", findings_json),
    "sarif": ("sarif", sarif),
    "github": ("github.txt", github),
    "junit": ("xml", findings_junit),
}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("form", FORMATS)
def test_reports_as_they_are_written(form: str, name: str) -> None:
    ending, write = FORMATS[form]
    text = write(ALL[name]).replace(f'"version": "{__version__}"', '"version": "VERSION"')
    assert_golden(GOLDEN / f"check_{name}.{ending}", text + "\n")


@pytest.mark.parametrize("name", ALL)
def test_json_is_as_its_schema_says(name: str) -> None:
    schema = json.loads((SCHEMAS / "check.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(findings_json(ALL[name])))


@pytest.mark.parametrize("name", ALL)
def test_sarif_is_as_the_published_schema_says(name: str) -> None:
    schema = json.loads((HERE / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    Draft4Validator(schema).validate(json.loads(sarif(ALL[name])))


def test_results_of_sarif_name_their_rules_by_place() -> None:
    for findings in (REVIEWED, BROKEN):
        (run,) = json.loads(sarif(findings))["runs"]
        rules = run["tool"]["driver"]["rules"]
        assert run["results"]
        assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
            result["ruleId"] for result in run["results"]
        ]


def test_sarif_counts_columns_in_characters() -> None:
    source = Source("x.tier", 'let 🏦 = "🏦" nonsense\n')
    odd = Diagnostic("syntax", Severity.ERROR, place(source, "nonsense"), "x")
    (run,) = json.loads(sarif(Findings(WELL.as_of, (), (), found(odd))))["runs"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (run["columnKind"], region["startColumn"], region["endColumn"]) == ("unicodeCodePoints", 13, 21)


def test_sarif_names_files_below_the_folder_of_work_from_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    inside = Source(str(tmp_path / "a b" / "ü%.tier"), "x")
    outside = Source(str(tmp_path.parent / "y.tier"), "x")
    both = [Diagnostic("syntax", Severity.ERROR, source.span(0, 1), "x") for source in (inside, outside)]
    (run,) = json.loads(sarif(Findings(WELL.as_of, (), (), found(*both))))["runs"]
    locations = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]]
    assert locations == [
        {"uri": "a%20b/%C3%BC%25.tier", "uriBaseId": "%SRCROOT%"},
        {"uri": (tmp_path.parent / "y.tier").as_uri()},
    ]


def test_what_github_takes_for_its_own_signs_is_written_otherwise() -> None:
    source = Source("a,b:c.tier", "x y\nz")
    odd = Diagnostic("syntax", Severity.ERROR, source.span(0, 1), "100 % of\x1b\n::error::it, really: yes")
    over_lines = Diagnostic("syntax", Severity.NOTE, source.span(0, 5), "all")
    lines = github(Findings(WELL.as_of, (), (), found(odd, over_lines))).splitlines()
    assert lines[:2] == [
        "::error file=a%2Cb%3Ac.tier,line=1,col=1,endLine=1,endColumn=1,title=syntax::100 %25 of␛%0A::error::it, really: yes",
        "::notice file=a%2Cb%3Ac.tier,line=1,endLine=2,title=syntax::all",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_no_text_stops_no_report(form: str) -> None:
    source = Source("\udcff\x1b.tier", "x")
    odd = Diagnostic(
        "syntax", Severity.ERROR, source.span(0, 1), "x", fixes=(Fix("y", (Edit(source.span(0, 1), "y"),)),)
    )
    report = FORMATS[form][1](
        Findings(WELL.as_of, (), (), found(odd), unreadable=(Unreadable(source.path, "it is odd"),))
    )
    assert "syntax" in report
    assert "\x1b" not in report


def test_junit_holds_no_sign_that_xml_forbids() -> None:
    source = Source("a\x01.tier", "x")
    odd = Diagnostic("syntax", Severity.ERROR, source.span(0, 1), "\x1b[2J <&> \uffff ]]> \x00")
    report = Findings(
        WELL.as_of, (source.path,), (), found(odd, of_rule=False), unreadable=(Unreadable("b\x02", "\x03"),)
    )
    root = ET.fromstring(findings_junit(report))
    assert (root.get("failures"), root.get("errors")) == ("1", "1")
    assert "<&>" in (root.find(".//failure").get("message") or "")  # type: ignore[union-attr]


def test_a_case_of_junit_fails_once_however_often_its_rule_found_something() -> None:
    again = Diagnostic("same-plays", Severity.WARNING, place(ABM, "tier one"), "tier `one` does too")
    root = ET.fromstring(
        findings_junit(Findings(WELL.as_of, (ABM.path,), (), found(SAME_PLAYS, again), rules=REVIEWED.rules))
    )
    assert (root.get("tests"), root.get("failures")) == ("4", "1")
    (failure,) = root.iter("failure")
    assert failure.get("message") == "tier `two` gets the same plays as `one` (and 1 more)"
    assert "tier `one` does too" in (failure.text or "")


def test_where_to_read_about_a_rule_is_said_once() -> None:
    again = Diagnostic("same-plays", Severity.WARNING, place(ABM, "tier one"), "again")
    text = findings_text(Findings(WELL.as_of, (ABM.path,), (), found(SAME_PLAYS, again), rules=REVIEWED.rules))
    assert text.count("tierlang rule same-plays") == 1


@pytest.mark.parametrize(
    ("findings", "status"),
    [
        (WELL, 0),
        (
            Findings(
                WELL.as_of, (), (), tuple(one for one in REVIEWED.found if one.diagnostic.severity is Severity.NOTE)
            ),
            0,
        ),
        (REVIEWED, 1),
        (BROKEN, 2),
    ],
    ids=["well", "notes", "warnings", "unreadable"],
)
def test_how_a_check_ends(findings: Findings, status: int) -> None:
    assert findings.status == status
