"""What an expression read, in names that people know: what the compiler named is replaced by its words, or by what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import attrs

from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.lookups import looked_up
from tierlang.program.expressions import Attribute, Defined, Expression, Input, InTier, LookedUp, parts_of
from tierlang.program.nodes import Definition, Derive, Fact, Program, Score
from tierlang.program.values import Value

Source: TypeAlias = Input | Defined | Attribute | LookedUp | InTier


@attrs.frozen
class Read:
    """A field, a definition, a signal, a lookup's column, a ladder's tier, or the words of a percentile or of events, and the account's value of it."""

    name: str
    value: Value


def reads_of(expression: Expression, facts: Facts) -> tuple[Read, ...]:
    """Everything the expression read of this account, each once, in its order."""
    found: dict[str, Read] = {}
    for source in _sources(expression):
        definition = _definition(source, facts.program)
        if isinstance(definition, Derive) and definition.hidden:
            inner = reads_of(definition.value, facts)
        else:
            inner = (Read(_name(source, definition, facts.program), _value(source, facts)),)
        for read in inner:
            found.setdefault(read.name, read)
    return tuple(found.values())


def missing_names(expression: Expression, facts: Facts) -> tuple[str, ...]:
    """The names to blame for a missing result: what the expression read and this account (or event) lacks."""
    found: dict[str, None] = {}
    for source in _sources(expression):
        if isinstance(source, InTier) or _value(source, facts) is not None:
            continue
        definition = _definition(source, facts.program)
        if isinstance(definition, Derive) and definition.hidden:
            found.update(dict.fromkeys(missing_names(definition.value, facts) or (definition.text,)))
        elif not isinstance(source, LookedUp) or all(_value(item, facts) is not None for item in source.items):
            found[_name(source, definition, facts.program)] = None
    return tuple(found)


def _sources(expression: Expression) -> Iterator[Source]:
    """What an expression reads from, in the order it reads them."""
    if isinstance(expression, Source):
        yield expression
    for part in parts_of(expression):
        yield from _sources(part)


def _value(source: Source, facts: Facts) -> Value:
    match source:
        case Input(name=name):
            return facts.inputs[name]
        case Defined(name=name):
            return facts.defined[name]
        case Attribute(name=name):
            return facts.attributes[name]
        case LookedUp(items=items):
            return looked_up(facts.program, source, [_value(item, facts) for item in items])
        case InTier(ladder=ladder):
            return facts.tiers.get(ladder) or "no tier"


def _definition(source: Source, program: Program) -> Definition | Fact | None:
    """The definition or fact that is read; None for fields, signals and all else that has a name of its own."""
    if not isinstance(source, Defined):
        return None
    every = (*program.definitions, *program.relative, *program.facts)
    return next((definition for definition in every if definition.name == source.name), None)


def _name(source: Source, definition: Definition | Fact | None, program: Program) -> str:
    match source:
        case LookedUp(table=table, column=column):
            return f"{table}.{column}"
        case InTier(ladder=0):
            return "tier"
        case InTier(ladder=ladder):
            return program.ladders[ladder].name or "tier"
        case Input(name=name) | Attribute(name=name) | Defined(name=name):
            return name if definition is None or isinstance(definition, Derive | Score) else definition.text
