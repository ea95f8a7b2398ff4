"""What people write wrongly about moves: each line is read as it was meant, and its edits really put it right."""

from __future__ import annotations

import pytest

from tests.syntax.reading import good, mended, read
from tierlang.syntax import nodes as n

BLOCKS = {
    "MOBILITY": "mobility {{\n  {}\n  retired last\n}}",
    "TRIGGER": "mobility {{\n  promote p {{\n    {}\n    owner last\n  }}\n}}",
    "TIER": "tiers by a {{\n  tier b {{\n    {}\n    coverage c\n  }}\n}}",
    "GIVEN": 'test "x" {{\n  given {{\n    {}\n    fit = 5\n  }}\n  expect untiered\n}}',
    "TEST": 'test "x" {{\n  {}\n  expect untiered\n}}',
    "CONDITION": "let a = {}",
}
SLIPS = {
    "MOBILITY": (
        ("promote funded -> one when x", "promote funded { to one when x }"),
        ("promote x { to one } when y owner sam", "promote x { to one when y owner sam }"),
        ("hold x: y > 5", "hold x when y > 5"),
        ("retired gold: two", "retired gold to two"),
        ("retired gold = two", "retired gold to two"),
        ("promote one to two when fit > 5", "promote one { to two when fit > 5 }"),
        (
            "promote funded from two to one when fit > 5 owner sam",
            "promote funded { from two to one when fit > 5 owner sam }",
        ),
        (
            'promote funded "x" from two to one when fit > 5\n  demote q { down 1 }',
            'promote funded "x" { from two to one when fit > 5 }\n  demote q { down 1 }',
        ),
        ("promote funded from two to one { when x }", "promote funded { from two to one when x }"),
        ("promote funded when x { to one }", "promote funded { when x to one }"),
        ("promote funded to one { when x owner sam }", "promote funded { to one when x owner sam }"),
        ("cool down 60 days", "cooldown 60 days"),
        ("cool-down 60 days", "cooldown 60 days"),
        ("cooldown of 60 days", "cooldown 60 days"),
        ("cooldown period 60 days", "cooldown 60 days"),
        ("cooldown 60d", "cooldown 60 days"),
        ("cool_down 60 days", "cooldown 60 days"),
        ("cooldown at least 60 days", "cooldown 60 days"),
        ("freeze from 2026-12-15 to 2027-01-02", "freeze 2026-12-15..2027-01-02"),
        ("freeze 2026-12-15 to 2027-01-02", "freeze 2026-12-15..2027-01-02"),
        ('freeze 2026-12-15 - 2027-01-02 "x"', 'freeze 2026-12-15..2027-01-02 "x"'),
        ("freeze 2026-12-15-2027-01-02", "freeze 2026-12-15..2027-01-02"),
        ('freeze between 2026-12-15 and 2027-01-02 "x"', 'freeze 2026-12-15..2027-01-02 "x"'),
        ("freeze 2026-12-15 until 2027-01-02", "freeze 2026-12-15..2027-01-02"),
        ('freeze "Year end" 2026-12-15..2027-01-02', 'freeze 2026-12-15..2027-01-02 "Year end"'),
        ("freeze year_end 2026-12-15..2027-01-02", 'freeze 2026-12-15..2027-01-02 "year_end"'),
        ('freeze year_end "x" 2026-12-15..2027-01-02', 'freeze 2026-12-15..2027-01-02 "x"'),
        ("freeze on 2026-12-24", "freeze 2026-12-24"),
        ("freeze 2026-12-15 .. 2027-01-02", "freeze 2026-12-15..2027-01-02"),
        ("freeze 2026-12-15, 2026-12-24", "freeze 2026-12-15 freeze 2026-12-24"),
        ("frozen 2026-12-15", "freeze 2026-12-15"),
        ('freeze "x" from 2026-12-15 until 2027-01-02', 'freeze 2026-12-15..2027-01-02 "x"'),
        ("freeze 2026-12-15 – 2027-01-02", "freeze 2026-12-15..2027-01-02"),
        ("breaker 10% review 30%", "breaker 10% at review 30%"),
        ("breaker 10% at reviews 30%", "breaker 10% at review 30%"),
        ("breaker 10% during review 30%", "breaker 10% at review 30%"),
        ("circuit breaker 10%", "breaker 10%"),
        ("breaker at 10%", "breaker 10%"),
        ("breaker 10% 30%", "breaker 10% at review 30%"),
        ("breaker 10% at review: 30%", "breaker 10% at review 30%"),
        ("breaker of 10%", "breaker 10%"),
        ("breaker 10% at a review 30%", "breaker 10% at review 30%"),
        ("breaker 10%, at review 30%", "breaker 10% at review 30%"),
        ("breaker 10% and 30% at review", "breaker 10% at review 30%"),
        ("breaker 10 percent", "breaker 10%"),
        ("breaker 10% of accounts", "breaker 10%"),
        ("circuit_breaker 10%", "breaker 10%"),
        ("breaker 10% in review 30%", "breaker 10% at review 30%"),
        ("hold a if x > 5", "hold a when x > 5"),
        ("hold a both when x > 5", "hold a both ways when x > 5"),
        ("hold a both directions when x > 5", "hold a both ways when x > 5"),
        ("hold a while x > 5", "hold a when x > 5"),
        ('hold a "l" where x', 'hold a "l" when x'),
        ("hold a x > 5", "hold a when x > 5"),
        ('hold a both ways "l" when x', 'hold a "l" both ways when x'),
        ("hold a two ways when x", "hold a both ways when x"),
        ("hold a in both ways when x", "hold a both ways when x"),
        ("hold a { when x }", "hold a when x"),
        ('hold a "l" { both ways when x }', 'hold a "l" both ways when x'),
        ("holds a when x", "hold a when x"),
        ("hold a until 2026-12-31", "hold a when today <= 2026-12-31"),
        ("hold a = x > 5", "hold a when x > 5"),
        ("retire gold", "retired gold"),
        ("retired gold into two", "retired gold to two"),
        ("retired gold -> two", "retired gold to two"),
        ("retired tier gold", "retired gold"),
        ("retired gold as two", "retired gold to two"),
        ("retired gold, silver", "retired gold retired silver"),
        ('retired "gold"', "retired gold"),
        ("retired gold to tier two", "retired gold to two"),
        ("retired gold becomes two", "retired gold to two"),
        ("retires gold to two", "retired gold to two"),
        ("retired gold and silver to two", "retired gold to two retired silver to two"),
        ('merged "x.csv"', 'merged from "x.csv"'),
        ('merge from "x.csv"', 'merged from "x.csv"'),
        ('merged in "x.csv"', 'merged from "x.csv"'),
        ('merges from "x.csv"', 'merged from "x.csv"'),
        ("merged from x.csv", 'merged from "x.csv"'),
        ('merged: "x.csv"', 'merged from "x.csv"'),
        ('merged accounts from "x.csv"', 'merged from "x.csv"'),
        ('merged with "x.csv"', 'merged from "x.csv"'),
        ("promotion x { to one }", "promote x { to one }"),
        ("upgrade x { to one }", "promote x { to one }"),
        ("downgrade x { to one }", "demote x { to one }"),
        ("demotion x { to one }", "demote x { to one }"),
        ("raise x { up 1 }", "promote x { up 1 }"),
    ),
    "TRIGGER": (
        ("from two, to one", "from two to one"),
        ("two to one", "from two to one"),
        ("when days in tier > 90 days", "when days in tier > 90"),
        ("two -> one", "from two to one"),
        ("must be approved by dana", "approve by dana"),
        ("when score < 40 during 30 days", "when score < 40 for 30 days"),
        ("when score < 40 over the last 30 days", "when score < 40 for 30 days"),
        ("when days in tier over 60", "when days in tier > 60"),
        ("from tier is two", "from two"),
        ("from tier two", "from two"),
        ("from tiers two, three", "from two, three"),
        ("from two or three", "from two, three"),
        ("from two and three", "from two, three"),
        ("from any tier", ""),
        ('from "two"', "from two"),
        ("from every tier", ""),
        ("from two,", "from two"),
        ("from tier two to tier one when x", "from two to one when x"),
        ("from two three", "from two, three"),
        ("to tier one", "to one"),
        ("to: one", "to one"),
        ('to "one"', "to one"),
        ("into one", "to one"),
        ("move to one", "to one"),
        ("move up 1", "up 1"),
        ("move from two to one", "from two to one"),
        ("-> one", "to one"),
        ("up 1 tier", "up 1"),
        ("up by 1", "up 1"),
        ("up one tier", "up 1"),
        ("up 2 tiers", "up 2"),
        ("up to one", "to one"),
        ("raise 1", "up 1"),
        ("down by 1", "down 1"),
        ("up 1 step", "up 1"),
        ("down to two", "to two"),
        ("if x > 5", "when x > 5"),
        ("where x", "when x"),
        ("when: x > 5", "when x > 5"),
        ("when x > 5 then", "when x > 5"),
        ("only when x", "when x"),
        ("x > 5", "when x > 5"),
        ("on any a within 30 days", "when any a within 30 days"),
        ("when x >= 80 for 3 weeks, owner sam", "when x >= 80 for 3 weeks owner sam"),
        ("while x", "when x"),
        ('owner "sam"', "owner sam"),
        ("owned by sam", "owner sam"),
        ("owner is sam", "owner sam"),
        ("owner marketing dana", "owner dana"),
        ("owner by sam", "owner sam"),
        ("approve dana", "approve by dana"),
        ("approved by dana", "approve by dana"),
        ("approval by dana", "approve by dana"),
        ("approver dana", "approve by dana"),
        ("needs approval by dana", "approve by dana"),
        ("approval dana", "approve by dana"),
        ("approve: dana", "approve by dana"),
        ("approval from dana", "approve by dana"),
        ("requires approval by dana", "approve by dana"),
        ("approved dana", "approve by dana"),
        ("approves dana", "approve by dana"),
        ('approve by "dana"', "approve by dana"),
        ("approve by owner dana", "approve by dana"),
        ("signed off by dana", "approve by dana"),
        ("approvers dana", "approve by dana"),
        ("cool down 60 days", "cooldown 60 days"),
        ("settle 60 days", "cooldown 60 days"),
        ("settled 60 days", "cooldown 60 days"),
        ("wait 60 days", "cooldown 60 days"),
        ("lasts 60 days", "cooldown 60 days"),
        ("cooldown none", "cooldown 0 days"),
        ("no cooldown", "cooldown 0 days"),
        ("was called x", "was x"),
        ("was: x", "was x"),
        ("was a and b", "was a, b"),
        ("formerly x", "was x"),
        ("renamed from x", "was x"),
        ("was trigger x", "was x"),
    ),
    "TIER": (
        ("keep when x", "keep while x"),
        ("keep if x", "keep while x"),
        ("keep x >= 75", "keep while x >= 75"),
        ("keep as long as x", "keep while x"),
        ("stay while x", "keep while x"),
        ("keep while: x", "keep while x"),
        ("keeps while x", "keep while x"),
        ('keep "x" while y', "keep while y"),
        ("keep in tier while y", "keep while y"),
        ("keep whilst x", "keep while x"),
        ("retain while x", "keep while x"),
        ("keep only while x", "keep while x"),
        ("keep where x", "keep while x"),
        ("stays while x", "keep while x"),
        ("hold while x", "keep while x"),
        ("sticky while x", "keep while x"),
        ("was gold and silver", "was gold, silver"),
        ("was tier gold", "was gold"),
        ("was called gold", "was gold"),
        ("formerly gold", "was gold"),
        ("renamed from gold", "was gold"),
        ("previously gold", "was gold"),
        ("was named gold", "was gold"),
        ("was gold silver", "was gold, silver"),
        ("old name gold", "was gold"),
        ("alias gold", "was gold"),
        ("aka gold", "was gold"),
    ),
    "GIVEN": (
        ("previous tier two since 2026-10-01", "tier two since 2026-10-01"),
        ("tier two = 2026-10-01", "tier two since 2026-10-01"),
        ("two since 2026-10-01", "tier two since 2026-10-01"),
        ("tier two since 2026-10-01, settled until 2026-12-01", "tier two since 2026-10-01 settled until 2026-12-01"),
        ("tier two from 2026-10-01", "tier two since 2026-10-01"),
        ("tier is two since 2026-10-01", "tier two since 2026-10-01"),
        ("in tier two since 2026-10-01", "tier two since 2026-10-01"),
        ("held tier two since 2026-10-01", "tier two since 2026-10-01"),
        ("tier two since 2026-10-01 until 2026-12-01", "tier two since 2026-10-01 settled until 2026-12-01"),
        (
            "tier two since 2026-10-01 and settled until 2026-12-01",
            "tier two since 2026-10-01 settled until 2026-12-01",
        ),
        ('tier two since "2026-10-01"', "tier two since 2026-10-01"),
        ('tier "two" since 2026-10-01', "tier two since 2026-10-01"),
        ("tier two 2026-10-01", "tier two since 2026-10-01"),
        ("tier untiered since 2026-10-01", "untiered since 2026-10-01"),
        ("no tier since 2026-10-01", "untiered since 2026-10-01"),
        ("tier two since 2026-10-01 settled 2026-12-01", "tier two since 2026-10-01 settled until 2026-12-01"),
        ("tier two since 2026-10-01 settled till 2026-12-01", "tier two since 2026-10-01 settled until 2026-12-01"),
        ("tier two as of 2026-10-01", "tier two since 2026-10-01"),
        ("tier two on 2026-10-01", "tier two since 2026-10-01"),
        ("was tier two since 2026-10-01", "tier two since 2026-10-01"),
        ("untiered from 2026-01-01", "untiered since 2026-01-01"),
        ("tier two since 2026-10-01 cooldown until 2026-12-01", "tier two since 2026-10-01 settled until 2026-12-01"),
        ("score priority on 2026-11-01 = 35", "score priority 2026-11-01 = 35"),
        ("score priority 2026-11-01 35", "score priority 2026-11-01 = 35"),
        ("priority 2026-11-01 = 35", "signal priority 2026-11-01 = 35"),
        ("score priority at 2026-11-01 = 35", "score priority 2026-11-01 = 35"),
        ("score priority 2026-11-01: 35", "score priority 2026-11-01= 35"),
        ("score priority 2026-11-01 is 35", "score priority 2026-11-01 = 35"),
        ("scores priority 2026-11-01 = 35", "score priority 2026-11-01 = 35"),
        ("score priority since 2026-11-01 = 35", "score priority 2026-11-01 = 35"),
        ("review is due", "review due"),
        ("a review is due", "review due"),
        ("due review", "review due"),
        ("review due = true", "review due"),
        ("review", "review due"),
        ("review due 2026-11-01", "review due"),
        ("review: due", "review due"),
        ("reviews due", "review due"),
        ("review due on 2026-01-01", "review due"),
        ("review needed", "review due"),
        ("a review due", "review due"),
        ("no review due", ""),
        ("review not due", ""),
        ("is review", "review due"),
        ("review on", "review due"),
    ),
    "TEST": (
        ("expect a moves from two to one", "expect a move to one"),
        ("expect move funded: one", "expect move funded to one"),
        ("review due", "given { review due }"),
        ("given review due", "given { review due }"),
        ("review is due", "given { review due }"),
        ("given a review due", "given { review due }"),
        ("review", "given { review due }"),
        ("due review", "given { review due }"),
        ("given tier two since 2026-10-01", "given { tier two since 2026-10-01 }"),
        ("tier two since 2026-10-01", "given { tier two since 2026-10-01 }"),
        ("given account a tier two since 2026-10-01", "given account a { tier two since 2026-10-01 }"),
        ("at review", "given { review due }"),
        ("on review", "given { review due }"),
        ("as of 2026-11-15 review due", "as of 2026-11-15 given { review due }"),
        ("at a review", "given { review due }"),
        ("review due 2026-01-01", "given { review due }"),
        ("expect moved funded to one", "expect move funded to one"),
        ("expect moves to one", "expect move to one"),
        ("expect a moves to one", "expect a move to one"),
        ("expect promote funded", "expect move funded"),
        ("expect promoted to one", "expect move to one"),
        ("expect a promoted to one", "expect a move to one"),
        ("expect demoted to three", "expect move to three"),
        ("expect move by funded to one", "expect move funded to one"),
        ("expect move to tier one", "expect move to one"),
        ("expect move from two to one", "expect move to one"),
        ("expect not move", "expect no move"),
        ("expect a does not move", "expect a no move"),
        ("expect a stays", "expect a no move"),
        ("expect a stays in two", "expect a tier two"),
        ("expect move untiered", "expect move out"),
        ("expect move to untiered", "expect move out"),
        ("expect move out of the tiers", "expect move out"),
        ("expect moves out", "expect move out"),
        ("expect move funded into one", "expect move funded to one"),
        ("expect move -> one", "expect move to one"),
        ("expect move = one", "expect move to one"),
        ("expect move funded -> one", "expect move funded to one"),
        ("expect move: funded to one", "expect move funded to one"),
        ("expect a move: to one", "expect a move to one"),
        ("expect move funded, to one", "expect move funded to one"),
        ("expect move no", "expect no move"),
        ("expect not a move", "expect no move"),
        ("expect a no moves", "expect a no move"),
        ("expect a not moved", "expect a no move"),
        ("expect a move funded to one and b no move", "expect a move funded to one expect b no move"),
        ("expect move funded and tier one", "expect move funded expect tier one"),
        ('expect move "funded" to one', "expect move funded to one"),
        ("expect trigger funded", "expect move funded"),
        ("expect move to one by funded", "expect move funded to one"),
        ("expect move out by funded", "expect move funded out"),
        ("expect move to one with funded", "expect move funded to one"),
        ("expect funded to one", "expect move funded to one"),
        ("expect account a move to one", "expect a move to one"),
        ("expect a is moved to one", "expect a move to one"),
        ("expect a moved to one", "expect a move to one"),
        ("expect a has move to one", "expect a move to one"),
        ("expect a moved", "expect a move"),
        ("expect move trigger funded", "expect move funded"),
        ("expect move promote funded", "expect move funded"),
        ("expect move funded one", "expect move funded to one"),
        ("expect a to move to one", "expect a move to one"),
        ("expect promotion to one", "expect move to one"),
        ("expect promotion funded", "expect move funded"),
    ),
    "CONDITION": (
        ("days in this tier > 5", "days in tier > 5"),
        ("days in the tier > 5", "days in tier > 5"),
        ("days in current tier > 5", "days in tier > 5"),
        ("time in tier > 5", "days in tier > 5"),
        ("days in tier one > 30", "tier is one and days in tier > 30"),
        ("days since tier > 5", "days in tier > 5"),
        ("days in tier > 30 days", "days in tier > 30 "),
        ("in tier for 30 days", "days in tier for 30 days"),
        ("days at tier", "days in tier"),
        ("days within tier > 5", "days in tier > 5"),
        ("day in tier", "days in tier"),
        ("days since move > 5", "days in tier > 5"),
        ("in tier one for 30 days", "tier is one for 30 days"),
        ("days in their tier >= 30", "days in tier >= 30"),
        ("days tier > 5", "days in tier > 5"),
        ("held tier is one", "tier is one"),
        ("in tier one", "tier is one"),
        ("days in (tier)", "days in tier"),
    ),
}
CASES = [(block, wrong, right) for block, slips in SLIPS.items() for wrong, right in slips]


