"""Choosing tests by the words of their labels: `-k "bank and not (quiet or gone)"`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from tierlang.program.nodes import Test

Chosen: TypeAlias = Callable[[str], bool]

_JOINING = ("and", "or", "not", "(", ")")


class WordsError(ValueError):
    """Words that do not say which tests are meant; the text says why."""


def chosen(words: str) -> Callable[[Test], bool]:
    """Whether a test's label has the words, in any letter case; words side by side must all be there, and `and`, `or`, `not` and parentheses join them."""
    left = re.findall(r"[()]|[^\s()]+", words.casefold())
    if not left:
        raise WordsError("there are no words to look for")
    found = _any(left)
    if left:
        raise WordsError(f"`{left[0]}` stands where it has no meaning")
    return lambda test: found(test.label.casefold())


def _any(left: list[str]) -> Chosen:
    parts = [_all(left)]
    while left and left[0] == "or":
        left.pop(0)
        parts.append(_all(left))
    return lambda label: any(part(label) for part in parts)


def _all(left: list[str]) -> Chosen:
    parts = [_one(left)]
    while left and left[0] not in ("or", ")"):
        if left[0] == "and":
            left.pop(0)
        parts.append(_one(left))
    return lambda label: all(part(label) for part in parts)


def _one(left: list[str]) -> Chosen:
    if not left:
        raise WordsError("a word is missing at the end")
    word = left.pop(0)
    if word == "not":
        part = _one(left)
        return lambda label: not part(label)
    if word == "(":
        inner = _any(left)
        if not left:
            raise WordsError("a `)` is missing")
        left.pop(0)
        return inner
    if word in _JOINING:
        raise WordsError(f"a word is missing before `{word}`")
    return lambda label: word in label
