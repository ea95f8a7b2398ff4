"""Nodes and their options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import attrs

from tests.engines.reaching.words import everything, there
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.expressions import Expression
from tierlang.program.values import Kind

EXPRESSIONS = {each.__name__ for each in get_args(Expression)}
# When people review is nothing to engines, and neither are tests, what is allowed, who reads which name, how much may move at once, and which accounts became one.
UNREAD = {"ReviewPeriod", "Header", "Allow", "Named", "Test", "Breaker", "Merge"} | {
    name for name in n.__all__ if name.startswith(("Given", "Expect"))
}
# Only runs with a past read these.
MOBILE = {"Mobility", "Trigger", "Hold", "Freeze", "Retired", "Enduring"}
NODES = {name for name in n.__all__ if isinstance(getattr(n, name), type)} - UNREAD - MOBILE
OPERATORS = {
    *("Compare " + sign for sign in ("=", "!=", "<", "<=", ">", ">=")),
    *("Arithmetic " + sign for sign in "+-*/"),
    *("TextMatch " + sign for sign in ("contains", "starts with", "ends with")),
    *(
        "Extreme least skip",
        "Extreme greatest skip",
        "Extreme least strict",
        "Extreme greatest strict",
        "Constant None",
    ),
    *("AsOf plain", "AsOf back", "AsOf ahead", "long OneOf"),
}
OPTIONS = {
    *(f"field of {kind.value}" for kind in Kind),
    *("field with bounds", "field open above", "field one of", "field with a default", "field required"),
    *(f"missing {policy}" for policy in ("share", "zero", "unscored", None)),
    *(f"scaled, missing {policy}" for policy in ("share", "zero", "unscored")),
    *("share with a floor", "line of weights with a condition", "table without otherwise", "table without missing"),
    *("hidden derive", "unclamped score", "points per event beside others", "points per event in a best of"),
    *(f"digits {digits}" for digits in range(5)),
    *("percentile where", "percentile per", "relative score", "relative derive"),
    *("pin for ever", "pin with owner", "pin because"),
    *(f"lookup of {count} columns" for count in (1, 2, 3)),
    *("lookup of a definition", "lookup of no rows", "lookup with a missing value"),
}


def in_nodes(program: n.Program) -> Iterator[str]:
    """Every class of nodes, and the options that each has."""
    for node in everything(program):
        if attrs.has(type(node)):
            yield type(node).__name__
        match node:
            case x.Compare(operator=sign) | x.Arithmetic(operator=sign) | x.TextMatch(operator=sign):
                yield f"{type(node).__name__} {sign}"
            case x.Extreme(which=which, skip_missing=skip):
                yield f"Extreme {which} {'skip' if skip else 'strict'}"
            case x.Constant(value=None):
                yield "Constant None"
            case x.AsOf(offset=None):
                yield "AsOf plain"
            case x.AsOf(direction=direction):
                yield "AsOf ahead" if direction > 0 else "AsOf back"
            case x.OneOf(values=values) if len(values) > 4:
                yield "long OneOf"
            case n.Field(kind=kind):
                yield f"field of {kind.value}"
                yield from there(
                    {
                        "field with bounds": node.low is not None and node.high is not None,
                        "field open above": node.high_open,
                        "field one of": node.one_of,
                        "field with a default": node.default is not None,
                        "field required": node.required,
                    }
                )
            case n.Weighing(missing=policy, floor=floor, scaled=scaled):
                yield f"scaled, missing {policy}" if scaled else f"missing {policy}"
                yield from there({"share with a floor": floor})
            case n.WeighLine(when=n.Condition()):
                yield "line of weights with a condition"
            case n.PointTable():
                yield from there(
                    {"table without otherwise": node.otherwise is None, "table without missing": node.missing is None}
                )
            case n.Derive(hidden=True):
                yield "hidden derive"
            case n.Score(digits=digits):
                yield f"digits {digits}"
                yield from there({"unclamped score": node.low is None and node.high is None})
            case n.Percentile():
                yield from there({"percentile where": node.where, "percentile per": node.per})
            case n.Pin():
                yield from there(
                    {"pin for ever": node.until is None, "pin with owner": node.owner, "pin because": node.because}
                )
            case n.PointSum(lines=lines):
                beside = len(lines) > 1 and any(isinstance(line, n.PointsPerEvent) for line in lines)
                yield from there({"points per event beside others": beside})
            case n.BestOf(lines=parts):
                inside = any(isinstance(part, n.PointsPerEvent) for part in parts)
                yield from there({"points per event in a best of": inside})
            case n.Lookup(match=match, rows=rows):
                yield f"lookup of {len(match)} columns"
                yield from there(
                    {"lookup of no rows": not rows, "lookup with a missing value": any(None in row[1] for row in rows)}
                )
            case x.LookedUp(items=items):
                yield from there({"lookup of a definition": any(isinstance(item, x.Defined) for item in items)})
    yield from there(
        {
            "relative score": any(isinstance(each, n.Score) for each in program.relative),
            "relative derive": any(isinstance(each, n.Derive) for each in program.relative),
        }
    )
