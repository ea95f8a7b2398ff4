"""A pass over signals on which conditions must hold for some time.

Observations are first grouped by account and day (all those before the first day that matters as one), the greatest of a day counting; each
then holds to the day of the next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlglot import exp

from tierlang.engines.sql import signals, tags, trees
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.found import DAY, FACT, ROUNDED, Figures, Found, rows_column
from tierlang.engines.sql.layers import Layers, Named
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Program, Signal, Sustained

SLOT = "slot"
NEXT = "next_slot"
_KEYS = (*tags.KEYS, FACT, SLOT)


class Observed:
    """Such a pass, whose `rows` are layers over the rows; `found` tells how the facts and the present values read from it, `columns` what it has of each signal."""

    def __init__(self, program: Program, as_of: dt.date, of: Sequence[Signal], rows: Layers, name: str) -> None:
        self._program = program
        self._as_of = as_of
        self._of = of
        self._grouped, self._ordered = f"{name}_by_day", f"{name}_in_order"
        self._rows = rows
        self._days = Layers(self._ordered, f"{name}_day")
        self._by_day: dict[str, Tree] = {}
        self._by_account: dict[str, Tree] = {}
        self._slots: list[tuple[Tree, Tree]] = []
        self._own: dict[str, Tree] = {}
        self._faulty = Figures("faulty")
        self.found: list[Found] = []
        self.columns: dict[str, tuple[str, ...]] = {}
        for signal in of:
            self._take(signal)

    def by_day(self) -> dict[str, Tree]:
        """What is computed of the observations of one day, or of those before the first that matters."""
        tags.told(self._program, self._as_of, self._rows, self._own, list(self._own.values()))
        self._rows.bind(trees.choose(self._slots), SLOT)
        return {**self._by_day, **self._faulty.columns, **tags.sizes()}

    def by_account(
        self, keyed: Layers, keys: Mapping[str, Tree], by_day: Mapping[str, Tree]
    ) -> tuple[list[Named], exp.Select]:
        """The layers from the keyed rows on, and the SELECT of a row per account."""
        counting = trees.not_null(keys[tags.WHO])
        seen = {
            name: keyed.bind(trees.choose([(counting, trees.column(name))]), f"{name}_seen") for name in (FACT, SLOT)
        }
        layers, select = keyed.finished({**keys, **seen, **by_day})
        layers.append(Named(self._grouped, tags.grouped(select, len(keys) + len(seen))))
        layers.append(Named(self._ordered, self._in_order()))
        sums = {name: trees.cast(exp.Sum(this=trees.column(name)), "BIGINT") for name in (tags.N, ROUNDED)}
        again = {name: trees.column(name) for name in tags.KEYS}
        above, last = self._days.finished({**again, **self._by_account, **sums, **tags.refused(sums[tags.N])})
        return [*layers, *above], tags.grouped(last, len(tags.KEYS))

    def _in_order(self) -> exp.Select:
        """The observation of each slot, beside the slot of the next one."""
        kept = [*_KEYS, tags.N, ROUNDED, *self._faulty.columns]
        select = trees.select(*(trees.column(name) for name in kept)).from_(self._grouped, copy=False)
        days = [signals.part(trees.column(_last(signal, self._program)), 1) for signal in self._of]
        select = select.select(trees.named(trees.coalesce(*days), DAY), copy=False)
        for signal in self._of:
            value = signals.part(trees.column(_last(signal, self._program)), 3)
            select = select.select(trees.named(value, signals.value_column(self._program, signal)), copy=False)
        following = trees.windowed(
            trees.call("lead", trees.column(SLOT)),
            by=[trees.column(name) for name in (tags.WHO, FACT)],
            order=[trees.ascending(trees.column(SLOT))],
        )
        return select.select(trees.named(following, NEXT), copy=False)

    def _take(self, signal: Signal) -> None:
        program, as_of = self._program, self._as_of
        among_rows, own = (layers.bind(_is(signal)) for layers in (self._rows, self._days))
        self._own[signal.name] = among_rows
        self._slots.append((among_rows.copy(), self._slot(signal)))
        observation = signals.observation(trees.column(signals.value_column(program, signal)))
        self._by_day[_last(signal, program)] = trees.only(exp.Max(this=observation), among_rows.copy())
        self.found.append(signals.present(program, signal))
        figures = Figures(f"s{program.signals.index(signal)}")
        for fact in signals.sustained_of(program, signal):
            faulty = self._faults(figures, signal, fact)
            self.found.append(self._held(figures, signal, fact, own, faulty))
        holds = [own.copy(), trees.is_null(trees.column(NEXT)), signals.holds_on(as_of, signal, trees.column(DAY))]
        value = exp.Max(this=trees.column(signals.value_column(program, signal)))
        self._by_account[signals.now_column(program, signal)] = trees.only(value, trees.all_of(*holds))
        self._by_account |= figures.columns
        self.columns[signal.name] = (signals.now_column(program, signal), *figures.columns)
        rows = trees.only(exp.Sum(this=trees.column(tags.N)), own.copy())
        self._by_account[rows_column(program, signal.name)] = trees.cast(rows, "BIGINT")

    def _slot(self, signal: Signal) -> Tree:
        """The day, or the first that matters for those before it."""
        firsts = [signals.first_day(self._as_of, fact) for fact in signals.sustained_of(self._program, signal)]
        if not firsts:
            return trees.date(self._as_of)
        first = trees.date(min(firsts))
        return trees.choose([(trees.compare("<", trees.column(DAY), first), first.copy())], trees.column(DAY))

    def _faults(self, figures: Figures, signal: Signal, fact: Sustained) -> tuple[str, ...]:
        """Whether the condition was out of bounds for any observation, those that do not count included."""
        values = {signal.name: signals.value(self._program, signal)}
        tried = Lowering(Layers(self._ordered, "tried"), self._as_of, {}, attributes=values)
        with tried.within(fact.text):
            tried.tree(fact.test)
        if not tried.faults:
            return ()
        lowering = Lowering(self._rows, self._as_of, {}, attributes=values)
        with lowering.within(fact.text):
            lowering.tree(fact.test)
        faults = trees.any_of(*(fault.test for fault in lowering.faults))
        test = self._rows.bind(trees.all_of(self._own[signal.name].copy(), faults))
        name = self._faulty.named(trees.call("bool_or", test))
        return (figures.named(trees.call("bool_or", trees.column(name))),)

    def _held(self, figures: Figures, signal: Signal, fact: Sustained, own: Tree, faulty: tuple[str, ...]) -> Found:
        """Aggregate the fact's condition over an account's days."""
        length = (self._as_of - signals.first_day(self._as_of, fact)).days + 1
        lowering = Lowering(self._days, self._as_of, {}, attributes={signal.name: signals.value(self._program, signal)})
        test = self._days.bind(lowering.tree(fact.test))
        age = self._days.bind(_age(self._as_of, DAY))
        newest = self._days.bind(trees.coalesce(trees.add(_age(self._as_of, NEXT), trees.number(1)), trees.number(0)))
        days = self._days.bind(signals.days_covered(self._days, self._as_of, signal, age, newest, length))
        counts = self._days.bind(trees.all_of(own.copy(), trees.compare(">", days, trees.number(0))))
        covered = trees.cast(trees.only(exp.Sum(this=days.copy()), counts.copy()), "BIGINT")
        untrue = trees.only(trees.call("bool_or", trees.negate(test)), counts.copy())
        unknown = trees.only(trees.call("bool_or", trees.is_null(test.copy())), counts.copy())
        columns = [figures.named(each) for each in (covered, untrue, unknown)]
        read = signals.Sustaining(fact, signal, columns[0], columns[1], columns[2], length)
        return Found(fact.name, read, fact.text, faulty)


def _is(signal: Signal) -> Tree:
    return trees.compare("=", trees.column(FACT), trees.text(signal.name))


def _last(signal: Signal, program: Program) -> str:
    return f"o{program.signals.index(signal)}"


def _age(as_of: dt.date, day: str) -> Tree:
    return trees.subtract(trees.date(as_of), trees.column(day))
