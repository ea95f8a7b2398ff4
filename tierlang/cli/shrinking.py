"""What a check lets go from its baseline: only what it looked for, and did not find."""

from __future__ import annotations

import os
from collections.abc import Container, Sequence

import attrs

from tierlang.cli.baseline import Baseline, Entry
from tierlang.cli.checking import Answered


@attrs.frozen
class Looked:
    """What a check looked for. `rules` are the names of those that did not run though there are such rules; `as_usual`: it was no what-if, with settings or a date of its own."""

    paths: tuple[str, ...]
    answered: tuple[Answered, ...]
    not_run: Container[str]
    as_usual: bool


def still_there(baseline: Baseline, found: Container[str], looked: Looked) -> tuple[Entry, ...]:
    """The entries that stay: those found again (by fingerprint), and those that were not looked for."""
    if not looked.as_usual:
        return baseline.entries
    judged = {os.path.realpath(each.path) for each in looked.answered if _judged(each)}
    given = tuple(os.path.realpath(path) for path in looked.paths)
    return tuple(
        entry
        for entry in baseline.entries
        if entry.fingerprint in found or not _looked_for(entry, baseline.folder, looked.not_run, judged, given)
    )


def _judged(answered: Answered) -> bool:
    """Whether a file was looked at whole: a ruleset with errors is not reviewed."""
    return answered.compiled or (answered.unreadable is None and not answered.is_ruleset)


def _looked_for(
    entry: Entry, folder: str, not_run: Container[str], judged: Container[str], given: Sequence[str]
) -> bool:
    if entry.rule in not_run:
        return False
    through = [os.path.realpath(os.path.join(folder, path)) for path in entry.found_through]
    return all(path in judged or _gone(path, given) for path in through)


def _gone(path: str, given: Sequence[str]) -> bool:
    """Whether a file is no longer where the check would have met it."""
    return not os.path.exists(path) and any(path == each or path.startswith(each + os.sep) for each in given)
