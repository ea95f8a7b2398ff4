"""Which column of a file each field is read from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import attrs

from tierlang.accounts.errors import HeadingError, HeadingFault
from tierlang.accounts.table import Column
from tierlang.program.nodes import Field

_SIGNS = (",", ";", "\t", "|")


@attrs.frozen
class Sought:
    """A column that is looked for: whose it is, under which headings, the first that the file has.

    `what` is what people call it, `edit` and `place` say where a rule file would name another heading: `from`, `behind the field`. `like`
    are words that a heading for it may well have.
    """

    field: Field
    headings: tuple[str, ...]
    what: str
    edit: str
    place: str
    like: tuple[str, ...] = ()


def of_account(field: Field) -> Sought:
    """The column of an account's field; under the field's name where its rule says no heading."""
    like = tuple(each for each in (field.name, field.label) if each)
    return Sought(field, field.headings or (field.name,), f"the field {field.name}", "from", "behind the field", like)


def plain(heading: str) -> str:
    """A heading without what does not tell headings apart: white space around and inside it, letter case, Unicode's composition."""
    return " ".join(unicodedata.normalize("NFC", heading).replace("\ufeff", "").split()).casefold()


def find(sought: Sought, columns: Sequence[Column]) -> Column | HeadingFault:
    """The column: the first of its headings that the file has, compared exactly, and only then by their plain forms."""
    for form in (str, plain):
        for heading in sought.headings:
            found = [column for column in columns if form(column.heading) == form(heading)]
            if len(found) == 1:
                return found[0]
            if found:
                competing = tuple(column.heading for column in found)
                return HeadingFault(sought.field.name, sought.headings, None, competing)
    return HeadingFault(sought.field.name, sought.headings, _nearest(sought, columns))


def count_found(wanted: Iterable[Sought], headings: Sequence[str]) -> int:
    """How many of the columns that are looked for a row of headings has."""
    have = {plain(heading) for heading in headings}
    return sum(any(plain(heading) in have for heading in sought.headings) for sought in wanted)


def find_all(label: str, wanted: Sequence[Sought], columns: Sequence[Column]) -> tuple[Column, ...]:
    """The column of each; a HeadingError names every one that the file does not have."""
    found = [(sought, find(sought, columns)) for sought in wanted]
    faults = [(sought, each) for sought, each in found if isinstance(each, HeadingFault)]
    if faults:
        raise heading_error(label, faults, columns)
    return tuple(each for _, each in found if isinstance(each, Column))


def headings_line(label: str, headings: Iterable[str]) -> str:
    """The headings of a file, as people are shown them."""
    return f"The headings of {label}: {', '.join(quoted(heading) for heading in headings)}."


def _nearest(sought: Sought, columns: Sequence[Column]) -> str | None:
    """The heading most like what is looked for: one with all its words, or one that begins alike, or one that is spelled alike."""
    by_form = {_loose(column.heading): column.heading for column in reversed(columns) if column.heading.strip()}
    for form in (_loose(heading) for heading in (*sought.headings, *sought.like)):
        having = [each for each in by_form if set(form.split()) <= set(each.split())]
        having = having or [each for each in by_form if each.startswith(form) or form.startswith(each)]
        close = get_close_matches(form, having, n=1, cutoff=0) or get_close_matches(form, by_form, n=1, cutoff=0.6)
        if close:
            return by_form[close[0]]
    return None


def _loose(heading: str) -> str:
    return plain(heading).replace("_", " ").replace("-", " ")


def heading_error(
    label: str, faults: Sequence[tuple[Sought, HeadingFault]], columns: Sequence[Column], *also: str
) -> HeadingError:
    """What to say of columns that were not found."""
    headings = tuple(column.heading for column in columns)
    unsplit = _unsplit(headings)
    hints = [unsplit] if unsplit else [*dict.fromkeys(_hint(*each) for each in faults), *also]
    hints.append(headings_line(label, headings))
    if len(faults) == 1:
        message = f"{label} {_words(*faults[0])}"
    else:
        names = ", ".join(sought.what.removeprefix("the field ") for sought, _ in faults)
        message = f"{label} lacks the columns of {len(faults)} fields that the rules read: {names}"
    return HeadingError(message, *hints, faults=tuple(fault for _, fault in faults), headings=headings)


def _unsplit(headings: Sequence[str]) -> str | None:
    """What to say of a row of headings that was taken for one, since it was split at another sign."""
    if len(headings) != 1:
        return None
    sign = max(_SIGNS, key=headings[0].count)
    if sign not in headings[0]:
        return None
    shown = "tab" if sign == "\t" else f"'{sign}'"
    return (
        f"All headings were taken for one. Give --separator {shown}, or leave --separator out, so that it is found out."
    )


def _words(sought: Sought, fault: HeadingFault) -> str:
    if fault.doubled:
        return f"has {len(fault.doubled)} columns that could be {sought.what}"
    return f"has no column for {sought.what}"


def _hint(sought: Sought, fault: HeadingFault) -> str:
    asked = " or ".join(quoted(heading) for heading in fault.asked)
    read = f"{sought.what.removeprefix('the field ')} is read from {asked}"
    if fault.doubled:
        competing = ", ".join(quoted(each) for each in fault.doubled)
        return f"{read}, but the file has {competing}: rename all but one."
    if fault.nearest:
        nearest = quoted(fault.nearest)
        return f"{read}; the nearest heading is {nearest}: write  {sought.edit} {nearest}  {sought.place}."
    return f'{read}: name its column with  {sought.edit} "…"  {sought.place}.'


def quoted(heading: str) -> str:
    """A heading in quotes, as a rule file writes it."""
    escaped = heading.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
