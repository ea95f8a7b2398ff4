"""A claim taken apart: parts that must each come out in a certain way for the claim to be true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import attrs

from tierlang.program.expressions import AllOf, AnyOf, Constant, Expression, FirstOf, Not

Answers: TypeAlias = frozenset[bool | None]

TRUE: Answers = frozenset({True})
FALSE: Answers = frozenset({False})
NOT_TRUE: Answers = frozenset({False, None})
NOT_FALSE: Answers = frozenset({True, None})


@attrs.frozen(eq=False)
class Goal:
    """A condition, and the answers of it that will do."""

    test: Expression
    wanted: Answers


def goals_of(test: Expression, wanted: Answers = TRUE) -> Iterator[Goal]:
    """Goals that hold together exactly where the condition has one of the wanted answers; small ones where its words allow."""
    match test:
        case AllOf(parts=parts) if wanted in (TRUE, NOT_FALSE):
            for part in parts:
                yield from goals_of(part, wanted)
        case AnyOf(parts=parts) if wanted in (FALSE, NOT_TRUE):
            for part in parts:
                yield from goals_of(part, wanted)
        case AllOf(parts=(part,)) | AnyOf(parts=(part,)):
            yield from goals_of(part, wanted)
        case Not(part=part):
            yield from goals_of(part, frozenset(None if each is None else not each for each in wanted))
        case FirstOf(parts=(part, Constant(value=False))) if (True in wanted) != (False in wanted):
            yield from goals_of(part, TRUE if True in wanted else NOT_TRUE)
        case Constant(value=value) if value in wanted:
            return
        case _:
            yield Goal(test, wanted)
