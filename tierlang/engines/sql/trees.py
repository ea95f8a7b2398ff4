"""Small builders of sqlglot trees: operands are put in brackets, and nothing is built that engines read differently.

Never built here or anywhere in this room: `/`, `//`, TRY_CAST, GREATEST, LEAST, LIKE, numerals with a point.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlglot import exp

Tree = exp.Expr

_LOOSE = (exp.Binary, exp.Connector, exp.Not, exp.Neg, exp.Is, exp.Case)


def bracketed(tree: Tree) -> Tree:
    """The tree as an operand: in brackets where it has an operator outermost."""
    return exp.Paren(this=tree) if isinstance(tree, _LOOSE) else tree


def column(name: str, table: str | None = None) -> Tree:
    """A column by a name of ours (never one of the user's, who may choose a word of SQL)."""
    return exp.column(name, table=table)


def number(value: int) -> Tree:
    """A whole number."""
    return exp.Literal.number(value)


def text(value: str) -> Tree:
    """A text."""
    return exp.Literal.string(value)


def date(value: dt.date) -> Tree:
    """A date."""
    return exp.Cast(this=exp.Literal.string(value.isoformat()), to=exp.DataType.build("DATE"))


def null(sql_type: str) -> Tree:
    """A missing value of a type."""
    return cast(exp.Null(), sql_type)


def cast(tree: Tree, sql_type: str) -> Tree:
    """The tree as another type; only where the value is known to fit."""
    return exp.Cast(this=tree, to=exp.DataType.build(sql_type, dialect="duckdb"))


def call(name: str, *arguments: Tree) -> Tree:
    """A function by name."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def add(left: Tree, right: Tree) -> Tree:
    """left + right"""
    return exp.Add(this=bracketed(left), expression=bracketed(right))


def subtract(left: Tree, right: Tree) -> Tree:
    """left - right"""
    return exp.Sub(this=bracketed(left), expression=bracketed(right))


def multiply(left: Tree, right: Tree) -> Tree:
    """left * right"""
    return exp.Mul(this=bracketed(left), expression=bracketed(right))


def divide(left: Tree, right: Tree) -> Tree:
    """Whole quotient of two whole numbers, cut towards zero; the divisor must not be 0."""
    return call("divide", left, right)


def null_if_zero(tree: Tree) -> Tree:
    """The tree, missing where it is 0: what may be divided by."""
    return exp.Nullif(this=tree, expression=number(0))


def remainder(left: Tree, right: Tree) -> Tree:
    """What the whole quotient leaves."""
    return exp.Mod(this=bracketed(left), expression=bracketed(right))


def negative(tree: Tree) -> Tree:
    """-tree"""
    return exp.Neg(this=bracketed(tree))


def total(parts: Sequence[Tree]) -> Tree:
    """The sum of one or more trees, from left to right and without a bracket for each."""
    result = bracketed(parts[0])
    for part in parts[1:]:
        if isinstance(part, exp.Neg):
            result = exp.Sub(this=result, expression=bracketed(part.this))
        else:
            result = exp.Add(this=result, expression=bracketed(part))
    return result


_COMPARISONS: dict[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "!=": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}


def compare(operator: str, left: Tree, right: Tree) -> Tree:
    """Two trees by one of = != < <= > >=."""
    return _COMPARISONS[operator](this=bracketed(left), expression=bracketed(right))


def same(left: Tree, right: Tree) -> Tree:
    """Equality where two missing values are equal."""
    return exp.NullSafeEQ(this=bracketed(left), expression=bracketed(right))


def is_null(tree: Tree) -> Tree:
    """Whether the tree is missing."""
    return exp.Is(this=bracketed(tree), expression=exp.Null())


def is_true(tree: Tree) -> Tree:
    """Whether the tree is true; never missing."""
    return exp.Coalesce(this=tree, expressions=[exp.false()])


def not_null(tree: Tree) -> Tree:
    """Whether the tree is there."""
    return exp.Not(this=is_null(tree))


def negate(tree: Tree) -> Tree:
    """NOT tree"""
    return exp.Not(this=bracketed(tree))


def _joined(connector: type[exp.Connector], parts: Sequence[Tree]) -> Tree:
    while len(parts) > 1:  # a balanced tree: long lists must not meet a limit on depth
        pairs = [parts[at : at + 2] for at in range(0, len(parts), 2)]
        parts = [
            connector(this=_inner(pair[0], connector), expression=_inner(pair[1], connector))
            if len(pair) == 2
            else pair[0]
            for pair in pairs
        ]
    return parts[0]


def _inner(tree: Tree, connector: type[exp.Connector]) -> Tree:
    return exp.Paren(this=tree) if isinstance(tree, exp.Connector) and not isinstance(tree, connector) else tree


def all_of(*parts: Tree) -> Tree:
    """AND; of nothing, true."""
    return _joined(exp.And, parts) if parts else exp.true()


def any_of(*parts: Tree) -> Tree:
    """OR; of nothing, false."""
    return _joined(exp.Or, parts) if parts else exp.false()


def choose(branches: Iterable[tuple[Tree, Tree]], otherwise: Tree | None = None) -> Tree:
    """CASE WHEN … THEN … ELSE … END; without branches, what is otherwise."""
    cases = [exp.If(this=when, true=then) for when, then in branches]
    if not cases:
        return exp.Null() if otherwise is None else otherwise
    return exp.Case(ifs=cases, default=otherwise)


def coalesce(*parts: Tree) -> Tree:
    """The first that is not missing."""
    return exp.Coalesce(this=parts[0], expressions=list(parts[1:])) if len(parts) > 1 else parts[0]


def null_text(tree: Tree) -> Tree:
    """The text, empty where missing; tags as one text."""
    return coalesce(cast(tree, "TEXT"), text(""))


def no_empty_text(tree: Tree) -> Tree:
    """The text, missing where it is empty."""
    return exp.Nullif(this=tree, expression=text(""))


def joined_text(parts: Sequence[Tree]) -> Tree:
    """The texts one after the other; missing if one is."""
    result = bracketed(parts[0])
    for part in parts[1:]:
        result = exp.DPipe(this=result, expression=bracketed(part))
    return result


def has_bit(tree: Tree, bit: int) -> Tree:
    """Whether a whole number has the bit."""
    masked = exp.BitwiseAnd(this=bracketed(tree), expression=number(bit))
    return compare("!=", masked, number(0))


def named(tree: Tree, name: str) -> Tree:
    """The tree under a name of ours."""
    return exp.alias_(tree, name)


def shown_as(tree: Tree, name: str) -> Tree:
    """The tree under a name of the user's, which may be a word of SQL."""
    return exp.alias_(tree, name, quoted=True)


def rows() -> Tree:
    """count(*)"""
    return exp.Count(this=exp.Star())


def only(aggregate: Tree, condition: Tree) -> Tree:
    """The aggregate of the rows for which the condition is true."""
    return exp.Filter(this=aggregate, expression=exp.Where(this=condition))


def ascending(tree: Tree) -> exp.Ordered:
    """A key of an ORDER BY, missing last."""
    return exp.Ordered(this=tree, desc=False, nulls_first=False)


def descending(tree: Tree) -> exp.Ordered:
    """A key of an ORDER BY from the greatest, missing last."""
    return exp.Ordered(this=tree, desc=True, nulls_first=False)


def windowed(aggregate: Tree, *, by: Sequence[Tree] = (), order: Sequence[exp.Ordered] = ()) -> Tree:
    """An aggregate over the groups `by`, running in `order` if there is one."""
    return exp.Window(
        this=aggregate,
        partition_by=list(by),
        order=exp.Order(expressions=list(order)) if order else None,
    )


def running(value: Tree, *, by: Sequence[Tree], order: exp.Ordered) -> Tree:
    """The running whole-number sum in `order`, whose values are distinct."""
    return cast(windowed(exp.Sum(this=value), by=by, order=[order]), "BIGINT")


def select(*columns: Tree | str) -> exp.Select:
    """SELECT …"""
    return exp.select(*columns, dialect="duckdb")
