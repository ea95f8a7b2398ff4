"""What ladders and marks ask of one account alone: gates, lines, clusters, conditions, and the first tier that takes it where no population is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeGuard

import attrs
from sqlglot import exp

from tierlang.engines.sql import names, numbers, trees
from tierlang.engines.sql.expressions import Lowering
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.order import lead_column
from tierlang.engines.sql.trees import Tree
from tierlang.program.expressions import Compare, CompareOperator, Constant, Expression, kind_of, reads_tiers
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Condition, Ladder, Line, Program, Tier, Trigger
from tierlang.program.values import Kind


def numbered(ladder: Ladder) -> list[tuple[int, Tier]]:
    """The tiers with their numbers, 1 for the best."""
    return list(enumerate(ladder.tiers, start=1))


def number_of(ladder: Ladder, name: str) -> int:
    """A tier's number."""
    return next(number for number, tier in numbered(ladder) if tier.name == name)


def is_early(condition: Condition | None) -> TypeGuard[Condition]:
    """Whether there is a condition, and one that needs nothing but the account: it reads no tier."""
    return condition is not None and not reads_tiers(condition.test)


def has_late_gates(ladder: Ladder) -> bool:
    """Whether some gate reads the tier of another ladder."""
    return any(tier.gate is not None and not is_early(tier.gate) for tier in ladder.tiers)


def is_late(ladder: Ladder) -> bool:
    """Whether base tiers need more than one account alone: some tier takes the best so many, or asks for another ladder's tier."""
    return has_late_gates(ladder) or any(tier.top is not None for tier in ladder.tiers)


def is_adjusted(ladder: Ladder) -> bool:
    """Whether something raises, lowers, floors or caps."""
    return bool(ladder.shifts or ladder.floors or ladder.caps)


def is_seated(ladder: Ladder) -> bool:
    """Whether the ladder or one of its tiers has a capacity."""
    return bool(ladder.capacities) or any(tier.capacities for tier in ladder.tiers)


def code_type(most: int) -> str:
    """The type that keeps the codes 0..most."""
    return numbers.stored_type(0, most)


def columns(lowering: Lowering, program: Program, occasion: Occasion | None) -> Iterator[tuple[str, Tree]]:
    """The columns that later steps read, ladder by ladder as written, then the marks, last what moves accounts: all that no tier decides."""
    for own in names.every(program):
        yield from _columns(lowering, own, occasion)
    for place, mark in enumerate(program.marks):
        if is_early(mark.when):
            yield names.mark(place), holds(lowering, mark.when)
    if occasion is not None:
        unasked = {names.trigger(place) for place in range(len(_triggers(program)))} if occasion.review else set()
        for name, condition in moving(program):
            if is_early(condition):
                tree = holds(lowering, condition)  # what is not asked can go out of bounds all the same
                if name not in unasked:
                    yield name, tree


def moving(program: Program) -> Iterator[tuple[str, Condition]]:
    """The conditions of `keep while`, holds and triggers by the names of their columns."""
    for number, tier in numbered(program.ladders[0]):
        if tier.keep is not None:
            yield names.keep(number), tier.keep
    if program.mobility is not None:
        yield from ((names.hold(place), hold.when) for place, hold in enumerate(program.mobility.holds))
    yield from ((names.trigger(place), each.when) for place, each in enumerate(_triggers(program)))


def _triggers(program: Program) -> tuple[Trigger, ...]:
    return program.mobility.triggers if program.mobility is not None else ()


def is_keeping(own: Own, occasion: Occasion | None) -> bool:
    """Whether accounts can have a base tier by its `keep while` alone: at reviews."""
    keeps = not own.position and any(tier.keep is not None for tier in own.ladder.tiers)
    return keeps and occasion is not None and occasion.review


def fitted(own: Own, occasion: Occasion | None) -> str:
    """The column with the number of the tier that lines and gates gave."""
    return own.fitted if is_keeping(own, occasion) else own.base


def holds(lowering: Lowering, condition: Condition) -> Tree:
    """Whether the condition is true; never missing."""
    with lowering.within(condition.text):
        return trees.is_true(lowering.tree(condition.test))


