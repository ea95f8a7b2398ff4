"""One account explained: where it is and why, the tiers tried, every line of every score, and everything that was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import attrs
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tierlang.engines.interpreter.matching import Answer
from tierlang.engines.interpreter.trace import ConditionTrace, DefinitionTrace, TierTrace, Trace
from tierlang.program.nodes import Ladder, Program, Top
from tierlang.program.outcome import Assignment
from tierlang.reports.score_lines import score_table
from tierlang.reports.values import shown_label, value_text

_WIDEST = 100
Row = tuple[str | Text, ...]


@attrs.frozen
class Ending:
    """What the whole population made of the account: its assignment, and the capacities that moved it on, in words.

    `ranked` counts the accounts that have a rank; `tops` says by tier how many its top takes, and of how many.
    """

    assignment: Assignment
    as_of: dt.date
    ranked: int
    moves: tuple[str, ...] = ()
    tops: Mapping[str, tuple[int, int]] = attrs.field(factory=dict)


def print_explained(console: Console, program: Program, trace: Trace, ending: Ending) -> None:
    """Writes the whole view."""
    sections: list[tuple[str, RenderableType | None]] = [
        ("Tiers, from the best", _tiers(program.ladders[0], trace, ending)),
        ("Capacity", _sentences(ending.moves)),
        ("Pin", _sentences(_pin(trace))),
        ("What happens there", _table(_owners_and_plays(program, trace, ending))),
        *((_score_title(each), score_table(each)) for each in reversed(trace.definitions) if each.scored),
        ("Derived", _table([_derived(each) for each in trace.definitions if not each.scored and _is_shown(each)])),
        ("Exclusions", _exclusions(trace)),
        (
            "Fields",
            _table(
                [_field(field.name, field.label, value_text(value), value is None) for field, value in trace.fields]
            ),
        ),
    ]
    parts: list[RenderableType] = [Text(""), *_head(program, trace, ending)]
    for title, body in sections:
        if body is not None:
            parts += [Text(""), Text(title, style="bold"), body]
    with console.capture() as capture:
        console.print(Padding(Group(*parts), (0, 0, 0, 1)), width=min(console.width, _WIDEST))
    text = capture.get()
    console.file.write(text if console.is_terminal else "".join(f"{line.rstrip()}\n" for line in text.splitlines()))
    console.file.flush()


def _head(program: Program, trace: Trace, ending: Ending) -> list[Text]:
    at = ending.assignment
    labels = {tier.name: shown_label(tier) for tier in program.ladders[0].tiers}
    where = Text(trace.key, style="bold")
    if at.tier is not None:
        where.append(" is in ", style="not bold").append(at.tier, style="cyan")
        where.append(f" {labels[at.tier]}" if labels[at.tier] else "", style="not bold")
    else:
        where.append(" is excluded" if at.excluded else " is in no tier", style="not bold")
    lines = [where, Text(at.reason)]
    facts = [f"rank {at.own.rank:,} of {ending.ranked:,}"] if at.own.rank is not None else []
    facts += [f"cluster {at.own.cluster}"] if at.own.cluster else []
    facts += [f"no {', no '.join(at.own.uncovered)}"] if at.own.uncovered else []
    facts.append(f"as of {ending.as_of.isoformat()}")
    lines.append(Text("; ".join(facts), style="dim"))
    return lines


def _tiers(ladder: Ladder, trace: Trace, ending: Ending) -> RenderableType | None:
    if trace.excluded is not None:
        return _sentences((f"Not asked: the account is excluded ({trace.excluded.name}).",))
    rows = [(*_verdict(tried, trace), _why(ladder, tried, ending)) for tried in trace.tried]
    return _table(rows)


def _verdict(tried: TierTrace, trace: Trace) -> tuple[Text, Text]:
    name = Text(tried.tier.name, style="bold")
    if trace.base is not None and tried.tier.name == trace.base.name:
        return Text("yes", style="green"), name
    if tried.fits:
        return Text("not needed" if tried.tier.otherwise else "fits too", style="dim"), name
    return Text("no", style="red"), name


def _why(ladder: Ladder, tried: TierTrace, ending: Ending) -> Text:
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


def condition_text(asked: ConditionTrace) -> str:
    """A condition and its answer, with the values that it read, or with what it lacked."""
    read = ", ".join(f"{each.name} is {value_text(each.value)}" for each in asked.reads)
    match asked.answer:
        case Answer.YES:
            return f"`{asked.text}` holds" + (f" ({read})" if read else "")
        case Answer.NO:
            return f"`{asked.text}` does not hold" + (f" ({read})" if read else "")
        case Answer.UNKNOWN:
            return f"`{asked.text}` is unknown" + (f": {' and '.join(asked.missing)} missing" if asked.missing else "")


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


def _owners_and_plays(program: Program, trace: Trace, ending: Ending) -> list[Row]:
    """Each function with its owner and its plays, for the tier where the account ended."""
    tier = next((tier for tier in program.ladders[0].tiers if tier.name == ending.assignment.tier), None)
    if tier is None:
        return []
    values = {field.name: value for field, value in trace.fields}
    owners: dict[str, str] = {}
    for each in tier.owners:
        if each.owner is not None:
            owners[each.function] = each.owner.shown
        elif each.field is not None:
            owners[each.function] = f"{value_text(values.get(each.field.name))} ({each.field.name})"
    plays = {function: [play.label for play in tier.plays if play.function == function] for function in owners}
    plays |= {
        play.function: [other.label for other in tier.plays if other.function == play.function] for play in tier.plays
    }
    return [(function, owners.get(function, ""), "; ".join(plays[function])) for function in plays]


def _exclusions(trace: Trace) -> RenderableType | None:
    styles = {Answer.YES: ("yes", "red"), Answer.NO: ("no", "dim"), Answer.UNKNOWN: ("unknown", "yellow")}
    rows: list[Row] = []
    for each in trace.exclusions:
        word, style = styles[each.asked.answer]
        rows.append((Text(word, style=style), Text(each.exclusion.name, style="bold"), condition_text(each.asked)))
    return _table(rows)


def _score_title(each: DefinitionTrace) -> str:
    assert each.scored is not None
    value = value_text(each.scored.value) if each.scored.value is not None else "none: the account is unscored"
    return f"Score {each.scored.name}: {value}"


def _is_shown(each: DefinitionTrace) -> bool:
    return not getattr(each.definition, "hidden", False)


def _derived(each: DefinitionTrace) -> Row:
    missing = f" ({' and '.join(each.missing)} missing)" if each.missing else ""
    value = Text(value_text(each.value), style="yellow" if each.value is None else "")
    return each.definition.name, value, Text(f"{getattr(each.definition, 'text', '')}{missing}", style="dim")


def _field(name: str, label: str | None, value: str, missing: bool) -> Row:
    return name, Text(value, style="yellow" if missing else ""), Text(label or "", style="dim")


def _table(rows: Sequence[Row]) -> RenderableType | None:
    """Rows in columns; the last column takes the room that is left."""
    if not rows:
        return None
    table = Table.grid(padding=(0, 2, 0, 0))
    for column in range(len(rows[0])):
        table.add_column(overflow="fold", no_wrap=column == 0 and len(rows[0]) > 1)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    return Padding(table, (0, 0, 0, 2))


def _sentences(lines: tuple[str, ...]) -> RenderableType | None:
    return _table([(Text(line),) for line in lines])
