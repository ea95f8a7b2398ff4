"""What must hold of the rows of a ledger, each as a SELECT of what breaks it: `run`, `account` and words."""

from __future__ import annotations

from typing import get_args

from tierlang.program.holdings import Cause

CAUSES = (*get_args(Cause), "absence", "merged")
"""Everything that can put an account where it is, or close it."""

_CAUSES = ", ".join(f"'{cause}'" for cause in CAUSES)

RUNS = (
    # Runs are numbered without holes, and time goes on.
    """
    SELECT run, NULL::VARCHAR, 'its number should be ' || place FROM (SELECT run, row_number() OVER (ORDER BY run) AS place FROM {ledger}.runs) WHERE run <> place
    """,
    """
    SELECT run, NULL::VARCHAR, 'its as-of day ' || as_of || ' lies before that of the run before, ' || before
    FROM (SELECT run, as_of, lag(as_of) OVER (ORDER BY run) AS before FROM {ledger}.runs) WHERE as_of < before
    """,
    """
    SELECT max(run), NULL::VARCHAR, 'its plan was applied by an earlier run too' FROM {ledger}.runs GROUP BY plan HAVING count(*) > 1
    """,
    """
    SELECT run, NULL::VARCHAR, 'its rules are not in the table `rules`' FROM {ledger}.runs WHERE rules NOT IN (SELECT fingerprint FROM {ledger}.rules)
    """,
    """
    SELECT r.run, NULL::VARCHAR, 'the rules ' || left(r.fingerprint, 12) || ' are said to be new in this run, but it is not the first under them'
    FROM {ledger}.rules r WHERE r.run IS DISTINCT FROM (SELECT min(run) FROM {ledger}.runs u WHERE u.rules = r.fingerprint)
    """,
)

STRAYS = """
    SELECT DISTINCT run, NULL::VARCHAR, 'the table `{table}` has rows of this run, which is not in `runs`' FROM {ledger}.{table} WHERE run IS NULL OR run NOT IN (SELECT run FROM {ledger}.runs)
"""
"""For each table with rows of runs."""

STEPS = """
    CREATE OR REPLACE TEMP TABLE steps AS
    SELECT m.* EXCLUDE (reason), r.as_of, coalesce(t.present, m.tier) AS tier_now, coalesce(b.present, m.base) AS base_now,
      coalesce(f.present, m.from_tier) AS from_tier_now, coalesce(g.present, m.from_base) AS from_base_now
    FROM {ledger}.moves m JOIN {ledger}.runs r ON r.run = m.run
    LEFT JOIN {ledger}.names t ON t.kind = 'tier' AND t.name = m.tier AND m.run >= t.from_run AND m.run < t.to_run
    LEFT JOIN {ledger}.names b ON b.kind = 'tier' AND b.name = m.base AND m.run >= b.from_run AND m.run < b.to_run
    LEFT JOIN {ledger}.names f ON f.kind = 'tier' AND f.name = m.from_tier AND m.run >= f.from_run AND m.run < f.to_run
    LEFT JOIN {ledger}.names g ON g.kind = 'tier' AND g.name = m.from_base AND m.run >= g.from_run AND m.run < g.to_run
"""
"""The moves with the names of today; checked once more beside the one before (`CHAIN`)."""

MOVES = (
    """
    SELECT run, account, 'the account stands there ' || count(*) || ' times' FROM steps GROUP BY run, account HAVING count(*) > 1
    """,
    """
    SELECT run, account, 'the kind ' || coalesce(kind, 'nothing') || ' is none of assign, move, close, stay' FROM steps WHERE kind IS NULL OR kind NOT IN ('assign', 'move', 'close', 'stay')
    """,
    f"""
    SELECT run, account, 'the cause ' || coalesce(cause, 'nothing') || ' puts no account anywhere'
    FROM steps WHERE (cause IS NULL AND kind <> 'stay') OR cause NOT IN ({_CAUSES})
    """,
    """
    SELECT run, account, 'it moves from ' || coalesce(tier, 'no tier') || ' to the same tier' FROM steps WHERE kind = 'move' AND tier IS NOT DISTINCT FROM from_tier
    """,
    """
    SELECT run, account, 'it stays, but not in the tier that it had' FROM steps WHERE kind = 'stay' AND tier IS DISTINCT FROM from_tier
    """,
    """
    SELECT run, account, 'it is closed, but has a tier or a day since when' FROM steps WHERE kind = 'close' AND (tier IS NOT NULL OR base IS NOT NULL OR since IS NOT NULL)
    """,
    """
    SELECT run, account, 'it has no day since when it holds its tier' FROM steps WHERE kind <> 'close' AND since IS NULL
    """,
    """
    SELECT run, account, 'it came there as of ' || as_of || ', but is said to be there since ' || since FROM steps
    WHERE kind IN ('assign', 'move') AND since <> as_of AND NOT (cause = 'merged' AND since < as_of)
    """,
    """
    SELECT run, account, 'its cause is a trigger, but which is not said' FROM steps WHERE cause = 'trigger' AND "trigger" IS NULL
    """,
    """
    SELECT run, account, 'it has the trigger ' || "trigger" || ', but another cause' FROM steps WHERE "trigger" IS NOT NULL AND cause IS DISTINCT FROM 'trigger'
    """,
    """
    SELECT s.run, s.account, 'it was approved for ' || s.approver || ', but there is no such approval in `overrides`' FROM steps s
    WHERE s.approver IS NOT NULL AND NOT EXISTS (
      FROM {ledger}.overrides o WHERE o.run = s.run AND o.kind = 'approval' AND o."trigger" = s."trigger" AND (o.account IS NULL OR o.account = s.account))
    """,
)

