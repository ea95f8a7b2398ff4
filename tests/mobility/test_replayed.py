"""A replay over dated files leaves the ledger that plan and apply leave, run by run."""

from __future__ import annotations

import shutil

import duckdb

from tests.cli.files import tierlang
from tests.mobility.desk import LEDGER, Desk

MOBILITY = """\
  cooldown 1 month
  freeze 2026-12-20..2026-12-31
  promote rising  { from two, three  up 1  when rise  owner sam  approve by dana }
  demote  falling { from one, two  to three  when fall  owner dana }
  demote  low     { from one  to two  when priority < 85 for 2 months  owner dana }
"""
SAME = (
    'SELECT account, run, kind, cause, "trigger", from_tier, tier, base, since, settled_until, pinned, absences, score, reason, word, approver FROM moves ORDER BY 1, 2',
    'SELECT account, run, kind, name, "at", value FROM observations ORDER BY ALL',
    "SELECT run, as_of, review FROM runs ORDER BY run",
)


def test_a_replay_does_what_plan_and_apply_did(desk: Desk) -> None:
    desk.rules(MOBILITY, more='pin "E" to one until 2026-12-10 owner sam because "The board"\n')
    (desk.folder / "past").mkdir()
    days = (
        ("2026-10-01", {"A": "84", "B": "70", "C": "20", "D": "90", "E": "10"}),
        ("2026-12-05", {"A": "80", "B": "70 rise", "D": "90 fall", "E": "10", "F": "65"}),
        ("2026-12-24", {"A": "80", "B": "20 fall", "D": "95", "E": "10", "F": "65 out"}),
        ("2027-01-04", {"A": "80", "B": "20", "D": "95", "E": "10", "F": "65"}),
        ("2027-04-01", {"A": "80", "B": "90", "C": "", "D": "95", "E": "70"}),
    )
    for day, rows in days:
        desk.accounts(**{key: words for key, words in rows.items() if words})
        assert desk.plan(day).exit_code == 0
        approved = ("--approve", "rising") if day == "2026-12-05" else ()
        assert desk.apply(*approved).exit_code == 0
        shutil.copy("accounts.csv", f"past/{day}.csv")
    done = tierlang("replay", "rules.tier", "past", "--ledger", "replayed.ledger")
    assert done.exit_code == 0, done.stderr
    here, there = (duckdb.connect(path, read_only=True) for path in (LEDGER, "replayed.ledger"))
    for query in SAME:
        assert here.execute(query).fetchall() == there.execute(query).fetchall()
    here.close()
    there.close()
    causes = {str(cause) for (cause,) in desk.rows("SELECT DISTINCT cause FROM moves WHERE kind <> 'stay'")}
    assert causes == {"new", "trigger", "review", "pin ended", "exclusion", "absence"}
    assert tierlang("ledger", "verify", "replayed.ledger").exit_code == 0
