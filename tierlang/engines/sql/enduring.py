"""Conditions on a score that must have held for some time: one pass over what was observed in earlier runs, and this run's value."""

from __future__ import annotations

import datetime as dt

import attrs
from sqlglot import exp

from tierlang.engines.sql import names, trees
from tierlang.engines.sql.expressions import FaultTest, Lowering
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.calendar import shift
from tierlang.program.expressions import Defined
from tierlang.program.nodes import Enduring, Program
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.program.values import Kind

WHO = "lasted_key"
_DAY = "observed_on"
_VALUE = "observed_value"

_EPOCH = dt.date(1, 1, 1)
_CODES = 4
_FALSE, _OPEN, _TRUE = range(3)


def before(name: str) -> str:
    """The name under which expressions read whether the condition held on the days before the as-of date; a name with a space is nobody's."""
    return f"{name} before"


def faulty(name: str) -> str:
    """The name under which it is known whether the condition went out of bounds for what was observed before."""
    return f"{name} faulty"


def read_by(definition: Enduring) -> list[Defined]:
    """What the condition reads of an account."""
    flags = [Defined(each(definition.name), Kind.FLAG) for each in (before, faulty)]
    return [Defined(definition.score, Kind.NUMBER), *flags]


def know(lowering: Lowering, program: Program, has_past: bool) -> None:
    """Make what was observed before known to expressions about accounts."""
    for each in program.enduring:
        said: Tree = exp.true() if _first(lowering.as_of, each) is None else trees.null("BOOLEAN")
        out: Tree = exp.false()
        if has_past and _first(lowering.as_of, each) is not None:
            said = trees.column(names.defined(before(each.name)))
            out = trees.column(names.defined(faulty(each.name))) if _may_fault(each) else out
        lowering.known[before(each.name)], lowering.known[faulty(each.name)] = said, out


def endured(lowering: Lowering, definition: Enduring) -> Tree:
    """Whether the condition held all the time: before, and with this run's value."""
    known = [lowering.known[name(definition.name)] for name in (before, faulty)]
    earlier, out = (each.copy() for each in known if not isinstance(each, Number))
    value = lowering.bound(Defined(definition.score, Kind.NUMBER))
    assert isinstance(value, Number)
    lowering.attributes[definition.score] = value
    today = lowering.tree(definition.test)
    if not isinstance(out, exp.Boolean):
        lowering.faults.append(FaultTest(trees.is_true(out), definition.text))
    if value.missing:
        today = trees.choose([(trees.not_null(value.tree.copy()), today)])
    return trees.all_of(earlier, today)


def _first(as_of: dt.date, definition: Enduring) -> dt.date | None:
    """The first day on which the condition must hold; None where that is the as-of date."""
    first = shift(as_of, definition.duration, -1) + dt.timedelta(days=1)
    return first if first < as_of else None


def _may_fault(definition: Enduring) -> bool:
    tried = Lowering(Layers("past_rows", "tried"), dt.date.min, {}, attributes={definition.score: _observed()})
    with tried.within(definition.text):
        tried.tree(definition.test)
    return bool(tried.faults)


def _observed() -> Number:
    """The value of an observation."""
    return Number(trees.column(_VALUE), 1, 1 - LIMIT, LIMIT - 1, "BIGINT", missing=True)


# --- what was observed ----------------------------------------------------------------------------------------------------------------


def lasted(
    program: Program, as_of: dt.date, table: str, reads: frozenset[str]
) -> tuple[exp.Select, tuple[str, ...]] | None:
    """A SELECT of one row per key from the table of observations, and its columns; None where none of them is read."""
    asked = [(each, first) for each in program.enduring if (first := _first(as_of, each)) is not None]
    asked = [
        (each, first) for each, first in asked if reads & {names.defined(name(each.name)) for name in (before, faulty)}
    ]
    if not asked:
        return None
    layers = Layers("past_rows", "past_row")
    told = [_Told(layers, as_of, each, first, place) for place, (each, first) in enumerate(asked)]
    below, rows = layers.finished({})
    rows = rows.select(trees.column(names.KEY), copy=False)
    for each in told:
        rows = rows.select(*(trees.named(tree, name) for name, tree in each.by_key().items()), copy=False)
    rows = rows.group_by(exp.Literal.number(1), copy=False)
    columns = {name: tree for each in told for name, tree in each.outputs().items()}
    select = trees.select(trees.named(trees.column(names.KEY), WHO))
    select = select.select(*(trees.named(tree, name) for name, tree in columns.items()), copy=False)
    select = select.from_(rows.subquery("past_by_key", copy=False), copy=False)
    for each_layer in (
        _rows(as_of, [each for each, _ in asked], table),
        *((layer.name, layer.select) for layer in below),
    ):
        select = select.with_(each_layer[0], as_=each_layer[1], copy=False)
    return select, tuple(columns)


