"""Who reads which name, and what the rule files allow."""

from __future__ import annotations

from tests.compiler.rulesets import OWNERS, compiled, ruleset

MORE = """
let line = 3
let twice = line * 2
list regions = ["EU", "US"]
owner sam "Sam"
event call { field minutes number  derive long = minutes > line  field note text }
signal heat number in 0..100
exclude old when n < twice and t in regions
score s { value n }
score fit { value s + full }
mark hot when (count of call where (long and w = 2) within 9 days) > 1 or heat > 50 or book is a
mark warm when (sum of call.minutes ever) > 5 or tier is one or two
pin "acme" to two owner sam because "so"
"""
TIERS = f"""
tiers by fit {{
  rank by n
  raise 1 when h
  floor at one when f
  tier one {{ range 80..  capacity 5 per t overflow to two  coverage t  {OWNERS} }}
  tier two {{ otherwise  owner marketing dana  owner sales from rep }}
}}
tiers book by fit {{ tier a {{ range 50.. }}  tier b {{ otherwise }} }}
"""


def test_every_declared_name_knows_who_reads_it() -> None:
    program = compiled(ruleset(fields="field rep text\n derive h = n > 5 and d within 9 days", more=MORE, tiers=TIERS))
    read = {(name.sort, name.name): len(name.uses) for name in program.names}
    assert read == {
        ("owner", "dana"): 3,
        ("field", "n"): 4,
        ("field", "full"): 1,
        ("field", "w"): 1,
        ("field", "t"): 3,
        ("field", "f"): 1,
        ("field", "d"): 1,
        ("field", "g"): 0,
        ("field", "rep"): 1,
        ("derive", "h"): 1,
        ("constant", "line"): 2,
        ("constant", "twice"): 1,
        ("list", "regions"): 1,
        ("owner", "sam"): 1,
        ("event", "call"): 2,
        ("attribute", "call.minutes"): 2,
        ("attribute", "call.long"): 1,
        ("attribute", "call.note"): 0,
        ("signal", "heat"): 1,
        ("exclusion", "old"): 0,
        ("score", "s"): 1,
        ("score", "fit"): 2,
        ("mark", "hot"): 0,
        ("mark", "warm"): 0,
        ("tier", "one"): 2,
        ("tier", "two"): 3,
        ("ladder", "book"): 1,
        ("tier", "a"): 1,
        ("tier", "b"): 0,
    }
    for name in program.names:
        assert name.span is not None
        assert all(use.text == name.name.split(".")[-1] for use in name.uses)
        assert not any(name.span.start <= use.start < name.span.end for use in name.uses if name.sort == "constant")
    order = [name.span.start for name in program.names if name.span is not None]
    assert order == sorted(order)
