"""The figures of a run, for a review of the rules beside the accounts."""

from __future__ import annotations

import attrs
from rich.console import Console

from tierlang.cli.evaluation import Request, evaluated
from tierlang.program.outcome import Population


def population_of(request: Request, console: Console, *, quiet: bool = False) -> Population:
    """Evaluate the accounts of a request and say how they spread; bad data ends in a Failure, as for `eval`."""
    with evaluated(attrs.evolve(request, columns=(), every_field=True), console, quiet=quiet) as placed:
        result = placed.result
        return Population(result.summary, result.field_figures(), result.score_figures(), placed.run.figures)