@pytest.mark.parametrize(("block", "wrong", "right"), CASES, ids=[wrong for _, wrong, _ in CASES])
def test_a_slip_is_read_as_meant_and_mended(block: str, wrong: str, right: str) -> None:
    text, meant = BLOCKS[block].format(wrong), good(BLOCKS[block].format(right))
    file, complaints = read(text)
    assert complaints
    assert file.declarations == meant
    assert not file.holes
    for _ in range(3):  # a line has one complaint at a time, so its mend may uncover another
        text = mended(text)
    assert good(text) == meant


EXPLAINED = [
    ("TEST", "expect not move to one", "`no move` says that the account does not move at all, so nothing follows it"),
    ("TEST", "expect no move by funded", "`no move` says that the account does not move at all, so nothing follows it"),
    ("MOBILITY", "promote from two { to one }", "a trigger has a name, and what it says stands in braces"),
    ("MOBILITY", "promote from one to two when fit > 5", "a trigger has a name, and what it says stands in braces"),
    ("MOBILITY", "promote to one when x", "a trigger has a name, and what it says stands in braces"),
    ("MOBILITY", "promote { to one }", "the name is missing: plans and tests speak of a trigger by its name"),
    ("MOBILITY", 'promote "Fresh" { to one }', "the name is missing: plans and tests speak of a trigger by its name"),
    ("MOBILITY", "freeze 2026-12-15..", "a freeze has an end"),
    ("MOBILITY", "freeze 2026-12-15..<2027-01-02", "both days of a freeze are in it"),
    ("MOBILITY", "breaker at review 30%", "the share of other plans than reviews is missing"),
    ("MOBILITY", "breaker review 30%", "the share of other plans than reviews is missing"),
    ("MOBILITY", "hold when x > 5", "the name is missing: plans and tests speak of a hold by its name"),
    ("MOBILITY", 'hold "Grace" when x > 5', "the name is missing: plans and tests speak of a hold by its name"),
    ("MOBILITY", "hold both ways when x", "the name is missing: plans and tests speak of a hold by its name"),
    ("MOBILITY", "retired to two", "the name of the tier that is no more is missing"),
    ("MOBILITY", "merged a into b", "accounts that were merged stand in a file with the columns `old` and `new`"),
    ("MOBILITY", 'merge "a" into "b"', "accounts that were merged stand in a file with the columns `old` and `new`"),
    ("TRIGGER", "from two..three", "the tiers that a trigger moves from are listed one by one"),
    ("TRIGGER", "to untiered", "a trigger moves accounts from one tier to another, and `untiered` is none"),
    ("TRIGGER", "from untiered to two", "a trigger moves accounts from one tier to another, and `untiered` is none"),
    ("TRIGGER", "from one out", "a trigger moves accounts from one tier to another, and `out` is none"),
    ("TRIGGER", "from one\n    out", "a trigger moves accounts from one tier to another, and `out` is none"),
    ("TRIGGER", "to one, two", "a trigger leads to one tier"),
    ("TRIGGER", "to one or two", "a trigger leads to one tier"),
    ("TRIGGER", "unless x", "a condition begins with `when` and says when the trigger fires"),
    ("TRIGGER", "owner sam and dana", "a trigger has one owner"),
    ("TRIGGER", "approve by dana, sam", "one person approves a move"),
    ("TRIGGER", "approved", "who approves is missing"),
    ("TRIGGER", "approval required", "who approves is missing"),
    (
        "TRIGGER",
        "from two to one\n    was x",
        "`was` says what this was called before, so it is the first line of its block",
    ),
    ("TIER", "keep until x", "the condition of `keep while` says who stays, not who goes"),
    ("TIER", "keep unless x", "the condition of `keep while` says who stays, not who goes"),
    ("TIER", "when x was gold", "`was` says what this was called before, so it is the first line of its block"),
    ("GIVEN", "tier two", "the first day is missing: since when the account holds that tier"),
    ("GIVEN", "tier two settled until 2026-12-01", "the first day is missing: since when the account holds that tier"),
    ("GIVEN", "settled until 2026-12-01", "`settled until` stands right behind the tier that is held"),
    ("GIVEN", "untiered", "the first day is missing: since when the account is in no tier"),
    ("GIVEN", "score priority = 35", "the day is missing: what is given of a score has its day"),
    ("GIVEN", "score priority = 35 on 2026-11-01", "the day is missing: what is given of a score has its day"),
    ("GIVEN", "score priority 2026-11-01 < 40", "a test gives values, not conditions"),
    ("TEST", "expect no move funded", "`no move` says that the account does not move at all, so nothing follows it"),
    ("TEST", "expect no move to one", "`no move` says that the account does not move at all, so nothing follows it"),
    ("TEST", "expect a no move to one", "`no move` says that the account does not move at all, so nothing follows it"),
    (
        "CONDITION",
        "weeks in tier > 3",
        "how long a tier is held is counted in days: `days in tier`, not `weeks in tier`",
    ),
    (
        "CONDITION",
        "months in tier > 3",
        "how long a tier is held is counted in days: `days in tier`, not `months in tier`",
    ),
]


