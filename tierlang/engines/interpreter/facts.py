"""What the interpreter knows about one account while it works on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from tierlang.program.nodes import Program
from tierlang.program.values import Kind, Value


@attrs.frozen
class Account:
    """One account: its key and the values of its fields; a field that is not among them is missing."""

    key: str
    values: Mapping[str, Value]


@attrs.define
class Facts:
    """The inputs of one account, the definitions found so far, and the words of the definitions that went out of bounds, in program order."""

    program: Program
    key: str
    as_of: dt.date
    inputs: Mapping[str, Value]
    defined: dict[str, Value] = attrs.field(factory=dict)
    faults: list[str] = attrs.field(factory=list)


def facts_of(program: Program, account: Account, as_of: dt.date) -> Facts:
    """The account as the rules see it: its key is an input like its fields, and tags are never missing."""
    inputs: dict[str, Value] = {program.key.name: account.key}
    for field in program.fields:
        value = account.values.get(field.name)
        inputs[field.name] = () if value is None and field.kind is Kind.TAGS else value
    return Facts(program, account.key, as_of, inputs)
