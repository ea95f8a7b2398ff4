"""Accounts that leave and come back: excluded, absent, with a key used again, with a pin that ends, merged into others."""

from __future__ import annotations

from tests.cli.files import plain, tierlang
from tests.mobility.desk import LEDGER, TRIGGERS, Desk


def test_excluded_and_back_is_closed_and_then_new(desk: Desk) -> None:
    desk.rules()
    desk.run("2026-10-01", A="90", B="70")
    desk.run("2026-11-01", A="90 out", B="70")
    assert desk.holders() == {"B": "two"}
    desk.run("2026-12-01", A="65", B="70")
    assert desk.life("A") == ["1: - -> one new", "2: one -> - exclusion", "3: - -> two new"]
    told = plain(tierlang("history", LEDGER, "A").stdout)
    assert "excluded: Customers" in told
    assert desk.rows("SELECT life, tier, end_cause FROM assignments WHERE account = 'A' ORDER BY life") == [
        (1, "one", "exclusion"),
        (2, "two", None),
    ]


def test_excluded_in_a_cool_down_and_in_a_freeze_leaves_at_once(desk: Desk) -> None:
    desk.rules(TRIGGERS + "  cooldown 90 days\n  freeze 2026-10-10..2026-10-20\n")
    desk.run("2026-10-01", A="90", B="70")
    desk.run("2026-10-15", A="90 out", B="70")
    assert desk.holders() == {"B": "two"}


def test_absent_for_one_review_and_back_is_as_if_nothing_had_been(desk: Desk) -> None:
    """It keeps its tier and its first day in it; the count of absences begins anew, so two reviews later it is not closed for two that were not in a row."""
    desk.rules()
    desk.run("2026-10-01", A="90", B="70")
    assert "1 holder is not in the data, and keeps its tier" in desk.run("2027-01-01", B="70")
    assert desk.rows("SELECT tier, since::VARCHAR, absences FROM holders WHERE account = 'A'") == [
        ("one", "2026-10-01", 1)
    ]
    desk.run("2027-02-01", A="90", B="70")
    assert desk.rows("SELECT tier, since::VARCHAR, absences FROM holders WHERE account = 'A'") == [
        ("one", "2026-10-01", 0)
    ]
    desk.run("2027-04-01", B="70")
    assert desk.holders() == {"A": "one", "B": "two"}
    assert desk.life("A") == ["1: - -> one new"]


def test_absent_between_reviews_counts_for_nothing(desk: Desk) -> None:
    desk.rules()
    desk.run("2026-10-01", A="90", B="70")
    for day in ("2026-10-15", "2026-12-15"):
        desk.run(day, B="70")
    assert desk.holders() == {"A": "one", "B": "two"}
    assert desk.rows("SELECT count(*) FROM moves WHERE account = 'A'") == [(1,)]


def test_absent_at_two_reviews_is_closed_and_its_key_lives_again(desk: Desk) -> None:
    """Whoever comes back with a key of old is somebody new, whatever the key held."""
    desk.rules()
    desk.run("2026-10-01", A="90", B="70")
    desk.run("2027-01-01", B="70")
    assert "1 absent at two reviews in a row" in desk.run("2027-04-01", B="70")
    assert desk.holders() == {"B": "two"}
    said = desk.run("2027-05-01", A="20", B="70")
    assert "New 1" in said
    assert desk.life("A") == ["1: - -> one new", "3: one -> - absence", "4: - -> three new"]
    assert desk.rows(
        "SELECT life, tier, start_date::VARCHAR, end_date::VARCHAR FROM assignments WHERE account = 'A' ORDER BY life"
    ) == [
        (1, "one", "2026-10-01", "2027-04-01"),
        (2, "three", "2027-05-01", None),
    ]
    told = plain(tierlang("history", LEDGER, "A").stdout)
    assert "not in the data at two reviews in a row" in told


