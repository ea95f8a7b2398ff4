"""The files of events and signals of one run, ready for an engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import duckdb

from tierlang.accounts.door_facts import FactDoor
from tierlang.accounts.errors import HeadingFault
from tierlang.accounts.fact_columns import Fit, fit, name_column, own_door, shared_door, wanted_by
from tierlang.accounts.fact_faults import misfit, misplaced, undeclared, ungiven, unnamed
from tierlang.accounts.fact_types import ONE, FactType, Sort, fact_types
from tierlang.accounts.files import Options
from tierlang.accounts.headings import find, find_all, heading_error, plain
from tierlang.accounts.problems import Problems
from tierlang.accounts.setting_aside import take_in
from tierlang.accounts.table import Column
from tierlang.accounts.typed_file import Opened, TypedFile, must_be_plain, open_table
from tierlang.program.nodes import Program


@attrs.frozen
class Given:
    """A file that a user gives: of events or of signals; all its rows are of the one with this `name`, or (None) a column names it."""

    sort: Sort
    name: str | None
    path: str


@attrs.frozen
class FactFile(TypedFile[FactDoor]):
    """A file of events or signals whose headings fit the program; the order of its rows says nothing.

    `names` are those of the events or signals that it can hold, in the order of the program; `declared` are all of the program. `number` counts
    the files of a run.
    """

    sort: Sort = attrs.field(kw_only=True)
    number: int = attrs.field(kw_only=True)
    declared: tuple[str, ...] = attrs.field(kw_only=True, default=())

    @property
    def names(self) -> tuple[str, ...]:
        """The events or signals that the file can hold."""
        return tuple(part.name for part in self.door.parts)

    def strays(self, connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int], ...]:
        """The names in a shared file that the rules do not declare, and how many rows each has; most rows first."""
        return tuple(connection.execute(self.door.strays()).fetchall()) if self.door.shared else ()

    def contrary(self, connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int], ...]:
        """Of a file that was given for one event or signal: the rows that an unread column named like the one of shared files says to be of another."""
        read = {match.column for match in self.door.matches}
        named = [each for each in self.door.table.columns if plain(each.heading) == ONE[self.sort] and each not in read]
        if self.door.shared or len(named) != 1:
            return ()
        query = self.door.named(named[0], [each for each in self.declared if each not in self.names])
        return tuple(connection.execute(query).fetchall())


@attrs.frozen
class _Tried:
    """A file that was opened, before it is known what it holds: how each fact fits that may be in it."""

    given: Given
    opened: Opened
    fits: tuple[Fit, ...]
    name: Column | None


def open_facts(
    connection: duckdb.DuckDBPyConnection, program: Program, given: Sequence[Given], options: Options | None = None
) -> tuple[FactFile, ...]:
    """Open the files of events and signals and match their headings; raises a DataError that says what is wrong, or what is lacking."""
    types = {sort: fact_types(program, sort) for sort in ONE}
    for each in given:
        fault = undeclared(each.sort, each.name, each.path, types)
        if fault is not None:
            raise fault
    tried: list[_Tried] = []
    try:
        for each in given:
            tried.append(_try(connection, program, each, types[each.sort], options or Options()))
        for sort in ONE:
            of_sort = [each for each in tried if each.given.sort == sort]
            _must_be_there(program, sort, types[sort], of_sort)
        return tuple(
            _file(each, number, tuple(fact.name for fact in types[each.given.sort]))
            for number, each in enumerate(tried)
        )
    except BaseException:
        for each_tried in tried:
            each_tried.opened.spool.close()
        raise


def take_in_facts(
    connection: duckdb.DuckDBPyConnection,
    file: FactFile,
    use: Callable[[str], None],
    *,
    table: str,
    rejects: str | None,
) -> tuple[FactFile, Problems | None]:
    """Let an engine gather a file's facts into `table`, whose column `bad` counts refused rows (see `take_in`)."""
    kept = f"tierlang_kept_facts_{file.number}"
    return take_in(connection, file, use, table=table, rejects=rejects, kept=kept)


def _try(
    connection: duckdb.DuckDBPyConnection,
    program: Program,
    given: Given,
    types: tuple[FactType, ...],
    options: Options,
) -> _Tried:
    shared = given.name is None
    wanted = [wanted_by(program, each, shared=shared) for each in types if shared or each.name == given.name]
    naming = name_column(given.sort)
    sought = [*([naming] if shared else []), *(each for one in wanted for each in one.all)]
    opened = open_table(connection, given.path, options, sought)
    label, columns = opened.source.label, opened.table.columns
    if not shared:
        find_all(label, wanted[0].all, columns)
        return _Tried(given, opened, (_checked(label, fit(wanted[0], opened.table)),), None)
    name = find(naming, columns)
    if isinstance(name, HeadingFault):
        raise unnamed(given.sort, given.path, opened, name, [each.name for each in types])
    return _Tried(given, opened, tuple(_checked(label, fit(each, opened.table)) for each in wanted), name)


def _checked(label: str, fitting: Fit) -> Fit:
    found = zip(fitting.wanted.all, fitting.columns, strict=True)
    must_be_plain(label, [(sought, column) for sought, column in found if column is not None])
    return fitting


def _must_be_there(program: Program, sort: Sort, types: tuple[FactType, ...], tried: list[_Tried]) -> None:
    """Every fact that the rules read needs a file that can hold it."""
    held = {fitting.wanted.fact.name for each in tried for fitting in each.fits if fitting.holds}
    lacking = [each for each in types if each.read and each.name not in held]
    shared = [(each.opened, each.fits) for each in tried if each.name is not None]
    if lacking:
        raise misfit(program, lacking, shared) if shared else ungiven(program, sort, lacking)


def _file(tried: _Tried, number: int, declared: tuple[str, ...]) -> FactFile:
    opened, sort = tried.opened, tried.given.sort
    if tried.name is None:
        door = own_door(tried.fits[0], opened.table)
        return FactFile(opened, door, sort=sort, number=number, declared=declared)
    held = [each for each in tried.fits if each.holds]
    if not held:
        raise heading_error(opened.source.label, tried.fits[0].faults, opened.table.columns)
    unread = tuple(
        (each.wanted.fact.name, misplaced(each)) for each in tried.fits if each.wanted.fact.read and not each.holds
    )
    door = shared_door(sort, tried.name, held, unread, opened.table)
    return FactFile(opened, door, sort=sort, number=number, declared=declared)
