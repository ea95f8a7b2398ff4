"""The first step: every account judged on its own, in one pass over the input, into a narrow table in the order of the input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import attrs
from sqlglot import exp

from tierlang.engines.sql import enduring, names, numbers, past, scores, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.expressions import FaultTest, Lowering
from tierlang.engines.sql.gather import Reading
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.trees import Tree
from tierlang.program.doubts import Doubt, doubts
from tierlang.program.expressions import Defined, Expression, Input, inputs_of
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Condition, Definition, Derive, Enduring, Percentile, Pin, Program, Score

SCORED = "scored"
_BITS = 30


@attrs.frozen
class Relation:
    """A step as later ones read it.

    `known` are the values by name, `faults` what the fault codes mean (from 1), `doubts` tests of the doubts by text.
    """

    name: str
    columns: tuple[str, ...]
    known: Mapping[str, Tree | Number]
    faults: tuple[str, ...]
    doubts: Mapping[str, Tree]

    def doubts_in_order(self, program: Program) -> list[str]:
        """The texts of the doubts in the order of the program."""
        return [each.text for each in doubts(program) if each.text in self.doubts]


def scored(
    program: Program,
    as_of: dt.date,
    shown: Iterable[str],
    also: Sequence[str],
    source: str,
    facts: Reading,
    occasion: Occasion | None = None,
) -> tuple[Step, Relation]:
    """The step `scored` over the accounts in `source`; it has the ladder's own columns too unless they need the population.

    `shown` are the fields and scores that the result shows, `also` columns of the accounts that it takes along unread. With an occasion the accounts have their holdings beside them.
    """
    layers = Layers(source, "account")
    lowering = Lowering(layers, as_of, names.inputs(program), lookups=program.lookups)
    facts.define(lowering, program)
    past.know(lowering, program, occasion)
    for definition in program.definitions:
        define(lowering, definition)
    outputs: dict[str, Tree] = {each: trees.column(each) for each in (names.KEY, names.BAD, *also)}
    out = layers.bind(_excluded(lowering, program), names.OUT)
    outputs[names.OUT] = trees.cast(out, ladders.code_type(len(program.exclusions)))
    if program.pins:
        codes = tuple(
            (trees.text(pin.key), trees.number(code)) for code, pin in enumerate(ordered_pins(program, as_of), 1)
        )
        pin = trees.coalesce(layers.bind_lookup(trees.column(names.KEY), codes), trees.number(0))
        outputs[names.PIN] = trees.cast(pin, ladders.code_type(len(program.pins)))
    if occasion is not None:
        outputs.update(past.outputs(program))
    known = keep(outputs, lowering, _needed(program, shown, occasion))
    known[program.key.name] = trees.column(names.KEY)
    asked = [each for each in doubts(program) if not reads(each.test, program.relative)]
    tests = doubted(outputs, lowering, asked, names.doubt(0))
    if not program.relative:
        outputs.update(ladders.columns(lowering, program, occasion))
    if lowering.faults:
        outputs[names.FAULT] = fault_code(lowering.faults, 0)
    below, select = layers.finished(outputs, sparing=occasion is not None)
    faults = tuple(fault.where for fault in lowering.faults)
    return Step(SCORED, select, tuple(below)), Relation(SCORED, tuple(outputs), known, faults, tests)


def ordered_pins(program: Program, as_of: dt.date) -> list[Pin]:
    """The pins by their codes, from 1: first those in force, tier by tier, then the others."""
    ladder = program.ladders[0]
    return sorted(program.pins, key=lambda pin: (not pin.in_force(as_of), ladders.number_of(ladder, pin.tier)))


def define(lowering: Lowering, definition: Definition) -> None:
    """Bind a derived field or a score to its column."""
    value: Tree | Number
    match definition:
        case Derive(value=expression, text=text):
            with lowering.within(text):
                value = lowering.value(expression)
        case Score():
            with lowering.within(scores.where(definition)):
                value = scores.score(lowering, definition)
        case Enduring(text=text):
            with lowering.within(text):
                value = enduring.endured(lowering, definition)
        case Percentile():
            raise AssertionError("a percentile is found by counting")
    name = names.defined(definition.name)
    if isinstance(value, Number):
        lowering.known[definition.name] = attrs.evolve(value, tree=lowering.layers.bind(value.tree, name))
    else:
        lowering.known[definition.name] = lowering.layers.bind(value, name)


def _excluded(lowering: Lowering, program: Program) -> Tree:
    branches: list[tuple[Tree, Tree]] = []
    for code, exclusion in enumerate(program.exclusions, start=1):
        with lowering.within(exclusion.when.text):
            branches.append((lowering.tree(exclusion.when.test), trees.number(code)))
    return trees.choose(branches, trees.number(0))


def _needed(program: Program, shown: Iterable[str], occasion: Occasion | None) -> list[str]:
    """The fields and definitions that later steps or the output read, in a fixed order."""
    read: list[Input | Defined | None] = []
    conditions: list[Condition | None] = []
    rows: list[Expression] = []
    for own in names.every(program):
        ladder = own.ladder
        read.extend([ladder.by, *(key.by for key in ladder.rank_by)])
        read.extend(each for capacity in ladder.capacities for each in (capacity.per, capacity.of))
        for tier in ladder.tiers:
            read.extend([tier.top.by, tier.top.per] if tier.top else [])
            read.extend(each for capacity in tier.capacities for each in (capacity.per, capacity.of))
            conditions.append(tier.gate)
            if program.relative:
                rows.extend(row.test for row in tier.cluster.rows) if tier.cluster else None
                read.extend(tier.coverage)
        conditions.extend(condition for _, condition in ladders.conditions(own))
    conditions.extend(mark.when for mark in program.marks)
    if occasion is not None:
        conditions.extend(condition for _, condition in ladders.moving(program))
    asked = [each.test for each in conditions if each and (program.relative or not ladders.is_early(each))]
    for definition in program.relative:
        asked.extend(read_by(definition))
    asked.extend(each.test for each in doubts(program) if reads(each.test, program.relative))
    found = [each.name for each in read if each is not None]
    found += [each.name for expression in (*asked, *rows) for each in inputs_of(expression)]
    later = {definition.name for definition in program.relative}
    return [name for name in dict.fromkeys([*found, *shown]) if name not in later and name != program.key.name]


def read_by(definition: Definition) -> Iterable[Expression]:
    """The expressions of a definition."""
    match definition:
        case Derive(value=value):
            return [value]
        case Score():
            return scores.read_by(definition)
        case Percentile(of=of, where=where, per=per):
            return [of, *([where.test] if where else []), *([per] if per else [])]
        case Enduring():
            return enduring.read_by(definition)


def reads(test: Expression, relative: Sequence[Definition]) -> bool:
    """Whether the expression reads one of the definitions."""
    later = {definition.name for definition in relative}
    return any(isinstance(each, Defined) and each.name in later for each in inputs_of(test))


def keep(outputs: dict[str, Tree], lowering: Lowering, wanted: Iterable[str]) -> dict[str, Tree | Number]:
    """Add the wanted values to the outputs, numbers in their narrowest type; returns how they read from there."""
    known: dict[str, Tree | Number] = {}
    for each in wanted:
        value = lowering.known[each]
        tree = value.tree if isinstance(value, Number) else value
        if not isinstance(tree, exp.Column):  # what is the same for all accounts
            known[each] = value
            continue
        name = tree.name
        outputs[name] = numbers.to_storage(value) if isinstance(value, Number) else tree
        known[each] = names.stored(name, value) if isinstance(value, Number) else trees.column(name)
    return known


def doubted(outputs: dict[str, Tree], lowering: Lowering, asked: Sequence[Doubt], prefix: str) -> dict[str, Tree]:
    """Add the doubts as bits of a few whole numbers; returns a test of those numbers for each doubt."""
    tests = [(doubt.text, lowering.tree(doubt.test)) for doubt in asked]
    places = {test: place for place, test in enumerate(dict.fromkeys(test for _, test in tests))}
    bits: dict[str, list[Tree]] = {}
    for test, place in places.items():
        bit = trees.choose([(test, trees.number(1 << place % _BITS))], trees.number(0))
        bits.setdefault(f"{prefix}_{place // _BITS}", []).append(bit)
    for name, terms in bits.items():
        outputs[name] = trees.cast(trees.total(terms), numbers.stored_type(0, (1 << len(terms)) - 1))
    return {
        text: trees.has_bit(trees.column(f"{prefix}_{places[test] // _BITS}"), 1 << places[test] % _BITS)
        for text, test in tests
    }


def fault_code(faults: Sequence[FaultTest], after: int) -> Tree:
    """The number of the first fault, in the order of the program, 0 for none."""
    branches = [(fault.test, trees.number(code)) for code, fault in enumerate(faults, start=after + 1)]
    return trees.cast(trees.choose(branches, trees.number(0)), ladders.code_type(after + len(faults)))
