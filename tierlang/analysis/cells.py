"""What expressions can be, cell by cell: inputs that nothing else shares are put together, those that several parts share are gone through one cell after the other.

The value of an expression is found from what its parts can be. Parts that read nothing in common are independent, so what they can be together is every pairing. Where parts read something in common,
a field, or a whole score that all of them read only as such, that is set to each of its cells in turn. So a score of many tables is no product of all its inputs.
"""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from tierlang.analysis import sums
from tierlang.analysis.abstract import apply, blank, widest
from tierlang.analysis.courses import Asked, courses
from tierlang.analysis.domains import Domain, domain_of
from tierlang.analysis.flows import Use, tier_name
from tierlang.analysis.goals import Goal, goals_of
from tierlang.analysis.histories import Figures, anything, histories, unfold
from tierlang.analysis.index import Index
from tierlang.analysis.items import Env, Item, thinned
from tierlang.analysis.keys import Cells, Choice, Key, Pick, Span, add, ends_of, is_known, join, ordinal
from tierlang.engines.interpreter.expressions import value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    AsOf,
    Constant,
    Defined,
    Expression,
    Input,
    InTier,
    parts_of,
)
from tierlang.program.nodes import (
    Aggregate,
    Derive,
    EventPoints,
    EventType,
    Field,
    Percentile,
    Score,
    Signal,
    Sustained,
)
from tierlang.program.numbers import SCALE
from tierlang.program.reach import reaches_of
from tierlang.program.values import Kind, Value

LIMIT = 30_000
"""So many combinations are tried for one value at most; beyond it, it could be anything."""
WHOLE = 200_000
"""So many for one question."""
_OPERATION = 10
"""An operation asked of the interpreter counts as so many combinations."""
_TOLD, _TOLD_MOST = 6, 64

Plus = Callable[[Any, Any], Any]
Plan = tuple[tuple[tuple[int, ...], str | None], ...]
Small = Callable[[Cells], Cells]


class _Nowhere:
    """That there is no such choice."""


NOWHERE = _Nowhere()


class TooBigError(Exception):
    """More combinations for one value than are tried."""


class ExhaustedError(Exception):
    """More combinations for one question than are tried."""


@attrs.frozen(eq=False)
class Image:
    """What one value can be, what it cost to find, and by their keys the other images that it took."""

    cells: Cells
    cost: int
    uses: tuple[Any, ...]


@attrs.define
class Kept:
    """What was found for a program and date already; every question may use it."""

    index: Index
    images: dict[Any, Image] = attrs.field(factory=dict)
    usage: dict[tuple[str, frozenset[Use], Any], int] = attrs.field(factory=dict)
    too_big: dict[Any, tuple[Any, ...]] = attrs.field(factory=dict)
    plans: dict[Any, Plan] = attrs.field(factory=dict)
    domains: dict[tuple[str, frozenset[Use]], Domain] = attrs.field(factory=dict)
    reached: dict[tuple[str, ...], frozenset[str]] = attrs.field(factory=dict)
    _reaches: Any = None

    @property
    def reaches(self) -> Any:
        """The bounds of every value."""
        if self._reaches is None:
            self._reaches = reaches_of(self.index.program)
        return self._reaches


