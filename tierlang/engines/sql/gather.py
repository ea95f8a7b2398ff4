"""One pass over a file of facts: everything that the program wants of its events or signals, in one row per account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import events, names, signals, tags, trees
from tierlang.engines.sql.expressions import FaultTest, Lowering
from tierlang.engines.sql.found import ACCOUNT, DAY, FACT, ROUNDED, Found, rows_column
from tierlang.engines.sql.layers import Layers, Named
from tierlang.engines.sql.looked_up import SQL_TYPES
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.observed import Observed
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import EventType, Field, Program, Signal


@attrs.frozen
class Held:
    """The event types, or the signals, of some files that the program knows, in its order."""

    events: tuple[EventType, ...] = ()
    signals: tuple[Signal, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return (*(event.name for event in self.events), *(signal.name for signal in self.signals))


def held(program: Program, held_names: Collection[str]) -> Held:
    """What of the program has these names."""
    return Held(
        tuple(event for event in program.events if event.name in held_names),
        tuple(signal for signal in program.signals if signal.name in held_names),
    )


@attrs.frozen
class Reading:
    """How accounts read the columns of the passes: every fact and every signal's value by name, and the columns that stand for an event type or a signal."""

    found: Mapping[str, Found]
    columns: Mapping[str, tuple[str, ...]]

    def define(self, lowering: Lowering, program: Program) -> None:
        """Make the facts and the signals known to expressions about accounts, and note their faults."""
        for place, fact in enumerate(program.facts):
            found, name = self.found[fact.name], f"fact_{place}"
            with lowering.within(fact.text):
                value = found.read(lowering)
            lowering.faults.extend(FaultTest(test, fact.text) for test in found.tests())
            tree = lowering.layers.bind(value.tree if isinstance(value, Number) else value, name)
            lowering.known[fact.name] = attrs.evolve(value, tree=tree) if isinstance(value, Number) else tree
        for signal in program.signals:
            lowering.known[signal.name] = self.found[signal.name].read(lowering)

    def beside(
        self, accounts: str, row: str, tables: Sequence[tuple[str, Held]], wanted: Collection[str]
    ) -> exp.Select:
        """The accounts with the wanted columns of the tables that the passes made, and what identifies an account; in no order."""
        every = exp.Column(this=exp.Star(), table=exp.to_identifier(accounts))
        select = trees.select(every, trees.named(trees.column(row, accounts), names.ROW)).from_(accounts, copy=False)
        for place, (table, of) in enumerate(tables):
            columns = [column for name in of.names for column in self.columns[name] if column in wanted]
            if columns:
                side = f"side_{place}"
                own = trees.select(tags.WHO, *(trees.column(column) for column in columns)).from_(table, copy=False)
                own = own.where(trees.not_null(trees.column(tags.WHO)), copy=False)
                on = trees.compare("=", trees.column(tags.WHO, side), trees.column(row, accounts))
                select = select.join(own.subquery(side, copy=False), join_type="left", on=on, copy=False)
                select = select.select(*(trees.column(column, side) for column in columns), copy=False)
        return select


def reading(program: Program, as_of: dt.date) -> Reading:
    """How the facts of a program read, whatever files they come from."""
    found: list[Found] = []
    columns: dict[str, tuple[str, ...]] = {}
    layers = Layers("rows", "row")
    for event in program.events:
        part = events.event_part(program, as_of, event, layers)
        found += part.found
        columns[event.name] = tuple(part.figures.columns)
    observed = Observed(program, as_of, program.signals, Layers("rows", "row"), "rows")
    return Reading({each.name: each for each in [*found, *observed.found]}, columns | observed.columns)


_TYPES = {ACCOUNT: "TEXT", FACT: "TEXT", DAY: "DATE", names.BAD: "BOOLEAN", ROUNDED: "INTEGER"}


def typed_rows(program: Program, of: Held, source: str) -> exp.Select:
    """The rows of a typed relation under names of our own, with the values that the program reads."""
    given = {ACCOUNT: ACCOUNT, FACT: FACT, DAY: "at", names.BAD: names.BAD, ROUNDED: ROUNDED}
    for event, field in _fields_read(program, of):
        given[events.attribute_column(program, event, field.name)] = f"{event.name}.{field.name}"
    for signal in of.signals:
        given[signals.value_column(program, signal)] = f"{signal.name}.value"
    columns = [trees.named(exp.column(theirs, quoted=True), ours) for ours, theirs in given.items()]
    return trees.select(*columns).from_(source, copy=False)


