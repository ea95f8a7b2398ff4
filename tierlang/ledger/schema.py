"""The schema of a ledger: its tables, what every column means, and the version of all this. docs/ledger.md says it for people; a test holds both together.

Tables are only ever added to. Rows say names (of tiers, scores, triggers) as the rules had them at the run; the views (`tierlang.ledger.views`) say them as they are now.
"""

from __future__ import annotations

import attrs

PRODUCT = "tierlang ledger"
SCHEMA_VERSION = 1

STORAGE = "v1.4.0"
"""A format that every DuckDB since 1.4 reads; older ones take a fifth more time to write."""


@attrs.frozen
class Column:
    """One column: its name, its DuckDB type, and what it says."""

    name: str
    type: str
    meaning: str


@attrs.frozen
class Table:
    """One table: what a row is, its columns, and what may not come twice in it."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...] = ()

    @property
    def ddl(self) -> str:
        """The statement that makes it."""
        parts = [f'"{column.name}" {column.type}' for column in self.columns]
        parts += [f"UNIQUE ({', '.join(names)})" for names in self.unique]
        return f"CREATE TABLE {self.name} ({', '.join(parts)})"


ABOUT = Table(
    "about",
    "What this file is, and the version of its schema.",
    (
        Column("product", "VARCHAR", f"always `{PRODUCT}`"),
        Column("schema_version", "INTEGER", f"the version of the schema that this page describes: {SCHEMA_VERSION}"),
    ),
)

RUNS = Table(
    "runs",
    "One row for each plan that was applied.",
    (
        Column("run", "INTEGER", "1, 2, 3 and so on, without holes"),
        Column("plan", "VARCHAR", "the id of the plan; no plan is applied twice"),
        Column("as_of", "DATE", "the day as of which the accounts were placed; never before that of the run before"),
        Column(
            "review", "BOOLEAN", "true: a review, in which everyone was placed afresh; false: a run between reviews"
        ),
        Column("freeze", "VARCHAR", "the label (or the days) of the freeze that lasted; empty: none"),
        Column("ruleset", "VARCHAR", "the name of the ruleset"),
        Column("version", "VARCHAR", "its version, as its header says"),
        Column("rules", "VARCHAR", "the fingerprint of the rules; see the table `rules`"),
        Column("ladder", "VARCHAR", "the name of the ladder whose tiers are held, if it has one"),
        Column("score", "VARCHAR", "the score (or field) that its lines read"),
        Column("data", "VARCHAR", "the fingerprint of the accounts, events and signals that were read"),
        Column("arguments", "VARCHAR", "what else was said to `plan`, as JSON"),
        Column("tierlang", "VARCHAR", "the version of tierlang that applied it"),
        Column("digest", "VARCHAR", "a digest of all rows of this run"),
        Column(
            "fingerprint", "VARCHAR", "made of the fingerprint of the run before, this row and the digest; see `verify`"
        ),
        Column(
            "applied_at",
            "TIMESTAMP",
            "when it was applied, in UTC; with `applied_by` the only thing here that a clock or a machine decides",
        ),
        Column("applied_by", "VARCHAR", "who applied it: the name of the account on the machine"),
    ),
    (("run",), ("plan",)),
)

RULES = Table(
    "rules",
    "The rules of the runs, each once, as they were when they were first applied.",
    (
        Column(
            "fingerprint",
            "VARCHAR",
            "what identifies the rules: everything meant by them, whatever the layout, comments or tests",
        ),
        Column("run", "INTEGER", "the first run under these rules"),
        Column("ruleset", "VARCHAR", "the name of the ruleset"),
        Column("version", "VARCHAR", "its version, as its header said"),
        Column("texts", "STRUCT(path VARCHAR, text VARCHAR)[]", "the rule files, the ruleset's own first"),
    ),
    (("fingerprint",),),
)

MOVES = Table(
    "moves",
    "One row for each account that a run assigned, moved or closed, or of which it changed how its tier is held. At most one for each run and account.",
    (
        Column("run", "INTEGER", "the run"),
        Column("account", "VARCHAR", "the key of the account"),
        Column(
            "kind",
            "VARCHAR",
            "`assign` (a new life of the account begins), `move`, `close` (its life ends), or `stay` (the tier is the same, something else has changed)",
        ),
        Column(
            "cause",
            "VARCHAR",
            "`new`, `review`, `trigger`, `pin`, `pin ended`, `retired`, `exclusion`, `absence`, `merged`; empty where only the state has changed",
        ),
        Column("trigger", "VARCHAR", "the trigger that moved it"),
        Column("from_tier", "VARCHAR", "the tier before; empty: none"),
        Column("tier", "VARCHAR", "the tier after; empty: in no tier, or closed"),
        Column("from_base", "VARCHAR", "the base tier before"),
        Column("base", "VARCHAR", "the tier before adjustments and capacities, which `keep while` goes by"),
        Column("since", "DATE", "the first day in the tier"),
        Column("settled_until", "DATE", "until this day the cool-down keeps it where it is"),
        Column("pinned", "BOOLEAN", "whether a pin holds it"),
        Column("absences", "UTINYINT", "at how many reviews in a row it was absent from the data"),
        Column("score", "DECIMAL(18,4)", "the ladder's score"),
        Column("reason", "VARCHAR", "why, in words"),
        Column(
            "word",
            "VARCHAR",
            "on whose word: the owner of the trigger, or of the pin; empty where the rules alone decide",
        ),
        Column("approver", "VARCHAR", "who had to approve the move, and did"),
    ),
)

OBSERVATIONS = Table(
    "observations",
    "What scores and signals were, run by run; only values that differ from the last one observed.",
    (
        Column("run", "INTEGER", "the run"),
        Column("account", "VARCHAR", "the key of the account"),
        Column("kind", "VARCHAR", "`score` or `signal`"),
        Column("name", "VARCHAR", "its name"),
        Column("at", "DATE", "the as-of day of the run"),
        Column("value", "DECIMAL(18,4)", "a score's value; empty: unscored"),
        Column("text", "VARCHAR", "a signal's value; empty: it had none"),
    ),
)

OVERRIDES = Table(
    "overrides",
    "What a person said to `apply`: approvals, and the circuit breaker overridden.",
    (
        Column("run", "INTEGER", "the run"),
        Column("kind", "VARCHAR", "`approval` or `breaker`"),
        Column("trigger", "VARCHAR", "the trigger whose moves were approved"),
        Column("account", "VARCHAR", "the one account for which they were; empty: for all"),
        Column("reason", "VARCHAR", "why the breaker was overridden"),
    ),
)

RENAMES = Table(
    "renames",
    "Names that the rules gave up for others (`was`): rows of earlier runs have the old one.",
    (
        Column("run", "INTEGER", "the first run under the new name"),
        Column("kind", "VARCHAR", "`tier`, `score`, `trigger` or `ladder`"),
        Column("old", "VARCHAR", "the name before"),
        Column("new", "VARCHAR", "the name since"),
    ),
)

TABLES = (ABOUT, RUNS, RULES, MOVES, OBSERVATIONS, OVERRIDES, RENAMES)
