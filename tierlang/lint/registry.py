"""All rules, by their rooms, in the order of their names."""

from __future__ import annotations

from types import ModuleType

from tierlang.lint.rule import Rule, Theme
from tierlang.lint.rules import (
    ageless_signal,
    budget_over_100,
    capacity_missed,
    coarse_ranking,
    crowded_tier,
    double_counted,
    doubled_label,
    duplicate_score,
    empty_tier,
    everlasting_points,
    five_tiers,
    future_review,
    gate_on_own_score,
    line_through_crowd,
    loose_limits,
    mass_exclusion,
    missing_dimension,
    missing_exit,
    missing_play,
    never_filled_field,
    no_review,
    no_reviewed_date,
    not_proved,
    overloaded_owner,
    owner_from_uncovered_field,
    play_without_owner,
    resting_on_missing,
    same_plays,
    silent_facts,
    size_alone,
    stale_review,
    tie_at_cut,
    unseen_value,
    unstaffed_accounts,
    unused_allow,
    unused_attribute,
    unused_constant,
    unused_derive,
    unused_event,
    unused_field,
    unused_list,
    unused_lookup,
    unused_owner,
    unused_score,
    unused_signal,
    useless_pin,
    zero_weight,
)

_ROOMS: tuple[ModuleType, ...] = (
    ageless_signal,
    budget_over_100,
    capacity_missed,
    coarse_ranking,
    crowded_tier,
    double_counted,
    doubled_label,
    duplicate_score,
    empty_tier,
    everlasting_points,
    five_tiers,
    future_review,
    gate_on_own_score,
    line_through_crowd,
    loose_limits,
    mass_exclusion,
    missing_dimension,
    missing_exit,
    missing_play,
    never_filled_field,
    no_review,
    no_reviewed_date,
    not_proved,
    overloaded_owner,
    owner_from_uncovered_field,
    play_without_owner,
    resting_on_missing,
    same_plays,
    silent_facts,
    size_alone,
    stale_review,
    tie_at_cut,
    unseen_value,
    unstaffed_accounts,
    unused_allow,
    unused_attribute,
    unused_constant,
    unused_derive,
    unused_event,
    unused_field,
    unused_list,
    unused_lookup,
    unused_owner,
    unused_score,
    unused_signal,
    useless_pin,
    zero_weight,
)
"""One module per rule: its name with underscores is the rule's, its docstring the page; it has `SEVERITY`, `check`, `THEME` (unless it is about who can land where, or asks accounts), and `ASKS_ACCOUNTS` where that is true."""


def rule_of(room: ModuleType) -> Rule:
    """The rule that a room holds."""
    name = room.__name__.rpartition(".")[2].replace("_", "-")
    asks_accounts = getattr(room, "ASKS_ACCOUNTS", False)
    theme = getattr(room, "THEME", Theme.ACCOUNTS if asks_accounts else Theme.TIERS)
    return Rule(name, room.SEVERITY, room.__doc__ or "", room.check, asks_accounts, theme, theme is Theme.REVIEW)


RULES: tuple[Rule, ...] = tuple(rule_of(room) for room in _ROOMS)