@pytest.mark.parametrize(("block", "line", "words"), EXPLAINED, ids=[line for _, line, _ in EXPLAINED])
def test_what_only_the_writer_knows_is_explained_without_an_edit(block: str, line: str, words: str) -> None:
    file, (complaint,) = read(BLOCKS[block].format(line) + "\nlet last = 5")
    assert complaint.message == words
    assert complaint.fixes == ()
    assert file.declarations[-1] == good("let last = 5")[0]
    rest = read(BLOCKS[block].format(line))[0].declarations
    assert len(rest) == 1, "the block is read all the same"


HINTED = [
    ("MOBILITY", "trigger x { to one }", "`promote NAME { … }`"),
    ("MOBILITY", "when x", "`promote NAME { … }`"),
    ("MOBILITY", "approve by dana", "it belongs in a trigger"),
    ("MOBILITY", "keep while x", "it belongs in a `tier` block"),
    ("MOBILITY", "review every quarter", "it belongs in a `ruleset` block"),
    (
        "TRIGGER",
        "capacity 5",
        "here may stand `approve`, `cooldown`, `down`, `from`, `owner`, `to`, `up`, `was` and `when`",
    ),
    ("TRIGGER", "up", "here may stand a name, a number or `(`"),
    ("TIER", "keep 75..", "`keep while priority >= 75`"),
    ("TIER", 'was "Gold"', "the name that it had, not its label"),
    ("TIER", "retired gold", "it belongs in a `mobility` block"),
    ("TIER", "was", "this line is not complete"),
    ("MOBILITY", "hold", "this line is not complete"),
    ("GIVEN", "tier since 2026-10-01", "here may stand a name"),
    ("CONDITION", "days in one > 5", "here may stand `tier`"),
]


