"""The rules that the documentation shows stand in the layout that `tierlang fmt` gives them.

`UPDATE_GOLDEN=1 pytest tests/docs/test_layout.py` brings them into it.
"""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, Block, blocks
from tierlang.formatter.layout import formatted
from tierlang.source import Source

FRAMES = {
    "account": "account",
    "score": "score example",
    "ruleset": "ruleset example",
    "tiers": "tiers by priority",
    "tier": "tiers by priority {\n  tier one",
}

RULE_PAGES = sorted((ROOT / "docs" / "rules").glob("*.md"))
"""Made from the rules of `check`, where their examples are to be put right."""


def laid_out(block: Block) -> str:
    """The block as the formatter writes it; what the grammar does not take, and lists of expressions, as they are."""
    words = block.words
    place = words[words.index("in") + 1] if "in" in words else ""
    if place == "expression":
        return block.body
    frame = FRAMES.get(place)
    if frame is None:
        result = formatted(Source(block.place, block.body))
        return result if isinstance(result, str) else block.body
    depth = frame.count("{") + 1
    result = formatted(Source(block.place, f"{frame} {{\n{block.body}\n{'}' * depth}\n"))
    if not isinstance(result, str):
        return block.body
    inside = result.splitlines()[depth:-depth]
    return textwrap.dedent("".join(f"{line}\n" for line in inside))


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", RULE_PAGES, ids=named)
def test_examples_on_the_pages_of_rules_are_formatted(page: Path) -> None:
    shown = [block for block in blocks(page) if block.words[0] == "tier"]
    assert [block.place for block in shown if laid_out(block) != block.body] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_rules_in_the_documentation_are_formatted(page: Path) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        _update(page)
    shown = [block for block in blocks(page) if block.words[0] == "tier"]
    assert [block.place for block in shown if laid_out(block) != block.body] == []


def _update(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for block in reversed([block for block in blocks(page) if block.words[0] == "tier"]):
        start, end = block.span
        text = text[:start] + laid_out(block) + text[end:]
    page.write_text(text, encoding="utf-8")
