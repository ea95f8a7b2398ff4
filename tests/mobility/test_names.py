"""Names that change between runs, tiers that go, rules that are others: the ledger follows, or asks."""

from __future__ import annotations

from tests.cli.files import plain, tierlang
from tests.mobility.desk import LEDGER, TRIGGERS, Desk

RENAMED = {"was": 'tier one   "One"   { ', "now": 'tier gold "Gold" { was one '}
OF_GOLD = TRIGGERS.replace("one, two", "gold, two")


def test_a_tier_with_a_new_name_moves_nobody_and_is_shown_by_it(desk: Desk) -> None:
    desk.rules()
    desk.run("2026-10-01", A="90", B="90", C="70")
    desk.rules(OF_GOLD, **RENAMED)
    said = desk.run("2026-11-01", A="90", B="20 fall", C="70")
    assert "Moves 1 down" in said
    assert desk.life("A") == ["1: - -> one new"], "what was recorded stays as it was called then"
    assert desk.holders() == {"A": "gold", "B": "three", "C": "two"}
    assert desk.rows("SELECT account, tier, start_date::VARCHAR FROM assignments ORDER BY account, run") == [
        ("A", "gold", "2026-10-01"),
        ("B", "gold", "2026-10-01"),
        ("B", "three", "2026-11-01"),
        ("C", "two", "2026-10-01"),
    ]
    written = tierlang("ledger", "holders", LEDGER, "--as-of", "2026-10-15", "--format", "csv").stdout
    assert "A,gold," in written
    desk.rules(OF_GOLD, was='tier one   "One"   { ', now='tier gold "Gold" { ')
    desk.run("2026-11-02")
    assert desk.holders() == {"A": "gold", "B": "three", "C": "two"}, "the line has done its work and may go"


def test_a_name_of_old_for_another_tier(desk: Desk) -> None:
    """`two` becomes `one` after `one` became `gold`: every name is read as it was meant in its own time."""
    desk.rules()
    desk.run("2026-10-01", A="90", B="70", C="20")
    desk.rules("", **RENAMED)
    desk.run("2026-10-02")
    desk.rules("", **RENAMED)
    text = (desk.folder / "rules.tier").read_text(encoding="utf-8")
    desk.write(
        "rules.tier", text.replace("was one ", "").replace('tier two   "Two"   { ', 'tier one "Number one" { was two ')
    )
    desk.run("2026-10-03")
    assert desk.holders() == {"A": "gold", "B": "one", "C": "three"}
    assert desk.rows("SELECT count(*) FROM moves WHERE run > 1") == [(0,)]


def test_scores_ladders_and_triggers_with_new_names(desk: Desk) -> None:
    """A score keeps its past under its new name, moves of a trigger are shown by its present one."""
    low = "  demote low { from one  to two  when priority < 50 for 1 month  owner dana }\n"
    desk.rules(TRIGGERS + low, review="", was="tiers by priority {", now="tiers plays by priority {")
    desk.run("2026-10-01", A="90", B="70")
    desk.run("2026-10-05", A="40", B="70 rise")
    assert desk.holders() == {"A": "one", "B": "one"}
    text = (desk.folder / "rules.tier").read_text(encoding="utf-8")
    text = text.replace("score priority { ", "score heat { was priority ").replace("when priority", "when heat")
    text = text.replace("tiers plays by priority {", "tiers book by heat { was plays").replace(
        '"On the rise" { ', '"On the rise" { was rising '
    )
    desk.write("rules.tier", text.replace("promote rising", "promote upward"))
    said = desk.run("2026-11-05", A="40", B="70")
    assert "Moves 1 down" in said
    assert desk.holders() == {"A": "two", "B": "one"}, "forty since the 5th of October, whatever the score was called"
    assert desk.rows("SELECT \"trigger\" FROM assignments WHERE account = 'B' ORDER BY run") == [(None,), ("upward",)]
    assert desk.rows('SELECT kind, old, "new" FROM renames ORDER BY kind') == [
        ("ladder", "plays", "book"),
        ("score", "priority", "heat"),
        ("trigger", "rising", "upward"),
    ]


def test_a_tier_that_is_no_more_is_met_with_both_lines(desk: Desk) -> None:
    desk.rules()
    desk.run("2026-10-01", A="90", B="70", C="20")
    without(desk, "")
    said = desk.refused("2026-11-01")
    assert "hold a tier that the rules do not know: two" in said
    assert "was two" in said
    assert "retired two to TIER (or: retired two)" in said


def without(desk: Desk, mobility: str) -> None:
    """The rules without the tier two."""
    desk.rules(mobility, was="range 80..  ", now="range 75..")
    text = (desk.folder / "rules.tier").read_text(encoding="utf-8")
    desk.write("rules.tier", "\n".join(line for line in text.splitlines() if "tier two" not in line))


def test_a_retired_tier_sends_its_accounts_where_it_says(desk: Desk) -> None:
    desk.rules()
    desk.run("2026-10-01", A="90", B="70", C="20", D="79")
    without(desk, "cooldown 1 month\n  retired two to one")
    said = desk.run("2026-11-01")
    assert "Moves 2 out of retired tiers" in said
    assert desk.holders() == {"A": "one", "B": "one", "C": "three", "D": "one"}
    assert desk.life("B") == ["1: - -> two new", "2: two -> one retired"]
    assert "the tier two is retired: to one" in str(desk.record("B")["reason"])
    assert desk.rows("SELECT settled_until::VARCHAR FROM holders WHERE account = 'B'") == [("2026-12-01",)]


def test_a_retired_tier_without_more_places_its_accounts_as_new(desk: Desk) -> None:
    """With that reason, between reviews, and in spite of a cool-down and a freeze."""
    desk.rules("cooldown 1 year")
    desk.run("2026-10-01", A="90", B="70", C="20", D="79")
    without(desk, "freeze 2026-10-20..2026-11-20\n  retired two")
    desk.run("2026-11-01")
    assert desk.holders() == {"A": "one", "B": "three", "C": "three", "D": "one"}
    assert desk.life("D") == ["1: - -> two new", "2: two -> one retired"]
    assert str(desk.record("D")["reason"]).startswith("the tier two is retired; priority 79 in 75..")


def test_rules_that_change_between_runs_are_recorded_with_their_version(desk: Desk) -> None:
    desk.rules()
    desk.run("2026-10-01", A="90", B="70")
    planned = desk.plan("2026-11-01")
    assert planned.exit_code == 0
    desk.rules(TRIGGERS + "  cooldown 3 days\n", was='version "1"', now='version "2"')
    stale = desk.apply()
    assert stale.exit_code == 2
    assert "the rules rules.tier have changed" in plain(stale.stderr)
    desk.run("2026-11-01", A="90", B="70 rise")
    assert desk.rows(
        "SELECT r.run, r.version, l.version FROM runs r JOIN rules l ON l.fingerprint = r.rules ORDER BY 1"
    ) == [
        (1, "1", "1"),
        (2, "2", "2"),
    ]
    assert desk.rows("SELECT tier, version FROM assignments WHERE account = 'B' ORDER BY run") == [
        ("two", "1"),
        ("one", "2"),
    ]
    assert "run 2, desk 2" in plain(tierlang("history", LEDGER, "B").stdout)
