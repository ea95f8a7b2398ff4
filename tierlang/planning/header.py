"""The head of a plan: what it was made from, what it would do in numbers, and what comes next. It is the first line of a plan file, and all that is shown of it besides single accounts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import attrs

from tierlang.planning.figures import Figures
from tierlang.planning.plain_data import plain
from tierlang.program.outcome import Seats

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
class TriggerNote:
    """A trigger of the rules: what people call it, whose it is, and who has to approve its moves (the name, and what people are shown)."""

    name: str
    shown: str
    direction: str
    owner: str | None = None
    approver: str | None = None
    approver_shown: str | None = None


@attrs.frozen
class Due:
    """What the calendar brings next. `settled`: cool-downs that end, by day, with the holders concerned; `pins`: keys whose pins end, with the last day."""

    review: dt.date | None = None
    freeze_ends: dt.date | None = None
    settled: tuple[tuple[dt.date, int], ...] = ()
    pins: tuple[tuple[str, dt.date], ...] = ()


@attrs.frozen
class Head:
    """One plan. `tiers` are names and labels, from the best. `arguments` are the other options that decide what is read; `folder` is where the plan was made.
    `accounts` is the number of accounts read, `excluded` of those that an exclusion takes (holders or not), `aside` of the rows that were left aside."""

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
    triggers: tuple[TriggerNote, ...] = ()
    seats: tuple[Seats, ...] = ()
    due: Due = attrs.field(factory=Due)
    excluded: int = 0
    aside: int = 0
    arguments: tuple[tuple[str, str], ...] = ()
    folder: str = ""
    tierlang: str = ""

    @property
    def first(self) -> bool:
        """Whether it is the first of its ledger."""
        return self.ledger.run is None

    def trigger(self, name: str | None) -> TriggerNote | None:
        """What is known of a trigger."""
        return next((each for each in self.triggers if each.name == name), None)


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
