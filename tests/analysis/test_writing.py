"""Examples of the shipped rulesets, written as tests, compile and pass."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tierlang.analysis.answers import Possible
from tierlang.analysis.claims import no_tier, takes
from tierlang.analysis.model import Model
from tierlang.analysis.writing import as_test
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.pipeline import compile_sources
from tierlang.source import Source
from tierlang.testing.run import run_tests

AS_OF = dt.date(2026, 11, 22)
FOLDER = Path(__file__).parents[2] / "rulesets"
NAMES = ("saas_abm", "customer_lifecycle", "enterprise_security", "product_led", "sales_driven")


@pytest.mark.parametrize("name", NAMES)
def test_an_example_of_every_tier_compiles_and_passes(name: str) -> None:
    path = FOLDER / name / f"{name}.tier"
    text = path.read_text(encoding="utf-8")
    program = compile_sources(Source(str(path), text)).program
    assert program is not None
    model, ladder = Model(program, AS_OF), program.ladders[0]
    claims = [*(takes(ladder, at) for at in range(len(ladder.tiers))), no_tier(ladder)]
    blocks: list[str] = []
    for claim in claims:
        answer = model.possible(claim)
        if isinstance(answer, Possible):
            outcome = evaluate(program, [answer.witness.account], AS_OF)
            assert isinstance(outcome, Outcome)
            tier = outcome.assignments[0].placements[0].tier
            expect = "untiered" if tier is None else f"tier {tier}"
            blocks.append(as_test(program, answer.witness, f"sample {len(blocks)}", [expect, "not excluded"]))
    assert blocks
    again = compile_sources(Source(str(path), text + "\n" + "\n".join(blocks)))
    assert again.program is not None, again.diagnostics
    results = [result for result in run_tests(again.program) if result.test.label.startswith("sample")]
    assert len(results) == len(blocks)
    assert all(result.passed for result in results)
