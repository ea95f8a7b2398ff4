"""What expressions speak of where that is not the account: one event, or the values of one signal or score."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tierlang.program.expressions import Attribute, DaysSince, Expression
from tierlang.program.nodes import EventType, Field
from tierlang.program.values import Kind
from tierlang.syntax import nodes

AT = Attribute("at", Kind.DATE)
AGE = DaysSince(AT)
"""The whole days since an event; its users read it as `age`."""

OWN_NAMES: Mapping[str, Expression] = {"at": AT, "age": AGE}
"""What every event has."""


@attrs.frozen
class About:
    """The names that mean something inside a part of the rules, and what people are told of the others.

    `event` is the event type, where it is one. `place` is how people call the part (``the `where` of `order` ``), `reads` says what it may read, `instead` what to do with the rest. A name of `names` that is
    None was already complained about. `fields` say how the attributes among them are read. `account`: the account's fields may be read
    too. `timeless`: nothing may depend on the as-of date.
    """

    place: str
    reads: str
    instead: str
    names: Mapping[str, Expression | None]
    fields: Mapping[str, Field]
    account: bool = False
    timeless: bool = False
    event: str | None = None

    def refused(self, node: nodes.Expression) -> str | None:
        """How people call the expression, if it never stands here."""
        match node:
            case nodes.Percentile():
                return "`percentile of`"
            case nodes.Events():
                return "a question about events"
            case nodes.For():
                return "a condition `for` a time"
            case nodes.Column():
                return f"the lookup `{node.table.text}`"
            case nodes.DaysInTier():
                return "`days in tier`"
            case nodes.Today() if self.timeless:
                return "`today`"
            case nodes.Within() if self.timeless:
                return "`within`"
            case nodes.DaysSince() if self.timeless:
                return "`days since`"
            case _:
                return None


def attributes_of(event: EventType) -> dict[str, Expression]:
    """What expressions about one event read, by name."""
    read: dict[str, Expression] = {field.name: Attribute(field.name, field.kind) for field in event.fields}
    read.update((derive.name, Attribute(derive.name, derive.kind)) for derive in event.derives)
    return {**read, **OWN_NAMES}
