"""Broken text: reading never fails, finds what is wrong, and saves what is right."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.syntax.reading import CASES, EVERYTHING, good, read
from tierlang.source import Source
from tierlang.syntax import nodes as n
from tierlang.syntax.tables import tables
from tierlang.syntax.tokens import tokenize

WORDS = [
    *tables().keywords,
    *[
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ",",
        "=",
        "->",
        "..",
        "..<",
        "<",
        ">=",
        "!=",
        "+",
        "-",
        "*",
        "/",
        "5",
        "80%",
        "$1M",
        "2026-01-31",
        '"x"',
        "'y'",
        "==",
        ";",
        ":",
        "#",
        "//",
        "a",
        "fit\n",
    ],
    "\n",
]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
@example("\0")
@example("}" * 50)
@example('tiers by a {\n tier b {\n range 5.. }\n"')
@example("is not 5")
@example("\ufefflet a = 5")
def test_any_text_at_all(text):
    file, complaints = read(text)
    lines = [Source("t", text).position(one.span.start)[0] for one in complaints]
    assert len(lines) == len(set(lines))
    assert isinstance(file.declarations, tuple)
    assert all(0 <= one.span.start <= one.span.end <= len(text) for one in complaints)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_part_of_a_good_file(data):
    start = data.draw(st.integers(0, len(EVERYTHING)))
    stop = data.draw(st.integers(start, len(EVERYTHING)))
    read(EVERYTHING[start:stop])
    read(EVERYTHING[:start] + EVERYTHING[stop:])


def test_the_byte_order_mark_is_no_text():
    assert not read("\ufefflet a = 5")[1]


FAULTS = 150


def _faults(count: int):
    """A good file with one token left out, doubled or replaced, and the declaration it stood in."""
    tokens = tokenize(tables(), EVERYTHING)[0][:-1]
    declarations = good(EVERYTHING)
    chance = random.Random(7)
    for _ in range(count):
        token = chance.choice(tokens)
        kind = chance.choice(("leave out", "put in", "replace"))
        strange = chance.choice(("foo", "5", "{", "}", ")", '"x"', "when", "=", "tier", "..", ",", "@"))
        text = {"leave out": "", "put in": f"{token.text} {strange}", "replace": strange}[kind]
        hurt = next((at for at, one in enumerate(declarations) if one.span.start <= token.start < one.span.end), None)
        yield EVERYTHING[: token.start] + text + EVERYTHING[token.end :], hurt, f"{kind} {token.text!r} {strange!r}"


def test_one_fault_hides_little():
    declarations = good(EVERYTHING)
    saved = few = faults = 0
    unseen = []
    for text, hurt, words in _faults(FAULTS):
        file, complaints = read(text)
        if not complaints:
            unseen.append(
                words
            )  # the fault happens to make another good file, such as `field a text` without its label
            continue
        faults += 1
        few += len(complaints) <= 3
        saved += all(one in file.declarations for at, one in enumerate(declarations) if at != hurt)
    assert len(unseen) / FAULTS < 0.15, unseen
    assert saved / faults > 0.9, f"{saved} of {faults}"
    assert few / faults > 0.95, f"{few} of {faults}"


def test_all_mistakes_of_a_file_in_one_run():
    text = "let a 5\nscore b {\n  weigh 50% +\n  range 0..100\n  round two\n}\nexclude c\npin d to e\nlet last = 1\n"
    file, complaints = read(text)
    assert [Source("t", text).position(one.span.start)[0] for one in complaints] == [1, 3, 5, 7, 8]
    assert file.declarations[-1] == good("let last = 1")[0]
    (score,) = (one for one in file.declarations if isinstance(one, n.Score))
    assert any(isinstance(part, n.ScoreRange) for part in score.parts)


def test_a_block_that_is_not_closed_keeps_its_lines():
    file, (complaint,) = read("score a {\n  range 0..100\nscore b {\n  range 0..100\n}\n")
    assert complaint.code == "unclosed-block"
    assert complaint.span.text == "{"
    assert [len(one.parts) for one in file.declarations if isinstance(one, n.Score)] == [1, 1]


def test_nothing_is_said_inside_a_block_that_did_not_open():
    file, complaints = read("score 5 {\n  weigh = = \n  what is this\n}\nlet a = 5\n")
    assert len(complaints) == 1
    assert len(file.declarations) == 1


def test_what_could_not_be_read_is_a_hole():
    text = "tiers by a {\n  tier b { range 80..100 101 }\n  tier c { range 5 5 5\n  }\n}"
    file, complaints = read(text)
    assert len(complaints) == 2
    assert len(file.holes) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "let a = " + "(" * 500 + "1" + ")" * 500,
        "let a = " + "(" * 5_000 + "1",
        "let a = " + "not " * 5_000 + "b",
        "let a = " + "- " * 5_000 + "1",
        "let a = " + "if b then 1 else " * 1_000 + "2",
        "let a = " + "by b { 1 -> (" * 500,
        "let a = 1" + " + 1" * 20_000,
        "tiers { tier x { " * 500,
        "{" * 20_000,
        "}" * 20_000,
        "[" * 20_000,
        '"' * 20_001,
        "a\n" * 20_000,
        "scroe x {\n weigh 50%% fit\n}\n" * 2_000,
        "#" * 50_000,
        "# #" * 20_000,
        "/*" * 10_000,
        "1" * 50_000,
        "let a = 1" + "_" * 50_000,
    ],
    ids=lambda text: text[:12],
)
def test_deep_and_odd_texts(text):
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < 20


def test_deep_nesting_has_its_value():
    assert good("let a = " + "(" * 500 + "1" + ")" * 500) == good("let a = 1")


@pytest.mark.slow
def test_a_very_large_file():
    file, complaints = read(EVERYTHING * (10_000_000 // len(EVERYTHING)))
    assert not complaints
    assert len(file.declarations) > 20_000


def test_many_mistakes_end_the_reading():
    complaints = read("let == 5\n" * 3_000)[1]
    assert 1_000 <= len(complaints) <= 1_010
    assert "so many mistakes" in complaints[-1].message


def test_case_files_are_read_quickly():
    for path in CASES.glob("mistakes/*.tier"):
        started = time.perf_counter()
        read(path.read_text(encoding="utf-8"))
        assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('event e {\n  account "A"\n  at frm 5\n  field b text\n}', n.Field),
        ('event e {\n  at from "D" from "E"\n  key from "K"\n}', n.Source),
        ('signal s number lasts 2 weeks {\n  value "V" 5 6\n  at from "D"\n}', n.Source),
        ('lookup l from "l.csv" {\n  match 5\n  give base number\n}', n.Give),
        ("score s {\n  points 5 per e within\n  points 5 per e 7 ever\n  points 6 per e ever\n}", n.PointsPer),
        ("tiers by a {\n  raise when when b\n  cap at 5 when b\n  floor at two when b\n}", n.Bound),
        ("tiers by a {\n  capacity overflow\n  tier b { }\n}", n.Tier),
        ('test "x" {\n  expect mark 5 5\n  expect tier\n  expect untiered\n}', n.ExpectUntiered),
        ('test "x" {\n  given {\n  fit 5 5 = 5\n  a = 5 }\n  expect = 5\n  expect a untiered\n}', n.ExpectUntiered),
        ("mobility {\n  breaker 5 5 5\n  promote x { up 1 }\n}", n.Trigger),
        ("mobility {\n  promote 5 {\n    to one }\n  demote x { down 1 }\n}", n.Trigger),
        ("mobility {\n  hold a b when c\n  freeze 2026-01-01\n}", n.Freeze),
        ("mobility {\n  freeze 5 5\n  cooldown 5 days\n}", n.Cooldown),
        ('test "x" {\n  as of 5\n  given {\n  event e 5\n  event e 2026-01-01 }\n}', n.Given),
    ],
)
def test_a_broken_line_of_a_block_hides_no_other(text, kept):
    file, complaints = read(f"{text}\nlet last = 5\n")
    block, last = file.declarations
    assert last == good("let last = 5")[0]
    parts = [*getattr(block, "parts", ()), *getattr(block, "sources", ())]
    parts += [*getattr(block, "given", ()), *getattr(block, "expects", ())]
    assert any(isinstance(part, kept) for part in parts), parts
    assert {complaint.span.source.position(complaint.span.start)[0] for complaint in complaints} <= set(range(2, 7))


def test_a_broken_block_is_not_taken_for_a_declaration_without_one():
    file, complaints = read("event e\nevent f {\n  field a text\nsignal s number lasts 1 day\nmark m when a\n")
    assert [one.code for one in complaints] == ["unclosed-block"]
    assert [type(one) for one in file.declarations] == [n.Event, n.Event, n.Signal, n.Mark]


def test_a_block_that_is_closed_is_not_taken_for_the_one_that_is_open():
    _, complaints = read("tiers {\n  tier one { otherwise }\n  tier two { otherwise }\n")
    assert [(one.code, one.span.source.position(one.span.start)) for one in complaints] == [("unclosed-block", (1, 7))]
    _, complaints = read('account {\n  key id text\nevent e { field a text }\nowner dana "Dana"\n')
    assert [(one.code, one.span.source.position(one.span.start)) for one in complaints] == [("unclosed-block", (1, 9))]
