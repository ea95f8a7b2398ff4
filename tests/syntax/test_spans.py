"""Every node knows its place: exactly the characters that say it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.syntax.reading import CASES, EVERYTHING, good, read, value
from tierlang.syntax import nodes as n


def nodes_in(thing: object) -> Iterator[tuple[n.Node, tuple[n.Node, ...]]]:
    """Every node in a tree, with the nodes right below it."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple | list):
            waiting.extend(one)
        elif isinstance(one, n.Node):
            below: list[n.Node] = []
            for field in attrs.fields(type(one)):
                found = getattr(one, field.name)
                below.extend(
                    part for part in (found if isinstance(found, tuple) else (found,)) if isinstance(part, n.Node)
                )
            yield one, tuple(below)
            waiting.extend(below)


def test_parts_lie_inside_their_whole():
    for node, below in nodes_in(good(EVERYTHING)):
        for part in below:
            assert node.span.start <= part.span.start <= part.span.end <= node.span.end, (node, part)


def test_a_declaration_reads_the_same_alone():
    for declaration in good(EVERYTHING):
        assert good(declaration.span.text) == (declaration,)


def test_an_expression_reads_the_same_alone():
    checked = 0
    for node, _ in nodes_in(good(EVERYTHING)):
        if isinstance(node, n.Expression.__args__) and not isinstance(node, n.Duration):  # type: ignore[attr-defined]
            assert value(node.span.text) == node, node.span.text
            checked += 1
    assert checked > 200


def test_names_texts_and_numbers_are_what_their_places_say():
    for node, _ in nodes_in(good(EVERYTHING)):
        if isinstance(node, n.Name | n.Number):
            assert node.span.text == node.text
        elif isinstance(node, n.Text):
            assert node.span.text[0] == node.span.text[-1] == '"'


def test_places_count_characters_after_composed_letters():
    text = 'let a = "e\u0301"  let b = 5'
    assert [one.span.text for one in good(text)] == ['let a = "e\u0301"', "let b = 5"]


def test_comments_and_their_places():
    file, complaints = read("# one\nlet a = 5 # two\r\n#three")
    assert not complaints
    assert [one.text for one in file.comments] == ["# one", "# two", "#three"]
    assert all(one.span.text == one.text for one in file.comments)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(CASES.glob("mistakes/*.tier"))), st.data())
def test_all_places_lie_in_the_text(path, data):
    text = path.read_text(encoding="utf-8")
    cut = data.draw(st.integers(0, len(text)))
    file, complaints = read(text[cut:])
    places = [one.span for one in complaints] + [
        edit.span for one in complaints for fix in one.fixes for edit in fix.edits
    ]
    places += [related.span for one in complaints for related in one.related] + list(file.holes)
    places += [node.span for node, _ in nodes_in(file.declarations)]
    assert all(0 <= span.start <= span.end <= len(text) - cut for span in places)


def test_an_allow_knows_its_rule_and_its_block():
    text = """
allow no-review because "x"
account { allow a-b field a text }
event e { allow b-c because "x" }
signal s number lasts 2 days { allow c-d }
owner o { allow d-e }
ruleset r { limits { allow e-f tiers 5 } allow f-g }
score s { best of { allow g-h points 5 when a } value 5 }
tiers by s { allow h-i tier one { range 5.. play x "y" { when a allow i-j } allow j-k because "z" } }
test "t" { expect untiered allow k-l }
mobility { allow l-m promote f { to one allow m-n because "x" } }
let last = 5
"""
    file, complaints = read(text)
    assert not complaints
    over = {one.rule.text: one.over.text for one in file.allows}
    assert over.pop("no-review") == text
    assert list(over) == ["a-b", "b-c", "c-d", "d-e", "e-f", "f-g", "g-h", "h-i", "i-j", "j-k", "k-l", "l-m", "m-n"]
    assert over["c-d"] == "signal s number lasts 2 days { allow c-d }"
    assert over["e-f"] == "limits { allow e-f tiers 5 }"
    assert over["g-h"] == "best of { allow g-h points 5 when a }"
    assert over["h-i"].startswith("tiers by s {")
    assert over["h-i"].endswith("} }")
    assert over["i-j"] == 'play x "y" { when a allow i-j }'
    assert over["j-k"].startswith("tier one {")
    assert over["j-k"].endswith('"z" }')
    assert over["l-m"].startswith("mobility {")
    assert over["m-n"] == 'promote f { to one allow m-n because "x" }'
    for one in file.allows:
        assert one.rule.span.text == one.rule.text
        assert one.span.text == f"allow {one.rule.text}" + (f" because {one.because.span.text}" if one.because else "")
    assert not any(isinstance(node, n.Allow) for node, _ in nodes_in(file.declarations))


def test_parts_of_moves_and_their_places():
    (test,) = (one for one in good(EVERYTHING) if isinstance(one, n.Test) and one.label.value == "moves")
    assert [part.span.text for part in test.given[1].parts] == [
        "tier one since 2026-10-01 settled until 2026-11-01",
        "fit = 1",
    ]
    (mobility, empty) = (one for one in good(EVERYTHING) if isinstance(one, n.Mobility))
    assert empty.parts == ()
    freezes = [one for one in mobility.parts if isinstance(one, n.Freeze)]
    assert [(one.span.text, one.end.span.text) for one in freezes] == [
        ('freeze 2026-12-15..2027-01-02 "Year end"', "2027-01-02"),
        ("freeze 2026-12-24..2026-12-26", "2026-12-26"),
        ("freeze 2026-12-24", "2026-12-24"),
    ]
    triggers = [one for one in mobility.parts if isinstance(one, n.Trigger)]
    assert [type(part) for part in triggers[0].parts] == [
        *(n.Was, n.TriggerFrom, n.TriggerTo, n.When, n.TriggerOwner, n.Approve, n.Cooldown)
    ]
    assert [one.both_ways for one in mobility.parts if isinstance(one, n.Hold)] == [False, True, True]


def test_lines_of_a_test_and_their_places():
    (test,) = (one for one in good(EVERYTHING) if isinstance(one, n.Test) and one.label.value == "several")
    assert [one.span.text for one in test.given] == [
        "given account a { fit = 90 }",
        "account b { }",
        "given account mark { fit = 70 }",
    ]
    assert [one.span.text for one in test.as_of] == ["2026-10-10"]
    assert all(one.span.text.startswith("expect ") for one in test.expects)
