"""Tests as meant, what the rule files allow, and who reads which name."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import attrs

from tierlang.program.nodes.definitions import Condition
from tierlang.program.values import Value
from tierlang.program.written import Written
from tierlang.source import Span


@attrs.frozen(eq=False, repr=False)
class GivenEvent(Written):
    """One event of a test's account; `values` are the attributes given, by name (the others are missing, or have their default)."""

    event: str
    at: dt.date
    values: tuple[tuple[str, Value], ...] = ()


@attrs.frozen(eq=False, repr=False)
class GivenObservation(Written):
    """One observation of a signal of a test's account."""

    signal: str
    at: dt.date
    value: Value


@attrs.frozen(eq=False, repr=False)
class GivenScore(Written):
    """What the ledger observed of a score of a test's account on a day (None: unscored)."""

    score: str
    at: dt.date
    value: int | None


@attrs.frozen(eq=False, repr=False)
class GivenHolding(Written):
    """The tier that a test's account holds, since when, and until when its last move settles it; its base is the same tier. `tier` None: it holds no tier, but is known."""

    tier: str | None
    since: dt.date
    settled_until: dt.date | None = None


@attrs.frozen(eq=False, repr=False)
class GivenAccount(Written):
    """One account of a test: `key` is its key, `name` what the test calls it (None for the only account of `given { … }`).

    `values` has every field of the account, read as a cell would be (`same`, `fold case`), with its default where the test gives none.
    """

    name: str | None
    key: str
    values: tuple[tuple[str, Value], ...]
    events: tuple[GivenEvent, ...] = ()
    observations: tuple[GivenObservation, ...] = ()
    scores: tuple[GivenScore, ...] = ()
    holding: GivenHolding | None = None


@attrs.frozen(eq=False, repr=False)
class ExpectTier(Written):
    """The account (by its key) ends in this tier of the first ladder; None: eligible and in no tier."""

    key: str
    tier: str | None


@attrs.frozen(eq=False, repr=False)
class ExpectExcluded(Written):
    """The account is excluded (by this exclusion, if one is named); or, `negated`, is not."""

    key: str
    exclusion: str | None = None
    negated: bool = False


@attrs.frozen(eq=False, repr=False)
class ExpectMark(Written):
    """The mark is shown on the account; or, `negated`, is not."""

    key: str
    mark: str
    negated: bool = False


@attrs.frozen(eq=False, repr=False)
class ExpectHolds(Written):
    """The condition is true of the account at the end of the run: not false, not unknown.

    It may read everything of the account, the tiers too (`InTier` anywhere under `and`, `or`, `not`). It brings no facts or hidden definitions of its own: those would change what a run reads.
    """

    key: str
    condition: Condition


@attrs.frozen(eq=False, repr=False)
class ExpectMove(Written):
    """The account moves: to this tier if one is named, out of the tiers if `out`, by this trigger if one is named; a move that waits for approval counts, one that waits for anything else does not.

    `negated`: it does not move, and no move of it waits for approval. An account that holds nothing is placed, which is no move. An exclusion takes a holder out of the tiers, which is one.
    """

    key: str
    tier: str | None = None
    out: bool = False
    trigger: str | None = None
    negated: bool = False


Expect: TypeAlias = ExpectTier | ExpectExcluded | ExpectMark | ExpectHolds | ExpectMove


@attrs.frozen(eq=False, repr=False)
class Test(Written):
    """A small population, the date as of which it is placed, and what must come out.

    `as_of` is None only where nothing in the program depends on it. `review`: a review is due. Where an account holds something, or a review is due, the accounts are placed as in a run that knows the
    past; then `ExpectTier` means the tier in which the account stands once its moves are approved.
    """

    label: str
    as_of: dt.date | None
    accounts: tuple[GivenAccount, ...]
    expects: tuple[Expect, ...]
    review: bool = False

    @property
    def has_past(self) -> bool:
        """Whether the run knows a past."""
        return self.review or any(account.holding is not None for account in self.accounts)


@attrs.frozen(eq=False, repr=False)
class Allow(Written):
    """A lint rule that is silent within `over`, and the reason people gave."""

    rule: str
    because: str
    over: Span = attrs.field(eq=False, repr=False)


NameSort: TypeAlias = Literal[
    "constant", "list", "field", "derive", "event", "attribute", "signal", "lookup", "column", "score", "owner", "mark", "exclusion", "ladder", "tier", "trigger", "hold"
]  # fmt: skip


@attrs.frozen(eq=False, repr=False)
class Named(Written):
    """A name that the rule files declare, and the places that read it; `span` is the declaration (for a tier or attribute, too, the whole of it).

    An attribute is `EVENT.ATTRIBUTE`, a column `LOOKUP.COLUMN`. `uses` are the places in rules (`tested` those in tests) where the name stands, the declaration not among them. The words `list`, `use` and so on
    do not count; a score is used where it is weighed, read by an expression, or ranks a ladder; an owner where somebody or something is theirs; a tier where a condition, an adjustment, a pin or an
    overflow names it; a trigger where a test expects it.
    """

    sort: NameSort
    name: str
    uses: tuple[Span, ...] = attrs.field(default=(), eq=False, repr=False)
    tested: tuple[Span, ...] = attrs.field(default=(), eq=False, repr=False)
