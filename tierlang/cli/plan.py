"""`tierlang plan`: what a run would change, looked at before anything is changed."""

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
  tierlang plan saas_abm.tier accounts.csv --events events.csv --signals signals.csv --ledger tiers.ledger
  tierlang plan saas_abm.tier accounts.csv --events events.csv --signals signals.csv --ledger tiers.ledger -o plan.json
  tierlang apply plan.json

Exit status: 0 there is a plan, whatever it says; 2 there could be none.
"""

SHOWN = 10
"""So many accounts of each group are shown, unless all are asked for."""


@click.command("plan", epilog=EXAMPLES)
@click.argument("rules", type=click.Path(exists=True, dir_okay=False))
@click.argument("accounts", type=click.Path(allow_dash=True))
@click.option(
    "--ledger",
    required=True,
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="The ledger that remembers who holds which tier. There need be none yet: the first plan starts from nothing.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Save the plan here, for `tierlang apply`; packed if the name ends in .gz or .zst.",
)
@fact_options
@as_of_option
@set_option
@click.option(
    "--all", "everyone", is_flag=True, help=f"Show every account of the plan, not the first {SHOWN} of each group."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text shows the plan; json writes its head: the numbers, the matrix, what it was made from.",
)
@click.option("--was", metavar="NAME", help="The name that the ruleset had in the ledger, if it has another one now.")
@rejects_option
@input_options
@limit_options
@click.option("-q", "--quiet", is_flag=True, help="Show nothing; for use with --output.")
def command(
    rules: str,
    accounts: str,
    ledger: str,
    output: str | None,
    events: tuple[tuple[str | None, str], ...],
    signals: tuple[tuple[str | None, str], ...],
    as_of: dt.date | None,
    settings: tuple[tuple[str, str], ...],
    everyone: bool,
    form: str,
    was: str | None,
    rejects: str | None,
    input_format: str | None,
    encoding: str | None,
    separator: str | None,
    quiet: bool,
    memory_limit: str | None,
    threads: int | None,
) -> None:
    """Show what a run would change beside a ledger: who moves and why, who waits for what, who is new, excluded or absent.

    The run is a review if one is due by the rules; else only triggers, pins and exclusions move accounts. Nothing is changed: the plan
    is shown, and saved with --output. `tierlang apply` carries out a saved plan, if rules, data and ledger are still the same.
    """
    from tierlang.cli.asked import Files, requested
    from tierlang.cli.database import Limits
    from tierlang.cli.evaluation import read_options
    from tierlang.cli.plan_showing import ending_of, show_head
    from tierlang.cli.planning_run import Planning, arguments_of, check_places, planned_in
    from tierlang.cli.terminal import console
    from tierlang.planning.movers import groups
    from tierlang.planning.planfile import write_plan
    from tierlang.reports.plan import print_plan

    files = Files(rules, accounts, events, signals, output, rejects)
    check_places(files, ledger)
    pairs = settings_of(settings)
    options = read_options(input_format, encoding, separator)
    request = requested(files, pairs, as_of, options, Limits(threads, memory_limit))
    arguments = arguments_of(options, rejects)
    planning = Planning(request, rules, ledger, tuple(pairs.items()), arguments, was)
    with planned_in(planning, console(err=True), quiet=quiet) as made:
        if output is not None:
            made.placed.watch.phase("Saving the plan")
            write_plan(made.connection, made.head, output)
        shown = (
            () if quiet or form == "json" else groups(made.connection, made.head.figures, None if everyone else SHOWN)
        )
        head = made.head
    if quiet:
        return
    if form == "json":
        show_head(head, err=output == "-")
    else:
        print_plan(console(err=output == "-"), head, shown, ending_of(head, output))
