"""What the ledger says, beside the accounts: the holding of each by one join, and how expressions read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs
from sqlglot import exp

from tierlang.engines.sql import enduring, names, trees
from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql.expressions import DAYS, Lowering
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.trees import Tree
from tierlang.program.holdings import DAYS_IN_TIER, HELD_TIER, Occasion
from tierlang.program.nodes import Program
from tierlang.program.numbers import SCALE

_KEY = "held_key"
_NAME = "held_name"
_SIDE = "holding"
_LASTING = "lasted"


@attrs.frozen
class PastTables:
    """Where a run reads the past, and what sort of run it is.

    `held` and `observed` name tables of the connection: `held(key unique, tier, base, since, settled_until, pinned, retired)` as `Holding` has them, and
    `observed(key, score, at, value)` with values as DECIMAL(18,4), both in the names of the program.
    """

    occasion: Occasion
    held: str = "held"
    observed: str = "observed"


def beside(
    select: exp.Select, accounts: str, program: Program, as_of: dt.date, past: PastTables, reads: frozenset[str]
) -> exp.Select:
    """The SELECT from the accounts with their holdings, and with how long conditions on scores have held; in no order."""
    select = _joined(select, accounts, _holdings(program, past.held), _SIDE, _KEY, (*names.HELD_COLUMNS, _NAME))
    lasted = enduring.lasted(program, as_of, past.observed, reads)
    if lasted is None:
        return select
    side, columns = lasted
    return _joined(select, accounts, side, _LASTING, enduring.WHO, columns)


def _joined(
    select: exp.Select, accounts: str, side: exp.Select, name: str, key: str, columns: tuple[str, ...]
) -> exp.Select:
    on = trees.compare("=", trees.column(key, name), trees.column(names.KEY, accounts))
    select = select.join(side.subquery(name, copy=False), join_type="left", on=on, copy=False)
    return select.select(*(trees.column(each, name) for each in columns), copy=False)


def _holdings(program: Program, table: str) -> exp.Select:
    """The holdings with tiers by number, 0 for none."""
    own = program.ladders[0]

    def number(name: str) -> Tree:
        branches = [
            (trees.compare("=", trees.column(name), trees.text(tier.name)), trees.number(at))
            for at, tier in ladders.numbered(own)
        ]
        return trees.cast(trees.choose(branches, trees.number(0)), ladders.code_type(len(own.tiers)))

    columns = {
        _KEY: trees.column(names.KEY),
        names.HELD: exp.true(),
        names.HELD_TIER: number("tier"),
        names.HELD_BASE: number("base"),
        names.HELD_SINCE: trees.column("since"),
        names.HELD_UNTIL: trees.column("settled_until"),
        names.HELD_PINNED: trees.column("pinned"),
        names.HELD_RETIRED: trees.column("retired"),
        _NAME: trees.column("tier"),
    }
    return trees.select(*(trees.named(tree, name) for name, tree in columns.items())).from_(table, copy=False)


def outputs(program: Program) -> Iterator[tuple[str, Tree]]:
    """What later steps read of the holdings; an account without one has tier and base 0."""
    kept = ladders.code_type(len(program.ladders[0].tiers))
    yield names.HELD, trees.is_true(trees.column(names.HELD))
    for name in (names.HELD_TIER, names.HELD_BASE):
        yield name, trees.cast(trees.coalesce(trees.column(name), trees.number(0)), kept)
    yield from ((name, trees.column(name)) for name in (names.HELD_SINCE, names.HELD_UNTIL))
    yield names.HELD_PINNED, trees.is_true(trees.column(names.HELD_PINNED))
    yield names.HELD_RETIRED, trees.column(names.HELD_RETIRED)


def know(lowering: Lowering, program: Program, occasion: Occasion | None) -> None:
    """Make the holding known to expressions about accounts, and what was observed of scores; nothing of either where no past is known."""
    enduring.know(lowering, program, occasion is not None)
    if occasion is None:
        lowering.known[HELD_TIER] = trees.text("")
        lowering.known[DAYS_IN_TIER] = Number(trees.null("BIGINT"), SCALE, 0, 0, "BIGINT", missing=True)
        return
    held = lowering.layers.bind(trees.null_text(trees.column(_NAME)), "held_word")
    days = trees.subtract(trees.date(lowering.as_of), trees.column(names.HELD_SINCE))
    tiered = trees.compare(">", trees.column(names.HELD_TIER), trees.number(0))
    bound = lowering.layers.bind(trees.cast(trees.choose([(tiered, days)]), "BIGINT"), "held_days")
    lowering.known[HELD_TIER] = held
    lowering.known[DAYS_IN_TIER] = Number(bound, SCALE, -DAYS, DAYS, "BIGINT", missing=True)
