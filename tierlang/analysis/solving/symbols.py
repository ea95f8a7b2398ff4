"""What an expression is to z3: a value together with whether it is there at all."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from tierlang.analysis.solving.logic import Amount, Truth, conj, disj, neg, pick
from tierlang.program.numbers import LIMIT
from tierlang.source import Span


@attrs.frozen(eq=False)
class Ratio:
    """The exact quotient that a rounded number stands for: comparing it with a constant needs no division."""

    top: Amount
    bottom: Amount


@attrs.frozen(eq=False)
class Num:
    """A number in 1/10,000ths, or a date as its ordinal; `value` means nothing where it is not `known`. It lies in `low..high` where it is."""

    value: Amount
    known: Truth = True
    low: int = 1 - LIMIT
    high: int = LIMIT - 1
    is_date: bool = False
    ratio: Ratio | None = None


@attrs.frozen(eq=False)
class Flag:
    """True, false, or neither: missing."""

    true: Truth
    false: Truth

    @property
    def known(self) -> Truth:
        """Whether it is one of the two."""
        return disj(self.true, self.false)


@attrs.frozen(eq=False)
class Text:
    """A text by its number (see `Texts`)."""

    value: Amount
    known: Truth = True


@attrs.frozen(eq=False)
class Tags:
    """The tags of a field (or of one event); whether each is among them is asked by name."""

    owner: str
    one_of: frozenset[str] | None = None


Symbol: TypeAlias = Num | Flag | Text | Tags


@attrs.frozen
class Unsure:
    """A construct that z3 sees only roughly: what it finds there may not be so."""

    why: str
    span: Span | None


def number(value: int) -> Num:
    """A constant."""
    return Num(value, True, value, value)


def plain_flag(value: bool | None) -> Flag:
    """A constant."""
    return Flag(value is True, value is False)


def first_of(symbols: list[Symbol]) -> Symbol:
    """The first that is known."""
    result = symbols[-1]
    for symbol in reversed(symbols[:-1]):
        result = either(_known(symbol), symbol, result)
    return result


def _known(symbol: Symbol) -> Truth:
    return True if isinstance(symbol, Tags) else symbol.known


known = _known


def either(condition: Truth, yes: Symbol, no: Symbol) -> Symbol:
    """One value or the other, of one family."""
    if isinstance(condition, bool):
        return yes if condition else no
    match yes, no:
        case Flag(), Flag():
            there, not_there = condition, neg(condition)
            return Flag(
                disj(conj(there, yes.true), conj(not_there, no.true)),
                disj(conj(there, yes.false), conj(not_there, no.false)),
            )
        case Text(), Text():
            return Text(pick(condition, yes.value, no.value), _pick_truth(condition, yes.known, no.known))
        case Num(), Num():
            there = _pick_truth(condition, yes.known, no.known)
            if yes.known is False:
                low, high = no.low, no.high
            elif no.known is False:
                low, high = yes.low, yes.high
            else:
                low, high = min(yes.low, no.low), max(yes.high, no.high)
            return Num(pick(condition, yes.value, no.value), there, low, high, yes.is_date or no.is_date)
        case _:
            raise AssertionError("two families of values in one choice")


def _pick_truth(condition: Truth, yes: Truth, no: Truth) -> Truth:
    if yes is no:
        return yes
    return disj(conj(condition, yes), conj(neg(condition), no))


pick_truth = _pick_truth
