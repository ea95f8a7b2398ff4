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


@pytest.mark.parametrize(("wrong", "right"), SLIPS, ids=[wrong for wrong, _ in SLIPS])
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
    ("text", "words"),
    [
        ("exclude when customer", "what stands before `when` is missing"),
        ("score a { points when customer }", "what stands before `when` is missing"),
        ("tiers by a { tier b { capacity 5 overflow up } }", "here may stand `down`, `out` or `to`"),
        ("let a = b > 5.", "`.` cannot stand here"),
        ("let a = tier = 5", "asks for an account's tier"),
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
    assert len(good(EVERYTHING)) == 21


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('event engagement "Any touch"', "events"),
        ("signal intent number lasts 14 days", "signals"),
        ('lookup d from "d.csv" { match a  give b number }', "lookup"),
        ("mark surging when a", "marks"),
        ("mobility {\n cooldown 60 days\n promote x { from two to one }\n}", "mobility"),
        ('test "x" { expect a tier b }', "test"),
        ("tiers by a { raise 1 when b }", "raise"),
        ("tiers by a { lower 1 when b }", "lower"),
        ("tiers by a { cap at two when b }", "cap at"),
        ("tiers by a { floor at two when b }", "floor at"),
        ("tiers by a { tier b { keep while c } }", "keep while"),
        ('tiers by a { tier b { allow rule because "x" } }', "allow"),
        ("tiers by a { capacity 15 per ae overflow out }", "capacity"),
        ("score a { points 5 per engagement within 90 days up to 60 }", "points"),
        ("score a { weigh 20% b when c }", "weight"),
        ("score a { weights scaled }", "weights scaled"),
        ("let a = no engagement within 90 days", "events"),
        ("let a = count of engagement ever > 3", "events"),
        ("let a = intent >= 80 for 3 weeks", "for 3 weeks"),
        ("let a = defaults.base + 1", "lookup"),
        ('tiers by a { tier b { play c "d" { when e } } }', "play"),
        ('tiers by a { tier b { play c "d" when e } }', "play"),
        ('score a { points by b from "c.csv" { otherwise -> 0 } }', "file"),
    ],
)
def test_constructs_of_later_versions_are_named_once(text, words):
    file, (complaint,) = read(f"{text}\nlet last = 5")
    assert complaint.code == "later-construct"
    assert words in complaint.message
    assert file.declarations[-1] == good("let last = 5")[0]
