"""`python -m tests.bench`: measure, show the table, and write it into the docs if asked."""

from __future__ import annotations

import os
from pathlib import Path

import click
from rich.console import Console

from tests.bench import tables
from tests.bench.contest import hold
from tests.bench.measure import ROOT, ChildFailedError, python, run
from tests.bench.workloads import (
    ENGINE_ROWS,
    FULL_EVENT_SIZES,
    FULL_PAST,
    FULL_SIZES,
    QUICK_EVENT_SIZES,
    QUICK_PAST,
    QUICK_SIZES,
    Workload,
    engines,
    event_workloads,
    file_workloads,
    lint,
    over_time,
    start_up,
)


@click.command()
@click.option("--quick", is_flag=True, help="100,000 and 1,000,000 accounts instead of 1 and 10 million.")
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="Workloads whose name begins so: score, top-csv, top-parquet-1m, events, plan, apply, replay, rules, fmt-startup, check, lint.",
)
@click.option(
    "--rounds", default=5, show_default=True, type=click.IntRange(min=1), help="How many times each contestant runs."
)
@click.option(
    "--markdown", type=click.Path(path_type=Path, exists=True), help="Write the measured table into this page."
)
def main(quick: bool, only: tuple[str, ...], rounds: int, markdown: Path | None) -> None:
    """Measure tierlang against hand-written queries and rule engines, in turns, as ratios."""
    console = Console()
    if not console.is_terminal:
        console.width = 180
    load = os.getloadavg()[0]
    data = ROOT / "bench-data"
    sizes = QUICK_SIZES if quick else FULL_SIZES
    past = QUICK_PAST if quick else FULL_PAST
    with_events = QUICK_EVENT_SIZES if quick else FULL_EVENT_SIZES
    run(python("-m", "tests.bench.texts", str(data)))
    everything = [
        *start_up(data),
        lint(data),
        engines(data),
        *(each for rows in sizes for each in file_workloads(data, rows)),
        *(each for rows in with_events for each in event_workloads(data, rows)),
        *over_time(data, past),
    ]
    chosen = [each for each in everything if not only or each.name.startswith(only)]
    if not chosen:
        raise click.UsageError(f"no workload is called so; there are {', '.join(each.name for each in everything)}")
    console.print("Making the accounts (once) …")
    needed = sorted({each.rows for each in chosen if each.rows} | {ENGINE_ROWS})
    eventful = sorted({each.rows for each in chosen if each.name.startswith("events")})
    run(python("-m", "tests.bench.generate", str(data), *map(str, needed), "events", *map(str, eventful)))
    if any(each.name.startswith(("plan", "apply", "replay")) for each in chosen):
        console.print("Making their past (once) …")
        run(python("-m", "tests.bench.pasts", str(data), str(past)))
    findings = []
    for workload in chosen:
        console.print(f"{workload.name} …")
        try:
            findings += hold(workload, _rounds(workload, rounds))
        except ChildFailedError as failure:
            console.print(f"[red]{workload.name} could not be measured[/]", str(failure), sep="\n", highlight=False)
    tables.show(console, findings)
    if markdown is not None:
        tables.replace_measured(markdown, tables.markdown(findings, rounds, load))


def _rounds(workload: Workload, rounds: int) -> int:
    """Short processes need more rounds for a steady median."""
    short = workload.rows <= ENGINE_ROWS and not workload.in_process and workload.name != "lint"
    return rounds * 3 if short else rounds


if __name__ == "__main__":
    main()
