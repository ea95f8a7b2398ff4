"""The words of reasons read as what they mean."""

from __future__ import annotations

import pytest

from tierlang.program.expressions import AnyOf, Defined, Expression, Input
from tierlang.program.nodes import Condition, Ladder, Line, Tier
from tierlang.program.reasons import Slot, placed
from tierlang.program.values import Kind

BIG, RICH = Input("big", Kind.FLAG), Input("rich", Kind.FLAG)


@pytest.mark.parametrize(
    ("test", "words", "shown"),
    [
        (BIG, "big", " in 80.. and big"),
        (AnyOf((BIG, RICH)), "big or rich", " in 80.. and (big or rich)"),
    ],
)
def test_a_gate_joins_the_line_without_changing_its_meaning(test: Expression, words: str, shown: str) -> None:
    line = Line(800_000, None, low_open=False, high_open=False, text="80..")
    tier = Tier("one", line=line, gate=Condition(test, words))
    ladder = Ladder(None, None, Defined("fit", Kind.NUMBER), (tier,))
    assert placed(ladder, tier) == ("fit ", Slot.BY, shown)


def test_a_gate_alone_is_the_whole_reason() -> None:
    tier = Tier("one", gate=Condition(AnyOf((BIG, RICH)), "big or rich"))
    assert placed(Ladder(None, None, None, (tier,)), tier) == ("big or rich",)
