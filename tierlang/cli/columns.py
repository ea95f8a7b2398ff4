"""`--columns`: which columns a result has, from a list of names."""

from __future__ import annotations

from collections.abc import Sequence

import click

from tierlang.cli.failure import Failure
from tierlang.diagnostics.suggest import listing, nearest
from tierlang.program.nodes import Program


def asked_for(text: str | None) -> tuple[str, ...]:
    """The names of a list like `key, tier, name`; each once."""
    names = tuple(name.strip() for name in (text or "").split(",") if name.strip())
    doubled = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if doubled:
        raise click.UsageError(f"--columns names {doubled} twice")
    if text is not None and not names:
        raise click.UsageError("--columns names no column, for example --columns key,tier,reason")
    return names


def carried(program: Program, names: Sequence[str]) -> tuple[str, ...]:
    """The account's fields that a result with these columns has to carry along; `account_tier` is a field called `tier`."""
    fields = {field.name for field in program.fields} | {program.key.name}
    return tuple(dict.fromkeys(field for name in names if (field := _field(name, fields))))


def _field(name: str, fields: set[str]) -> str | None:
    if name in fields:
        return name
    rest = name.removeprefix("account_")
    return rest if rest in fields else None


def chosen(program: Program, names: Sequence[str], available: Sequence[str]) -> tuple[str, ...]:
    """The columns to write: those named, or all that a result has."""
    if not names:
        return tuple(available)
    for name in names:
        if name not in available:
            known = dict.fromkeys([*available, *(field.name for field in program.fields)])
            close = nearest(name, known)
            meant = f" Did you mean {close}?" if close else ""
            raise Failure(f"--columns: there is no column {name}.{meant}\nThere are {listing(known, most=60)}.")
    return tuple(names)
