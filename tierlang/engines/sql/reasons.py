"""The reason of every account as one text, from the shared templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from sqlglot import exp

from tierlang.engines.sql import adjusted_words, lookups, move_words, names, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.moving import second
from tierlang.engines.sql.names import Own
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.placing import Placing, TopCut
from tierlang.engines.sql.scored import Relation, ordered_pins
from tierlang.engines.sql.seating import Seating, value_of
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.texts import text_of
from tierlang.engines.sql.trees import Tree
from tierlang.program import reasons
from tierlang.program.nodes import Program
from tierlang.program.reasons import NO_GROUP, Slot, Template

_MANY = 1 << 18


def reason(program: Program, as_of: dt.date, source: Relation, placing: Placing) -> Tree:
    """Why the account is where it is on the ladder; the words of tiers come from the step `words` where it is made."""
    told = _eligible(program, as_of, source, placing)
    out = [
        (trees.compare("=", trees.column(names.OUT), trees.number(code)), _words(reasons.excluded(exclusion)))
        for code, exclusion in enumerate(program.exclusions, start=1)
    ]
    return trees.choose(out, told) if out else told


def _eligible(program: Program, as_of: dt.date, source: Relation, placing: Placing) -> Tree:
    """The same of an account that no exclusion took."""
    own, step = placing.own, words(source, placing)
    placed = _placed(source, placing) if step is None else found_words(step, source, placing)
    if placing.moving is not None:
        placed = move_words.kept(placing.moving, placed)
    adjusted = adjusted_words.words(own)
    if adjusted is not None:
        told = trees.choose([(adjusted_words.are_needed(own), adjusted)], trees.text(""))
        placed = trees.joined_text([placed, told])
    pin = pin_words(program, as_of) if placing.pins_in_force else None
    moved = _moved(placing, [seating.moved for seating in placing.seatings], own.tier_after)
    if placing.moving is not None:
        seconds = [seating.second_moved for seating in placing.seatings]
        flown = _moved(placing, seconds, second) if placing.moving.asks else None
        return move_words.reason(placing, placed, pin, moved, flown)
    if pin is not None:
        placed = trees.choose([(ladders.pinned(placing.pins_in_force), pin)], placed)
    if moved is not None:
        anyone = trees.any_of(*(seating.moved for seating in placing.seatings))
        placed = trees.choose([(anyone, trees.joined_text([placed, moved]))], placed.copy())
    return placed


def _placed(source: Relation, placing: Placing) -> Tree:
    """The words of the base tier."""
    own = placing.own
    ladder, base = own.ladder, trees.column(own.base)
    branches: list[tuple[Tree, Tree]] = []
    tops = {each.number: each for each in placing.tops}
    for number, tier in ladders.numbered(ladder):
        if tier.otherwise:
            found = _by_score(source, own, lambda scored: reasons.otherwise(ladder, scored=scored))
        else:
            found = _filled(reasons.placed(ladder, tier), source, own, tops.get(number))
        branches.append((trees.compare("=", base.copy(), trees.number(number)), found))
    none = _by_score(source, own, lambda scored: reasons.untiered(ladder, scored=scored))
    return trees.choose(branches, none)


def words(source: Relation, placing: Placing) -> Step | None:
    """One row with the list of the words of every base tier and score that occur, made once each.

    Where the words follow from the base tier and a score of few values; None elsewhere.
    """
    own = placing.own
    ladder = own.ladder
    if ladder.by is None or any(top.per is not None or top.top.by != ladder.by for top in placing.tops):
        return None
    value = source.known[ladder.by.name]
    if not isinstance(value, Number) or _width(value) * (len(ladder.tiers) + 1) > _MANY:
        return None
    kept = next(iter(value.tree.find_all(exp.Column))).name
    constants = [own.top(what, top.number) for top in placing.tops for what in ("size", "count")]
    occurring = trees.select(trees.column(own.base), trees.column(kept))
    occurring = occurring.select(
        *(trees.named(exp.Max(this=trees.column(each)), each) for each in constants), copy=False
    )
    occurring = occurring.from_(placing.start, copy=False).where(ladders.eligible(), copy=False)
    occurring = occurring.group_by(exp.Literal.number(1), exp.Literal.number(2), copy=False)
    made = trees.named(_placed(source, placing), lookups.FOUND)
    rows = trees.select(trees.named(_code(value, own), "code"), made).from_(
        occurring.subquery("occurring", copy=False), copy=False
    )
    return Step(own.name("words"), lookups.dense(rows, _width(value) * (len(ladder.tiers) + 1)))


def _width(value: Number) -> int:
    return value.high - value.low + 2


def _code(value: Number, own: Own) -> Tree:
    """Numbers base tier and score together; the last place of each tier is that of a missing score."""
    width = _width(value)
    place = trees.coalesce(trees.subtract(value.tree.copy(), trees.number(value.low)), trees.number(width - 1))
    return trees.add(trees.multiply(trees.cast(trees.column(own.base), "INTEGER"), trees.number(width)), place)


def found_words(step: Step, source: Relation, placing: Placing) -> Tree:
    """The account's words in the list."""
    by = placing.own.ladder.by
    assert by is not None
    value = source.known[by.name]
    assert isinstance(value, Number)
    place = trees.add(_code(value, placing.own), trees.number(1))
    return lookups.at(trees.column(lookups.FOUND, step.name), place)


