"""Numerals, dates and texts: what they mean, and what is said about those that mean nothing."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.syntax.reading import good, read, value
from tierlang.syntax import nodes as n


@pytest.mark.parametrize(
    ("text", "number", "form"),
    [
        ("0", 0, "plain"),
        ("1_000", 10_000_000, "plain"),
        ("2.5", 25_000, "plain"),
        ("0.0001", 1, "plain"),
        ("250k", 2_500_000_000, "plain"),
        ("100K", 1_000_000_000, "plain"),
        ("20M", 200_000_000_000, "plain"),
        ("20m", 200_000_000_000, "plain"),
        ("1.5B", 15_000_000_000_000, "plain"),
        ("$1.25", 12_500, "money"),
        ("€ 1_000", 10_000_000, "money"),
        ("£20M", 200_000_000_000, "money"),
        ("5%", 500, "percent"),
        ("33.33%", 3_333, "percent"),
        ("99_999B", 99_999 * 10**13, "plain"),
        ("1.23456k", 12_345_600, "plain"),
    ],
)
def test_numerals(text, number, form):
    assert value(text) == n.Number(value=number, text=text, form=form, span=None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,000", "comma"),
        ("$1,000", "comma"),
        ("1__0", "between two digits"),
        ("10_", "between two digits"),
        ("1.23456", "4 digits"),
        ("5.123%", "2 digits"),
        ("100_000B", "too large"),
        ("9" * 60, "too many digits"),
        ("1.2.3", "more than one point"),
        ("5kk", "kk"),
        ("90days", "space"),
        ("20Mio", "Mio"),
        ("$5%", "mixes"),
        ("5 %", "right after"),
        ("1e5", "e5"),
        ("٣", "cannot"),
    ],
)
def test_bad_numerals(text, words):
    _, (complaint,) = read(f"let it = {text}")
    assert complaint.code in ("bad-number", "unexpected-text")
    assert words in complaint.message


def test_a_list_without_spaces_is_no_thousands():
    (declared,) = good("list a = [100, 200]")
    assert isinstance(declared, n.ListDeclaration)
    assert declared.items is not None
    assert len(declared.items.items) == 2
    _, (complaint,) = read("list a = [100,200]")
    assert "space after each comma" in complaint.hints[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-13-45", "no month 13"),
        ("2026-02-29", "February 2026 has 28 days"),
        ("2026-00-10", "no month 0"),
        ("2026-01-00", "31 days"),
        ("2026-1-5", "two digits"),
        ("0000-01-01", "no year 0"),
    ],
)
def test_bad_dates(text, words):
    _, (complaint,) = read(f"let it = {text}")
    assert complaint.code == "bad-date"
    assert words in complaint.message


def test_dates():
    assert value("2024-02-29") == n.Date(value=dt.date(2024, 2, 29), span=None)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (r'""', ""),
        (r'"a\"b"', 'a"b'),
        (r'"a\\"', "a\\"),
        (r'"a\nb\tc"', "a\nb\tc"),
        ('"e\u0301"', "é"),
        ('"# no comment"', "# no comment"),
        ("\"“curly” and 'single'\"", "“curly” and 'single'"),
    ],
)
def test_texts(text, meaning):
    read_as = value(text)
    assert read_as == n.Text(value=meaning, span=None)
    assert read_as.span.text == text


def test_an_unknown_escape():
    file, (complaint,) = read(r'let it = "C:\data"')
    assert complaint.code == "bad-escape"
    assert complaint.span.text == r"\d"
    assert complaint.fixes[0].edits[0].text == r"\\d"
    assert len(file.declarations) == 1


def test_a_text_that_is_not_closed_ends_with_its_line():
    file, (complaint,) = read('owner dana "Dana Lee {\n  team "x"\n}\nlet a = 5')
    assert complaint.code == "unclosed-string"
    assert len(file.declarations) == 2


@given(st.integers(0, 10**18 - 1))
def test_every_number_can_be_written(count):
    whole, fraction = divmod(count, 10_000)
    assert value(f"{whole:_}.{fraction:04}").value == count


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters='\n"\\')))
def test_every_text_on_a_line_can_be_written(text):
    assert value(f'"{text}"').value == unicodedata.normalize("NFC", text)
