"""The views of a ledger: who holds what, since when and why, with the names that things have now."""

from __future__ import annotations

import attrs

from tierlang.ledger.schema import Column


@attrs.frozen
class View:
    """One view: what a row is, its columns (with types, as a table has them), and its SELECT."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    select: str

    @property
    def ddl(self) -> str:
        """The statement that makes it."""
        return f"CREATE VIEW {self.name} AS {self.select}"


NAMES = View(
    "names",
    "What names in rows of earlier runs are today; a name that is not here is still the same.",
    (
        Column("kind", "VARCHAR", "`tier`, `score`, `trigger` or `ladder`"),
        Column("name", "VARCHAR", "the name in the row"),
        Column("from_run", "INTEGER", "the first run whose rows are meant"),
        Column("to_run", "INTEGER", "the first run whose rows are not meant any more"),
        Column("present", "VARCHAR", "the name today"),
    ),
    """
    WITH RECURSIVE steps AS (
      SELECT kind, old AS name, coalesce(lag(run) OVER (PARTITION BY kind, old ORDER BY run), 0) AS from_run, run AS to_run, "new" AS present, run AS at_run
      FROM renames
      UNION ALL
      SELECT s.kind, s.name, s.from_run, s.to_run, r."new", r.run
      FROM steps s JOIN renames r ON r.kind = s.kind AND r.old = s.present AND r.run > s.at_run
      WHERE NOT EXISTS (FROM renames q WHERE q.kind = s.kind AND q.old = s.present AND q.run > s.at_run AND q.run < r.run)
    )
    SELECT kind, name, from_run, to_run, arg_max(present, at_run) AS present FROM steps GROUP BY kind, name, from_run, to_run
    """,
)

_HELD = (
    Column("account", "VARCHAR", "the key of the account"),
    Column("tier", "VARCHAR", "the tier that it holds, by its name today; empty: in no tier"),
    Column("base", "VARCHAR", "the tier before adjustments and capacities"),
    Column("since", "DATE", "the first day in the tier"),
    Column("settled_until", "DATE", "until this day the cool-down keeps it where it is"),
    Column("pinned", "BOOLEAN", "whether a pin holds it"),
    Column("absences", "UTINYINT", "at how many reviews in a row it was absent"),
)

STANDING = View(
    "standing",
    "The last row of `moves` of every account that is open: how it stands. The room that `holders` is built on.",
    (
        *_HELD,
        Column("run", "INTEGER", "the run that left it so"),
    ),
    """
    SELECT m.account, coalesce(t.present, m.tier) AS tier, coalesce(b.present, m.base) AS base, m.since, m.settled_until, m.pinned, m.absences, m.run
    FROM moves m LEFT JOIN (SELECT account, max(run) AS run FROM moves WHERE run > 1 GROUP BY account) later ON later.account = m.account
    LEFT JOIN names t ON t.kind = 'tier' AND t.name = m.tier AND m.run >= t.from_run AND m.run < t.to_run
    LEFT JOIN names b ON b.kind = 'tier' AND b.name = m.base AND m.run >= b.from_run AND m.run < b.to_run
    WHERE m.run = coalesce(later.run, 1) AND m.kind <> 'close'
    """,
)

_STORY = (
    Column("cause", "VARCHAR", "what put it there: see `moves`"),
    Column("trigger", "VARCHAR", "the trigger that moved it there, by its name today"),
    Column("reason", "VARCHAR", "why, in words"),
    Column("word", "VARCHAR", "on whose word: the owner of the trigger, or of the pin"),
    Column("approver", "VARCHAR", "who approved it"),
    Column("score", "DECIMAL(18,4)", "the ladder's score then"),
    Column("run", "INTEGER", "the run that put it there"),
    Column("ruleset", "VARCHAR", "the ruleset of that run"),
    Column("version", "VARCHAR", "its version"),
    Column("rules", "VARCHAR", "the fingerprint of its rules"),
)

ASSIGNMENTS = View(
    "assignments",
    "Every stay of every account in a tier, from the first day to the last: a slowly changing dimension of type 2.",
    (
        Column("account", "VARCHAR", "the key of the account"),
        Column("life", "BIGINT", "1, 2, 3: an account that was closed and came back lives again"),
        Column("tier", "VARCHAR", "the tier, by its name today; empty: in no tier"),
        Column("start_date", "DATE", "the first day"),
        Column(
            "end_date",
            "DATE",
            "the first day no longer; empty: it lasts. Equal to `start_date` where two runs had one day",
        ),
        Column("current", "BOOLEAN", "whether it lasts"),
        *_STORY,
        Column("end_run", "INTEGER", "the run that ended it"),
        Column("end_cause", "VARCHAR", "what ended it"),
        Column("end_reason", "VARCHAR", "why, in words"),
    ),
    """
    SELECT
      s.account, s.life, coalesce(t.present, s.tier) AS tier, r.as_of AS start_date, e.as_of AS end_date, s.end_run IS NULL AS "current",
      s.cause, coalesce(g.present, s."trigger") AS "trigger", s.reason, s.word, s.approver, s.score, s.run, r.ruleset, r.version, r.rules,
      s.end_run, s.end_cause, s.end_reason
    FROM (
      SELECT
        *, count(*) FILTER (kind = 'assign') OVER (PARTITION BY account ORDER BY run) AS life,
        lead(run) OVER later AS end_run, lead(cause) OVER later AS end_cause, lead(reason) OVER later AS end_reason
      FROM moves WHERE kind <> 'stay' WINDOW later AS (PARTITION BY account ORDER BY run)
    ) s
    JOIN runs r ON r.run = s.run
    LEFT JOIN runs e ON e.run = s.end_run
    LEFT JOIN names t ON t.kind = 'tier' AND t.name = s.tier AND s.run >= t.from_run AND s.run < t.to_run
    LEFT JOIN names g ON g.kind = 'trigger' AND g.name = s."trigger" AND s.run >= g.from_run AND s.run < g.to_run
    WHERE s.kind <> 'close'
    """,
)

HOLDERS = View(
    "holders",
    "Who holds what now: one row for each account that is open.",
    (
        *_HELD,
        Column("life", "BIGINT", "1, 2, 3: an account that was closed and came back lives again"),
        *_STORY,
    ),
    """
    SELECT
      s.account, s.tier, s.base, s.since, s.settled_until, s.pinned, s.absences, a.life,
      a.cause, a."trigger", a.reason, a.word, a.approver, a.score, a.run, a.ruleset, a.version, a.rules
    FROM standing s JOIN assignments a ON a.account = s.account AND a."current"
    """,
)

VIEWS = (NAMES, STANDING, ASSIGNMENTS, HOLDERS)
"""In the order in which each reads those before it."""
