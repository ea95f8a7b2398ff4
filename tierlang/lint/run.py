"""Asks the rules about a program: their findings, less what the rule files allow, in the order people read them in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from tierlang.analysis.answers import Impossible
from tierlang.analysis.claims import TRUE
from tierlang.analysis.model import Model
from tierlang.analysis.moving.standing import with_time
from tierlang.diagnostics.diagnostic import Diagnostic, in_order
from tierlang.lint.registry import RULES
from tierlang.lint.review import Asked, Review
from tierlang.lint.rule import Finding, Rule
from tierlang.program.nodes import Allow, Program
from tierlang.program.outcome import Population


@attrs.frozen
class Linted:
    """The findings in order, and every question that the rules asked the analysis, each once, in the order of asking."""

    findings: tuple[Diagnostic, ...]
    asked: tuple[Asked, ...]


def lint(
    program: Program,
    today: dt.date,
    population: Population | None = None,
    rules: Sequence[Rule] = RULES,
    *,
    strict: bool = False,
) -> Linted:
    """What these rules find in the program as of today. Rules that ask accounts are left out where there is no `population`; `strict` makes a finding of every question that was not proved."""
    asked = [rule for rule in rules if population is not None or not rule.asks_accounts]
    review = Review(
        program,
        _model(program, today),
        today,
        population,
        strict=strict,
        ran=frozenset(rule.name for rule in asked),
        known=frozenset(rule.name for rule in RULES),
    )
    found: list[Diagnostic] = []
    for rule in sorted(asked, key=lambda rule: (rule.about_review, rule.name)):
        for finding in rule.check(review):
            allows = _allowing(program, rule, finding)
            review.silencing += allows
            if not allows:
                found.append(_diagnostic(rule, finding))
    return Linted(tuple(in_order(found)), tuple(review.asked.values()))


def _model(program: Program, today: dt.date) -> Model:
    """The accounts that rules ask about. Where exclusions take them all, that is one mistake: the other rules then ask about accounts as if there were none, instead of calling everything dead."""
    program = with_time(program)
    model = Model(program, today)
    if program.exclusions and isinstance(model.possible(TRUE), Impossible):
        return Model(attrs.evolve(program, exclusions=()), today)
    return model


def _allowing(program: Program, rule: Rule, finding: Finding) -> list[Allow]:
    """What silences a finding: it stands in the same file, and around it."""
    return [
        allow
        for allow in program.allows
        if allow.rule == rule.name
        and allow.over.source.path == finding.span.source.path
        and allow.over.start <= finding.span.start
        and finding.span.end <= allow.over.end
    ]


def _diagnostic(rule: Rule, finding: Finding) -> Diagnostic:
    return Diagnostic(
        rule.name,
        finding.severity or rule.severity,
        finding.span,
        finding.message,
        finding.hints,
        finding.related,
        finding.fixes,
        finding.example,
    )
