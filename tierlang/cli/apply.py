"""`tierlang apply`: carry out one saved plan."""

from __future__ import annotations

import click

from tierlang.cli.settings import limit_options

EXAMPLES = """
\b
Examples, in the folder rulesets/saas_abm:
  tierlang plan saas_abm.tier year/2026-10-01.csv --events year/events.csv --signals year/signals.csv --as-of 2026-10-01 --ledger tiers.ledger -o plan.json
  tierlang apply plan.json --by "Helen Park"
  tierlang plan saas_abm.tier year/2026-12-01.csv --events year/events.csv --signals year/signals.csv --as-of 2026-12-01 --ledger tiers.ledger -o plan.json
  tierlang apply plan.json --approve funded --dry-run
  tierlang apply plan.json --approve funded
A plan that goes over the breaker needs a reason:
  tierlang apply plan.json --override-breaker "New model, agreed by the board in November"

Exit status: 0 applied, now or before; 2 refused, and nothing was changed.
"""

SHOWN = 10


@click.command("apply", epilog=EXAMPLES)
@click.argument("plan", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--approve",
    "approvals",
    multiple=True,
    metavar="TRIGGER[:KEY]",
    help="Approve what waits for approval: all moves of a trigger, or that of one account. May be repeated.",
)
@click.option(
    "--override-breaker",
    "override",
    metavar="REASON",
    help="Apply it though it goes over the breaker; the reason is recorded.",
)
@click.option(
    "--by", metavar="NAME", help="Who applies it, for the ledger. Default: the name of your account on this machine."
)
@click.option(
    "--dry-run", is_flag=True, help="Show the plan as it would be applied, and whether it could be; change nothing."
)
@click.option(
    "--all", "everyone", is_flag=True, help=f"With --dry-run, show every account, not the first {SHOWN} of each group."
)
@limit_options
def command(
    plan: str,
    approvals: tuple[str, ...],
    override: str | None,
    by: str | None,
    dry_run: bool,
    everyone: bool,
    memory_limit: str | None,
    threads: int | None,
) -> None:
    """Carry out the saved PLAN: record its moves in the ledger, all of them or none.

    It is refused if the rules, a file of data or the ledger have changed since it was made, or if it goes over the breaker of the rules.
    A plan that was applied already changes nothing. What waits for an approval that is not given stays where it is, and the next plan
    asks again.
    """
    from tierlang.cli.applied import Session

    for name, said in (("--override-breaker", override), ("--by", by)):
        if said is not None and not said.strip():
            raise click.UsageError(f"{name} is empty: say something")
    session = Session(plan, approvals, override, by, threads, memory_limit)
    if dry_run:
        session.rehearse(None if everyone else SHOWN)
    else:
        session.apply()
