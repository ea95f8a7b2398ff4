"""Rows that cannot be read, by cause: how many, what would fit, and the first places with their values."""

from __future__ import annotations

from tierlang.accounts.problems import CauseCount, Problem, Problems
from tierlang.reports.excerpt import visible
from tierlang.reports.words import count


def problems_text(problems: Problems) -> str:
    """Every cause with its count, what fits, and those of the first places that have it."""
    groups = problems.grouped()
    width = max(len(f"{cause.count:,}") for cause, _ in groups)
    blocks = [_block(cause, places, width) for cause, places in groups]
    return "\n".join(line for block in blocks for line in block)


def _block(cause: CauseCount, places: tuple[Problem, ...], width: int) -> list[str]:
    indent = " " * (width + 4)
    column = f'column "{visible(cause.heading)}"' if cause.heading is not None else "whole row"
    lines = [f"  {cause.count:>{width},}  {column}: {cause.cause.words}"]
    if cause.cause.fits:
        lines.append(f"{indent}fits: {cause.cause.fits}")
    rows = max([len(f"{place.row:,}") for place in places], default=0)
    for place in places:
        value = f"  {place.value}" if place.value is not None else ""
        detail = f"  {place.detail}" if place.detail else ""
        lines.append(f"{indent}{place.file}, row {place.row:>{rows},}{value}{detail}")
    more = cause.count - len(places)
    if more and places:
        lines.append(f"{indent}and {count(more, 'more place', 'more places')}")
    return lines
