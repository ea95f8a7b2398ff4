"""Counts and shares never round to a lie."""

from __future__ import annotations

import pytest

from tierlang.reports.bars import bar, fitted
from tierlang.reports.words import count, share


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 10, "0.0%"),
        (10, 10, "100.0%"),
        (1, 3, "33.3%"),
        (1, 10_000_000, "<0.1%"),
        (9_999_999, 10_000_000, ">99.9%"),
        (1, 2000, "0.1%"),
        (0, 0, "-"),
    ],
)
def test_share(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


def test_count() -> None:
    assert [count(1, "row"), count(2000, "row"), count(0, "match", "matches")] == ["1 row", "2,000 rows", "0 matches"]


@pytest.mark.parametrize("fancy", [True, False])
def test_a_bar_is_never_longer_than_its_room_and_never_hides_an_account(fancy: bool) -> None:
    assert [len(bar(n, 1_000_000, 20, fancy)) for n in (0, 1, 1_000_000)] == [0, 1, 20]


def test_cut_text_says_so_and_fits() -> None:
    assert fitted("Tier 1 (1:1)", 12, False) == "Tier 1 (1:1)"
    assert fitted("Competitors are not targets", 12, False) == "Competito..."
    assert fitted("日本日本日本", 6, True) == "日本…"