def row_columns(program: Program, of: Held) -> dict[str, str]:
    """The columns of such rows, with their types."""
    types = dict(_TYPES)
    for event, field in _fields_read(program, of):
        types[events.attribute_column(program, event, field.name)] = SQL_TYPES[field.kind]
    for signal in of.signals:
        types[signals.value_column(program, signal)] = SQL_TYPES[signal.kind]
    return types


def _fields_read(program: Program, of: Held) -> Iterator[tuple[EventType, Field]]:
    for event in of.events:
        read = events.attributes_read(program, event)
        yield from ((event, field) for field in event.fields if field.name in read)


def no_rows(program: Program, of: Held) -> exp.Select:
    """Such rows where there are none."""
    columns = [trees.named(trees.null(sql_type), name) for name, sql_type in row_columns(program, of).items()]
    return trees.select(*columns).where(exp.false(), copy=False)


def gathered(program: Program, as_of: dt.date, of: Held, rows: Named, accounts: str, row: str, name: str) -> Step:
    """The step that makes, of typed rows, a row per account with the columns of the facts about `of`, and groups of rows that are only counted.

    `row` is the column that identifies an account in `accounts`. What a row says by itself is computed before its account is looked up, since texts
    are compared faster there; unless conditions on events read the account.
    """
    fields = list(dict.fromkeys(each for event in of.events for each in events.accounts_read(program, event)))
    below, known = [rows], f"{name}_rows"
    if fields:
        below.append(Named(known, _with_accounts(program, fields, rows.name, accounts, row)))
    made = Layers(below[-1].name, f"{name}_row")
    observed = None
    if any(signals.sustained_of(program, signal) for signal in of.signals):
        observed = Observed(program, as_of, of.signals, made, name)
    outputs = _aggregated(program, as_of, of, made) if observed is None else observed.by_day()
    layers, select = made.finished({})
    below += [*layers, Named(f"{name}_told", select.select(exp.Star(), copy=False))]
    if not fields:
        below.append(Named(known, _with_accounts(program, (), below[-1].name, accounts, row)))
    keyed = Layers(below[-1].name, f"{name}_key", column="key_x")
    keys = tags.keys(program, keyed)
    if observed is None:
        layers, select = keyed.finished({**keys, **outputs, **tags.sizes(), **tags.refused(trees.rows())})
        return Step(name, tags.grouped(select, len(tags.KEYS)), (*below, *layers))
    layers, select = observed.by_account(keyed, keys, outputs)
    return Step(name, select, (*below, *layers))


def _with_accounts(program: Program, fields: Sequence[str], rows: str, accounts: str, row: str) -> exp.Select:
    """The rows with what identifies their account, and its fields that conditions read."""
    every = exp.Column(this=exp.Star(), table=exp.to_identifier(rows))
    columns = [trees.named(trees.column(row, accounts), tags.ID)]
    if program.key.name in fields:
        columns.append(trees.named(trees.column(ACCOUNT, rows), names.KEY))
    columns += [trees.column(names.field(each), accounts) for each in fields if each != program.key.name]
    on = trees.compare("=", trees.column(names.KEY, accounts), trees.column(ACCOUNT, rows))
    select = trees.select(every, *columns).from_(rows, copy=False)
    return select.join(accounts, join_type="left", on=on, copy=False)


def _aggregated(program: Program, as_of: dt.date, of: Held, layers: Layers) -> dict[str, Tree]:
    """The columns of a pass without conditions that must hold for some time."""
    outputs: dict[str, Tree] = {}
    own: dict[str, Tree] = {}
    relevant: list[Tree] = []
    for event in of.events:
        part = events.event_part(program, as_of, event, layers)
        own[event.name] = part.is_own
        outputs.update(part.figures.columns)
        if part.relevant is not None:
            relevant.append(part.relevant)
            outputs[rows_column(program, event.name)] = trees.only(trees.rows(), part.relevant.copy())
    for signal in of.signals:
        is_own = layers.bind(trees.compare("=", trees.column(FACT), trees.text(signal.name)))
        some = layers.bind(trees.all_of(is_own, signals.holds_on(as_of, signal, trees.column(DAY))))
        own[signal.name] = is_own
        relevant.append(some)
        outputs[signals.now_column(program, signal)] = signals.last_value(program, signal, some)
        outputs[rows_column(program, signal.name)] = trees.only(trees.rows(), some.copy())
    tags.told(program, as_of, layers, own, relevant)
    return outputs
