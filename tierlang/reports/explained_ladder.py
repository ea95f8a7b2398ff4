"""One account on one ladder: the tiers tried, what raises and caps made of it, the seats, and what happens where it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
from rich.console import RenderableType
from rich.text import Text

from tierlang.engines.interpreter.matching import Answer
from tierlang.engines.interpreter.trace import Trace
from tierlang.engines.interpreter.trace_ladder import AdjustmentTrace, LadderTrace, PlayTrace, TierTrace
from tierlang.program.nodes import Ladder, Top
from tierlang.program.outcome import Placement
from tierlang.reports.rows import Row, answer_text, condition_text, sentences, table
from tierlang.reports.values import shown_label, value_text

Section = tuple[str, RenderableType | None]


@attrs.frozen
class LadderEnding:
    """What the whole population made of the account on one ladder, with the capacities that moved it on in words.

    `ranked` counts the accounts that have a rank there; `tops` says by tier how many its top takes, and of how many.
    """

    placement: Placement
    ranked: int
    moves: tuple[str, ...] = ()
    tops: Mapping[str, tuple[int, int]] = attrs.field(factory=dict)


def where_text(ladder: Ladder, tier: str | None) -> Text:
    """The tier with its label, `no tier` without one."""
    if tier is None:
        return Text("no tier")
    labels = {each.name: shown_label(each) for each in ladder.tiers}
    text = Text(tier, style="cyan")
    return text.append(f" {labels[tier]}", style="not bold default") if labels[tier] else text


def ladder_facts(ending: LadderEnding) -> list[str]:
    """Rank, cluster and gaps in short."""
    at = ending.placement
    facts = [f"rank {at.rank:,} of {ending.ranked:,}"] if at.rank is not None else []
    facts += [f"cluster {at.cluster}"] if at.cluster else []
    return facts + ([f"no {', no '.join(at.uncovered)}"] if at.uncovered else [])


def ladder_sections(trace: Trace, ladder: LadderTrace, ending: LadderEnding) -> Iterator[Section]:
    """The sections that every ladder has."""
    yield "Tiers, from the best", _tiers(trace, ladder, ending)
    yield "Raises, lowers, floors and caps", _adjustments(ladder)
    yield "Capacity", sentences(ending.moves)


def happenings(trace: Trace, ladder: LadderTrace) -> Section:
    """Each function with its owner and its plays, for the tier where the account ended."""
    return "What happens there", table(_owners_and_plays(trace, ladder))


def _tiers(trace: Trace, ladder: LadderTrace, ending: LadderEnding) -> RenderableType | None:
    if trace.excluded is not None:
        return sentences((f"Not asked: the account is excluded ({trace.excluded.name}).",))
    return table([(*_verdict(tried, ladder), _why(ladder.ladder, tried, ending)) for tried in ladder.tried])


def _verdict(tried: TierTrace, ladder: LadderTrace) -> tuple[Text, Text]:
    name = Text(tried.tier.name, style="bold")
    if ladder.base is not None and tried.tier.name == ladder.base.name:
        return Text("yes", style="green"), name
    if tried.fits:
        return Text("not needed" if tried.tier.otherwise else "fits too", style="dim"), name
    return Text("no", style="red"), name


def _why(ladder: Ladder, tried: TierTrace, ending: LadderEnding) -> Text:
    tier = tried.tier
    parts: list[str] = []
    if tier.line is not None and ladder.by is not None:
        parts.append(_on_line(ladder.by.name, value_text(tried.value), tier.line.text, tried.line))
    if tier.top is not None:
        parts.append(_in_top(tier.top, value_text(tried.value), tried.top, ending.tops.get(tier.name)))
    if tried.gate is not None:
        parts.append(condition_text(tried.gate))
    if tier.otherwise:
        parts.append("takes whoever no other tier takes")
    return Text("; ".join(parts))


def _in_top(top: Top, value: str, answer: Answer | None, size: tuple[int, int] | None) -> str:
    if answer is Answer.UNKNOWN:
        return f"{top.by.name} is missing"
    verb = "is not in" if answer is Answer.NO else "is in"
    best = f" (the best {size[0]:,} of {size[1]:,})" if size else ""
    return f"{top.by.name} {value} {verb} the top {top.text}{best}"


def _on_line(by: str, value: str, line: str, answer: Answer | None) -> str:
    match answer:
        case Answer.UNKNOWN:
            return f"{by} is missing"
        case Answer.NO:
            return f"{by} {value} is not in {line}"
        case _:
            return f"{by} {value} is in {line}"


def _adjustments(ladder: LadderTrace) -> RenderableType | None:
    """Every adjustment with its answer and what it did; of a pinned account none is asked."""
    of = ladder.ladder
    if ladder.pin is not None and (of.shifts or of.floors or of.caps):
        return sentences(("Not asked: a pin is in force.",))
    rows: list[Row] = [_adjustment(each) for each in ladder.adjustments]
    if ladder.adjusted is not None:
        rows += [
            ("", "", Text(f"so {words.removeprefix('; ')}", style="bold")) for words in ladder.adjusted.said if words
        ]
    return table(rows)


def _adjustment(each: AdjustmentTrace) -> Row:
    adjustment = each.adjustment
    label = f"{adjustment.shown}: " if adjustment.shown != each.asked.text else ""
    idle = ", and changes nothing" if each.asked.answer is Answer.YES and not each.does_something else ""
    return (
        answer_text(each.asked.answer),
        Text(adjustment.what, style="bold"),
        f"{label}{condition_text(each.asked)}{idle}",
    )


def _owners_and_plays(trace: Trace, ladder: LadderTrace) -> list[Row]:
    if ladder.ended is None:
        return []
    values = {field.name: value for field, value in trace.fields}
    owners: dict[str, str] = {}
    for each in ladder.ended.owners:
        if each.owner is not None:
            owners[each.function] = each.owner.shown
        elif each.field is not None:
            owners[each.function] = f"{value_text(values.get(each.field.name))} ({each.field.name})"
    plays = {play.play.function for play in ladder.plays}
    functions = [*owners, *(each.function for each in ladder.ended.plays if each.function not in owners)]
    rows: list[Row] = []
    for function in dict.fromkeys(functions):
        mine = [play for play in ladder.plays if play.play.function == function] if function in plays else []
        always = "; ".join(play.play.label for play in mine if play.asked is None)
        lines = [always] if always or all(play.asked is None for play in mine) else []
        lines += [_conditional(play) for play in mine if play.asked is not None]
        rows += [
            (function if not place else "", owners.get(function, "") if not place else "", line)
            for place, line in enumerate(lines)
        ]
    return rows


def _conditional(play: PlayTrace) -> str:
    assert play.asked is not None
    return f"{'' if play.holds else 'not '}{play.play.label}: {condition_text(play.asked)}"
