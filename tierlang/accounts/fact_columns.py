"""Which columns of a file of facts are read, and as what: one fact in a file of its own, or several told apart by a column that names them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.accounts.door import Match, identifying
from tierlang.accounts.door_facts import FactDoor, Part
from tierlang.accounts.errors import HeadingFault
from tierlang.accounts.fact_types import ONE, FactType, FactValue, Sort
from tierlang.accounts.headings import Sought, find
from tierlang.accounts.problems import Cause
from tierlang.accounts.table import Column, Table
from tierlang.program.nodes import Field, Program
from tierlang.program.values import Kind

NO_ACCOUNT = Cause("empty-account", "is empty, and every row is of an account", "the key of an account in every row")
NO_DAY = Cause("empty-day", "is empty, and every row has a day", "a date in every row")
NO_KEY = Cause("empty-key", "is empty, and every row of this event has a key", "a key in every row")
DOUBLED_KEY = Cause(
    "duplicate-key", "is the key of more than one row of this event", "a key that no other row of the event has"
)

DAY_LIKE = ("date", "day", "time", "timestamp", "created", "when")


@attrs.frozen
class Wanted:
    """The columns that a fact is read from: the account's, the day's, the key's if it has one, and those of its values."""

    fact: FactType
    account: Sought
    at: Sought
    key: Sought | None
    values: tuple[Sought, ...]

    @property
    def own(self) -> tuple[Sought, ...]:
        """Those without which nobody can say whose a row is, and of which day."""
        return (self.account, self.at, *([self.key] if self.key else []))

    @property
    def all(self) -> tuple[Sought, ...]:
        """All of them."""
        return (*self.own, *self.values)


@attrs.frozen
class Fit:
    """How a fact fits a file: the columns that were found, and the faults of those that were not."""

    wanted: Wanted
    columns: tuple[Column | None, ...]
    faults: tuple[tuple[Sought, HeadingFault], ...]

    @property
    def holds(self) -> bool:
        """Whether the file can hold the fact: all that the rules may read of it, and always whose it is and of which day."""
        if self.wanted.fact.read:
            return not self.faults
        return None not in self.columns[: len(self.wanted.own)]


def fit(wanted: Wanted, table: Table) -> Fit:
    """How a fact fits a table."""
    found = [(sought, find(sought, table.columns)) for sought in wanted.all]
    columns = (each if isinstance(each, Column) else None for _, each in found)
    faults = ((sought, each) for sought, each in found if isinstance(each, HeadingFault))
    return Fit(wanted, tuple(columns), tuple(faults))


def name_column(sort: Sort) -> Sought:
    """The column that says of each row of a shared file what it is."""
    one = ONE[sort]
    return Sought(Field(one, Kind.TEXT), (one,), f"the {one} of each row", "", "")


def wanted_by(program: Program, fact: FactType, *, shared: bool) -> Wanted:
    """The columns of a fact. In a shared file those with headings of their own may also stand under the usual ones."""
    said, keys = fact.attribution, (*program.key.headings, program.key.name, "account", "customer", "company")
    return Wanted(
        fact,
        _own(fact, identifying(said.account), "account", "the account", keys, shared=shared),
        _own(fact, attrs.evolve(said.at, required=True, default=None), "at", "the day", DAY_LIKE, shared=shared),
        _own(fact, identifying(said.key), "key", "the key", ("id",), shared=shared) if said.key else None,
        tuple(_value(fact, value, shared=shared) for value in fact.values),
    )


def _own(fact: FactType, field: Field, role: str, what: str, like: tuple[str, ...], *, shared: bool) -> Sought:
    headings = field.headings or (role,)
    if shared and role not in headings:
        headings = (*headings, role)
    return Sought(field, headings, f"{what} of the {fact.shown}", f"{role} from", f"in the {fact.shown}", like)


def _value(fact: FactType, value: FactValue, *, shared: bool) -> Sought:
    field, place = value.field, f"in the {fact.shown}"
    like = tuple(each for each in (field.name, field.label) if each)
    headings = value.headings
    if shared and value.usual not in headings:
        headings = (*headings, value.usual)
    if fact.sort == "signals":
        return Sought(field, headings, f"the value of the {fact.shown}", "value from", place, like)
    return Sought(
        field, headings, f"the field {field.name} of the {fact.shown}", "from", f"behind {field.name} {place}", like
    )


def own_door(fitting: Fit, table: Table) -> FactDoor:
    """The door of a file of one fact, all whose columns were found."""
    return _door(table, [fitting], ())


def shared_door(
    sort: Sort, name: Column, fits: Sequence[Fit], unread: tuple[tuple[str, Cause], ...], table: Table
) -> FactDoor:
    """The door of a file of several facts, told apart by a column; rows named in `unread` are refused."""
    first = Match(name_column(sort).field, name, ())
    return _door(table, fits, (first,), unread)


def _door(
    table: Table, fits: Sequence[Fit], first: tuple[Match, ...], unread: tuple[tuple[str, Cause], ...] = ()
) -> FactDoor:
    matches = list(first)
    names = [fitting.wanted.fact.name for fitting in fits]
    accounts = _together(matches, fits, 0, NO_ACCOUNT)
    days = _together(matches, fits, 1, NO_DAY)
    parts = []
    for name, account, at, fitting in zip(names, accounts, days, fits, strict=True):
        wanted, missing = fitting.wanted, fitting.wanted.fact.missing
        only = (name,) if first else None
        found = list(zip(wanted.all, fitting.columns, strict=True))[2:]
        if wanted.key is not None:
            (sought, column), *found = found
            assert column is not None
            matches.append(Match(sought.field, column, missing, NO_KEY, DOUBLED_KEY, only))
        values = []
        for value, (_, column) in zip(wanted.fact.values, found, strict=True):
            if column is not None:
                values.append((value.column, len(matches)))
                matches.append(Match(value.field, column, missing, names=only))
        parts.append(Part(name, account, at, tuple(values)))
    return FactDoor(table, tuple(matches), tuple(parts), bool(first), unread)


def _together(matches: list[Match], fits: Sequence[Fit], position: int, empty: Cause) -> list[int]:
    """The position of each fact's match of a column of its own; facts that read the same cells alike share one."""
    alike: dict[Match, list[str]] = {}
    of: list[Match] = []
    for fitting in fits:
        field, column = fitting.wanted.all[position].field, fitting.columns[position]
        assert column is not None
        reading = attrs.evolve(field, name="", label=None, headings=(), span=None)
        of.append(Match(reading, column, fitting.wanted.fact.missing, empty))
        alike.setdefault(of[-1], []).append(fitting.wanted.fact.name)
    places = {}
    for match, names in alike.items():
        places[match] = len(matches)
        matches.append(match if len(alike) == 1 else attrs.evolve(match, names=tuple(names)))
    return [places[match] for match in of]
