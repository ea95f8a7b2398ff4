"""What test blocks mean: values as cells, complete accounts, the names they read, and when they need a date."""

from __future__ import annotations

import datetime as dt

from tests.compiler.rulesets import OWNERS, codes, compiled, loaded, ruleset
from tierlang.program import nodes as n
from tierlang.program.expressions import Defined, InTier, inputs_of
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind

FIELDS = """
  field industry text one of "Banking", "Software" same "FinTech" as "Banking"
  field region text fold case default "emea"
  field tech tags one of "aws", "gcp" same "Amazon" as "aws"
  missing "", "N/A"
"""
MORE = """
event call { field minutes number default 5  field note text  missing "-" }
signal heat number
exclude old when w > 19
mark hot when n > 5
"""
NEEDS = "full = 1  w = 1"
ALL = f"tiers {{ tier all {{ otherwise  {OWNERS} }} }}"


def blocks_of(text: str, fields: str = FIELDS, more: str = MORE, **pieces: str) -> tuple[n.Program, tuple[n.Test, ...]]:
    """The tests of a ruleset with these blocks."""
    program = compiled(ruleset(fields=fields, more=f"{more}\n{text}", **pieces))
    return program, program.tests


def test_values_are_read_as_cells_and_accounts_are_complete() -> None:
    _, (test,) = blocks_of(
        f"""test "x" {{
          as of 2026-11-15
          given {{
            {NEEDS}  industry = "FinTech"  n = 1.5M  d = 2026-01-31  t = "N/A"  tech = ["Amazon", "gcp", "aws"]
            event call 2026-11-01 {{ note = "-" }}
            signal heat 2026-11-01 = missing
          }}
          expect untiered
        }}"""
    )
    (account,) = test.accounts
    assert test.as_of == dt.date(2026, 11, 15)
    assert (account.name, account.key) == (None, "account")
    assert dict(account.values) == {
        "n": 1_500_000 * SCALE,
        "full": SCALE,
        "w": SCALE,
        "t": None,
        "f": False,
        "d": dt.date(2026, 1, 31),
        "g": (),
        "industry": "Banking",
        "region": "emea",
        "tech": ("aws", "gcp"),
    }
    assert account.events == (n.GivenEvent("call", dt.date(2026, 11, 1), (("minutes", 5 * SCALE), ("note", None))),)
    assert account.observations == (n.GivenObservation("heat", dt.date(2026, 11, 1), None),)


def test_keys_are_given_or_the_accounts_names() -> None:
    fields = FIELDS.replace("field region", "field other")
    text = f'test "x" {{ given account a {{ {NEEDS} }} account b {{ {NEEDS}  id = "ACME" }} expect a tier all  expect b untiered }}'
    _, (test,) = blocks_of(text, fields)
    assert [(account.name, account.key) for account in test.accounts] == [("a", "a"), ("b", "ACME")]
    assert test.expects == (n.ExpectTier("a", "all"), n.ExpectTier("ACME", None))


def test_expectations_of_every_sort() -> None:
    wanted = (
        "expect excluded as old  expect not excluded  expect mark hot  expect no mark hot  expect tier is all and n > 5"
    )
    _, (test,) = blocks_of(f'test "x" {{ given {{ {NEEDS} }} {wanted} }}')
    key = "account"
    excluded, included, shown, hidden, holds = test.expects
    assert (excluded, included) == (n.ExpectExcluded(key, "old"), n.ExpectExcluded(key, negated=True))
    assert (shown, hidden) == (n.ExpectMark(key, "hot"), n.ExpectMark(key, "hot", negated=True))
    assert isinstance(holds, n.ExpectHolds)
    assert holds.condition.text == "tier is all and n > 5"