def pin_words(program: Program, as_of: dt.date) -> Tree:
    """The words of the account's pin, if it is in force."""
    in_force = [pin for pin in ordered_pins(program, as_of) if pin.in_force(as_of)]
    listed = exp.Array(expressions=[_words(reasons.pinned(pin)) for pin in in_force])
    return lookups.at(listed, trees.column(names.PIN))


def _words(template: Template) -> Tree:
    return trees.text("".join(str(part) for part in template))


def _by_score(source: Relation, own: Own, template: Callable[[bool], Template]) -> Tree:
    if own.ladder.by is None:
        return _filled(template(True), source, own, None)
    missing = trees.is_null(value_of(source.known, own.ladder.by.name))
    without = _filled(template(False), source, own, None)
    return trees.choose([(missing, without)], _filled(template(True), source, own, None))


def _filled(template: Template, source: Relation, own: Own, top: TopCut | None) -> Tree:
    parts = [trees.text(part) if isinstance(part, str) else _slot(part, source, own, top) for part in template]
    return trees.joined_text(parts) if parts else trees.text("")


def _slot(slot: Slot, source: Relation, own: Own, top: TopCut | None) -> Tree:
    if slot is Slot.BY:
        by = own.ladder.by
        assert by is not None
        return text_of(source.known[by.name], by.kind)
    assert top is not None
    match slot:
        case Slot.TOP_BY:
            return text_of(source.known[top.top.by.name], top.top.by.kind)
        case Slot.TOP_SIZE:
            return trees.cast(trees.column(own.top("size", top.number)), "TEXT")
        case Slot.TOP_COUNT:
            return trees.cast(trees.column(own.top("count", top.number)), "TEXT")
        case Slot.TOP_GROUP:
            assert top.top.per is not None
            group = text_of(source.known[top.top.per.name], top.top.per.kind)
            return trees.coalesce(group, trees.text(NO_GROUP))


def _moved(placing: Placing, moved: Sequence[Tree], tier_after: Callable[[int], str]) -> Tree | None:
    """What the capacities that moved the account on add; `moved` says for each whether it did, `tier_after` names the column of the tier after it."""
    if not placing.seatings:
        return None
    stops = placing.moving is not None and placing.moving.stops
    parts: list[Tree] = []
    for seating, test in zip(placing.seatings, moved, strict=True):
        after = trees.column(tier_after(seating.step))
        targets = [(number, tier) for number, tier in ladders.numbered(placing.own.ladder) if number > seating.number]
        branches = [
            (
                trees.compare("=", after.copy(), trees.number(number)),
                trees.text(reasons.over_capacity(seating.tier, seating.capacity, tier)),
            )
            for number, tier in targets
            if stops or _may_reach(seating, tier.name)
        ]
        out = trees.text(reasons.over_capacity(seating.tier, seating.capacity, None))
        parts.append(trees.choose([(test, trees.choose(branches, out))], trees.text("")))
    return trees.joined_text(parts)


def _may_reach(seating: Seating, tier: str) -> bool:
    match seating.capacity.overflow:
        case "out":
            return False
        case "to":
            return tier == seating.capacity.to
        case "down":
            return True
