"""The dates of a replay and the snapshot of accounts that each of them sees."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs
import click

from tierlang.cli.failure import Failure
from tierlang.diagnostics.suggest import listing
from tierlang.program.calendar import CalendarUnit, Duration, shift

_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_GIVEN = re.compile(r"(\d{4}-\d{2}-\d{2})=(.+)", re.DOTALL)
_SPAN = re.compile(
    r"(?P<first>\S+?)\.\.(?P<last>\S+)\s+every\s+((?P<count>\d+)\s+)?(?P<unit>day|week|month|quarter|year)s?"
)
_UNITS: dict[str, CalendarUnit] = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}
_MOST = 5_000
"""More dates than this are a slip of the pen."""


@attrs.frozen
class Snapshot:
    """A file of accounts and the day that it shows; None for one file without a day, which is all there is."""

    path: str
    day: dt.date | None


@attrs.frozen
class Dated:
    """One date of a replay and the file that it sees."""

    as_of: dt.date
    path: str


def dated(arguments: Sequence[str], spans: Sequence[str]) -> tuple[Dated, ...]:
    """The dates in order: those of the snapshots, or those of `--dates`, of which each sees the latest snapshot that is not after it."""
    snapshots = _snapshots(arguments)
    wanted = sorted({day for span in spans for day in _days(span)})
    if not wanted:
        return tuple(Dated(_its_day(each), each.path) for each in snapshots)
    if any(each.day is None for each in snapshots):
        return tuple(Dated(day, snapshots[0].path) for day in wanted)
    return tuple(Dated(day, _seen_on(day, snapshots)) for day in wanted)


def _its_day(snapshot: Snapshot) -> dt.date:
    if snapshot.day is not None:
        return snapshot.day
    raise Failure(
        f"{snapshot.path} has no date in its name, so nobody knows when it was so\n"
        f"Say it, for example 2026-10-01={snapshot.path}, or name the file like 2026-10-01.csv.\n"
        "Where this one file holds for the whole past, say with --dates on which days to run."
    )


def _seen_on(day: dt.date, snapshots: Sequence[Snapshot]) -> str:
    before = [each for each in snapshots if each.day is not None and each.day <= day]
    if before:
        return before[-1].path
    first = snapshots[0]
    raise Failure(f"--dates: {day} is before the first snapshot ({first.path}), so there are no accounts on that day")


def _snapshots(arguments: Sequence[str]) -> list[Snapshot]:
    """Every file with its day, by day; no day twice."""
    found = [each for argument in arguments for each in _of_argument(argument)]
    undated = [each for each in found if each.day is None]
    if undated and len(found) > 1:
        _its_day(undated[0])
    found.sort(key=lambda each: each.day or dt.date.min)
    for earlier, later in pairwise(found):
        if earlier.day == later.day:
            raise Failure(
                f"{earlier.path} and {later.path} are both of {later.day}, and one day has one snapshot\n"
                "Leave one of them out, or say another day, for example 2026-10-01=FILE."
            )
    return found


def _of_argument(argument: str) -> Iterator[Snapshot]:
    given = _GIVEN.fullmatch(argument)
    if given and not os.path.exists(argument):
        yield Snapshot(_existing(given[2]), _day(given[1], argument))
    elif os.path.isdir(argument):
        yield from _in_folder(argument)
    else:
        yield Snapshot(_existing(argument), _day_of_name(argument))


def _in_folder(folder: str) -> Iterator[Snapshot]:
    """The files of a folder that have a date in their name; others (events, notes) are not meant."""
    names = [name for name in sorted(os.listdir(folder)) if _DATE.search(name) and not name.startswith(".")]
    paths = [path for name in names if os.path.isfile(path := os.path.join(folder, name))]
    if not paths:
        raise Failure(f"{folder}: no file in this folder has a date like 2026-10-01 in its name")
    yield from (Snapshot(path, _day_of_name(path)) for path in paths)


def _existing(path: str) -> str:
    if path == "-":
        raise Failure(
            "a replay reads its snapshots more than once or in their order, so none can come from standard input: name a file"
        )
    if not os.path.exists(path):
        raise Failure(f"{path}: there is no such file")
    return path


def _day_of_name(path: str) -> dt.date | None:
    dates = _DATE.findall(os.path.basename(path))
    if not dates:
        return None
    if len(set(dates)) > 1:
        raise Failure(
            f"{path} has several dates in its name ({listing(dates)}); say the one that is meant: {dates[0]}={path}"
        )
    return _day(dates[0], path)


def _day(text: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Failure(f"{where}: {text} is not a day of the calendar") from None


def _days(text: str) -> Iterator[dt.date]:
    """`2026-01-01,2026-02-01`, or `2026-01-31..2026-12-31 every month`."""
    for part in text.split(","):
        span = _SPAN.fullmatch(part.strip())
        if span is None:
            yield _one_day(part.strip())
            continue
        first, last = _one_day(span["first"]), _one_day(span["last"])
        every = Duration(int(span["count"] or 1), _UNITS[span["unit"]])
        if every.count == 0:
            raise click.UsageError(f"--dates {text}: `every 0 {every.unit}s` never comes to an end")
        if last < first:
            raise click.UsageError(f"--dates {text}: {last} is before {first}")
        yield from _every(first, last, every, text)


def _every(first: dt.date, last: dt.date, every: Duration, text: str) -> Iterator[dt.date]:
    """Each counted from the first, so that the 31st comes back after a shorter month."""
    for number in range(_MOST + 1):
        day = shift(first, Duration(number * every.count, every.unit), 1)
        if day > last:
            return
        if number == _MOST:
            raise click.UsageError(f"--dates {text}: these are more than {_MOST:,} dates")
        yield day


def _one_day(text: str) -> dt.date:
    if not _DATE.fullmatch(text):
        raise click.UsageError(
            f"--dates: {text!r} is neither a date like 2026-11-01 nor dates like `2026-01-31..2026-12-31 every month`"
        )
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--dates: {text} is not a day of the calendar") from None
