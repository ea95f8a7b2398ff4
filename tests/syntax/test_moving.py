"""Lines of a ladder that stand inside a tier: one complaint, and an edit that moves them."""

from __future__ import annotations

import pytest

from tests.syntax.reading import good, mended, read
from tierlang.syntax import nodes

LINES = (
    "match first",
    "rank by fit descending",
    'raise 1 "x" when fit > 3',
    'lower 1 "x" when fit > 3',
    'floor at one "x" when fit > 3',
    'cap at one "x" when fit > 3',
    "rest untiered",
)
INSIDE = "tiers by s {{\n  tier one {{\n    range 50..\n    {}\n    owner sales dana\n  }}\n}}\n"
BEHIND = "tiers by s {{\n  tier one {{\n    range 50..\n    owner sales dana\n  }}\n  {}\n}}\n"


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_read_as_if_it_stood_behind_the_tier(line: str) -> None:
    file, (complaint,) = read(INSIDE.format(line))
    assert complaint.code == "misplaced-line"
    assert "the whole ladder" in complaint.message
    assert file.declarations == good(BEHIND.format(line))
    assert not file.holes


def test_the_edit_takes_the_comment_along() -> None:
    line = 'cap at one "x" when fit > 3  # because\n      and size > 5  # of that'
    assert mended(INSIDE.format(line)) == BEHIND.format(line)


def test_a_line_before_the_brace_on_its_line_is_moved_alone() -> None:
    text = "tiers by s {\n  tier one { owner sales dana\n    rest untiered }\n}\n"
    assert mended(text) == "tiers by s {\n  tier one { owner sales dana\n    }\n    rest untiered\n}\n"


def test_several_lines_of_several_tiers() -> None:
    text = "tiers by s {{\n  tier one {{\n    {}\n    {}\n    range 50..\n  }}\n  tier two {{\n    {}\n  }}\n}}\n"
    file, complaints = read(text.format(*LINES[2:5]))
    assert [one.code for one in complaints] == ["misplaced-line"] * 3
    (ladder,) = file.declarations
    assert isinstance(ladder, nodes.Tiers)
    assert len(ladder.parts) == 5


def test_where_a_brace_is_missing_that_is_said() -> None:
    text = "tiers by s {\n  tier one {\n    range 50..\n  match first\n}\n"
    assert [one.code for one in read(text)[1]] == ["unclosed-block"]