@pytest.mark.parametrize(("block", "line", "words"), HINTED, ids=[line for _, line, _ in HINTED])
def test_what_cannot_be_read_is_said_with_what_could(block: str, line: str, words: str) -> None:
    (complaint,) = read(BLOCKS[block].format(line))[1]
    assert words in " ".join([complaint.message, *complaint.hints])


def test_a_score_is_known_by_its_declaration() -> None:
    text = "score p { value 1 }\n" + BLOCKS["GIVEN"].format("p 2026-11-01 = 35")
    assert good(mended(text)) == good(text.replace("p 2026", "score p 2026"))


def test_an_owner_is_known_by_the_label() -> None:
    text = 'owner sam "Sam Ortiz"\n' + BLOCKS["TRIGGER"].format('owner "Sam Ortiz" approve by "Sam Ortiz"')
    assert good(mended(mended(text))) == good(
        'owner sam "Sam Ortiz"\n' + BLOCKS["TRIGGER"].format("owner sam approve by sam")
    )


def test_a_tier_is_no_name_of_a_trigger() -> None:
    (complaint,) = read("tiers by a { tier one { } }\n" + BLOCKS["MOBILITY"].format("promote one to two when fit > 5"))[
        1
    ]
    assert complaint.hints == ("write `promote NAME { from one to two when fit > 5 }`",)
    assert complaint.fixes == ()


