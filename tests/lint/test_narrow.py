"""Where rules speak and where they do not: the cases beside the examples of their pages."""

from __future__ import annotations

import pytest

from tests.lint.test_run import found


def score(*lines: str, more: str = "") -> str:
    return "score warmth {\n  range 0..100\n  " + "\n  ".join(lines) + "\n}\n" + more


def tiers(*lines: str, more: str = "") -> str:
    return "tiers by priority {\n  " + "\n  ".join(lines) + "\n}\n" + more


def tier(name: str, *lines: str) -> str:
    return f"tier {name} {{\n" + "\n".join(f"    {line}" for line in lines) + "\n  }"


OWNERS = ("owner marketing dana", "owner sales sam")
EXIT = 'exit "Under the line"'
REST = "tier rest { otherwise }"
INTENT = "points by intent {{ {} }}"
ARR = "points by arr {{ {}  missing -> 0 }}"
GATES = "tier one {{ when {} }}\n  tier two {{ range 60.. }}\n  {}\n  match first\n"


CASES = [
    # cracked-bands
    ("cracked-bands", score(INTENT.format("80.. -> 100  60..79 -> 60  otherwise -> 0")), True),
    ("cracked-bands", score(INTENT.format("80.. -> 100  60..79.5 -> 60  otherwise -> 0")), True),
    ("cracked-bands", score(INTENT.format("80.. -> 100  60..<80 -> 60  otherwise -> 0")), False),
    ("cracked-bands", score(INTENT.format("80.. -> 100  40..60 -> 60  otherwise -> 20")), False),
    ("cracked-bands", score(INTENT.format("80.. -> 100  60..79 -> 60  otherwise -> 60")), False),
    ("cracked-bands", score(ARR.format("100k.. -> 100  50k..99k -> 60  otherwise -> 0")), True),
    ("cracked-bands", score(ARR.format("100k.. -> 100  50k..99_999 -> 60  otherwise -> 0")), True),
    ("cracked-bands", score(ARR.format("70k.. -> 100  50k..60k -> 60  otherwise -> 0")), False),
    ("cracked-bands", score("points by employees { 100.. -> 100  50..99 -> 60  otherwise -> 0  missing -> 0 }"), False),
    ("cracked-bands", tiers("tier one { range 80.. }", "tier two { range 60..79 }", REST), True),
    ("cracked-bands", tiers("tier one { range 80.. }", "tier two { range 60..79 }", "rest untiered"), True),
    ("cracked-bands", tiers("tier one { range 80.. }", "tier two { range 60..<80 }", REST), False),
    ("cracked-bands", tiers("tier one { range 80.. }", "tier two { range 40..60 }", REST), False),
    ("cracked-bands", "account {\n  key id text\n  derive heat = by intent { 80.. -> 3  60..79 -> 2  otherwise -> 1 }\n}\n" + score("points 100 when heat >= 2"), True),
    # gate-on-own-score
    ("gate-on-own-score", tiers(GATES.format("priority >= 80", REST)), True),
    ("gate-on-own-score", tiers(GATES.format("80 <= priority", REST)), True),
    ("gate-on-own-score", tiers(GATES.format("priority >= 80 and customer", REST)), False),
    ("gate-on-own-score", tiers(GATES.format("priority >= 80 and customer", REST + '\n  raise 1 "Met us" when any meeting within 30 days')), True),
    ("gate-on-own-score", tiers(GATES.format("priority >= 80 and customer", REST + '\n  cap at two "Quiet" when no meeting within 1 year')), False),
    ("gate-on-own-score", tiers(GATES.format("fit >= 80", REST)), False),
    # double-counted
    ("double-counted", score('points 50 "a" when customer', 'points 50 "b" when customer'), True),
    ("double-counted", score('points 50 "a" when customer', 'points -50 "b" when customer'), False),
    ("double-counted", score('best of { points 50 "a" when customer  points 100 "b" when customer }'), False),
    ("double-counted", score('best of { points 50 "a" when customer }', 'points 50 "b" when customer'), True),
    ("double-counted", score("points 5 per meeting within 90 days up to 50", "points 10 per meeting within 90 days up to 50"), True),
    ("double-counted", score("points 5 per meeting within 90 days up to 50", "points 10 per meeting within 30 days up to 50"), False),
    ("double-counted", score("points by employees { 9.. -> 50  ..<9 -> 0  missing -> 0 }", "points by employees { 99.. -> 50  ..<99 -> 0  missing -> 0 }"), False),
    ("double-counted", "score a { range 0..100 points 100 when any meeting within 30 days }\nscore b { range 0..100 points 100 when any meeting within 30 days }\n"
     "score total { range 0..100 weigh 50% a weigh 50% b }", True),
    # everlasting-points, ageless-signal
    ("everlasting-points", score("points 5 per meeting ever up to 100"), True),
    ("everlasting-points", score("points 5 per meeting ever halving every 90 days up to 100"), False),
    ("everlasting-points", score("points 5 per meeting where (at >= 2026-01-01) ever up to 100"), False),
    ("everlasting-points", score("points 5 per meeting where (age < 90) ever up to 100"), False),
    ("ageless-signal", "signal plan text\n" + score('points 100 when plan = "Pro"'), False),
    # upside-down-tiers
    ("upside-down-tiers", tiers("tier one { range 80..  when customer }", "tier two { range 60..<80 }", REST), True),
    ("upside-down-tiers", tiers("tier one { range 80..  when customer }", "tier two { range 60..<80  when customer }", REST), False),
    ("upside-down-tiers", tiers("match first", "tier one { range 80..  when customer }", "tier two { range 60.. }", REST), False),
    ("upside-down-tiers", "tiers by employees {\n  tier one { range 800..  when customer }\n  tier two { range 60..<800 }\n  tier rest { otherwise }\n}", False),
    # zero-weight
    ("zero-weight", score("points 0 when customer", "points 100 when fit >= 50"), True),
    ("zero-weight", score("best of { points 0 when customer  points 100 when fit >= 50 }"), False),
    # coarse-ranking
    ("coarse-ranking", tiers("tier one { range 80..  capacity 5 overflow down }", REST), False),
    ("coarse-ranking", "tiers {\n  tier one { when customer  capacity 5 overflow down }\n  tier two { otherwise }\n}", True),
    ("coarse-ranking", score("points 100 when customer") + "tiers by warmth {\n  tier one { top 5% }\n  tier two { otherwise }\n}", True),
    ("coarse-ranking", score("points 100 when customer") + "tiers by warmth {\n  rank by arr\n  tier one { top 5% }\n  tier two { otherwise }\n}", False),
    # people and plays
    ("missing-play", tiers(tier("one", "range 50..", *OWNERS, 'play marketing "Ads"', 'play sales "Calls"', EXIT), REST.replace("otherwise", f"otherwise {' '.join(OWNERS)}\n play marketing \"News\"\n play sales \"None\"")), False),
    ("missing-exit", tiers(tier("one", "range 50..", *OWNERS, 'play marketing "Ads"', 'play sales "Calls"', EXIT), tier("two", "otherwise", *OWNERS, 'play marketing "News"', 'play sales "None"')), False),
    ("missing-exit", tiers(tier("one", "range 50..", *OWNERS, 'play marketing "Ads"', 'play sales "Calls"', EXIT), tier("two", "range ..<50", *OWNERS, 'play marketing "News"', 'play sales "None"')), True),
    ("owner-from-uncovered-field", tiers(tier("one", "range 50..", "when ae is not missing", "owner marketing dana", "owner sales from ae", 'play marketing "Ads"', 'play sales "Calls"', EXIT), REST), False),
    ("capacity-per-missing", tiers("rank by arr", "tier one { range 80..  when ae is not missing  capacity 5 per ae overflow down }", REST), False),
    ("budget-over-100", tiers(tier("one", "range 50..", *OWNERS, 'play marketing "Ads" { budget 60% }', 'play sales "Calls" { budget 60% }', EXIT), REST), False),
    # names
    ("constant-condition", 'mark odd when country != "DE" or country != "AT"', True),
    ("constant-condition", 'mark odd when country = "DE" or country != "AT"', True),
    ("constant-condition", 'mark odd when country = "DE" or country = "AT"', False),
    ("constant-condition", "mark odd when customer and fit >= 0", True),
    ("constant-condition", "exclude one when fit >= 50\nexclude two when fit < 50", True),
    ("constant-condition", "exclude one when fit >= 50\nexclude two when fit < 40", False),
    ("constant-condition", "mark odd when tier is one and tier is two\n" + tiers("tier one { range 50.. }", "tier two { otherwise }"), True),
    ("constant-condition", "mark odd when tier is one or tier is two and fit > 5\n" + tiers("tier one { range 50.. }", "tier two { otherwise }"), False),
    ("constant-condition", "mark odd when tier is one and not customer\n" + tiers("tier one { range 50..  when customer }", "tier two { otherwise }"), True),
    ("constant-condition", "mark odd when tier is one and not customer\n" + tiers("tier one { range 50..  when customer }", "tier two { otherwise }") + 'pin "A-1" to one until 2027-03-31 owner sam because "So"', False),
    ("constant-condition", "mark odd when fit >= 50 or fit >= 70 and customer", True),
    ("constant-condition", "mark odd when fit >= 50 or fit < 70 and customer", False),
    ("dead-points", score("points 100 when customer", 'points 5 per meeting where (role = "CEO" and role = "CFO") within 1 year up to 10'), True),
    ("dead-points", score("points 100 when customer", 'points 5 per meeting where (role = "CEO" or role = "CFO") within 1 year up to 10'), False),
    ("unfillable-capacity", tiers("rank by arr", "tier one { range 80..  when ae is not missing  capacity 5 per ae overflow down  capacity 4 overflow down }", REST), True),
    ("unfillable-capacity", tiers("rank by arr", "tier one { range 80..  when ae is not missing  capacity 5 per ae overflow down  capacity 20 overflow down }", REST), False),
    ("falling-points", "score steps { value by count of meeting within 90 days { 9.. -> 4  5..8 -> 1  2..4 -> 3  ..1 -> 1 } }", True),
    ("falling-points", "score steps { value by count of meeting within 90 days { 9.. -> 4  5..8 -> 3  2..4 -> 2  ..1 -> 1 } }", False),
    ("dead-points", "exclude quiet when no meeting within 1 year\nscore steps { value by days since meeting { ..30 -> 3  31..400 -> 2  401.. -> 1  missing -> 1 } }", True),
    ("dead-points", "score steps { value by days since meeting { ..30 -> 3  31..400 -> 2  401.. -> 1  missing -> 1 } }", False),
    ("missing-dimension", "event order { field total money in 0.. }\nscore heat { range 0..100 points 100 when industry = \"Banking\"  points by sum of order.total within 1 year { 9k.. -> 50  ..<9k -> 0 } }\ntiers by heat { tier one { range 50.. } tier two { otherwise } }", False),
    ("missing-dimension", "event order { field total whole in 0.. }\nscore heat { range 0..100 points 100 when industry = \"Banking\"  points by sum of order.total within 1 year { 9k.. -> 50  ..<9k -> 0 } }\ntiers by heat { tier one { range 50.. } tier two { otherwise } }", True),
    ("unreachable-tier", tiers("match first", "tier one { range 50..60 when fit > 5 }", "tier two { range 50..60 when fit > 9 }", REST, 'raise 1 "Up" when customer'), False),
    ("unreachable-tier", tiers("match first", "tier one { range 50.. }", "tier two { range 50.. when fit > 9 }", REST, 'raise 2 "Up" when customer'), False),
    ("unreachable-tier", tiers("match first", "tier one { range 50..  when priority < 40 and fit > 2 }", "tier two { range 20.. }", REST, 'cap at two "No" when customer'), True),
    ("unused-field", "account {\n  key id text\n  field nickname text fold case\n  field plan text one of \"a\", \"b\"\n}", True),
    ("unused-field", "account {\n  key id text\n  field nickname text fold case\n}", False),
    ("unmatched-entry", 'list near = ["DE", "Att"]\nmark close when country in near', False),
    ("unmatched-entry", 'list near = ["x", "y"]\naccount {\n  key id text\n  field plan text one of "x", "z"\n}\nmark close when plan in near', True),
    ("unmatched-entry", 'list near = ["x", "y"]\naccount {\n  key id text\n  field plan text one of "x", "z"\n  field other text one of "y", "z"\n}\nmark close when plan in near or other in near', False),
    ("unmatched-entry", 'list near = ["x", "y"]\naccount {\n  key id text\n  field plan text one of "x", "z"\n}\nmark close when plan in near or country in near', False),
    ("unmatched-entry", 'list near = ["x", "y"]\naccount {\n  key id text\n  field plan text one of "x", "z"\n}\nmark close when customer and plan = "x"', False),
    ("unused-constant", "let one = 50\n" + tiers("tier one { range one.. }", REST), False),
    ("unused-constant", "let one = 50\nlet two = 2 * one\n" + tiers("tier one { range two.. }", REST), False),
    ("unused-event", score("points 100 when days since webinar <= 30"), False),
    ("doubled-label", 'mark a "Same" when customer\nmark b "Same" when fit > 50', True),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "fragment", "speaks"), CASES, ids=lambda value: str(value)[:70].replace("\n", " "))
def test_a_rule_speaks_just_where_it_should(rule: str, fragment: str, speaks: bool) -> None:
    told = found(fragment, rule)
    assert bool(told) == speaks, [each.message for each in told]


def test_an_account_that_slips_by_a_demotion_is_shown_where_it_stays() -> None:
    ladder = tiers(
        "match first",
        "tier one { range 80.. }",
        "tier two { range 50.. }",
        REST,
        'cap at two "Quiet" when days since meeting > 90',
    )
    (told,) = found(ladder, "unknown-slips-by")
    assert told.example is not None
    assert "expect tier one" in told.example
