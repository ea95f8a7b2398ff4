"""What a run was asked, and what came of its rows besides the assignments: the part of a summary that only the command knows."""

from __future__ import annotations

import datetime as dt

import attrs

from tierlang.program.outcome import FactFigures


@attrs.frozen
class Aside:
    """Rows with bad cells that took no part: how many, of which file, and where they are now."""

    rows: int
    label: str
    path: str


@attrs.frozen
class FactSource:
    """A file of events or signals: what people call it, the types that it can hold, and what it held that the rules do not declare.

    `strays` counts the rows of undeclared types or signals, `stray_names` are some of their names. Of a file given for one type, `contrary` counts the
    rows that say of themselves that they are of another, which `contrary_names` are.
    """

    label: str
    names: tuple[str, ...]
    strays: int = 0
    stray_names: tuple[str, ...] = ()
    contrary: int = 0
    contrary_names: tuple[str, ...] = ()


@attrs.frozen
class RunFacts:
    """`accounts` is what people call the file of accounts; `today`: nobody said another day; `figures` are those of the facts in `sources`."""

    accounts: str
    as_of: dt.date
    today: bool
    aside: tuple[Aside, ...] = ()
    rounded: int = 0
    figures: tuple[FactFigures, ...] = ()
    sources: tuple[FactSource, ...] = ()
