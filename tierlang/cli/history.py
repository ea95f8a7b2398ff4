"""`tierlang history`: one account's life."""

from __future__ import annotations

import click

EXAMPLES = """
\b
Examples, in the folder rulesets/saas_abm:
  tierlang replay saas_abm.tier year --events year/events.csv --signals year/signals.csv --ledger year.ledger
  tierlang history year.ledger A-00002
  tierlang history year.ledger A-00002 --format json
"""


@click.command("history", epilog=EXAMPLES)
@click.argument("ledger", type=click.Path(exists=True, dir_okay=False))
@click.argument("key")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for people (the default), json for machines.",
)
def command(ledger: str, key: str, form: str) -> None:
    """Show the life of the account KEY, as LEDGER tells it.

    Every stay in a tier with its days, why it began, on whose word, by which run and under which version of the rules; what changed without a
    move (a pin, absences); where it was closed and came back; and what its scores and signals were. What an account waited for is not in a
    ledger: it stands in the plans.
    """
    from tierlang.cli.database import Limits, database
    from tierlang.cli.evaluation import plain_failures
    from tierlang.cli.history_reading import history_of
    from tierlang.cli.terminal import console
    from tierlang.ledger.attached import attached
    from tierlang.reports.history import print_history
    from tierlang.reports.history_json import history_json

    with plain_failures(), database(Limits()) as connection, attached(connection, ledger, write=False):
        history = history_of(connection, "ledger", ledger, key)
    if form == "json":
        click.echo(history_json(history), nl=False)
    else:
        print_history(console(err=False), history)
