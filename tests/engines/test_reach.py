"""What the generated cases reach: a differential test is worth as much as the cases it sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

import attrs
import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.strategies import Case, cases
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.program import expressions as x
from tierlang.program import nodes as n
from tierlang.program.expressions import Expression
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Stopped
from tierlang.program.values import Kind

# Hypothesis makes many examples of one run from each other; several runs see more.
SEEDS = range(10)
EXAMPLES = 80
EXPRESSIONS = {each.__name__ for each in get_args(Expression)}
NODES = {
    *(
        "Derive",
        "Percentile",
        "Score",
        "Weighing",
        "WeighLine",
        "PointSum",
        "PointLine",
        "PointTable",
        "TableRow",
        "BestOf",
    ),
    *(
        "Formula",
        "Exclusion",
        "Ladder",
        "Tier",
        "Line",
        "Top",
        "Capacity",
        "Cluster",
        "ClusterRow",
        "TierOwner",
        "Play",
        "Pin",
    ),
    *("RankKey", "Condition"),
}
OPERATORS = {
    *("Compare " + sign for sign in ("=", "!=", "<", "<=", ">", ">=")),
    *("Arithmetic " + sign for sign in "+-*/"),
    *("TextMatch " + sign for sign in ("contains", "starts with", "ends with")),
    *(
        "Extreme least skip",
        "Extreme greatest skip",
        "Extreme least strict",
        "Extreme greatest strict",
        "Constant None",
    ),
    *("AsOf plain", "AsOf back", "AsOf ahead", "long OneOf"),
}
PROGRAMS = {
    *(f"field of {kind.value}" for kind in Kind),
    *("field with bounds", "field open above", "field one of", "field with a default", "field required"),
    *(f"missing {policy}" for policy in ("share", "zero", "unscored", None)),
    *("share with a floor", "table without otherwise", "table without missing", "hidden derive", "unclamped score"),
    *(f"digits {digits}" for digits in range(5)),
    *("percentile where", "percentile per", "relative score", "relative derive"),
    *("by a score", "by a field", "by nothing", "rank ascending", "rank descending", "match unique checked"),
    *(
        "match unique proved",
        "overlapping lines",
        "rest untiered",
        "otherwise last",
        "otherwise earlier",
        "line with gate",
    ),
    *(
        "top with gate",
        "gate alone",
        "line open below",
        "top percent",
        "top count",
        "top by another",
        "top per",
        "line over",
    ),
    *("capacity per", "capacity total", "both capacities", "capacity minimum", "no seats", "capacity of otherwise"),
    *("overflow down", "overflow out", "overflow to", "coverage", "cluster otherwise", "owner from a field", "plays"),
    *("pin for ever", "pin with owner", "pin because"),
}
OUTCOMES = {
    *(
        "nobody",
        "one account",
        "many accounts",
        "faults",
        "conflicts",
        "excluded",
        "untiered",
        "unscored",
        "all placed",
    ),
    *(
        "tie at a top",
        "tie at a capacity",
        "tie in a group",
        "doubts",
        "ungrouped",
        "uncovered",
        "unclustered",
        "clustered",
    ),
    *(
        "pins unknown",
        "pins expired",
        "pins excluded",
        "pinned",
        "in a top",
        "in a top of a group",
        "in a top of no value",
    ),
    *("moved down", "moved out", "moved twice", "overbooked", "short", "shared rank", "rank after missing keys"),
    *("placed by a line", "placed by line and gate", "placed by a gate", "fell to otherwise", "unscored otherwise"),
    *("number on a line's end", "clamped score"),
    *(f"fault of {word}" for word in ("derive", "score", "value", "excluded", "gate", "percentile", "cluster")),
}


def test_the_cases_reach_every_node_and_every_feature() -> None:
    reached: Counter[str] = Counter()

    for seed in SEEDS:

        @hypothesis.seed(seed)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(cases())
        def collect(case: Case) -> None:
            reached.update({*_in_nodes(case.program), *_in_program(case.program), *_in_outcome(case)})

        collect()
    wanted = EXPRESSIONS | NODES | OPERATORS | PROGRAMS | OUTCOMES
    assert sorted(wanted - reached.keys()) == []
    assert sorted(word for word in wanted if reached[word] < 2) == [], "reached only once: too thin to rely on"


def _everything(node: object) -> Iterator[object]:
    """Every node inside, itself first."""
    yield node
    if isinstance(node, tuple):
        for each in node:
            yield from _everything(each)
    for name in getattr(node, "__match_args__", ()):
        yield from _everything(getattr(node, name))


def _in_nodes(program: n.Program) -> Iterator[str]:
    for node in _everything(program):
        if attrs.has(type(node)):
            yield type(node).__name__
        match node:
            case x.Compare(operator=sign) | x.Arithmetic(operator=sign) | x.TextMatch(operator=sign):
                yield f"{type(node).__name__} {sign}"
            case x.Extreme(which=which, skip_missing=skip):
                yield f"Extreme {which} {'skip' if skip else 'strict'}"
            case x.Constant(value=None):
                yield "Constant None"
            case x.AsOf(offset=None):
                yield "AsOf plain"
            case x.AsOf(direction=direction):
                yield "AsOf ahead" if direction > 0 else "AsOf back"
            case x.OneOf(values=values) if len(values) > 4:
                yield "long OneOf"
            case n.Field(kind=kind):
                yield f"field of {kind.value}"
                yield from _marks(
                    {
                        "field with bounds": node.low is not None and node.high is not None,
                        "field open above": node.high_open,
                        "field one of": node.one_of,
                        "field with a default": node.default is not None,
                        "field required": node.required,
                    }
                )
            case n.Weighing(missing=policy, floor=floor):
                yield f"missing {policy}"
                yield from _marks({"share with a floor": floor})
            case n.PointTable():
                yield from _marks(
                    {"table without otherwise": node.otherwise is None, "table without missing": node.missing is None}
                )
            case n.Derive(hidden=True):
                yield "hidden derive"
            case n.Score(digits=digits):
                yield f"digits {digits}"
                yield from _marks({"unclamped score": node.low is None and node.high is None})
            case n.Percentile():
                yield from _marks({"percentile where": node.where, "percentile per": node.per})
            case n.Pin():
                yield from _marks(
                    {"pin for ever": node.until is None, "pin with owner": node.owner, "pin because": node.because}
                )


def _in_program(program: n.Program) -> Iterator[str]:
    ladder = program.ladders[0]
    yield from _marks(
        {
            "relative score": any(isinstance(each, n.Score) for each in program.relative),
            "relative derive": any(isinstance(each, n.Derive) for each in program.relative),
            "by a score": isinstance(ladder.by, x.Defined),
            "by a field": isinstance(ladder.by, x.Input),
            "by nothing": ladder.by is None,
            "rank ascending": any(key.ascending for key in ladder.rank_by),
            "rank descending": any(not key.ascending for key in ladder.rank_by),
            "match unique checked": ladder.unique and not ladder.separate,
            "match unique proved": ladder.unique and ladder.separate,
            "overlapping lines": not ladder.unique
            and sum(each.line is not None and each.line.high is None for each in ladder.tiers) > 1,
            "rest untiered": ladder.rest_untiered,
            "otherwise last": ladder.tiers[-1].otherwise,
            "otherwise earlier": any(each.otherwise for each in ladder.tiers[:-1]),
        }
    )
    for tier in ladder.tiers:
        yield from _in_tier(ladder, tier)


def _in_tier(ladder: n.Ladder, tier: n.Tier) -> Iterator[str]:
    yield from _marks(
        {
            "line with gate": tier.line and tier.gate,
            "top with gate": tier.top and tier.gate,
            "gate alone": tier.gate and not tier.line and not tier.top,
            "line open below": tier.line and tier.line.low is None,
            "line over": tier.line and tier.line.low_open,
            "top percent": tier.top and tier.top.percent is not None,
            "top count": tier.top and tier.top.count is not None,
            "top by another": tier.top and tier.top.by != ladder.by,
            "top per": tier.top and tier.top.per,
            "both capacities": len(tier.capacities) == 2,
            "capacity of otherwise": tier.otherwise and tier.capacities,
            "coverage": tier.coverage,
            "cluster otherwise": tier.cluster and tier.cluster.otherwise,
            "owner from a field": any(each.field for each in tier.owners),
            "plays": tier.plays,
        }
    )
    for capacity in tier.capacities:
        yield "capacity per" if capacity.per else "capacity total"
        yield f"overflow {capacity.overflow}"
        yield from _marks({"capacity minimum": capacity.minimum is not None, "no seats": capacity.seats == 0})


def _in_outcome(case: Case) -> Iterator[str]:
    count = len(case.accounts)
    yield from _marks({"nobody": count == 0, "one account": count == 1, "many accounts": count > 20})
    outcome = evaluate(case.program, case.accounts, case.as_of)
    if isinstance(outcome, Stopped):
        yield from _marks({"faults": outcome.fault_count, "conflicts": outcome.conflict_count})
        yield from (f"fault of {fault.where.split(' ')[0]}" for fault in outcome.faults)
        return
    yield from _in_summary(case, outcome)
    yield from _in_assignments(case, outcome)


def _in_summary(case: Case, outcome: Outcome) -> Iterator[str]:
    summary = outcome.summary
    yield from _marks(
        {
            "excluded": any(number for _, number in summary.excluded),
            "untiered": summary.own.untiered,
            "unscored": summary.own.unscored,
            "all placed": case.accounts and sum(each.count for each in summary.own.tiers) == len(case.accounts),
            "tie at a top": any(tie.what.startswith("top") for tie in summary.own.ties),
            "tie at a capacity": any(tie.what.startswith("capacity") for tie in summary.own.ties),
            "tie in a group": any(tie.group for tie in summary.own.ties),
            "doubts": summary.doubts,
            "ungrouped": summary.ungrouped,
            "uncovered": summary.own.uncovered,
            "unclustered": summary.own.unclustered,
            "pins unknown": summary.pins_unknown,
            "pins expired": summary.pins_expired,
            "pins excluded": summary.pins_excluded,
            "overbooked": any(each.overbooked for each in summary.own.seats),
            "short": any(each.short for each in summary.own.seats),
        }
    )


def _in_assignments(case: Case, outcome: Outcome) -> Iterator[str]:
    ladder = case.program.ladders[0]
    ranks = Counter(each.own.rank for each in outcome.assignments if each.own.rank)
    yield from _marks(
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
        reason = each.reason
        base = reason.split("; over capacity", 1)[0]
        by = ladder.by
        value = (
            None if by is None else each.scores.get(by.name) if isinstance(by, x.Defined) else account.values[by.name]
        )
        yield from _marks(
            {
                "clustered": each.own.cluster,
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


def _no_value(ladder: n.Ladder) -> Iterator[str]:
    return (f"{tier.top.per.name} no value" for tier in ladder.tiers if tier.top and tier.top.per)


def _marks(marks: dict[str, object]) -> Iterator[str]:
    return (word for word, there in marks.items() if there)
