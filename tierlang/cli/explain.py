"""`tierlang explain`: every factor behind one account."""

from __future__ import annotations

import datetime as dt

import click

from tierlang.cli.settings import as_of_option, input_options, limit_options, set_option, settings_of

EXAMPLES = """
\b
Examples:
  tierlang explain rulesets/saas_abm/saas_abm.tier rulesets/saas_abm/accounts.csv A-00002
  tierlang explain rulesets/saas_abm/saas_abm.tier rulesets/saas_abm/accounts.csv A-00002 --set one_seats=30
"""


@click.command("explain", epilog=EXAMPLES)
@click.argument("rules", type=click.Path(exists=True, dir_okay=False))
@click.argument("accounts", type=click.Path(allow_dash=True))
@click.argument("key")
@as_of_option
@set_option
@input_options
@limit_options
@click.option(
    "--rejects", type=click.Path(dir_okay=False), help="Write rows with bad cells to this file, and go on without them."
)
def command(
    rules: str,
    accounts: str,
    key: str,
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

    The tiers tried and why not, each line of each score (earned, not earned, or unknown for want of a field), weights, exclusions,
    pins, capacities, and the fields that were read. All of ACCOUNTS is evaluated, since tops and capacities depend on the others.
    """
    from tierlang.cli.database import Limits
    from tierlang.cli.evaluation import Request, compiled, evaluated, read_options
    from tierlang.cli.one_account import ending_of, missing_key, trace_of
    from tierlang.cli.results import keep_apart, keep_from_result
    from tierlang.cli.terminal import console
    from tierlang.reports.explained import print_explained
    from tierlang.reports.remarks import aside

    keep_from_result(rejects, None)
    keep_apart({"the rules": rules, "the accounts": accounts, "the rejects": rejects})
    program = compiled(rules, settings_of(settings))
    today = as_of or dt.date.today()
    options = read_options(input_format, encoding, separator)
    request = Request(program, accounts, today, options, Limits(threads, memory_limit), rejects=rejects)
    with evaluated(request, console(err=True), quiet=False) as placed:
        placed.watch.phase("Looking up the account")
        inside = placed.result.inside(key)
        if inside is None:
            raise missing_key(placed, key)
        trace = trace_of(placed, program, inside, today)
        ending = ending_of(placed, program, inside, today)
        rejected = placed.rejected
    print_explained(console(err=False), program, trace, ending)
    if rejected and rejects:
        click.echo(f"\n{aside(rejected, rejects)}", err=True)
