"""Which tests `-k` chooses."""

from __future__ import annotations

import pytest

from tierlang.program import nodes
from tierlang.testing.choosing import WordsError, chosen

LABELS = ("A funded bank moves up", "a quiet bank stays", "Competitors are out (not banks)")


def choose(words: str) -> list[int]:
    """The positions of the labels that are chosen."""
    wanted = chosen(words)
    return [at for at, label in enumerate(LABELS) if wanted(nodes.Test(label, None, (), ()))]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bank", [0, 1, 2]),
        ("BANK", [0, 1, 2]),
        ("funded bank", [0]),
        ("bank moves", [0]),
        ("bank and quiet", [1]),
        ("bank not quiet", [0, 2]),
        ("funded or competitors", [0, 2]),
        ("not bank", []),
        ("bank and not (quiet or out)", [0]),
        ("not not quiet", [1]),
        ("nobody", []),
        ("funded or quiet and stays", [0, 1]),
    ],
)
def test_words_choose_labels(words: str, found: list[int]) -> None:
    assert choose(words) == found


@pytest.mark.parametrize("words", ["", "  ", "and", "bank and", "(bank", "bank)", "not", "or quiet", "()"])
def test_words_without_a_meaning_are_refused(words: str) -> None:
    with pytest.raises(WordsError):
        chosen(words)
