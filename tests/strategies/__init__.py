"""Hypothesis strategies for whole cases: a well-formed program, a population for it, and an as-of date.

Values come from small pools so that ties and exact boundaries are common; some programs also have numbers near the limits, which make faults.
"""

from tests.strategies.cases import Case, cases, lived_cases
from tests.strategies.dice import Focus

FOCUSES: tuple[Focus, ...] = (None, "facts", None, "ladders")

__all__ = ["FOCUSES", "Case", "Focus", "cases", "lived_cases"]
