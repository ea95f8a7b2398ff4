"""An account that was never touched slips by a rule about long silence

`days since meeting > 90` is unknown for an account that never had a meeting, and what is unknown does not hold: the quietest account of all is not demoted, not excluded, not marked. The same with `not (touched within 90 days)` where
`touched` is empty, and `latest order.stage ever != "won"` where there is no order. Mostly the rule was meant for them above all. `no meeting within 90 days` is true of them; for a date column add `or touched is missing`.

Only demotions, exclusions and marks are looked at, and only where such an account really slips by; it is shown.

Bad:

```tier
mark asleep "Asleep" when days since meeting > 90
```

Good:

```tier
mark asleep "Asleep" when no meeting within 90 days
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from tierlang.analysis.answers import Open, Possible, Witness
from tierlang.analysis.claims import both, fails, holds, takes
from tierlang.analysis.moving.dated import rests
from tierlang.analysis.writing import as_test
from tierlang.diagnostics.diagnostic import Severity
from tierlang.lint.decisions import Decision, decisions, shown
from tierlang.lint.landing import either, example
from tierlang.lint.reading import Reading
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.calendar import Duration, shift
from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    AsOf,
    Compare,
    Constant,
    DaysSince,
    Defined,
    Expression,
    Input,
    IsMissing,
    Not,
    OneOf,
    reads_tiers,
)
from tierlang.program.nodes import Aggregate, Bound, Condition, Derive, Exclusion, Ladder, Mark, Shift, Trigger
from tierlang.program.values import Kind

SEVERITY = Severity.WARNING
THEME = Theme.MISSING

TRUE = Constant(True, Kind.FLAG)

_TOUCHES = re.compile(
    r"touch|last|seen|activ|login|contact|visit|meeting|engag|repl|call|usage|used|order|response", re.IGNORECASE
)


@attrs.frozen
class _Suspect:
    """A part that is unknown where there was nothing, and what would say it of those, too."""

    part: Expression
    of: str
    instead: str


def check(review: Review) -> Iterator[Finding]:
    """Demotions, exclusions and marks with a part about long silence."""
    reading = Reading.of(review.program)
    for decision in decisions(review.program):
        if not _takes_away(decision) or review.moves.standing.asks_time(decision.test):
            continue
        for suspect in _suspects(reading, decision.test):
            claim = both(
                IsMissing(suspect.part),
                holds(Condition(_with(decision.test, suspect.part), "")),
                fails(_without_tiers(decision.test)),
            )
            answer = review.model.possible(both(claim, _would_move(decision)))
            if isinstance(answer, Open):
                answer = review.model.possible(claim)
            if not isinstance(answer, Possible):
                continue
            words = shown(suspect.part, decision)
            yield Finding(
                place(suspect.part, decision.node, decision.around),
                f"an account without any {suspect.of} slips by: `{words}` is unknown for it, so {_so(decision)}",
                hints=(suspect.instead,),
                example=_example(review, decision, answer.witness, f"without any {suspect.of}"),
            )


def _takes_away(decision: Decision) -> bool:
    match decision.node:
        case Exclusion() | Mark():
            return True
        case Bound(which=which):
            return which == "cap"
        case Shift(steps=steps):
            return steps < 0
        case Trigger(up=up):
            return not up
        case _:
            return False


def _so(decision: Decision) -> str:
    match decision.node:
        case Exclusion(name=name):
            return f"`{name}` does not exclude it"
        case Mark(name=name):
            return f"`{name}` is not shown on it"
        case Bound() | Shift() as move:
            return f"`{move.what}` leaves it where it is"
        case Trigger(name=name):
            return f"`{name}` leaves it where it is"
        case _:
            raise AssertionError("not looked at")


def _would_move(decision: Decision) -> Expression:
    """Whether the account stands where the demotion would move it."""
    match decision.node, decision.around:
        case Bound(tier=to), Ladder(tiers=tiers) as ladder:
            return either(*(takes(ladder, at) for at in range([tier.name for tier in tiers].index(to))))
        case Shift(), Ladder(tiers=tiers) as ladder:
            return either(*(takes(ladder, at) for at in range(len(tiers) - 1)))
        case _:
            return TRUE


def _example(review: Review, decision: Decision, witness: Witness, label: str) -> str:
    """The account as a test, with what happens to it as the rules are."""
    match decision.node:
        case Exclusion():
            return as_test(review.program, witness, label, ["not excluded"])
        case Mark(name=name):
            return as_test(review.program, witness, label, [f"no mark {name}"])
        case Trigger(sources=(source, *_)):
            since = shift(review.today, Duration(365, "day"), -1)
            if not rests(review.program, witness.account, source, since, review.today):
                return example(review, witness, label)
            return as_test(review.program, witness, label, ["no move"], [f"tier {source} since {since}"])
        case _:
            return example(review, witness, label)


# --- what is unknown of those to whom nothing happened --------------------------------------------------------------------------------


def _suspects(reading: Reading, test: Expression) -> Iterator[_Suspect]:
    match test:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _suspects(reading, part)
        case Defined(name=name, kind=Kind.FLAG):
            made = reading.definition(name)
            if isinstance(made, Derive):
                for inner in _suspects(reading, made.value):
                    if inner.part == made.value:
                        yield attrs.evolve(inner, part=test)
        case Compare() | Not():
            found = _silence(reading, test)
            if found is not None:
                yield _Suspect(test, *found)


def _silence(reading: Reading, test: Expression) -> tuple[str, str] | None:
    """What it waits for, and what to write instead, if the test says that something was long ago, or was not the last."""
    match test:
        case Compare(operator=">" | ">=", left=left, right=Constant()):
            return _long_ago(reading, left)
        case Compare(operator="<" | "<=", left=Constant(), right=right):
            return _long_ago(reading, right)
        case Compare(operator="!=", left=Defined() as left, right=Constant()):
            return _last(reading, left)
        case Not(part=Compare(operator="=", left=Defined() as left, right=Constant()) | OneOf(item=Defined() as left)):
            return _last(reading, left)
        case Not(part=Compare(operator="<" | "<=", left=left, right=Constant())):
            return _long_ago(reading, left)
        case Not(part=AllOf(parts=(Compare(left=Input() as date, right=AsOf()), Compare()))):
            return _date(reading, date)
        case _:
            return None


def _long_ago(reading: Reading, value: Expression) -> tuple[str, str] | None:
    match value:
        case DaysSince(date=Input() as date):
            return _date(reading, date)
        case Defined(name=name):
            made = reading.definition(name)
            if isinstance(made, Aggregate) and made.function == "days since":
                where = " where (…)" if made.where is not None else ""
                return f"`{made.event}`", f"`no {made.event}{where} within …` is true of an account without any, too"
            if isinstance(made, Derive):
                return _long_ago(reading, made.value)
    return None


def _last(reading: Reading, value: Defined) -> tuple[str, str] | None:
    made = reading.definition(value.name)
    if isinstance(made, Aggregate) and made.function == "latest":
        return (
            f"`{made.event}`",
            f"add `or no {made.event} ever`, or take `first of [{made.text}, …]` with what an account without any counts as",
        )
    return None


def _date(reading: Reading, date: Input) -> tuple[str, str] | None:
    field = next((field for field in reading.program.fields if field.name == date.name), None)
    if field is None or not field.may_be_missing:
        return None
    if not _TOUCHES.search(" ".join([field.name, field.label or "", *field.headings])):
        return None
    return f"`{date.name}`", f"add `or {date.name} is missing`"


# --- claims -----------------------------------------------------------------------------------------------------------------------------


def _with(test: Expression, part: Expression) -> Expression:
    """The condition as it were if the part held."""
    if test is part:
        return TRUE
    match test:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return attrs.evolve(test, parts=tuple(_with(each, part) for each in parts))
        case _:
            return _without_tiers(test)


def _without_tiers(test: Expression) -> Expression:
    """The condition of an account that is in whatever tier it asks for."""
    match test:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return attrs.evolve(test, parts=tuple(_without_tiers(each) for each in parts))
        case _:
            return TRUE if reads_tiers(test) else test
