"""A review as a whole: what is allowed stays silent, what silences nothing is told, and the order is that of the file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.lint.frame import completed
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.lint.registry import RULES
from tierlang.lint.run import lint
from tierlang.pipeline import compile_sources
from tierlang.source import Source

TODAY = dt.date(2026, 11, 1)

ZERO = """
score warmth {{
  range 0..100
  {inside}
  points 60 "A big deal" when potential >= 100k
  points 40 "A customer" when customer
  points 0 "On the newsletter" when newsletter
}}
{outside}
"""


def found(fragment: str, *names: str) -> list[Diagnostic]:
    """What these rules (all, if none are named) find in a fragment."""
    loaded = compile_sources(Source("example.tier", completed(fragment)))
    assert loaded.program is not None, [each.message for each in loaded.diagnostics]
    rules = [rule for rule in RULES if rule.name in names or (not names and rule.name != "missing-dimension")]
    return list(lint(loaded.program, TODAY, rules=rules).findings)


def codes(fragment: str, *names: str) -> list[str]:
    return [each.code for each in found(fragment, *names)]


def test_the_frame_is_free_of_findings() -> None:
    program = compile_sources(Source("example.tier", completed(""))).program
    assert program is not None
    assert lint(program, TODAY).findings == ()


def test_without_an_allow_the_rule_speaks() -> None:
    assert codes(ZERO.format(inside="", outside="")) == ["zero-weight"]


@pytest.mark.parametrize("where", ["inside", "outside"])
def test_an_allow_silences_its_block_or_at_the_top_its_file(where: str) -> None:
    lines = {"inside": "", "outside": "", where: 'allow zero-weight because "Marketing wants to see it"'}
    assert codes(ZERO.format(**lines)) == []


def test_an_allow_in_another_block_silences_nothing_and_is_told() -> None:
    other = 'score other { range 0..100  allow zero-weight because "no"  points 100 when fit >= 50 }\n'
    tiers = "tiers by warmth { tier one { range 50..  when other >= 50 } tier two { otherwise } }"
    told = found(ZERO.format(inside="", outside=other + tiers))
    assert sorted(each.code for each in told) == ["unused-allow", "zero-weight"]


def test_two_allows_that_read_the_same_are_told_apart() -> None:
    allow = 'allow zero-weight because "Marketing wants to see it"'
    assert codes(ZERO.format(inside=allow, outside=allow)) == []


def test_a_misspelt_allow_is_met_with_what_was_meant() -> None:
    told = found(ZERO.format(inside='allow zero-wieght because "Marketing"', outside=""))
    assert [each.code for each in told] == ["unused-allow", "zero-weight"]
    assert told[0].hints == ("did you mean `zero-weight`?",)


def test_an_allow_of_a_rule_that_was_not_asked_is_not_unused() -> None:
    fragment = 'allow same-plays because "They are not"\nallow crowded-tier because "We know"'
    assert codes(fragment) == ["unused-allow"]
    assert codes(fragment, "unused-allow", "zero-weight") == []


def test_unused_allows_can_be_allowed() -> None:
    assert codes('allow same-plays because "Soon"\nallow unused-allow because "They come back"') == []


def test_findings_stand_in_the_order_of_the_file_each_time() -> None:
    fragment = 'let first = 1\nowner zoe "Zoe"\nlet second = 2\nlist third = ["a"]\npin "7" to one\n'
    told = [(each.span.start, each.code) for each in found(fragment)]
    assert told == sorted(told)
    assert [code for _, code in told] == [
        "unused-constant", "unused-owner", "unused-constant", "unused-list", "pin-without-end", "pin-without-owner", "pin-without-reason",
    ]  # fmt: skip


def test_names_of_a_used_file_are_not_unused(tmp_path: Path) -> None:
    (tmp_path / "shared.tier").write_text('let far = 1\nlist lists = ["a"]\nowner zoe "Zoe Lane"\n', encoding="utf-8")
    text = completed('use "shared.tier"\nlet near = 1\n')
    loaded = compile_sources(Source(str(tmp_path / "example.tier"), text))
    assert loaded.program is not None
    assert [(each.code, each.span.text) for each in lint(loaded.program, TODAY).findings] == [
        ("unused-constant", "let near = 1")
    ]


def test_the_review_grows_stale_with_the_calendar() -> None:
    program = compile_sources(Source("example.tier", completed(""))).program
    assert program is not None
    rules = [rule for rule in RULES if rule.name == "stale-review"]
    assert lint(program, dt.date(2027, 1, 1), rules=rules).findings == ()
    told = lint(program, dt.date(2027, 1, 2), rules=rules).findings
    assert [each.message for each in told] == [
        "the model was last reviewed on 2026-10-01; a review holds for 1 quarter, until 2027-01-01, 1 day ago"
    ]
    assert told[0].span.text == "reviewed 2026-10-01"
