"""The SQL steps that turn one column's cells into values, layer by layer, so that nothing is computed twice."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tierlang.accounts.cells import WHITE
from tierlang.accounts.table import literal

BAD = "-9223372036854775807"
"""What a refused number cell reads as: no number of a cell is that large."""


@attrs.frozen
class Steps:
    """The named expressions of each layer; the last two define `s_TAG` and `v_TAG`. `rounded` is true where digits were lost."""

    tag: str
    layers: tuple[tuple[tuple[str, str], ...], ...]
    rounded: str | None = None

    def layer(self, depth: int) -> tuple[str, ...]:
        """The select items this column adds at a depth."""
        if depth >= len(self.layers):
            return ()
        return tuple(f"{expression} AS {name}" for name, expression in self.layers[depth])


def let(name: str, value: str, body: str) -> str:
    """`body`, in which `name` stands for `value`: a lambda over a list of one, so that it costs nothing in a CASE branch not taken."""
    return f"list_transform([{value}], lambda {name}: {body})[1]"


def any_of(tests: Iterable[str]) -> str:
    """OR over tests; FALSE for none. Chains are used and not IN, which would lose the order of the rows."""
    return "(" + (" OR ".join(tests) or "FALSE") + ")"


def trimmed(text: str) -> str:
    """The text without white space around it."""
    return f"trim({text}, {literal(WHITE)})"


def may_be_padded(text: str) -> str:
    """True for every text that begins with white space (and for few others): a cheap test."""
    return f"({text} < '!' OR {text} > '~')"


def is_missing(trimmed_text: str, missing: Iterable[str]) -> str:
    """Whether a trimmed text means no value."""
    return any_of(f"{trimmed_text} = {literal(each)}" for each in dict.fromkeys(["", *missing]))


def unless_missing(text: str, missing: tuple[str, ...], value: str) -> str:
    """`value`, or NULL where the text (untrimmed, perhaps NULL) means no value; trims only where it may matter."""
    is_it = is_missing(trimmed(text), missing)
    cases = [f"WHEN {may_be_padded(text)} THEN CASE WHEN {is_it} THEN NULL ELSE {value} END"]
    starts = any_of(f"starts_with({text}, {literal(each)})" for each in missing if each)
    if any(missing):
        cases.append(f"WHEN {starts} THEN CASE WHEN {is_it} THEN NULL ELSE {value} END")
    return f"CASE {' '.join(cases)} WHEN {text} IS NULL THEN NULL ELSE {value} END"
