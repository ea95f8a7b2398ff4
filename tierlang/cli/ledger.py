"""`tierlang ledger`: look at a ledger, verify it, write it out. Nothing here changes it."""

from __future__ import annotations

import datetime as dt
import sys

import click

from tierlang.cli.settings import day, limit_options
from tierlang.ledger.showing import EXPORTED

FORMATS = ("csv", "parquet", "jsonl")
FIRST = 20

EXAMPLES = """
\b
Examples, after a plan was applied in the folder rulesets/saas_abm:
  tierlang ledger runs tiers.ledger
  tierlang ledger holders tiers.ledger --as-of 2026-12-31 --tier one
  tierlang ledger verify tiers.ledger
  tierlang ledger export tiers.ledger assignments -o assignments.parquet

Exit status: 0 all well, 1 verify found problems, 2 it could not be done.
"""

_there = click.argument("ledger", type=click.Path(exists=True, dir_okay=False))
_output = click.option(
    "-o", "--output", type=click.Path(), help="The file; its suffix says the format. Default: standard output."
)
_form = click.option(
    "--format", "form", type=click.Choice(FORMATS), help="The format, where the suffix does not say it. Default: CSV."
)


class Commands(click.Group):
    """The group; a ledger in the place of a command is met with what was meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            names = ", ".join(self.commands)
            raise click.UsageError(f"Say first what to do: {names}. For example: tierlang ledger runs {args[-1]}", ctx)
        return super().resolve_command(ctx, args)


@click.group("ledger", cls=Commands, epilog=EXAMPLES)
def command() -> None:
    """Look at a ledger: its runs, who held what on any day, whether it is whole, and its tables as files."""


@command.command("runs")
@_there
@_output
@_form
def runs(ledger: str, output: str | None, form: str | None) -> None:
    """Show the runs of LEDGER: when, what sort, how many accounts were new, moved or closed, and who applied it.

    In a pipe, and with --output, it is a table of CSV (or another format).
    """
    from tierlang.cli.ledger_reading import opened, told_runs, written
    from tierlang.cli.terminal import console
    from tierlang.ledger.showing import runs as select
    from tierlang.reports.ledger import print_runs

    with opened(ledger) as connection:
        if _for_people(output, form):
            print_runs(console(err=False), ledger, told_runs(connection))
        else:
            written(connection, select("ledger"), output, form)


@command.command("holders")
@_there
@click.option("--as-of", type=day, metavar="DATE", help="Who held what on this day. Default: now.")
@click.option("--tier", metavar="TIER", help="Only those of this tier; `untiered` for those in no tier.")
@_output
@_form
@limit_options
def holders(
    ledger: str,
    as_of: dt.date | None,
    tier: str | None,
    output: str | None,
    form: str | None,
    memory_limit: str | None,
    threads: int | None,
) -> None:
    """Show who holds which tier, since when and why; now, or on any day.

    Tiers have the names that they have today, on every day. On a terminal the first accounts are shown; a pipe, or --output, gets them all.
    """
    from tierlang.cli.database import Limits
    from tierlang.cli.ledger_reading import chosen_holders, opened, told_holders, written
    from tierlang.cli.terminal import console
    from tierlang.reports.ledger import print_holders

    with opened(ledger, Limits(threads, memory_limit)) as connection:
        select = chosen_holders(connection, ledger, as_of, tier)
        if _for_people(output, form):
            print_holders(console(err=False), ledger, told_holders(connection, select, as_of, FIRST))
        else:
            written(connection, f"SELECT * FROM ({select}) ORDER BY account", output, form)


@command.command("verify")
@_there
@limit_options
def verify(ledger: str, memory_limit: str | None, threads: int | None) -> None:
    """Look at everything in LEDGER: every move must follow from the one before, and every fingerprint must match.

    What is wrong is shown with its run and account; the exit status is then 1.
    """
    from tierlang.cli.database import Limits
    from tierlang.cli.ledger_reading import opened
    from tierlang.ledger.verify import verify as verified
    from tierlang.reports.ledger import verified_lines

    with opened(ledger, Limits(threads, memory_limit)) as connection:
        verdict = verified(connection)
    click.echo("\n".join(verified_lines(ledger, verdict)))
    if verdict.found:
        click.get_current_context().exit(1)


@command.command("export")
@_there
@click.argument("table", type=click.Choice(EXPORTED), metavar="TABLE")
@_output
@_form
@limit_options
def export(
    ledger: str, table: str, output: str | None, form: str | None, memory_limit: str | None, threads: int | None
) -> None:
    """Write a table or view of LEDGER: CSV, Parquet or JSON lines, in a fixed order.

    TABLE is `holders` or `assignments`, which most people want, or about, runs, rules, moves, observations, overrides, renames, names, standing:
    docs/ledger.md describes them all. The file appears whole or not at all.
    """
    from tierlang.cli.database import Limits
    from tierlang.cli.ledger_reading import is_flat, opened, written
    from tierlang.ledger.showing import everything_of

    with opened(ledger, Limits(threads, memory_limit)) as connection:
        select = everything_of("ledger", table, flat=is_flat(output, form))
        written(connection, select, output, form)


def _for_people(output: str | None, form: str | None) -> bool:
    """Whether somebody looks at a terminal; a file, a pipe or a format asked for gets all columns and rows."""
    return output is None and form is None and sys.stdout.isatty()
