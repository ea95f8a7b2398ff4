"""What is computed for each account: derived fields, percentiles, figures of events, sustained conditions, scores, exclusions and marks."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

import attrs

from tierlang.program.calendar import Duration
from tierlang.program.expressions import Attribute, Defined, Expression, Input
from tierlang.program.values import Kind
from tierlang.program.written import Written


@attrs.frozen(eq=False, repr=False)
class Condition(Written):
    """A test that decides something: it holds only if it is true. `text` is the user's own words on one line."""

    test: Expression
    text: str


AggregateFunction: TypeAlias = Literal["any", "count", "sum", "largest", "smallest", "distinct", "latest", "days since"]


@attrs.frozen(eq=False, repr=False)
class Aggregate(Written):
    """One figure of an account's events of one type; the compiler names it, and expressions read it as `Defined`.

    The events that count: those not after the as-of date, with `window` not before the date `window` before it (None: `ever`), for which `where` is
    true, and (for the functions that read one) whose `attribute` (of any kind but tags) is not missing.

    `any`: whether there is one (a flag, never missing). `count`: how many, `distinct`: how many different values of the attribute (both whole,
    0 for none). `sum`: of the attribute, 0 for none. `largest`, `smallest` (numbers, dates) and `latest` (the attribute's value on the latest day
    that has one; of several on that day the greatest, texts bytewise, true above false): missing for none. `days since`: whole days from the latest
    to the as-of date, missing for none. `text` is the user's words.

    `where` reads the event (`Attribute`) and the account's fields (`Input`), nothing else.

    Faults (see `Fault`) have `text` as their words: a `sum` out of bounds (its value is then missing), and for any event of the type not after the as-of date, in the
    window or not, a number out of bounds in the event's derives that `where` and `attribute` read, also through other derives, or in `where` itself (such a part is then
    missing, as everywhere).
    """

    name: str
    kind: Kind
    event: str
    function: AggregateFunction
    attribute: Attribute | None
    where: Condition | None
    window: Duration | None
    text: str


@attrs.frozen(eq=False, repr=False)
class Fading(Written):
    """What an event is still worth after k whole periods: `amounts[k]`, and 0 beyond the last; in 1/10^8ths, exact.

    `halving` and `keeping` are points × factor, the factor rounded once to 1/10,000; `losing` is what is left, never past 0. k counts by days and weeks as
    the whole quotient of the day's age. By the calendar period k are the days that are at most `shift(as_of, k periods back)` and later than that of k + 1 (`every` times k, counted back from the as-of date).
    """

    every: Duration
    amounts: tuple[int, ...]


@attrs.frozen(eq=False, repr=False)
class EventPoints(Written):
    """Points for each event that counts (chosen as for `Aggregate`): an exact sum, rounded once to 1/10,000, then no further from 0 than `up_to`.

    `up_to` has the sign of `points`. Faults have `text` as their words: those of `where`, as for `Aggregate`, and a result out of bounds after `up_to`.
    A definition by its name, hidden, of the kind number, never missing; point lines read it.
    """

    name: str
    event: str
    points: int
    where: Condition | None
    window: Duration | None
    fading: Fading | None
    up_to: int | None
    text: str

    kind: ClassVar[Kind] = Kind.NUMBER


@attrs.frozen(eq=False, repr=False)
class Sustained(Written):
    """Whether a condition on a signal held on every day D of (as-of − duration, as-of]: `intent >= 80 for 3 weeks` covers 21 days.

    `test` reads the signal's value on the day as `Attribute(signal)` and constants, nothing else, and is asked with the observation that counts
    on D (see `Signal`), a missing value where none does. The days are joined as by `and`: false if it is false on one of them, else
    missing if it is missing on one, else true. Faults, with `text` as their words: a number out of bounds in `test` for any observation not after the as-of date.
    """

    name: str
    signal: str
    test: Expression
    duration: Duration
    text: str

    kind: ClassVar[Kind] = Kind.FLAG


Fact: TypeAlias = Aggregate | EventPoints | Sustained
"""What the engines find from events and signals before anything else of the account."""


@attrs.frozen(eq=False, repr=False)
class Derive(Written):
    """A value computed once per account; `hidden` ones were named by the compiler, not by the user."""

    name: str
    kind: Kind
    value: Expression
    text: str
    label: str | None = None
    hidden: bool = False


@attrs.frozen(eq=False, repr=False)
class Percentile(Written):
    """half(100 · #{values ≤ x}, #{accounts with X}) among eligible accounts for which `where` holds, within each value of `per`.

    A whole number, 0 to 100 (so 0 to 1,000,000 in 1/10,000ths). Missing for an account without X or outside `where`, and for excluded accounts. Accounts without `per` form one group.
    """

    name: str
    of: Input | Defined
    where: Condition | None
    per: Input | None
    text: str

    kind = Kind.NUMBER


