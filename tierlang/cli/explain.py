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
) -> None:
    """Show every factor behind the place of the account KEY.

    The tiers tried and why not, each line of each score (earned, not earned, or unknown for want of a field), weights, the events and
    observations that counted and those that did not, adjustments, exclusions, pins, capacities, marks, and the fields that were read.
    All of ACCOUNTS is evaluated, since tops and capacities depend on the others.
    """
    from tierlang.cli.asked import Files, requested
    from tierlang.cli.database import Limits
    from tierlang.cli.evaluation import evaluated, read_options
    from tierlang.cli.one_account import ending_of, missing_key, trace_of
    from tierlang.cli.terminal import console
    from tierlang.reports.explained import print_explained
    from tierlang.reports.remarks import aside_words

    files = Files(rules, accounts, events, signals, rejects=rejects)
    options = read_options(input_format, encoding, separator)
    request = requested(files, settings_of(settings), as_of, options, Limits(threads, memory_limit))
    with evaluated(request, console(err=True)) as placed:
        placed.watch.phase("Looking up the account")
        inside = placed.result.inside(key)
        if inside is None:
            raise missing_key(placed, key)
        trace = trace_of(placed, request, inside)
        ending = ending_of(placed, request, inside)
    print_explained(console(err=False), request.program, trace, ending)
    if placed.run.aside:
        lines = [aside_words(each, whose=bool(placed.facts)) for each in placed.run.aside]
        click.echo("\n" + "\n".join(lines), err=True)
