"""Generated rule files: their layout has the same words, the same comments and the same meaning, and is its own layout."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formatter.sentences import FRAMES, framed, rewritten, sentence, written
from tests.formatter.test_cases import CASES, EVERYTHING, KEPT, laid
from tierlang.formatter.printing import WIDTH
from tierlang.source import Source
from tierlang.syntax import nodes
from tierlang.syntax.parser import parse
from tierlang.syntax.tables import tables
from tierlang.syntax.tokens import Token, tokenize

GOOD = (*sorted(CASES.glob("*.tier")), EVERYTHING, *KEPT)
dice = st.integers(0, 2**32).map(random.Random)


def read(text: str) -> nodes.File | None:
    """The syntax of a text; None where it has mistakes."""
    file, complaints = parse(Source("a.tier", text))
    return None if complaints else file


def words(text: str) -> tuple[list[str], list[str]]:
    """The words of a text without white space, and its comments."""
    tokens, comments = tokenize(tables(), text)
    return [re.sub(r"\s+", " ", token.text) for token in tokens], [comment.text.strip() for comment in comments]


def check(text: str) -> bool:
    """Whether the text could be read; if so, its layout must say the same and be settled."""
    file = read(text)
    if file is None:
        return False
    result = laid(text)
    assert words(result) == words(text)
    again = read(result)
    assert again is not None
    assert again.declarations == file.declarations
    assert again.allows == file.allows
    assert laid(result) == result
    assert result == "" or re.fullmatch(r"[^\n].*\n", result, re.DOTALL)
    assert not re.search(r"[ \t]\n|\n\n\n|\{\n\n|\n\n *\}", result)
    return True


@settings(max_examples=150, deadline=None)
@given(dice, st.sampled_from((10, 60, 250)), st.sampled_from((0.0, 0.05, 0.4)))
def test_sentences_of_the_grammar(random: random.Random, room: int, remarks: float) -> None:
    start = "file" if random.random() < 0.3 else "declaration"
    check(written(random, sentence(random, start, room), remarks))


@settings(max_examples=150, deadline=None)
@given(dice, st.sampled_from((10, 60, 250)), st.sampled_from((0.0, 0.05, 0.4)))
def test_blocks_full_of_lines(random: random.Random, room: int, remarks: float) -> None:
    check(written(random, framed(random, room), remarks))


def test_every_block_can_be_read_and_has_all_its_lines() -> None:
    """Else the test above would test nothing."""
    texts = [written(random.Random(seed), framed(random.Random(seed)), 0.1) for seed in range(600)]
    good_ones = [text for text in texts if read(text) is not None]
    assert len(good_ones) > 400
    for before, *_ in FRAMES:
        assert any(" ".join(text.split()).startswith(before[:20]) for text in good_ones)
    seen = {word for text in good_ones for word in text.split()}
    assert seen >= set(
        re.findall(r"\w+", "breaker freeze hold both promote demote retired merged cooldown up down approve owner")
    )
    assert seen >= set(
        re.findall(r"\w+", "was keep tier untiered since settled until score signal review due expect move")
    )


@pytest.mark.slow
def test_very_many_sentences() -> None:
    for seed in range(20_000):
        random_one = random.Random(seed)
        room = random_one.choice((10, 60, 250))
        start = random_one.choice(("file", "declaration", None, None))
        found = sentence(random_one, start, room) if start else framed(random_one, room)
        check(written(random_one, found, random_one.choice((0.0, 0.05, 0.4))))


def test_most_sentences_can_be_read() -> None:
    """Else the test above would test nothing."""
    random_texts = (written(random.Random(seed), sentence(random.Random(seed)), 0.1) for seed in range(100))
    assert sum(read(text) is not None for text in random_texts) > 50


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_real_files_with_other_white_space_and_comments_in_every_gap(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [check(rewritten(random.Random(seed), tokens_of(text), seed / 5)) for seed in range(4)]
    assert sum(found) > 1


def tokens_of(text: str) -> list[Token]:
    return tokenize(tables(), text)[0]


@settings(max_examples=60, deadline=None)
@given(dice)
def test_no_line_is_longer_than_it_must_be(random: random.Random) -> None:
    """The words of the sentences are short, so that every line can be broken in time."""
    found = sentence(random, "declaration", 400) if random.random() < 0.6 else framed(random, 400)
    text = written(random, found, 0)
    if read(text) is not None:
        assert [line for line in laid(text).splitlines() if len(line) > WIDTH] == []


@settings(max_examples=40, deadline=None)
@given(dice)
def test_what_is_written_on_one_line_or_on_many_is_laid_out_alike_but_for_blocks(random: random.Random) -> None:
    """White space means nothing but blank lines and the height of blocks."""
    found = sentence(random, "declaration" if random.random() < 0.6 else "mobility_line", 100)
    if any(kind == "LBRACE" for kind, _ in found):
        return
    one, other = (written(random, found, 0) for _ in range(2))
    if read(one) is not None and read(other) is not None:
        assert laid(one) == laid(other)
