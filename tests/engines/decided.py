"""What a run with a past decided, as rows that both engines can be compared by."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb

from tests.strategies import Case
from tierlang.engines.interpreter.evaluate import Outcome
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.sql.evaluated import Evaluated
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value

Row = dict[str, Any]


def decided(connection: duckdb.DuckDBPyConnection, found: Evaluated) -> list[Row]:
    """The rows of the SQL engine, without the number of the row; numbers by their value."""
    relation = connection.sql(found.decided())
    rows = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    numbers = [row.pop("row_id") for row in rows]
    assert numbers == sorted(numbers), "the decisions are not in the order of the input"
    return rows


def expected_of(case: Case, outcome: Outcome) -> list[Row]:
    """The same of the interpreter."""
    paths = outcome.placed[0].paths
    assert case.past is not None
    signals = [(signal.name, signal.value.kind) for signal in case.program.signals]
    scores = {each.key: each.scores for each in outcome.assignments}
    rows: list[Row] = []
    for each in outcome.decisions:
        holding, path = case.past.holdings.get(each.key), paths.get(each.key)
        row: Row = {name: getattr(each, name) for name in ("key", "cause", "trigger", "tier", "base", "pinned")}
        row |= {"proposed": each.proposed, "waits": each.waits, "reason": each.reason, "held": holding is not None}
        for name in ("tier", "base", "since", "settled_until", "retired"):
            row[f"held_{name}"] = None if holding is None else getattr(holding, name)
        row["held_pinned"] = holding is not None and holding.pinned
        row |= {f"score {name}": _number(value) for name, value in scores[each.key].items()}
        facts = path.candidate.facts if path is not None else None
        row |= dict(_signals(signals, facts))
        row["rank"] = path.rank if path is not None else None
        rows.append(row)
    return rows


def _signals(signals: list[tuple[str, Kind]], facts: Facts | None) -> Iterator[tuple[str, Value | Decimal]]:
    for name, kind in signals:
        value = facts.defined[name] if facts is not None else None
        yield f"signal {name}", _number(value) if kind.is_numeric else value


def _number(value: Value) -> Decimal | None:
    assert value is None or isinstance(value, int)
    return None if value is None else Decimal(value) / SCALE
