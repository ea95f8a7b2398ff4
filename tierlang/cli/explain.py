"""`tierlang explain`: every factor behind one account."""

from __future__ import annotations

import datetime as dt

import click

from tierlang.cli.settings import (
    as_of_option,
    fact_options,
    input_options,
    limit_options,
    rejects_option,
    set_option,
    settings_of,
)

EXAMPLES = """
\b
Examples, in the folder rulesets/saas_abm:
  tierlang explain saas_abm.tier accounts.csv A-00002 --events events.csv --signals signals.csv
  tierlang explain saas_abm.tier accounts.csv A-00002 --events events.csv --signals signals.csv --set one_seats=30
  tierlang explain saas_abm.tier accounts.csv A-00002 --events events.csv --signals signals.csv --ledger tiers.ledger
"""


@click.command("explain", epilog=EXAMPLES)
@click.argument("rules", type=click.Path(exists=True, dir_okay=False))
@click.argument("accounts", type=click.Path(allow_dash=True))
@click.argument("key")
@fact_options
@as_of_option
@set_option
@input_options
@limit_options
@rejects_option
@click.option(
    "--ledger",
    type=click.Path(dir_okay=False),
    help="The ledger of the applied runs: also what the account holds since when, what asks to move it, and what it would need.",
)
def command(
    rules: str,
    accounts: str,
    key: str,
    events: tuple[tuple[str | None, str], ...],
    signals: tuple[tuple[str | None, str], ...],
    as_of: dt.date | None,
    settings: tuple[tuple[str, str], ...],
    input_format: str | None,
    encoding: str | None,
    separator: str | None,
    memory_limit: str | None,
    threads: int | None,
    rejects: str | None,
    ledger: str | None,
) -> None:
    """Show every factor behind the place of the account KEY.

    The tiers tried and why not, each line of each score (earned, not earned, or unknown for want of a field), weights, the events and
    observations that counted and those that did not, adjustments, exclusions, pins, capacities, marks, and the fields that were read.
    All of ACCOUNTS is evaluated, since tops and capacities depend on the others.

    With --ledger the account is looked at as the next plan would: what it holds and until when it is settled, whether a review is due, each
    trigger and hold with what it asks, and for every other tier what the account lacks.
    """
    from tierlang.cli.asked import Files, requested
    from tierlang.cli.database import Limits
    from tierlang.cli.evaluation import read_options
    from tierlang.cli.looking_up import looked_up
    from tierlang.cli.terminal import console
    from tierlang.reports.explained import print_explained
    from tierlang.reports.remarks import aside_words

    files = Files(rules, accounts, events, signals, rejects=rejects)
    options = read_options(input_format, encoding, separator)
    request = requested(files, settings_of(settings), as_of, options, Limits(threads, memory_limit))
    found = looked_up(request, key, ledger, console(err=True))
    print_explained(console(err=False), request.program, found.trace, found.ending, found.ledger)
    if found.run.aside:
        lines = [aside_words(each, whose=bool(request.facts)) for each in found.run.aside]
        click.echo("\n" + "\n".join(lines), err=True)
