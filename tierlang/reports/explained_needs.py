"""What one account would need to move: for every tier that it does not hold, the ways that lead there, and what is lacking on each."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from tierlang.engines.interpreter.matching import Answer
from tierlang.engines.interpreter.trace import Trace
from tierlang.engines.interpreter.trace_ladder import LadderTrace, TierTrace
from tierlang.engines.interpreter.trace_mobility import MobilityTrace, TriggerTrace
from tierlang.program.nodes import Ladder, Program, Tier
from tierlang.reports.explained_ladder import LadderEnding
from tierlang.reports.lack_words import lacks_text, line_gap
from tierlang.reports.rows import Row
from tierlang.reports.values import amount


def needs_rows(program: Program, trace: Trace, mobility: MobilityTrace, ending: LadderEnding) -> list[Row]:
    """A row for each way: where it leads, how, and what is lacking."""
    ladder = program.ladders[0]
    held = mobility.holding.tier if mobility.holding is not None else trace.own.ended.name if trace.own.ended else None
    rows: list[Row] = []
    for tier in ladder.tiers:
        if tier.name == held:
            continue
        up = _is_up(ladder, held, tier.name)
        ways = [*_reviewed(trace, tier, ending, up=up, held=held), *_triggered(trace, mobility, tier.name, held)]
        rows += _rows(f"{'up' if up else 'down'} to {tier.name}", ways, up=up)
    if held is not None:
        rows += _rows("out of the tiers", list(_out(trace, mobility, held)), up=False)
    return rows


def _rows(where: str, ways: list[tuple[str, str]], *, up: bool) -> Iterator[Row]:
    for place, (how, lacking) in enumerate(ways):
        yield Text(where if not place else "", style="green" if up else "yellow"), Text(how, style="bold"), lacking


def _is_up(ladder: Ladder, held: str | None, tier: str) -> bool:
    names = [each.name for each in ladder.tiers]
    return held is None or held not in names or names.index(tier) < names.index(held)


def _reviewed(
    trace: Trace, tier: Tier, ending: LadderEnding, *, up: bool, held: str | None
) -> Iterator[tuple[str, str]]:
    """What a review would need to put it there."""
    how = "at a review"
    if trace.pin is not None and trace.pin_in_force:
        yield how, f"a pin puts it in {trace.pin.tier}, whatever else is true"
        return
    own = trace.own
    start = None if own.start is None else own.start.name
    if start == tier.name:
        over = f"; but {'; '.join(ending.moves)}" if ending.moves else ""
        yield how, f"nothing: lines, conditions and adjustments put it here as things are{over}"
        return
    tried = next(each for each in own.tried if each.tier is tier)
    lacking = list(_lacking(own.ladder, tried, ending))
    better = list(_in_the_way(own, tier, held, trace.mobility))
    if lacking:
        yield how, "; ".join([*lacking, *([] if up else better)])
    elif better:
        yield how, "; ".join(better)
    elif own.adjusted is not None and own.base is tier:
        yield how, "; ".join(words.removeprefix("; ") for words in own.adjusted.said if words)


def _lacking(ladder: Ladder, tried: TierTrace, ending: LadderEnding) -> Iterator[str]:
    """What the tier's own line, top and condition ask, and the account does not have."""
    tier = tried.tier
    if tier.line is not None and ladder.by is not None and tried.line is not Answer.YES:
        told = line_gap(ladder.by.name, tried.value, tier.line) if isinstance(tried.value, int) else None
        yield told or f"{ladder.by.name} is missing"
    if tier.top is not None and tried.top is not Answer.YES:
        if tried.value is None:
            yield f"{tier.top.by.name} is missing"
        else:
            size = ending.tops.get(tier.name)
            best = f" (the best {size[0]:,} of {size[1]:,})" if size else ""
            yield f"{tier.top.by.name} {_number(tried.value)} is not in the top {tier.top.text}{best}"
    if tried.gate is not None and tried.gate.answer is not Answer.YES:
        yield lacks_text(tried.gate.lacks) or f"`{tried.gate.text}` does not hold"


def _number(value: object) -> str:
    return amount(value) if isinstance(value, int) else str(value)


def _in_the_way(own: LadderTrace, tier: Tier, held: str | None, mobility: MobilityTrace | None) -> Iterator[str]:
    """The better tiers that take the account, or keep it, before this one is tried."""
    for tried in own.tried:
        if tried.tier is tier and not tier.otherwise:
            return
        if tried.tier is tier or tried.tier.otherwise:
            continue
        if tried.fits:
            yield f"{tried.tier.name} takes it first, while {_takes(own.ladder, tried)}"
        elif mobility is not None and mobility.kept is tried.tier and mobility.keep is not None:
            yield f"it is kept in {tried.tier.name}, while `{mobility.keep.asked.text}`"


