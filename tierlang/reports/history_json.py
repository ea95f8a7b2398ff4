"""One account's life for machines, as JSON."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tierlang.program.numbers import number_text
from tierlang.reports.history_facts import History, Observed, Stay, Step

VERSION = 1


def history_json(history: History) -> str:
    """Everything that the timeline tells."""
    holds = history.holds
    whole = {
        "format": "tierlang history",
        "version": VERSION,
        "key": history.key,
        "ledger": history.ledger,
        "last_run": history.last_run,
        "last_as_of": history.last_as_of.isoformat(),
        "open": holds is not None,
        "tier": holds.begun.tier_now if holds else None,
        "since": holds.start.isoformat() if holds else None,
        "lives": [{"stays": [_stay(stay) for stay in life]} for life in history.lives],
        "scores": {each.name: _values(each) for each in history.scores},
        "signals": {each.name: _values(each) for each in history.signals},
        "renamed": [
            {"kind": each.kind, "old": each.old, "new": each.new, "run": each.run, "as_of": each.as_of.isoformat()}
            for each in history.renamed
        ],
        "breaker_overrides": [
            {"run": each.run, "as_of": each.as_of.isoformat(), "reason": each.reason} for each in history.overrides
        ],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _stay(stay: Stay) -> dict[str, Any]:
    return {
        "tier": stay.begun.tier_now,
        "start": stay.start.isoformat(),
        "end": _day(stay.end),
        "days": None if stay.end is None else (stay.end - stay.start).days,
        "begun": _step(stay.begun),
        "meanwhile": [_step(each) for each in stay.notes],
        "ended": None if stay.ended is None else _step(stay.ended),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "run": step.run,
        "as_of": step.as_of.isoformat(),
        "review": step.review,
        "freeze": step.freeze,
        "ruleset": step.ruleset,
        "ruleset_version": step.version,
        "rules": step.rules,
        "kind": step.kind,
        "cause": step.cause,
        "trigger": step.trigger,
        "from_tier": step.from_tier,
        "tier": step.tier,
        "base": step.base,
        "settled_until": _day(step.settled_until),
        "pinned": step.pinned,
        "absences": step.absences,
        "score": None if step.score is None else float(number_text(step.score)),
        "reason": step.reason,
        "word": step.word,
        "approver": step.approver,
    }


def _values(observed: Observed) -> list[dict[str, Any]]:
    return [
        {"at": at.isoformat(), "value": float(number_text(value)) if isinstance(value, int) else value}
        for at, value in observed.values
    ]


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
