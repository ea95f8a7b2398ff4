"""Carrying out a saved plan: is all still as it was, who approves what, is it too much at once; then one transaction."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import json
import os
from collections.abc import Sequence

import attrs
import duckdb

from tierlang.cli.failure import Failure, plain_words
from tierlang.cli.hashing import sha256_of
from tierlang.files import UnreadableError
from tierlang.ledger.attached import attached
from tierlang.ledger.errors import LedgerError
from tierlang.ledger.head import applied, head
from tierlang.ledger.record import record
from tierlang.ledger.run import Approval, NewRun, Recorded
from tierlang.pipeline import Loaded, load
from tierlang.planning.approving import approve, check_approvals
from tierlang.planning.columns import PLANNED
from tierlang.planning.counting import counted
from tierlang.planning.header import Head
from tierlang.program.fingerprint import fingerprint
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Freeze, Program
from tierlang.reports.plan_words import breaker_words

CATALOG = "ledger"


@attrs.frozen
class Word:
    """What a person says to `apply`: the approvals, why the breaker is overridden, and the person's name (None: the account on the machine)."""

    approvals: tuple[Approval, ...] = ()
    override: str | None = None
    by: str | None = None


@attrs.frozen
class Ready:
    """A plan with the rules that it was made under; `stale` says what is not any more as it was."""

    head: Head
    loaded: Loaded | None
    folder: str
    stale: tuple[str, ...]

    @property
    def compiles(self) -> bool:
        """Whether the rules still mean something."""
        return self.loaded is not None and self.loaded.program is not None

    @property
    def program(self) -> Program:
        """The rules as meant."""
        assert self.loaded is not None
        assert self.loaded.program is not None
        return self.loaded.program

    @property
    def ledger(self) -> str:
        """Where the ledger is."""
        return os.path.join(self.folder, self.head.ledger.path)


def ready(plan: Head) -> Ready:
    """The plan beside rules and data as they are now. Its paths count from this folder, or, if the rules are not here, from the one it was made in."""
    folder = "" if os.path.isfile(plan.rules.path) or not os.path.isdir(plan.folder) else plan.folder
    loaded, stale = _rules(plan, folder)
    stale += [words for each in plan.inputs if each.again and (words := _changed(folder, each.path, each.sha256))]
    return Ready(plan, loaded, folder, tuple(stale))


def _rules(plan: Head, folder: str) -> tuple[Loaded | None, list[str]]:
    path = plan.rules.path
    try:
        loaded = load(os.path.join(folder, path), dict(plan.rules.settings))
    except UnreadableError as problem:
        return None, [f"the rules {path} cannot be read: {problem.why}"]
    if loaded.program is None:
        return None, [f"the rules {path} have changed and do not compile any more; see tierlang check {path}"]
    same = fingerprint(loaded.program) == plan.rules.fingerprint
    return loaded, [] if same else [f"the rules {path} have changed"]


def _changed(folder: str, path: str, sha256: str) -> str | None:
    try:
        same = sha256_of(os.path.join(folder, path)) == sha256
    except OSError as problem:
        return f"the file {path} cannot be read any more: {plain_words(problem).removeprefix(f'{path}: ')}"
    return None if same else f"the file {path} has changed"


def applied_by_run(connection: duckdb.DuckDBPyConnection, plan: Ready) -> tuple[int | None, str | None]:
    """The run that applied the plan, if one did; else what has happened to the ledger since the plan was made, if something has."""
    with attached(connection, plan.ledger, write=False):
        return _look(connection, plan)


def _look(connection: duckdb.DuckDBPyConnection, plan: Ready) -> tuple[int | None, str | None]:
    run = applied(connection, CATALOG, plan.head.plan)
    if run is not None:
        return run, None
    last, before = head(connection, CATALOG), plan.head.ledger
    if (None if last is None else last.fingerprint) == before.fingerprint:
        return None, None
    if last is None:
        return None, f"the ledger {before.path} is not there any more, or another one"
    if before.run is None or last.run > before.run:
        return None, f"another plan was applied to {before.path} since: run {last.run}, as of {last.as_of}"
    return None, f"{before.path} is not the ledger any more that it was made for"


def stale(path: str, changes: Sequence[str]) -> Failure:
    """Why the plan at the path cannot be applied."""
    lines = [f"  {each}" for each in changes]
    return Failure("\n".join([f"the plan {path} is out of date, and nothing was changed:", *lines, "Plan again."]))


def decided(connection: duckdb.DuckDBPyConnection, plan: Ready, word: Word) -> Head:
    """The plan with its approvals, in `planned` and in numbers."""
    check_approvals(connection, plan.program, word.approvals)
    approve(connection, plan.program, plan.head.as_of, word.approvals)
    stays = tuple(each for each in plan.head.figures.counts if each.act is None)
    figures = attrs.evolve(plan.head.figures, counts=(*counted(connection), *stays))
    return attrs.evolve(plan.head, figures=figures)


def too_far(plan: Head, word: Word) -> bool:
    """Whether the plan goes over the breaker and nobody has said why it may."""
    return plan.figures.breaker.open and word.override is None


def judge(plan: Head, word: Word) -> None:
    """The breaker: raises Failure where the plan goes too far."""
    if too_far(plan, word):
        raise Failure(f"the breaker keeps this plan from being applied: {breaker_words(plan)}\nNothing was changed.")


def carry_out(
    connection: duckdb.DuckDBPyConnection, plan: Ready, word: Word, path: str
) -> tuple[Recorded | None, int | None]:
    """Write the run; the ledger is looked at once more when nobody else can write it. What was written, or the run that had applied the plan by then."""
    try:
        with attached(connection, plan.ledger, write=True):
            run, since = _look(connection, plan)
            if run is not None:
                return None, run
            if since is not None:
                raise stale(path, [since])
            return record(connection, CATALOG, plan.program, _run(plan, word), PLANNED), None
    except LedgerError:
        # Somebody else may have been quicker with the very same plan, and have made the ledger.
        run, _ = applied_by_run(connection, plan)
        if run is None:
            raise
        return None, run


def _run(plan: Ready, word: Word) -> NewRun:
    made, loaded = plan.head, plan.loaded
    assert loaded is not None
    freeze = None if made.freeze is None else Freeze(made.freeze.start, made.freeze.end, made.freeze.label)
    files = [[each.role, each.name, each.sha256] for each in made.inputs]
    said = {"settings": dict(made.rules.settings), **dict(made.arguments)}
    overridden = word.override if made.figures.breaker.open else None
    return NewRun(
        plan=made.plan,
        as_of=made.as_of,
        occasion=Occasion(made.review, freeze),
        rules=made.rules.fingerprint,
        data=hashlib.sha256(json.dumps(files).encode("ascii")).hexdigest(),
        applied_at=dt.datetime.now(dt.UTC).replace(tzinfo=None),
        applied_by=word.by or _user(),
        texts=tuple((source.path, source.text) for source in loaded.sources),
        arguments=json.dumps(said, sort_keys=True, ensure_ascii=False),
        approvals=word.approvals,
        override=overridden,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
