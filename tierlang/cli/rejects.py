"""Where rows with bad cells go: those of the accounts to the file that was named, those of each file of facts to one beside it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence

import click

from tierlang.accounts.facts import Given

_PACKED = (".gz", ".gzip", ".zst", ".zstd")


def rejects_beside(rejects: str | None, given: Sequence[Given]) -> tuple[str | None, ...]:
    """For each file of facts the file of its rejects: for `bad.csv` and `orders.csv.gz` it is `bad.orders.csv`."""
    if rejects is None or not given:
        return tuple(None for _ in given)
    if rejects == "-":
        raise click.UsageError(
            "--rejects - has room for the rows of one file: name a file, and each gets its own beside it"
        )
    folder, name = os.path.split(rejects)
    stem, suffixes = _parts(name)
    taken: set[str] = set()
    places: list[str] = []
    for each in given:
        own = each.name or each.sort if each.path == "-" else _parts(os.path.basename(each.path))[0]
        candidates = [
            own,
            f"{own}.{each.name or each.sort}",
            *(f"{own}.{number}" for number in range(2, len(given) + 2)),
        ]
        free = next(candidate for candidate in candidates if candidate not in taken)
        taken.add(free)
        places.append(os.path.join(folder, f"{stem}.{free}{suffixes}"))
    return tuple(places)


def rejects_of_day(rejects: str | None, day: dt.date) -> str | None:
    """The file of one date's rejects: for `bad.csv` it is `bad.2026-10-01.csv`."""
    if rejects is None:
        return None
    folder, name = os.path.split(rejects)
    stem, suffixes = _parts(name)
    return os.path.join(folder, f"{stem}.{day.isoformat()}{suffixes}")


def _parts(name: str) -> tuple[str, str]:
    """A file's name without its suffixes, and those: `orders`, `.csv.gz`."""
    stem, suffix = os.path.splitext(name)
    if suffix.lower() in _PACKED:
        stem, inner = os.path.splitext(stem)
        suffix = inner + suffix
    return stem, suffix
