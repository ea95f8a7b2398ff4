"""Whole cases: a well-formed program, a population for it, and an as-of date.

Programs are made node by node, as the compiler would leave them: typed, names unique, definitions in dependency order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

from tests.strategies.definitions import definitions_of, shown
from tests.strategies.dice import Column, Dice, Focus
from tests.strategies.feeds import columns_of, facts_of, feed_of
from tests.strategies.fields import accounts_of, field_of, strangers_of
from tests.strategies.ladders import TIERS, ladders_of, marks_of, pins_of
from tests.strategies.lookups import lookup_of
from tests.strategies.mobility import enduring_of, mobile, read_of_the_past
from tests.strategies.past import occasion_of, past_of
from tests.strategies.pools import AS_OF, KEYS, LABELS, NAMES
from tests.strategies.writing import Writer
from tierlang.engines.interpreter.facts import Account
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.holdings import Occasion, Past
from tierlang.program.reach import reaches_of
from tierlang.program.values import Kind


@attrs.frozen
class Case:
    """A program, a population it can be run over, and the date it is run for.

    `strangers` are accounts that only the files of events and signals know. Those of one sort stand in one file, or in one for each name; `shuffle`
    decides the order of their rows. `past` and `occasion` are there together: the run knows the past.
    """

    program: n.Program
    accounts: tuple[Account, ...]
    as_of: dt.date
    strangers: tuple[Account, ...] = ()
    events_together: bool = True
    signals_together: bool = True
    shuffle: int = 0
    past: Past | None = None
    occasion: Occasion | None = None


@st.composite
def cases(draw: Callable[[st.SearchStrategy[Any]], Any], focus: Focus = None) -> Case:
    """A program, its population and a date; with a focus, one that is large there and small elsewhere."""
    return _case(Dice(draw, focus), past=False)


@st.composite
def lived_cases(draw: Callable[[st.SearchStrategy[Any]], Any], focus: Focus = None) -> Case:
    """A case whose program has mobility and whose accounts have a past."""
    return _case(Dice(draw, focus), past=True)


def _case(dice: Dice, *, past: bool) -> Case:
    as_of = dice.pick(AS_OF)
    kinds = (Kind.NUMBER, Kind.TEXT, *(dice.pick(tuple(Kind)) for _ in range(dice.pick((2, 4, 0, 1, 3, 5)))))
    start = dice.below(len(NAMES))
    names = [NAMES[(start + at) % len(NAMES)] for at in range(len(kinds))]
    key = n.Field(dice.pick(("id", "key")), Kind.TEXT, required=True)
    fields = [field_of(dice, name, kind, as_of) for name, kind in zip(names, kinds, strict=True)]
    feed = feed_of(dice, as_of)
    histories = feed.histories(dice)
    accounts = accounts_of(dice, fields, histories)
    keys = [account.key for account in accounts]
    columns = [Column(x.Input(key.name, Kind.TEXT), tuple(keys[:5]) or KEYS[:5])]
    columns += [Column(x.Input(field.name, field.kind), pool) for field, pool in fields]
    facts = facts_of(dice, feed, columns, as_of)
    program = n.Program(
        name="generated",
        label=None,
        version=None,
        reviewed=None,
        review=None,
        limits=n.Limits(),
        key=key,
        fields=tuple(field for field, _ in fields),
        missing_cells=("",),
        definitions=(),
        exclusions=(),
        relative=(),
        ladders=(),
        owners=(n.Owner("dana", 'Dana "D" Lee'), n.Owner("sam")),
        pins=(),
        events=tuple(each.of for each in feed.events),
        signals=tuple(each.of for each in feed.signals),
        facts=tuple(facts),
    )
    writer = Writer(dice, as_of, [*columns, *columns_of(facts, feed, as_of)])
    writer.earned = [x.Defined(fact.name, fact.kind) for fact in facts if isinstance(fact, n.EventPoints)]
    program = _placing(_judging(program, writer, past=past), writer, keys, as_of)
    if past:
        program = mobile(program, writer)
    case = Case(
        program,
        accounts,
        as_of,
        strangers_of(dice, histories) if program.events or program.signals else (),
        events_together=not dice.chance(3),
        signals_together=not dice.chance(3),
        shuffle=dice.below(1_000),
    )
    if not past:
        return case
    occasion = occasion_of(dice, program, as_of)
    return attrs.evolve(case, past=past_of(dice, program, keys, as_of), occasion=occasion)


def _judging(program: n.Program, writer: Writer, *, past: bool) -> n.Program:
    """Lookups, definitions and exclusions."""
    dice = writer.dice
    lookups: list[n.Lookup] = []
    if dice.chance(4):
        _look_up(writer, "plans", lookups)
    free = [f"{letter}{at}" for at in range(3) for letter in "sdt"]
    definitions = definitions_of(writer, free, relative=False)
    if past:
        definitions += [*enduring_of(writer, definitions), *read_of_the_past(writer, TIERS[0])]
    if dice.chance(4):
        _look_up(writer, "defaults", lookups)
    of_facts = {*(fact.name for fact in program.facts), *(signal.name for signal in program.signals)}
    if dice.focus == "facts" or not dice.chance(3):
        found = [each for each in writer.columns if isinstance(each.read, x.LookedUp) or each.read.name in of_facts]
        definitions += shown(writer, found)
    exclusions = [
        n.Exclusion(
            f"x{at}",
            n.Condition(x.AllOf((writer.decision("excluded when", 2), writer.test())), dice.text("excluded when")),
            dice.pick(LABELS),
        )
        for at in range(dice.pick((1, 2) if dice.wild == "excluded when" else (0, 0, 1, 2)))
    ]
    relative = definitions_of(writer, free, relative=True)
    if past:
        relative += enduring_of(writer, [*definitions, *relative])
    return attrs.evolve(
        program,
        lookups=tuple(lookups),
        definitions=tuple(definitions),
        exclusions=tuple(exclusions),
        relative=tuple(relative),
    )


def _look_up(writer: Writer, name: str, lookups: list[n.Lookup]) -> None:
    lookup, columns = lookup_of(writer, name)
    lookups.append(lookup)
    writer.columns.extend(columns)


def _placing(program: n.Program, writer: Writer, keys: Sequence[str], as_of: dt.date) -> n.Program:
    """Ladders, pins and marks."""
    reaches = reaches_of(program)
    certain = [column.read for column in writer.named if column.kind.is_numeric and not reaches.of(column.read).missing]
    ladders, order = ladders_of(writer, program.owners, certain)
    return attrs.evolve(
        program,
        ladders=ladders,
        placing_order=order,
        pins=tuple(pins_of(writer.dice, keys, ladders[0].tiers, program.owners, as_of)),
        marks=marks_of(writer, {at: [tier.name for tier in ladder.tiers] for at, ladder in enumerate(ladders)}),
    )
