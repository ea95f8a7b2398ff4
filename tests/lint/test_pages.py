"""`docs/rules` says what the rules say of themselves. `UPDATE_GOLDEN=1 pytest tests/lint/test_pages.py` writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.golden import assert_golden
from tierlang.lint.pages import index, page
from tierlang.lint.registry import RULES
from tierlang.lint.rule import Rule

PAGES = Path(__file__).parents[2] / "docs" / "rules"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_of_a_rule(rule: Rule) -> None:
    assert_golden(PAGES / f"{rule.name}.md", page(rule))


def test_the_index_of_the_rules() -> None:
    assert_golden(PAGES / "README.md", index(RULES))


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    strangers = {path.stem for path in PAGES.glob("*.md")} - {rule.name for rule in RULES} - {"README"}
    if os.environ.get("UPDATE_GOLDEN"):
        for name in strangers:
            (PAGES / f"{name}.md").unlink()
    else:
        assert strangers == set()
