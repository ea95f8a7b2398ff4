"""A condition asked of one account, with everything that its answer hung on."""

from __future__ import annotations

import attrs

from tierlang.engines.interpreter.expressions import holds
from tierlang.engines.interpreter.facts import Facts
from tierlang.engines.interpreter.lacking import Lack, lacks_of
from tierlang.engines.interpreter.matching import Answer, answer_of
from tierlang.engines.interpreter.reads import Read, missing_names, reads_of
from tierlang.program.nodes import Condition


@attrs.frozen
class ConditionTrace:
    """A condition asked: its words, its answer, what it read, what was missing if the answer is unknown, and which of its parts keep it from being true."""

    text: str
    answer: Answer
    reads: tuple[Read, ...]
    missing: tuple[str, ...]
    lacks: tuple[Lack, ...] = ()


def ask(condition: Condition, facts: Facts) -> ConditionTrace:
    """The condition, asked of what is known of the account so far."""
    answer = answer_of(holds(condition, facts))
    missing = missing_names(condition.test, facts) if answer is Answer.UNKNOWN else ()
    return ConditionTrace(condition.text, answer, reads_of(condition.test, facts), missing, lacks_of(condition, facts))
