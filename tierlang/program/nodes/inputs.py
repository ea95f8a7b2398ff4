"""What comes in from files: the account's fields, events, signals, and the lookup tables that the rule files name."""

from __future__ import annotations

from typing import Literal

import attrs

from tierlang.program.calendar import Duration
from tierlang.program.expressions import Expression
from tierlang.program.values import Kind, Value
from tierlang.program.written import Written


@attrs.frozen(eq=False, repr=False)
class Field(Written):
    """One typed column of the account, and how its cells are read.

    `headings`: the column is the first of these that the file has. `low`/`high`: the numbers allowed, both in unless `high_open`.
    `one_of`: the texts allowed, empty for any. `same`: texts read as another one, after `fold_case`.
    `ranges_as`: which end of a cell like `51-200` is meant. `date_format`: as in `MM/DD/YYYY`; None is ISO.
    """

    name: str
    kind: Kind
    label: str | None = None
    headings: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    high_open: bool = False
    one_of: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    fold_case: bool = False
    required: bool = False
    default: Value = None
    ranges_as: Literal["low", "middle", "high"] | None = None
    split: str = ","
    date_format: str | None = None

    @property
    def may_be_missing(self) -> bool:
        """Whether an account can be without a value here."""
        return not self.required and self.default is None and self.kind is not Kind.TAGS


@attrs.frozen(eq=False, repr=False)
class Attribution(Written):
    """Where the rows of a file of facts say whose they are and of which day.

    `account` is a text field like the account's key, `at` a date field; both are required. `key`, if there, identifies a fact: two rows of the
    same event with the same key are refused. Without headings of their own their columns are called `account`, `at` and `key`.
    """

    account: Field
    at: Field
    key: Field | None = None


@attrs.frozen(eq=False, repr=False)
class EventDerive(Written):
    """A value computed for each event of a type; it reads the event alone (`Attribute`), never the account."""

    name: str
    kind: Kind
    value: Expression
    text: str
    label: str | None = None


@attrs.frozen(eq=False, repr=False)
class EventType(Written):
    """A dated fact about accounts, many per account, and how its rows are read.

    `fields` are its attributes (read as the account's fields are), `derives` stand in dependency order. Expressions about one event read both
    as `Attribute`, and its day as the attribute `at`.
    """

    name: str
    label: str | None
    attribution: Attribution
    fields: tuple[Field, ...] = ()
    derives: tuple[EventDerive, ...] = ()
    missing_cells: tuple[str, ...] = ("",)

    @property
    def shown(self) -> str:
        """What people are shown."""
        return self.label or self.name


@attrs.frozen(eq=False, repr=False)
class Signal(Written):
    """A value over time: an observation holds from its day until the account's next one, at most for `lasts` (None: for ever).

    On a day D the observation that counts is the latest with `at` ≤ D; if `at` is before the date `lasts` before D
    (`tierlang.program.calendar.shift`), the signal is missing on D. So `lasts 14 days` holds on the day itself and the fourteen after. Of several
    observations of one day the greatest value counts (as `Extreme` and `distinct` order values; texts bytewise, true above false), a missing one only if all are. An
    observation with a missing value ends the one before it: the signal is missing until the next.

    `value` says how the values are read (never required, no default, of any kind but tags); its name is the signal's. An expression that reads the signal's value as
    of the as-of date is `Defined(name, kind)`.
    """

    name: str
    label: str | None
    attribution: Attribution
    value: Field
    lasts: Duration | None = None
    missing_cells: tuple[str, ...] = ("",)

    @property
    def kind(self) -> Kind:
        """The kind of its values."""
        return self.value.kind

    @property
    def shown(self) -> str:
        """What people are shown."""
        return self.label or self.name


@attrs.frozen(eq=False, repr=False)
class LookupColumn(Written):
    """A column that a lookup gives."""

    name: str
    kind: Kind


@attrs.frozen(eq=False, repr=False)
class Lookup(Written):
    """A small table from a file: the row whose cells equal the account's values gives the values of `columns` (see `LookedUp`).

    `match` are the names of the account's fields or derived fields that find the row. `rows` are (match values, given values), no two with the same match values, none of which is missing; given values may be. An account with a missing match
    value, or that no row fits, has missing values.
    """

    name: str
    match: tuple[str, ...]
    columns: tuple[LookupColumn, ...]
    rows: tuple[tuple[tuple[Value, ...], tuple[Value, ...]], ...]
    label: str | None = None
