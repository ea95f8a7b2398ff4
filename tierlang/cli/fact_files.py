"""`--events` and `--signals`: the files that were given, each for something of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeAlias

from tierlang.accounts.facts import Given
from tierlang.cli.failure import Failure

NamedFiles: TypeAlias = Sequence[tuple[str | None, str]]


def given_files(events: NamedFiles, signals: NamedFiles) -> tuple[Given, ...]:
    """The files in the order in which they were given; no type comes from two files, and no row counts twice."""
    given = (*(Given("events", *file) for file in events), *(Given("signals", *file) for file in signals))
    named: dict[tuple[str, str], Given] = {}
    places: dict[tuple[str, str], Given] = {}
    for each in given:
        if each.name is not None:
            before = named.setdefault((each.sort, each.name), each)
            if before is not each:
                paths = f"{before.path} and {each.path}"
                raise Failure(f"--{each.sort} {each.name} is given twice: {paths}. Put the rows into one file.")
        other = places.setdefault((each.sort, os.path.realpath(each.path)), each)
        if other is not each and None in (other.name, each.name):
            raise Failure(f"--{each.sort} {each.path} is given twice, and its rows would count twice")
    return given
