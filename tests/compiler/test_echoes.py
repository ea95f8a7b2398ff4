"""A broken line is complained of once: what it may have said is not missed elsewhere."""

from __future__ import annotations

import pytest

from tests.compiler.rulesets import OWNERS, codes, ruleset

SYNTAX = {"unexpected-text", "unexpected-end", "misplaced-line", "later-construct"}


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
