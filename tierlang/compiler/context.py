"""What is known while a ruleset is compiled, and the complaints so far."""

from __future__ import annotations

import attrs

from tierlang.compiler.about import About
from tierlang.compiler.readings import expressions_of
from tierlang.compiler.scope import Scope
from tierlang.compiler.tables import Tables, no_tables
from tierlang.compiler.uses import Uses
from tierlang.compiler.views import View
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.program.expressions import (
    Attribute,
    Constant,
    Defined,
    Expression,
    Input,
    LookedUp,
    inputs_of,
    kind_of,
)
from tierlang.program.nodes import (
    Aggregate,
    Definition,
    Derive,
    Enduring,
    EventType,
    Fact,
    Field,
    Lookup,
    Percentile,
    Score,
    Signal,
    Sustained,
)
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
    views: tuple[View, ...] = ()
    constants: dict[str, Constant] = attrs.field(factory=dict)
    lists: dict[str, Listed] = attrs.field(factory=dict)
    key: Field | None = None
    fields: dict[str, Field] = attrs.field(factory=dict)
    tables: Tables = attrs.field(factory=no_tables)
    events: dict[str, EventType] = attrs.field(factory=dict)
    signals: dict[str, Signal] = attrs.field(factory=dict)
    lookups: dict[str, Lookup] = attrs.field(factory=dict)
    given: dict[tuple[str, str], Field] = attrs.field(factory=dict)
    """How the columns that lookups give are read, by lookup and column."""
    facts: dict[str, Fact] = attrs.field(factory=dict)
    told: dict[Fact, Fact] = attrs.field(factory=dict)
    """The facts by what they tell, whatever the user's words."""
    endured: dict[Enduring, Enduring] = attrs.field(factory=dict)
    """What held of scores for a time, likewise."""
    uses: Uses = attrs.field(factory=Uses)
    """Who reads which name, in rules; tests are compiled with another one."""
    about: About | None = None
    """What the expressions at hand speak of, where that is not the account."""
    past: bool = False
    """Whether the expressions at hand may ask what the ledger knows: the tier that an account holds, and since when."""
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
        return Defined(definition.name, definition.kind, span=definition.span)

    def know(self, fact: Fact) -> Defined:
        """Add a fact, or find the equal one that is already known, and give the expression that reads it."""
        told = _tells(fact)
        known = self.told.get(told)
        if known is None:
            known = attrs.evolve(fact, name=self.free(fact.text))
            self.told[told] = self.facts[known.name] = known
            self.reaches.add_fact(known)
        return Defined(known.name, known.kind, span=fact.span)

    def endure(self, enduring: Enduring) -> Defined:
        """Add what held of a score for a time, or find the equal one that is already known, and give the expression that reads it."""
        told = attrs.evolve(enduring, name="", text="")
        known = self.endured.get(told)
        if known is None:
            known = attrs.evolve(enduring, name=self.free(enduring.text))
            self.endured[told] = known
            self.define(known)
        return Defined(known.name, known.kind, span=enduring.span)

    def inside(self, name: str, about: About) -> Context:
        """The same compilation where expressions speak of one event of this type, or of the values of this signal or score."""
        return attrs.evolve(self, about=about, reaches=self.reaches.inside(name))

    def name_it(self, value: Expression, text: str) -> Input | Defined:
        """The expression as a plain name; what has none gets a hidden definition called by its words."""
        if isinstance(value, Input | Defined):
            return value
        known = self.definitions.get(text)
        if isinstance(known, Derive) and known.value == value:
            return Defined(known.name, known.kind, span=value.span)
        return self.define(Derive(self.free(text), kind_of(value), value, text, hidden=True, span=value.span))

    def free(self, text: str) -> str:
        """The text as a name that no definition and no fact has yet."""
        name, count = text, 1
        while name in self.definitions or name in self.facts:
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

    def field_of(self, value: Expression) -> Field | None:
        """How the values of an expression come in, where they come in as they are."""
        match value:
            case Input(name=name):
                return self.key if self.key is not None and name == self.key.name else self.fields.get(name)
            case Attribute(name=name):
                return None if self.about is None else self.about.fields.get(name)
            case LookedUp(table=table, column=column):
                return self.given.get((table, column))
            case Defined(name=name) if name in self.signals:
                return self.signals[name].value
            case Defined(name=name):
                return self._field_of_fact(self.facts.get(name))
            case _:
                return None

    def _field_of_fact(self, fact: Fact | None) -> Field | None:
        match fact:
            case Aggregate(function="largest" | "smallest" | "latest", event=event, attribute=Attribute(name=name)):
                return next((field for field in self.events[event].fields if field.name == name), None)
            case _:
                return None

    def choices_of(self, value: Expression) -> tuple[str, ...]:
        """The texts a field allows; empty for any text and for what is no field."""
        field = self.field_of(value)
        return field.one_of if field else ()

    def _read(self, definition: Definition) -> list[Input | Defined]:
        return [part for expression in expressions_of(definition) for part in inputs_of(expression)]


def _tells(fact: Fact) -> Fact:
    """The fact without what only tells it from others: its name and the user's words."""
    if isinstance(fact, Sustained) or fact.where is None:
        return attrs.evolve(fact, name="", text="")
    return attrs.evolve(fact, name="", text="", where=attrs.evolve(fact.where, text=""))
