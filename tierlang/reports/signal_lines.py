"""Signals of one account: where the value comes from now, and the days on which a lasting condition held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rich.text import Text

from tierlang.engines.interpreter.signals import Stretch
from tierlang.engines.interpreter.trace_facts import SignalTrace
from tierlang.reports.rows import Row
from tierlang.reports.values import MISSING, value_text
from tierlang.reports.words import count, date

_MOST_STRETCHES = 8


def signal_words(signal: SignalTrace, as_of: dt.date) -> str:
    """The observation that counts and how long it does, or why there is no value."""
    said = [_observed(signal, as_of)]
    if signal.same_day > 1:
        said.append(f"the greatest of {signal.same_day:,} of that day")
    if signal.later:
        said.append(f"{signal.later:,} after {date(as_of)} left out")
    return "; ".join(said)


def _observed(signal: SignalTrace, as_of: dt.date) -> str:
    if signal.at is None:
        return f"never observed up to {date(as_of)}"
    if not signal.counts:
        assert signal.until is not None
        return f"{value_text(signal.observed)}, observed {date(signal.at)}, lasted until {date(signal.until)}"
    if signal.value is None:
        return f"observed {date(signal.at)} without a value"
    return f"observed {date(signal.at)}" + (f", lasts until {date(signal.until)}" if signal.until else "")


def stretch_rows(days: Sequence[Stretch]) -> list[Row]:
    """The days of a lasting condition, the latest first, joined while one observation counts."""
    rows: list[Row] = []
    for each in list(reversed(days))[:_MOST_STRETCHES]:
        stretch = date(each.first) if each.first == each.last else f"{date(each.first)}..{date(each.last)}"
        rows.append((_answer(each.answer), stretch, _said(each)))
    rest = len(days) - _MOST_STRETCHES
    if rest > 0:
        rows.append(("", f"and {count(rest, 'earlier stretch', 'earlier stretches')}", ""))
    return rows


def _answer(answer: bool | None) -> Text:
    if answer is None:
        return Text("?", style="yellow")
    return Text("yes", style="green") if answer else Text("no", style="red")


def _said(each: Stretch) -> str:
    if each.observed is None:
        return "no observation counts"
    value = MISSING if each.value is None else f"is {value_text(each.value)}"
    return f"{value}, observed {date(each.observed)}"
