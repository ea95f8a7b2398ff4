"""Complaints as text: the place is underlined where people see it, whatever stands before it on the line."""

from __future__ import annotations

import pytest

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Related, Severity
from tierlang.reports.complaints import changed_lines, coloured, complaint_text, complaints_text
from tierlang.source import Source


def complaint(text: str, part: str, **more: object) -> Diagnostic:
    source = Source("rules/x.tier", text)
    at = text.index(part)
    span = source.span(at, at + len(part))
    return Diagnostic("unknown-name", Severity.ERROR, span, "there is no field `employes`", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("  when employes >= 500", 7),
        ("\twhen employes >= 500", 4 + 5),
        ('tier "日本" when employes', 5 + 1 + 4 + 1 + 6),
        ('tier "e\N{COMBINING ACUTE ACCENT}" employes', 5 + 1 + 1 + 1 + 1),
        ("employes", 0),
    ],
    ids=["plain", "tab", "wide", "combining", "start"],
)
def test_marks_stand_under_the_place(line: str, before: int) -> None:
    shown = complaint_text(complaint(f"# first\n{line}\n", "employes")).splitlines()
    assert shown[-1] == "  | " + " " * before + "^^^^^^^^"


def test_headline_has_file_line_column_code_and_message() -> None:
    text = complaint_text(complaint("a\n  employes", "employes"))
    assert text.splitlines()[0] == "rules/x.tier:2:3: error[unknown-name]: there is no field `employes`"


def test_a_place_over_several_lines_shows_its_ends() -> None:
    text = "tier one {\n  a\n  b\n}\nrest"
    shown = complaint_text(complaint(text, "{\n  a\n  b\n}")).splitlines()
    assert shown[2:] == ["1 | tier one {", "  |          ^", "  ⋮", "4 | }", "  | ^"]


def test_a_place_that_ends_with_its_line_marks_the_line() -> None:
    shown = complaint_text(complaint("abc\ndef\n", "abc\n")).splitlines()
    assert shown[2:] == ["1 | abc", "  | ^^^"]


def test_the_end_of_the_file_can_be_meant() -> None:
    source = Source("x.tier", "tiers {\n")
    shown = complaint_text(Diagnostic("syntax", Severity.ERROR, source.span(8, 8), "a `}` is missing")).splitlines()
    assert shown == ["x.tier:2:1: error[syntax]: a `}` is missing", "  |", "2 |", "  | ^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    shown = complaint_text(complaint("x" * 500 + " employes " + "y" * 500, "employes")).splitlines()
    assert all(len(line) < 120 for line in shown[1:])
    assert shown[2][shown[3].index("^") :].startswith("employes")


def test_a_fix_on_a_long_line_shows_only_what_changes() -> None:
    text = "exclude x when " + "customer or " * 5000 + "custmer"
    source = Source("x.tier", text)
    edit = Edit(source.span(len(text) - 7, len(text)), "customer")
    shown = complaint_text(complaint(text, "custmer", fixes=(Fix("write `customer`", (edit,)),))).splitlines()
    assert [line[-8:] for line in shown[-2:]] == [" custmer", "customer"]
    assert max(map(len, shown)) < 220


def test_control_characters_of_a_file_never_reach_the_terminal() -> None:
    text = complaint_text(complaint("\x1b[2J\x07 \N{RIGHT-TO-LEFT OVERRIDE} employes", "employes"))
    assert not any(sign in text for sign in ("\x1b", "\x07", "\N{RIGHT-TO-LEFT OVERRIDE}"))


def test_hints_related_places_and_fixes_follow() -> None:
    text = "field employees whole\nwhen employes >= 500\n"
    source = Source("rules/x.tier", text)
    at = text.index("employes ")
    span = source.span(at, at + 8)
    found = Diagnostic(
        "unknown-name",
        Severity.ERROR,
        span,
        "there is no field `employes`",
        hints=("did you mean `employees`?",),
        related=(Related(source.span(0, 5), "fields are declared here"),),
        fixes=(Fix("write `employees`", (Edit(span, "employees"),)),),
    )
    assert complaint_text(found).splitlines()[4:] == [
        "  = see: fields are declared here",
        "1 | field employees whole",
        "  | ^^^^^",
        "  = hint: did you mean `employees`?",
        "  = fix: write `employees`",
        "2 - when employes >= 500",
        "2 + when employees >= 500",
    ]


def test_a_fix_of_several_edits_shows_each_line_once() -> None:
    source = Source("x", "a b c\nd\ne")
    edits = (Edit(source.span(0, 1), "A"), Edit(source.span(4, 5), "C"), Edit(source.span(8, 9), "E\nF"))
    assert changed_lines(Fix("x", edits)) == [(["a b c"], ["A b C"], 1), (["e"], ["E", "F"], 3)]


def test_a_fix_that_only_adds_lines_shows_only_those() -> None:
    source = Source("x", "a\nb")
    assert changed_lines(Fix("x", (Edit(source.span(1, 1), "\nnew"),))) == [([], ["new"], 2)]
    assert changed_lines(Fix("x", (Edit(source.span(0, 0), "new\n"),))) == [([], ["new"], 1)]


def test_the_count_ends_the_report() -> None:
    warning = Diagnostic("w", Severity.WARNING, Source("y.tier", "a").span(0, 1), "w")
    error = complaint("employes", "employes")
    assert complaints_text([error, error, warning]).splitlines()[-1] == "2 errors and 1 warning in 2 files"


def test_colour_only_where_it_was_asked_for() -> None:
    found = complaint("employes", "employes")
    assert "\x1b[" not in complaint_text(found)
    assert "\x1b[1;31m^^^^^^^^\x1b[0m" in complaint_text(found, coloured)
