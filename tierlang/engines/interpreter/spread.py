"""How the fields and scores of a population spread, for those who review the rules beside the accounts."""

from __future__ import annotations

from collections import Counter

from tierlang.engines.interpreter.evaluate import Survey
from tierlang.engines.interpreter.population import read
from tierlang.program.nodes import Program
from tierlang.program.numbers import half
from tierlang.program.outcome import FieldFigures, ScoreFigures
from tierlang.program.values import Value


def field_figures(program: Program, surveyed: Survey) -> tuple[FieldFigures, ...]:
    """The figures of all fields over all accounts, excluded ones too."""
    return tuple(
        _of_field(field.name, field.one_of, [judged.facts.inputs[field.name] for judged in surveyed.everyone])
        for field in program.fields
    )


def _of_field(name: str, one_of: tuple[str, ...], values: list[Value]) -> FieldFigures:
    missing = sum(value in (None, ()) for value in values)
    counts = Counter(text for value in values for text in (value if isinstance(value, tuple) else (value,)))
    return FieldFigures(name, len(values), missing, tuple((text, counts[text]) for text in one_of))


def score_figures(program: Program, surveyed: Survey) -> tuple[ScoreFigures, ...]:
    """The figures of every number in `ranking_numbers` over the eligible accounts that have it."""
    return tuple(
        _of_score(number.name, [read(number, judged.facts) for judged in surveyed.eligible])
        for number in program.ranking_numbers
    )


def _of_score(name: str, found: list[Value]) -> ScoreFigures:
    values = sorted(value for value in found if isinstance(value, int))
    if not values:
        return ScoreFigures(name, 0, (), 0, ())
    quantiles = tuple(values[half((len(values) - 1) * percent, 100)] for percent in range(101))
    common = sorted(((count, value) for value, count in Counter(values).items()), reverse=True)[:3]
    return ScoreFigures(
        name, len(values), quantiles, len(set(values)), tuple((value, count) for count, value in common)
    )
