"""Complaints about names that were changed: `was` and `retired`."""

from __future__ import annotations

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic, Related
from tierlang.syntax import nodes


def still_there(name: nodes.Name, sort: str, now: nodes.Name) -> Diagnostic:
    """A former name that something has now."""
    return error(
        "bad-was",
        name.span,
        f"there is a {sort} called `{name.text}` now, so no {sort} can have been `{name.text}`: the ledger could not tell the two apart",
        "take the name out of this line, or call the other one differently",
        related=[Related(now.span, f"this is `{name.text}` now")],
    )


def was_twice(name: nodes.Name, sort: str, first: nodes.Name) -> Diagnostic:
    """A former name of two things."""
    return error(
        "bad-was",
        name.span,
        f"`{name.text}` is already said to have become a {sort} of the rules",
        "a name of the past has become one thing. Take one of the two out",
        related=[Related(first.span, "it is said here")],
    )


def retired_and_there(name: nodes.Name, now: nodes.Name) -> Diagnostic:
    """A retired tier that there is."""
    return error(
        "bad-retired",
        name.span,
        f"there is a tier `{name.text}`, so it is not retired",
        "`retired` names a tier that these rules no longer have",
        related=[Related(now.span, "the tier is here")],
    )


def retired_and_renamed(name: nodes.Name, was: nodes.Name) -> Diagnostic:
    """A retired tier that another one `was`."""
    return error(
        "bad-retired",
        name.span,
        f"`{name.text}` cannot be both retired and renamed",
        "with `was` its accounts stay in the tier under its new name; with `retired` they are moved. Keep one of the two",
        related=[Related(was.span, "it is renamed here")],
    )


def retired_twice(name: nodes.Name, first: nodes.Name) -> Diagnostic:
    """A tier that is retired a second time."""
    return error(
        "bad-retired",
        name.span,
        f"`{name.text}` is already retired",
        "keep one of the two",
        related=[Related(first.span, "it is retired here")],
    )
