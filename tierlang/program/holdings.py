"""A run that knows the past: what the ledger says of each account, what the rules decide about it, and how. The words of this page bind every engine.

A *holding* is an open assignment of the ledger, in the names of the program. A run over accounts of which some have holdings decides about every eligible account present, and about every excluded one that
has a holding. Absent accounts (a holding, but no row in the data) take no part here and hold no seat.

Conditions of `keep while`, `hold`, and triggers read what everything else of the account reads, and three things more: `HELD_TIER` (the holding's tier by name, "" without one or untiered; never missing),
`DAYS_IN_TIER` (days from the holding's `since` to the as-of date; missing without a holding or untiered) and `Enduring` definitions. Without a ledger (`eval`) nobody has a holding.

**Placed afresh** means: base tier, adjustments (see `Ladder`). The base tier is the best tier X whose line, top and gate hold, or, where the holding's `base` is X, whose `keep` holds (without its gate being asked);
`otherwise` is tried last. *As new* means afresh with no holding. The conditions of adjustments read the ladder's tier so far, as ever.

What becomes of an eligible account, the first that applies:

1. *No holding*: placed as new. Cause `new`. A pin in force: the pin's tier (base too), pinned.
2. *Retired*: the holding's tier was retired. `retired … to X`: to X, or down from there to the first tier whose gate is true, else untiered (base is the same). Otherwise placed as new. Cause `retired`. A pin in force goes before this (4).
3. *Freeze* (the occasion's): stays, and stays `pinned` if it was. It waits for the `freeze` if a trigger would move it (5b, holds and `settled_until` aside); where a pin is in force, or the holding is pinned, no trigger would.
4. *Pin in force*: the pin's tier; `pinned`. Its base is the pin's tier. Cause `pin` if its tier changes.
   *Pin ended* (the holding is pinned, no pin in force): placed as new. Cause `pin ended`, if its tier changes or not.
5. a. *At a review*: let t be where it is placed afresh. *Settled* (as-of before the holding's `settled_until`): stays; waits for the `cool-down` if t is another tier. *Hold*, the first written that holds and blocks this move: where t is worse than
      the held tier (`both ways`: another tier), it stays; waits for the `hold`. Else it goes to t; cause `review` if it ends in another tier than it holds. Untiered is worse than every tier; a hold does nothing for an account held untiered.
      Triggers are not asked.
   b. *Between reviews*: *moved* by the first trigger in the order of the file whose `sources` have the held tier, whose condition holds, and which no hold blocks (a hold blocks triggers that demote, `both ways` all). Where it leads: see Triggers.
      If there is none, or it leads nowhere, the account stays; but if a trigger before that one, or any, was blocked by a hold and nothing moves the account, it waits for the `hold` (with the first such trigger that leads somewhere).
      *Settled*: stays; waits for the `cool-down` if a trigger (the first that is not blocked, as above) would move it.

*Triggers.* The target is `to`, or `steps` from the held tier, not past the ends. Up: to the first tier from the target down to, not including, the held one whose gate is true; none: it leads nowhere.
Down: to the first from the target down whose gate is true, else untiered; from the worst tier `down` leads nowhere. Lines, floors and caps are not asked. Base and tier become that tier (the base before capacities).

**Seats.** Capacities are kept as `Ladder` says, the ladder's own first, then tier by tier from the best. What is added:

- *Anchored*: an account that stays by 3, 5 (settled, hold, nothing moves it between reviews; at a review: only settled and hold) is never cut in its held tier, as pinned ones are not, nor by the ladder's own capacity. At a review every account (5a) for which any hold holds is anchored in
  its held tier, also where it is placed just there.
- *Class*: at a review, in each tier, those who are never cut come first, then holders whose holding's `base` is that tier and whose `keep` holds there, then the rest; each by rank. (In the ladder's own capacity: never cut, then by tier, in each by this class, then by rank.) Who is placed as new or comes from a retired tier is of the rest.
  Between reviews there is no second class.
- *Going home*: between reviews an account promoted by a trigger that is over a capacity does not flow on: it goes back to its held tier, where it is anchored, keeps its base, and waits for `capacity`. At a review an account that a hold keeps from going down, but which was placed better than it holds,
  flows on as others do, but never past its held tier (no overflow, and not `out`, leads it to a worse one): there it is anchored. At a review the ladder's own capacity never cuts an account with a hold and a held tier.
- *Approval*: an account moved by a trigger with an approver stays in its held tier, anchored, and its move stands beside it as a second candidate of the same key and rank that starts at its target, is of the last class, and takes a seat. A promotion so proposed that is over a capacity just vanishes: the account waits for
  `capacity`. A demotion flows on. If the second candidate ends somewhere else than the held tier, the account waits for `approval`, and `proposed` is where it ended.

The figures of seats count second candidates. What a capacity has in use (`Seats.used`) are those whom it let stay; who goes home from the ladder's own capacity is not among them.

*Faults.* In a run that knows the past, numbers out of bounds are also sought in the conditions of `keep while` tier by tier, then of holds, then of triggers, after the marks (see `Fault`); without a past these are not asked.

*Reasons.* Who is placed as new or afresh has the words of a run without a past, `move_reasons.kept` in place of those of its base tier where only `keep` gives it that, those of capacities last; `retired` and `pin_ended` stand before them. Where something keeps the account, `at_review` has these words without those of
capacities. The first ladder's placement has the decision's reason.

Everything else of the run (marks, plays, clusters, coverage, views, the tier that conditions of other ladders read) goes by where accounts stand without the moves that wait.
`LadderSummary.adjustments` of the first ladder is empty in a run that knows the past; all else of the summary is as ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, TypeAlias

import attrs

from tierlang.program.nodes.mobility import Freeze

HELD_TIER = "held tier"
"""The name under which expressions read (`Defined`, a text) the tier that the account holds. A name with a space is nobody's."""
DAYS_IN_TIER = "days in tier"
"""The name under which expressions read (`Defined`, whole) how long it has held it."""


