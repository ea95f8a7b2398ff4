"""The SQL steps that turn one column's cells into values, layer by layer, so that nothing is computed twice."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tierlang.accounts.cells import WHITE
from tierlang.accounts.table import literal

BAD = "-9223372036854775807"
"""What a refused number cell reads as: no number of a cell is that large."""

LAST = "\U0010ffff"
"""The last character there is: no text that begins with M stands after M and this."""


@attrs.frozen
class Steps:
    """The named expressions of each layer; among them are `s_TAG` and `v_TAG`.

    `refused` is true for more cells that are bad, besides those with an `s_TAG` but no `v_TAG`; `rounded` where digits were lost.
    `plain` are the steps for a file of ordinary cells: quick to plan and to run, and what they cannot settle they refuse.
    """

    tag: str
    layers: tuple[tuple[tuple[str, str], ...], ...]
    rounded: str | None = None
    refused: str | None = None
    plain: Steps | None = None

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
    """`value`, or NULL where the text (untrimmed, perhaps NULL) means no value; trims only texts that begin like a missing one."""
    begins = [f"({text} >= {literal(each)} AND {text} <= {literal(each + LAST)})" for each in missing if each]
    suspect = any_of([may_be_padded(text), *begins])
    return f"CASE WHEN {suspect} THEN CASE WHEN {is_missing(trimmed(text), missing)} THEN NULL ELSE {value} END ELSE {value} END"
