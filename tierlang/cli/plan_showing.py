"""What is said of a plan besides its picture: its head as JSON for scripts, and what to do next."""

from __future__ import annotations

import json

import click

from tierlang.planning.header import Head
from tierlang.planning.plain_data import plain
from tierlang.reports.plan_matrix import matrix


def show_head(head: Head, *, err: bool = False) -> None:
    """The head as one JSON object, with the numbers that follow from it."""
    figures, breaker = head.figures, head.figures.breaker
    numbers = {
        "up": figures.moved("up"),
        "down": figures.moved("down"),
        "in": figures.moved("in"),
        "out": figures.moved("out"),
        "from_retired": figures.moved(None),
        "new": figures.new,
        "excluded": figures.excluded,
        "absent": figures.absent,
        "closed_as_absent": figures.closing,
        "merged": figures.merged,
        "waiting": {block: figures.waiting(block) for block in ("approval", "capacity", "cool-down", "freeze", "hold")},
    }
    judged = {"counted": breaker.counted, "holders": breaker.open_rows, "limit": breaker.limit, "open": breaker.open}
    cells = [{"from": old, "to": new, "accounts": number} for (old, new), number in matrix(figures).cells.items()]
    text = json.dumps(
        {**plain(head), "numbers": numbers, "breaker": judged, "matrix": cells}, indent=2, ensure_ascii=False
    )
    click.echo(text, err=err)


def ending_of(head: Head, output: str | None) -> list[str]:
    """What to do with the plan now."""
    if output is None:
        return ["Nothing was changed. Save the plan with -o plan.json to apply it."]
    if output == "-":
        return ["Nothing was changed."]
    said = [f"Saved as {output}. Nothing was changed; to carry it out: tierlang apply {output}"]
    asked = dict.fromkeys(each.trigger for each in head.figures.counts if each.waits == "approval")
    if asked:
        said.append(f"What waits for approval is approved there: {' '.join(f'--approve {name}' for name in asked)}")
    unseen = [each.path for each in head.inputs if not each.again]
    if unseen:
        said.append("What came through standard input or a pipe cannot be looked at again when the plan is applied.")
    return said
