"""What goes wrong between a file and the accounts: one family of exceptions, each with facts and plain words."""

from __future__ import annotations

import attrs

from tierlang.accounts.problems import Problems


class DataError(Exception):
    """A file that cannot be read, used or written. `message` is one plain sentence; `hints` say what to do."""

    def __init__(self, message: str, *hints: str) -> None:
        super().__init__(message)
        self.message = message
        self.hints = hints


class FileError(DataError):
    """The file itself: absent, a folder, not what its name says, cut short, in another encoding."""


class OutputError(DataError):
    """The result cannot be written."""


@attrs.frozen
class HeadingFault:
    """One field whose column cannot be told: the headings its rule asks for, and the nearest one the file has.

    `doubled` names the headings that compete for it, empty where none does.
    """

    field: str
    asked: tuple[str, ...]
    nearest: str | None
    doubled: tuple[str, ...] = ()


class HeadingError(DataError):
    """The headings of the file are not those that the rules read."""

    def __init__(self, message: str, *hints: str, faults: tuple[HeadingFault, ...], headings: tuple[str, ...]) -> None:
        super().__init__(message, *hints)
        self.faults = faults
        self.headings = headings


class RowsError(DataError):
    """Rows that cannot be read; `problems` has the first of them and all the counts."""

    def __init__(self, message: str, *hints: str, problems: Problems) -> None:
        super().__init__(message, *hints)
        self.problems = problems
