"""A witness as people can read, keep and run it: a `test` block of the language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from tierlang.analysis.answers import Witness
from tierlang.formatter.layout import laid_out
from tierlang.program.nodes import EventType, Field, Program
from tierlang.program.numbers import number_text
from tierlang.program.values import Value
from tierlang.source import Source

KEY = "account"
"""The key that a test's only account has unless it is given."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def as_test(
    program: Program, witness: Witness, label: str, expects: Sequence[str] = (), past: Sequence[str] = ()
) -> str:
    """The block in the formatter's layout, which compiles with the program's rules. `expects` are lines after the word `expect`: `tier one`, `priority >= 80`.

    `past` is what the ledger knows, and what sort of run it is: `tier two since 2026-08-01`, `review due`.
    """
    given = [*_given(program, witness), *past]
    between = " " if len(given) < 2 else "\n"
    lines = [f"as of {witness.as_of.isoformat()}", f"given {{{between}{between.join(given)}{between}}}"]
    lines += [f"expect {line}" for line in expects]
    text = "\n".join([f"test {_quoted(label)} {{", *lines, "}\n"])
    return laid_out(Source(label, text))


def written_value(value: Value) -> str:
    """A value as the language writes it."""
    match value:
        case None:
            return "missing"
        case bool():
            return "true" if value else "false"
        case int():
            return number_text(value)
        case dt.date():
            return value.isoformat()
        case str():
            return _quoted(value)
        case tuple():
            return f"[{', '.join(_quoted(each) for each in value)}]"


def _given(program: Program, witness: Witness) -> Iterator[str]:
    account = witness.account
    if account.key != KEY:
        yield f"{program.key.name} = {_quoted(account.key)}"
    yield from _values(program.fields, account.values)
    types = {event.name: event for event in program.events}
    for name, events in account.events.items():
        for event in events:
            inside = "  ".join(_values(_fields(types[name]), event.values))
            yield f"event {name} {event.at.isoformat()}" + (f" {{ {inside} }}" if inside else "")
    for name, observations in account.signals.items():
        for one in observations:
            yield f"signal {name} {one.at.isoformat()} = {written_value(one.value)}"


def _fields(event: EventType) -> tuple[Field, ...]:
    return event.fields


def _values(fields: Sequence[Field], values: Mapping[str, Value]) -> Iterator[str]:
    """What must be written: not what is missing or has its default anyway."""
    for field in fields:
        value = values.get(field.name)
        if value is None or value == field.default or (value == () and field.default is None and not field.required):
            continue
        yield f"{field.name} = {written_value(value)}"


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(each, each) for each in text) + '"'
