"""The baseline: findings that a team has seen and lives with for now, in a file that gets shorter by itself."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

import attrs

from tierlang.cli.failure import Failure, plain_words
from tierlang.cli.rewriting import write_whole
from tierlang.diagnostics.fingerprints import statement
from tierlang.diagnostics.paths import seen_from
from tierlang.files import UnreadableError, read_rules
from tierlang.reports.findings import Findings, Found

VERSION = 1
_KIND = "tierlang check baseline"
_WIDEST = 80


@attrs.frozen(order=True)
class Entry:
    """One finding of the baseline; paths are seen from the baseline's folder. `rulesets` are those through which it was found: none where that is the file itself."""

    path: str
    rule: str
    at: str
    fingerprint: str
    message: str = attrs.field(eq=False, order=False)
    rulesets: tuple[str, ...] = attrs.field(default=(), eq=False, order=False)

    @property
    def found_through(self) -> tuple[str, ...]:
        """The rulesets that must be checked to see whether it is still there."""
        return self.rulesets or (self.path,)


@attrs.frozen
class Baseline:
    """The entries of a file, in order."""

    path: str
    entries: tuple[Entry, ...]

    @property
    def folder(self) -> str:
        """The folder that its paths are seen from."""
        return os.path.dirname(self.path) or os.curdir


def read_baseline(path: str, *, may_be_missing: bool) -> Baseline:
    """The baseline of a file; one that is not there is empty only where it is about to be written."""
    if not os.path.lexists(path):
        if may_be_missing:
            return Baseline(path, ())
        raise Failure(f"{path}: there is no such file. To start a baseline from today's findings, add --write-baseline")
    try:
        text = read_rules(path).text
    except UnreadableError as problem:
        raise Failure(f"{path}: {problem.why}") from None
    try:
        return Baseline(path, _entries(json.loads(text)))
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        raise Failure(
            f"{path} is not a baseline that can be read: {where} is not JSON ({problem.msg}). If it was merged by hand,"
            " look there; else delete it and start it again with --write-baseline"
        ) from None
    except _NewerError as problem:
        raise Failure(
            f"{path} was written by a newer tierlang (version {problem} of baselines): update this one"
        ) from None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise Failure(f"{path} is not a baseline of tierlang check: name another file, or delete it") from None


def without(findings: Findings, baseline: Baseline) -> Findings:
    """The findings that the baseline does not hold; the others are counted."""
    known = {entry.fingerprint for entry in baseline.entries}
    left = tuple(found for found in findings.found if not (can_stand(found) and found.fingerprint in known))
    return attrs.evolve(findings, found=left, silenced=len(findings.found) - len(left))


def can_stand(found: Found) -> bool:
    """Whether a baseline can hold a finding: all but what keeps a ruleset from compiling."""
    return found.of_rule or not found.diagnostic.is_error


def entries_of(findings: Findings, baseline: Baseline) -> tuple[Entry, ...]:
    """The findings as entries of the baseline."""
    return tuple(_entry(found, baseline.folder) for found in findings.found if can_stand(found))


def write_baseline(path: str, entries: Sequence[Entry]) -> None:
    """Write the file, whole or not at all; raises OSError."""
    findings = [_as_json(entry) for entry in sorted(set(entries))]
    text = json.dumps({"kind": _KIND, "version": VERSION, "findings": findings}, ensure_ascii=False, indent=2)
    write_whole(path, f"{text}\n".encode())


def cannot_write(path: str, problem: OSError) -> str:
    """Why the file was not written, in plain words."""
    return f"{path} cannot be written: {plain_words(OSError(problem.errno, problem.strerror))}"


def _entry(found: Found, folder: str) -> Entry:
    diagnostic = found.diagnostic
    path = seen_from(diagnostic.span.source.path, folder)
    at = statement(diagnostic.span)
    rulesets = tuple(sorted(seen_from(ruleset, folder) for ruleset in found.rulesets))
    return Entry(
        path,
        diagnostic.code,
        at if len(at) <= _WIDEST else at[: _WIDEST - 1] + "…",
        found.fingerprint,
        diagnostic.message,
        () if rulesets == (path,) else rulesets,
    )


def _as_json(entry: Entry) -> dict[str, Any]:
    rulesets = {"rulesets": list(entry.rulesets)} if entry.rulesets else {}
    return {
        "path": entry.path,
        "rule": entry.rule,
        "at": entry.at,
        "message": entry.message,
        **rulesets,
        "fingerprint": entry.fingerprint,
    }


class _NewerError(Exception):
    """The file is of a later version."""


def _entries(data: Any) -> tuple[Entry, ...]:
    if data["kind"] != _KIND or not isinstance(data["version"], int):
        raise ValueError
    if data["version"] > VERSION:
        raise _NewerError(data["version"])
    return tuple(_read_entry(entry) for entry in data["findings"])


def _read_entry(data: Any) -> Entry:
    rulesets = data.get("rulesets", [])
    entry = Entry(
        path=data["path"],
        rule=data["rule"],
        at=data["at"],
        fingerprint=data["fingerprint"],
        message=data["message"],
        rulesets=tuple(rulesets),
    )
    texts = (entry.path, entry.rule, entry.at, entry.fingerprint, entry.message, *entry.rulesets)
    if not all(isinstance(text, str) for text in texts) or not isinstance(rulesets, list):
        raise ValueError
    return entry
