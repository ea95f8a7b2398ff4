"""What the tests of a ruleset have decided and what not; for the latter a test to add, or the proof that there is none."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count

import attrs

from tierlang.analysis.answers import Impossible, Open, Possible, Witness
from tierlang.analysis.model import Model
from tierlang.analysis.writing import as_test
from tierlang.formatter.layout import formatted
from tierlang.program import nodes
from tierlang.program.numbers import number_text
from tierlang.program.outcome import Stopped
from tierlang.source import Source
from tierlang.testing.chances import SORTS, Chance, Sort, chances
from tierlang.testing.results import Ran, TestResult
from tierlang.testing.run import ran_on


@attrs.frozen
class Undecided:
    """A chance that no test shows. `proposal` is the number (from 0) of the proposed test that would; without one, `why` says what is in the way."""

    chance: Chance
    proposal: int | None = None
    why: str | None = None


@attrs.frozen
class Coverage:
    """How far the tests of a ruleset go.

    `decided` are the chances that some test shows, `undecided` those that none does, `impossible` those that are proved to be no account's. `proposals` are `test` blocks, with the outcome that the rules have now.
    """

    decided: tuple[Chance, ...]
    undecided: tuple[Undecided, ...]
    impossible: tuple[Chance, ...]
    proposals: tuple[str, ...]

    def share(self, sort: Sort | None = None) -> tuple[int, int]:
        """How many are decided, of how many that can be: of one sort, or of all."""
        done = sum(sort in (None, chance.sort) for chance in self.decided)
        return done, done + sum(sort in (None, each.chance.sort) for each in self.undecided)

    @property
    def by_sort(self) -> tuple[tuple[Sort, int, int], ...]:
        """Every sort with its share."""
        return tuple((sort, *self.share(sort)) for sort in SORTS)


def cover(
    program: nodes.Program,
    results: Sequence[TestResult],
    today: dt.date,
    tell: Callable[[int], None] = lambda done: None,
) -> Coverage:
    """Look for every chance in the runs of the tests, and for those not found ask the analysis. `today` counts only where neither a test nor the ruleset has a date.

    `tell` is told how many of the chances are dealt with.
    """
    decided, left = split(program, results)
    proposing = _Proposing(program, Model(program, day_of(program, results, today)))
    impossible: list[Chance] = []
    undecided: list[Undecided] = []
    for number, chance in enumerate(left, len(decided)):
        tell(number)
        found = proposing.find(chance)
        if found is None:
            impossible.append(chance)
        else:
            undecided.append(found)
    return Coverage(decided, tuple(undecided), tuple(impossible), tuple(proposing.texts))


def split(program: nodes.Program, results: Sequence[TestResult]) -> tuple[tuple[Chance, ...], tuple[Chance, ...]]:
    """The chances that some test shows, and the others; a test that stops shows none, one that fails what it ran."""
    runs = [result.ran for result in results if result.ran is not None]
    decided: list[Chance] = []
    left: list[Chance] = []
    for chance in chances(program):
        (decided if any(chance.seen(ran) for ran in runs) else left).append(chance)
    return tuple(decided), tuple(left)


def day_of(program: nodes.Program, results: Sequence[TestResult], today: dt.date) -> dt.date:
    """The as-of date of proposals: the one that most tests have (of equals the latest), else when the ruleset was reviewed, else today."""
    days = Counter(result.test.as_of for result in results if result.test.as_of is not None)
    return max(days, key=lambda day: (days[day], day), default=program.reviewed or today)


@attrs.define
class _Proposing:
    """The tests proposed so far, each with its run, since one test often shows more than it was made for."""

    program: nodes.Program
    model: Model
    texts: list[str] = attrs.field(factory=list)
    runs: list[Ran] = attrs.field(factory=list)
    labels: set[str] = attrs.field()

    @labels.default
    def _written(self) -> set[str]:
        return {test.label for test in self.program.tests}

    def find(self, chance: Chance) -> Undecided | None:
        """A proposal that shows it, what is in the way, or None: it is proved to be impossible."""
        for number, ran in enumerate(self.runs):
            if chance.seen(ran):
                return Undecided(chance, proposal=number)
        reasons: list[str] = []
        proved = chance.exact
        for claim in chance.claims:
            answer = self.model.possible(claim, eligible=chance.eligible)
            match answer:
                case Possible(witness=witness):
                    if self._proposed(chance, witness):
                        return Undecided(chance, proposal=len(self.texts) - 1)
                    proved = False
                    reasons.append("something else moves the account that was found")
                case Open(why=why):
                    proved = False
                    reasons.append(why)
                case Impossible():
                    pass
        if proved:
            return None
        alone = chance.needs or "no account shows it by itself, without others beside it"
        return Undecided(chance, why=reasons[0] if reasons else alone)

    def _proposed(self, chance: Chance, witness: Witness) -> bool:
        """Run the witness; a test of it is proposed only if that shows what it should."""
        ran = ran_on(self.program, [witness.account], witness.as_of)
        if isinstance(ran, Stopped) or not chance.seen(ran):
            return False
        block = as_test(self.program, witness, self._label(chance), _expects(self.program, chance, ran))
        laid_out = formatted(Source("proposed.tier", block))
        self.texts.append(laid_out if isinstance(laid_out, str) else block)
        self.runs.append(ran)
        return True

    def _label(self, chance: Chance) -> str:
        """What the test is about; a label stands once in a ruleset."""
        outcome = {"never true": "holds", "never false": "does not hold"}.get(
            chance.never, chance.never.removeprefix("never ")
        )
        about = f"{chance.what}: {outcome}".replace('"', "'")
        tries = (about if number == 1 else f"{about} ({number})" for number in count(1))
        label = next(each for each in tries if each not in self.labels)
        self.labels.add(label)
        return label


def _expects(program: nodes.Program, chance: Chance, ran: Ran) -> list[str]:
    """What the rules make of the only account, in lines of a test."""
    came = ran.outcome.assignments[0]
    if came.excluded is not None:
        return [f"excluded as {came.excluded}"]
    lines = [f"tier {came.tier}" if came.tier is not None else "untiered"]
    for ladder, placement in zip(program.ladders[1:], came.placements[1:], strict=True):
        if chance.view is not None and chance.view == ladder.name and placement.tier is not None:
            lines.append(f"{ladder.name} is {placement.tier}")
    if chance.score is not None:
        value = came.scores[chance.score]
        lines.append(f"{chance.score} is missing" if value is None else f"{chance.score} = {number_text(value)}")
    if chance.mark is not None:
        lines.append(f"{'' if chance.mark in came.marks else 'no '}mark {chance.mark}")
    return lines
