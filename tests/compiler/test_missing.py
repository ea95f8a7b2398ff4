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


EVENTS = """
event order {
  field freight money
  field size whole required
}
signal intent number
lookup sizes from "tests/compiler/cases/with/industry_points.csv" { match t from "value"  give points number }
"""


@pytest.mark.parametrize(
    ("part", "asks"),
    [
        ("count of order within 90 days", False),
        ("sum of order.freight ever", False),
        ("distinct order.size ever", False),
        ("largest order.size ever", True),
        ("smallest order.freight ever", True),
        ("latest order.size ever", True),
        ("(days since order)", True),
        ("first of [days since order, 999]", False),
        ("(if any order within 90 days then 1 else 0)", False),
        ("(if no order within 90 days then 1 else 0)", False),
        ("(if intent > 80 for 3 weeks then 1 else 0)", False),
        ("intent", True),
        ("(if intent is missing then 0 else intent)", False),
        ("sizes.points", True),
        ("by days since order { 0..30 -> 1  31.. -> 0  missing -> 0 }", False),
    ],
)
def test_what_events_signals_and_lookups_say_can_be_missing(part: str, asks: bool) -> None:
    found = codes(ruleset(more=f"{EVENTS}\nscore s {{ weigh 100% {part} }}"))
    assert found == (["no-missing-policy"] if asks else [])


def test_a_field_that_one_table_answers_for_can_still_be_missing_in_the_next() -> None:
    tables = "derive a = by n { 3.. -> 1  otherwise -> 2  missing -> n }\n"
    question = "any order where (by n { 3.. -> 1  otherwise -> 2 } > freight) ever"
    assert codes(ruleset(fields=f"{tables}derive b = {question}", more=EVENTS)) == ["no-missing-row"]
