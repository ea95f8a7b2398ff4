"""Ladders: their tiers with all that these say, adjustments, and pins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import attrs

from tests.strategies.dice import Dice
from tests.strategies.lines import any_line, contiguous, top_of
from tests.strategies.pools import LABELS
from tests.strategies.seats import capacities_of
from tests.strategies.tier_conditions import on_tiers
from tests.strategies.writing import NamedColumn, Writer
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.values import Kind

TIERS = (("one", "two", "three", "four", "five"), ("gold", "one", "open"), ("select", "two", "one", "late"))
NAMES = (None, "segment", "coverage")
Names = Mapping[int, Sequence[str]]


def _cluster(writer: Writer) -> n.Cluster:
    dice = writer.dice
    column = dice.pick([column for column in writer.named if column.kind is not Kind.TAGS])
    rows = [n.ClusterRow(f"c{at}", dice.pick(LABELS), writer.test_of(column)) for at in range(1 + dice.below(3))]
    if dice.huge or dice.wild == "cluster":
        rows.append(n.ClusterRow("big", None, writer.decision("cluster", 1)))
    return n.Cluster(column.read, tuple(rows), dice.pick((None, "others")))


def _extras(writer: Writer, tier: n.Tier, people: Sequence[n.Owner]) -> n.Tier:
    """What a tier says besides whom it takes."""
    dice = writer.dice
    inputs = [column.read for column in writer.named if isinstance(column.read, x.Input)]
    texts = [field for field in inputs if field.kind is Kind.TEXT]
    owners = [n.TierOwner("sales", dice.pick(people), None)]
    if dice.chance(3):
        owners.append(n.TierOwner("marketing", None, dice.pick(texts)))
    return attrs.evolve(
        tier,
        label=dice.pick(LABELS),
        coverage=tuple(dict.fromkeys(dice.some(inputs[1:], 1, 2))) if len(inputs) > 1 and dice.chance(3) else (),
        cluster=_cluster(writer) if dice.wild == "cluster" or dice.chance(3) else None,
        owners=tuple(owners),
        exits=("When it's over",) if dice.chance(8) else (),
    )


def _tiers(
    writer: Writer, by: NamedColumn | None, called: Sequence[str], placed: Names, *, unique: bool, separate: bool
) -> list[n.Tier]:
    """Tiers without extras; at most one `otherwise`, anywhere. Gates may ask for the tiers of ladders that are `placed` before."""
    dice = writer.dice
    touching = separate or dice.chance(3)
    lines = contiguous(dice, len(called)) if by is not None and touching else []
    tiers = []
    for at, name in enumerate(called):
        line = top = gate = None
        if lines and at < len(lines):
            line = lines[at]
        elif separate:
            break
        elif by is not None and not dice.chance(2):
            line = any_line(dice, by.pool)
        elif not unique and not dice.chance(3):
            top = top_of(writer, by.read if by else None)
        if (line is None and top is None) or dice.chance(2):
            gate = on_tiers(writer, placed, "gate")
        tiers.append(n.Tier(name, line=line, top=top, gate=gate))
    if dice.chance(2):
        place = len(tiers) - 1 if dice.chance(2) else dice.below(len(tiers))
        tiers[place] = n.Tier(tiers[place].name, otherwise=True)
    return tiers


@attrs.define
class Adjustments:
    """Raises and lowers, floors, caps."""

    shifts: tuple[n.Shift, ...] = ()
    floors: tuple[n.Bound, ...] = ()
    caps: tuple[n.Bound, ...] = ()


def _adjustments(writer: Writer, tiers: Sequence[n.Tier], readable: Names) -> Adjustments:
    dice = writer.dice
    if (dice.wild != "adjustment" and dice.focus != "ladders" and dice.chance(3)) or dice.focus == "facts":
        return Adjustments()
    found = Adjustments()
    for _ in range((3 if dice.focus else 1) + dice.below(5)):
        when = on_tiers(writer, readable, "adjustment")
        shown = dice.pick((when.text, when.text, dice.text("Because")))
        sort, tier = dice.pick((0, 2, 3, 1)), dice.pick(tiers).name
        if sort == 2:
            found.floors = (*found.floors, n.Bound("floor", tier, when, shown))
        elif sort == 3:
            found.caps = (*found.caps, n.Bound("cap", tier, when, shown))
        else:
            found.shifts = (*found.shifts, n.Shift(dice.pick((1, -1, 2, -2, 5)), when, shown))
    return found


def ladder_of(
    writer: Writer,
    position: int,
    people: Sequence[n.Owner],
    certain: Sequence[x.Input | x.Defined],
    placed: Names,
) -> n.Ladder:
    """The ladder at this position of the program, without plays; `placed` are the ladders that it may read."""
    dice = writer.dice
    numbers = [column for column in writer.named if column.kind.is_numeric]
    scores = [column for column in numbers if isinstance(column.read, x.Defined)]
    by = None if dice.chance(6) else dice.pick((scores if scores and not dice.chance(4) else numbers)[::-1])
    unique = dice.chance(4)
    separate = unique and by is not None and dice.chance(2)
    count = dice.pick((2, 3, 4, 5, 1) if position == 0 else (2, 1, 3))
    called = TIERS[position][: {"ladders": max(3, count), "facts": 1}.get(dice.focus or "", count)]
    tiers = _tiers(writer, by, called, placed, unique=unique, separate=separate)
    names = [tier.name for tier in tiers]
    full = [
        attrs.evolve(
            _extras(writer, tier, people),
            capacities=() if not dice.chance(2 + position) else capacities_of(writer, names[at + 1 :], certain),
        )
        for at, tier in enumerate(tiers)
    ]
    ordered = [column.read for column in writer.named if column.kind is not Kind.TAGS]
    keys = (
        [n.RankKey(read, dice.chance(2)) for read in dict.fromkeys(dice.some(ordered, 1, 2))] if dice.chance(3) else []
    )
    adjustments = _adjustments(writer, tiers, {**placed, position: names})
    return n.Ladder(
        name=NAMES[position] or dice.pick((None, None, "abm")),
        label=dice.pick(LABELS),
        by=by.read if by else None,
        tiers=tuple(full),
        rank_by=tuple(keys),
        unique=unique,
        separate=separate or not unique,
        rest_untiered=not any(tier.otherwise for tier in tiers),
        capacities=capacities_of(writer, (), certain, whole=True) if dice.chance(4 + 2 * position) else (),
        shifts=adjustments.shifts,
        floors=adjustments.floors,
        caps=adjustments.caps,
    )


def ladders_of(
    writer: Writer, people: Sequence[n.Owner], certain: Sequence[x.Input | x.Defined]
) -> tuple[tuple[n.Ladder, ...], tuple[int, ...]]:
    """One to three ladders, and the order in which they are placed: each may read those before it in that order."""
    dice = writer.dice
    few: tuple[tuple[int, ...], ...] = ((0,), (0, 1), (1, 0), (0,))
    order = dice.pick(
        ((0,),)
        if dice.focus == "facts"
        else few
        if dice.focus
        else ((0,), (0, 1), (1, 0), (0,), (0,), (2, 0, 1), (0,), (0,), (0,), (0, 1), (0,), (1, 2, 0))
    )
    placed: dict[int, Sequence[str]] = {}
    made: dict[int, n.Ladder] = {}
    for position in order:
        made[position] = ladder_of(writer, position, people, certain, placed)
        placed[position] = [tier.name for tier in made[position].tiers]
    ladders = [made[position] for position in range(len(order))]
    return tuple(attrs.evolve(each, tiers=_with_plays(writer, each, placed)) for each in ladders), order


def _with_plays(writer: Writer, ladder: n.Ladder, readable: Names) -> tuple[n.Tier, ...]:
    dice = writer.dice
    tiers = []
    for tier in ladder.tiers:
        plays = [n.Play("marketing", "It's a play"), n.Play("marketing", "Ünd 2"), n.Play("sales", "Call", "phone")]
        if dice.wild == "play when" or dice.chance(4):
            plays[dice.below(3)] = n.Play("marketing", "Only some", when=on_tiers(writer, readable, "play when"))
            plays.append(n.Play("success", "Not these", when=on_tiers(writer, readable, "play when")))
            tiers.append(attrs.evolve(tier, plays=tuple(plays)))
        else:
            tiers.append(attrs.evolve(tier, plays=tuple(plays) if dice.chance(4) else ()))
    return tuple(tiers)


def marks_of(writer: Writer, readable: Names) -> tuple[n.Mark, ...]:
    """Marks, which may read everything."""
    dice = writer.dice
    count = dice.pick((0, 1, 0, 2)) or int(dice.wild == "mark when")
    names = ("surging", "it")[:count]
    return tuple(n.Mark(name, on_tiers(writer, readable, "mark when"), dice.pick(LABELS)) for name in names)


def pins_of(
    dice: Dice, keys: Sequence[str], tiers: Sequence[n.Tier], people: Sequence[n.Owner], as_of: dt.date
) -> list[n.Pin]:
    """Pins into tiers of the first ladder, some of nobody."""
    pins: dict[str, n.Pin] = {}
    for _ in range(dice.pick((0, 2, 1, 5))):
        key = dice.pick((*keys, "nobody", "it's nobody"))
        until = dice.pick((None, as_of, as_of + dt.timedelta(days=1), as_of - dt.timedelta(days=1)))
        owner = dice.pick((None, *people))
        pins.setdefault(
            key, n.Pin(key, dice.pick((tiers[0], *tiers)).name, until, owner, dice.pick((None, 'because it\'s "said"')))
        )
    return list(pins.values())
