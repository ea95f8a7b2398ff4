"""Rule files that nobody would write: each ends in a moment, with a clear answer."""

from __future__ import annotations

import random
import time

import pytest

from tierlang.pipeline import Loaded, compile_sources
from tierlang.source import Source

HEAD = """ruleset big {
  reviewed 2026-10-01
  limits { tiers 100  share 100% }
}
account {
  key id text from "Id"
  field employees whole in 0..1_000_000 default 0
  field industry text one of "Banking", "Software" default "Banking"
  field fit number in 0..100 default 0
  field customer flag default false
}
owner dana "Dana Lee"
"""
OWNERS = "owner marketing dana owner sales dana"
SCORE = "score priority { range 0..100 value fit }\n"
LADDER = f"tiers by priority {{ tier one {{ range 80.. {OWNERS} }} tier two {{ otherwise {OWNERS} }} }}\n"


def tiers(count: int) -> str:
    """A ladder of so many tiers, each with a range and a condition."""
    lines = [
        f'  tier t{each} "T{each}" {{ range {2 * (count - each)}..<{2 * (count - each) + 2} when employees >= {each} {OWNERS} }}'
        for each in range(count)
    ]
    ladder = "\n".join([*lines, f"  tier last {{ otherwise {OWNERS} }}"])
    return f"{HEAD}score priority {{ range 0..{2 * count + 2} value fit }}\ntiers by priority {{\n{ladder}\n}}\n"


def conditions(count: int) -> str:
    """A score of so many point lines."""
    lines = [
        f'  points {1 + each % 9} "L{each}" when employees >= {each} and (fit > {each % 100} or industry = "Banking")'
        for each in range(count)
    ]
    return "\n".join([HEAD, "score priority {\n  range 0..100", *lines, "}", LADDER])


def nested(opening: str, closing: str, depth: int) -> str:
    """One condition that is nested so deep."""
    condition = f"{opening * depth}customer{closing * depth}"
    return f"{HEAD}{SCORE}mark deep when {condition}\n{LADDER}"


def marks(size: int) -> str:
    """A good file of so many characters."""
    lines = [HEAD, SCORE, LADDER]
    length = count = 0
    while length < size:
        count += 1
        line = f'mark mark_{count} "Mark {count}" when employees >= {count} and fit > {count % 100} and not customer\n'
        lines.append(line)
        length += len(line)
    return "".join(lines)


def noise(size: int) -> str:
    """Letters and signs in no order."""
    return "".join(random.Random(7).choices("abc{}()[]\"'=<>.,;:#0123456789 \n-_|&!@$%", k=size))


def _ends_in_time(text: str, seconds: float) -> Loaded:
    started = time.perf_counter()
    loaded = compile_sources(Source("big.tier", text))
    assert time.perf_counter() - started < seconds
    return loaded


def test_three_hundred_tiers_are_too_many():
    loaded = _ends_in_time(tiers(300), 10)
    assert "too-many-tiers" in {one.code for one in loaded.diagnostics}


def test_a_hundred_tiers_are_read():
    assert _ends_in_time(tiers(99), 10).program is not None


def test_two_thousand_conditions():
    loaded = _ends_in_time(conditions(2000), 10)
    assert loaded.program is not None
    assert not loaded.diagnostics


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("not (", ")"), ("(customer and (fit > 3 or ", "))")])
def test_nesting_of_five_hundred(opening, closing):
    loaded = _ends_in_time(nested(opening, closing, 500), 10)
    codes = [one.code for one in loaded.diagnostics]
    assert codes == ([] if opening == "(" else ["too-deep"])


GARBAGE = {
    "noise": noise,
    "braces": lambda size: "{" * size,
    "letters": lambda size: "a" * size,
    "texts": lambda size: '"a" ' * (size // 4),
    "a list without end": lambda size: "list a = [" + "1, " * (size // 3),
    "parentheses": lambda size: "let a = " + "(" * size,
    "a long sum": lambda size: "let a = " + "b + " * (size // 4) + "1",
    "ladders in ladders": lambda size: HEAD + "tiers by fit {\n" * (size // 15),
    "misspelt": lambda size: "scroe x {\n weigh 50%% fit\n points when when 5\n}\n" * (size // 45),
    "open questions": lambda size: "let a = any x where (b = 1 \n" * (size // 28),
    "tests without end": lambda size: 'test "x" {\n' + "expect mark contains\nexpect no mark x\n" * (size // 38),
    "allowed": lambda size: "allow same_plays\n" * (size // 17),
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_is_answered(kind):
    loaded = _ends_in_time(GARBAGE[kind](100_000), 10)
    assert loaded.program is None
    assert loaded.diagnostics
    assert len(loaded.diagnostics) < 10_000


@pytest.mark.slow
@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_as_large_as_a_rule_file_may_be(kind):
    assert _ends_in_time(GARBAGE[kind](1_900_000), 60).program is None


@pytest.mark.slow
def test_a_good_file_as_large_as_it_may_be():
    assert _ends_in_time(marks(1_900_000), 60).program is not None
