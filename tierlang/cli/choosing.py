"""Which rules a check runs: `--select` and `--ignore`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs
import click

from tierlang.diagnostics.suggest import nearest
from tierlang.reports.findings import RuleAsked

if TYPE_CHECKING:
    from tierlang.lint.rule import Rule


_NOT_PROVED = "not-proved"
"""The rule that `--strict` wakes."""


@attrs.frozen
class Chosen:
    """The names of the rules to run; None: all. `beside`: there are accounts to ask."""

    rules: tuple[str, ...] | None = None
    beside: bool = False


def choose(select: Sequence[str], ignore: Sequence[str], *, beside: bool = False) -> Chosen:
    """The rules chosen; an unknown name is a mistake of usage. Without a choice no rule is imported."""
    selected, ignored = _names(select), _names(ignore)
    if not selected and not ignored:
        return Chosen(beside=beside)
    known = _known()
    for option, names in (("--select", selected), ("--ignore", ignored)):
        for name in names:
            if name not in known:
                raise click.UsageError(f"{option} {name}: {_no_such(name, known)}")
    if not beside:
        _without_accounts(selected)
    wanted = (set(selected) | {_NOT_PROVED} if selected else set(known)) - set(ignored)
    return Chosen(tuple(name for name in known if name in wanted), beside)


def _without_accounts(selected: Sequence[str]) -> None:
    """A rule that was named and cannot run is said, rather than passed over as if it had found nothing."""
    for rule in _rules():
        if rule.asks_accounts and rule.name in selected:
            raise click.UsageError(
                f"--select {rule.name}: this rule looks at accounts, and there are none: add --data ACCOUNTS"
            )


def rules_run(chosen: Chosen) -> tuple[RuleAsked, ...]:
    """The rules that run, with their pages."""
    return tuple(RuleAsked(rule.name, rule.severity, rule.page) for rule in _rules() if _runs(rule, chosen))


def not_run(chosen: Chosen, *, strict: bool) -> frozenset[str]:
    """The names of the rules that do not run."""
    silent = {rule.name for rule in _rules() if not _runs(rule, chosen)}
    return frozenset(silent if strict else silent | {_NOT_PROVED})


def _runs(rule: Rule, chosen: Chosen) -> bool:
    return (chosen.beside or not rule.asks_accounts) and (chosen.rules is None or rule.name in chosen.rules)


def _rules() -> tuple[Rule, ...]:
    from tierlang.lint.registry import RULES

    return RULES


def _known() -> list[str]:
    return [rule.name for rule in _rules()]


def _names(values: Sequence[str]) -> list[str]:
    """The names given: an option may stand several times, and have several names with commas between them."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def _no_such(name: str, known: Sequence[str]) -> str:
    close = nearest(name.replace("_", "-"), known)
    meant = f"did you mean {close}? " if close else ""
    return f"there is no such rule; {meant}`tierlang rule` lists them all (what keeps a ruleset from compiling cannot be left out)"
