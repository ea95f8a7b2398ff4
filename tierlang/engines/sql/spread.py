"""How the fields and scores of a run spread, for those who review the rules beside the accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.seating import value_of
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Field, Program
from tierlang.program.numbers import half
from tierlang.program.outcome import FieldFigures, ScoreFigures
from tierlang.program.values import Kind

Ask = Callable[[exp.Query], list[tuple[Any, ...]]]

_COUNTED, _RUNNING = "counted", "running"


def field_figures(program: Program, source: Relation, ask: Ask) -> tuple[FieldFigures, ...]:
    """The figures of all fields, in one pass; the relation has a column for each."""
    counters: list[Tree] = [trees.rows()]
    for field in program.fields:
        value = value_of(source.known, field.name)
        counters.append(trees.only(trees.rows(), _absent(field, value)))
        counters += [trees.only(trees.rows(), _is(field, value, text)) for text in field.one_of]
    (counts,) = ask(trees.select(*counters).from_(source.name, copy=False))
    accounts, *rest = (int(count) for count in counts)
    found = []
    for field in program.fields:
        missing, values, rest = rest[0], rest[1 : 1 + len(field.one_of)], rest[1 + len(field.one_of) :]
        found.append(FieldFigures(field.name, accounts, missing, tuple(zip(field.one_of, values, strict=True))))
    return tuple(found)


def _absent(field: Field, value: Tree) -> Tree:
    if field.kind is Kind.TAGS:
        return trees.compare("=", trees.call("LEN", value.copy()), trees.number(0))
    return trees.is_null(value.copy())


def _is(field: Field, value: Tree, text: str) -> Tree:
    if field.kind is Kind.TAGS:
        return trees.call("list_contains", value.copy(), trees.text(text))
    return trees.compare("=", value.copy(), trees.text(text))


def score_figures(names: tuple[str, ...], source: Relation, ask: Ask) -> tuple[ScoreFigures, ...]:
    """The figures of these scores and fields over the eligible accounts."""
    return tuple(_spread(name, source, ask) for name in names)


def _spread(name: str, source: Relation, ask: Ask) -> ScoreFigures:
    unit = _unit(source.known, name)
    value = value_of(source.known, name)
    inside = trees.all_of(ladders.eligible(), trees.not_null(value.copy()))
    counted = (
        trees.select(trees.named(value.copy(), "v"), trees.named(trees.rows(), "n"))
        .from_(source.name, copy=False)
        .where(inside, copy=False)
        .group_by(exp.Literal.number(1), copy=False)
    )
    total = trees.windowed(trees.call("SUM", trees.column("n")), order=[trees.ascending(trees.column("v"))])
    running = trees.select(trees.column("v"), trees.column("n"), trees.named(total, "upto")).from_(_COUNTED, copy=False)

    def asked(select: exp.Select) -> list[tuple[Any, ...]]:
        return ask(select.with_(_COUNTED, counted.copy(), copy=False).with_(_RUNNING, running.copy(), copy=False))

    ((distinct, accounts),) = asked(
        trees.select(trees.rows(), trees.coalesce(trees.call("SUM", trees.column("n")), trees.number(0))).from_(
            _RUNNING, copy=False
        )
    )
    if not accounts:
        return ScoreFigures(name, 0, (), 0, ())
    places = [half((int(accounts) - 1) * percent, 100) for percent in range(101)]
    beyond = [trees.compare(">", trees.column("upto"), trees.number(place)) for place in places]
    (quantiles,) = asked(
        trees.select(*(trees.only(trees.call("MIN", trees.column("v")), test) for test in beyond)).from_(
            _RUNNING, copy=False
        )
    )
    common = asked(
        trees.select(trees.column("v"), trees.column("n"))
        .from_(_RUNNING, copy=False)
        .order_by(trees.descending(trees.column("n")), trees.descending(trees.column("v")), copy=False)
        .limit(3, copy=False)
    )
    return ScoreFigures(
        name,
        int(accounts),
        tuple(int(each) * unit for each in quantiles),
        int(distinct),
        tuple((int(each) * unit, int(count)) for each, count in common),
    )


def _unit(known: Mapping[str, Tree | Number], name: str) -> int:
    number = known[name]
    assert isinstance(number, Number)
    return number.unit
