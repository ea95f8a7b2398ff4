"""What an expression read, in names that people know: a definition that the compiler named is replaced by what it reads."""

from __future__ import annotations

import attrs

from tierlang.engines.interpreter.facts import Facts
from tierlang.program.expressions import Defined, Expression, Input, inputs_of
from tierlang.program.nodes import Definition, Derive, Percentile
from tierlang.program.values import Value


@attrs.frozen
class Read:
    """A field, a definition, or the words of a percentile, and the account's value of it."""

    name: str
    value: Value


def reads_of(expression: Expression, facts: Facts) -> tuple[Read, ...]:
    """Everything the expression read of this account, each once, in its order."""
    found: dict[str, Read] = {}
    for source in inputs_of(expression):
        definition = _definition(source, facts)
        if isinstance(definition, Derive) and definition.hidden:
            inner = reads_of(definition.value, facts)
        else:
            inner = (Read(_name(source, definition), _value(source, facts)),)
        for read in inner:
            found.setdefault(read.name, read)
    return tuple(found.values())


def missing_names(expression: Expression, facts: Facts) -> tuple[str, ...]:
    """The names to blame for a missing result: what the expression read and this account lacks."""
    found: dict[str, None] = {}
    for source in inputs_of(expression):
        if _value(source, facts) is not None:
            continue
        definition = _definition(source, facts)
        if isinstance(definition, Derive) and definition.hidden:
            found.update(dict.fromkeys(missing_names(definition.value, facts) or (definition.text,)))
        else:
            found[_name(source, definition)] = None
    return tuple(found)


def _value(source: Input | Defined, facts: Facts) -> Value:
    return facts.inputs[source.name] if isinstance(source, Input) else facts.defined[source.name]


def _definition(source: Input | Defined, facts: Facts) -> Definition | None:
    if isinstance(source, Input):
        return None
    every = (*facts.program.definitions, *facts.program.relative)
    return next(definition for definition in every if definition.name == source.name)


def _name(source: Input | Defined, definition: Definition | None) -> str:
    return definition.text if isinstance(definition, Percentile) else source.name
