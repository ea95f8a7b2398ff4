"""Checking rule files: what one file answers, and what all of them found together."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import attrs

from tierlang.analysis.answers import Impossible, Open, Possible
from tierlang.cli.failure import plain_words
from tierlang.cli.sharing_out import Tell, shared_out
from tierlang.diagnostics.diagnostic import Diagnostic, Severity, in_order
from tierlang.diagnostics.fingerprints import fingerprints
from tierlang.files import UnreadableError, read_rules
from tierlang.pipeline import Loaded, load, review
from tierlang.reports.findings import Findings, Found, Proof, Unreadable
from tierlang.source import Source
from tierlang.syntax import nodes

if TYPE_CHECKING:
    from tierlang.cli.population import Beside
    from tierlang.lint.review import Asked
    from tierlang.lint.rule import Rule


@attrs.frozen
class Asking:
    """What is asked of every file. `rules` are the names of those to run (None: all); `texts` are to be read in the place of what stands on disk, by real path. `beside`: the accounts to review them beside."""

    as_of: dt.date
    settings: Mapping[str, str] = attrs.field(factory=dict)
    rules: tuple[str, ...] | None = None
    strict: bool = False
    texts: Mapping[str, str] = attrs.field(factory=dict)
    beside: Beside | None = None

    def read(self, path: str) -> Source:
        """A rule file, as it stands or as it is to be."""
        text = self.texts.get(os.path.realpath(path))
        return read_rules(path) if text is None else Source(path, text)


@attrs.frozen
class Answered:
    """What one file answered.

    `is_ruleset`: it is one, or wants to be. `complaints` are the compiler's, `reviewed` what rules found; `alone` is what to say of a file that no ruleset uses.
    """

    path: str
    files: tuple[str, ...] = ()
    is_ruleset: bool = False
    compiled: bool = False
    complaints: tuple[Diagnostic, ...] = ()
    reviewed: tuple[Diagnostic, ...] = ()
    alone: tuple[Diagnostic, ...] = ()
    proofs: tuple[Proof, ...] = ()
    unreadable: str | None = None
    accounts: int | None = None


def answers(paths: Sequence[str], asking: Asking, jobs: int | None = None, tell: Tell | None = None) -> list[Answered]:
    """What each file answers, in order; many are shared out among processes, which changes nothing but the time."""
    return shared_out(partial(answer, asking=asking), paths, jobs, tell)


def answer(path: str, asking: Asking) -> Answered:
    """What one file answers."""
    try:
        loaded = load(path, asking.settings, asking.read)
    except UnreadableError as problem:
        return Answered(path, unreadable=problem.why)
    except (OSError, UnicodeError) as problem:
        return Answered(path, unreadable=plain_words(problem))
    files = tuple(source.path for source in loaded.sources)
    if loaded.program is None:
        if loaded.declares(nodes.Ruleset):
            return Answered(path, files, is_ruleset=True, complaints=loaded.diagnostics)
        return Answered(path, files, alone=_without_users(loaded))
    population = None if asking.beside is None else asking.beside.population(loaded.program, asking.as_of)
    linted = review(loaded, asking.as_of, rules=_rooms(asking.rules), population=population, strict=asking.strict)
    return Answered(
        path,
        files,
        is_ruleset=True,
        compiled=True,
        complaints=loaded.diagnostics,
        reviewed=linted.findings,
        proofs=tuple(_proof(path, asked) for asked in linted.asked),
        accounts=None if population is None else population.summary.accounts,
    )


def together(answered: Sequence[Answered], asking: Asking, folder: str = "") -> Findings:
    """What all files found: each complaint once, however many rulesets use the file it is in. Fingerprints see paths from `folder`."""
    rulesets = [each for each in answered if each.is_ruleset]
    read = {file for each in rulesets for file in each.files}
    alone = [each for each in answered if each.alone and each.path not in read]
    through: dict[tuple[object, ...], list[str]] = {}
    of_rules: set[tuple[object, ...]] = set()
    diagnostics: list[Diagnostic] = []
    for each in [*rulesets, *alone]:
        of_rules.update(map(_identity, each.reviewed))
        for diagnostic in (*each.complaints, *each.reviewed, *each.alone):
            through.setdefault(_identity(diagnostic), []).append(each.path)
            diagnostics.append(diagnostic)
    ordered = in_order(diagnostics)
    return Findings(
        as_of=asking.as_of,
        rulesets=tuple(each.path for each in rulesets),
        files=tuple(sorted(read | {each.path for each in alone})),
        found=tuple(
            Found(one, known_by, tuple(dict.fromkeys(through[_identity(one)])), _identity(one) in of_rules)
            for one, known_by in zip(ordered, fingerprints(ordered, folder), strict=True)
        ),
        proofs=tuple(proof for each in rulesets for proof in each.proofs),
        unreadable=tuple(Unreadable(each.path, each.unreadable) for each in answered if each.unreadable is not None),
        accounts=next((each.accounts for each in answered if each.accounts is not None), None),
    )


def _identity(diagnostic: Diagnostic) -> tuple[object, ...]:
    span = diagnostic.span
    return (span.source.path, span.start, span.end, diagnostic.code, diagnostic.message)


def _rooms(names: tuple[str, ...] | None) -> list[Rule] | None:
    if names is None:
        return None
    from tierlang.lint.registry import RULES

    return [rule for rule in RULES if rule.name in names]


def _proof(path: str, asked: Asked) -> Proof:
    match asked.answer:
        case Possible():
            return Proof(path, asked.question, "yes", asked.span)
        case Impossible():
            return Proof(path, asked.question, "no", asked.span)
        case Open(why, span):
            return Proof(path, asked.question, "not proved", span or asked.span, why)


def _without_users(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """A file without a `ruleset` that no ruleset checked here uses: only its syntax can be judged.

    With accounts and tiers of its own it is a ruleset whose header is missing, and judged as one.
    """
    if loaded.declares(nodes.Account) and loaded.declares(nodes.Tiers):
        return loaded.diagnostics
    if loaded.misspelt:
        return loaded.misspelt
    return (
        Diagnostic(
            code="unused-file",
            severity=Severity.NOTE,
            span=loaded.sources[0].span(0, 0),
            message="this file has no `ruleset`, and no ruleset that was checked uses it, so only its syntax was looked at",
            hints=("check it together with the rulesets that `use` it, or start it with `ruleset NAME { }`",),
        ),
    )
