"""`tierlang eval`: a tier, its reason and the scores for every account of a file."""

from __future__ import annotations

import datetime as dt

import click

from tierlang.cli.columns import asked_for
from tierlang.cli.settings import (
    as_of_option,
    fact_options,
    input_options,
    limit_options,
    rejects_option,
    set_option,
    settings_of,
)

FORMATS = ("csv", "parquet", "jsonl")

EXAMPLES = """
\b
Examples, in the folder rulesets/saas_abm:
  tierlang eval saas_abm.tier accounts.csv --events events.csv --signals signals.csv
  tierlang eval saas_abm.tier accounts.csv --events events.csv --signals signals.csv -o tiers.parquet
  tierlang eval saas_abm.tier accounts.csv --events events.csv --signals signals.csv --columns key,tier,reason
  gzip -c accounts.csv | tierlang eval saas_abm.tier - --events events.csv --signals signals.csv > tiers.csv
"""


@click.command("eval", epilog=EXAMPLES)
@click.argument("rules", type=click.Path(exists=True, dir_okay=False))
@click.argument("accounts", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    help="The result file; its suffix says the format. Default: CSV on standard output.",
)
@fact_options
@as_of_option
@set_option
@click.option("--columns", metavar="LIST", help="Result columns and account fields to write, separated by commas.")
@rejects_option
@click.option(
    "--split-by", type=click.Choice(["tier"]), help="Write one file per tier into the folder named by --output."
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="The format of the result, where the suffix does not say it."
)
@input_options
@limit_options
@click.option("-q", "--quiet", is_flag=True, help="No summary and no progress.")
def command(
    rules: str,
    accounts: str,
    output: str | None,
    events: tuple[tuple[str | None, str], ...],
    signals: tuple[tuple[str | None, str], ...],
    as_of: dt.date | None,
    settings: tuple[tuple[str, str], ...],
    columns: str | None,
    rejects: str | None,
    split_by: str | None,
    form: str | None,
    quiet: bool,
    input_format: str | None,
    encoding: str | None,
    separator: str | None,
    memory_limit: str | None,
    threads: int | None,
) -> None:
    """Place every account of ACCOUNTS by the rules of RULES.

    ACCOUNTS and the files of events and signals are CSV, Parquet or JSON lines, plain or compressed with gzip or zstd; - reads
    standard input. The result goes to standard output or to the file named by --output, which appears whole or not at all. A summary
    goes to standard error.
    """
    from tierlang.cli.asked import Files, requested
    from tierlang.cli.database import Limits
    from tierlang.cli.evaluation import evaluated, plain_failures, read_options
    from tierlang.cli.results import plan_results, write_results
    from tierlang.cli.terminal import console
    from tierlang.reports.summary import print_summary

    names = asked_for(columns)
    with plain_failures():
        plan = plan_results(output, form, split=split_by is not None)
    files = Files(rules, accounts, events, signals, output, rejects)
    options = read_options(input_format, encoding, separator)
    request = requested(files, settings_of(settings), as_of, options, Limits(threads, memory_limit), names)
    screen = console(err=True)
    with evaluated(request, screen, quiet=quiet) as placed:
        placed.watch.phase("Writing the result")
        write_results(placed, request.program, plan)
        summary, run = placed.result.summary, placed.run
    if not quiet:
        print_summary(screen, request.program, summary, run)
        if plan.said:
            click.echo(f"\n {plan.said}", err=True)
