"""One run as it goes into a ledger, and what came of it."""

from __future__ import annotations

import datetime as dt

import attrs

from tierlang.program.holdings import Occasion


@attrs.frozen
class Approval:
    """`--approve TRIGGER` or `--approve TRIGGER:KEY`: the moves of a trigger were approved, all or that of one account."""

    trigger: str
    key: str | None = None


@attrs.frozen
class NewRun:
    """A run that is about to be recorded. `plan`, `rules`, `data` are the plan's id and the fingerprints of rules and data; `texts` the rule files (path, text), the ruleset's own first.

    `arguments` is JSON, `override` why the breaker was overridden. `applied_at` (UTC) and `applied_by` are the only things that a clock or a machine decides, and no fingerprint knows them.
    """

    plan: str
    as_of: dt.date
    occasion: Occasion
    rules: str
    data: str
    applied_at: dt.datetime
    applied_by: str
    texts: tuple[tuple[str, str], ...] = ()
    arguments: str = "{}"
    approvals: tuple[Approval, ...] = ()
    override: str | None = None


@attrs.frozen
class Recorded:
    """What became of it: the run's number, its fingerprint, and how many rows of `moves` there are of each kind."""

    run: int
    fingerprint: str
    assigned: int
    moved: int
    closed: int
    stayed: int
    observations: int
