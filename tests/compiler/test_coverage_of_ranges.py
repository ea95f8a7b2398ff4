"""Gaps and overlaps, judged by the compiler and by trying every value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.compiler.rulesets import OWNERS, codes, ruleset

LOW, HIGH = 0, 20


@st.composite
def ranges(draw: st.DrawFn, step: int = 1) -> tuple[str, frozenset[int]]:
    """A range as written over LOW..HIGH, and the points of the grid that it takes; the grid has `step` points in one."""
    low = draw(st.none() | st.integers(LOW, HIGH))
    high = draw(
        st.integers(LOW if low is None else low + 1, HIGH + 1)
        if low is None
        else st.none() | st.integers(low + 1, HIGH + 1)
    )
    open_ = high is not None and draw(st.booleans())
    written = f"{'' if low is None else low}..{'<' if open_ else ''}{'' if high is None else high}"
    first = LOW * step if low is None else low * step
    last = HIGH * step if high is None else high * step - (1 if open_ else 0)
    return written, frozenset(range(first, min(last, HIGH * step) + 1))


def _takes_some(row: tuple[str, frozenset[int]]) -> bool:
    return bool(row[1])


@given(st.lists(ranges().filter(_takes_some), min_size=1, max_size=4))
def test_bands_of_a_whole_number(rows: list[tuple[str, frozenset[int]]]) -> None:
    table = "  ".join(f"{written} -> {at}" for at, (written, _) in enumerate(rows))
    found = set(codes(ruleset(more=f"score s {{ points by w {{ {table} }} }}")))
    taken = [point for _, points in rows for point in points]
    if len(taken) != len(set(taken)):
        assert found == {"overlapping-bands"}
    else:
        assert found == ({"band-gap"} if set(taken) != set(range(LOW, HIGH + 1)) else set())


@given(st.lists(ranges(step=10).filter(_takes_some), min_size=1, max_size=4))
def test_tiers_by_a_score_of_one_digit(rows: list[tuple[str, frozenset[int]]]) -> None:
    rows = sorted(rows, key=lambda row: -max(row[1]))
    tiers = "\n".join(f"tier t{at} {{ range {written}  {OWNERS} }}" for at, (written, _) in enumerate(rows))
    found = set(
        codes(
            ruleset(
                more="score s { range 0..20  value full  round to 1 }",
                tiers=f"tiers by s {{ {tiers} }}",
            )
        )
    )
    taken = [point for _, points in rows for point in points]
    gaps = set(taken) != set(range(LOW * 10, HIGH * 10 + 1))
    overlaps = len(taken) != len(set(taken))
    assert ("overlapping-ranges" in found) == overlaps
    assert ("ladder-gap" in found) == gaps
