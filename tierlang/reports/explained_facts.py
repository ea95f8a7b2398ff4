"""What came of one account's events and signals, figure by figure, and of the lookup tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from tierlang.diagnostics.suggest import listing
from tierlang.engines.interpreter.trace import Trace
from tierlang.engines.interpreter.trace_facts import FactTrace
from tierlang.program.nodes import Enduring, Lookup, Program, Sustained
from tierlang.program.values import Value
from tierlang.reports.event_lines import event_rows
from tierlang.reports.rows import Row, sentences, table
from tierlang.reports.signal_lines import signal_words, stretch_rows
from tierlang.reports.values import value_text


def events_text(trace: Trace, as_of: dt.date) -> RenderableType | None:
    """Every figure of events with its value, and the events behind it."""
    figures = [each for each in trace.facts if not isinstance(each.fact, Sustained)]
    if not figures:
        return None
    none = dict.fromkeys(
        each.fact.event for each in figures if not isinstance(each.fact, Sustained) and not each.events
    )
    said = sentences([f"The account has {listing([f'no {name} event' for name in none])}."] if none else [])
    parts = [part for each in figures for part in _figure(each, as_of)]
    return Group(*([said] if said is not None else []), *parts)


def signals_text(trace: Trace, as_of: dt.date) -> RenderableType | None:
    """Every signal as of the day, then the conditions that had to hold for some time."""
    rows: list[Row] = []
    for each in trace.signals:
        value = Text(value_text(each.value), style="yellow" if each.value is None else "")
        rows.append((each.signal.name, value, Text(signal_words(each, as_of), style="dim")))
    signals = table(rows)
    parts = [] if signals is None else [signals]
    parts += [part for each in trace.facts if isinstance(each.fact, Sustained) for part in _figure(each, as_of)]
    return Group(*parts) if parts else None


def scores_text(trace: Trace) -> RenderableType | None:
    """Every condition on a score that has to hold for some time, and its days as the ledger observed them."""
    parts: list[RenderableType] = []
    for each in trace.definitions:
        if isinstance(each.definition, Enduring):
            value = "unknown" if each.value is None else value_text(each.value)
            title = Text(each.definition.text, style="bold").append(": ", style="not bold")
            parts.append(Padding(title.append(value, style="yellow" if each.value is None else "cyan"), (0, 0, 0, 2)))
            below = table(stretch_rows(each.days), indent=4)
            parts += [below] if below is not None else []
    return Group(*parts) if parts else None


def _figure(each: FactTrace, as_of: dt.date) -> Iterator[RenderableType]:
    """`count of order within 90 days: 3`, and below it what counted and what did not."""
    title = Text(each.fact.text, style="bold").append(": ", style="not bold")
    value = "unknown" if isinstance(each.fact, Sustained) and each.value is None else value_text(each.value)
    yield Padding(title.append(value, style="yellow" if each.value is None else "cyan"), (0, 0, 0, 2))
    fact = each.fact
    rows = stretch_rows(each.days) if isinstance(fact, Sustained) else event_rows(fact, each.events, as_of)
    below = table(rows, indent=4)
    if below is not None:
        yield below


def lookups_text(program: Program, trace: Trace) -> RenderableType | None:
    """What each lookup table says of the account: the row that fits, or why none does."""
    values: dict[str, Value] = {program.key.name: trace.key}
    values |= {field.name: value for field, value in trace.fields}
    values |= {each.definition.name: each.value for each in trace.definitions}
    return table([_lookup(each, values) for each in program.lookups])


def _lookup(lookup: Lookup, values: dict[str, Value]) -> Row:
    items = tuple(values.get(name) for name in lookup.match)
    asked = ", ".join(f"{name} is {value_text(item)}" for name, item in zip(lookup.match, items, strict=True))
    found = next((given for match, given in lookup.rows if match == items), None)
    if found is None:
        why = "" if None in items else "no row for "
        return lookup.name, Text("missing", style="yellow"), Text(f"{why}{asked}", style="dim")
    given = ", ".join(f"{column.name} {value_text(value)}" for column, value in zip(lookup.columns, found, strict=True))
    return lookup.name, given, Text(f"where {asked}", style="dim")
