"""The files of events and signals of one run, ready for an engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from difflib import get_close_matches

import attrs
import duckdb

from tierlang.accounts.door_facts import FactDoor
from tierlang.accounts.errors import DataError, FileError, HeadingFault
from tierlang.accounts.fact_columns import Fit, fit, name_column, own_door, shared_door, wanted_by
from tierlang.accounts.fact_types import ONE, FactType, Sort, fact_types
from tierlang.accounts.files import Options
from tierlang.accounts.headings import find, find_all, heading_error, headings_line, quoted
from tierlang.accounts.problems import Cause, Problems, shown
from tierlang.accounts.setting_aside import take_in
from tierlang.accounts.table import Column
from tierlang.accounts.typed_file import Opened, TypedFile, must_be_plain, open_table
from tierlang.program.nodes import Program

_SHOWN = 5


@attrs.frozen
class Given:
    """A file that a user gives: of events or of signals; all its rows are of the one with this `name`, or (None) a column names it."""

    sort: Sort
    name: str | None
    path: str


@attrs.frozen
class FactFile(TypedFile[FactDoor]):
    """A file of events or signals whose headings fit the program; the order of its rows says nothing.

    `names` are those of the events or signals that it can hold, in the order of the program. `number` counts the files of a run.
    """

    sort: Sort = attrs.field(kw_only=True)
    number: int = attrs.field(kw_only=True)

    @property
    def names(self) -> tuple[str, ...]:
        """The events or signals that the file can hold."""
        return tuple(part.name for part in self.door.parts)

    def strays(self, connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int], ...]:
        """The names in a shared file that the rules do not declare, and how many rows each has; most rows first."""
        return tuple(connection.execute(self.door.strays()).fetchall()) if self.door.shared else ()


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
        _must_be_declared(each, types)
    tried: list[_Tried] = []
    try:
        for each in given:
            tried.append(_try(connection, program, each, types[each.sort], options or Options()))
        for sort in ONE:
            of_sort = [each for each in tried if each.given.sort == sort]
            _must_be_there(program, sort, types[sort], of_sort)
        return tuple(_file(each, number) for number, each in enumerate(tried))
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


def must_be_apart(connection: duckdb.DuckDBPyConnection, files: Sequence[FactFile]) -> None:
    """After the files were taken in: a key of an event stands in one of them only (that it stands there once, its own door has seen to)."""
    keyed: dict[str, list[tuple[FactFile, int]]] = {}
    for file in files:
        for position, match, _ in file.door.unique:
            for name in match.names or file.names:
                keyed.setdefault(name, []).append((file, position))
    for name, places in keyed.items():
        if len(places) > 1:
            _no_key_twice(connection, name, places)


def _no_key_twice(connection: duckdb.DuckDBPyConnection, name: str, places: list[tuple[FactFile, int]]) -> None:
    values = " UNION ALL ".join(
        f"SELECT value, {number} AS file FROM ({file.door.values(position)}) WHERE value IS NOT NULL"
        for number, (file, position) in enumerate(places)
    )
    twice = (
        f"SELECT value, list_sort(list(DISTINCT file)) AS files FROM ({values}) GROUP BY value HAVING len(files) > 1"
    )
    found = connection.execute(
        f"SELECT value, files, count(*) OVER () FROM ({twice}) ORDER BY value LIMIT {_SHOWN}"
    ).fetchall()
    if not found:
        return
    several = found[0][2] != 1
    where = (f"{shown(value)} in {' and '.join(places[i][0].label for i in numbers)}" for value, numbers, _ in found)
    raise DataError(
        f"{found[0][2]:,} key{'s' if several else ''} of the event {name} stand{'' if several else 's'} in more than one file",
        *where,
        "A key names one event: leave the doubled rows out of one of the files.",
    )


def _must_be_declared(given: Given, types: dict[Sort, tuple[FactType, ...]]) -> None:
    one, declared = ONE[given.sort], [each.name for each in types[given.sort]]
    if not declared:
        raise DataError(f"{given.path} is given as a file of {given.sort}, but the rules declare no {one}")
    if given.name is None or given.name in declared:
        return
    close = get_close_matches(given.name, declared, n=1)
    hints = [f"Perhaps {close[0]} is meant: --{given.sort} {close[0]}={given.path}"] if close else []
    for sort, others in types.items():
        if sort != given.sort and given.name in [each.name for each in others]:
            hints = [f"It is one of their {sort}: --{sort} {given.name}={given.path}"]
    hints.append(f"They declare the {given.sort} {', '.join(declared)}.")
    whole = f"{given.name}={given.path}"
    if os.path.exists(whole):
        hints.append(f"If {whole} is the name of the file: --{given.sort} ./{whole}")
    raise DataError(f"the rules declare no {one} named {given.name}", *hints)


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
        raise _unnamed(given, opened, name, [each.name for each in types])
    return _Tried(given, opened, tuple(_checked(label, fit(each, opened.table)) for each in wanted), name)


def _checked(label: str, fitting: Fit) -> Fit:
    found = zip(fitting.wanted.all, fitting.columns, strict=True)
    must_be_plain(label, [(sought, column) for sought, column in found if column is not None])
    return fitting


def _unnamed(given: Given, opened: Opened, fault: HeadingFault, names: list[str]) -> DataError:
    one, label, columns = ONE[given.sort], opened.source.label, opened.table.columns
    if fault.doubled:
        return heading_error(label, [(name_column(given.sort), fault)], columns)
    example = names[0] if len(names) == 1 else "NAME"
    say = f"If all its rows are of one {one}, say which: --{given.sort} {example}={given.path}"
    if len(names) > 1:
        say += f"  (NAME is one of {', '.join(names)})"
    return FileError(
        f'{label} has no column "{one}", which would say what each row is',
        say,
        headings_line(label, opened.table.headings),
    )


def _must_be_there(program: Program, sort: Sort, types: tuple[FactType, ...], tried: list[_Tried]) -> None:
    """Every fact that the rules read needs a file that can hold it."""
    held = {fitting.wanted.fact.name for each in tried for fitting in each.fits if fitting.holds}
    lacking = [each for each in types if each.read and each.name not in held]
    shared = [each for each in tried if each.name is not None]
    if not lacking:
        return
    own = [f"--{sort} {each.name}=FILE, with the columns {_columns(program, each)}" for each in lacking]
    if shared:
        faults = [[fault for one in each.fits if one.wanted.fact in lacking for fault in one.faults] for each in shared]
        nearest = min(range(len(shared)), key=lambda i: len(faults[i]))
        opened = shared[nearest].opened
        also = f"A file of its own would do too: {own[0]}" if len(own) == 1 else "A file for each of them would do too."
        raise heading_error(opened.source.label, faults[nearest], opened.table.columns, also)
    one, them = ONE[sort], "it" if len(lacking) == 1 else "them"
    which = lacking[0].shown if len(lacking) == 1 else f"{sort} {', '.join(each.name for each in lacking)}"
    raise DataError(
        f"the rules read the {which}, and no file of {them} is given",
        *(f"Give {each}" for each in own),
        f'Or give one file of all {sort}, with a column "{one}" that says what each row is: --{sort} FILE',
    )


def _columns(program: Program, fact: FactType) -> str:
    """The headings that a file of this fact alone should have; of several the first."""
    return ", ".join(quoted(each.headings[0]) for each in wanted_by(program, fact, shared=False).all)


def _file(tried: _Tried, number: int) -> FactFile:
    opened, sort = tried.opened, tried.given.sort
    if tried.name is None:
        door = own_door(tried.fits[0], opened.table)
        return FactFile(opened, door, sort=sort, number=number)
    held = [each for each in tried.fits if each.holds]
    if not held:
        raise heading_error(opened.source.label, tried.fits[0].faults, opened.table.columns)
    unread = tuple(
        (each.wanted.fact.name, _lacks(each)) for each in tried.fits if each.wanted.fact.read and not each.holds
    )
    return FactFile(opened, shared_door(sort, tried.name, held, unread, opened.table), sort=sort, number=number)


def _lacks(fitting: Fit) -> Cause:
    sought, _ = fitting.faults[0]
    headings = " or ".join(quoted(each) for each in sought.headings)
    return Cause(
        "columns-lacking",
        f"is the {fitting.wanted.fact.shown}, and the file has no column for {sought.what}",
        f"a column {headings}, or the rows of {fitting.wanted.fact.name} in another file",
    )
