"""What is known while a ruleset is compiled, and the complaints so far."""

from __future__ import annotations

import attrs

from tierlang.compiler.readings import expressions_of
from tierlang.compiler.scope import Scope
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.program.expressions import Constant, Defined, Expression, Input, inputs_of, kind_of
from tierlang.program.nodes import Definition, Derive, Field, Percentile, Score
from tierlang.program.reach import Reaches
from tierlang.program.values import Kind, Value


@attrs.frozen
class Listed:
    """A list's values, each once, and their kind; an empty list has none."""

    values: tuple[Value, ...]
    kind: Kind | None


@attrs.frozen
class Draft:
    """What is sure about a score in which something else is wrong: its range and its digits."""

    low: int | None
    high: int | None
    digits: int


@attrs.define
class Context:
    """The state of one compilation. A name that is declared but absent from its table here was already complained about."""

    scope: Scope
    complaints: list[Diagnostic] = attrs.field(factory=list)
    constants: dict[str, Constant] = attrs.field(factory=dict)
    lists: dict[str, Listed] = attrs.field(factory=dict)
    key: Field | None = None
    fields: dict[str, Field] = attrs.field(factory=dict)
    definitions: dict[str, Definition] = attrs.field(factory=dict)
    drafts: dict[str, Draft] = attrs.field(factory=dict)
    """The scores that are no definitions because something in them is wrong."""
    relative: set[str] = attrs.field(factory=set)
    reaches: Reaches = attrs.field(factory=lambda: Reaches((), "", faults=False))

    def complain(self, complaint: Diagnostic) -> None:
        """Remember a complaint."""
        self.complaints.append(complaint)

    def define(self, definition: Definition) -> Defined:
        """Add a definition whose parts are all known, and give the expression that reads it."""
        self.definitions[definition.name] = definition
        self.reaches.add(definition)
        if isinstance(definition, Percentile) or any(part.name in self.relative for part in self._read(definition)):
            self.relative.add(definition.name)
        return Defined(definition.name, definition.kind)

    def name_it(self, value: Expression, text: str) -> Input | Defined:
        """The expression as a plain name; what has none gets a hidden definition called by its words."""
        if isinstance(value, Input | Defined):
            return value
        known = self.definitions.get(text)
        if isinstance(known, Derive) and known.value == value:
            return Defined(known.name, known.kind)
        return self.define(Derive(self.free(text), kind_of(value), value, text, hidden=True))

    def free(self, text: str) -> str:
        """The text as a name that no definition has yet."""
        name, count = text, 1
        while name in self.definitions:
            count += 1
            name = f"{text} ({count})"
        return name

    def digits_of(self, value: Expression) -> int | None:
        """How many digits after the point the values of a score or percentile have; None for anything else."""
        if isinstance(value, Defined):
            definition = self.definitions.get(value.name)
            if definition is None and value.name in self.drafts:
                return self.drafts[value.name].digits
            if isinstance(definition, Score):
                return definition.digits
            if isinstance(definition, Percentile):
                return 0
        return None

    def choices_of(self, value: Expression) -> tuple[str, ...]:
        """The texts a field allows; empty for any text and for what is no field."""
        field = self.fields.get(value.name) if isinstance(value, Input) else None
        return field.one_of if field else ()

    def _read(self, definition: Definition) -> list[Input | Defined]:
        return [part for expression in expressions_of(definition) for part in inputs_of(expression)]