def _columns(lowering: Lowering, own: Own, occasion: Occasion | None) -> Iterator[tuple[str, Tree]]:
    """Gates that are asked again, tiers that fit, the base tier, clusters, empty coverage fields, conditions of adjustments and plays."""
    ladder = own.ladder
    gates = _gates(lowering, ladder)
    clusters = list(_clusters(lowering, own))
    asked = asked_again(own, occasion)
    yield from ((own.gate(number), gate) for number, gate in gates.items() if number in asked)
    holding = [_Fitting(number, _fits(lowering, ladder, tier, gates.get(number))) for number, tier in numbered(ladder)]
    if is_late(ladder):
        for each in holding:
            if each.test is not None:
                yield own.fits(each.number), trees.is_true(each.test)
    else:
        yield from _base(lowering, own, holding, fitted(own, occasion))
    yield from _leads(lowering, ladder)
    yield from clusters
    yield from _coverage(lowering, ladder)
    for name, condition in conditions(own):
        if is_early(condition):
            yield name, holds(lowering, condition)


def conditions(own: Own) -> Iterator[tuple[str, Condition]]:
    """The conditions of the ladder besides its gates, by the names of their columns: of shifts, floors, caps and plays."""
    ladder = own.ladder
    yield from ((own.shift(place), each.when) for place, each in enumerate(ladder.shifts))
    yield from ((own.floor(place), each.when) for place, each in enumerate(ladder.floors))
    yield from ((own.cap(place), each.when) for place, each in enumerate(ladder.caps))
    yield from ((name, condition) for name, condition in plays(own))


def plays(own: Own) -> Iterator[tuple[str, Condition]]:
    """The conditions of the ladder's plays by the names of their columns."""
    for number, tier in numbered(own.ladder):
        for place, play in enumerate(tier.plays):
            if play.when is not None:
                yield own.play(number, place), play.when


@attrs.frozen
class _Fitting:
    """`test` is whether an account fits the tier; None where nothing is asked of one account."""

    number: int
    test: Tree | None


def _gates(lowering: Lowering, ladder: Ladder) -> dict[int, Tree]:
    found: dict[int, Tree] = {}
    for number, tier in numbered(ladder):
        if is_early(tier.gate):
            found[number] = lowering.layers.bind(holds(lowering, tier.gate))
    return found


def asked_again(own: Own, occasion: Occasion | None) -> set[int]:
    """The tiers whose gate an adjustment, a trigger or an overflow may ask."""
    moves = occasion is not None and not own.position
    every = set(range(1, len(own.ladder.tiers) + 1))
    return every if moves or is_adjusted(own.ladder) else asked_by_overflow(own.ladder)


def asked_by_overflow(ladder: Ladder) -> set[int]:
    """The tiers whose gate an overflow may ask."""
    asked: set[int] = set()
    for number, tier in numbered(ladder):
        for capacity in tier.capacities:
            if capacity.overflow == "down":
                asked.update(range(number + 1, len(ladder.tiers) + 1))
            elif capacity.overflow == "to":
                assert capacity.to is not None
                asked.add(number_of(ladder, capacity.to))
    return asked


def _fits(lowering: Lowering, ladder: Ladder, tier: Tier, gate: Tree | None) -> Tree | None:
    tests: list[Tree] = []
    if tier.line is not None and ladder.by is not None:
        tests.extend(lowering.tree(test) for test in _line_tests(ladder.by, tier.line))
    if gate is not None:
        tests.append(gate.copy())
    return trees.all_of(*tests) if tests else None


def _line_tests(by: Expression, line: Line) -> Iterator[Expression]:
    def end(operator: CompareOperator, value: int) -> Expression:
        return Compare(operator, by, Constant(value, kind_of(by) if kind_of(by).is_numeric else Kind.NUMBER))

    if line.low is not None:
        yield end(">" if line.low_open else ">=", line.low)
    if line.high is not None:
        yield end("<" if line.high_open else "<=", line.high)
    if line.low is None and line.high is None:
        yield Compare("=", by, by)


def _base(lowering: Lowering, own: Own, holding: list[_Fitting], name: str) -> Iterator[tuple[str, Tree]]:
    ladder = own.ladder
    asked = [each for each in holding if not ladder.tiers[each.number - 1].otherwise]
    tests = {each.number: exp.true() if each.test is None else each.test for each in asked}
    if not may_clash(ladder):
        yield name, first_that_fits(ladder, tests)
        return
    tests = {number: lowering.layers.bind(test) for number, test in tests.items()}
    first = lowering.layers.bind(first_that_fits(ladder, tests), name)
    yield name, first
    yield own.clash, second_that_fits(ladder, tests, first)


