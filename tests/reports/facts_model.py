"""Event types and a signal, for reports about them."""

from __future__ import annotations

from tierlang.program.calendar import Duration
from tierlang.program.nodes import Attribution, EventType, Field, Signal
from tierlang.program.values import Kind

ATTRIBUTION = Attribution(Field("account", Kind.TEXT, required=True), Field("at", Kind.DATE, required=True))
EVENTS = (
    EventType("order", None, ATTRIBUTION, (Field("freight", Kind.MONEY), Field("channel", Kind.TEXT))),
    EventType("visit", "Site visit", ATTRIBUTION),
)
SIGNALS = (Signal("intent", "Intent", ATTRIBUTION, Field("intent", Kind.NUMBER), Duration(14, "day")),)
