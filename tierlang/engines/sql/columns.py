"""The columns that a result can have: their names, their usual order, and what each of them shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import Enum

import attrs

from tierlang.program.nodes import Ladder, Program


class Sort(Enum):
    """What stands in a column."""

    KEY = "key"
    TIER = "tier"
    LABEL = "label"
    SCORE = "score"
    RANK = "rank"
    CLUSTER = "cluster"
    MARKS = "marks"
    REASON = "reason"
    EXCLUDED = "excluded"
    UNCOVERED = "uncovered"
    OWNER = "owner"
    PLAY = "play"
    PLAYS = "the places of the plays that are for the account"
    FIELD = "field"


@attrs.frozen
class Shown:
    """What a column shows: of which ladder, for which score, field or function, and the fields and scores that it is made of."""

    sort: Sort
    ladder: int = 0
    name: str = ""
    made_of: tuple[str, ...] = ()


def columns_of(program: Program, carry: Sequence[str]) -> dict[str, Shown]:
    """All columns that a result can have, in their usual order; `carry` are fields of the account to be shown."""
    own = {
        **{each.value: Shown(each) for each in (Sort.RANK, Sort.CLUSTER)},
        **({"marks": Shown(Sort.MARKS)} if program.marks else {}),
        **{each.value: Shown(each) for each in (Sort.REASON, Sort.EXCLUDED, Sort.UNCOVERED)},
        **dict(_staffing(0, program.ladders[0], "")),
    }
    found = {each.value: Shown(each) for each in (Sort.KEY, Sort.TIER, Sort.LABEL)}
    views: dict[str, Shown] = {}
    for position, ladder in enumerate(program.ladders[1:], start=1):
        views.update(_view(position, ladder, {*found, *own, *views}))
    for score in program.scores:
        found[_free(score.name, {*found, *own, *views}, "score")] = Shown(Sort.SCORE, 0, score.name, (score.name,))
    found.update(own)
    found.update(views)
    for name in carry:
        found[_free(name, found, "account")] = Shown(Sort.FIELD, 0, name, (name,))
    return found


def score_column(columns: dict[str, Shown], name: str) -> str:
    """The column that shows a score."""
    return next(column for column, shown in columns.items() if shown.sort is Sort.SCORE and shown.name == name)


def _view(position: int, ladder: Ladder, taken: Collection[str]) -> dict[str, Shown]:
    """The columns of a ladder after the first, all named after it."""
    name = ladder.name or f"ladder_{position + 1}"
    sorts = [
        Sort.LABEL,
        Sort.RANK,
        *([Sort.CLUSTER] if any(tier.cluster for tier in ladder.tiers) else []),
        Sort.REASON,
        *([Sort.UNCOVERED] if any(tier.coverage for tier in ladder.tiers) else []),
    ]
    while True:
        found = {name: Shown(Sort.TIER, position)}
        found.update((f"{name}_{each.value}", Shown(each, position)) for each in sorts)
        found.update(_staffing(position, ladder, f"{name}_"))
        if not any(column in taken for column in found):
            return found
        name = f"ladder_{name}"


def _staffing(position: int, ladder: Ladder, prefix: str) -> Iterator[tuple[str, Shown]]:
    """Owners and plays, a column for each function."""
    owners: dict[str, tuple[str, ...]] = {}
    for owner in (owner for tier in ladder.tiers for owner in tier.owners):
        before = owners.setdefault(owner.function, ())
        if owner.field is not None:
            owners[owner.function] = (*before, owner.field.name)
    for function, fields in owners.items():
        yield f"{prefix}owner_{function}", Shown(Sort.OWNER, position, function, fields)
    for function in dict.fromkeys(play.function for tier in ladder.tiers for play in tier.plays):
        yield f"{prefix}play_{function}", Shown(Sort.PLAY, position, function)


def _free(name: str, taken: Collection[str], prefix: str) -> str:
    while name in taken:
        name = f"{prefix}_{name}"
    return name
