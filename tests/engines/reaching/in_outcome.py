"""What became of the accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.engines.reaching.words import everything, there
from tests.strategies import Case
from tierlang.engines.interpreter.evaluate import Outcome
from tierlang.engines.interpreter.expressions import holds, value_of
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.placing import Path
from tierlang.engines.interpreter.population import read
from tierlang.engines.interpreter.scores import WeighedLine, score_of
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Placement, Stopped

OUTCOMES = {
    *("nobody", "one account", "many accounts", "faults", "conflicts", "conflicts of a view"),
    *("excluded", "untiered", "unscored", "all placed"),
    *("tie at a top", "tie at a capacity", "tie in a group", "tie over a ladder", "tie at a sum"),
    *("doubts", "ungrouped", "uncovered", "unclustered", "clustered"),
    *(f"doubt of {word}" for word in ("exclude", "score", "tier", "raise", "lower", "floor", "cap", "play", "mark")),
    *("pins unknown", "pins expired", "pins excluded", "pinned"),
    *("in a top", "in a top of a group", "in a top of no value"),
    *(
        "moved down",
        "moved out",
        "moved twice",
        "moved out by the ladder",
        "moved by a sum",
        "a number below 0 in a sum",
    ),
    *("overbooked", "overbooked sum", "overbooked ladder", "short", "short sum"),
    *("shared rank", "rank after missing keys"),
    *("placed by a line", "placed by line and gate", "placed by a gate", "fell to otherwise", "unscored otherwise"),
    *("number on a line's end", "clamped score"),
    *(f"{word} {where}" for word, where in (("raised", "to"), ("lowered", "to"), ("lowered", "out"))),
    *("floored at", "capped at", "capped out", "not raised", "not floored", "floored from no tier"),
    *(f"{word} past a gate that does not hold" for word in ("raised", "lowered", "floored", "capped")),
    *("shifts cancel out", "shifts clamped", "raised and capped", "lowered and floored", "floored and capped"),
    *("secured and over the seats", "secured where a cap put it", "held by a floor", "held where a cap put it"),
    *("shift that moved nobody", "raised and lost its seat", "capped and lost its seat", "floor beside a stronger one"),
    *("marked", "marked without a tier", "play for some", "play left out", "different tiers on two ladders"),
    *("looked up", "nothing looked up", "no weight applies", "weight does not apply", "weight unknown"),
    *(f"fault of {word}" for word in ("derive", "score", "value", "excluded", "gate", "percentile", "cluster")),
    *(f"fault of {word}" for word in ("figure", "sustained", "adjustment", "play", "mark", "a sum", "points")),
}


def in_outcome(case: Case, outcome: Outcome | Stopped) -> Iterator[str]:
    """What became of a case."""
    count = len(case.accounts)
    yield from there({"nobody": count == 0, "one account": count == 1, "many accounts": count > 20})
    if isinstance(outcome, Stopped):
        yield from _in_stopped(case, outcome)
        return
    yield from _in_summary(case, outcome)
    yield from _in_assignments(case, outcome)
    for placed in outcome.placed:
        for path in placed.paths.values():
            yield from _in_path(placed.ladder, path)
    yield from _in_seats(outcome)


def _in_stopped(case: Case, stopped: Stopped) -> Iterator[str]:
    own = {tier.name for tier in case.program.ladders[0].tiers}
    view = any({each.first, each.second} - own for each in stopped.conflicts)
    yield from there({"faults": stopped.fault_count, "conflicts": stopped.conflict_count, "conflicts of a view": view})
    plain = {each.text: each for each in case.program.facts if not isinstance(each, n.Sustained) and each.where is None}
    for fault in stopped.faults:
        yield f"fault of {fault.where.split(' ')[0]}"
        match plain.get(fault.where):
            case n.Aggregate(function="sum"):
                yield "fault of a sum"
            case n.EventPoints():
                yield "fault of points"


def _in_path(ladder: n.Ladder, path: Path) -> Iterator[str]:
    facts = path.candidate.facts
    values = [value_of(each, facts.aside(), "") for each in _looked_up(facts.program)]
    yield from _in_weights(facts)
    yield from there({"looked up": any(each is not None for each in values), "nothing looked up": None in values})
    if path.adjusted is None:
        return
    shifted, floored, capped = path.adjusted.steps
    for step, words in ((shifted, ("raised", "lowered")), (floored, ("floored",)), (capped, ("capped",))):
        for word in words:
            said = step.words
            yield from there(
                {
                    f"{word} to": said.startswith(f"; {word} to"),
                    f"{word} at": said.startswith(f"; {word} at"),
                    f"{word} out": said.startswith(f"; {word} out"),
                    f"not {word}": said.startswith(f"; not {word}"),
                    f"{word} past a gate that does not hold": said.startswith(f"; {word}") and "conditions of" in said,
                }
            )
    held = [each for each in ladder.shifts if holds(each.when, facts.aside())]
    secured = path.adjusted.secured
    yield from there(
        {
            "shifts cancel out": len(held) > 1 and not shifted.words and path.base is not None,
            "floored from no tier": floored.before is None and floored.after is not None,
            "raised and capped": "raised" in shifted.words and capped.words,
            "lowered and floored": "lowered" in shifted.words and floored.words,
            "floored and capped": floored.words and capped.words,
            "secured where a cap put it": secured is not None and secured is capped.after is not capped.before,
            "held by a floor": path.adjusted.holding is not None,
            "held where a cap put it": path.adjusted.holding is not None and capped.words,
            "floor beside a stronger one": len(floored.held) > len(floored.causes) > 0,
            "shifts clamped": abs(sum(each.steps for each in held)) > len(ladder.tiers) and shifted.words,
        }
    )


def _in_weights(facts: Facts) -> Iterator[str]:
    for score in facts.program.scores:
        if isinstance(score.body, n.Weighing) and score.body.scaled:
            lines = [line for line in score_of(score, facts.aside()).lines if isinstance(line, WeighedLine)]
            yield from there(
                {
                    "no weight applies": not any(line.applies for line in lines),
                    "weight does not apply": any(line.applies is False for line in lines),
                    "weight unknown": any(line.applies is None for line in lines),
                }
            )


def _looked_up(program: n.Program) -> Iterator[x.LookedUp]:
    for each in everything((program.definitions, program.relative, program.marks, program.ladders)):
        if isinstance(each, x.LookedUp):
            yield each


def _in_seats(outcome: Outcome) -> Iterator[str]:
    for placed in outcome.placed:
        moves = [move for path in placed.paths.values() for move in path.candidate.moves]
        summed = [
            each.of
            for each in (*placed.ladder.capacities, *(c for t in placed.ladder.tiers for c in t.capacities))
            if each.of
        ]
        numbers = [read(of, path.candidate.facts) for path in placed.paths.values() for of in summed]
        yield from there(
            {
                "moved out by the ladder": any(move.tier is None for move in moves),
                "moved by a sum": any(move.capacity.of for move in moves),
                "a number below 0 in a sum": any(isinstance(number, int) and number < 0 for number in numbers),
                "overbooked sum": any(each.overbooked and each.summed for each in placed.seated.seats),
                "overbooked ladder": any(each.overbooked and each.tier is None for each in placed.seated.seats),
                "short sum": any(each.short and each.summed for each in placed.seated.seats),
                "tie over a ladder": any(tie.tier is None for tie in placed.seated.ties),
                "tie at a sum": any(" of " in tie.what for tie in placed.seated.ties),
            }
        )
        for seats in placed.seated.seats:
            tier = next((each for each in placed.ladder.tiers if each.name == seats.tier), None)
            secured = [path for path in placed.paths.values() if tier and path.candidate.secured is path.tier is tier]
            yield from there({"secured and over the seats": seats.overbooked and secured})


def _in_summary(case: Case, outcome: Outcome) -> Iterator[str]:
    summary = outcome.summary
    own = summary.own
    kinds = {text.split(" ")[0].rstrip(":") for text, _ in summary.doubts}
    yield from (f"doubt of {kind}" for kind in kinds)
    yield from there(
        {
            "excluded": any(number for _, number in summary.excluded),
            "untiered": own.untiered,
            "unscored": own.unscored,
            "all placed": case.accounts and sum(each.count for each in own.tiers) == len(case.accounts),
            "tie at a top": any(tie.what.startswith("top") for tie in own.ties),
            "tie at a capacity": any(tie.what.startswith("capacity") for tie in own.ties),
            "tie in a group": any(tie.group for tie in own.ties),
            "doubts": summary.doubts,
            "ungrouped": summary.ungrouped,
            "uncovered": own.uncovered,
            "unclustered": own.unclustered,
            "shift that moved nobody": any(each.held > each.moved for each in own.adjustments),
            "raised and lost its seat": any(each.lost and each.what.startswith("raise") for each in own.adjustments),
            "capped and lost its seat": any(each.lost and each.what.startswith("cap") for each in own.adjustments),
            "pins unknown": summary.pins_unknown,
            "pins expired": summary.pins_expired,
            "pins excluded": summary.pins_excluded,
            "overbooked": any(each.overbooked for each in own.seats),
            "short": any(each.short for each in own.seats),
        }
    )


def _in_assignments(case: Case, outcome: Outcome) -> Iterator[str]:
    ladder = case.program.ladders[0]
    ranks = Counter(each.own.rank for each in outcome.assignments if each.own.rank)
    yield from there(
        {
            "shared rank": any(number > 1 for number in ranks.values()),
            "rank after missing keys": ladder.rank_by and len(ranks) > 1,
            "clamped score": any(
                number in (0, 100 * SCALE) for each in outcome.assignments for number in each.scores.values()
            ),
        }
    )
    ends = {end for tier in ladder.tiers if tier.line for end in (tier.line.low, tier.line.high) if end is not None}
    for each, account in zip(outcome.assignments, case.accounts, strict=True):
        if each.excluded is not None:
            continue
        yield from _in_plays(case.program, each.placements)
        reason = each.reason
        base = reason.split("; over capacity", 1)[0]
        by = ladder.by
        value = (
            None if by is None else each.scores.get(by.name) if isinstance(by, x.Defined) else account.values[by.name]
        )
        yield from there(
            {
                "clustered": each.own.cluster,
                "marked": each.marks,
                "marked without a tier": each.marks and each.tier is None,
                "different tiers on two ladders": len({placement.tier for placement in each.placements}) > 1,
                "pinned": base.startswith("pinned"),
                "in a top": "in the top" in base,
                "in a top of a group": "in the top" in base and " with " in base,
                "in a top of no value": base.partition(" with ")[2].startswith(tuple(_no_value(ladder))),
                "moved down": "moved to" in reason,
                "moved out": "moved out" in reason,
                "moved twice": reason.count("; over capacity") > 1,
                "placed by a line": any(tier.line and base.endswith(f" in {tier.line.text}") for tier in ladder.tiers),
                "placed by line and gate": any(
                    tier.line and f" in {tier.line.text} and " in base for tier in ladder.tiers
                ),
                "placed by a gate": any(tier.gate and base == tier.gate.text for tier in ladder.tiers),
                "fell to otherwise": base.endswith("no other tier fits"),
                "unscored otherwise": base.endswith("is missing: no other tier fits"),
                "number on a line's end": value in ends,
            }
        )


def _in_plays(program: n.Program, placements: Sequence[Placement]) -> Iterator[str]:
    for ladder, placement in zip(program.ladders, placements, strict=True):
        tier = next((tier for tier in ladder.tiers if tier.name == placement.tier), None)
        if tier is not None:
            some = {at for at, play in enumerate(tier.plays) if play.when is not None}
            yield from there(
                {"play for some": some & set(placement.plays), "play left out": some - set(placement.plays)}
            )


def _no_value(ladder: n.Ladder) -> Iterator[str]:
    return (f"{tier.top.per.name} no value" for tier in ladder.tiers if tier.top and tier.top.per)
