"""One short text for everything that a program means, so that a plan knows whether the rules it was made under still stand."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from enum import Enum
from typing import TypeAlias

import attrs

from tierlang.program.nodes import Bound, Program, Shift
from tierlang.said import Said, names_said

Feed: TypeAlias = Callable[[bytes], None]

BESIDE = frozenset({"tests", "allows", "names", "header"})
"""Parts of a program that decide about no account."""

WORDS = frozenset({"text", "name"})
"""Fields with the user's own words for something, which also give hidden definitions their names. White space in them is layout."""


def fingerprint(program: Program) -> str:
    """The SHA-256 of what the program means, in hexadecimal digits; the same on every machine.

    Layout, comments, tests and `allow` change nothing, nor does the file in which something stands, as long as all is read in the same order. Every number, name, label and condition does, the order in which things are
    declared, and what the small tables say that the rule files name.
    """
    digest = hashlib.sha256()
    for name in names_said(Program):
        if name not in BESIDE:
            _feed(digest.update, name, getattr(program, name))
    return digest.hexdigest()


def _feed(feed: Feed, name: str, value: object) -> None:
    """One field: every value says its sort and its length, so that no two programs read the same."""
    match value:
        case Shift() | Bound() if value.shown == value.when.text:
            _feed(feed, name, attrs.evolve(value, shown=""))
        case None:
            feed(b"-")
        case bool():
            feed(b"t" if value else b"f")
        case int():
            feed(b"i%d;" % value)
        case Enum():
            _text(feed, b"e", str(value.value))
        case str():
            _text(feed, b"s", "".join(value.split()) if name in WORDS else value)
        case dt.date():
            feed(b"d" + value.isoformat().encode())
        case tuple():
            feed(b"(%d;" % len(value))
            for part in value:
                _feed(feed, name, part)
        case Said():
            _text(feed, b"n", type(value).__name__)
            for each in names_said(type(value)):
                _feed(feed, each, getattr(value, each))
        case _:
            _other(feed, value)


def _other(feed: Feed, value: object) -> None:
    """A plain class of values, like a duration."""
    _text(feed, b"o", f"{type(value).__name__} {value}")


def _text(feed: Feed, sort: bytes, text: str) -> None:
    read = text.encode("utf-8", "surrogatepass")
    feed(b"%s%d;" % (sort, len(read)) + read)