def may_clash(ladder: Ladder) -> bool:
    """Whether an account can satisfy two tiers though it must not."""
    return ladder.unique and not ladder.separate


def first_that_fits(ladder: Ladder, tests: Mapping[int, Tree]) -> Tree:
    """The number of the first tier whose test is true, else the rest of the ladder; 0 for excluded accounts."""
    branches = [(test, trees.number(number)) for number, test in tests.items()]
    base = trees.choose([(excluded(), trees.number(0)), *branches], trees.number(rest(ladder)))
    return trees.cast(base, code_type(len(ladder.tiers)))


def second_that_fits(ladder: Ladder, tests: Mapping[int, Tree], first: Tree) -> Tree:
    """The number of the next tier whose test is true, 0 for none and for excluded accounts."""
    second = [
        (trees.all_of(trees.compare("<", first.copy(), trees.number(number)), test.copy()), trees.number(number))
        for number, test in tests.items()
    ]
    clash = trees.choose([(excluded(), trees.number(0)), *second], trees.number(0))
    # An account without a fitting tier stands at the rest of the ladder, which is no tier that it satisfies.
    nowhere = trees.compare("=", first.copy(), trees.number(rest(ladder)))
    return trees.cast(trees.choose([(nowhere, trees.number(0))], clash), code_type(len(ladder.tiers)))


def rest(ladder: Ladder) -> int:
    """The number of the tier that takes whoever no other tier takes, 0 for none."""
    return next((number for number, tier in numbered(ladder) if tier.otherwise), 0)


def excluded() -> Tree:
    """Whether an exclusion took the account."""
    return trees.compare(">", trees.column(names.OUT), trees.number(0))


def eligible() -> Tree:
    """Whether no exclusion took the account."""
    return trees.compare("=", trees.column(names.OUT), trees.number(0))


def pinned(in_force: int) -> Tree:
    """Whether a pin in force places the account; `in_force` pins are."""
    pin = trees.column(names.PIN)
    return trees.all_of(
        trees.compare(">", pin, trees.number(0)), trees.compare("<=", pin.copy(), trees.number(in_force))
    )


def _leads(lowering: Lowering, ladder: Ladder) -> Iterator[tuple[str, Tree]]:
    """The scores that tops and capacities cut by, turned so that the best comes first."""
    cut_by = [tier.top.by for tier in ladder.tiers if tier.top is not None]
    if ladder.by is not None and is_seated(ladder):
        cut_by.append(ladder.by)
    for by in dict.fromkeys(cut_by):
        value = lowering.value(by)
        if isinstance(value, Number):
            yield names.lead(by.name), lead_column(value)


def _clusters(lowering: Lowering, own: Own) -> Iterator[tuple[str, Tree]]:
    for number, tier in numbered(own.ladder):
        if tier.cluster is not None:
            with lowering.within(f"cluster of {tier.name}"):
                tests = [lowering.tree(row.test) for row in tier.cluster.rows]
            last = len(tests) + 1 if tier.cluster.otherwise is not None else 0
            branches = [(test, trees.number(code)) for code, test in enumerate(tests, start=1)]
            yield (
                own.cluster(number),
                trees.cast(trees.choose(branches, trees.number(last)), code_type(len(tests) + 1)),
            )


def cluster_names(tier: Tier) -> list[str]:
    """The clusters of a tier by their numbers, from 1."""
    if tier.cluster is None:
        return []
    last = [] if tier.cluster.otherwise is None else [tier.cluster.otherwise]
    return [*(row.name for row in tier.cluster.rows), *last]


def _coverage(lowering: Lowering, ladder: Ladder) -> Iterator[tuple[str, Tree]]:
    fields = dict.fromkeys(field for tier in ladder.tiers for field in tier.coverage)
    for field in fields:
        value = lowering.value(field)
        if field.kind is Kind.TAGS:
            assert isinstance(value, exp.Expr)
            yield names.lacks(field.name), trees.compare("=", trees.call("len", value), trees.number(0))
        else:
            tree = value.tree if isinstance(value, numbers.Number) else value
            yield names.lacks(field.name), trees.is_null(tree)
