"""Who is called what: every declared name of a ruleset, and the complaints about names declared twice."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TypeAlias

import attrs

from tierlang.compiler.complaints import names as complaints
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.syntax import nodes


class Sort(Enum):
    """What a name stands for; the value is how people say it."""

    FIELD = "a field"
    KEY = "the account's key"
    DERIVE = "a derived field"
    LET = "a constant"
    LIST = "a list"
    OWNER = "an owner"
    SCORE = "a score"
    EXCLUSION = "an exclusion"
    LADDER = "a ladder"
    EVENT = "an event"
    SIGNAL = "a signal"
    LOOKUP = "a lookup"
    MARK = "a mark"
    TRIGGER = "a trigger"
    HOLD = "a hold"


VALUES = (Sort.FIELD, Sort.KEY, Sort.DERIVE, Sort.LET, Sort.SCORE, Sort.SIGNAL)

Named: TypeAlias = (
    nodes.Field
    | nodes.Derive
    | nodes.Let
    | nodes.ListDeclaration
    | nodes.Owner
    | nodes.Score
    | nodes.Exclude
    | nodes.Tiers
    | nodes.Event
    | nodes.Signal
    | nodes.Lookup
    | nodes.Mark
    | nodes.Trigger
    | nodes.Hold
)


@attrs.frozen
class Declared:
    """One name and what declares it."""

    sort: Sort
    name: nodes.Name
    node: Named


@attrs.frozen
class Scope:
    """The declared names in the order of the files, and the names of all tiers.

    Exclusions, marks, triggers and holds have names of their own, since no expression reads them: `exclude customer when customer` is fine.
    """

    names: dict[str, Declared]
    exclusions: dict[str, Declared]
    tiers: dict[str, nodes.Name]
    marks: dict[str, Declared] = attrs.field(factory=dict)
    triggers: dict[str, Declared] = attrs.field(factory=dict)
    holds: dict[str, Declared] = attrs.field(factory=dict)

    def of(self, *sorts: Sort) -> list[str]:
        """The names of these sorts."""
        return [name for name, declared in self.names.items() if declared.sort in sorts]

    def get(self, name: str) -> Declared | None:
        """What the name stands for, if anything."""
        return self.names.get(name) or self.exclusions.get(name) or self.marks.get(name)


def read_scope(declarations: Sequence[nodes.Declaration]) -> tuple[Scope, list[Diagnostic]]:
    """All names of a ruleset; where one is declared twice, the first counts."""
    names: dict[str, Declared] = {}
    exclusions: dict[str, Declared] = {}
    marks: dict[str, Declared] = {}
    triggers: dict[str, Declared] = {}
    holds: dict[str, Declared] = {}
    tiers: dict[str, nodes.Name] = {}
    found: list[Diagnostic] = []
    rooms = {Sort.EXCLUSION: exclusions, Sort.MARK: marks, Sort.TRIGGER: triggers, Sort.HOLD: holds}
    for declared in _declared(declarations):
        first = rooms.get(declared.sort, names).setdefault(declared.name.text, declared)
        if first is not declared:
            found.append(complaints.doubled_name(declared.name, first.name, first.sort.value))
    for declaration in declarations:
        if isinstance(declaration, nodes.Tiers):
            for part in declaration.parts:
                if isinstance(part, nodes.Tier):
                    tiers.setdefault(part.name.text, part.name)
    return Scope(names, exclusions, tiers, marks, triggers, holds), found


def _declared(declarations: Sequence[nodes.Declaration]) -> list[Declared]:
    parts = [
        part
        for declaration in declarations
        for part in (declaration.parts if isinstance(declaration, nodes.Account | nodes.Mobility) else (declaration,))
    ]
    return [
        Declared(_sort_of(part), part.name, part) for part in parts if isinstance(part, Named) and part.name is not None
    ]


def _sort_of(node: Named) -> Sort:
    return Sort.KEY if isinstance(node, nodes.Field) and node.is_key else _SORTS[type(node)]


_SORTS: dict[type[Named], Sort] = {
    nodes.Field: Sort.FIELD,
    nodes.Derive: Sort.DERIVE,
    nodes.Let: Sort.LET,
    nodes.ListDeclaration: Sort.LIST,
    nodes.Owner: Sort.OWNER,
    nodes.Score: Sort.SCORE,
    nodes.Exclude: Sort.EXCLUSION,
    nodes.Tiers: Sort.LADDER,
    nodes.Event: Sort.EVENT,
    nodes.Signal: Sort.SIGNAL,
    nodes.Lookup: Sort.LOOKUP,
    nodes.Mark: Sort.MARK,
    nodes.Trigger: Sort.TRIGGER,
    nodes.Hold: Sort.HOLD,
}