def test_an_account_that_is_given_is_one_that_moves() -> None:
    text = 'test "x" { given account funded { } expect funded to one }'
    assert mended(text) == 'test "x" { given account funded { } expect funded move to one }'
    assert mended('test "x" { expect funded to one }') == 'test "x" { expect move funded to one }'


def test_a_late_both_ways_is_put_before_the_condition() -> None:
    text = BLOCKS["MOBILITY"].format('hold a "l" when x > 5 both ways')
    (complaint,) = read(text)[1]
    assert complaint.message == "`both ways` stands before `when`"
    assert mended(text) == BLOCKS["MOBILITY"].format('hold a "l" both ways when x > 5')


@pytest.mark.parametrize(
    "text",
    [
        "tiers by a { tier b { range 5.. was c } }",
        "tiers by a { tier b { } was c }",
        "score a { value 1 was c }",
        "mobility { promote a { to b was c } }",
    ],
)
def test_former_names_stand_first(text: str) -> None:
    file, (complaint,) = read(text)
    assert complaint.code == "line-order"
    assert complaint.span.text == "was c"
    assert any(isinstance(node, n.Was) for node in _parts(file.declarations))


def _parts(nodes: object) -> list[object]:
    if isinstance(nodes, tuple):
        return [part for one in nodes for part in (one, *_parts(getattr(one, "parts", ())))]
    return []
