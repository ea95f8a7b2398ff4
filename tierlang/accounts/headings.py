"""Which column of a file each field is read from."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from tierlang.accounts.door import Match
from tierlang.accounts.errors import HeadingError, HeadingFault
from tierlang.accounts.table import Column
from tierlang.program.nodes import Field, Program


def asked(field: Field) -> tuple[str, ...]:
    """The headings a field may be read from; its name where its rule says none."""
    return field.headings or (field.name,)


def plain(heading: str) -> str:
    """A heading without what does not tell headings apart: white space around and inside it, letter case, Unicode's composition."""
    return " ".join(unicodedata.normalize("NFC", heading).replace("\ufeff", "").split()).casefold()


def find(field: Field, columns: Sequence[Column]) -> Column | HeadingFault:
    """The field's column: the first of its headings that the file has, compared exactly, and only then by their plain forms."""
    for form in (str, plain):
        for heading in asked(field):
            found = [column for column in columns if form(column.heading) == form(heading)]
            if len(found) == 1:
                return found[0]
            if found:
                return HeadingFault(field.name, asked(field), None, tuple(column.heading for column in found))
    return HeadingFault(field.name, asked(field), _nearest(field, columns))


def count_found(program: Program, headings: Sequence[str]) -> int:
    """How many of the program's fields a row of headings has a column for."""
    have = {plain(heading) for heading in headings}
    return sum(any(plain(heading) in have for heading in asked(field)) for field in (program.key, *program.fields))


def match_headings(label: str, program: Program, columns: Sequence[Column]) -> tuple[Match, tuple[Match, ...]]:
    """The key's column and the fields' columns; a HeadingError names every field that has none."""
    found = [(field, find(field, columns)) for field in (program.key, *program.fields)]
    faults = tuple(each for _, each in found if isinstance(each, HeadingFault))
    if faults:
        raise _error(label, faults, tuple(column.heading for column in columns))
    key, *fields = [Match(field, each) for field, each in found if isinstance(each, Column)]
    return key, tuple(fields)


def _nearest(field: Field, columns: Sequence[Column]) -> str | None:
    """The heading most like what the field asks for: one with all its words, or one that begins alike, or one that is spelled alike."""
    by_form = {_loose(column.heading): column.heading for column in reversed(columns) if column.heading.strip()}
    wanted = [_loose(heading) for heading in (*asked(field), field.name, field.label or "") if heading]
    for form in wanted:
        having = [each for each in by_form if set(form.split()) <= set(each.split())]
        having = having or [each for each in by_form if each.startswith(form) or form.startswith(each)]
        close = get_close_matches(form, having, n=1, cutoff=0) or get_close_matches(form, by_form, n=1, cutoff=0.6)
        if close:
            return by_form[close[0]]
    return None


def _loose(heading: str) -> str:
    return plain(heading).replace("_", " ").replace("-", " ")


def _error(label: str, faults: tuple[HeadingFault, ...], headings: tuple[str, ...]) -> HeadingError:
    hints = [_hint(fault) for fault in faults]
    hints.append(f"The headings of {label}: {', '.join(_quoted(heading) for heading in headings)}.")
    if len(faults) == 1:
        message = f"{label} {_words(faults[0])}"
    else:
        names = ", ".join(fault.field for fault in faults)
        message = f"{label} lacks the columns of {len(faults)} fields that the rules read: {names}"
    return HeadingError(message, *hints, faults=faults, headings=headings)


def _words(fault: HeadingFault) -> str:
    if fault.doubled:
        return f"has {len(fault.doubled)} columns that could be the field {fault.field}"
    return f"has no column for the field {fault.field}"


def _hint(fault: HeadingFault) -> str:
    wanted = " or ".join(_quoted(heading) for heading in fault.asked)
    if fault.doubled:
        return f"{fault.field} is read from {wanted}, but the file has {', '.join(_quoted(each) for each in fault.doubled)}: rename all but one."
    if fault.nearest:
        return f"{fault.field} is read from {wanted}; the nearest heading is {_quoted(fault.nearest)}: write  from {_quoted(fault.nearest)}  behind the field."
    return f'{fault.field} is read from {wanted}: name its column with  from "…"  behind the field.'


def _quoted(heading: str) -> str:
    escaped = heading.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
