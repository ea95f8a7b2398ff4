"""The figures of a run, for a review of the rules beside the accounts."""

from __future__ import annotations

import datetime as dt

import attrs
from rich.console import Console

from tierlang.cli.apart import one_standard_input
from tierlang.cli.evaluation import Request, evaluated, read_options
from tierlang.cli.fact_files import NamedFiles, given_files
from tierlang.program.nodes import Program
from tierlang.program.outcome import Population


@attrs.frozen
class Beside:
    """The accounts that rules are reviewed beside, and their files of facts, as they were given to the command."""

    accounts: str
    events: NamedFiles = ()
    signals: NamedFiles = ()
    input_format: str | None = None
    encoding: str | None = None
    separator: str | None = None

    def population(self, program: Program, as_of: dt.date) -> Population:
        """Evaluate the accounts by a program, and say how they spread; bad data ends in a Failure, as for `eval`."""
        one_standard_input([self.accounts, *(path for _, path in (*self.events, *self.signals))])
        options = read_options(self.input_format, self.encoding, self.separator)
        facts = given_files(self.events, self.signals)
        return population_of(Request(program, self.accounts, as_of, facts, options), Console(stderr=True))


def population_of(request: Request, console: Console, *, quiet: bool = False) -> Population:
    """The figures of a request. Bad rows are not left aside: they would be missing from the figures."""
    whole = attrs.evolve(
        request, columns=(), every_field=True, rejects=None, fact_rejects=tuple(None for _ in request.facts)
    )
    with evaluated(whole, console, quiet=quiet) as placed:
        result = placed.result
        return Population(result.summary, result.field_figures(), result.score_figures(), placed.run.figures)
