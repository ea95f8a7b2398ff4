"""What may be missing, and so needs a word about it, and what cannot be."""

from __future__ import annotations

import pytest

from tests.compiler.rulesets import codes, ruleset


@pytest.mark.parametrize(
    ("part", "asks"),
    [
        ("n", True),
        ("full", False),
        ("full * full", False),
        ("full / 2", False),
        ("full / w", True),
        ("n + full", True),
        ("first of [n, 0]", False),
        ("first of [n, days since d]", True),
        ("highest of [n, full]", False),
        ("max(n, full)", True),
        ("(if n is missing then 0 else n * 2)", False),
        ("(if n is not missing then n else 0)", False),
        ("(if n is missing then n else 0)", True),
        ("(if n > 3 then 1 else 0)", False),
        ("by n { 3.. -> 1  otherwise -> 2  missing -> 0 }", False),
        ("(percentile of full)", True),
        ("zero", False),
        ("share", True),
    ],
)
def test_a_weighted_part_that_can_be_missing_needs_a_policy(part: str, asks: bool) -> None:
    others = "score zero { weigh 100% n  missing zero }\nscore share { weigh 100% n  missing share down to 50% }"
    found = codes(ruleset(more=f"{others}\nscore s {{ weigh 100% {part} }}"))
    assert found == (["no-missing-policy"] if asks else [])
