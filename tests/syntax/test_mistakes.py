"""What people are told about broken text: golden files beside the cases, and edits that really put the text right."""

from __future__ import annotations

import pytest

from tests.golden import assert_golden
from tests.syntax.reading import CASES, EVERYTHING, good, mended, read
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.source import Source
from tierlang.syntax import nodes as n

MISTAKES = sorted(CASES.glob("mistakes/*.tier"))


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_what_is_said(path):
    text = path.read_text(encoding="utf-8")
    file, complaints = read(text)
    said = [_said(Source(path.name, text), one) for one in complaints]
    kept = "".join(f"kept {_kept(one)}\n" for one in file.declarations)
    assert_golden(path.with_suffix(".said"), "".join(said) + kept)


def _said(source: Source, one: Diagnostic) -> str:
    line, column = source.position(one.span.start)
    shown = source.line(line)
    marks = " " * (column - 1) + "^" * max(1, min(one.span.end - one.span.start, len(shown) - column + 1))
    lines = [f"{line}:{column} {one.code}: {one.message}", f"    {shown}", f"    {marks}"]
    lines += [f"    - {hint}" for hint in one.hints]
    lines += [f"    * {fix.title}: {[(edit.span.text, edit.text) for edit in fix.edits]}" for fix in one.fixes]
    return "\n".join(lines) + "\n\n"


def _kept(one: n.Declaration) -> str:
    parts = getattr(one, "parts", None)
    name = getattr(one, "name", None)
    return f"{type(one).__name__.lower()} {name.text if name else ''}{f' with {len(parts)} parts' if parts else ''}".strip()


SLIPS = [
    ('let a = b == "x" && !c || d <> 3', 'let a = b = "x" and not c or d != 3'),
    ("let a = b => 5 and c =< 5 and d ≥ 5", "let a = b >= 5 and c <= 5 and d >= 5"),
    ("let a = b is null", "let a = b is missing"),
    ("let a = b is not empty", "let a = b is not missing"),
    ("let a = b = null", "let a = b is missing"),
    ("let a = b != missing", "let a = b is not missing"),
    ("let a = b is 'x'", 'let a = b = "x"'),
    ("let a = b is not 5", "let a = b != 5"),
    ("let a = “x”", 'let a = "x"'),
    ("let a = 'say \"x\"'", 'let a = "say \\"x\\""'),
    ("let a = b in ('x', 'y')", 'let a = b in ["x", "y"]'),
    ("let a = b between 10 and 20", "let a = b in 10..20"),
    ("let a = b in 80-100", "let a = b in 80..100"),
    ("let a = b in 80 .. 100", "let a = b in 80..100"),
    ("let a = b in >= 80", "let a = b in 80.."),
    ("let a = b in < 80", "let a = b in ..<80"),
    ("tiers by a { tier b { range > 80 } }", "tiers by a { tier b { range over 80 } }"),
    ("let a = 1,000", "let a = 1_000"),
    ("let a = $1,000,000.50", "let a = $1_000_000.50"),
    ("let a = 5 %", "let a = 5%"),
    ("let a = .5", "let a = 0.5"),
    ("let A = 5;", "let a = 5"),
    ("let a = TRUE AND b", "let a = true and b"),
    ("scroe a { round 2 }", "score a { round to 2 }"),
    ("score a { wiegh 50% b }", "score a { weigh 50% b }"),
    ("tiers by a { teir b { } }", "tiers by a { tier b { } }"),
    ("tiers yb a { }", "tiers by a { }"),
    ("let a = b adn c", "let a = b and c"),
    ('ruleset a { version: "1" }', 'ruleset a { version "1" }'),
    ("ruleset a { version 2026.4 }", 'ruleset a { version "2026.4" }'),
    ("ruleset a { reviewed 2026-1-5 }", "ruleset a { reviewed 2026-01-05 }"),
    ("tiers by a { tier b { exit Two quiet quarters } }", 'tiers by a { tier b { exit "Two quiet quarters" } }'),
    ('score a { points by b { "x": 5 } }', 'score a { points by b { "x" -> 5 } }'),
    ("score a { points by b { 80.. => 5 } }", "score a { points by b { 80.. -> 5 } }"),
    ("score a\n  round to 2\n}", "score a {\n  round to 2\n}"),
    ("let a = 5 // five", "let a = 5 # five"),
    ("-- a list\nlet a = 5", "# a list\nlet a = 5"),
    ('use "x.tier', 'use "x.tier"'),
    ('account { missing "", "-", }', 'account { missing "", "-" }'),
    ("let a = days since b > 90 days", "let a = days since b > 90 "),
    ("owner dana { respond }", None),
    ("let a = b at least 10 and c is at most 5", "let a = b >= 10 and c <= 5"),
    ("let a = b is greater than c or d fewer than 3", "let a = b > c or d < 3"),
    ("let a = b over 10 and c is under 5", "let a = b > 10 and c < 5"),
    ("let a = b equals 10", "let a = b = 10"),
    ("let a = b is between 10 and 20", "let a = b in 10..20"),
    ("let a = b in the last 90 days", "let a = b within 90 days"),
    ("let a = b within last 3 months", "let a = b within 3 months"),
    ("let a = b in next 2 quarters", "let a = b within next 2 quarters"),
    ("let a = b = no", "let a = b = false"),
    ("account {\n derive a = b = no\n derive c = b\n}", "account {\n derive a = b = false\n derive c = b\n}"),
    ("account { field a flag default no required }", "account { field a flag default false required }"),
    ("let a = 100 K", "let a = 100k"),
    ("let a = 1.5 million", "let a = 1.5M"),
    ("let a = 100 000", "let a = 100_000"),
    ("let a = 100k EUR", "let a = €100k"),
    ('let a = b in "x", "y" and c', 'let a = b in ["x", "y"] and c'),
    ('list a = "x", "y"', 'list a = ["x", "y"]'),
    ('list a = ["x" "y"]', 'list a = ["x", "y"]'),
    ("let a = b = Banking and c", 'let a = b = "Banking" and c'),
    ("let a = b is Banking and c is not Media", 'let a = b = "Banking" and c != "Media"'),
    ("let a = b in [Banking, Financial Services]", 'let a = b in ["Banking", "Financial Services"]'),
    ("let a = b contains Salesforce AND c", 'let a = b contains "Salesforce" and c'),
    ("tiers by a { rank by b desc, c asc }", "tiers by a { rank by b descending, c ascending }"),
    ("score a { points 5 if b }", "score a { points 5 when b }"),
    (
        'tiers by a { tier b { play c "d" { channel web respond within 3 days } } }',
        'tiers by a { tier b { play c "d" { channel "web" respond within 3 days } } }',
    ),
]