CHAIN = """
    CREATE OR REPLACE TEMP TABLE chain AS
    SELECT account, run, kind, cause, since, tier_now, from_tier_now, from_base_now,
      lag(kind) OVER w AS kind_before, lag(tier_now) OVER w AS tier_before, lag(base_now) OVER w AS base_before, lag(since) OVER w AS since_before
    FROM steps WINDOW w AS (PARTITION BY account ORDER BY run)
"""

CHAINED = (
    """
    SELECT run, account, 'it is assigned, but was open already' FROM chain WHERE kind = 'assign' AND kind_before <> 'close'
    """,
    """
    SELECT run, account, 'nothing was open that could ' || kind FROM chain WHERE kind <> 'assign' AND (kind_before IS NULL OR kind_before = 'close')
    """,
    """
    SELECT run, account, 'it begins in ' || coalesce(from_tier_now, 'no tier') || ', but the row before ended in ' || coalesce(tier_before, 'no tier')
    FROM chain WHERE kind <> 'assign' AND kind_before <> 'close' AND from_tier_now IS DISTINCT FROM tier_before
    """,
    """
    SELECT run, account, 'its base begins as ' || coalesce(from_base_now, 'none') || ', but the row before ended with ' || coalesce(base_before, 'none')
    FROM chain WHERE kind <> 'assign' AND kind_before <> 'close' AND from_base_now IS DISTINCT FROM base_before
    """,
    """
    SELECT run, account, 'it is assigned, but from ' || coalesce(from_tier_now, from_base_now) FROM chain WHERE kind = 'assign' AND (from_tier_now IS NOT NULL OR from_base_now IS NOT NULL)
    """,
    """
    SELECT run, account, 'it stays, but its day in the tier is now ' || since || ' and was ' || since_before
    FROM chain WHERE kind = 'stay' AND since <> since_before AND cause IS DISTINCT FROM 'merged'
    """,
)

SHOWN = """
    CREATE OR REPLACE TEMP TABLE shown AS SELECT account, tier, since, run FROM {ledger}.holders
"""
"""The view `holders`, read once."""

HOLDERS = (
    """
    WITH lives AS (SELECT account, max(run) AS run, count(*) FILTER (kind = 'assign') - count(*) FILTER (kind = 'close') AS open FROM {ledger}.moves GROUP BY account),
      counted AS (SELECT account, count(*) AS rows FROM shown GROUP BY account)
    SELECT l.run, coalesce(l.account, s.account), 'its moves leave ' || coalesce(l.open, 0) || ' open assignments, and `holders` shows ' || coalesce(s.rows, 0)
    FROM lives l FULL JOIN counted s ON s.account = l.account WHERE coalesce(l.open, 0) <> coalesce(s.rows, 0) OR coalesce(l.open, 0) NOT IN (0, 1)
    """,
    """
    SELECT h.run, h.account, 'its moves end in ' || coalesce(l.tier_now, 'no tier') || ' since ' || l.since || ', and `holders` shows ' || coalesce(h.tier, 'no tier') || ' since ' || h.since
    FROM shown h JOIN (SELECT account, tier_now, since FROM steps QUALIFY row_number() OVER (PARTITION BY account ORDER BY run DESC) = 1) l ON l.account = h.account
    WHERE h.tier IS DISTINCT FROM l.tier_now OR h.since IS DISTINCT FROM l.since
    """,
    """
    SELECT max(run), account, '`assignments` has ' || count(*) || ' rows that are current' FROM {ledger}.assignments WHERE "current" GROUP BY account HAVING count(*) > 1
    """,
)

OBSERVATIONS = (
    """
    SELECT DISTINCT o.run, NULL::VARCHAR, 'it has observations dated ' || o."at" || ', but is as of ' || r.as_of
    FROM {ledger}.observations o JOIN {ledger}.runs r ON r.run = o.run WHERE o."at" <> r.as_of
    """,
    """
    SELECT run, account, 'an observation is of the kind ' || coalesce(kind, 'nothing') FROM {ledger}.observations WHERE kind IS NULL OR kind NOT IN ('score', 'signal')
    """,
    """
    SELECT run, account, 'the ' || kind || ' ' || name || ' was observed ' || count(*) || ' times' FROM {ledger}.observations GROUP BY run, account, kind, name HAVING count(*) > 1
    """,
)

OVERRIDES = (
    """
    SELECT run, account, 'an override is of the kind ' || coalesce(kind, 'nothing') FROM {ledger}.overrides WHERE kind IS NULL OR kind NOT IN ('approval', 'breaker')
    """,
    """
    SELECT run, account, 'an approval does not say of which trigger' FROM {ledger}.overrides WHERE kind = 'approval' AND "trigger" IS NULL
    """,
    """
    SELECT run, NULL::VARCHAR, 'the breaker was overridden without a reason' FROM {ledger}.overrides WHERE kind = 'breaker' AND (reason IS NULL OR trim(reason) = '')
    """,
    """
    SELECT run, NULL::VARCHAR, 'the ' || kind || ' ' || old || ' is renamed ' || count(*) || ' times' FROM {ledger}.renames GROUP BY run, kind, old HAVING count(*) > 1
    """,
)
