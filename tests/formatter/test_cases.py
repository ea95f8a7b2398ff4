"""Rule files beside their layout. `UPDATE_GOLDEN=1 pytest tests/formatter` writes the layouts anew; read the difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import assert_golden
from tierlang.files import read_rules
from tierlang.formatter.layout import formatted
from tierlang.source import Source

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[2]
EVERYTHING = ROOT / "tests" / "syntax" / "cases" / "everything.tier"
KEPT = (*sorted(ROOT.glob("rulesets/**/*.tier")), *sorted(ROOT.glob("tests/bench/rules/*.tier")))


def laid(text: str) -> str:
    result = formatted(Source("a.tier", text))
    assert isinstance(result, str), result
    return result


@pytest.mark.parametrize("path", [*sorted(CASES.glob("*.tier")), EVERYTHING], ids=lambda path: path.stem)
def test_layouts_that_people_have_read(path: Path) -> None:
    assert_golden(CASES / f"{path.stem}.formatted", laid(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", sorted(CASES.glob("*.formatted")), ids=lambda path: path.stem)
def test_a_layout_is_its_own_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert laid(text) == text


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_the_shipped_rules_are_formatted(path: Path) -> None:
    source = read_rules(str(path))
    assert formatted(source) == source.text


def test_the_ends_of_lines_tabs_and_marks_are_made_the_same() -> None:
    text = "\ufefflet a = 1\t# one  \r\n\r\n\r\n\taccount {\r\n\tkey id text\r\n}"
    assert laid(text.removeprefix("\ufeff")) == "let a = 1  # one\n\naccount {\n  key id text\n}\n"
    assert laid(text) == laid(text.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    ("text", "expected"), [("", ""), (" \n\t\n", ""), ("\n\n# x", "# x\n"), ("let a=1", "let a = 1\n")]
)
def test_small_files(text: str, expected: str) -> None:
    assert laid(text) == expected


def test_numbers_texts_and_comments_stay_as_they_are_written() -> None:
    text = 'let a = 1_000\nlet b = 1000\nlet c = $1.50M\nlist d = ["a\tb", "é\\"", "  "]  #no space  inside\n'
    assert laid(text) == text.replace("let a = 1_000", "let a = 1_000")


def test_wide_letters_keep_the_columns() -> None:
    text = 'owner a "東京" { team "x" }\nowner b "Rome" { team "y" }\nowner c "Zoe\u0301" { team "z" }\n'
    assert laid(text) == (
        'owner a "東京" { team "x" }\nowner b "Rome" { team "y" }\nowner c "Zoe\u0301"  { team "z" }\n'
    )


def test_marks_above_letters_and_joiners_take_no_room() -> None:
    text = 'owner a "दि" { team "x" }\nowner b "👩\u200d👧" { team "y" }\nowner c "Al" { team "z" }\n'
    assert laid(text) == (
        'owner a "दि"   { team "x" }\nowner b "👩\u200d👧" { team "y" }\nowner c "Al"   { team "z" }\n'
    )


def test_what_stands_behind_a_closing_brace_stays_there() -> None:
    text = 'owner a {  # one\n  team "x"\n}  # end\nowner bernadette "B"  # two\nowner c "C"           # three\n'
    assert laid(text) == text.replace('owner c "C"           #', 'owner c          "C"  #')


def test_a_file_with_mistakes_is_not_formatted() -> None:
    result = formatted(Source("a.tier", "let a == 1"))
    assert not isinstance(result, str)
    assert [complaint.code for complaint in result] == ["unexpected-text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('b in ["x", # one\n"y" # two\n]', 'b in ["x",  # one\n        "y"   # two\n       ]'),
        ('b in ["x" # one\n]', 'b in ["x"  # one\n       ]'),
        ("(b + c # one\n)", "(b + c  # one\n  )"),
    ],
)
def test_a_bracket_behind_a_comment_stands_under_the_one_that_opens(text: str, expected: str) -> None:
    assert laid(f"let a = {text}") == f"let a =\n  {expected}\n"


def test_comments_between_the_words_of_a_phrase_stay() -> None:
    text = 'test "x" { as # day\nof 2026-11-01 expect # why\nno # how\nmark rich expect not # so\nexcluded }\n'
    assert [line.split() for line in laid(text).splitlines()] == [
        ["test", '"x"', "{"],
        ["as", "of", "#", "day"],
        ["2026-11-01"],
        ["expect", "no", "mark", "#", "why"],
        ["#", "how"],
        ["rich"],
        ["expect", "not", "excluded", "#", "so"],
        ["}"],
    ]