def test_a_condition_brings_no_definitions_of_its_own() -> None:
    text = f"""
      derived when any call ever
      test "x" {{ as of 2026-11-15  given {{ {NEEDS} }}
        expect tier is all and n / w > 5 and any call ever and by n + 1 {{ 3.. -> 1  ..<3 -> 2  missing -> 0 }} = 1
      }}""".replace("derived", "mark called")
    program, (test,) = blocks_of(text)
    plain = compiled(ruleset(fields=FIELDS, more=f"{MORE}\nmark called when any call ever"))
    assert (program.definitions, program.relative, program.facts) == (plain.definitions, plain.relative, plain.facts)
    (expect,) = test.expects
    assert isinstance(expect, n.ExpectHolds)
    read = {part for part in inputs_of(expect.condition.test) if isinstance(part, Defined)}
    assert read == {Defined("any call ever", Kind.FLAG)}


def test_names_in_tests_are_told_apart_from_those_in_rules() -> None:
    text = f"""test "x" {{ as of 2026-11-15
      given {{ {NEEDS}  n = big  event call 2026-11-01 {{ minutes = 9 }}  signal heat 2026-11-01 = 5 }}
      expect tier all  expect mark hot  expect not excluded as old  expect heat > big
    }}""".replace("not excluded as", "excluded as").replace("expect tier all", "")
    program, _ = blocks_of(f"let big = 7\n{text}")
    tested = {(name.sort, name.name): len(name.tested) for name in program.names if name.tested}
    assert tested == {
        ("field", "n"): 1,
        ("field", "full"): 1,
        ("field", "w"): 1,
        ("constant", "big"): 2,
        ("event", "call"): 1,
        ("attribute", "call.minutes"): 1,
        ("signal", "heat"): 2,
        ("exclusion", "old"): 1,
        ("mark", "hot"): 1,
    }
    assert not next(name for name in program.names if name.name == "big").uses


def needs_date(more: str, expect: str = "expect untiered", fields: str = "") -> bool:
    """Whether a test without `as of` is refused in a ruleset with these pieces."""
    text = ruleset(fields=fields, more=f'{more}\ntest "x" {{ given {{ {NEEDS} }} {expect} }}')
    found = codes(text)
    assert set(found) <= {"no-as-of"}, [d.message for d in loaded(text).diagnostics]
    return bool(found)


def test_a_date_is_needed_where_the_outcome_can_depend_on_it() -> None:
    assert not needs_date("mark m when n > 5")
    assert not needs_date("event call\nsignal heat number", fields="derive unread = d within 9 days")
    assert needs_date("mark m when d within 9 days")
    assert needs_date("mark m when late > 5", fields="derive late = days since d")
    assert needs_date("event call\nmark m when any call ever")
    assert needs_date("signal heat number\nmark m when heat > 5")
    assert needs_date('pin "a" to all until 2027-01-01 owner dana because "so"')
    assert not needs_date('pin "a" to all owner dana because "so"')
    assert needs_date("", expect="expect d > today")
    assert needs_date("", expect="expect unread", fields="derive unread = d within 9 days")


def test_tests_are_judged_where_the_rules_are_wrong_too() -> None:
    text = ruleset(more=f'mark m when nn > 5\ntest "x" {{ given {{ {NEEDS}  nm = 5 }} expect untiered }}')
    assert codes(text) == ["unknown-name", "unknown-name"]


def test_a_test_asks_views_by_their_names() -> None:
    book = "\ntiers book by full { tier near { range 50.. }  tier far { otherwise } }"
    _, (test,) = blocks_of(f'test "x" {{ given {{ {NEEDS} }} expect book is far }}', tiers=ALL + book)
    (expect,) = test.expects
    assert isinstance(expect, n.ExpectHolds)
    assert isinstance(expect.condition.test, InTier)


def test_a_key_is_read_as_keys_are() -> None:
    text = ruleset(more=f'test "x" {{ given {{ {NEEDS}  id = "ACME" }} expect untiered }}')
    program = compiled(text.replace("key id text", 'key id text fold case same "acme inc" as "acme"'))
    assert program.tests[0].accounts[0].key == "acme"
    again = compiled(text.replace("key id text", 'key id text same "ACME" as "Acme"'))
    assert again.tests[0].accounts[0].key == "Acme"
