"""Every node of a program knows where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from tests.compiler.rulesets import compiled, ruleset
from tierlang.pipeline import load
from tierlang.program.expressions import Compare, Defined
from tierlang.program.nodes import Limits, Program
from tierlang.program.written import Written

ROOT = Path(__file__).parents[2]
SHIPPED = [path for path in ROOT.glob("rulesets/*/*.tier") if path.stem == path.parent.name]
RULES = sorted([*SHIPPED, *(Path(__file__).parent / "cases").glob("good*.tier")])


def nodes_of(node: object) -> Iterator[Written]:
    """The node and all nodes in it."""
    if isinstance(node, tuple):
        for part in node:
            yield from nodes_of(part)
    elif isinstance(node, Written):
        yield node
        for field in attrs.fields(type(node)):
            yield from nodes_of(getattr(node, field.name))


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_node_knows_where_it_was_written(path: Path) -> None:
    program = load(str(path)).program
    assert program is not None
    lost = {type(node).__name__ for node in nodes_of(program) if node.span is None and node != Limits()}
    assert lost == set()


def of(program: Program, sort: type[Written]) -> list[str]:
    """The texts of all nodes of one class, each place once."""
    found = [node.span.text for node in nodes_of(program) if type(node) is sort and node.span is not None]
    return list(dict.fromkeys(found))


def test_what_sugar_stands_for_is_written_where_the_sugar_is() -> None:
    more = "mark m when n in 1..9 and (w = 2 or d within 9 days)\nscore s { points by n { ..<5 -> 1  5.. -> 2  missing -> 0 } }"
    assert of(compiled(ruleset(more=more)), Compare) == ["..<5", "5..", "n in 1..9", "w = 2", "d within 9 days"]


def test_a_fact_that_is_asked_twice_stands_where_it_is_asked_first() -> None:
    more = "event call\nmark a when count of call ever > 3\nmark b when count of call ever > 5"
    program = compiled(ruleset(more=more))
    (fact,) = program.facts
    assert fact.span is not None
    assert fact.span.start == fact.span.source.text.index("count of call ever")
    read = [node.span.start for node in nodes_of(program.marks) if isinstance(node, Defined) and node.span is not None]
    assert len(set(read)) == 2
