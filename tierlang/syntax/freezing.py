"""Freezes as people write them: `freeze from 2026-12-15 to 2027-01-02`, `freeze "Year end" 2026-12-15`."""

from __future__ import annotations

import re

import attrs

from tierlang.diagnostics.diagnostic import Edit, Fix
from tierlang.syntax.expecting import instead, is_name
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import Token

_JOINTS = ("to", "until", "till", "and", "through", "thru", "-", "–", "—", "−", "..", "...", "…", "..<", "/")
_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


def freeze_range(place: Place) -> Mend | None:
    """`freeze 2026-12-15 to 2027-01-02`, `freeze 2026-12-15 .. 2027-01-02` for `freeze 2026-12-15..2027-01-02`."""
    joint, first, last = place.token, place.before, place.after()
    if first is None or joint.first or not place.follows("FREEZE", "DATE"):
        return None
    if joint.text == "..<":
        words = "both days of a freeze are in it"
        hint = f"write `{first.text}..` and the last day on which nobody moves"
        said = complaint("unexpected-text", place.span(), words, hint)
        return Mend(said, (renamed(joint, "DOTS", ".."),), drop=1, guess=True)
    if last.kind == "DATE" and joint.text in _JOINTS:
        span = place.span(first, last)
        written = f"{first.text}..{last.text}"
        said = complaint(
            "unexpected-text",
            span,
            f"the days of a freeze are written as a range: `{written}`",
            write="..",
            title=f"write `{written}`",
            on=place.source.span(first.end, last.start),
        )
        return Mend(said, (renamed(joint, "DOTS", ".."),), drop=1)
    if joint.kind in ("DOTS_OPEN", "DOTS"):
        hint = f"write its last day too: `{first.text}..2027-01-02`, or take out `..` for a single day"
        said = complaint("unexpected-text", place.span(first, joint), "a freeze has an end", hint)
        return Mend(said, drop=1, guess=True)
    if joint.kind == "COMMA" and last.kind == "DATE":
        return instead(place, [joint], [("FREEZE", "freeze")], "each freeze has a line of its own", back=0)
    return None


def glued_days(place: Place) -> Mend | None:
    """`freeze 2026-12-15-2027-01-02`, which is read as numbers."""
    if not place.follows("FREEZE") or place.token.kind != "NUMBER":
        return None
    match = re.match(rf"({_ISO})\s*[-–—]\s*({_ISO})", place.source.text[place.token.start :])
    if match is None:
        return None
    start = place.token.start
    count = 1
    while place.after(count).start < start + match.end():
        count += 1
    span = place.source.span(start, start + match.end())
    written = f"{match[1]}..{match[2]}"
    words = complaint(
        "unexpected-text", span, f"the days of a freeze are written as a range: `{written}`", write=written
    )
    middle = start + match.end(1)
    days = Token("DATE", match[1], start, middle), Token("DATE", match[2], start + match.start(2), span.end)
    return Mend(words, (days[0], Token("DOTS", "..", middle, middle), days[1]), drop=count)


def label_before_days(place: Place) -> Mend | None:
    """`freeze "Year end" 2026-12-15..2027-01-02`, `freeze year_end 2026-12-15`: the label stands behind the days."""
    if not place.follows("FREEZE"):
        return None
    count = 0
    if is_name(place, place.token) and place.after().kind in ("DATE", "TEXT"):
        count = 1
    label = place.after(count) if place.after(count).kind == "TEXT" else None
    if not count and label is None:
        return None
    count += label is not None
    lead = 1 if place.after(count).text in ("from", "on", "between", "is", ":", "=") else 0
    end = _days(place, count + lead)
    if end is None:
        return None
    first, days = place.token, place.span(place.after(count + lead), place.after(end - 1))
    text = label.text if label else f'"{first.text}"'
    taken = place.source.span(first.start, days.start)
    behind = place.source.span(days.end, days.end)
    words = (
        "the label of a freeze stands behind its days"
        if first is label
        else "a freeze has no name, only a label behind its days"
    )
    said = complaint("unexpected-text", place.span(first, place.after(count - 1)), words)
    fix = Fix("put the label there", (Edit(taken, ""), Edit(behind, f" {text}")), certain=label is first)
    tokens = [place.after(step) for step in range(count + lead, end)]
    return Mend(attrs.evolve(said, fixes=(fix,)), (*tokens, Token("TEXT", text, days.end, days.end)), drop=end)


def _days(place: Place, start: int) -> int | None:
    """Where the day or the days end that begin there."""
    if place.after(start).kind != "DATE" or place.after(start).first:
        return None
    if place.after(start + 1).text in _JOINTS and place.after(start + 2).kind == "DATE":
        return start + 3
    return start + 1


MENDS = (label_before_days, glued_days, freeze_range)
