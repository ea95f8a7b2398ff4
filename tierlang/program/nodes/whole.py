"""The whole of a program."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs

from tierlang.program.calendar import Duration
from tierlang.program.expressions import Defined, Input
from tierlang.program.nodes.definitions import Definition, Enduring, Exclusion, Fact, Mark, Score
from tierlang.program.nodes.inputs import EventType, Field, Lookup, Signal
from tierlang.program.nodes.ladders import Ladder, Owner, Pin
from tierlang.program.nodes.mobility import Mobility
from tierlang.program.nodes.tests import Allow, Named, Test
from tierlang.program.written import Written
from tierlang.source import Span


@attrs.frozen(eq=False, repr=False)
class Limits(Written):
    """The house's own limits; shares are 1/10,000ths."""

    tiers: int = 5
    share: int = 8_000
    review_age: Duration = attrs.field(default=Duration(1, "quarter"))


@attrs.frozen(eq=False, repr=False)
class ReviewPeriod(Written):
    """How often everyone is placed again."""

    unit: Literal["day", "week", "month", "quarter", "year"]
    starting: dt.date | None = None


@attrs.frozen(eq=False, repr=False)
class Header(Written):
    """Where the lines of the `ruleset` block stand; None for those that are not written."""

    version: Span | None = attrs.field(default=None, eq=False)
    reviewed: Span | None = attrs.field(default=None, eq=False)
    review: Span | None = attrs.field(default=None, eq=False)
    limits: Span | None = attrs.field(default=None, eq=False)


@attrs.frozen(eq=False, repr=False)
class Program(Written):
    """A compiled ruleset.

    `facts` are found from events and signals and read nothing else (a `where` also the account's fields); `definitions` read one account, its facts and the present values of the signals, and stand in dependency order;
    `exclusions` read those; `relative` definitions (percentiles and whatever reads them) need the whole population after exclusions, and stand in dependency order too.

    `ladders` stand as written, the first is the ruleset's own, the others are views of it. `placing_order` are their positions in the order in which each is placed after those that it
    reads (by `InTier` in its gates, adjustments). Where a condition reads a tier (gates of other ladders, adjustments, plays, marks) it consists of `InTier`, constants and
    flags by name (`Defined`, `Input`) under `and`, `or`, `not`, `at least … of` and `is missing`: the compiler has given every other part of it a hidden definition.

    `key` and `fields` say how accounts are read; `missing_cells` are the cells that mean no value.

    `mobility`: how accounts move over time (see `tierlang.program.holdings`), None without such a block. Its conditions, and those of `keep while`, may read the tiers of other ladders; they are made as those of adjustments are.

    What engines have no use for: `tests`, what the rule files `allow`, who reads which of their `names`, where the lines of the `header` stand. `span` is the `ruleset` block.
    """

    name: str
    label: str | None
    version: str | None
    reviewed: dt.date | None
    review: ReviewPeriod | None
    limits: Limits
    key: Field
    fields: tuple[Field, ...]
    missing_cells: tuple[str, ...]
    definitions: tuple[Definition, ...]
    exclusions: tuple[Exclusion, ...]
    relative: tuple[Definition, ...]
    ladders: tuple[Ladder, ...]
    owners: tuple[Owner, ...]
    pins: tuple[Pin, ...]
    events: tuple[EventType, ...] = ()
    signals: tuple[Signal, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    facts: tuple[Fact, ...] = ()
    marks: tuple[Mark, ...] = ()
    placing_order: tuple[int, ...] = (0,)
    mobility: Mobility | None = None
    tests: tuple[Test, ...] = ()
    allows: tuple[Allow, ...] = ()
    names: tuple[Named, ...] = ()
    header: Header = attrs.field(factory=lambda: Header())

    @property
    def scores(self) -> tuple[Score, ...]:
        """All scores, in dependency order."""
        return tuple(d for d in (*self.definitions, *self.relative) if isinstance(d, Score))

    @property
    def enduring(self) -> tuple[Enduring, ...]:
        """All conditions on scores over a time, in dependency order."""
        return tuple(d for d in (*self.definitions, *self.relative) if isinstance(d, Enduring))

    @property
    def ranking_numbers(self) -> tuple[Input | Defined, ...]:
        """All scores in dependency order, then what else ranks a ladder (a field, a derived one), each once."""
        scores = [Defined(score.name, score.kind) for score in self.scores]
        return tuple(dict.fromkeys([*scores, *(ladder.by for ladder in self.ladders if ladder.by is not None)]))

    @property
    def in_placing_order(self) -> tuple[Ladder, ...]:
        """The ladders, each after those that it reads."""
        return tuple(self.ladders[position] for position in self.placing_order)
