"""What is wrong with the files of facts as a whole: names that nobody declared, facts without a file, files without a column."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from tierlang.accounts.errors import DataError, FileError, HeadingError, HeadingFault
from tierlang.accounts.fact_columns import Fit, name_column, wanted_by
from tierlang.accounts.fact_types import ONE, FactType, Sort
from tierlang.accounts.headings import heading_error, headings_line, quoted
from tierlang.accounts.problems import Cause
from tierlang.accounts.typed_file import Opened
from tierlang.program.nodes import Program


def undeclared(sort: Sort, name: str | None, path: str, types: Mapping[Sort, tuple[FactType, ...]]) -> DataError | None:
    """A file given for what the rules do not declare."""
    one, declared = ONE[sort], [each.name for each in types[sort]]
    if not declared:
        return DataError(f"{path} is given as a file of {sort}, but the rules declare no {one}")
    if name is None or name in declared:
        return None
    close = get_close_matches(name, declared, n=1)
    hints = [f"Perhaps {close[0]} is meant: --{sort} {close[0]}={path}"] if close else []
    for other, others in types.items():
        if other != sort and name in [each.name for each in others]:
            hints = [f"It is one of their {other}: --{other} {name}={path}"]
    hints.append(f"They declare the {sort} {', '.join(declared)}.")
    whole = f"{name}={path}"
    if os.path.exists(whole):
        hints.append(f"If {whole} is the name of the file: --{sort} ./{whole}")
    return DataError(f"the rules declare no {one} named {name}", *hints)


def unnamed(sort: Sort, path: str, opened: Opened, fault: HeadingFault, names: Sequence[str]) -> DataError:
    """A shared file without the column that says what each row is."""
    one, label, columns = ONE[sort], opened.source.label, opened.table.columns
    if fault.doubled:
        return heading_error(label, [(name_column(sort), fault)], columns)
    example = names[0] if len(names) == 1 else "NAME"
    say = f"If all its rows are of one {one}, say which: --{sort} {example}={path}"
    if len(names) > 1:
        say += f"  (NAME is one of {', '.join(names)})"
    return FileError(
        f'{label} has no column "{one}", which would say what each row is',
        say,
        headings_line(label, opened.table.headings),
    )


def ungiven(program: Program, sort: Sort, lacking: Sequence[FactType]) -> DataError:
    """Facts that the rules read and no file was given for."""
    one, them = ONE[sort], "it" if len(lacking) == 1 else "them"
    which = lacking[0].shown if len(lacking) == 1 else f"{sort} {', '.join(each.name for each in lacking)}"
    return DataError(
        f"the rules read the {which}, and no file of {them} is given",
        *(f"Give {_own_file(program, each)}" for each in lacking),
        f'Or give one file of all {sort}, with a column "{one}" that says what each row is: --{sort} FILE',
    )


def misfit(
    program: Program, lacking: Sequence[FactType], shared: Sequence[tuple[Opened, tuple[Fit, ...]]]
) -> HeadingError:
    """Facts that the rules read and no shared file has the columns of: what the one lacks that comes nearest."""
    faults = [[fault for one in fits if one.wanted.fact in lacking for fault in one.faults] for _, fits in shared]
    nearest = min(range(len(shared)), key=lambda i: len(faults[i]))
    opened = shared[nearest][0]
    also = "A file for each of them would do too."
    if len(lacking) == 1:
        also = f"A file of its own would do too: {_own_file(program, lacking[0])}"
    return heading_error(opened.source.label, faults[nearest], opened.table.columns, also)


def misplaced(fitting: Fit) -> Cause:
    """Why the rows of a fact are refused in a file that lacks its columns."""
    sought, _ = fitting.faults[0]
    headings = " or ".join(quoted(each) for each in sought.headings)
    return Cause(
        "columns-lacking",
        f"is the {fitting.wanted.fact.shown}, and the file has no column for {sought.what}",
        f"a column {headings}, or the rows of {fitting.wanted.fact.name} in another file",
    )


def _own_file(program: Program, fact: FactType) -> str:
    """How to give a file of this fact alone, with the headings it should have; of several the first."""
    headings = (quoted(each.headings[0]) for each in wanted_by(program, fact, shared=False).all)
    return f"--{fact.sort} {fact.name}=FILE, with the columns {', '.join(headings)}"
