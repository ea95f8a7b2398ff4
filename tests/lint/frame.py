"""The frame that makes a ruleset of the few lines on a rule's page: what they name and do not declare, and what a ruleset cannot be without.

A tier that says nothing of owners, plays and exits gets all of them; one that says something is left as it is. The frame by itself is free of findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

HEADER = 'ruleset example "Example" {\n  reviewed 2026-10-01\n  review   every quarter\n}'
MOBILITY = "mobility {\n  cooldown 30 days\n}"

FIELDS = {
    "name": "text",
    "domain": "text",
    "industry": "text",
    "country": "text",
    "region": "text",
    "segment": "text",
    "employees": "whole in 0..",
    "revenue": "money in 0..",
    "arr": "money in 0..",
    "potential": "money in 0..",
    "fit": "number in 0..100 required",
    "worth": "number in 0..100 required",
    "intent": "number in 0..100 required",
    "customer": "flag default false",
    "newsletter": "flag default false",
    "on_hold": "flag default false",
    "touched": "date",
    "renewal": "date",
    "tech": "tags",
    "ae": "text",
    "sdr": "text",
}
FACTS = {
    "engagement": "event engagement { field channel text  field role text }",
    "meeting": "event meeting { field role text }",
    "demo_request": "event demo_request",
    "webinar": "event webinar",
    "order": "event order { field amount money in 0..  field stage text }",
    "surge": "signal surge number in 0..100 lasts 14 days",
}
OWNERS = {
    "dana": 'owner dana "Dana Lee" { email "dana@example.com"  team "Marketing" }',
    "sam": 'owner sam "Sam Ortiz" { email "sam@example.com"  team "Sales" }',
    "marcus": 'owner marcus "Marcus Bell" { email "marcus@example.com"  team "Customer success" }',
}
STAFF = """
    owner marketing dana
    owner sales sam
    owner success marcus
    play marketing "Campaign for {tier}"
    play sales "Outreach for {tier}"
    play success "Care for {tier}"
    exit "Misses the line of {tier} at a review"
"""

_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"|#[^\n]*')
_TIER = re.compile(r'\btier\s+(\w+)[^{}"]*("(?:[^"\\]|\\.)*")?\s*\{')


def completed(fragment: str) -> str:
    """The ruleset around a fragment. Its own lines stay where they are, but for what is put into blocks that lack it."""
    text = _staffed(fragment)
    if not _declares(text, "tiers"):
        text = f"{text}\n{_tiers(_last_score(text))}"
    if re.search(r"^tiers[^{]*\bby priority\b", text, re.MULTILINE) and not _declares(text, "score priority"):
        text += "\nscore priority {\n  range 0..100\n  weigh 40% fit\n  weigh 30% worth\n  weigh 30% intent\n}\n"
    if not _declares(text, "ruleset"):
        text += f"\n{HEADER}\n" if _declares(text, "mobility") else f"\n{HEADER}\n{MOBILITY}\n"
    text += "".join(f"\n{each}\n" for each in _named(text, FACTS, ("event", "signal")))
    text += "".join(f"\n{each}\n" for each in _named(text, OWNERS, ("owner",)))
    return _with_account(text)


def _declares(text: str, words: str) -> bool:
    return re.search(rf"^{words}\b", text, re.MULTILINE) is not None


def _named(text: str, known: dict[str, str], heads: Iterable[str]) -> list[str]:
    """Those that the text names without declaring them."""
    plain = _TEXTS.sub("", text)
    return [
        whole
        for name, whole in known.items()
        if re.search(rf"(?<![\w.]){name}\b", plain) and not any(_declares(text, f"{head} {name}") for head in heads)
    ]


def _last_score(text: str) -> str:
    scores = re.findall(r"^score (\w+)", text, re.MULTILINE)
    return scores[-1] if scores else "priority"


def _tiers(score: str) -> str:
    return _staffed(f"tiers by {score} {{\n  tier one {{ range 50.. }}\n  tier two {{ otherwise }}\n}}")


def _staffed(text: str) -> str:
    """The tiers of the first ladder with people and plays, where they have none."""
    start = re.search(r"^tiers\b", text, re.MULTILINE)
    if start is None:
        return text
    end = _closing(text, text.index("{", start.end()))
    made, at = text[: start.start()], start.start()
    for tier in _TIER.finditer(text, start.start(), end):
        close = _closing(text, tier.end() - 1)
        if not re.search(r"^\s*(owner|play|exit)\b", text[tier.end() : close], re.MULTILINE):
            made += text[at:close] + STAFF.replace("{tier}", tier[1])
            at = close
    return made + text[at:]


def _closing(text: str, opening: int) -> int:
    """Where the brace that opens here closes."""
    plain = _TEXTS.sub(lambda found: " " * len(found[0]), text)
    depth = 0
    for at in range(opening, len(plain)):
        depth += {"{": 1, "}": -1}.get(plain[at], 0)
        if depth == 0:
            return at
    raise AssertionError(f"a brace is not closed in:\n{text}")


def _with_account(text: str) -> str:
    """The account with a key, and the fields that the text names without declaring them."""
    declared = set(
        re.findall(r"^\s*(?:field|derive|score|let|list|owner|event|signal|lookup)\s+(\w+)", text, re.MULTILINE)
    )
    declared |= set(re.findall(r"\b(?:field|derive)\s+(\w+)", text))
    wanted = [line for line in _named(text, {name: name for name in FIELDS}, ()) if line not in declared]
    lines = [f"  field {name} {FIELDS[name]}" for name in wanted]
    if not re.search(r"^\s*(account\s*\{\s*)?key\s+\w+\s+text", text, re.MULTILINE):
        lines.insert(0, "  key id text")
    found = re.search(r"^account\b", text, re.MULTILINE)
    if found is None:
        return text + "\naccount {\n" + "\n".join(lines) + "\n}\n"
    opening = text.index("{", found.end()) + 1
    return text[:opening] + "".join(f"\n{line}" for line in lines) + text[opening:]