@attrs.frozen
class Holding:
    """The open assignment of one account. `tier` None: eligible and in no tier, or (with `retired`, the name) in a tier that is no more; `since` is the first day in the tier.

    `pinned`: by a pin that was in force at the last run. `base` is the tier before adjustments and capacities.
    """

    key: str
    tier: str | None
    base: str | None
    since: dt.date
    settled_until: dt.date | None = None
    pinned: bool = False
    retired: str | None = None


@attrs.frozen
class Past:
    """What the ledger says. `holdings` by key. `scores` by (key, score): the observations, each a day and a value (None: unscored), by day ascending, at most one a day."""

    holdings: Mapping[str, Holding]
    scores: Mapping[tuple[str, str], tuple[tuple[dt.date, int | None], ...]] = attrs.field(factory=dict)


@attrs.frozen
class Occasion:
    """What sort of run it is: a review, or between reviews; `freeze` is one that lasts (never at a review)."""

    review: bool
    freeze: Freeze | None = None


Cause: TypeAlias = Literal["new", "review", "trigger", "pin", "pin ended", "retired", "exclusion"]
Block: TypeAlias = Literal["approval", "capacity", "cool-down", "freeze", "hold"]


@attrs.frozen
class Decision:
    """What a run decides about one account.

    `cause` is what moves, places or closes it (None: it stays where it is, or waits); `trigger` the one that moves it or would. `tier`, `base`, `pinned`: how it stands afterwards, without moves that wait. `proposed`: where it would
    go but for what it `waits` for (for `approval` after capacities, for all else before them); the same as `tier` where it waits for nothing. An account that waits has no cause. `reason` is what people read, by `tierlang.program.reasons` and `tierlang.program.move_reasons`.

    An excluded account that has a holding: cause `exclusion`, no tier, no base. Base and tier of an account that stays are those of its holding, but at a review the base of one that is
    placed afresh and ends where it was is the fresh one.
    """

    key: str
    cause: Cause | None
    trigger: str | None
    tier: str | None
    base: str | None
    pinned: bool
    proposed: str | None
    waits: Block | None
    reason: str