ASKED = [
    ("let a = count order within 90 days", "let a = count of order within 90 days"),
    ("let a = sum order.amount ever", "let a = sum of order.amount ever"),
    ("let a = any of order ever", "let a = any order ever"),
    ("let a = largest of order.amount ever", "let a = largest order.amount ever"),
    ("let a = number of order within 90 days > 3", "let a = count of order within 90 days > 3"),
    ("let a = max order.amount ever", "let a = largest order.amount ever"),
    ("let a = max of order.amount ever", "let a = largest order.amount ever"),
    ("let a = highest of order.amount ever", "let a = largest order.amount ever"),
    ("let a = minimum order.amount ever", "let a = smallest order.amount ever"),
    ("let a = lowest order.amount ever", "let a = smallest order.amount ever"),
    ("let a = last order.stage ever", "let a = latest order.stage ever"),
    ("let a = unique order.product ever", "let a = distinct order.product ever"),
    ("let a = total of order.product ever", "let a = sum of order.product ever"),
    ("let a = count distinct order.product ever", "let a = distinct order.product ever"),
    ("let a = count of distinct order.product ever", "let a = distinct order.product ever"),
    ("let a = distinct count of order.product ever", "let a = distinct order.product ever"),
    ("let a = has order within 90 days", "let a = any order within 90 days"),
    ("let a = any order in the last 90 days", "let a = any order within 90 days"),
    (
        "let a = any order where (x > 1) in the last 90 days and b",
        "let a = any order where (x > 1) within 90 days and b",
    ),
    ("let a = count of order last 90 days > 2", "let a = count of order within 90 days > 2"),
    ("let a = count of order in 90 days > 2", "let a = count of order within 90 days > 2"),
    ("let a = count of order during the past 90 days > 2", "let a = count of order within 90 days > 2"),
    ("let a = count of order over the last 3 months > 2", "let a = count of order within 3 months > 2"),
    ("let a = any order since 90 days", "let a = any order within 90 days"),
    ("let a = b since 90 days", "let a = b within 90 days"),
    ("let a = any order within 90d", "let a = any order within 90 days"),
    ("let a = any order within 90 d and b", "let a = any order within 90 days and b"),
    ("let a = any order within 1w", "let a = any order within 1 week"),
    ("let a = any order in the last 90d", "let a = any order within 90 days"),
    ("let a = any order all time", "let a = any order ever"),
    ("let a = any order where amount > 5 within 90 days", "let a = any order where (amount > 5) within 90 days"),
    (
        "let a = any order where amount > 5 and b within 90 days",
        "let a = any order where (amount > 5 and b) within 90 days",
    ),
    ("let a = any order within 90 days where (amount > 5)", "let a = any order where (amount > 5) within 90 days"),
    ("let a = any order within 90 days where amount > 5", "let a = any order where (amount > 5) within 90 days"),
    ("let a = b >= 80 for at least 3 weeks", "let a = b >= 80 for 3 weeks"),
    ("let a = b >= 80 for the last 3 weeks", "let a = b >= 80 for 3 weeks"),
    ("let a = b >= 80 for 3 consecutive weeks", "let a = b >= 80 for 3 weeks"),
    ("let a = b >= 80 for more than 3 weeks and c", "let a = b >= 80 for 3 weeks and c"),
    ("let a = order . amount", "let a = order.amount"),
    ("let a = tier = one", "let a = tier is one"),
    ("let a = tier == one or b", "let a = tier is one or b"),
    ("let a = tier != one", "let a = tier is not one"),
    ("let a = customer = no and b", "let a = customer = false and b"),
    ("score s { points 5 per each visit ever }", "score s { points 5 per visit ever }"),
    ("score s { points 5 for each visit ever }", "score s { points 5 per visit ever }"),
    ("score s { points 5 per event visit ever }", "score s { points 5 per visit ever }"),
    (
        "score s { points 5 per visit ever half every 30 days }",
        "score s { points 5 per visit ever halving every 30 days }",
    ),
    (
        "score s { points 5 per visit ever half life 30 days }",
        "score s { points 5 per visit ever halving every 30 days }",
    ),
    (
        "score s { points 5 per visit ever half-life of 30 days up to 9 }",
        "score s { points 5 per visit ever halving every 30 days up to 9 }",
    ),
    (
        "score s { points 5 per visit ever decaying by 25% every month }",
        "score s { points 5 per visit ever keeping 75% every month }",
    ),
    (
        "score s { points 5 per visit ever keep 75% every month }",
        "score s { points 5 per visit ever keeping 75% every month }",
    ),
    (
        "score s { points 5 per visit ever lose 1 every month }",
        "score s { points 5 per visit ever losing 1 every month }",
    ),
    ("score s { points 5 per visit ever max 60 }", "score s { points 5 per visit ever up to 60 }"),
    ("score s { points 5 per visit ever capped at 60 }", "score s { points 5 per visit ever up to 60 }"),
    ("score s { points 5 per visit in the last 90 days }", "score s { points 5 per visit within 90 days }"),
    (
        "score s { points 5 per visit where a > 1 within 90 days }",
        "score s { points 5 per visit where (a > 1) within 90 days }",
    ),
    (
        "score s { points 5 when count of visit within 90 days over 3 }",
        "score s { points 5 when count of visit within 90 days > 3 }",
    ),
    ("tiers by a { raise by 1 when c }", "tiers by a { raise 1 when c }"),
    ("tiers by a { raise 1 tier when c }", "tiers by a { raise 1 when c }"),
    ("tiers by a { raise to two when c }", "tiers by a { floor at two when c }"),
    ("tiers by a { lower to two when c }", "tiers by a { cap at two when c }"),
    ("tiers by a { promote 1 when c }", "tiers by a { raise 1 when c }"),
    ("tiers by a { demote by 1 when c }", "tiers by a { lower 1 when c }"),
    ("tiers by a { floor two when c }", "tiers by a { floor at two when c }"),
    ("tiers by a { cap two when c }", "tiers by a { cap at two when c }"),
    ("tiers by a { cap to two when c }", "tiers by a { cap at two when c }"),
    ("tiers by a { cap at tier two when c }", "tiers by a { cap at two when c }"),
    ("tiers by a { capacity 9 per ae of arr overflow out }", "tiers by a { capacity 9 of arr per ae overflow out }"),
    ('tiers by a { tier b { play c "d" when e } }', 'tiers by a { tier b { play c "d" { when e } } }'),
    ('tiers by a { tier b { play c "d" if e } }', 'tiers by a { tier b { play c "d" { when e } } }'),
    ('tiers by a { tier b { play c "d" { if e } } }', 'tiers by a { tier b { play c "d" { when e } } }'),
    ("signal a number lasts for 14 days", "signal a number lasts 14 days"),
    ("signal a number valid for 14 days", "signal a number lasts 14 days"),
    ("signal a number expires after 14 days", "signal a number lasts 14 days"),
    ('event a { date from "x" }', 'event a { at from "x" }'),
    ('lookup d from "f" { match a; give b number }', 'lookup d from "f" { match a give b number }'),
    ("marks x when c", "mark x when c"),
    ("score a { weights scale }", "score a { weights scaled }"),
    ("score a { weight 50% b }", "score a { weigh 50% b }"),
    ('event a { amount money from "Net" key from "x" }', 'event a { field amount money from "Net" key from "x" }'),
    ("event a { amount money }", "event a { field amount money }"),
    ('tiers by a { floor at "two" "x" when c }', 'tiers by a { floor at two "x" when c }'),
    ('mark a when tier is "one"', "mark a when tier is one"),
    ('mark "a" "Label" when c', 'mark a "Label" when c'),
    ('tiers by a { tier "b" { capacity 5 overflow to "c" } }', "tiers by a { tier b { capacity 5 overflow to c } }"),
    ('owner "dana" "Dana Lee"', 'owner dana "Dana Lee"'),
    ('tiers by a { tier b { play "sales" "x" } }', 'tiers by a { tier b { play sales "x" } }'),
    (
        'lookup a from "b" { match "industry" give "base" number }',
        'lookup a from "b" { match industry give base number }',
    ),
    ("score s { points 5 per visit ever halving monthly }", "score s { points 5 per visit ever halving every month }"),
    ("score s { points 5 per visit ever cap 30 }", "score s { points 5 per visit ever up to 30 }"),
    ("tiers by a { capacity 300 accounts overflow out }", "tiers by a { capacity 300 overflow out }"),
    ("mark a when tier is one, two", "mark a when tier is one or two"),
    ('mark a "A" = b > 5', 'mark a "A" when b > 5'),
    ('tiers by a { raise 1 "x" where b > 5 }', 'tiers by a { raise 1 "x" when b > 5 }'),
    ("tiers by a { raise 1 if any visit ever }", "tiers by a { raise 1 when any visit ever }"),
    ("let a = count(order) > 3", "let a = count of order > 3"),
    ("let a = count(distinct order.product) > 3", "let a = distinct order.product > 3"),
    ("let a = sum(order.amount) > 3", "let a = sum of order.amount > 3"),
    ("let a = any(order where (b = 1) within 90 days)", "let a = any order where (b = 1) within 90 days"),
    ("let a = count(order where b = 1 within 90 days) > 3", "let a = count of order where (b = 1) within 90 days > 3"),
    ("let a = count of order > 3 within 90 days", "let a = count of order within 90 days > 3"),
    (
        "let a = b and sum of order.amount where (c > 3) >= 3k ever and d",
        "let a = b and sum of order.amount where (c > 3) ever >= 3k and d",
    ),
    ("let a = count of order > 3 in the last 90 days", "let a = count of order within 90 days > 3"),
    ("let a = count(order) > 3 within 90 days", "let a = count of order within 90 days > 3"),
    ("let a = any order since 2026-01-01", "let a = any order where (at >= 2026-01-01) ever"),
    (
        "score s { points 5 per visit since 2026-01-01 up to 9 }",
        "score s { points 5 per visit where (at >= 2026-01-01) ever up to 9 }",
    ),
    ('let a = any visit (role = "CFO") within 90 days', 'let a = any visit where (role = "CFO") within 90 days'),
    ('let a = any visit with role = "CFO" within 90 days', 'let a = any visit where (role = "CFO") within 90 days'),
    (
        'score s { points 5 per visit with role = "CFO" within 90 days }',
        'score s { points 5 per visit where (role = "CFO") within 90 days }',
    ),
    ("let a = days since last visit > 30", "let a = days since visit > 30"),
    ("let a = days since the latest visit > 30", "let a = days since visit > 30"),
]


