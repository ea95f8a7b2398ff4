"""What a run that knows the past decided: one row for each eligible account, and for each excluded one that has a holding."""

from __future__ import annotations

from sqlglot import exp

from tierlang.engines.sql import adjusting, names, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.columns import Shown, Sort
from tierlang.engines.sql.moving import LED, MOVED_BY, Moving, Way, goes_up, is_way
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.texts import decimal
from tierlang.engines.sql.trees import Tree
from tierlang.program.holdings import Block, Cause
from tierlang.program.nodes import Program
from tierlang.program.numbers import DIGITS
from tierlang.program.values import Kind

Cell = Shown | Tree


def columns(program: Program, placing: Placing, source: Relation) -> dict[str, Cell]:
    """The columns of the decisions, by what a result shows or as trees over the placed accounts."""
    moving = placing.moving
    assert moving is not None
    decision = _Decision(placing, moving)
    found: dict[str, Cell] = {"row_id": trees.column(names.ROW, source.name), "key": Shown(Sort.KEY)}
    found |= {"cause": decision.cause(), "trigger": decision.trigger(), "tier": Shown(Sort.TIER)}
    found |= {"base": decision.base(), "pinned": decision.pinned(), "proposed": decision.proposed()}
    found |= {"waits": decision.waits(), "reason": Shown(Sort.REASON), "held": trees.column(names.HELD)}
    found["held_tier"] = decision.called(trees.column(names.HELD_TIER))
    found["held_base"] = decision.called(trees.column(names.HELD_BASE))
    found["held_since"] = trees.column(names.HELD_SINCE)
    found["held_settled_until"] = trees.column(names.HELD_UNTIL)
    found["held_pinned"] = trees.column(names.HELD_PINNED)
    found["held_retired"] = trees.column(names.HELD_RETIRED)
    kinds = {f"score {score.name}": (score.name, score.kind) for score in program.scores}
    kinds |= {f"signal {signal.name}": (signal.name, signal.kind) for signal in program.signals}
    for column, (name, kind) in kinds.items():
        found[column] = _value(source.known[name], kind, out=bool(program.exclusions))
    found["rank"] = Shown(Sort.RANK)
    return found


def everyone(program: Program) -> Tree | None:
    """Whether something is decided about an account; None where it is about each, since DuckDB takes any test for one that leaves few rows, and joins these the slow way round."""
    if not program.exclusions:
        return None
    return trees.any_of(ladders.eligible(), trees.column(names.HELD))


def _value(value: Tree | Number, kind: Kind, *, out: bool) -> Tree:
    """The value of an eligible account, numbers as decimals."""
    if not isinstance(value, Number):
        tree = value.copy()
    elif kind is Kind.WHOLE:
        tree = trees.cast(value.tree.copy(), "BIGINT")
    else:
        tree = trees.cast(decimal(value, DIGITS), f"DECIMAL(18, {DIGITS})")
    return trees.choose([(ladders.eligible(), tree)]) if out else tree


