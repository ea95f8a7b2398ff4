"""What a ruleset can decide: every tier, score line, exclusion, gate, adjustment, play, mark, trigger, hold and `keep while`, with each way in which it can come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

import attrs

from tierlang.analysis.claims import both, fails, holds, satisfies, takes
from tierlang.engines.interpreter.adjusting import Adjusted
from tierlang.engines.interpreter.expressions import value_of
from tierlang.program.expressions import Expression, reads_tiers
from tierlang.program.nodes import Bound, Condition, Ladder, Play, Program, Shift, Tier
from tierlang.source import Span
from tierlang.testing.mobility_chances import Lasting, mobility_chances
from tierlang.testing.results import Ran
from tierlang.testing.score_chances import Counted, score_lines
from tierlang.testing.tier_claims import ends_in, plain, settled

Sort: TypeAlias = Literal[
    "tiers", "score lines", "exclusions", "gates", "adjustments", "plays", "marks", "triggers", "holds", "keeps"
]

SORTS: tuple[Sort, ...] = (
    *("tiers", "score lines", "exclusions", "gates", "adjustments", "plays", "marks"),
    *("triggers", "holds", "keeps"),
)


@attrs.frozen
class Chance:
    """One way in which one thing of the ruleset can come out: `never` says that no test shows it (`never true`).

    `seen` tells whether a run shows it. `claims` are what to ask of a single account to find one that shows it, the most direct first; where none is possible,
    `exact` tells that this is a proof. `expects` are lines (after the word `expect`) that a test of it should have besides the tier. `needs` says what a test of it needs that no proposal has.
    """

    sort: Sort
    what: str
    never: str
    span: Span | None
    seen: Callable[[Ran], bool] = attrs.field(eq=False, repr=False)
    claims: tuple[Expression, ...]
    exact: bool = True
    eligible: bool = True
    score: str | None = None
    view: str | None = None
    mark: str | None = None
    needs: str | None = None


def chances(program: Program) -> tuple[Chance, ...]:
    """All of them, sort by sort, each as the rule files are read."""
    found: list[Chance] = []
    for position, ladder in enumerate(program.ladders):
        for at, tier in enumerate(ladder.tiers):
            found.append(_tier(program, position, at, tier))
    for score in program.scores:
        found += [_line(line) for line in score_lines(score)]
    found += _exclusions(program)
    for position, ladder in enumerate(program.ladders):
        for at, tier in enumerate(ladder.tiers):
            found += _gate(program, position, at, tier)
    for position, ladder in enumerate(program.ladders):
        found += [each for shift in ladder.shifts for each in _adjustment(program, position, 0, shift)]
        found += [each for floor in ladder.floors for each in _adjustment(program, position, 1, floor)]
        found += [each for cap in ladder.caps for each in _adjustment(program, position, 2, cap)]
    for position, ladder in enumerate(program.ladders):
        for at, tier in enumerate(ladder.tiers):
            for number, play in enumerate(tier.plays):
                found += _play(program, position, at, number, play)
    for mark in program.marks:
        found += _mark(program, mark.name, mark.when, mark.span)
    found += [_lasting(each) for each in mobility_chances(program)]
    return tuple(sorted(found, key=_place))


def _place(chance: Chance) -> tuple[int, str, int]:
    at = ("", 0) if chance.span is None else (chance.span.source.path, chance.span.start)
    return (SORTS.index(chance.sort), *at)


def _view(ladder: Ladder, position: int) -> str | None:
    return ladder.name if position else None


def _said(program: Program, position: int, tier: Tier) -> str:
    name = program.ladders[position].name
    return f"tier {tier.name}" if position == 0 or name is None else f"tier {tier.name} of {name}"


def _tier(program: Program, position: int, at: int, tier: Tier) -> Chance:
    """An account ends in the tier: by its line and gate, else by what may bring it there."""
    ladder = program.ladders[position]
    return Chance(
        "tiers",
        _said(program, position, tier),
        "never reached",
        tier.span,
        lambda ran: any(each.placements[position].tier == tier.name for each in ran.outcome.assignments),
        ends_in(program, position, at),
        exact=settled(program, position) and not _reads(tier.gate),
        view=_view(ladder, position),
    )


def _reads(condition: Condition | None) -> bool:
    return condition is not None and reads_tiers(condition.test)


def _line(line: Counted) -> Chance:
    return Chance(
        "score lines", line.what, line.never, line.span, _true_of_some(line.claim), (line.claim,), score=line.score
    )


def _lasting(each: Lasting) -> Chance:
    return Chance(
        each.sort,
        each.what,
        each.never,
        each.span,
        each.seen,
        (),
        exact=False,
        needs="it takes an account that holds a tier",
    )


def _true_of_some(claim: Expression) -> Callable[[Ran], bool]:
    """Whether a claim is true of an eligible account of a run."""
    return lambda ran: any(value_of(claim, each.facts.aside(), "") is True for each in ran.surveyed.eligible)


def _exclusions(program: Program) -> Iterator[Chance]:
    """An exclusion is asked of accounts that none before it took."""
    before: tuple[Expression, ...] = ()
    for exclusion in program.exclusions:
        what = f"exclude {exclusion.name}"

        def took(ran: Ran, name: str = exclusion.name) -> bool:
            return any(each.excluded == name for each in ran.outcome.assignments)

        missed = both(*before, fails(exclusion.when.test))

        def passed(ran: Ran, claim: Expression = missed) -> bool:
            return any(value_of(claim, each.facts.aside(), "") is True for each in ran.surveyed.everyone)

        yield Chance(
            "exclusions",
            what,
            "never true",
            exclusion.span,
            took,
            (both(*before, holds(exclusion.when)),),
            eligible=False,
        )
        yield Chance("exclusions", what, "never false", exclusion.span, passed, (missed,), eligible=False)
        before = (*before, fails(exclusion.when.test))


def _gate(program: Program, position: int, at: int, tier: Tier) -> Iterator[Chance]:
    """A tier's `when` decides for accounts on its line that no better tier took."""
    ladder, gate = program.ladders[position], tier.gate
    if gate is None:
        return
    what = f"{_said(program, position, tier)} when {gate.text}"
    earlier = [fails(satisfies(ladder, each)) for each in ladder.tiers[:at] if not each.otherwise]
    on_line = satisfies(ladder, attrs.evolve(tier, gate=None))
    kept_out = both(*earlier, on_line, fails(gate.test))

    def let_in(ran: Ran) -> bool:
        paths = ran.outcome.placed[position].paths.values()
        return any(path.base is tier and path.tried[at].fits for path in paths)

    def stopped(ran: Ran) -> bool:
        for path in ran.outcome.placed[position].paths.values():
            if path.course is not None and path.course.fresh is None:
                continue
            reached = next(
                (i for i, each in enumerate(ladder.tiers) if each is path.base and not each.otherwise),
                len(ladder.tiers),
            )
            tried = path.tried[at]
            on = all(answer is None or answer.value == "true" for answer in (tried.line, tried.top))
            if at < reached and on and tried.gate is not None and tried.gate.value != "true":
                return True
        return False

    exact = not _reads(gate) and all(each.top is None for each in ladder.tiers)
    view = _view(ladder, position)
    yield Chance(
        "gates",
        what,
        "never true",
        gate.span or tier.span,
        let_in,
        (plain(program, takes(ladder, at)),),
        exact,
        view=view,
    )
    yield Chance(
        "gates",
        what,
        "never false",
        gate.span or tier.span,
        stopped,
        (plain(program, kept_out),),
        exact,
        view=view,
    )


