"""What becomes of one eligible account in a run that knows the past, before the seats: the rules of `tierlang.program.holdings`, in their order."""

from __future__ import annotations

from typing import Literal

import attrs

from tierlang.engines.interpreter.adjusting import Adjusted, Gates, adjust, way_down, worse
from tierlang.engines.interpreter.capacity import Candidate
from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.matching import Tried, base_tier
from tierlang.engines.interpreter.triggers import Fired, blocks, fired, first_of, holds_on, tier_named
from tierlang.engines.interpreter.words import Tops, pinned_words, placing_words
from tierlang.program import move_reasons
from tierlang.program.holdings import Block, Cause, Holding, Occasion
from tierlang.program.nodes import Ladder, Pin, Program, Retired, Tier


@attrs.frozen
class Fresh:
    """Where lines, gates, `keep` and adjustments put an account."""

    base: Tier | None
    adjusted: Adjusted
    words: str

    @property
    def base_name(self) -> str | None:
        """The name of its base tier."""
        return None if self.base is None else self.base.name


@attrs.frozen
class Course:
    """What becomes of the account: where it starts towards the seats, its base, the words for that, and why (`cause`, if it ends in another tier than it holds).

    Where something keeps it, `waits` says what and `proposed` where it would go; `anchor` is the tier it holds, if that counts for its seat. `stands_beside`: the trigger's move needs
    an approval, so that it takes a seat at `proposed` beside the account's own. `fresh` is how it was placed, if it was.
    """

    start: Tier | None
    base: str | None
    words: str
    cause: Cause | None = None
    pinned: bool = False
    fresh: Fresh | None = None
    fired: Fired | None = None
    proposed: Tier | None = None
    waits: Block | None = None
    anchor: Tier | None = None
    kept: Tier | None = None
    over: Literal["flows", "goes home"] = "flows"

    @property
    def stands_beside(self) -> bool:
        """Whether a move that somebody has to approve takes a seat too."""
        return self.waits == "approval"

    def candidates(self, facts: Facts, gates: Gates) -> tuple[Candidate, Candidate | None]:
        """The account as the seats see it, and the move that stands beside it."""
        secured = self.fresh.adjusted.secured if self.fresh is not None else None
        own = Candidate(facts, gates, self.start, self.pinned, secured, [], self.anchor, self.kept, self.over)
        if not self.stands_beside or self.fired is None:
            return own, None
        over: Literal["vanishes", "flows"] = "vanishes" if self.fired.trigger.up else "flows"
        return own, Candidate(facts, gates, self.proposed, pinned=False, over=over)