class _Decision:
    """The columns that say what is decided, each a choice by the way that the account goes."""

    def __init__(self, placing: Placing, moving: Moving) -> None:
        self._placing = placing
        self._moving = moving
        self._own = placing.own
        self._final = trees.column(placing.final)
        self._held = trees.column(names.HELD_TIER)
        self._moves = trees.compare("!=", self._final, self._held)

    def called(self, number: Tree) -> Tree:
        """The name of a tier by its number, missing for none."""
        listed = [
            (trees.compare("=", number.copy(), trees.number(at)), trees.text(tier.name))
            for at, tier in ladders.numbered(self._own.ladder)
        ]
        return trees.choose(listed, trees.null("TEXT"))

    def cause(self) -> Tree:
        """What moves, places or closes the account."""

        def text(cause: Cause) -> Tree:
            return trees.text(cause)

        retired = trees.not_null(trees.column(names.HELD_RETIRED))
        branches = [(is_way(Way.OUT), text("exclusion")), (is_way(Way.NEW), text("new"))]
        if self._moving.pins:
            by_pin = trees.choose([(trees.any_of(self._moves.copy(), retired), text("pin"))])
            pinned = trees.choose([(trees.negate(trees.column(names.HELD)), text("new"))], by_pin)
            branches.append((is_way(Way.PINNED), pinned))
        branches += [(is_way(Way.ENDED), text("pin ended")), (is_way(Way.RETIRED), text("retired"))]
        branches.append((trees.all_of(is_way(Way.FRESH), self._moves.copy()), text("review")))
        branches.append((trees.all_of(is_way(Way.MOVED), trees.negate(self._went_home())), text("trigger")))
        return trees.choose(branches, trees.null("TEXT"))

    def trigger(self) -> Tree:
        """The trigger that moves the account or would."""
        moving = self._moving
        listed = [
            (trees.compare("=", trees.column(MOVED_BY), trees.number(place)), trees.text(each.name))
            for place, each in enumerate(moving.triggers, start=1)
        ]
        if not listed:
            return trees.null("TEXT")
        asked = is_way(Way.MOVED, Way.ASKED, Way.HELD, Way.SETTLED, Way.FROZEN)
        return trees.choose([(asked, trees.choose(listed))], trees.null("TEXT"))

    def base(self) -> Tree:
        """The base afterwards."""
        own, held = trees.column(self._own.base), trees.column(names.HELD_BASE)
        branches = [(is_way(Way.OUT), trees.number(0))]
        if self._moving.triggers:
            branches.append((trees.all_of(is_way(Way.MOVED), trees.negate(self._went_home())), trees.column(LED)))
        branches += [(is_way(Way.FRESH, Way.NEW, Way.ENDED), own)]
        sent = [rule.name for rule in self._moving.mobility.retired if rule.to is not None]
        if sent:
            mine = [trees.compare("=", trees.column(names.HELD_RETIRED), trees.text(name)) for name in sent]
            branches.append((trees.all_of(is_way(Way.RETIRED), trees.any_of(*mine)), trees.column(LED)))
        branches.append((is_way(Way.RETIRED), own.copy()))
        branches += [(is_way(Way.PINNED), trees.column(self._own.tier_after(0)))] if self._moving.pins else []
        return self._named(trees.choose(branches, held))

    def _named(self, number: Tree) -> Tree:
        """The name of a tier by a number that is made here."""
        listed = exp.Array(expressions=[trees.text(tier.name) for tier in self._own.ladder.tiers])
        return trees.call("list_extract", listed, trees.null_if_zero(trees.cast(number, "INTEGER")))

    def pinned(self) -> Tree:
        """Whether a pin holds it there."""
        frozen = trees.all_of(is_way(Way.FROZEN), trees.column(names.HELD_PINNED))
        return trees.any_of(is_way(Way.PINNED), frozen)

    def proposed(self) -> Tree:
        """Where it would go but for what it waits for."""
        fresh, led = trees.column(adjusting.adjusted(self._own)), trees.column(LED)
        branches: list[tuple[Tree, Tree]] = []
        if self._moving.occasion.review:
            branches.append((is_way(Way.SETTLED, Way.HELD), fresh))
        elif self._moving.triggers:
            there = trees.compare(">", trees.column(MOVED_BY), trees.number(0))
            branches.append((trees.all_of(is_way(Way.SETTLED, Way.HELD, Way.FROZEN), there), led))
            branches.append((trees.all_of(is_way(Way.MOVED), self._went_home()), led.copy()))
        if self._moving.asks:
            branches.append((trees.all_of(is_way(Way.ASKED), self._vanished()), led.copy()))
            branches.append((is_way(Way.ASKED), trees.column(self._placing.final_second)))
        return self._named(trees.choose(branches, self._final.copy()))

    def waits(self) -> Tree:
        """What it waits for."""

        def text(block: Block) -> Tree:
            return trees.text(block)

        there = trees.compare(">", trees.column(MOVED_BY), trees.number(0))
        if self._moving.occasion.review:
            there = trees.compare("!=", trees.column(adjusting.adjusted(self._own)), self._held.copy())
        branches = [(is_way(Way.HELD), text("hold"))]
        if self._moving.triggers or self._moving.occasion.review:
            branches.append((trees.all_of(is_way(Way.SETTLED), there), text("cool-down")))
        if self._moving.triggers:
            branches.append((trees.all_of(is_way(Way.FROZEN), there.copy()), text("freeze")))
            branches.append((trees.all_of(is_way(Way.MOVED), self._went_home()), text("capacity")))
        if self._moving.asks:
            vanished = trees.choose([(self._vanished(), text("capacity"))], text("approval"))
            branches.append((is_way(Way.ASKED), vanished))
        return trees.choose(branches, trees.null("TEXT"))

    def _went_home(self) -> Tree:
        """Whether a promotion found no seat."""
        if not self._moving.sends_home or not self._placing.seatings:
            return exp.false()
        return trees.all_of(goes_up(self._moving), trees.compare("!=", self._final.copy(), trees.column(LED)))

    def _vanished(self) -> Tree:
        """The same of one that somebody has to approve."""
        gone = trees.compare("=", trees.column(self._placing.final_second), trees.number(0))
        return trees.all_of(goes_up(self._moving), gone)
