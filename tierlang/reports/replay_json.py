"""A replay for machines: the same figures as the report, as JSON."""

from __future__ import annotations

import json
from typing import Any

from tierlang.planning.replaying_figures import Comparison, Day, Peak, Replay
from tierlang.program.numbers import number_text
from tierlang.reports.replay_compared import place_name

VERSION = 1


def replay_json(replay: Replay) -> str:
    """One replay."""
    return _written({"format": "tierlang replay", "version": VERSION, "replays": [_replay(replay)]})


def comparison_json(compared: Comparison) -> str:
    """Two replays of one past, and where they end differently."""
    whole = {
        "format": "tierlang replay",
        "version": VERSION,
        "replays": [_replay(compared.here), _replay(compared.there)],
        "matrix": [{"here": here, "there": there, "accounts": number} for here, there, number in compared.matrix],
        "differing": compared.differing,
        "elsewhere": [
            {
                "key": each.key,
                "here": place_name(each.here, held=each.held_here),
                "there": place_name(each.there, held=each.held_there),
                "why_here": each.why_here,
                "why_there": each.why_there,
            }
            for each in compared.elsewhere
        ],
    }
    return _written(whole)


def _written(whole: dict[str, Any]) -> str:
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _replay(replay: Replay) -> dict[str, Any]:
    return {
        "rules": replay.rules,
        "ruleset": replay.title,
        "ruleset_version": replay.version,
        "tiers": list(replay.tiers),
        "dates": [_day(day) for day in replay.days],
        "stability": {
            "kept": replay.kept,
            "steps": replay.steps,
            "tiers": [
                {
                    "tier": each.tier,
                    "kept": each.kept,
                    "steps": each.steps,
                    "stays_ended": each.ended,
                    "median_days": each.median,
                    "stays_running": each.running,
                    "median_days_so_far": each.so_far,
                }
                for each in replay.tenures
            ],
        },
        "flapping": {
            "within": replay.within,
            "accounts": replay.returned,
            "returns": replay.returns,
            "worst": [
                {
                    "key": each.key,
                    "returns": each.returns,
                    "course": [{"since": day.isoformat(), "tier": tier} for day, tier in each.course],
                }
                for each in replay.flapping
            ],
        },
        "capacities": [_peak(each) for each in replay.peaks],
    }


def _day(day: Day) -> dict[str, Any]:
    return {
        "as_of": day.as_of.isoformat(),
        "snapshot": day.snapshot,
        "occasion": day.occasion,
        "accounts": day.accounts,
        "held": day.held,
        "new": day.new,
        "up": day.up,
        "down": day.down,
        "in": day.entered,
        "out": day.left,
        "placed_again": day.placed,
        "excluded": day.excluded,
        "closed": day.closed,
        "absent": day.absent,
        "approved": day.approved,
        "waiting": dict(day.waiting),
        "moved_share": round(day.counted / day.held, 6) if day.held else None,
        "rows_left_aside": day.aside,
        "over_breaker": day.over_breaker,
        "holders": [{"tier": tier, "accounts": number} for tier, number in day.holders],
        "capacities": [
            {
                "tier": each.tier,
                "capacity": each.what.removeprefix("capacity "),
                "group": each.group,
                "used": _number(each.used, summed=each.summed),
                "wanted": _number(each.wanted, summed=each.summed),
                "seats": _number(each.seats, summed=each.summed),
            }
            for each in day.seats
        ],
    }


def _peak(each: Peak) -> dict[str, Any]:
    return {
        "tier": each.tier,
        "capacity": each.what.removeprefix("capacity "),
        "seats": _number(each.seats, summed=each.summed),
        "most_used": _number(each.used, summed=each.summed),
        "most_used_on": each.at.isoformat(),
        "most_wanted": _number(each.wanted, summed=each.summed),
        "most_wanted_on": each.wanted_at.isoformat(),
        "dates": each.dates,
        "dates_full": each.full,
        "dates_over": each.over,
    }


def _number(number: int, *, summed: bool) -> int | float:
    """Heads as they are; a sum, which stands in 1/10,000ths, as the number it means."""
    return float(number_text(number)) if summed else number
