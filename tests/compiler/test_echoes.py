"""A broken line is complained of once: what it may have said is not missed elsewhere."""

from __future__ import annotations

import pytest

from tests.compiler.rulesets import OWNERS, codes, ruleset

SYNTAX = {"unexpected-text", "unexpected-end", "misplaced-line"}


@pytest.mark.parametrize(
    "text",
    [
        ruleset(fields="derive big = = 3", more="exclude a when big"),
        ruleset(more="let floor = = 3\nscore s { points floor when f }"),
        ruleset(
            more="score s { value = 3 }", tiers=f"tiers by s {{ tier a {{ range 80..  {OWNERS} }}  rest untiered }}"
        ),
        ruleset(tiers=f"tiers by full {{ tier a {{ range 80..  {OWNERS} }}\n tier b {{ otherwis {OWNERS} }} }}"),
        ruleset(tiers="tiers { tier a { otherwise\n owner marketing 5\n owner sales dana } }"),
        ruleset(more="score s {\n weigh 50% full\n weigh % full\n}"),
        ruleset(fields="derive x = lowst of [n, 2]"),
        ruleset().replace("account", "acount"),
        ruleset(more="score s {\n weigh 50% full\n weigh 10% w when f\n weights scald\n}"),
        ruleset(
            tiers=f"tiers by full {{ tier a {{ otherwise {OWNERS} }}\n capacity 5 overflow outt\n floor at a when f }}"
        ),
        ruleset(
            tiers=f"tiers by full {{ bucket a {{ range 5.. {OWNERS} }}\n tier b {{ otherwise {OWNERS} }}\n cap at b when f }}"
        ),
        ruleset(
            tiers=f"tiers by full {{ tier a {{ otherwise {OWNERS} }}\n bucket b {{ range 5.. {OWNERS} }}\n raise 1 when f }}"
        ),
    ],
)
def test_a_broken_line_has_no_echo(text: str) -> None:
    found = set(codes(text))
    assert found & SYNTAX
    assert not found & {"unknown-name", "ladder-gap", "no-line", "no-owner", "weights-total", "missing-block"}
    assert not found & {"weights-not-scaled", "useless-bound", "bad-steps"}


QUESTION = 'derive a = any order where (stage = "x" and big) within 90 days and sum of order.freight ever > 3'
PARTS = "field stage text\n field freight money\n derive big = freight > 3"


@pytest.mark.parametrize(
    ("field", "more"),
    [
        (QUESTION, f"evnt order {{ {PARTS} }}"),
        (QUESTION, f"event = order {{ {PARTS} }}"),
        (QUESTION, f"event order {{ {PARTS.replace('field stage', 'fild stage')} }}"),
        (QUESTION, f"event order {{ {PARTS.replace('field stage text', 'field stage = text')} }}"),
        (QUESTION, f"event order {{ account fro 'x' {PARTS} }}"),
        (QUESTION.replace("within", "withn"), f"event order {{ {PARTS} }}"),
        ("derive a = intent > 3 for 3 weeks and intent > 5", "signl intent number"),
        ("derive a = intent > 3 for 3 weeks and intent > 5", "signal intent = number"),
        ("derive a = sizes.base > 3", 'lookup sizes frm "x" { match t  give base number }'),
        (
            "derive a = sizes.points > 3",
            'lookup sizes from "tests/compiler/cases/with/sizes.csv" { mtch n from "value"\n give points number }',
        ),
    ],
)
def test_a_block_that_cannot_be_read_has_no_echo(field: str, more: str) -> None:
    found = set(codes(ruleset(fields=field, more=more)))
    assert found & SYNTAX
    assert not found - SYNTAX - {"unreadable-file", "no-equals"}


def test_a_bad_attribute_is_complained_of_once() -> None:
    assert codes(ruleset(fields=QUESTION, more=f"event order {{ {PARTS.replace('text', 'tex')} }}")) == ["unknown-word"]
