"""What a run observed that the ledger does not know yet: scores and signals whose values are others than those last recorded."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.planning.sql import cases, identifier, literal
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
    """A map from the names of those that changed to their values now; `kind` is the type of the values.

    DuckDB makes a map of a structure at once, and of a list of entries ten times as slowly: so the usual cases (nothing, one, all but one, all of them) are told apart.
    """
    empty = f"MAP {{}}::MAP(VARCHAR, {kind})"
    if not observed:
        return empty
    number = " + ".join(f"({each.changed})::INTEGER" for each in observed)
    several = len(observed) > 2
    branches = [(f"{number} = 0", empty), (f"{number} = {len(observed)}", _map(observed, kind))]
    branches += [(f"{number} = 1 AND {each.changed}", _map([each], kind)) for each in observed if len(observed) > 1]
    for left in observed if several else ():
        others = [each for each in observed if each is not left]
        branches.append((f"{number} = {len(others)} AND NOT ({left.changed})", _map(others, kind)))
    entries = ", ".join(
        f"CASE WHEN {each.changed} THEN {{'key': {literal(each.name)}, 'value': {each.now}::{kind}}} END"
        for each in observed
    )
    return cases(branches, f"map_from_entries(list_filter([{entries}], lambda each: each IS NOT NULL))")


def _map(observed: Sequence[Observed], kind: str) -> str:
    fields = ", ".join(f"{identifier(each.name)} := {each.now}::{kind}" for each in observed)
    return f"struct_pack({fields})::MAP(VARCHAR, {kind})"


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
