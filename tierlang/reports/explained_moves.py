"""One account over time: what it holds and since when, every trigger asked, what keeps it, and what it would need to move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs
from rich.console import RenderableType
from rich.text import Text

from tierlang.engines.interpreter.trace import Trace
from tierlang.engines.interpreter.trace_mobility import HoldTrace, MobilityTrace, TriggerTrace
from tierlang.program.holdings import Holding
from tierlang.program.nodes import Program, Trigger
from tierlang.reports.explained_ladder import LadderEnding, Section
from tierlang.reports.explained_needs import needs_rows
from tierlang.reports.rows import Row, answer_text, condition_text, sentences, table
from tierlang.reports.words import count

_NO_TIER = "no tier"


@attrs.frozen
class LedgerFacts:
    """What the command knows of the ledger: its path, its last run (None: it has none), the last review, and when the next one comes (None: the rules have none)."""

    path: str
    last_run: int | None
    last_as_of: dt.date | None
    last_review: dt.date | None
    next_review: dt.date | None


def moves_sections(
    program: Program, trace: Trace, ending: LadderEnding, ledger: LedgerFacts, as_of: dt.date
) -> Iterator[Section]:
    """The sections of a run that knows the past; none without one."""
    mobility = trace.mobility
    if mobility is None:
        return
    yield "Held", sentences([*_held(mobility, ledger, as_of), _occasion(mobility, ledger, as_of), _decided(mobility)])
    if mobility.keep is not None:
        asked = mobility.keep.asked
        row: Row = (answer_text(asked.answer), Text(mobility.keep.tier.name, style="bold"), condition_text(asked))
        yield "Kept while", table([row])
    yield "Holds", table([_hold(each) for each in mobility.holds])
    yield "Triggers", _triggers(mobility)
    if trace.excluded is None:
        yield "What would move it", table(needs_rows(program, trace, mobility, ending))


def _held(mobility: MobilityTrace, ledger: LedgerFacts, as_of: dt.date) -> Iterator[str]:
    holding = mobility.holding
    if holding is None:
        what = "is empty" if ledger.last_run is None else f"(run {ledger.last_run}) holds nothing for the account"
        yield f"The ledger {ledger.path} {what}, so it is placed as new."
        return
    where = f"{holding.tier or holding.retired or _NO_TIER} since {holding.since.isoformat()}"
    yield "; ".join([f"{where} ({count((as_of - holding.since).days, 'day')})", *_state(holding, mobility)])
    yield f"By the ledger {ledger.path}, last run {ledger.last_run} as of {_day(ledger.last_as_of)}."


def _state(holding: Holding, mobility: MobilityTrace) -> Iterator[str]:
    if holding.retired is not None:
        yield "a tier that the rules have retired"
    elif holding.base != holding.tier:
        yield f"its base is {holding.base or _NO_TIER}"
    if holding.settled_until is not None:
        over = "" if mobility.settled else ", which is over"
        yield f"settled until {holding.settled_until.isoformat()}{over}"
    if holding.pinned:
        yield "pinned"


def _occasion(mobility: MobilityTrace, ledger: LedgerFacts, as_of: dt.date) -> str:
    freeze = mobility.occasion.freeze
    if freeze is not None:
        label = f" ({freeze.label})" if freeze.label else ""
        return f"Nobody moves until {freeze.end.isoformat()}{label}; a review waits for the end of it."
    last = "" if ledger.last_review is None else f", the last was as of {ledger.last_review.isoformat()}"
    if mobility.occasion.review:
        return f"A review is due{last}: everybody is placed afresh, and triggers are not asked."
    if ledger.next_review is None:
        return "The rules have no reviews: only triggers move accounts."
    return f"No review is due{last}; the next is from {ledger.next_review.isoformat()}. Until then only triggers move accounts."


def _decided(mobility: MobilityTrace) -> str:
    decision, holding = mobility.decision, mobility.holding
    if decision is None:
        return "Nothing is decided about it."
    if decision.waits in ("approval", "capacity"):
        where = f" to {decision.proposed}" if decision.proposed else " out of the tiers"
        return f"It would go{where}, but waits: {decision.reason}"
    if holding is None:
        return f"It is placed in {decision.tier or _NO_TIER}: {decision.reason}"
    if decision.cause == "exclusion":
        return f"It is closed: {decision.reason}"
    if decision.reason.startswith("stays"):
        return f"It {decision.reason}."
    if decision.tier == holding.tier and holding.retired is None:
        return f"It stays in {decision.tier or _NO_TIER}: {decision.reason}"
    return f"It moves to {decision.tier or _NO_TIER}: {decision.reason}"


def _hold(each: HoldTrace) -> Row:
    ways = "up and down" if each.hold.both_ways else "down"
    does = f" and keeps it from moving {ways}" if each.holds else ""
    label = _label(each.hold.label, each.asked.text)
    return (
        answer_text(each.asked.answer),
        Text(each.hold.name, style="bold"),
        f"{label}{condition_text(each.asked)}{does}",
    )


def _label(label: str | None, text: str) -> str:
    """A label that says more than the condition behind it."""
    return "" if label is None or label == text else f"{label}: "


def _triggers(mobility: MobilityTrace) -> RenderableType | None:
    if mobility.holding is None or mobility.holding.tier is None:
        return sentences(["Not asked: the account holds no tier."]) if mobility.triggers else None
    rows = [_trigger(each, mobility) for each in mobility.triggers]
    return table(rows)


def _trigger(each: TriggerTrace, mobility: MobilityTrace) -> Row:
    trigger = each.trigger
    label = _label(trigger.label, each.asked.text)
    name = Text(f"{trigger.direction} {trigger.name}", style="bold" if each.from_here else "dim")
    said = "; ".join([f"{label}{condition_text(each.asked)}", *_blocks(each, mobility)])
    return answer_text(each.asked.answer), name, Text(said, style="" if each.from_here else "dim")


def _blocks(each: TriggerTrace, mobility: MobilityTrace) -> Iterator[str]:
    """Where it leads, and what keeps it from moving the account."""
    trigger = each.trigger
    if not each.from_here:
        yield f"only from {', '.join(trigger.sources)}"
        return
    if not each.holds:
        return
    if each.way is None:
        yield "it leads nowhere from here"
    if mobility.occasion.review:
        yield "not asked at a review"
    elif each.blocked is not None:
        yield f"kept back by the hold {each.blocked.name}"
    elif not each.counts:
        yield "another trigger comes first"
    if each.counts and not mobility.occasion.review:
        yield from _then(trigger, mobility)


def _then(trigger: Trigger, mobility: MobilityTrace) -> Iterator[str]:
    if mobility.occasion.freeze is not None:
        yield "nobody moves in the freeze"
    elif mobility.settled and mobility.holding is not None and mobility.holding.settled_until is not None:
        yield f"the account is settled until {mobility.holding.settled_until.isoformat()}"
    elif trigger.approver is not None:
        yield f"{trigger.approver.shown} has to approve"


def _day(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()
