"""One `apply`, from the file to what is said at its end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import attrs
import click
import duckdb

from tierlang.cli import applying
from tierlang.cli.applying import Ready, Word
from tierlang.cli.database import Limits
from tierlang.cli.evaluation import working
from tierlang.cli.failure import Failure
from tierlang.cli.progress import Watch
from tierlang.cli.terminal import console
from tierlang.ledger.run import Recorded
from tierlang.planning.approving import approval, awaited
from tierlang.planning.movers import groups
from tierlang.planning.planfile import begin_reading, load_plan
from tierlang.reports.applied import applied_lines, waiting_lines
from tierlang.reports.plan import print_plan


@attrs.frozen
class Session:
    """What was said on the command line."""

    path: str
    approvals: tuple[str, ...]
    override: str | None
    by: str | None
    threads: int | None
    memory: str | None

    @property
    def _word(self) -> Word:
        asked = tuple(dict.fromkeys(approval(text) for text in self.approvals))
        return Word(asked, self.override, self.by)

    @contextmanager
    def _opened(self) -> Iterator[tuple[duckdb.DuckDBPyConnection, Watch, Ready]]:
        """The plan beside rules and data as they are, once all of it has been found as it was written; that takes as long as the rest, so both are done at once."""
        limits = Limits(self.threads, self.memory)
        with (
            working(limits, console(err=True), with_facts=False) as (connection, watch),
            ThreadPoolExecutor(1) as aside,
        ):
            watch.phase("Reading the plan")
            head, check = begin_reading(self.path)
            checked = aside.submit(check)
            plan = applying.ready(head)
            checked.result()
            yield connection, watch, plan

    def apply(self) -> None:
        """Carry it out, and say what was done."""
        with self._opened() as (connection, watch, plan):
            run = self._applied_by(connection, plan)
            if run is None:
                load_plan(connection, self.path)
                plan = attrs.evolve(plan, head=applying.decided(connection, plan, self._word))
                applying.judge(plan.head, self._word)
                watch.phase("Writing the ledger")
                recorded, run = applying.carry_out(connection, plan, self._word, self.path)
                lines = [] if recorded is None else self._said(connection, plan, recorded)
        if run is not None:
            self._say_applied(plan, run)
        else:
            click.echo("\n".join(lines))

    def rehearse(self, most: int | None) -> None:
        """Show what would be done; whatever keeps it from being done ends in a Failure, after the picture."""
        with self._opened() as (connection, _, plan):
            head = plan.head
            run, since = applying.applied_by_run(connection, plan)
            load_plan(connection, self.path)
            if plan.compiles:
                head = applying.decided(connection, plan, self._word)
            shown = groups(connection, head.figures, most)
        changes = [*plan.stale, *([since] if since else [])]
        ending = []
        if run is not None:
            ending = [f"This plan was applied: it is run {run} of {head.ledger.path}."]
        elif not changes and not applying.too_far(head, self._word):
            ending = ["Nothing was changed. It can be applied."]
        print_plan(console(err=False), head, shown, ending)
        if run is None and changes:
            raise applying.stale(self.path, changes)
        if run is None:
            applying.judge(head, self._word)

    def _applied_by(self, connection: duckdb.DuckDBPyConnection, plan: Ready) -> int | None:
        """The run that applied the plan, so that there is nothing more to do; raises a Failure where the plan is out of date."""
        run, since = applying.applied_by_run(connection, plan)
        changes = [*plan.stale, *([since] if since else [])]
        if run is None and changes:
            raise applying.stale(self.path, changes)
        return run

    def _say_applied(self, plan: Ready, run: int) -> None:
        click.echo(f"This plan was applied already: it is run {run} of {plan.head.ledger.path}. Nothing was changed.")
        if self.approvals:
            raise Failure("nothing more can be approved in it: plan again, and approve it there")

    def _said(self, connection: duckdb.DuckDBPyConnection, plan: Ready, recorded: Recorded) -> list[str]:
        overridden = self.override if plan.head.figures.breaker.open else None
        waiting = [(each.trigger, each.accounts) for each in awaited(connection, plan.program)]
        return [*applied_lines(plan.head, recorded, overridden, given=self.override), *waiting_lines(waiting)]