def _takes(ladder: Ladder, tried: TierTrace) -> str:
    """Why a tier takes the account, with the room it has to its line."""
    parts = []
    tier = tried.tier
    if tier.line is not None and ladder.by is not None and isinstance(tried.value, int):
        spare = (
            "" if tier.line.low is None else f" ({amount(tried.value - tier.line.low)} above {amount(tier.line.low)})"
        )
        parts.append(f"{ladder.by.name} {amount(tried.value)} is in {tier.line.text}{spare}")
    if tier.top is not None:
        parts.append(f"it is in the top {tier.top.text}")
    if tier.gate is not None:
        parts.append(f"`{tier.gate.text}` holds")
    return " and ".join(parts) or "no condition keeps it out"


def _triggered(trace: Trace, mobility: MobilityTrace, tier: str, held: str | None) -> Iterator[tuple[str, str]]:
    """The triggers that lead there from the held tier."""
    for each in mobility.triggers:
        if each.from_here and _target(trace.own.ladder, each, held) == tier:
            owner = f" ({each.trigger.owner.shown})" if each.trigger.owner is not None else ""
            yield f"by {each.trigger.name}{owner}", "; ".join([*_asked(each, mobility), *_closed(trace, each, tier)])


def _closed(trace: Trace, each: TriggerTrace, tier: str) -> Iterator[str]:
    """Why a trigger that would promote leads nowhere: the conditions of the tier that it aims at."""
    tried = next(found for found in trace.own.tried if found.tier.name == tier)
    if each.way is None and tried.gate is not None and tried.gate.answer is not Answer.YES:
        yield f"{tier} itself asks more: {lacks_text(tried.gate.lacks)}"


def _target(ladder: Ladder, each: TriggerTrace, held: str | None) -> str | None:
    """Where a trigger leads: past closed doors, if it holds; else where it aims."""
    if each.way is not None:
        return each.way.to.name if each.way.to is not None else None
    trigger, names = each.trigger, [tier.name for tier in ladder.tiers]
    if trigger.to is not None or held not in names:
        return trigger.to
    steps = trigger.steps or 0
    at = names.index(held) + (-steps if trigger.up else steps)
    return names[min(max(at, 0), len(names) - 1)]


def _asked(each: TriggerTrace, mobility: MobilityTrace) -> list[str]:
    """What its condition lacks, and what comes between a condition that holds and a move."""
    parts = [lacks_text(each.asked.lacks) if not each.holds else "nothing: its condition holds"]
    if each.holds and mobility.occasion.review:
        parts.append("but a review is due, which does not ask triggers")
    elif each.holds and each.blocked is not None:
        parts.append(f"but the hold {each.blocked.name} keeps it")
    elif each.holds and mobility.settled and mobility.holding is not None and mobility.holding.settled_until:
        parts.append(f"but it is settled until {mobility.holding.settled_until.isoformat()}")
    if each.trigger.approver is not None:
        parts.append(f"then {each.trigger.approver.shown} has to approve")
    return parts


def _out(trace: Trace, mobility: MobilityTrace, held: str) -> Iterator[tuple[str, str]]:
    """What would take it out of the tiers: a review where no tier takes it, or a demotion past them all."""
    ladder = trace.own.ladder
    if not any(tier.otherwise for tier in ladder.tiers):
        if trace.own.start is None and not (trace.pin is not None and trace.pin_in_force):
            yield "at a review", "nothing: no tier takes it as things are"
        else:
            keeping = list(_keeping(trace, mobility))
            if keeping:
                yield "at a review", "; ".join(keeping)
    for each in mobility.triggers:
        if each.from_here and each.way is not None and each.way.to is None:
            owner = f" ({each.trigger.owner.shown})" if each.trigger.owner is not None else ""
            yield f"by {each.trigger.name}{owner}", "; ".join(_asked(each, mobility))


def _keeping(trace: Trace, mobility: MobilityTrace) -> Iterator[str]:
    for tried in trace.own.tried:
        if tried.fits:
            yield f"{tried.tier.name} takes it, while {_takes(trace.own.ladder, tried)}"
    if mobility.kept is not None and mobility.keep is not None:
        yield f"it is kept in {mobility.kept.name}, while `{mobility.keep.asked.text}`"
