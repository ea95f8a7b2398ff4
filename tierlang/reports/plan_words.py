"""A plan in words: what it does in numbers, what waits, how it stands to the breaker, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.suggest import listing
from tierlang.planning.header import Head
from tierlang.planning.movers import Group
from tierlang.program.numbers import number_text
from tierlang.reports.words import count, share

_BLOCKS = (
    ("approval", "for approval"),
    ("capacity", "for a seat"),
    ("cool-down", "for the end of a cool-down"),
    ("freeze", "for the end of the freeze"),
    ("hold", "for the end of a hold"),
)
_MOST = 5


def occasion_words(head: Head) -> str:
    """What sort of run it is."""
    if head.freeze is not None:
        label = f" ({head.freeze.label})" if head.freeze.label else ""
        return f"in a freeze until {head.freeze.end}{label}"
    if head.first:
        return "the first run"
    return "a review" if head.review else "between reviews"


def headlines(head: Head) -> Iterator[tuple[str, str]]:
    """The numbers, each with a word before it; nothing of what there is none."""
    figures = head.figures
    where = [
        ("up", "up"),
        ("down", "down"),
        ("in", "into the tiers"),
        ("out", "out of the tiers"),
        (None, "out of retired tiers"),
    ]
    moved = [f"{number:,} {words}" for way, words in where if (number := figures.moved(way))]  # type: ignore[arg-type]
    if moved or not head.first:
        yield "Moves", ", ".join(moved) or "none"
    if figures.new or head.first:
        yield "New", f"{figures.new:,}"
    closed = [
        (figures.excluded, "excluded"),
        (figures.closing, "absent at two reviews in a row"),
        (figures.merged, "merged into others"),
    ]
    if any(number for number, _ in closed):
        yield "Closed", ", ".join(f"{number:,} {words}" for number, words in closed if number)
    absent = figures.absent - figures.closing
    if absent:
        yield (
            "Absent",
            f"{count(absent, 'holder is', 'holders are')} not in the data, and {'keeps its tier' if absent == 1 else 'keep their tiers'}",
        )
    waiting = [f"{number:,} {words}" for block, words in _BLOCKS if (number := figures.waiting(block))]
    if waiting:
        yield "Waiting", ", ".join(waiting)
    if figures.merging:
        pairs = listing((f"{old} into {new}" for old, new in figures.merging), most=_MOST)
        yield "Merges", f"waiting, as the old account still stands in the data: {pairs}"
    if not head.first:
        yield "Breaker", breaker_words(head)
    if head.aside:
        yield "Aside", f"{count(head.aside, 'row')} with bad cells took no part; a holder among them counts as absent"


def breaker_words(head: Head) -> str:
    """How far the plan goes, and how far it may."""
    breaker = head.figures.breaker
    counted, rows = breaker.counted, breaker.open_rows
    going = f"{counted:,} of {count(rows, 'holder')} ({share(counted, rows)}) {'moves, leaves or is' if counted == 1 else 'move, leave or are'} absent"
    if breaker.limit is None:
        return f"{going}; the rules set no limit"
    limit = f"{number_text(breaker.limit * 100)}%"
    when = " at a review" if head.review else ""
    if breaker.open:
        return f"{going}: over the {limit} that may{when}; to apply it all the same, say why with --override-breaker"
    return f"{going}; {limit} may{when}"


def due_words(head: Head) -> Iterator[str]:
    """What comes next."""
    due = head.due
    if due.freeze_ends is not None:
        yield f"the freeze ends with {due.freeze_ends}"
    if due.review is not None:
        yield f"the next review is due on {due.review}"
    ending = [(day, number) for day, number in due.settled if due.review is None or day <= due.review]
    if ending:
        total = sum(number for _, number in ending)
        until = f" by {ending[-1][0]}, the first on {ending[0][0]}" if len(ending) > 1 else f" on {ending[0][0]}"
        yield f"{count(total, 'cool-down')} {'ends' if total == 1 else 'end'}{until}"
    if due.pins:
        first = listing((f"{key} (last day {until})" for key, until in due.pins), most=_MOST)
        yield f"{count(len(due.pins), 'pin')} {'ends' if len(due.pins) == 1 else 'end'}: {first}"


_TITLES = {
    "up": "Up, by the review",
    "down": "Down, by the review",
    "in": "Into the tiers, by the review",
    "out": "Out of the tiers, by the review",
    "pin": "Pinned elsewhere",
    "pin ended": "Elsewhere, as their pins have ended",
    "retired": "Elsewhere, as their tiers are retired",
    "merged": "In the place of accounts that are part of them now",
    "exclusion": "Excluded",
    "merged away": "Closed, as they are part of other accounts now",
    "closed": "Closed, as they are absent for the second review in a row",
    "absent": "Not in the data",
    "capacity": "Waiting for a seat",
    "cool-down": "Waiting for the end of a cool-down",
    "freeze": "Waiting for the end of the freeze",
    "hold": "Waiting for the end of a hold",
    "new": "New",
}


def group_title(head: Head, group: Group) -> str:
    """What a group of accounts has in common."""
    trigger = head.trigger(group.trigger)
    if trigger is None or group.sort not in ("trigger", "approval"):
        return _TITLES.get(group.sort, group.sort)
    name = trigger.name if trigger.shown == trigger.name else f"{trigger.name} ({trigger.shown})"
    if group.sort == "approval":
        return f"Waiting for approval by {trigger.approver_shown}: {trigger.direction}d by {name}"
    owner = f", owner {trigger.owner}" if trigger.owner else ""
    by = f", approved by {trigger.approver_shown}" if trigger.approver_shown else ""
    return f"{trigger.direction.capitalize()}d by {name}{owner}{by}"
