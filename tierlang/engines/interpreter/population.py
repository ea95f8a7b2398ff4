"""What only the whole population can tell: percentiles, the best so many, and ranks."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar

import attrs

from tierlang.engines.interpreter.facts import Facts
from tierlang.program.expressions import Defined, Input
from tierlang.program.nodes import Ladder, Percentile, RankKey, Top
from tierlang.program.numbers import SCALE, half, number_text
from tierlang.program.outcome import CutTie
from tierlang.program.values import Value

T = TypeVar("T")


def read(name: Input | Defined, facts: Facts) -> Value:
    """The account's value of a field or a definition."""
    return facts.inputs[name.name] if isinstance(name, Input) else facts.defined[name.name]


def text_of(value: Value) -> str | None:
    """A value as people are shown it, None for a missing one."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case int():
            return number_text(value)
        case dt.date():
            return value.isoformat()
        case str():
            return value
        case tuple():
            return ", ".join(value)


def groups(per: Input | None, members: Iterable[Facts]) -> list[tuple[str | None, list[Facts]]]:
    """The members by their value of `per`, by the value's text bytewise, those without a value last; one group if there is no `per`."""
    return groups_of(per, members, lambda facts: facts)


def groups_of(per: Input | None, members: Iterable[T], facts: Callable[[T], Facts]) -> list[tuple[str | None, list[T]]]:
    """The same for what has facts."""
    if per is None:
        return [(None, list(members))]
    found: dict[str | None, list[T]] = {}
    for each in members:
        found.setdefault(text_of(read(per, facts(each))), []).append(each)
    return sorted(found.items(), key=lambda item: (item[0] is None, item[0] or ""))


def percentiles(percentile: Percentile, members: Iterable[Facts]) -> dict[str, int]:
    """By key, the percentile of each member that has the value; `members` are the eligible accounts that meet the percentile's `where`."""
    result: dict[str, int] = {}
    for _, group in groups(percentile.per, [facts for facts in members if read(percentile.of, facts) is not None]):
        values: list[Any] = sorted(read(percentile.of, facts) for facts in group)
        for facts in group:
            at_most = bisect_right(values, read(percentile.of, facts))
            result[facts.key] = half(100 * at_most, len(values)) * SCALE
    return result


class Descending:
    """A value that sorts the other way round."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: Descending) -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Descending) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)


Standing: TypeAlias = tuple[tuple[bool, Any], ...]


def standing(by: Input | Defined | None, rank_by: Sequence[RankKey], facts: Facts) -> Standing:
    """What an account is ordered by, key aside: `by` descending, then the rank keys, a missing value last in either direction."""
    keys = ([] if by is None else [RankKey(by)]) + list(rank_by)
    return tuple(_place(read(key.by, facts), key.ascending) for key in keys)


def _place(value: Value, ascending: bool) -> tuple[bool, Any]:
    if value is None:
        return (True, 0)
    return (False, value if ascending else Descending(value))


def ranks(ladder: Ladder, eligible: Iterable[Facts]) -> dict[str, int]:
    """By key, the competition rank of the accounts that have the ladder's score (of all, if it only ranks by other keys)."""
    if ladder.by is None and not ladder.rank_by:
        return {}
    ranked = [facts for facts in eligible if ladder.by is None or read(ladder.by, facts) is not None]
    order = sorted(standing(ladder.by, ladder.rank_by, facts) for facts in ranked)
    first: dict[Standing, int] = {}
    for position, place in enumerate(order, start=1):
        first.setdefault(place, position)
    return {facts.key: first[standing(ladder.by, ladder.rank_by, facts)] for facts in ranked}


@attrs.frozen
class TopGroup:
    """One group of a top: how many it takes, and how many have the value it goes by."""

    group: str | None
    size: int
    count: int


@attrs.frozen
class TopResult:
    """A top over the population: who is in, its groups by the text of `per`, and the ties that its cuts split."""

    inside: frozenset[str]
    groups: dict[str | None, TopGroup]
    ties: tuple[CutTie, ...]


def top(tier: str, line: Top, ladder: Ladder, eligible: Iterable[Facts]) -> TopResult:
    """The best so many of the eligible accounts that have the top's `by`, group by group."""
    found: dict[str | None, TopGroup] = {}
    inside: set[str] = set()
    ties: list[CutTie] = []
    for group, members in groups(line.per, [facts for facts in eligible if read(line.by, facts) is not None]):
        order = sorted((standing(line.by, ladder.rank_by, facts), facts.key) for facts in members)
        size = top_size(line, len(order))
        found[group] = TopGroup(group, size, len(order))
        inside.update(key for _, key in order[:size])
        ties.extend(tie_at_cut(tier, f"top {line.text}", group, order, size))
    return TopResult(frozenset(inside), found, tuple(ties))


def top_size(line: Top, count: int) -> int:
    """How many of so many a top takes."""
    if line.percent is not None:
        return (count * line.percent + 9_999) // 10_000
    assert line.count is not None
    return min(line.count, count)


def tie_at_cut(
    tier: str | None, what: str, group: str | None, order: Sequence[tuple[tuple[Any, ...], str]], cut: int
) -> list[CutTie]:
    """The tie, if the first `cut` of the accounts in order are parted from others that differ from them only by key."""
    if not 0 < cut < len(order) or order[cut - 1][0] != order[cut][0]:
        return []
    border = order[cut][0]
    inside = [key for place, key in order[:cut] if place == border]
    outside = [key for place, key in order[cut:] if place == border]
    return [CutTie(tier, what, group, len(inside), len(outside), tuple((inside + outside)[:5]))]
