"""What the rules about conditions and points must not take for a mistake, and some that they must."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.lint.frame import completed
from tierlang.lint.run import lint
from tierlang.pipeline import compile_sources
from tierlang.source import Source

RULES = {"constant-condition", "dead-points", "falling-points", "unknown-slips-by", "shadowed-exclusion"}


def found(fragment: str) -> list[tuple[str, str]]:
    loaded = compile_sources(Source("example.tier", completed(fragment)))
    assert loaded.program is not None, [each.message for each in loaded.diagnostics]
    findings = lint(loaded.program, dt.date(2026, 11, 1)).findings
    return [(each.code, each.span.text) for each in findings if each.code in RULES]


QUIET = [
    "let campaign = true\nmark warm when campaign and fit > 50",
    "mark asleep when touched is missing or not (touched within 90 days)",
    "mark asleep when no meeting ever or days since meeting > 90",
    "mark asleep when any meeting ever and days since meeting > 90",
    'mark lost when first of [latest order.stage ever, ""] != "won"',
    "score warmth { range 0..100  points by employees { 5_000.. -> 60  500..4_999 -> 100  ..499 -> 10  missing -> 0 } }",
    'exclude a when name starts with "TEST trial"\nexclude b when name starts with "TEST"',
    "mark known when employees is not missing",
]


@pytest.mark.parametrize("fragment", QUIET, ids=lambda each: each[:40])
def test_what_is_meant_is_left_alone(fragment: str) -> None:
    assert found(fragment) == []


LOUD = [
    ("mark known when fit is not missing", "constant-condition", "fit is not missing"),
    ("mark tagged when tech is missing", "constant-condition", "tech is missing"),
    ("mark odd when customer and (fit > 80 or fit > 90 and fit < 85)", "constant-condition", "fit > 90 and fit < 85"),
    ("mark odd when tier is one and fit >= 0", "constant-condition", "fit >= 0"),
    ("mark asleep when not (touched within 90 days)", "unknown-slips-by", "not (touched within 90 days)"),
    (
        "tiers by fit {\n  cap at two when latest order.stage ever != \"won\"\n  tier one { range 50.. }\n  tier two { otherwise }\n}",
        "unknown-slips-by",
        'latest order.stage ever != "won"',
    ),
    (
        "score warmth {\n  range 0..100\n  points 100 when fit >= 50\n  points -10 when fit < 20\n}",
        "dead-points",
        "points -10 when fit < 20",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fragment", "rule", "place"), LOUD, ids=lambda each: each[:40])
def test_a_mistake_is_found_where_it_stands(fragment: str, rule: str, place: str) -> None:
    assert found(fragment) == [(rule, place)]
