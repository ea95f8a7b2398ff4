"""Files of one command that must not be the same one, and standard input and output, which only one of them can be."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import click

from tierlang.cli.failure import Failure


def keep_from_result(rejects: str | None, output: str | None) -> None:
    """Rejects and result do not go to standard output together."""
    if rejects == "-" and output in (None, "-"):
        raise click.UsageError("--rejects needs a file of its own: standard output has the result")


def one_standard_input(paths: Sequence[str]) -> None:
    """Standard input can be read once."""
    if list(paths).count("-") > 1:
        raise click.UsageError("- (standard input) is given for more than one file, and can be only one of them")


def keep_apart(files: Mapping[str, str | None], facts: Sequence[str] = ()) -> None:
    """No file is written over another one of the same command, or read as two things.

    `files` are the paths by what they are for; several of `facts`, the files of events and signals, may be the same one.
    """
    seen: dict[str, str] = {}
    for purpose, path in [*files.items(), *(("a file of events or signals", path) for path in facts)]:
        if path is None or path == "-" or not (os.path.isfile(path) or not os.path.exists(path)):
            continue
        place = os.path.realpath(path)
        if seen.get(place, purpose) != purpose:
            raise Failure(f"{path} is {seen[place]} and {purpose} at once; nothing was written")
        seen[place] = purpose
