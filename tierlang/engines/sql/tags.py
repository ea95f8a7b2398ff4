"""Where a row of facts goes: to its account, if a fact of the program could count it, else to a group of rows that are only counted.

Most rows of a file are older than every window, or of an event that nothing reads; so a pass does not carry them account by account.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlglot import exp

from tierlang.engines.sql import names, numbers, trees
from tierlang.engines.sql.found import ACCOUNT, DAY, LATER, ROUNDED, STRAY
from tierlang.engines.sql.layers import Layers
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Program

WHO = "who"
"""What identifies an account among the accounts; missing in groups that are only counted."""

CODE = "code"
"""What a group is: `COUNTING` for an account, else refused rows, rows of nothing, or one of those of an event type or signal."""

STRANGER = "stranger"
"""The key of an account that the data does not have."""

ID = "id"
N = "n"
COUNTING = 0
_REFUSED, _NOTHING, _FIRST = 1, 2, 3
_KNOWN, _LATER, _UNKNOWN = range(3)
_SORT = "sort"
_MINE = "mine"
KEYS = (WHO, CODE, STRANGER)


def codes(program: Program, name: str) -> tuple[int, int, int]:
    """The codes of the rows of an event type or signal: those that no fact counts, those later than the as-of date, those of unknown accounts."""
    every = [*(event.name for event in program.events), *(signal.name for signal in program.signals)]
    base = _FIRST + 3 * every.index(name)
    return base + _KNOWN, base + _LATER, base + _UNKNOWN


def told(program: Program, as_of: dt.date, layers: Layers, own: Mapping[str, Tree], relevant: Sequence[Tree]) -> None:
    """Bind what a row says of where it goes, before its account is known.

    `own` tells the rows of each event type or signal, `relevant` are tests of the rows that facts could count.
    """
    is_refused = trees.column(names.BAD)
    branches = [(is_refused, trees.number(_REFUSED))]
    branches += [(is_own.copy(), trees.number(codes(program, name)[0])) for name, is_own in own.items()]
    layers.bind(trees.cast(trees.choose(branches, trees.number(_NOTHING)), _code_type(program)), _SORT)
    later = layers.bind(trees.compare(">", trees.column(DAY), trees.date(as_of)), LATER)
    some = relevant[0] if len(set(relevant)) == 1 else trees.any_of(*dict.fromkeys(relevant))
    layers.bind(trees.all_of(some, trees.negate(later), trees.negate(is_refused.copy())), _MINE)


def keys(program: Program, layers: Layers) -> dict[str, Tree]:
    """What the rows of a pass are grouped by, once their accounts are known."""
    sort, is_unknown = trees.column(_SORT), trees.is_null(trees.column(ID))
    counting = layers.bind(trees.all_of(trees.column(_MINE), trees.not_null(trees.column(ID))))
    is_named = trees.compare(">=", sort, trees.number(_FIRST))
    unknown = layers.bind(trees.all_of(is_unknown, is_named))
    code = trees.choose(
        [
            (counting, trees.number(COUNTING)),
            (unknown, trees.add(sort.copy(), trees.number(_UNKNOWN))),
            (trees.all_of(trees.column(LATER), is_named.copy()), trees.add(sort.copy(), trees.number(_LATER))),
        ],
        sort.copy(),
    )
    return {
        WHO: layers.bind(trees.choose([(counting.copy(), trees.column(ID))]), WHO),
        CODE: layers.bind(trees.cast(code, _code_type(program)), CODE),
        STRANGER: layers.bind(trees.choose([(unknown.copy(), trees.column(ACCOUNT))]), STRANGER),
    }


def _code_type(program: Program) -> str:
    return numbers.stored_type(0, _FIRST + 3 * (len(program.events) + len(program.signals)))


def sizes() -> dict[str, Tree]:
    """The rows of a group, and how many of its numbers were rounded."""
    lost = trees.column(ROUNDED)
    some = trees.compare(">", lost.copy(), trees.number(0))  # most files have none: the sum is then nearly free
    return {N: trees.rows(), ROUNDED: trees.only(exp.Sum(this=lost), some)}


def refused(count: Tree) -> dict[str, Tree]:
    """Of a group's rows, those that were refused, and those of nothing that the program knows."""
    code = trees.column(CODE)
    return {
        name: trees.choose([(trees.compare("=", code.copy(), trees.number(which)), count.copy())], trees.number(0))
        for name, which in ((names.BAD, _REFUSED), (STRAY, _NOTHING))
    }


def grouped(select: exp.Select, count: int) -> exp.Select:
    """The SELECT grouped by its first columns."""
    return select.group_by(*(exp.Literal.number(place) for place in range(1, count + 1)), copy=False)
