"""`tierlang replay`: a past of dated snapshots under these rules, and under others."""

from __future__ import annotations

import click

from tierlang.cli.settings import fact_options, input_options, limit_options, set_option, settings_of

EXAMPLES = """
\b
Examples, in the folder rulesets/saas_abm:
  tierlang replay saas_abm.tier year --events year/events.csv --signals year/signals.csv
  tierlang replay saas_abm.tier accounts.csv --dates 2026-09-01,2026-10-01 --events events.csv --signals signals.csv
  tierlang replay saas_abm.tier year/2026-10-01.csv 2026-11-15=year/2026-11-01.csv --events year/events.csv --signals year/signals.csv
"""


@click.command("replay", epilog=EXAMPLES)
@click.argument("rules", type=click.Path(exists=True, dir_okay=False))
@click.argument("snapshots", nargs=-1, required=True, metavar="SNAPSHOTS...")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False),
    metavar="OTHER",
    help="Replay the same past under these rules too, and show what differs.",
)
@click.option(
    "--dates",
    multiple=True,
    metavar="DATES",
    help="The days to run on, where they are not those of the snapshots: days with commas between them, or `2026-01-31..2026-12-31"
    " every month`. Each sees the latest snapshot that is not after it. May be repeated.",
)
@fact_options
@set_option
@click.option(
    "--back-within",
    metavar="TIME",
    default="2 quarters",
    show_default=True,
    help="How soon a return to a tier counts as going back and forth: `90 days`, `2 quarters`, `2 reviews`.",
)
@click.option("--no-approvals", is_flag=True, help="Nobody approves anything: moves that need it wait for ever.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False),
    help="Leave rows with bad cells aside and go on: with --rejects bad.csv those of 2026-10-01 go to bad.2026-10-01.csv, those of orders.csv to bad.orders.csv.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="Also write every stay in a tier to this file (CSV, Parquet or JSON lines, by its suffix).",
)
@click.option("--ledger", type=click.Path(dir_okay=False), help="Keep the ledger of the replay in this new file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for people (the default), json for machines.",
)
@input_options
@limit_options
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(
    rules: str,
    snapshots: tuple[str, ...],
    against: str | None,
    dates: tuple[str, ...],
    events: tuple[tuple[str | None, str], ...],
    signals: tuple[tuple[str | None, str], ...],
    settings: tuple[tuple[str, str], ...],
    back_within: str,
    no_approvals: bool,
    rejects: str | None,
    output: str | None,
    ledger: str | None,
    form: str,
    input_format: str | None,
    encoding: str | None,
    separator: str | None,
    memory_limit: str | None,
    threads: int | None,
    quiet: bool,
) -> None:
    """Play the past through by the rules: a plan and an apply for every dated file of accounts.

    SNAPSHOTS are files with a date in their name (2026-10-01.csv), DATE=FILE, or folders of such files. Each is what was known on its day; events
    and signals are given once, as one history, of which a run sees what was there on its day. The report shows date by date what was reviewed and
    moved, how large the tiers were, how long accounts stayed, which went back and forth, and how full the capacities became.

    Moves that somebody has to approve are taken as approved, and the breaker stops nothing (it is said where it would have). No ledger is read or
    changed; --ledger keeps the one that the replay makes.
    """
    from tierlang.cli.replay_command import Asked, run

    run(
        Asked(
            rules=rules,
            snapshots=snapshots,
            against=against,
            dates=dates,
            events=events,
            signals=signals,
            settings=settings_of(settings),
            back_within=back_within,
            approvals=not no_approvals,
            rejects=rejects,
            output=output,
            ledger=ledger,
            json=form == "json",
            input_format=input_format,
            encoding=encoding,
            separator=separator,
            memory_limit=memory_limit,
            threads=threads,
            quiet=quiet,
        )
    )
