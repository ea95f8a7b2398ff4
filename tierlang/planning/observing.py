"""What a run observed that the ledger does not know yet: scores and signals whose values are others than those last recorded."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.planning.sql import identifier, literal
from tierlang.program.nodes import Program
from tierlang.program.values import Kind


@attrs.frozen
class Observed:
    """One score or signal: its name, its value now, the value last recorded (both as expressions of one type)."""

    name: str
    now: str
    before: str

    @property
    def changed(self) -> str:
        """Whether the value is another one; a missing one that was never there is none."""
        return f"{self.now} IS DISTINCT FROM {self.before}"


def text_of_signal(kind: Kind, value: str) -> str:
    """A signal's value as the ledger keeps it: numbers as plain decimals without zeros at their end."""
    if kind.is_numeric and kind is not Kind.WHOLE:
        return f"rtrim(rtrim(CAST({value} AS DECIMAL(18,4))::VARCHAR, '0'), '.')"
    return f"{value}::VARCHAR"


def changes(observed: Sequence[Observed], kind: str) -> str:
    """A map from the names of those that changed to their values now; `kind` is the type of the values."""
    empty = f"MAP {{}}::MAP(VARCHAR, {kind})"
    if not observed:
        return empty
    entries = ", ".join(
        f"CASE WHEN {each.changed} THEN {{'key': {literal(each.name)}, 'value': {each.now}::{kind}}} END"
        for each in observed
    )
    names = ", ".join(literal(each.name) for each in observed)
    values = ", ".join(f"{each.now}::{kind}" for each in observed)
    none = " OR ".join(each.changed for each in observed)
    every = " AND ".join(each.changed for each in observed)
    some = f"map_from_entries(list_filter([{entries}], lambda each: each IS NOT NULL))"
    return f"CASE WHEN NOT ({none}) THEN {empty} WHEN {every} THEN MAP([{names}], [{values}]) ELSE {some} END"


def any_change(observed: Sequence[Observed]) -> str:
    """Whether something changed."""
    return " OR ".join(each.changed for each in observed) or "false"


def score_column(name: str) -> str:
    """The column of the decided accounts with a score."""
    return identifier(f"score {name}")


def signal_column(program: Program, name: str) -> str:
    """The text of the column of the decided accounts with a signal."""
    kind = next(signal.kind for signal in program.signals if signal.name == name)
    return text_of_signal(kind, identifier(f"signal {name}"))
