"""The head of a plan, put together from what the run decided and what it was made from."""

from __future__ import annotations

import datetime as dt

import attrs

from tierlang.planning.calendar import due
from tierlang.planning.figures import Figures
from tierlang.planning.header import Frozen, Head, Input, LedgerHead, Rules, TriggerNote, plan_id
from tierlang.program.fingerprint import fingerprint
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Program
from tierlang.program.outcome import Summary


@attrs.frozen
class MadeFrom:
    """What a plan is made from, besides the rules: the path of these, the ledger's head and last review, the files, the day, and what else was said."""

    path: str
    settings: tuple[tuple[str, str], ...]
    ledger: LedgerHead
    last_review: dt.date | None
    inputs: tuple[Input, ...]
    as_of: dt.date
    arguments: tuple[tuple[str, str], ...] = ()
    folder: str = ""
    tierlang: str = ""


def rules_of(program: Program, path: str, settings: tuple[tuple[str, str], ...]) -> Rules:
    """The rules as a plan knows them."""
    return Rules(path, program.name, program.label, program.version, fingerprint(program), settings)


def head_of(
    program: Program, made: MadeFrom, occasion: Occasion, figures: Figures, summary: Summary, *, aside: int = 0
) -> Head:
    """The head of the plan that stands in `planned`."""
    rules = rules_of(program, made.path, made.settings)
    freeze = occasion.freeze
    return Head(
        plan=plan_id(rules, made.ledger, made.inputs, made.as_of, made.arguments),
        as_of=made.as_of,
        review=occasion.review,
        rules=rules,
        ledger=made.ledger,
        inputs=made.inputs,
        tiers=tuple((tier.name, tier.label) for tier in program.ladders[0].tiers),
        figures=figures,
        accounts=summary.accounts,
        freeze=None if freeze is None else Frozen(freeze.start, freeze.end, freeze.label),
        triggers=_triggers(program),
        seats=summary.own.seats,
        due=due(program, made.as_of, occasion, made.last_review, figures.settled),
        excluded=sum(number for _, number in summary.excluded),
        aside=aside,
        arguments=made.arguments,
        folder=made.folder,
        tierlang=made.tierlang,
    )


def _triggers(program: Program) -> tuple[TriggerNote, ...]:
    triggers = program.mobility.triggers if program.mobility else ()
    return tuple(
        TriggerNote(
            each.name,
            each.shown,
            each.direction,
            None if each.owner is None else each.owner.shown,
            None if each.approver is None else each.approver.name,
            None if each.approver is None else each.approver.shown,
        )
        for each in triggers
    )