def _rows(as_of: dt.date, asked: list[Enduring], table: str) -> tuple[str, exp.Select]:
    """The observations before the as-of date of the scores that are asked for, in 1/10,000ths."""
    value = trees.cast(trees.multiply(trees.column("value"), trees.number(SCALE)), "BIGINT")
    at = exp.column("at", quoted=True)  # a word of SQL
    columns = [trees.column(names.KEY), trees.column("score"), trees.named(at, _DAY), trees.named(value, _VALUE)]
    scores = dict.fromkeys(each.score for each in asked)
    mine = trees.any_of(*(trees.compare("=", trees.column("score"), trees.text(name)) for name in scores))
    earlier = trees.compare("<", at.copy(), trees.date(as_of))
    return "past_rows", trees.select(*columns).from_(table, copy=False).where(trees.all_of(mine, earlier), copy=False)


@attrs.define(init=False)
class _Told:
    """One condition over the rows of observations: what is kept of each key, and what accounts read of that."""

    _definition: Enduring
    _place: int
    _own: Tree
    _late: Tree
    _answer: Tree
    _faulty: Tree | None

    def __init__(self, layers: Layers, as_of: dt.date, definition: Enduring, first: dt.date, place: int) -> None:
        self._definition, self._place = definition, place
        lowering = Lowering(layers, as_of, {}, attributes={definition.score: _observed()})
        with lowering.within(definition.text):
            answer = lowering.tree(definition.test)
        there = trees.not_null(trees.column(_VALUE))
        self._answer = layers.bind(trees.choose([(there, answer)]))
        faults = [fault.test for fault in lowering.faults]
        self._faulty = layers.bind(trees.is_true(trees.any_of(*faults))) if faults else None
        self._own = layers.bind(trees.compare("=", trees.column("score"), trees.text(definition.score)))
        self._late = layers.bind(trees.compare(">", trees.column(_DAY), trees.date(first)))

    def by_key(self) -> dict[str, Tree]:
        """Of the days after the first one the least answer, and the last observation up to the first day with its answer: both as whole numbers, which are aggregated fast."""
        late = trees.all_of(self._own.copy(), self._late.copy())
        early = trees.all_of(self._own.copy(), trees.negate(self._late.copy()))
        day = trees.subtract(trees.column(_DAY), trees.date(_EPOCH))
        code = trees.choose(
            [(self._answer.copy(), trees.number(_TRUE)), (trees.is_null(self._answer.copy()), trees.number(_OPEN))],
            trees.number(_FALSE),
        )
        last = trees.add(trees.multiply(day, trees.number(_CODES)), code.copy())
        columns = {"late": trees.only(exp.Min(this=code), late), "last": trees.only(exp.Max(this=last), early)}
        if self._faulty is not None:
            faulty = trees.choose([(self._faulty.copy(), trees.number(1))], trees.number(0))
            worst = trees.add(trees.multiply(day.copy(), trees.number(2)), faulty)
            columns["late_out"] = trees.only(trees.call("bool_or", self._faulty.copy()), late.copy())
            columns["last_out"] = trees.only(exp.Max(this=worst), early.copy())
        return {self._name(what): tree for what, tree in columns.items()}

    def outputs(self) -> dict[str, Tree]:
        """Whether it held on every day before the as-of date, and whether it went out of bounds."""
        late, last = trees.column(self._name("late")), trees.column(self._name("last"))
        said = trees.coalesce(trees.remainder(last, trees.number(_CODES)), trees.number(_OPEN))

        def says(code: int) -> Tree:
            either = (trees.compare("=", each.copy(), trees.number(code)) for each in (late, said))
            return trees.any_of(*map(trees.is_true, either))

        held = trees.choose([(says(_FALSE), exp.false()), (says(_OPEN), trees.null("BOOLEAN"))], exp.true())
        found = {names.defined(before(self._definition.name)): held}
        if self._faulty is not None:
            odd = trees.remainder(trees.column(self._name("last_out")), trees.number(2))
            last_out = trees.is_true(trees.compare("=", odd, trees.number(1)))
            late_out = trees.is_true(trees.column(self._name("late_out")))
            found[names.defined(faulty(self._definition.name))] = trees.any_of(late_out, last_out)
        return found

    def _name(self, what: str) -> str:
        return f"{what}_{self._place}"
