"""What a ruleset may ask is measured in steps: beyond it the answer is that nobody knows, never a guess."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tierlang.analysis import model
from tierlang.analysis.answers import Open
from tierlang.lint.run import lint
from tierlang.pipeline import load

TODAY = dt.date(2026, 11, 1)
RULES = Path(__file__).parents[2] / "rulesets" / "saas_abm" / "saas_abm.tier"


def test_beyond_the_measure_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    program = load(str(RULES)).program
    assert program is not None
    whole = lint(program, TODAY)
    assert not [each for each in whole.asked if isinstance(each.answer, Open)]
    monkeypatch.setattr(model, "WORK", 500)
    short = lint(program, TODAY)
    left = [each for each in short.asked if isinstance(each.answer, Open)]
    assert left
    assert all("more questions" in each.answer.why for each in left if isinstance(each.answer, Open))
    assert short.findings == whole.findings == ()
    strict = lint(program, TODAY, strict=True)
    assert {finding.code for finding in strict.findings} == {"not-proved"}


def test_accounts_that_were_found_answer_even_then(monkeypatch: pytest.MonkeyPatch) -> None:
    program = load(str(RULES)).program
    assert program is not None
    monkeypatch.setattr(model, "LOOKS", 0)
    searched = lint(program, TODAY)
    monkeypatch.undo()
    assert [(each.question, type(each.answer)) for each in searched.asked] == [
        (each.question, type(each.answer)) for each in lint(program, TODAY).asked
    ]