@attrs.frozen(eq=False, repr=False)
class WeighLine(Written):
    """`weight` (1/10,000ths, 50 % is 5,000) of a part; with `when`, the line applies only to accounts for which it holds."""

    weight: int
    part: Expression
    text: str
    when: Condition | None = None


@attrs.frozen(eq=False, repr=False)
class Weighing(Written):
    """One exact sum of weight × part, divided once.

    Without `scaled` the weights total 10,000 and no line has a `when`. With it, only the lines that apply to the account count, and A is
    their total weight; where none applies (or A is 0) the score is missing. A line that does not apply is as if it were not written, but that a
    number out of bounds in its part is a fault all the same.

    What a missing part does: `share` leaves it out and divides by the present weight P instead of A (the score is missing where P is 0, or where
    P · 10,000 < `floor` · A), `zero` counts it as 0, `unscored` and None (no part can be missing) make the score missing. So the body is
    Σ weight × part / A, and with `share` Σ / P, of the lines that apply and are present, as one quotient.
    """

    lines: tuple[WeighLine, ...]
    missing: Literal["share", "zero", "unscored"] | None = None
    floor: int = 0
    scaled: bool = False


@attrs.frozen(eq=False, repr=False)
class PointLine(Written):
    """`points` when the condition holds."""

    points: int
    when: Condition
    label: str | None = None


@attrs.frozen(eq=False, repr=False)
class TableRow(Written):
    """Points for the subjects that meet the test; `text` is the band as written."""

    test: Expression
    points: int
    text: str


@attrs.frozen(eq=False, repr=False)
class PointTable(Written):
    """Points by the first row whose test is true, else `otherwise`; `missing` for a missing subject.

    None for `otherwise` or `missing` says that the compiler proved it cannot be needed; both engines then give 0.
    """

    subject: Input | Defined
    rows: tuple[TableRow, ...]
    otherwise: int | None
    missing: int | None
    text: str
    label: str | None = None


@attrs.frozen(eq=False, repr=False)
class PointsPerEvent(Written):
    """The points of an `EventPoints`, by its name; as part of a `BestOf` it always holds."""

    points: Defined
    text: str
    label: str | None = None


@attrs.frozen(eq=False, repr=False)
class BestOf(Written):
    """The largest points of the lines that hold (a table and points per event always hold), 0 where none does."""

    lines: tuple[PointLine | PointTable | PointsPerEvent, ...]
    label: str | None = None


@attrs.frozen(eq=False, repr=False)
class PointSum(Written):
    """All lines added up; never missing."""

    lines: tuple[PointLine | PointTable | PointsPerEvent | BestOf, ...]


@attrs.frozen(eq=False, repr=False)
class Formula(Written):
    """`value expression`."""

    value: Expression
    text: str


@attrs.frozen(eq=False, repr=False)
class Score(Written):
    """A number per account: the exact body, clamped to low..high (each may be open), then rounded once to `digits`.

    Only this result can be out of bounds (besides the operations inside the parts): a huge sum that the range clamps is no fault.
    """

    name: str
    body: Weighing | PointSum | Formula
    low: int | None
    high: int | None
    digits: int
    label: str | None = None
    was: tuple[str, ...] = ()

    kind = Kind.NUMBER


@attrs.frozen(eq=False, repr=False)
class Enduring(Written):
    """Whether a condition on a score held on every day D of (as-of − duration, as-of]: `priority < 40 for 30 days` covers 30 days.

    `test` reads the score as `Attribute(score)` and constants, nothing else. On the as-of date it is asked with this run's value; on an earlier day with the latest value that the ledger
    observed on or before that day (observations dated on the as-of date itself are replaced by this run's). A missing value is a missing answer, and so is a day before the first
    observation. The days are joined as by `and`: false if it is false on one of them, else missing if it is missing on one, else true. Without a ledger there are no observations.
    Faults, with `text` as their words: a number out of bounds in `test` for this run's value or any observation that some day of the window reads.
    """

    name: str
    score: str
    test: Expression
    duration: Duration
    text: str

    kind: ClassVar[Kind] = Kind.FLAG


Definition: TypeAlias = Derive | Percentile | Score | Enduring


@attrs.frozen(eq=False, repr=False)
class Exclusion(Written):
    """Accounts that take no part, and why."""

    name: str
    when: Condition
    label: str | None = None


@attrs.frozen(eq=False, repr=False)
class Mark(Written):
    """What is shown on every eligible account for which it is true, whatever its tier; it may read the tiers of all ladders."""

    name: str
    when: Condition
    label: str | None = None

    @property
    def shown(self) -> str:
        """What people are shown."""
        return self.label or self.name