TESTED = [
    (
        'test "x" { given { industry: "Banking" } expect untiered }',
        'test "x" { given { industry= "Banking" } expect untiered }',
    ),
    ('test "x" { given { fit = null } expect untiered }', 'test "x" { given { fit = missing } expect untiered }'),
    ('test "x" { given { fit is missing } expect untiered }', 'test "x" { given { fit = missing } expect untiered }'),
    ('test "x" { given { fit missing } expect untiered }', 'test "x" { given { fit = missing } expect untiered }'),
    ('test "x" { given { fit 82 } expect untiered }', 'test "x" { given { fit = 82 } expect untiered }'),
    (
        'test "x" { given { employees = 1,200 } expect untiered }',
        'test "x" { given { employees = 1_200 } expect untiered }',
    ),
    ('test "x" { given { customer = no } expect untiered }', 'test "x" { given { customer = false } expect untiered }'),
    (
        'test "x" { given { tech = "a", "b" } expect untiered }',
        'test "x" { given { tech = ["a", "b"] } expect untiered }',
    ),
    (
        'test "x" { given { tech = ("a", "b") } expect untiered }',
        'test "x" { given { tech = ["a", "b"] } expect untiered }',
    ),
    (
        'test "x" { given { industry = Banking } expect untiered }',
        'test "x" { given { industry = "Banking" } expect untiered }',
    ),
    (
        "test \"x\" { given { industry = 'Banking' } expect untiered }",
        'test "x" { given { industry = "Banking" } expect untiered }',
    ),
    ('test "x" { given { a = 1, b = 2 } expect untiered }', 'test "x" { given { a = 1 b = 2 } expect untiered }'),
    ('test "x" { given { a = 1; b = 2 } expect untiered }', 'test "x" { given { a = 1 b = 2 } expect untiered }'),
    ('test "x" { given { a = 1 and b = 2 } expect untiered }', 'test "x" { given { a = 1 b = 2 } expect untiered }'),
    (
        'test "x" { given { event funding on 2026-11-01 } expect untiered }',
        'test "x" { given { event funding 2026-11-01 } expect untiered }',
    ),
    (
        'test "x" { given { event funding 2026-11-01: { a = 5 } } expect untiered }',
        'test "x" { given { event funding 2026-11-01 { a = 5 } } expect untiered }',
    ),
    (
        'test "x" { given { event funding at 2026-11-01 { a = 5 } } expect untiered }',
        'test "x" { given { event funding 2026-11-01 { a = 5 } } expect untiered }',
    ),
    (
        'test "x" { given { funding 2026-11-01 } expect untiered }',
        'test "x" { given { funding = 2026-11-01 } expect untiered }',
    ),
    (
        'test "x" { given { signal intent at 2026-11-01 = 80 } expect untiered }',
        'test "x" { given { signal intent 2026-11-01 = 80 } expect untiered }',
    ),
    (
        'test "x" { given { signal intent 2026-11-01 80 } expect untiered }',
        'test "x" { given { signal intent 2026-11-01 = 80 } expect untiered }',
    ),
    (
        'test "x" { given { event funding = 2026-11-01 } expect untiered }',
        'test "x" { given { event funding 2026-11-01 } expect untiered }',
    ),
    ('test "x" { given { a == 5 } expect untiered }', 'test "x" { given { a = 5 } expect untiered }'),
    ('test "x" { given { field fit = 5 } expect untiered }', 'test "x" { given { fit = 5 } expect untiered }'),
    ('test "x" { given { a = TRUE } expect untiered }', 'test "x" { given { a = true } expect untiered }'),
    (
        'test "x" { given { event "funding" 2026-11-01 } expect untiered }',
        'test "x" { given { event funding 2026-11-01 } expect untiered }',
    ),
    ('test "x" { given: { a = 5 } expect untiered }', 'test "x" { given { a = 5 } expect untiered }'),
    ('test "x" { given = { a = 5 } expect untiered }', 'test "x" { given { a = 5 } expect untiered }'),
    ('test "x" { given a { a = 5 } expect untiered }', 'test "x" { given account a { a = 5 } expect untiered }'),
    (
        'test "x" { given account "a" { a = 5 } expect untiered }',
        'test "x" { given account a { a = 5 } expect untiered }',
    ),
    (
        'test "x" { given account a: { a = 5 } expect untiered }',
        'test "x" { given account a { a = 5 } expect untiered }',
    ),
    ('test "x" { account a { a = 5 } expect untiered }', 'test "x" { given account a { a = 5 } expect untiered }'),
    ('test "x" { with { a = 5 } expect untiered }', 'test "x" { given { a = 5 } expect untiered }'),
    (
        'test "x" { given { a = 5 } and account b { b = 5 } expect untiered }',
        'test "x" { given { a = 5 } given account b { b = 5 } expect untiered }',
    ),
    (
        'test "x" { given account a { a = 5 }, account b { } expect untiered }',
        'test "x" { given account a { a = 5 } account b { } expect untiered }',
    ),
    ('test "x" { given accounts a { } expect untiered }', 'test "x" { given account a { } expect untiered }'),
    (
        'test "x" { given account a = { a = 5 } expect untiered }',
        'test "x" { given account a { a = 5 } expect untiered }',
    ),
    ('test "x" { when { a = 5 } expect untiered }', 'test "x" { given { a = 5 } expect untiered }'),
    ('test "x" { give { a = 5 } expect untiered }', 'test "x" { given { a = 5 } expect untiered }'),
    ('test "x" { expects tier one expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { expected tier one expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { assert tier one expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { assert fit > 5 expect untiered }', 'test "x" { expect fit > 5 expect untiered }'),
    ('test "x" { then tier one expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { should be tier one expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { expect: tier one expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { expect tier = one expect untiered }', 'test "x" { expect tier is one expect untiered }'),
    ('test "x" { expect tier == one expect untiered }', 'test "x" { expect tier is one expect untiered }'),
    ('test "x" { expect tier: one expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { expect tier "one" expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { expect tier One expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { expect has fit > 5 expect untiered }', 'test "x" { expect fit > 5 expect untiered }'),
    ('test "x" { expect has order within 9 days }', 'test "x" { expect any order within 9 days }'),
    ('test "x" { expect to be tier one expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { expect a tier is one expect untiered }', 'test "x" { expect a has tier is one expect untiered }'),
    ('test "x" { expect a is tier one expect untiered }', 'test "x" { expect a tier one expect untiered }'),
    ('test "x" { expect a in tier one expect untiered }', 'test "x" { expect a tier one expect untiered }'),
    ('test "x" { expect a.tier is one expect untiered }', 'test "x" { expect a has tier is one expect untiered }'),
    ('test "x" { expect a: tier one expect untiered }', 'test "x" { expect a tier one expect untiered }'),
    ('test "x" { expect no tier expect untiered }', 'test "x" { expect untiered expect untiered }'),
    ('test "x" { expect a not tiered expect untiered }', 'test "x" { expect a untiered expect untiered }'),
    ('test "x" { expect marked surging expect untiered }', 'test "x" { expect mark surging expect untiered }'),
    ('test "x" { expect not mark surging expect untiered }', 'test "x" { expect no mark surging expect untiered }'),
    ('test "x" { expect marks surging expect untiered }', 'test "x" { expect mark surging expect untiered }'),
    (
        'test "x" { expect excluded by competitor expect untiered }',
        'test "x" { expect excluded as competitor expect untiered }',
    ),
    (
        'test "x" { expect excluded because competitor expect untiered }',
        'test "x" { expect excluded as competitor expect untiered }',
    ),
    ('test "x" { expect not tier one expect untiered }', 'test "x" { expect not tier is one expect untiered }'),
    ('test "x" { expect a not tier one expect untiered }', 'test "x" { expect a has not tier is one expect untiered }'),
    ('test "x" { expect tier not one expect untiered }', 'test "x" { expect tier is not one expect untiered }'),
    ('test "x" { expect tier one or two expect untiered }', 'test "x" { expect tier is one or two expect untiered }'),
    (
        'test "x" { expect a tier one or two expect untiered }',
        'test "x" { expect a has tier is one or two expect untiered }',
    ),
    ('test "x" { expect in tier one expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { expect a has untiered expect untiered }', 'test "x" { expect a untiered expect untiered }'),
    (
        'test "x" { expect a untiered and b untiered expect untiered }',
        'test "x" { expect a untiered expect b untiered expect untiered }',
    ),
    (
        'test "x" { expect tier one and fit > 5 expect untiered }',
        'test "x" { expect tier one expect fit > 5 expect untiered }',
    ),
    (
        'test "x" { expect tier one, mark surging expect untiered }',
        'test "x" { expect tier one expect mark surging expect untiered }',
    ),
    ('test "x" { expect mark "surging" expect untiered }', 'test "x" { expect mark surging expect untiered }'),
    ('test "x" { expect score fit >= 5 expect untiered }', 'test "x" { expect fit >= 5 expect untiered }'),
    ('test "x" { expect fit is 5 expect untiered }', 'test "x" { expect fit = 5 expect untiered }'),
    ('test "x" { expect a with fit > 5 expect untiered }', 'test "x" { expect a has fit > 5 expect untiered }'),
    ('test "x" { expect a where fit > 5 expect untiered }', 'test "x" { expect a has fit > 5 expect untiered }'),
    ('test "x" { expect a no tier expect untiered }', 'test "x" { expect a untiered expect untiered }'),
    ('test "x" { tier one expect untiered }', 'test "x" { expect tier one expect untiered }'),
    ('test "x" { expect tier untiered expect untiered }', 'test "x" { expect untiered expect untiered }'),
    ('test "x" { expect tier is untiered expect untiered }', 'test "x" { expect untiered expect untiered }'),
    ('test "x" { as-of 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { as_of 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { asof 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { as of: 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { as of = 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { as 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { as of "2026-11-15" expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { today 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { today = 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { on 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { at 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { date 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { date = 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { of 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { As of 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { as if 2026-11-15 expect untiered }', 'test "x" { as of 2026-11-15 expect untiered }'),
    ('test "x" { given account a { } expect a fit >= 80 }', 'test "x" { given account a { } expect a has fit >= 80 }'),
    (
        'test "x" { given account a { } expect account a tier one }',
        'test "x" { given account a { } expect a tier one }',
    ),
    (
        'event funding test "x" { given { funding 2026-11-01 } }',
        'event funding test "x" { given { event funding 2026-11-01 } }',
    ),
    (
        'test "x" { given { intent 2026-11-01 = 80 funding 2026-11-01 { a = 5 } } }',
        'test "x" { given { signal intent 2026-11-01 = 80 event funding 2026-11-01 { a = 5 } } }',
    ),
    ("test one { expect untiered }", 'test "one" { expect untiered }'),
    ('test: "x" { expect untiered }', 'test "x" { expect untiered }'),
    ('test "x": { expect untiered }', 'test "x" { expect untiered }'),
    ("test funded bank { expect untiered }", 'test "funded bank" { expect untiered }'),
    ('tests "x" { expect untiered }', 'test "x" { expect untiered }'),
    ('test one "x" { expect untiered }', 'test "x" { expect untiered }'),
    ('test "x" expect untiered }', 'test "x" { expect untiered }'),
    ('test "x" = { expect untiered }', 'test "x" { expect untiered }'),
    ('allow same_plays because "x"', 'allow same-plays because "x"'),
    ('allow same-plays "because"', 'allow same-plays because "because"'),
    ('allow "same-plays" because "x"', 'allow same-plays because "x"'),
    ('allow same-plays since "x"', 'allow same-plays because "x"'),
    ('allow: same-plays because "x"', 'allow same-plays because "x"'),
    ('allow same plays because "x"', 'allow same-plays because "x"'),
    ('allow same-plays: "x"', 'allow same-plays because "x"'),
    ('ignore same-plays because "x"', 'allow same-plays because "x"'),
    ('disable same-plays because "x"', 'allow same-plays because "x"'),
    ('allow Same-Plays because "x"', 'allow same-plays because "x"'),
    ('allow same-plays, no-review because "x"', 'allow same-plays because "x" allow no-review because "x"'),
    ('allow rule same-plays because "x"', 'allow same-plays because "x"'),
    ("allow same-plays because so what", 'allow same-plays because "so what"'),
    ('allow same-plays because: "x"', 'allow same-plays because "x"'),
    ('allow same-plays reason "x"', 'allow same-plays because "x"'),
    ('allow same - plays because "x"', 'allow same-plays because "x"'),
    ('allow same-plays as "x"', 'allow same-plays because "x"'),
    ('allow SAME_PLAYS because "x"', 'allow same-plays because "x"'),
    ('allows same-plays because "x"', 'allow same-plays because "x"'),
    ('allow same-plays for "x"', 'allow same-plays because "x"'),
    ("tiers by a { tier b { allow missing_owner } }", "tiers by a { tier b { allow missing-owner } }"),
    ('owner a { allow b_c because "x" }', 'owner a { allow b-c because "x" }'),
]


