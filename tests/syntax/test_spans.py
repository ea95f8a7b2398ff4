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
