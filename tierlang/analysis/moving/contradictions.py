"""Claims that contradict themselves by their form alone: `a and not a`, `x >= 70` and `x < 60`. Most questions about steps of triggers and reviews end here, long before anybody looks for an account.

Of every expression only whether it is *true* is known: what is not true may be false or missing.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.program.expressions import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    Expression,
    FirstOf,
    IsMissing,
    Not,
)

_PASSES = 8


def contradict(*claims: Expression) -> bool:
    """Whether the claims cannot all be true, as far as their form tells; never without reason."""
    try:
        known = _Known()
        for claim in claims:
            known.learn(claim, True)
        return not known.settle()
    except _ContradictionError:
        return True


class _ContradictionError(Exception):
    """Something would have to be true and not true."""


@attrs.define
class _Bounds:
    """What is known of one number: `low` with whether it is out itself, `high` with whether it is in."""

    low: tuple[int, bool] | None = None
    high: tuple[int, bool] | None = None

    def add(self, operator: str, value: int) -> None:
        """Learn a comparison that is true."""
        if operator in (">=", ">", "="):
            end = (value, operator == ">")
            self.low = end if self.low is None else max(self.low, end)
        if operator in ("<=", "<", "="):
            end = (value, operator != "<")
            self.high = end if self.high is None else min(self.high, end)

    @property
    def empty(self) -> bool:
        """Whether there is no such number."""
        if self.low is None or self.high is None:
            return False
        (low, out), (high, inside) = self.low, self.high
        return low > high or (low == high and (out or not inside))

    def imply(self, operator: str, value: int) -> bool:
        """Whether a comparison is true of every number within."""
        if operator in (">=", ">") and self.low is not None:
            low, out = self.low
            return low > value or (low == value and (operator == ">=" or out))
        if operator in ("<=", "<") and self.high is not None:
            high, inside = self.high
            return high < value or (high == value and (operator == "<=" or not inside))
        return False


@attrs.define
class _Known:
    """What must be true, or must not, and of which parts one at least must be either."""

    truths: dict[Expression, bool] = attrs.field(factory=dict)
    choices: list[tuple[Sequence[Expression], bool]] = attrs.field(factory=list)
    bounds: dict[Expression, _Bounds] = attrs.field(factory=dict)

    def learn(self, test: Expression, truth: bool) -> None:
        """Take in that an expression is true, or is not, and what follows."""
        if isinstance(test, Constant):
            if (test.value is True) != truth:
                raise _ContradictionError
            return
        before = self.truths.get(test)
        if before is not None:
            if before != truth:
                raise _ContradictionError
            return
        self.truths[test] = truth
        match test:
            case AllOf(parts=parts) if truth:
                self._all(parts, True)
            case AnyOf(parts=parts) if not truth:
                self._all(parts, False)
            case AllOf(parts=parts) | AnyOf(parts=parts):
                self.choices.append((parts, truth))
            case FirstOf(parts=(part, Constant(value=False))):
                self.learn(part, truth)
            case Not(part=part) if truth:
                self.learn(part, False)
            case Not(part=part) if _is_known(part):
                self.learn(part, True)
            case Compare(operator=operator, left=left, right=Constant(value=int() as value)) if truth:
                bounds = self.bounds.setdefault(left, _Bounds())
                bounds.add(operator, value)
                if bounds.empty:
                    raise _ContradictionError

    def _all(self, parts: Sequence[Expression], truth: bool) -> None:
        for part in parts:
            self.learn(part, truth)

    def settle(self) -> bool:
        """Whether the choices leave a way, as far as a few rounds tell."""
        for _ in range(_PASSES):
            learned = len(self.truths)
            for parts, wanted in list(self.choices):
                open_ = [part for part in parts if self.says(part) is not (not wanted)]
                if not open_:
                    return False
                if len(open_) == 1:
                    self.learn(open_[0], wanted)
            if len(self.truths) == learned:
                break
        return not any(truth is False and self.says_compare(test) for test, truth in self.truths.items())

    def says(self, test: Expression) -> bool | None:
        """Whether an expression is true; None where that is open."""
        known = self.truths.get(test)
        if known is not None:
            return known
        match test:
            case Constant(value=value):
                return value is True
            case AllOf(parts=parts):
                answers = [self.says(part) for part in parts]
                return False if False in answers else True if None not in answers else None
            case AnyOf(parts=parts):
                answers = [self.says(part) for part in parts]
                return True if True in answers else False if None not in answers else None
            case FirstOf(parts=(part, Constant(value=False))):
                return self.says(part)
            case Not(part=part):
                answer = self.says(part)
                return False if answer else True if answer is False and _is_known(part) else None
            case Compare() if self.says_compare(test):
                return True
            case _:
                return None

    def says_compare(self, test: Expression) -> bool:
        """Whether a comparison must be true for its number's bounds."""
        match test:
            case Compare(operator=operator, left=left, right=Constant(value=int() as value)) if left in self.bounds:
                return self.bounds[left].imply(operator, value)
            case _:
                return False


def _is_known(test: Expression) -> bool:
    """Whether an expression is never missing."""
    match test:
        case FirstOf(parts=(_, Constant(value=False))) | IsMissing() | Constant():
            return True
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return all(map(_is_known, parts))
        case Not(part=part):
            return _is_known(part)
        case _:
            return False
