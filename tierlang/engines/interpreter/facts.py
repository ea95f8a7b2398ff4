"""What the interpreter knows about one account while it works on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from tierlang.program.holdings import DAYS_IN_TIER, HELD_TIER, Holding, Past
from tierlang.program.nodes import Program
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind, Value


@attrs.frozen
class Event:
    """One event of an account: its day, and the values of its type's fields; a field that is not among them is missing."""

    at: dt.date
    values: Mapping[str, Value] = attrs.field(factory=dict)
    key: str | None = None


@attrs.frozen
class Observation:
    """One observation of a signal: its day, and the value from that day on."""

    at: dt.date
    value: Value


@attrs.frozen
class Account:
    """One account: its key and the values of its fields; a field that is not among them is missing. Its events by type, its observations by signal."""

    key: str
    values: Mapping[str, Value]
    events: Mapping[str, tuple[Event, ...]] = attrs.field(factory=dict)
    signals: Mapping[str, tuple[Observation, ...]] = attrs.field(factory=dict)


@attrs.frozen
class Memory:
    """What the ledger knows of one account: what it holds, and what was observed of its scores, by name."""

    holding: Holding | None = None
    scores: Mapping[str, tuple[tuple[dt.date, int | None], ...]] = attrs.field(factory=dict)


@attrs.define
class Facts:
    """The inputs of one account, what was found of it so far, and the words of whatever went out of bounds, in program order.

    `attributes` are those of the one event, or observation, that an expression is asked about. `tiers` has the account's tier on each ladder,
    by the ladder's position, as far as it is placed. `memory` is None in a run that knows no past.
    """

    program: Program
    account: Account
    as_of: dt.date
    inputs: Mapping[str, Value]
    defined: dict[str, Value] = attrs.field(factory=dict)
    faults: list[str] = attrs.field(factory=list)
    attributes: Mapping[str, Value] = attrs.field(factory=dict)
    tiers: dict[int, str | None] = attrs.field(factory=dict)
    memory: Memory | None = None

    @property
    def key(self) -> str:
        """The account's key."""
        return self.account.key

    @property
    def holding(self) -> Holding | None:
        """What the account holds; None for nothing, and where no past is known."""
        return None if self.memory is None else self.memory.holding

    def about(self, attributes: Mapping[str, Value]) -> Facts:
        """The same account, with one of its events or observations in view."""
        return Facts(
            self.program,
            self.account,
            self.as_of,
            self.inputs,
            self.defined,
            self.faults,
            attributes,
            self.tiers,
            self.memory,
        )

    def aside(self) -> Facts:
        """The same account, for a question whose faults are nobody's."""
        return attrs.evolve(self, faults=[])


def memory_of(past: Past | None, key: str, program: Program) -> Memory | None:
    """What the past says of the account of this key."""
    if past is None:
        return None
    return Memory(
        past.holdings.get(key), {score.name: past.scores.get((key, score.name), ()) for score in program.scores}
    )


def facts_of(program: Program, account: Account, as_of: dt.date, memory: Memory | None = None) -> Facts:
    """The account as the rules see it: its key is an input like its fields, and tags are never missing."""
    inputs: dict[str, Value] = {program.key.name: account.key}
    for field in program.fields:
        value = account.values.get(field.name)
        inputs[field.name] = () if value is None and field.kind is Kind.TAGS else value
    facts = Facts(program, account, as_of, inputs, memory=memory)
    holding = facts.holding
    tier = None if holding is None else holding.tier
    facts.defined[HELD_TIER] = tier or ""
    facts.defined[DAYS_IN_TIER] = None if tier is None or holding is None else (as_of - holding.since).days * SCALE
    return facts
