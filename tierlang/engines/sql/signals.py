"""Signals: the value that counts as of a date, on how many days an observation counts, and what accounts read of a condition that had to hold."""

from __future__ import annotations

import datetime as dt

import attrs
from sqlglot import exp

from tierlang.engines.sql import names, trees
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.found import DAY, Found
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.looked_up import SQL_TYPES
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.calendar import Duration, shift
from tierlang.program.nodes import Program, Signal, Sustained


def value_column(program: Program, signal: Signal) -> str:
    """The column of a signal's values among the rows of a pass."""
    return f"v{program.signals.index(signal)}"


def now_column(program: Program, signal: Signal) -> str:
    """The column with the value that counts as of the date."""
    return f"s{program.signals.index(signal)}_now"


def present(program: Program, signal: Signal) -> Found:
    """The value as of the date, as accounts read it."""
    value = names.valued(signal.value, now_column(program, signal))
    return Found(signal.name, _Now(attrs.evolve(value, missing=True) if isinstance(value, Number) else value))


def sustained_of(program: Program, signal: Signal) -> list[Sustained]:
    """The facts about a signal."""
    return [fact for fact in program.facts if isinstance(fact, Sustained) and fact.signal == signal.name]


def first_day(as_of: dt.date, fact: Sustained) -> dt.date:
    """The first day on which the condition must hold."""
    return min(shift(as_of, fact.duration, -1) + dt.timedelta(days=1), as_of)


@attrs.frozen
class _Now:
    value: Tree | Number

    def __call__(self, _: Lowering) -> Tree | Number:
        return self.value


# --- the value as of the date -------------------------------------------------------------------------------------------------------


def observation(value: Tree) -> Tree:
    """An observation so that the greatest is the one that counts: the latest, then one with a value, then the greatest value."""
    return trees.call("row", trees.column(DAY), trees.not_null(value.copy()), value)


def part(observed: Tree, place: int) -> Tree:
    """The day (1) or the value (3) of an observation."""
    return trees.call("struct_extract_at", observed, trees.number(place))


def holds_on(as_of: dt.date, signal: Signal, day: Tree) -> Tree:
    """Whether an observation of that day still holds as of the date."""
    if signal.lasts is None:
        return exp.true()
    return trees.compare(">=", day, trees.date(shift(as_of, signal.lasts, -1)))


def last_value(program: Program, signal: Signal, holds: Tree) -> Tree:
    """The aggregate of an account's rows that is the value as of the date; `holds` tells those that could still count."""
    last = trees.only(exp.Max(this=observation(trees.column(value_column(program, signal)))), holds.copy())
    return part(last, 3)


# --- conditions that held for some time ----------------------------------------------------------------------------------------------


@attrs.frozen
class Sustaining:
    """How a condition that held reads from the columns of a pass: on how many of `length` days an observation counted, and what it said."""

    fact: Sustained
    signal: Signal
    covered: str
    untrue: str
    unknown: str
    length: int

    def __call__(self, lowering: Lowering) -> Tree:
        covered = trees.coalesce(trees.column(self.covered), trees.number(0))
        open_days = lowering.layers.bind(trees.compare("<", covered, trees.number(self.length)))
        nothing = _without(self.signal)
        asked = Lowering(lowering.layers, lowering.as_of, {}, attributes={self.signal.name: nothing})
        without = asked.tree(self.fact.test)
        untrue, unknown = (trees.is_true(trees.column(each)) for each in (self.untrue, self.unknown))
        return trees.choose(
            [
                (trees.any_of(untrue, trees.all_of(open_days, trees.negate(without))), exp.false()),
                (
                    trees.any_of(unknown, trees.all_of(open_days.copy(), trees.is_null(without.copy()))),
                    trees.null("BOOLEAN"),
                ),
            ],
            exp.true(),
        )


def _without(signal: Signal) -> Tree | Number:
    if signal.kind.is_numeric:
        return Number(trees.null("INTEGER"), 1, 0, 0, "INTEGER", missing=True)
    return trees.null(SQL_TYPES[signal.kind])


def value(program: Program, signal: Signal) -> Tree | Number:
    """The signal's value among the rows of a pass; it may be missing."""
    found = names.valued(signal.value, value_column(program, signal))
    return attrs.evolve(found, missing=True) if isinstance(found, Number) else found


def days_covered(layers: Layers, as_of: dt.date, signal: Signal, age: Tree, newest: Tree, length: int) -> Tree:
    """On how many of the last `length` days an observation counts, 0 or less for none.

    `age` is its own in days, `newest` how many days ago it would count for the last time if it had no end of its own.
    """
    oldest = trees.choose([(trees.compare("<", age, trees.number(length)), age.copy())], trees.number(length - 1))
    end = _end(as_of, signal, age, length)
    if end is not None:
        end = layers.bind(end)
        newest = trees.choose([(trees.compare(">", end, newest), end.copy())], newest.copy())
    return trees.add(trees.subtract(oldest, newest), trees.number(1))


def _end(as_of: dt.date, signal: Signal, age: Tree, length: int) -> Tree | None:
    """How many days ago an observation of some age counted for the last time, by what the signal says; None if it has no end."""
    if signal.lasts is None:
        return None
    days = signal.lasts.days
    if days is not None:
        return trees.subtract(age.copy(), trees.number(days))
    ends = [trees.number(each) for each in ends_by_age(as_of, signal.lasts, length)]
    every = trees.cast(exp.Array(expressions=ends), "INTEGER[]")
    found = trees.call("list_extract", every, trees.add(age.copy(), trees.number(1)))
    return trees.coalesce(found, trees.number(length))


def ends_by_age(as_of: dt.date, lasts: Duration, length: int) -> list[int]:
    """How many days ago an observation counted for the last time, by its age; it ends before those that are older counted within `length` days."""
    found: list[int] = []
    for ago in range(length):
        oldest = (as_of - shift(as_of - dt.timedelta(days=ago), lasts, -1)).days
        found.extend([ago] * (oldest + 1 - len(found)))
    return found
