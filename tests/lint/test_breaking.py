"""Every shipped ruleset, broken in one place at a time: the rule that should catch it does, and says what to do."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import attrs
import pytest

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.files import read_rules
from tierlang.lint.run import lint
from tierlang.pipeline import compile_sources
from tierlang.source import Source

RULESETS = Path(__file__).parents[2] / "rulesets"
TODAY = dt.date(2026, 11, 1)


@attrs.frozen
class Break:
    """One mistake: in this ruleset `old` (whatever the white space) becomes `new`, which `rule` must find."""

    ruleset: str
    rule: str
    old: str
    new: str

    def broken(self) -> Source:
        """The ruleset with the mistake in it."""
        source = read_rules(str(RULESETS / self.ruleset / f"{self.ruleset}.tier"))
        pattern = r"\s+".join(re.escape(word) for word in self.old.split())
        text, count = re.subn(pattern, lambda _: self.new, source.text, count=1)
        assert count, f"{self.ruleset} has no `{self.old}`"
        return Source(source.path, text)


BREAKS = (
    # --- sales_driven
    Break("sales_driven", "missing-play", 'play marketing "Newsletter and events, nothing else" { channel "email" budget 10% }', ""),
    Break("sales_driven", "play-without-owner", "owner sales jonas owner success priya", "owner sales jonas"),
    Break("sales_driven", "tops-not-growing", "top 20% keep while", "top 5%\n    keep while"),
    Break("sales_driven", "weights-total", "weigh 15% engagement", "weigh 25% engagement"),
    Break("sales_driven", "stale-review", "reviewed 2026-10-01", "reviewed 2026-03-01"),
    Break("sales_driven", "future-review", "reviewed 2026-10-01", "reviewed 2027-10-01"),
    Break("sales_driven", "no-review", "review every quarter", ""),
    Break("sales_driven", "missing-exit", 'exit "Out of the better half at a review: marketing keeps it"', ""),
    Break("sales_driven", "constant-condition", "when growth >= 10", "when growth >= 10 and growth < 5"),
    Break("sales_driven", "short-score", "big_ticket.. -> 60", "big_ticket.. -> 40"),
    Break("sales_driven", "unused-list", "when domain in competitors", 'when domain = "rival.example"'),
    Break("sales_driven", "constant-condition", "within 1 quarter >= 2", "within 1 quarter >= 0"),
    Break("sales_driven", "band-gap", "10M..<big_ticket", "10M..49M"),
    Break("sales_driven", "doubled-label", 'tier target "Target"', 'tier target "Key"'),
    Break("sales_driven", "unused-constant", "let big_ticket", "let small_ticket = $1M\nlet big_ticket"),
    # --- product_led
    Break("product_led", "unreachable-tier", "when employees >= enterprise_staff and small_plan and not cancelled capacity 18 overflow down", "when employees >= midsize_staff and not cancelled"),
    Break("product_led", "out-of-range", "usage >= busy and not cancelled", "usage >= 101 and not cancelled"),
    Break("product_led", "ageless-signal", "lasts 10 days", ""),
    Break("product_led", "falling-points", "50..<500 -> 40", "50..<500 -> 10"),
    Break("product_led", "falling-points", "25.. -> 30", "25.. -> 5"),
    Break("product_led", "zero-weight", "weigh 50% usage weigh 30% fit", "weigh 80% usage\n  weigh 0% fit"),
    Break("product_led", "shadowed-exclusion", 'exclude competitor "Competitors', 'exclude trial "Trials" when company starts with "TEST run"\nexclude competitor "Competitors'),
    Break("product_led", "constant-condition", "any active_day within 7 days and no active_day where (age > 7) within 37 days", "any active_day within 7 days and no active_day within 30 days"),
    Break("product_led", "unknown-value", 'limit in ["sso", "audit_log"]', 'limit in ["ssso"]'),
    Break("product_led", "budget-over-100", "budget 35%", "budget 65%"),
    Break("product_led", "unused-owner", 'owner ana "Ana', 'owner zoe "Zoe Lane" { email "zoe@plotboard.example" team "Sales" }\nowner ana "Ana'),
    # --- customer_lifecycle
    Break("customer_lifecycle", "conflicting-tiers", "when not gone and not (large and expanding) and not shrinking", "when not gone and not shrinking"),
    Break("customer_lifecycle", "expired-pin", "until 2027-01-31", "until 2026-06-30"),
    Break("customer_lifecycle", "expiring-pin", "until 2027-01-31", "until 2026-11-20"),
    Break("customer_lifecycle", "pin-without-end", "until 2027-01-31", ""),
    Break("customer_lifecycle", "pin-without-reason", 'because "Rollout decision in January"', ""),
    Break("customer_lifecycle", "pin-without-owner", 'owner ines because "Rollout', 'because "Rollout'),
    Break("customer_lifecycle", "owner-from-uncovered-field", "when not gone and large and expanding coverage csm", "when not gone and large and expanding"),
    Break("customer_lifecycle", "constant-condition", "booked < 0.67 * booked_before", "booked_before < 40"),
    Break("customer_lifecycle", "constant-condition", "when gone owner", "when gone and not cancelled and contract_end >= today\n    owner"),
    # --- saas_abm
    Break("saas_abm", "upside-down-tiers", "range two_line..", "range two_line..<one_line"),
    Break("saas_abm", "short-score", "500k.. -> 80", "500k.. -> 65"),
    Break("saas_abm", "unnoticed-gap", "range three_line..", "range three_line..<two_line"),
    Break("saas_abm", "floor-against-cap", "when quiet and not evaluating", "when quiet"),
    Break("saas_abm", "everlasting-points", "per meeting within 1 year halving every 45 days", "per meeting ever"),
    Break("saas_abm", "too-many-tiers", "limits { tiers 3", "limits { tiers 2"),
    Break("saas_abm", "unused-allow", "rest untiered", 'allow same-plays because "They are not"\n  rest untiered'),
    Break("saas_abm", "out-of-range", "let one_line = 70", "let one_line = 100.5"),
    # --- enterprise_security
    Break("enterprise_security", "double-counted", 'points 6 "Meetings"', 'points 10 "CISO" when any meeting where (role = "CISO") within 1 year\n  points 6 "Meetings"'),
    Break("enterprise_security", "gate-on-own-score", "when is_regulated and midmarket", "when is_regulated and midmarket and priority >= 50"),
    Break("enterprise_security", "unused-lookup", "first of [budget, likely.budget]", "first of [budget, 0]"),
    Break("enterprise_security", "no-reviewed-date", "reviewed 2026-10-12", ""),
    Break("enterprise_security", "never-playing-play", "when any breach within 30 days", "when tier is two"),
    Break("enterprise_security", "same-plays", 'play marketing "Always-on ads and the monthly threat letter" { channel "paid search" budget 15% } play sales "Partner channel; direct only after a breach" { channel "partner" } play success "Community and documentation" { channel "web" }', 'play marketing "Audit calendar: a campaign for each regulator" { channel "webinar" budget 15% }\n    play marketing "What others did after such an order" { channel "email" when any order within 1 quarter }\n    play sales "Inside sales, gap analysis as the first meeting" { channel "video" respond within 24 hours }\n    play success "Templates for the auditor" { channel "web" }'),
    # --- what moves accounts over time
    Break("saas_abm", "flapping-triggers", "when surge >= hot for 3 weeks and not quiet", "when surge >= hot for 3 weeks"),
    Break("saas_abm", "flapping-triggers", "< days in tier and not quiet owner helen approve by sam", "< days in tier\n    owner helen\n    approve by sam"),
    Break("saas_abm", "undone-demotion", 'cap at three "Quiet for two quarters" when quiet and not evaluating', ""),
    Break("saas_abm", "undone-promotion", "keep while priority >= two_line - slack or surge >= hot", "keep while priority >= two_line - slack"),
    Break("saas_abm", "keep-against-line", "keep while priority >= one_line - slack", "keep while priority >= one_line + slack"),
    Break("saas_abm", "long-cooldown", "cooldown 60 days", "cooldown 120 days"),
    Break("customer_lifecycle", "past-freeze", "cooldown 2 weeks", "cooldown 2 weeks\n  freeze 2025-12-15..2026-01-02"),
    Break("product_led", "flapping-triggers", "weekly_users >= 5 for 3 weeks and not empty", "weekly_users >= 5 for 3 weeks"),
    Break("product_led", "trigger-without-owner", "and not empty owner felix", "and not empty"),
    Break("sales_driven", "constant-condition", "to marketing_qualified when refused", "to marketing_qualified\n    when refused and not refused"),
    Break("customer_lifecycle", "trigger-against-target", "when large and expanding and not in_trouble", "when large and not expanding"),
    Break("customer_lifecycle", "trigger-on-arrival", "to at_risk when not gone", "to at_risk\n    when gone"),
    Break("enterprise_security", "never-firing-trigger", "when in_tender owner helen", "when in_tender and any breach within 30 days and not lost_twice\n    owner helen"),
    Break("enterprise_security", "approver-without-tier", "mobility { breaker 5% at review 15%", 'owner zoe "Zoe Lane" { email "zoe@keystone.example"  team "Finance" }\nmobility {\n  promote seen { from three  to two  when in_tender and not lost_twice  owner helen  approve by zoe }'),
)  # fmt: skip


def found(source: Source) -> list[Diagnostic]:
    """What `check` says of a ruleset, worst first."""
    loaded = compile_sources(source)
    findings = [] if loaded.program is None else list(lint(loaded.program, TODAY).findings)
    return [*loaded.diagnostics, *findings]


@pytest.mark.parametrize("broken", BREAKS, ids=lambda each: f"{each.ruleset}: {each.rule}: {each.new[:30]}")
def test_a_broken_ruleset_is_caught(broken: Break) -> None:
    caught = found(broken.broken())
    mine = [each for each in caught if each.code == broken.rule]
    assert mine, [(each.code, each.message) for each in caught]
    assert all(each.hints or each.fixes for each in mine), "it says what to do"


def test_there_are_forty_mistakes_of_many_sorts() -> None:
    assert len(BREAKS) >= 40
    assert len({each.rule for each in BREAKS}) >= 30
    assert {each.ruleset for each in BREAKS} == {path.parent.name for path in RULESETS.glob("*/*.tier")} - {"shared"}


@pytest.mark.parametrize("ruleset", sorted({each.ruleset for each in BREAKS}))
def test_unbroken_it_is_fine(ruleset: str) -> None:
    caught = found(read_rules(str(RULESETS / ruleset / f"{ruleset}.tier")))
    assert [(each.code, each.message) for each in caught] == []
