"""Looking one account up in an evaluation, with or without a past."""

from __future__ import annotations

from contextlib import ExitStack

import attrs
from rich.console import Console

from tierlang.cli.evaluation import Placed, Request, placed_in, working
from tierlang.cli.failure import Failure
from tierlang.cli.knowing_past import Ruleset, known_past
from tierlang.cli.one_account import ending_of, missing_key, trace_of
from tierlang.cli.remembering import ledger_facts, remembered
from tierlang.engines.interpreter.trace import Trace
from tierlang.engines.interpreter.trace_mobility import Remembered
from tierlang.ledger.attached import attached
from tierlang.reports.explained import Ending
from tierlang.reports.explained_moves import LedgerFacts
from tierlang.reports.run_facts import RunFacts

_ANOTHER = "If {now} is the new name of {then}, plan and apply once with --was {then}."


@attrs.frozen
class Found:
    """One account, followed through the program, and what came of the rows of the run; `ledger` for a run that knows the past."""

    trace: Trace
    ending: Ending
    run: RunFacts
    ledger: LedgerFacts | None


def looked_up(request: Request, key: str, ledger: str | None, console: Console) -> Found:
    """Evaluate everything and look the account up; an unknown key ends in a Failure that shows near ones."""
    with (
        working(request.limits, console, with_facts=bool(request.facts)) as (connection, watch),
        ExitStack() as opened,
    ):
        if ledger is None:
            placed = opened.enter_context(placed_in(connection, request, watch))
            watch.phase("Looking up the account")
            return _found(placed, request, key, None, None)
        watch.phase("Reading the ledger")
        with attached(connection, ledger, write=False):
            ruleset = Ruleset("these rules are", _ANOTHER)
            known = known_past(connection, request.program, request.as_of, ledger, ruleset=ruleset)
        placed = opened.enter_context(placed_in(connection, request, watch, known.tables, known.taken))
        watch.phase("Looking up the account")
        past = remembered(known, placed.result, key)
        return _found(placed, request, key, past, ledger_facts(known, ledger, request.as_of))


def _found(placed: Placed, request: Request, key: str, past: Remembered | None, ledger: LedgerFacts | None) -> Found:
    inside = placed.result.inside(key)
    if inside is None:
        holding = past.memory.holding if past is not None else None
        if holding is not None and ledger is not None:
            raise Failure(
                f"{placed.accounts.label} has no account with the key {key}, but {ledger.path} holds it in"
                f" {holding.tier or 'no tier'} since {holding.since}: it is absent\n"
                f"Its life is told by: tierlang history {ledger.path} {key}"
            )
        raise missing_key(placed, key)
    trace = trace_of(placed, request, inside, past)
    return Found(trace, ending_of(placed, request, inside), placed.run, ledger)
