"""`--events` and `--signals`: the files that were given, none of them twice."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeAlias

from tierlang.accounts.facts import Given
from tierlang.cli.failure import Failure

NamedFiles: TypeAlias = Sequence[tuple[str | None, str]]


def given_files(events: NamedFiles, signals: NamedFiles) -> tuple[Given, ...]:
    """The files in the order in which they were given. A type may come from several, but no row may count twice."""
    given = (*(Given("events", *file) for file in events), *(Given("signals", *file) for file in signals))
    places: dict[tuple[str, str], list[Given]] = {}
    for each in given:
        before = places.setdefault((each.sort, os.path.realpath(each.path)), [])
        if any(None in (other.name, each.name) or other.name == each.name for other in before):
            raise Failure(f"--{each.sort} {each.path} is given twice, and its rows would count twice")
        before.append(each)
    return given
