"""The proof before a layout is given: whatever else changed is found."""

from __future__ import annotations

import pytest

from tierlang.formatter import layout
from tierlang.formatter.faithful import UnfaithfulError, faithful
from tierlang.formatter.layout import formatted
from tierlang.source import Source
from tierlang.syntax.parser import parse

TEXT = "let a = 1  # one\nexclude b when c and d or e\n"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("let a = 1\nexclude b when c and d or e\n", "words or comments"),
        ("let a = 1  # two\nexclude b when c and d or e\n", "words or comments"),
        ("let a = 2  # one\nexclude b when c and d or e\n", "words or comments"),
        ("let a = 01  # one\nexclude b when c and d or e\n", "words or comments"),
        ("let a = 1  # one\nexclude b when c and d\n", "words or comments"),
        ("exclude b when c and d or e\nlet a = 1  # one\n", "words or comments"),
        ("let a = 1\n# one\nexclude b when c and d or e\n", "formatting it twice"),
    ],
)
def test_a_text_that_is_not_the_same_is_found(wrong: str, why: str) -> None:
    source = Source("a.tier", TEXT)
    file, _ = parse(source)
    with pytest.raises(UnfaithfulError, match=why):
        faithful(source, file, wrong, lambda _: TEXT)


def test_the_same_words_must_mean_the_same() -> None:
    source = Source("a.tier", TEXT)
    other, _ = parse(Source("a.tier", "let a = 1  # one\nexclude b when c and (d or e)\n"))
    with pytest.raises(UnfaithfulError, match="mean the same"):
        faithful(source, other, TEXT, lambda _: TEXT)


def test_words_that_white_space_makes_unreadable_are_found() -> None:
    source = Source("a.tier", "exclude b when c.d > 1\n")
    file, _ = parse(source)
    with pytest.raises(UnfaithfulError, match="could not be read"):
        faithful(source, file, "exclude b when c .d > 1\n", lambda source: source.text)


def test_nothing_is_given_that_was_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "laid_out", lambda source: source.text.replace("1", "2"))
    with pytest.raises(UnfaithfulError):
        formatted(Source("a.tier", TEXT))