def test_the_scores_of_an_earlier_life_do_not_count_for_the_next(desk: Desk) -> None:
    """Closed, and back with the same key: `for 1 month` begins with what was observed since."""
    desk.rules("promote steady { from three  to one  when priority >= 50 for 1 month  owner sam }\n", review="")
    desk.run("2026-10-01", A="55", B="70")
    desk.run("2026-10-05", A="55 out", B="70")
    desk.run("2026-10-20", A="55", B="70")
    desk.run("2026-11-05", A="55", B="70")
    assert desk.holders()["A"] == "three"
    desk.run("2026-11-20")
    assert desk.holders()["A"] == "one"


def test_a_pin_that_ends_between_reviews(desk: Desk) -> None:
    """On its last day it holds; the day after the account is placed as new, review or not, and no cool-down of the pin keeps it."""
    pin = 'pin "A" to one until 2026-11-15 owner sam because "The board"\n'
    desk.rules(TRIGGERS + "  cooldown 30 days\n", more=pin)
    desk.run("2026-10-01", A="20", B="70")
    assert desk.holders() == {"A": "one", "B": "two"}
    desk.run("2026-11-15")
    assert desk.holders() == {"A": "one", "B": "two"}
    desk.run("2026-11-16")
    assert desk.life("A") == ["1: - -> one new", "3: one -> three pin ended"]
    assert "its pin has ended; " in str(desk.record("A")["reason"])
    desk.rules(TRIGGERS, more='pin "B" to two until 2026-12-01 because "As it is"\n')
    desk.run("2026-11-17")
    desk.run("2026-12-02")
    assert desk.life("B") == ["1: - -> two new"], "a pin to where it is, and the end of it, move nobody"


def merging(desk: Desk) -> None:
    desk.write("merges.csv", "old,new\nA,N\n")
    desk.rules(TRIGGERS + '  merged from "merges.csv"\n')


def test_of_two_that_merge_the_longer_stay_counts(desk: Desk) -> None:
    desk.rules()
    desk.run("2026-10-01", A="90", B="70")
    desk.run("2026-10-02", A="90", B="70", N="20")
    merging(desk)
    desk.run("2026-11-01", B="70", N="20")
    assert desk.rows("SELECT account, tier, since::VARCHAR FROM holders ORDER BY account") == [
        ("B", "two", "2026-10-01"),
        ("N", "one", "2026-10-01"),
    ]


def test_of_two_that_merge_the_new_ones_own_stay_counts_if_it_is_as_old(desk: Desk) -> None:
    desk.rules()
    desk.run("2026-10-01", A="90", B="70", N="20")
    merging(desk)
    desk.run("2026-11-01", B="70", N="20")
    assert desk.holders() == {"B": "two", "N": "three"}
    assert desk.life("A") == ["1: - -> one new", "2: one -> - merged"]
    assert desk.life("N") == ["1: - -> three new"]


def test_what_was_taken_over_may_lead_back_to_where_the_account_was(desk: Desk) -> None:
    """The older stay was in another tier, and the same review moves it to the tier that the account has held all along: it has not moved."""
    desk.rules()
    desk.run("2026-10-01", A="20", B="70")
    desk.run("2026-10-02", A="20", B="70", N="70")
    merging(desk)
    desk.run("2027-01-01", B="70", N="70")
    assert desk.rows("SELECT tier, since::VARCHAR FROM holders WHERE account = 'N'") == [("two", "2026-10-02")]
    assert desk.life("N") == ["2: - -> two new"]


def test_an_approved_move_may_lead_back_to_where_the_account_was(desk: Desk) -> None:
    desk.rules()
    desk.run("2026-10-01", A="20", B="70")
    desk.run("2026-10-02", A="20", B="70", N="70")
    merging(desk)
    text = (desk.folder / "rules.tier").read_text(encoding="utf-8")
    desk.write("rules.tier", text.replace("when rise  owner sam", "when rise  owner sam  approve by dana"))
    desk.run("2026-11-01", "--approve", "rising", B="70", N="70 rise")
    assert desk.holders() == {"B": "two", "N": "two"}
    assert desk.life("N") == ["2: - -> two new"]
