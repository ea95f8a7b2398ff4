"""The lines of one score of one account: what each gave and why."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tierlang.engines.interpreter.events import Fate
from tierlang.engines.interpreter.scores import (
    BestLine,
    EventsLine,
    FormulaLine,
    PointsLine,
    Scored,
    ScoreLine,
    TableLine,
    WeighedLine,
)
from tierlang.engines.interpreter.trace import DefinitionTrace, Trace
from tierlang.program.nodes import Score, Weighing
from tierlang.program.numbers import DIGITS, SCALE, half
from tierlang.reports.values import amount, percentage, value_text
from tierlang.reports.words import count

_MOST_DIGITS = 20
_MISSING_PART = {"share": "left out", "zero": "counts as 0", "unscored": "leaves the account unscored"}


def score_table(trace: Trace, each: DefinitionTrace) -> RenderableType:
    """Every line with what it gave in front, then what the sum, the range and the rounding made of it."""
    score, scored = each.definition, each.scored
    assert isinstance(score, Score)
    assert scored is not None
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, justify="right")
    table.add_column(overflow="fold", ratio=3)
    table.add_column(overflow="fold", ratio=2)
    policy = _MISSING_PART[score.body.missing or "unscored"] if isinstance(score.body, Weighing) else ""
    for line in scored.lines:
        _add(table, trace, line, policy)
    after = Text(_after(score, scored), style="dim")
    return Padding(Group(table, after) if after.plain else table, (0, 0, 0, 2))


def _add(table: Table, trace: Trace, line: ScoreLine, policy: str, indent: str = "") -> None:
    match line:
        case WeighedLine():
            table.add_row(*_weighed(line, policy))
        case PointsLine():
            table.add_row(*_points(line, indent))
        case TableLine(text=text, label=label, value=value, row=row, gained=gained):
            what = f"{indent}{_labelled(label, f'by {text}')}"
            table.add_row(
                _gain(gained),
                what,
                Text(_row_text(value_text(value), row), style="dim" if value is not None else "yellow"),
            )
        case EventsLine(text=text, label=label, gained=gained):
            table.add_row(_gain(gained), f"{indent}{_labelled(label, text)}", Text(_events(trace, line), style="dim"))
        case BestLine(label=label, lines=lines, gained=gained):
            table.add_row(_gain(gained), f"{label or 'the best of'}:", "")
            for inner in lines:
                _add(table, trace, inner, policy, "  ")
        case FormulaLine(text=text, value=value, missing=missing):
            if value is None:
                table.add_row(Text("?", style="yellow"), text, Text(_lacks(missing, text), style="yellow"))
            else:
                table.add_row(amount(value), text, "")


def _weighed(line: WeighedLine, policy: str) -> tuple[Text, str, Text]:
    what = f"{percentage(line.weight)} of {line.text}" + (f" when {line.when}" if line.when else "")
    if line.applies is None:
        return Text("-", style="yellow"), what, Text(f"unknown: {_lacks(line.missing)}; does not apply", style="yellow")
    if not line.applies:
        return Text("-", style="dim"), what, Text("does not apply", style="dim")
    if line.value is None:
        return Text("?", style="yellow"), what, Text(f"{_lacks(line.missing)}: {policy}", style="yellow")
    return _gain(line.contribution), what, Text(f"{line.text} is {amount(line.value)}", style="dim")


def _events(trace: Trace, line: EventsLine) -> str:
    """How many events gave the points; which, is said with the events."""
    seen = trace.fact(line.fact).events
    counted = sum(each.fate is Fate.COUNTS for each in seen)
    return f"{counted:,} of {count(len(seen), 'event')}" if seen else "no events"


def _points(line: PointsLine, indent: str) -> tuple[Text, str, Text]:
    # A condition that is a derived field alone is told by that field's label, which may be the line's own.
    what = f"{indent}{line.label if line.label == line.text else _labelled(line.label, f'when {line.text}')}"
    if line.earned is None:
        return (
            Text("?", style="yellow"),
            what,
            Text(f"unknown{_why_unknown(line)}; worth {amount(line.points)}", style="yellow"),
        )
    if not line.earned:
        return Text("0", style="dim"), what, Text(f"not earned; worth {amount(line.points)}", style="dim")
    return _gain(line.gained or line.points), what, Text("earned", style="green")


def _row_text(value: str, row: str) -> str:
    return {"missing": "missing", "otherwise": f"{value}: otherwise"}.get(row, f"{value}: row {row}")


def _labelled(label: str | None, text: str) -> str:
    return f"{label}: {text}" if label else text


def _lacks(missing: tuple[str, ...], itself: str = "") -> str:
    return f"{' and '.join(missing)} missing" if missing and missing != (itself,) else "missing"


def _why_unknown(line: PointsLine) -> str:
    """What the condition lacks; nothing where it is a condition over some time, whose days are shown with the signals."""
    return "" if line.missing == (line.text,) else f": {_lacks(line.missing)}"


def _gain(number: int | Fraction | None) -> Text:
    if number is None:
        return Text("-", style="dim")
    return Text(f"+{amount(number)}" if number > 0 else amount(number), style="bold" if number else "dim")


def _after(score: Score, scored: Scored) -> str:
    """What became of the sum: related to what applies and is present, kept in the range, rounded."""
    said = _weights(score.body, scored) if isinstance(score.body, Weighing) else []
    if scored.body is None:
        return "; ".join(said)
    if scored.clamped:
        ends = [amount(end) if end is not None else "" for end in (score.low, score.high)]
        said.append(f"{amount(scored.body)} in all, kept in {ends[0]}..{ends[1]}")
    elif scored.value is not None and scored.value != scored.body:
        said.append(f"{_before(scored.body, score.digits)} rounded to {count(score.digits, 'digit')}")
    return "; ".join(said)


def _weights(body: Weighing, scored: Scored) -> list[str]:
    """Which part of the weight decided, where it is not all of it."""
    lines = [line for line in scored.lines if isinstance(line, WeighedLine) and line.applies]
    total = sum(line.weight for line in lines)
    present = sum(line.weight for line in lines if line.value is not None)
    if body.scaled and total == 0:
        return ["no line applies, so there is no score"]
    if body.missing == "share" and present < total:
        known = percentage(half(present * SCALE, total))
        if scored.body is None:
            return [f"only {known} of the weight is known, and the rule wants {percentage(body.floor)}"]
        if body.scaled:
            return [f"divided by {percentage(present)}, the known part of the {percentage(total)} that applies"]
        return [f"scaled up from the {known} of the weight that is known"]
    return [f"divided by {percentage(total)}, the weight that applies"] if body.scaled and total != SCALE else []


def _before(body: Fraction, digits: int) -> str:
    """A sum with as many digits as it takes to see why it rounds up or down: 27.45496, where 27.455 would seem to round up."""
    for shown in range(DIGITS, _MOST_DIGITS):
        near = _rounded(body, shown)
        if _rounded(near, digits) == _rounded(body, digits):
            return amount(near) if shown == DIGITS else f"{Decimal(int(near * 10**shown / SCALE)).scaleb(-shown):,f}"
    return amount(body)


def _rounded(number: Fraction, digits: int) -> Fraction:
    """A number in 1/10,000ths, kept to so many digits after the point."""
    step = Fraction(SCALE, 10**digits)
    return half(*(number / step).as_integer_ratio()) * step
