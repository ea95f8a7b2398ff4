"""One account explained: where it is and why, the tiers tried, every line of every score, and everything that was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from tierlang.engines.interpreter.trace import DefinitionTrace, Trace
from tierlang.engines.interpreter.trace_ladder import LadderTrace
from tierlang.program.nodes import Enduring, Percentile, Program
from tierlang.program.outcome import Assignment
from tierlang.reports.explained_facts import events_text, lookups_text, scores_text, signals_text
from tierlang.reports.explained_ladder import (
    LadderEnding,
    Section,
    happenings,
    ladder_facts,
    ladder_sections,
    where_text,
)
from tierlang.reports.explained_moves import LedgerFacts, moves_sections
from tierlang.reports.rows import Row, answer_text, condition_text, sentences, table
from tierlang.reports.score_lines import score_table
from tierlang.reports.values import value_text

_WIDEST = 100


@attrs.frozen
class Ending:
    """What the whole population made of the account: its assignment, and how it came about on each ladder, in the program's order."""

    assignment: Assignment
    as_of: dt.date
    ladders: tuple[LadderEnding, ...]


def print_explained(
    console: Console, program: Program, trace: Trace, ending: Ending, ledger: LedgerFacts | None = None
) -> None:
    """Writes the whole view; `ledger` for a run that knows the past."""
    parts: list[RenderableType] = [Text(""), *_head(program, trace, ending)]
    for title, body in _sections(program, trace, ending, ledger):
        if body is not None:
            parts += [Text(""), Text(title, style="bold"), body]
    with console.capture() as capture:
        console.print(Padding(Group(*parts), (0, 0, 0, 1)), width=min(console.width, _WIDEST))
    text = capture.get()
    console.file.write(text if console.is_terminal else "".join(f"{line.rstrip()}\n" for line in text.splitlines()))
    console.file.flush()


def _sections(program: Program, trace: Trace, ending: Ending, ledger: LedgerFacts | None) -> Iterator[Section]:
    """What decided the own ladder, the others, the scores from the last, then everything that was read."""
    if ledger is not None:
        yield from moves_sections(program, trace, ending.ladders[0], ledger, ending.as_of)
    yield from ladder_sections(trace, trace.own, ending.ladders[0])
    yield "Pin", sentences(_pin(trace))
    yield happenings(trace, trace.own)
    for ladder, end in zip(trace.ladders[1:], ending.ladders[1:], strict=True):
        yield _view(trace, ladder, end)
    yield (
        "Marks",
        table(
            [
                (answer_text(each.asked.answer), Text(each.mark.shown, style="bold"), condition_text(each.asked))
                for each in trace.marks
            ]
        ),
    )
    for each in reversed(trace.definitions):
        if each.scored:
            yield _score_title(each), score_table(trace, each)
    yield "Events", events_text(trace, ending.as_of)
    yield "Signals", signals_text(trace, ending.as_of)
    yield "Scores over time", scores_text(trace) if ledger is not None else None
    yield "Derived", table([_derived(each) for each in trace.definitions if not each.scored and _is_shown(each)])
    yield "Looked up", lookups_text(program, trace)
    yield (
        "Exclusions",
        table(
            [
                (
                    answer_text(each.asked.answer, yes="red"),
                    Text(each.exclusion.name, style="bold"),
                    condition_text(each.asked),
                )
                for each in trace.exclusions
            ]
        ),
    )
    yield (
        "Fields",
        table([_field(field.name, field.label, value_text(value), value is None) for field, value in trace.fields]),
    )


def _head(program: Program, trace: Trace, ending: Ending) -> list[Text]:
    at = ending.assignment
    where = Text(trace.key, style="bold")
    if at.tier is not None:
        where.append(" is in ", style="not bold").append(where_text(program.ladders[0], at.tier))
    else:
        where.append(" is excluded" if at.excluded else " is in no tier", style="not bold")
    facts = ladder_facts(ending.ladders[0])
    for ladder, end in zip(program.ladders[1:], ending.ladders[1:], strict=True):
        if not at.excluded:
            facts.append(f"{ladder.name}: {end.placement.tier or 'no tier'}")
    facts += [f"marked {mark.shown}" for mark in program.marks if mark.name in at.marks]
    facts.append(f"as of {ending.as_of.isoformat()}")
    return [where, Text(at.reason), Text("; ".join(facts), style="dim")]


def _view(trace: Trace, ladder: LadderTrace, ending: LadderEnding) -> Section:
    """A further ladder, all of it in one section."""
    at = ending.placement
    title = f"{ladder.ladder.name}: {at.tier or 'no tier'}"
    if trace.excluded is not None:
        return title, sentences(("Not asked: the account is excluded.",))
    lines = [Text(at.reason), Text("; ".join(ladder_facts(ending)), style="dim")]
    parts: list[RenderableType] = [Padding(line, (0, 0, 0, 2)) for line in lines if line.plain]
    for name, body in (*ladder_sections(trace, ladder, ending), happenings(trace, ladder)):
        if body is not None:
            parts += [Padding(Text(name), (0, 0, 0, 2)), Padding(body, (0, 0, 0, 2))]
    return title, Group(*parts)


def _pin(trace: Trace) -> tuple[str, ...]:
    pin = trace.pin
    if pin is None:
        return ()
    until = f" until {pin.until.isoformat()}" if pin.until else ""
    owner = f" by {pin.owner.shown}" if pin.owner else ""
    because = f", because {pin.because}" if pin.because else ""
    state = "in force" if trace.pin_in_force else "no longer in force"
    if trace.excluded is not None and trace.pin_in_force:
        state = "without effect, as the account is excluded"
    return (f"to {pin.tier}{owner}{until}{because}: {state}",)


def _score_title(each: DefinitionTrace) -> str:
    assert each.scored is not None
    value = value_text(each.scored.value) if each.scored.value is not None else "none"
    return f"Score {each.scored.name}: {value}"


def _is_shown(each: DefinitionTrace) -> bool:
    return not isinstance(each.definition, Enduring) and not getattr(each.definition, "hidden", False)


def _derived(each: DefinitionTrace) -> Row:
    missing = f" ({' and '.join(each.missing)} missing)" if each.missing else ""
    value = Text(value_text(each.value), style="yellow" if each.value is None else "")
    at = each.definition
    # What the compiler named has all of its words for a name; they stand behind it anyway.
    name = "percentile" if isinstance(at, Percentile) and at.name.startswith(at.text) else at.name
    return name, value, Text(f"{getattr(each.definition, 'text', '')}{missing}", style="dim")


def _field(name: str, label: str | None, value: str, missing: bool) -> Row:
    return name, Text(value, style="yellow" if missing else ""), Text(label or "", style="dim")
