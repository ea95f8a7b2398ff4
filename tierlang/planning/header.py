"""The head of a plan: what it was made from, what it would do in numbers, and what comes next. It is the first line of a plan file, and all that is shown of it besides single accounts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import attrs

from tierlang.planning.figures import Figures
from tierlang.planning.plain_data import plain

FORMAT = 1
"""The version of the format of plan files."""


@attrs.frozen
class Input:
    """A file that was read: what it was read as (`accounts`, `events`, `signals`), for which event or signal alone, where it is, and what it held. `again`: it can be looked at again (standard input cannot)."""

    role: str
    name: str | None
    path: str
    sha256: str
    again: bool = True


@attrs.frozen
class Rules:
    """The rules: the file as it was given, the fingerprint of what it means, and what was set."""

    path: str
    ruleset: str
    label: str | None
    version: str | None
    fingerprint: str
    settings: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class LedgerHead:
    """The ledger as it was: its path, and its last run, if there was one."""

    path: str
    run: int | None = None
    as_of: dt.date | None = None
    fingerprint: str | None = None


@attrs.frozen
class Frozen:
    """A freeze that lasts on the day of the plan."""

    start: dt.date
    end: dt.date
    label: str | None = None


@attrs.frozen
class Waiting:
    """A trigger whose moves wait for somebody: what people call it, who owns it, who has to approve (name and shown), and how many accounts."""

    trigger: str
    shown: str
    owner: str | None
    approver: str
    approver_shown: str
    accounts: int


@attrs.frozen
class SeatsUsed:
    """A capacity: its tier (None: all tiers), its words, and how many seats are used after the plan; of a sum (`summed`) in 1/10,000ths."""

    tier: str | None
    what: str
    group: str | None
    used: int
    seats: int
    minimum: int | None = None
    summed: bool = False


@attrs.frozen
class Due:
    """What the calendar brings next. `settled`: cool-downs that end, by day, with the holders concerned; `pins`: keys whose pins end, with the last day."""

    review: dt.date | None = None
    freeze_ends: dt.date | None = None
    settled: tuple[tuple[dt.date, int], ...] = ()
    pins: tuple[tuple[str, dt.date], ...] = ()


@attrs.frozen
class Head:
    """One plan. `tiers` are names and labels, from the best. `arguments` are the other options that decide what is read; `folder` is where the plan was made. `accounts` is the number of accounts read."""

    plan: str
    as_of: dt.date
    review: bool
    rules: Rules
    ledger: LedgerHead
    inputs: tuple[Input, ...]
    tiers: tuple[tuple[str, str | None], ...]
    figures: Figures
    accounts: int
    freeze: Frozen | None = None
    waiting: tuple[Waiting, ...] = ()
    seats: tuple[SeatsUsed, ...] = ()
    due: Due = attrs.field(factory=Due)
    aside: int = 0
    arguments: tuple[tuple[str, str], ...] = ()
    folder: str = ""
    tierlang: str = ""

    @property
    def first(self) -> bool:
        """Whether it is the first of its ledger."""
        return self.ledger.run is None


def plan_id(rules: Rules, ledger: LedgerHead, inputs: tuple[Input, ...], as_of: dt.date, arguments: object) -> str:
    """What identifies a plan: the rules as meant, the bytes of the files, the ledger's head, the day, the arguments. The same on every machine."""
    made_of = {
        "format": FORMAT,
        "ruleset": rules.ruleset,
        "rules": rules.fingerprint,
        "settings": plain(tuple(sorted(rules.settings))),
        "inputs": [[each.role, each.name, each.sha256] for each in inputs],
        "ledger": ledger.fingerprint,
        "as_of": plain(as_of),
        "arguments": plain(arguments),
    }
    text = json.dumps(made_of, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
