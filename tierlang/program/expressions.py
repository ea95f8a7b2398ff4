"""Expressions as meant: names resolved, kinds known, sugar gone. One closed union; every reader of it is one `match`.

Logic is three-valued (a missing part leaves `and` and `or` open unless the others decide), arithmetic and comparison with a missing part
are missing. All parts of an expression are evaluated, also those that do not decide it, so that a number out of bounds anywhere is a fault
of the account on every engine.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from tierlang.program.calendar import Duration
from tierlang.program.values import Kind, Value
from tierlang.program.written import Written


@attrs.frozen(eq=False, repr=False)
class Constant(Written):
    """A value that every account shares; never missing unless the value is None."""

    value: Value
    kind: Kind


@attrs.frozen(eq=False, repr=False)
class Input(Written):
    """The account's field (or key) of this name."""

    name: str
    kind: Kind


@attrs.frozen(eq=False, repr=False)
class Defined(Written):
    """The value of the definition (derived field, percentile, score), fact or signal of this name."""

    name: str
    kind: Kind


@attrs.frozen(eq=False, repr=False)
class Attribute(Written):
    """Of one event (or observation), in expressions about it alone: its field or derived value of this name, its day (`at`), the signal's value."""

    name: str
    kind: Kind


@attrs.frozen(eq=False, repr=False)
class LookedUp(Written):
    """What the lookup table says of the account in this column: of the row whose match values equal the items, in their order."""

    table: str
    column: str
    items: tuple[Input | Defined, ...]
    kind: Kind


@attrs.frozen(eq=False, repr=False)
class InTier(Written):
    """Whether the account is in one of these tiers of the ladder at this position of the program; never missing, false without a tier.

    It is the final tier of the run, capacities and pins included; in the ladder's own adjustments the tier so far (see `Ladder`). False for excluded accounts.
    """

    ladder: int
    tiers: tuple[str, ...]


@attrs.frozen(eq=False, repr=False)
class AsOf(Written):
    """The as-of date, or the date `offset` before (-1) or after (1) it."""

    offset: Duration | None = None
    direction: Literal[-1, 1] = -1


@attrs.frozen(eq=False, repr=False)
class AllOf(Written):
    """`and`: false if a part is false, else missing if a part is missing, else true."""

    parts: tuple[Expression, ...]


@attrs.frozen(eq=False, repr=False)
class AnyOf(Written):
    """`or`: true if a part is true, else missing if a part is missing, else false."""

    parts: tuple[Expression, ...]


@attrs.frozen(eq=False, repr=False)
class Not(Written):
    """`not`; missing stays missing."""

    part: Expression


CompareOperator: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@attrs.frozen(eq=False, repr=False)
class Compare(Written):
    """Two values of one family (numbers, texts, flags, dates); texts and flags only by = and !=."""

    operator: CompareOperator
    left: Expression
    right: Expression


@attrs.frozen(eq=False, repr=False)
class OneOf(Written):
    """Whether the item equals one of the constants (numbers, texts or dates; at least one, no None); missing for a missing item."""

    item: Expression
    values: tuple[Value, ...]


@attrs.frozen(eq=False, repr=False)
class IsMissing(Written):
    """Whether the part (of any kind, conditions included) is missing; itself never missing."""

    part: Expression


@attrs.frozen(eq=False, repr=False)
class TextMatch(Written):
    """Whether one text contains, starts with or ends with another, case included."""

    operator: Literal["contains", "starts with", "ends with"]
    text: Expression
    fragment: Expression


@attrs.frozen(eq=False, repr=False)
class HasTag(Written):
    """Whether the tags (never missing) have this one; missing for a missing tag text."""

    tags: Expression
    tag: Expression


@attrs.frozen(eq=False, repr=False)
class AtLeast(Written):
    """True if `count` parts are true, false if trues and missings together are fewer, else missing."""

    count: int
    parts: tuple[Expression, ...]


@attrs.frozen(eq=False, repr=False)
class Arithmetic(Written):
    """One operation on two numbers; `/` by zero is missing."""

    operator: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression


@attrs.frozen(eq=False, repr=False)
class Negative(Written):
    """The number with the other sign."""

    part: Expression


@attrs.frozen(eq=False, repr=False)
class Absolute(Written):
    """The number without its sign."""

    part: Expression


@attrs.frozen(eq=False, repr=False)
class Rounded(Written):
    """The number rounded half away from zero to 0 to 4 digits."""

    part: Expression
    digits: int