class Engine:
    """Answers one question: `asked` are its expressions, and whether their own values count."""

    def __init__(self, kept: Kept, asked: Sequence[tuple[Expression, bool]]) -> None:
        self.kept = kept
        self.index = kept.index
        self.program = kept.index.program
        self.as_of: dt.date = kept.index.as_of
        self.facts = blank(self.program, self.as_of)
        self.asked = asked
        self.uses = self.index.uses(list(asked))
        self._values: dict[str, tuple[Value, ...]] = {}
        self._frames: list[list[Any]] = [[0, []]]
        self._charged: set[Any] = set()
        self._total = 0
        self._signatures: dict[str, tuple[Any, ...]] = {}

    # ---- keeping -------------------------------------------------------------------------------------------------

    def signature(self, name: str) -> tuple[Any, ...]:
        """What tells apart the images of a name in different questions: the uses of everything below."""
        found = self._signatures.get(name)
        if found is None:
            usage = self.kept.usage
            below = sorted(self.index.below(name) & self.uses.keys())
            # The figures of an event type are told together, so the others that are asked for make a difference.
            groups = [each for each in below if each.startswith(("e:", "s:"))]
            others = [each for group in groups for each in self._together(group) if each not in below]
            asked = [each for each in (*below, *others) if each in self.uses]
            ids = [usage.setdefault((each, self.uses[each], self._told_apart(each)), len(usage)) for each in asked]
            found = self._signatures[name] = tuple(ids)
        return found

    def _spend(self, count: int) -> None:
        self._frames[-1][0] += count
        if self._frames[-1][0] > LIMIT:
            raise TooBigError

    def remember(self, key: Any, find: Callable[[], Cells]) -> Cells:
        """What was found before, or is found now. It costs the question as much either way, so that its answer hangs on no other question."""
        known = self.kept.images.get(key)
        if known is None:
            frame: list[Any] = [0, []]
            self._frames.append(frame)
            try:
                cells = find()
            finally:
                self._frames.pop()
            known = self.kept.images[key] = Image(cells, frame[0], tuple(frame[1]))
        self._frames[-1][1].append(key)
        self._charge(key)
        return known.cells

    def _charge(self, key: Any) -> None:
        waiting = [key]
        while waiting:
            key = waiting.pop()
            if key not in self._charged:
                self._charged.add(key)
                self._total += self.kept.images[key].cost
                waiting += self.kept.images[key].uses
        if self._total > WHOLE:
            raise ExhaustedError

    def _fixed(self, names: Iterable[str], env: Env) -> tuple[tuple[str, Key], ...]:
        return tuple(sorted(((name, env[name]) for name in names if name in env), key=lambda pair: pair[0]))

    # ---- names ---------------------------------------------------------------------------------------------------

    def of_name(self, name: str, env: Env) -> Cells:
        """What a field, definition, fact, or the events of a type can be."""
        if name in env:
            return {env[name]: ()}
        below = self.index.below(name)
        key = (name, self.signature(name), self._fixed(below, env))
        return self.remember(key, lambda: self._find(name, env))

    def _find(self, name: str, env: Env) -> Cells:
        node = self.index.nodes.get(name)
        match node:
            case Field():
                return self._of_field(name, node)
            case Derive(value=value, kind=kind):
                return self._guarded(name, kind, env, lambda: self.of(value, env))
            case Score():
                return self._guarded(name, Kind.NUMBER, env, lambda: sums.of_score(self, node, env))
            case Percentile():
                return self._of_percentile(name, node, env)
            case EventType():
                return self._of_events(name, node, env)
            case Aggregate() | EventPoints():
                return self._of_figure(name, node, f"e:{node.event}", env)
            case Sustained(signal=signal):
                return self._of_figure(name, node, f"s:{signal}", env)
            case Signal() if name.startswith("d:"):
                return self._of_figure(name, node, f"s:{node.name}", env)
            case Signal():
                return courses(self._course(node), name)
            case _:
                return self._of_guess(name, env)

    def _guarded(self, name: str, kind: Kind, env: Env, find: Callable[[], Cells]) -> Cells:
        """What a definition can be; anything within its bounds where finding it takes too long."""
        # What is done with the value itself makes no difference to how long finding it takes.
        usage = self.kept.usage
        below = sorted(self.index.below(name) & self.uses.keys() - {name})
        ids = tuple(usage.setdefault((each, self.uses[each], self._told_apart(each)), len(usage)) for each in below)
        key = (name, ids, self._fixed(self.index.below(name), env))
        try:
            if key in self.kept.too_big:
                for each in self.kept.too_big[key]:
                    self._frames[-1][1].append(each)
                    self._charge(each)
                raise TooBigError
            cells = find()
        except TooBigError:
            self.kept.too_big.setdefault(key, tuple(self._frames[-1][1]))
            self._frames[-1][0] = LIMIT
            if not kind.is_numeric:
                return dict.fromkeys(widest(kind))
            reach = self.kept.reaches.of(Defined(name[2:], kind))
            return dict.fromkeys([Span(reach.bounds.low, reach.bounds.high), *([None] if reach.missing else [])])
        return self._compressed(name, cells) if kind.is_numeric else cells

    def _told_apart(self, name: str) -> tuple[Value, ...] | None:
        """Of a field with many cells, one value for each set of answers that the question's expressions give, if it is only asked things that hang on it alone."""
        field = self.index.nodes.get(name)
        if not isinstance(field, Field):
            return None
        known = self._values.get(name)
        if known is None:
            known = self._values[name] = self._find_told_apart(name, field)
        return known

    def _find_told_apart(self, name: str, field: Field) -> tuple[Value, ...]:
        domain = self._domain(name, field)
        few = not _TOLD < len(domain.values) <= _TOLD_MOST
        if few or domain.spans or field.kind not in (Kind.TEXT, Kind.TAGS):
            return domain.values
        tests: list[Expression] = []
        for parts in (
            self.index.parts_alone((expression for expression, _ in self.asked), name),
            *(self.index.alone(each, name) for each in self.uses if name in self.index.reads(each)),
        ):
            if parts is None:
                return domain.values
            tests += parts
        if len(tests) > _TOLD_MOST:
            return domain.values
        found: dict[tuple[Value, ...], Value] = {}
        for value in domain.values:
            facts = Facts(self.program, self.facts.account, self.as_of, {name[2:]: value})
            found.setdefault(tuple(value_of(test, facts, "") for test in tests), value)
        return tuple(found.values())

    def _domain(self, name: str, field: Field) -> Domain:
        uses = self.uses.get(name, frozenset())
        known = self.kept.domains.get((name, uses))
        if known is None:
            known = self.kept.domains[name, uses] = domain_of(field, uses, self.program.missing_cells, self.as_of)
        return known

    def _of_field(self, name: str, field: Field) -> Cells:
        domain = self._domain(name, field)
        cells: Cells = {value: Pick(name, value) for value in self._told_apart(name) or ()}
        for span in domain.spans:
            add(cells, span, None)
        return cells

    def _of_figure(self, name: str, node: Any, group: str, env: Env) -> Cells:
        """One figure of those that are told together."""
        at = self._together(group).index(name)
        cells: Cells = {}
        for key, choice in self.of_name(group, env).items():
            for each in unfold(key[at], node.kind):
                add(cells, each, choice if is_known(each) and each is key[at] else None)
        return cells

    def _together(self, group: str) -> list[str]:
        """The names of the figures of a group that the question reads; of a signal, its value now stands first."""
        found = [name for name in self.uses if name.startswith("d:") and self.index.reads(name) == (group,)]
        found = [name for name in found if not isinstance(self.index.nodes.get(name), Derive | Score)]
        found.sort(key=lambda name: self.index.order[name])
        if group.startswith("s:"):
            now = f"d:{group[2:]}"
            found = [now, *(name for name in found if name != now)]
        return found

    def _of_guess(self, name: str, env: Env) -> Cells:
        """What only the population decides: anything, and as it is of an account alone."""
        cells: Cells = {}
        guess = self.index.guess(name)
        if guess is not None:
            for key, choice in self.of(guess, env).items():
                add(cells, key is True, choice)
        for way in (True, False) if name.startswith("t:") else (True, False, None):
            add(cells, way, None)
        return cells

    def _of_percentile(self, name: str, node: Percentile, env: Env) -> Cells:
        """A percentile: of an account alone it is 100; among others it can be anything."""
        tests: list[Expression] = [node.of] if node.where is None else [node.of, node.where.test]
        number = attrs.evolve(self.program.key, kind=Kind.WHOLE, low=0, high=100 * SCALE, required=False)
        others = domain_of(number, self.uses.get(name, ()), (), self.as_of)
        cells: Cells = {}
        for state, choice in self.fold([self.placed(*each) for each in enumerate(tests)], env, (), _beside).items():
            values = dict(state)
            if values[0] is None or values.get(1, True) is not True:
                add(cells, None, choice)
            else:
                add(cells, 100 * SCALE, choice)
        # Of excluded accounts it is missing.
        for key in (*others.values, *others.spans, None):
            add(cells, key, None)
        return cells

    def _of_events(self, name: str, node: EventType, env: Env) -> Cells:
        free = [each for each in self.index.reads(name) if each not in env]
        if free:
            cells: Cells = {}
            for key, choice in self.of_name(free[0], env).items():
                for inner, more in self.of_name(name, {**env, free[0]: key}).items():
                    add(cells, inner, join(choice, more))
            return cells
        facts: Any = tuple(self.index.nodes[each] for each in self._together(name))
        inputs = {each[2:]: env[each] for each in self.index.reads(name)}
        known = all(is_known(value) for value in inputs.values())
        wholly = {field.name: None for field in (self.program.key, *self.program.fields)}
        uses = {each: tuple(found) for each, found in self.uses.items()}
        asked = Figures(self.program, self.as_of, self.index.flows, node, facts, uses)
        if not known:
            return {tuple(anything(fact) for fact in facts): None}
        return histories(asked, {**wholly, **inputs}, name, self._spend)

    def _course(self, signal: Signal) -> Asked:
        names = self._together(f"s:{signal.name}")
        facts: Any = tuple(self.index.nodes[each] for each in names[1:])
        uses = {each: tuple(found) for each, found in self.uses.items()}
        return Asked(self.program, self.as_of, self.index.flows, signal, facts, names[0] in self.uses, uses)

    # ---- expressions ---------------------------------------------------------------------------------------------

    def of(self, expression: Expression, env: Env) -> Cells:
        """What an expression can be."""
        match expression:
            case Input(name=name):
                return self.of_name(f"i:{name}", env)
            case Defined(name=name):
                return self.of_name(f"d:{name}", env)
            case Constant(value=value):
                return {value: ()}
            case InTier():
                return self.of_name(tier_name(expression), env)
            case AsOf():
                return dict.fromkeys(apply(expression, (), self.facts), ())
            case AllOf(parts=parts):
                return self.fold([self.item(part) for part in parts], env, True, _and, False)
            case AnyOf(parts=parts):
                return self.fold([self.item(part) for part in parts], env, False, _or, True)
            case _:
                return self._of_operation(expression, env)

    def item(self, expression: Expression) -> Item:
        """A part as something to put together."""
        return Item(self.index.flows.names(expression), lambda env: self.of(expression, env))

    def _of_operation(self, expression: Expression, env: Env) -> Cells:
        names = self.index.flows.names(expression)
        if env.keys() >= set(names) and all(is_known(env[name]) for name in names):
            return self._decided(expression, names, env)
        parts = parts_of(expression)
        items = [self.item(part) for part in parts]
        cells: Cells = {}
        if all(shared is None for _, shared in self._plan(items, env)):
            ways: Iterable[tuple[tuple[Key, ...], Choice]] = _products([item.image(env) for item in items])
        else:
            placed = [self.placed(at, part) for at, part in enumerate(parts)]
            folded = self.fold(placed, env, (), _beside).items()
            ways = ((tuple(key for _, key in sorted(state, key=_place)), choice) for state, choice in folded)
        tried = 0
        for values, choice in ways:
            tried += 1
            if tried % 100 == 0:
                self._spend(100 * _OPERATION)
            found = apply(expression, values, self.facts)
            for key in found:
                # Several results, or one that is no value, are only what it could be.
                add(cells, key, choice if len(found) == 1 and is_known(key) else None)
        self._spend(tried % 100 * _OPERATION)
        return cells

    def _decided(self, expression: Expression, names: Sequence[str], env: Env) -> Cells:
        """What the interpreter says where all that is read is fixed; nothing where it is a fault."""
        inputs = {name[2:]: env[name] for name in names if name.startswith("i:")}
        defined = {name[2:]: env[name] for name in names if name.startswith("d:")}
        facts = Facts(self.program, self.facts.account, self.as_of, inputs, defined)
        self._spend(_OPERATION)
        value = value_of(expression, facts, "")
        return {} if facts.faults else {value: ()}

    def placed(self, at: int, part: Expression) -> Item:
        def image(env: Env) -> Cells:
            return {((at, key),): choice for key, choice in self.of(part, env).items()}

        return Item(self.index.flows.names(part), image)

    # ---- looking for one -----------------------------------------------------------------------------------------

    def goals(self, claim: Expression) -> list[Item]:
        """A claim as parts that must all hold; each can be true (as it should be) or not."""
        return [self._goal(goal) for goal in goals_of(claim)]

    def _goal(self, goal: Goal) -> Item:
        def image(env: Env) -> Cells:
            cells: Cells = {}
            for key, choice in self.of(goal.test, env).items():
                if key in goal.wanted:
                    add(cells, True, choice)
            return cells

        return Item(self.index.flows.names(goal.test), image)

    def search(self, items: Sequence[Item], env: Env) -> Choice:
        """Choices with which all goals hold: the first that are found; None if there may be some, `NOWHERE` if there are none."""
        choice: Choice = ()
        for together, shared in self._plan(items, env):
            self._spend(1)
            if shared is None:
                cells = items[together[0]].image(env)
                found = cells.get(True, NOWHERE)
            else:
                found = self._search_in([items[at] for at in together], shared, env)
            if found is NOWHERE:
                return NOWHERE
            choice = join(choice, found)
        return choice

    def _search_in(self, items: Sequence[Item], shared: str, env: Env) -> Choice:
        best: Choice = NOWHERE
        ways = sorted(self.of_name(shared, env).items(), key=lambda way: way[1] is None)
        for key, choice in ways:
            found = self.search(items, {**env, shared: key})
            if found is not NOWHERE:
                best = join(choice, found)
                if best is not None:
                    return best
        return best

    def collect(self, value: Item, items: Sequence[Item], env: Env) -> Cells:
        """What the value can be where all goals hold."""
        every = [value, *items]
        cells: Cells = {}
        before: Choice = ()
        for together, shared in self._plan(every, env):
            inside = [every[at] for at in together]
            if 0 not in together:
                found = self.search(inside, env)
                if found is NOWHERE:
                    return {}
                before = join(before, found)
            elif shared is None:
                cells = value.image(env)
            else:
                for key, choice in self.of_name(shared, env).items():
                    inner = self.collect(value, [each for each in inside if each is not value], {**env, shared: key})
                    self._spend(len(inner))
                    for each, more in inner.items():
                        add(cells, each, join(choice, more))
                cells = thinned(cells)
        return {key: join(before, choice) for key, choice in cells.items()}

    # ---- putting together ----------------------------------------------------------------------------------------

    def visible(self, names: Iterable[str], fixed: frozenset[str]) -> frozenset[str]:
        """What is read in the end, not looking behind what is fixed."""
        seen: set[str] = set()
        waiting = [name for name in names if name not in fixed]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                below = self.index.below(name)
                if below.isdisjoint(fixed):
                    seen |= below
                else:
                    seen.add(name)
                    waiting += [read for read in self.index.reads(name) if read not in fixed]
        return frozenset(seen)

    def fold(
        self, items: Sequence[Item], env: Env, zero: Any, plus: Plus, enough: Any = None, small: Small | None = None
    ) -> Cells:
        """All that the parts can come to together, where `plus` puts two together in any order; a part that can only be `enough` decides. `small` keeps what is found small."""
        found: Cells = {zero: ()}
        begun = False
        for together, shared in self._plan(items, env):
            self._spend(_OPERATION)
            if shared is None:
                part = items[together[0]].image(env)
            else:
                part = self._sharing([items[at] for at in together], shared, env, zero, plus, enough, small)
            found = self.paired(found, part, plus) if begun else part
            begun = True
            if small is not None:
                found = small(found)
            if enough is not None and len(found) == 1 and enough in found:
                break
        return found

    def _sharing(
        self, items: Sequence[Item], shared: str, env: Env, zero: Any, plus: Plus, enough: Any, small: Small | None
    ) -> Cells:
        """Parts that read something in common, for each cell of that."""
        cells: Cells = {}
        for key, choice in self.of_name(shared, env).items():
            inner = self.fold(items, {**env, shared: key}, zero, plus, enough, small)
            self._spend(len(inner))
            for state, more in inner.items():
                add(cells, state, join(choice, more))
        return cells if small is None else small(cells)

    def _plan(self, items: Sequence[Item], env: Env) -> Plan:
        """The parts in groups that read nothing in common, the smallest first; of each the places, and what its parts share."""
        names = tuple(item.names for item in items)
        whole = self.reached(tuple(dict.fromkeys(name for each in names for name in each)))
        fixed = frozenset(env.keys() & whole)
        key = (names, fixed)
        plan = self.kept.plans.get(key)
        if plan is None:
            plan = self.kept.plans[key] = self._find_plan(names, fixed)
        return plan

    def _find_plan(self, names: Sequence[tuple[str, ...]], fixed: frozenset[str]) -> Plan:
        groups: list[tuple[set[str], list[int]]] = []
        for at, each in enumerate(names):
            mine, members = set(self.visible(each, fixed)), [at]
            apart = []
            for seen, others in groups:
                if seen.isdisjoint(mine):
                    apart.append((seen, others))
                else:
                    mine |= seen
                    members = [*others, *members]
            groups = [*apart, (mine, members)]
        groups.sort(key=lambda group: len(group[0]))
        return tuple(
            (tuple(places), self._shared([names[at] for at in places], fixed) if len(places) > 1 else None)
            for _, places in groups
        )

    def _shared(self, parts: Sequence[tuple[str, ...]], fixed: frozenset[str]) -> str:
        """Something that parts share, highest up, such that nothing behind it is read but through it."""
        seen: dict[str, int] = {}
        for names in parts:
            for name in self.visible(names, fixed):
                seen[name] = seen.get(name, 0) + 1
        name = self._highest([name for name, count in seen.items() if count > 1])
        names = tuple(dict.fromkeys(each for part in parts for each in part))
        while True:
            around = self.visible(names, fixed | {name}) & (self.visible((name,), fixed) - {name})
            if not around:
                return name
            name = self._highest(around)

    def _highest(self, names: Iterable[str]) -> str:
        """One of the names that no other of them reads, the first of those that read least."""
        names = set(names)
        tops = names - frozenset().union(*(self.index.below(name) - {name} for name in names))
        return min(tops, key=lambda name: (len(self.index.below(name)), self.index.order.get(name, -1), name))

    def paired(self, one: Cells, other: Cells, plus: Plus) -> Cells:
        """Every pairing of two independent parts."""
        self._spend(len(one) * len(other))
        cells: Cells = {}
        for left, first in one.items():
            for right, second in other.items():
                key = plus(left, right)
                # Said once more instead of called: this is where most of the time goes.
                if cells.get(key) is None:
                    choice = join(first, second)
                    if choice is not None or key not in cells:
                        cells[key] = choice
        return cells

    def reached(self, names: tuple[str, ...]) -> frozenset[str]:
        """Everything that these names read in the end."""
        found = self.kept.reached.get(names)
        if found is None:
            found = self.kept.reached[names] = frozenset().union(*(self.index.below(name) for name in names))
        return found

    # ---- keeping it small ----------------------------------------------------------------------------------------

    def _compressed(self, name: str, cells: Cells) -> Cells:
        """One value for each cell, where values are only compared; else not too many."""
        uses = self.uses.get(name, frozenset())
        if any(use.sort == "free" for use in uses):
            return thinned(cells)
        firsts = sorted(use.what for use in uses if use.sort == "cut")
        found: dict[int, tuple[Key, Choice]] = {}
        result: Cells = {None: cells[None]} if None in cells else {}
        for key, choice in cells.items():
            if key is None:
                continue
            low, high = (bisect_right(firsts, ordinal(end)) for end in ends_of(key))
            for cell in range(low, high + 1):
                mine = choice if low == high and is_known(key) else None
                if cell not in found or (found[cell][1] is None and mine is not None):
                    within = key if low == high else _between(key, cell, firsts)
                    found[cell] = (within, mine)
        result.update(found[cell] for cell in sorted(found))
        return result


def _between(key: Key, cell: int, firsts: Sequence[int]) -> Key:
    """The part of a span between two cuts; of dates, the whole, as those are cut at their source."""
    if not isinstance(key.low, int):
        return key
    low = max(key.low, firsts[cell - 1]) if cell else key.low
    high = min(key.high, firsts[cell] - 1) if cell < len(firsts) else key.high
    return low if low == high else Span(low, high)


def _products(images: Sequence[Cells]) -> Iterator[tuple[tuple[Key, ...], Choice]]:
    """Every pairing of independent parts."""
    if len(images) == 1:
        yield from (((key,), choice) for key, choice in images[0].items())
        return
    for way in itertools.product(*(image.items() for image in images)):
        choice: Choice = ()
        for _, more in way:
            choice = join(choice, more)
        yield tuple(key for key, _ in way), choice


def _and(one: Any, other: Any) -> Any:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _or(one: Any, other: Any) -> Any:
    if one is True or other is True:
        return True
    return None if one is None or other is None else False


def _beside(one: Any, other: Any) -> Any:
    return one + other


def _place(pair: tuple[int, Key]) -> int:
    return pair[0]