def _adjustment(program: Program, position: int, step: int, adjustment: Shift | Bound) -> Iterator[Chance]:
    """Asked of every account in question without a pin; `step` is 0 for shifts, 1 for floors, 2 for caps."""
    ladder = program.ladders[position]

    def asked(ran: Ran) -> list[Adjusted]:
        return [path.adjusted for path in ran.outcome.placed[position].paths.values() if path.adjusted is not None]

    def held(ran: Ran) -> bool:
        return any(any(each is adjustment for each in adjusted.steps[step].held) for adjusted in asked(ran))

    def held_not(ran: Ran) -> bool:
        return any(all(each is not adjustment for each in adjusted.steps[step].held) for adjusted in asked(ran))

    labelled = adjustment.shown != adjustment.when.text
    what = f'{adjustment.what} "{adjustment.shown}"' if labelled else f"{adjustment.what} when {adjustment.shown}"
    exact, view = not reads_tiers(adjustment.when.test), _view(ladder, position)
    true, false = (
        plain(program, holds(adjustment.when)),
        plain(program, fails(adjustment.when.test)),
    )
    yield Chance("adjustments", what, "never true", adjustment.span, held, (true,), exact, view=view)
    yield Chance("adjustments", what, "never false", adjustment.span, held_not, (false,), exact, view=view)


def _play(program: Program, position: int, at: int, number: int, play: Play) -> Iterator[Chance]:
    """A play with a condition, asked of the accounts of its tier."""
    ladder, when = program.ladders[position], play.when
    if when is None:
        return
    name = ladder.tiers[at].name

    def shown(wanted: bool) -> Callable[[Ran], bool]:
        def seen(ran: Ran) -> bool:
            inside = [
                each.placements[position] for each in ran.outcome.assignments if each.placements[position].tier == name
            ]
            return any((number in each.plays) == wanted for each in inside)

        return seen

    what = f'play {play.function} "{play.label}"'
    inside = ends_in(program, position, at)
    for never, wanted, part in (("never true", True, holds(when)), ("never false", False, fails(when.test))):
        claims = tuple(both(each, plain(program, part)) for each in inside)
        yield Chance(
            "plays",
            what,
            never,
            play.span,
            shown(wanted),
            claims,
            exact=settled(program, position) and not _reads(when),
            view=_view(ladder, position),
        )


def _mark(program: Program, name: str, when: Condition, span: Span | None) -> Iterator[Chance]:
    what, exact = f"mark {name}", not reads_tiers(when.test)

    def shown(ran: Ran) -> bool:
        return any(name in each.marks for each in ran.outcome.assignments)

    def not_shown(ran: Ran) -> bool:
        return any(name not in each.marks for each in ran.outcome.assignments if each.excluded is None)

    yield Chance("marks", what, "never true", span, shown, (plain(program, holds(when)),), exact, mark=name)
    yield Chance("marks", what, "never false", span, not_shown, (plain(program, fails(when.test)),), exact, mark=name)
