"""A run that knows the past: what a ledger says is brought into the database, and the run is the one that is due on its day."""

from __future__ import annotations

import datetime as dt

import attrs
import duckdb

from tierlang.cli.failure import Failure
from tierlang.engines.sql.past import PastTables
from tierlang.ledger.bring import bring
from tierlang.ledger.head import Head, head
from tierlang.planning.merging import Merged, merge
from tierlang.program.holdings import Occasion
from tierlang.program.nodes import Program
from tierlang.program.occasions import occasion_of


@attrs.define
class Known:
    """The past of one run, in the temporary tables of the connection: the ledger's head, what sort of run it is, and (once the accounts are taken in) what became of merges."""

    connection: duckdb.DuckDBPyConnection
    program: Program
    head: Head | None
    occasion: Occasion
    merged: Merged = attrs.field(factory=Merged)

    @property
    def tables(self) -> PastTables:
        """What the engine reads."""
        return PastTables(self.occasion)

    def taken(self, accounts: str) -> None:
        """The accounts are in this table: merges can be made."""
        self.merged = merge(self.connection, self.program, accounts)


@attrs.frozen
class Ruleset:
    """Whose ledger a run expects: `rules` is what people know the rules as, `was` a name that the ruleset had, `advice` what to do where the ledger is another's (with `{now}` and `{then}` for the two names)."""

    rules: str
    advice: str
    was: str | None = None


def known_past(
    connection: duckdb.DuckDBPyConnection,
    program: Program,
    as_of: dt.date,
    path: str,
    catalog: str = "ledger",
    ruleset: Ruleset | None = None,
) -> Known:
    """Bring the past of the attached ledger, which people know as `path`; what keeps a run from knowing it ends in a Failure. Without `ruleset` nobody asks whose ledger it is."""
    last = head(connection, catalog)
    if ruleset is not None and last is not None and last.ruleset not in (program.name, ruleset.was):
        raise Failure(_of_another(ruleset, program.name, last.ruleset, path))
    if last is not None and as_of < last.as_of:
        raise Failure(
            f"the last run of {path} is as of {last.as_of}, so what was so on {as_of} is no longer known there\n"
            f"Say --as-of {last.as_of} or a later day, or replay the past: tierlang replay --help."
        )
    brought = bring(connection, catalog, program, as_of)
    if brought.unknown:
        raise Failure(_unknown(brought.unknown, path))
    return Known(connection, program, last, occasion_of(program, as_of, last.last_review if last is not None else None))


def _of_another(ruleset: Ruleset, now: str, then: str, path: str) -> str:
    """A ledger belongs to one ruleset; its tiers mean nothing to another one, even where they have the same names."""
    advice = ruleset.advice.format(now=now, then=then)
    return f"{path} is the ledger of the ruleset {then}, and {ruleset.rules} {now}\n{advice}"


def _unknown(names: tuple[str, ...], path: str) -> str:
    """Tiers of the ledger that the rules do not have, and the lines that would say what became of them."""
    lines = [
        f"accounts of {path} hold {'a tier' if len(names) == 1 else 'tiers'} that the rules do not know: {', '.join(names)}"
    ]
    for name in names:
        lines.append(f"If {name} has another name now, say in that tier: was {name}")
        lines.append(f"If there is no such tier any more, say in mobility: retired {name} to TIER (or: retired {name})")
    return "\n".join(lines)