@attrs.frozen(eq=False, repr=False)
class Extreme(Written):
    """The least or greatest number or date. `skip_missing`: of those present (missing if none is), else missing if one is."""

    which: Literal["least", "greatest"]
    parts: tuple[Expression, ...]
    skip_missing: bool


@attrs.frozen(eq=False, repr=False)
class FirstOf(Written):
    """The first part that is not missing; the parts are of one family."""

    parts: tuple[Expression, ...]


@attrs.frozen(eq=False, repr=False)
class DaysSince(Written):
    """Whole days from the date to the as-of date (a number; negative for a date after it)."""

    date: Expression


@attrs.frozen(eq=False, repr=False)
class Branch(Written):
    """One case of a choice: taken if `when` is true (not if it is missing)."""

    when: Expression
    value: Expression


@attrs.frozen(eq=False, repr=False)
class Choose(Written):
    """The value of the first branch that holds, else `otherwise`."""

    branches: tuple[Branch, ...]
    otherwise: Expression


Expression: TypeAlias = (
    Constant
    | Input
    | Defined
    | Attribute
    | LookedUp
    | InTier
    | AsOf
    | AllOf
    | AnyOf
    | Not
    | Compare
    | OneOf
    | IsMissing
    | TextMatch
    | HasTag
    | AtLeast
    | Arithmetic
    | Negative
    | Absolute
    | Rounded
    | Extreme
    | FirstOf
    | DaysSince
    | Choose
)


def kind_of(expression: Expression) -> Kind:
    """The kind of the expression's value. Where numeric kinds meet, money wins over number over whole; money by money is a share."""
    match expression:
        case Constant(kind=kind) | Input(kind=kind) | Defined(kind=kind) | Attribute(kind=kind) | LookedUp(kind=kind):
            return kind
        case AsOf():
            return Kind.DATE
        case (
            AllOf()
            | AnyOf()
            | Not()
            | Compare()
            | OneOf()
            | IsMissing()
            | TextMatch()
            | HasTag()
            | AtLeast()
            | InTier()
        ):
            return Kind.FLAG
        case Arithmetic(operator="/", left=left, right=right):
            kinds = [kind_of(left), kind_of(right)]
            return Kind.NUMBER if kinds == [Kind.MONEY, Kind.MONEY] else _joined([*kinds, Kind.NUMBER])
        case Arithmetic(left=left, right=right):
            return _joined([kind_of(left), kind_of(right)])
        case Negative(part=part) | Absolute(part=part):
            return kind_of(part)
        case Rounded(part=part, digits=digits):
            return Kind.WHOLE if digits == 0 else kind_of(part)
        case Extreme(parts=parts) | FirstOf(parts=parts):
            return _joined([kind_of(part) for part in parts])
        case DaysSince():
            return Kind.WHOLE
        case Choose(branches=branches, otherwise=otherwise):
            return _joined([*(kind_of(branch.value) for branch in branches), kind_of(otherwise)])


def _joined(kinds: list[Kind]) -> Kind:
    for kind in (Kind.MONEY, Kind.NUMBER, Kind.WHOLE):
        if kind in kinds:
            return kind
    return kinds[0]


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The direct parts of an expression, in the order they are evaluated."""
    match expression:
        case Constant() | Input():
            return ()
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return (left, right)
        case Defined() | Attribute() | AsOf() | InTier():
            return ()
        case LookedUp(items=items):
            return items
        case AllOf(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts) | Extreme(parts=parts):
            return parts
        case FirstOf(parts=parts):
            return parts
        case Not(part=part) | IsMissing(part=part) | Negative(part=part) | Absolute(part=part):
            return (part,)
        case Rounded(part=part) | DaysSince(date=part) | OneOf(item=part):
            return (part,)
        case TextMatch(text=left, fragment=right) | HasTag(tags=left, tag=right):
            return (left, right)
        case Choose(branches=branches, otherwise=otherwise):
            return (*(part for branch in branches for part in (branch.when, branch.value)), otherwise)


def inputs_of(expression: Expression) -> tuple[Input | Defined, ...]:
    """The fields and definitions an expression reads, each once, in the order it reads them."""
    found: dict[Input | Defined, None] = {}
    waiting: list[Expression] = [expression]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Input | Defined):
            found[current] = None
        waiting.extend(reversed(parts_of(current)))
    return tuple(found)


def reads_tiers(expression: Expression) -> bool:
    """Whether a ladder's outcome takes part in the expression."""
    return isinstance(expression, InTier) or any(reads_tiers(part) for part in parts_of(expression))