@attrs.frozen
class Mover:
    """Asks what becomes of accounts of one run, one at a time."""

    program: Program
    occasion: Occasion
    tops: Tops

    @property
    def ladder(self) -> Ladder:
        """The ladder on which accounts hold tiers."""
        return self.program.ladders[0]

    def course_of(self, facts: Facts, tried: tuple[Tried, ...], gates: Gates, pin: Pin | None) -> Course:
        """The first rule that applies."""
        holding = facts.holding
        if pin is not None and (holding is None or holding.retired is not None or self.occasion.freeze is None):
            return self._pinned(pin, new=holding is None)
        if holding is None:
            return self._as_new("new", self._fresh(facts, tried, gates))
        if holding.retired is not None:
            return self._retired(holding, facts, tried, gates)
        if self.occasion.freeze is not None:
            return self._frozen(holding, facts, gates, pin)
        if holding.pinned:
            fresh = self._fresh(facts, tried, gates)
            return attrs.evolve(self._as_new("pin ended", fresh), words=move_reasons.pin_ended(fresh.words))
        if self.occasion.review:
            return self._reviewed(holding, facts, tried, gates)
        return self._between(holding, facts, gates)

    def _fresh(self, facts: Facts, tried: tuple[Tried, ...], gates: Gates, kept: Tier | None = None) -> Fresh:
        """Placed afresh; `kept` is the held base, if its `keep` holds. Without it: as new."""
        base = base_tier(tried, kept)
        adjusted = adjust(self.ladder, 0, base, facts, gates)
        only_kept = base is not None and base is kept and not any(each.fits for each in tried if each.tier is base)
        if base is not None and base.keep is not None and only_kept:
            words = move_reasons.kept(base.keep) + adjusted.words
        else:
            words = placing_words(self.ladder, base, facts, self.tops) + adjusted.words
        return Fresh(base, adjusted, words)

    def _as_new(self, cause: Cause, fresh: Fresh) -> Course:
        return Course(fresh.adjusted.start, fresh.base_name, fresh.words, cause, fresh=fresh)

    def _pinned(self, pin: Pin, *, new: bool) -> Course:
        tier = tier_named(self.ladder, pin.tier)
        return Course(tier, pin.tier, pinned_words(pin), "new" if new else "pin", pinned=True)

    def _retired(self, holding: Holding, facts: Facts, tried: tuple[Tried, ...], gates: Gates) -> Course:
        assert holding.retired is not None
        rule = self._rule_for(holding.retired)
        if rule is None or rule.to is None:
            fresh = self._fresh(facts, tried, gates)
            words = move_reasons.retired(rule, holding.retired, fresh.words, None, stopped=())
            return attrs.evolve(self._as_new("retired", fresh), words=words)
        names = [tier.name for tier in self.ladder.tiers]
        way = way_down(self.ladder, names.index(rule.to), len(names), gates)
        to = way.to.name if way.to is not None else None
        return Course(way.to, to, move_reasons.retired(rule, holding.retired, "", to, stopped=way.stopped), "retired")

    def _rule_for(self, name: str) -> Retired | None:
        every = self.program.mobility.retired if self.program.mobility is not None else ()
        return next((each for each in every if each.name == name), None)

    def _stays(self, holding: Holding, words: str, fired: Fired | None = None, waits: Block | None = None) -> Course:
        """It stays where it is, anchored; `fired` is what would move it but for what it waits for."""
        held = tier_named(self.ladder, holding.tier)
        proposed = fired.way.to if fired is not None and fired.way is not None else None
        return Course(
            held, holding.base, words, pinned=holding.pinned, fired=fired, proposed=proposed, waits=waits, anchor=held
        )

    def _frozen(self, holding: Holding, facts: Facts, gates: Gates, pin: Pin | None) -> Course:
        freeze = self.occasion.freeze
        assert freeze is not None
        every = () if pin is not None or holding.pinned else fired(self.program, facts, gates)
        first = every[0] if every and every[0].way is not None else None
        words = move_reasons.frozen(freeze, first.words if first is not None else None)
        return self._stays(holding, words, first, "freeze" if first is not None else None)

    def _reviewed(self, holding: Holding, facts: Facts, tried: tuple[Tried, ...], gates: Gates) -> Course:
        """5a. Placed afresh with the held base, unless it is settled or a hold is in the way."""
        held, kept = tier_named(self.ladder, holding.tier), tier_named(self.ladder, holding.base)
        kept = kept if kept is not None and kept.keep is not None and holds(kept.keep, facts) else None
        fresh = self._fresh(facts, tried, gates, kept)
        to = fresh.adjusted.start
        would = None if to is held else move_reasons.at_review(to.name if to else None, fresh.words)
        until = holding.settled_until
        if until is not None and facts.as_of < until:
            waiting = self._stays(holding, move_reasons.settled(until, would), waits="cool-down" if would else None)
            return attrs.evolve(waiting, proposed=to)
        on = holds_on(self.program, facts)
        hold = next((each for each in on if blocks(each, up=worse(self.ladder, held, to))), None)
        if would is not None and hold is not None:
            return attrs.evolve(self._stays(holding, move_reasons.held(hold, would), waits="hold"), proposed=to)
        return Course(to, fresh.base_name, fresh.words, "review", fresh=fresh, anchor=held if on else None, kept=kept)

    def _between(self, holding: Holding, facts: Facts, gates: Gates) -> Course:
        """5b. The first trigger that no hold blocks."""
        moving = first_of(fired(self.program, facts, gates))
        until = holding.settled_until
        if until is not None and facts.as_of < until:
            words = move_reasons.settled(until, moving.by.words if moving.by is not None else None)
            return self._stays(holding, words, moving.by, "cool-down" if moving.by is not None else None)
        if moving.by is None:
            if moving.held is None or moving.held.blocked is None:
                return self._stays(holding, move_reasons.STAYS)
            words = move_reasons.held(moving.held.blocked, moving.held.words)
            return self._stays(holding, words, moving.held, "hold")
        if moving.by.trigger.approver is not None:
            return self._stays(holding, moving.by.words, moving.by, "approval")
        assert moving.by.way is not None
        to = moving.by.way.to
        goes = Course(to, to.name if to is not None else None, moving.by.words, "trigger", fired=moving.by, proposed=to)
        if not moving.by.trigger.up:
            return goes
        return attrs.evolve(goes, anchor=tier_named(self.ladder, holding.tier), over="goes home")