@pytest.mark.parametrize(("wrong", "right"), SLIPS + ASKED + TESTED, ids=[wrong for wrong, _ in SLIPS + ASKED + TESTED])
def test_a_known_slip_is_read_as_meant_and_mended(wrong, right):
    file, complaints = read(wrong)
    assert complaints
    if right is None:
        return
    for _ in range(5):  # a line has one complaint at a time, so its mend may uncover another
        wrong = mended(wrong)
    assert "".join(wrong.split()) == "".join(right.split())
    assert file.declarations == good(right)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "score s { points 5 per visit halving every 30 days within 90 days }",
            "score s { points 5 per visit within 90 days halving every 30 days }",
        ),
        (
            "score s { points 5 per visit where (a = 1) up to 30 in the last 90 days points 6 when b }",
            "score s { points 5 per visit where (a = 1) within 90 days up to 30 points 6 when b }",
        ),
    ],
)
def test_a_window_behind_its_fading_is_put_before_it(wrong, right):
    (complaint,) = read(wrong)[1]
    assert "`within 90 days` stands before" in complaint.message
    assert " ".join(mended(wrong).split()) == right
    good(right)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            'score s { points 5 when customer "Label" points 6 when d }',
            'score s { points 5 "Label" when customer points 6 when d }',
        ),
        (
            'score s { points -5 per visit within 90 days "Label" }',
            'score s { points -5 "Label" per visit within 90 days }',
        ),
        ('mark x when customer "Label"', 'mark x "Label" when customer'),
        (
            'tiers by a { raise 1 when any visit within 90 days "Open" }',
            'tiers by a { raise 1 "Open" when any visit within 90 days }',
        ),
        ('mobility { hold x when customer "Open" }', 'mobility { hold x "Open" when customer }'),
        ('tiers by a { cap at two when customer "Open" }', 'tiers by a { cap at two "Open" when customer }'),
    ],
)
def test_a_label_at_the_end_of_its_line_is_put_where_it_belongs(wrong, right):
    (complaint,) = read(wrong)[1]
    assert "a label stands further ahead" in complaint.message
    assert " ".join(mended(wrong).split()) == right
    good(right)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("exclude when customer", "what stands before `when` is missing"),
        ("score a { points when customer }", "what stands before `when` is missing"),
        ("tiers by a { tier b { capacity 5 overflow up } }", "here may stand `down`, `out` or `to`"),
        ("let a = b > 5.", "`.` cannot stand here"),
        ("let a = tier = 5", "asks for an account's tier"),
        ("let a = more than 3 orders within 90 days", "write `count of orders within 90 days > 3`"),
        ("let a = b or at least 3 orders where (c) ever or d", "write `count of orders where (c) ever >= 3`"),
        ("let a = count of order.amount ever > 3", "distinct order.amount"),
        ("let a = sum of order within 90 days", "needs an attribute of the event: `sum of order.ATTRIBUTE`"),
        ("let a = latest order ever", "needs an attribute of the event: `latest order.ATTRIBUTE`"),
        ("let a = any order within next 90 days", "do not exist yet"),
        ("let a = any where (b) ever", "what stands before `where` is missing"),
        ("let a = any order where b or c", "stands in parentheses"),
        ("score a { points 5 per visit ever decay }", "`halving every 30 days`"),
        ('event a "A" from "a.csv" { field b text }', "`--events EVENT=FILE`"),
        ('event a { id from "x" }', "`account from …` for the column with the account's key"),
        ("mark a when tier is untiered", "`not (tier is FIRST or SECOND or …)`"),
        ("let a = percentile of count of visit within 90 days > 5", "write `percentile of (count …)`"),
        ("let a = latest surge > 80", "if it is a signal, its value now goes by its name alone: `surge`"),
        ('lookup a from "b" { match c give d, e, f }', "write `give d number`"),
        ("signal a in 0..100", "here stands what kind of value it is: `whole`, `number`"),
        ('event a { field b from "x" text }', "here stands what kind of value it is: `whole`, `number`"),
        ('lookup a from "b" { match c give d }', "here stands what kind of value it is: `whole`, `number`"),
        ("let a = b in ..", "here may stand a name, a number, a date like 2026-01-31, `[`, `..` or `..<`"),
    ],
)
def test_what_only_the_writer_knows_is_explained_without_an_edit(text, words):
    (complaint,) = read(text)[1]
    assert words in " ".join([complaint.message, *complaint.hints])
    assert complaint.fixes == ()


def test_one_complaint_a_line():
    text = "let a == 5 && 1,000;\nlet b = = = 'x'\nscore c { weigh weigh  weigh 5 % % }\n"
    lines = [Source("t", text).position(one.span.start)[0] for one in read(text)[1]]
    assert len(lines) == len(set(lines))


def test_a_good_file_has_no_complaint():
    assert len(good(EVERYTHING)) == 36


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("let a = b == 5", True),
        ("let a = b && c", True),
        ("let a = 'x'", True),
        ("score a\n  round to 2\n}", True),
        ("ruleset a { reviewed 2026-1-5 }", True),
        ("scroe a { }", False),
        ("tiers by a { raise to two when c }", False),
        ("let a = 1,000", False),
        ("let a = 1,000 && b", False),
        ("let a = 1,000,000", True),
        ('test "x" { expect a is tier one }', True),
        ('test "x" { expects untiered }', False),
        ("allow same_plays", True),
    ],
)
def test_only_what_can_mean_nothing_else_is_certain(text, certain):
    """A machine may make certain edits unasked; a word that is only like another, or a number that is another elsewhere, is asked about."""
    (complaint,) = read(text)[1]
    assert [fix.certain for fix in complaint.fixes] == [certain]
