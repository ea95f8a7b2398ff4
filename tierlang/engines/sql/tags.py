"""Where a row of facts goes: to its account, if a fact of the program could count it, else to a group of rows that are only counted.

Most rows of a file are older than every window, or of an event that nothing reads; so a pass does not carry them account by account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from tierlang.engines.sql import names, numbers, trees
from tierlang.engines.sql.found import ACCOUNT, LATER, ROUNDED, STRAY
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
KEYS = (WHO, CODE, STRANGER)


def codes(program: Program, name: str) -> tuple[int, int, int]:
    """The codes of the rows of an event type or signal: those that no fact counts, those later than the as-of date, those of unknown accounts."""
    every = [*(event.name for event in program.events), *(signal.name for signal in program.signals)]
    base = _FIRST + 3 * every.index(name)
    return base + _KNOWN, base + _LATER, base + _UNKNOWN


def keys(program: Program, layers: Layers, own: Mapping[str, Tree], relevant: Sequence[Tree]) -> dict[str, Tree]:
    """What the rows of a pass are grouped by; `own` tells the rows of each event type or signal, `relevant` are tests of rows that facts could count."""
    unknown, refused = trees.is_null(trees.column(ID)), trees.column(names.BAD)
    later = trees.column(LATER)
    tests = [trees.any_of(*dict.fromkeys(relevant)), trees.negate(later), trees.not_null(trees.column(ID))]
    counting = layers.bind(trees.all_of(*tests, trees.negate(refused)))
    branches = [(counting, trees.number(COUNTING)), (refused.copy(), trees.number(_REFUSED))]
    for name, is_own in own.items():
        known, after, strange = (trees.number(code) for code in codes(program, name))
        code = trees.choose([(unknown.copy(), strange), (later.copy(), after)], known)
        branches.append((is_own.copy(), code))
    most = _FIRST + 3 * (len(program.events) + len(program.signals))
    code = trees.cast(trees.choose(branches, trees.number(_NOTHING)), numbers.stored_type(0, most))
    is_named = trees.compare(">=", layers.bind(code, CODE), trees.number(_FIRST))
    return {
        WHO: layers.bind(trees.choose([(counting.copy(), trees.column(ID))]), WHO),
        CODE: trees.column(CODE),
        STRANGER: layers.bind(
            trees.choose([(trees.all_of(unknown.copy(), is_named), trees.column(ACCOUNT))]), STRANGER
        ),
    }


def sizes() -> dict[str, Tree]:
    """The rows of a group, and how many of its numbers were rounded."""
    return {N: trees.rows(), ROUNDED: exp.Sum(this=trees.column(ROUNDED))}


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
