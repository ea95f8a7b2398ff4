"""What a column is about: fit, value or engagement, judged by its name, headings and kind."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from tierlang.lint.reading import Source
from tierlang.program.nodes import EventType, Field, Lookup, Signal
from tierlang.program.values import Kind

Dimension: TypeAlias = Literal["fit", "value", "engagement"]

QUESTIONS: dict[Dimension, str] = {
    "fit": "should they buy? Industry, technology, country, size, a score of your profile",
    "value": "what would it be worth? Deal size, potential, contract value, budget",
    "engagement": "would they listen now? Visits, replies, meetings, usage, intent; as events, signals or dates",
}

_SIZE = frozenset(
    [
        "employees",
        "employee",
        "headcount",
        "staff",
        "fte",
        "people",
        "size",
        "workforce",
        "turnover",
        "revenue",
        "sites",
        "offices",
    ]
)
_FIT = _SIZE | frozenset(
    [
        "fit",
        "icp",
        "profile",
        "lookalike",
        "industry",
        "sector",
        "vertical",
        "segment",
        "country",
        "region",
        "state",
        "geo",
        "market",
        "tech",
        "technology",
        "technologies",
        "stack",
        "crm",
        "incumbent",
        "competitor",
        "domain",
        "website",
        "certifications",
        "regulated",
        "subsidiaries",
        "growth",
        "funding",
        "ownership",
        "language",
        "city",
    ]
)
_VALUE = frozenset(
    [
        "value",
        "worth",
        "potential",
        "arr",
        "mrr",
        "acv",
        "tcv",
        "ltv",
        "clv",
        "revenue",
        "turnover",
        "deal",
        "deals",
        "amount",
        "budget",
        "spend",
        "spending",
        "contract",
        "price",
        "pipeline",
        "opportunity",
        "opportunities",
        "seats",
        "licences",
        "licenses",
        "upsell",
        "expansion",
        "wallet",
        "logo",
        "income",
        "profit",
    ]
)
_ENGAGEMENT = frozenset(
    [
        "engagement",
        "engaged",
        "intent",
        "touch",
        "touched",
        "touches",
        "visit",
        "visits",
        "visited",
        "active",
        "activity",
        "activities",
        "usage",
        "used",
        "login",
        "logins",
        "session",
        "sessions",
        "response",
        "responses",
        "replied",
        "reply",
        "meeting",
        "meetings",
        "opened",
        "opens",
        "click",
        "clicks",
        "clicked",
        "webinar",
        "demo",
        "trial",
        "interaction",
        "interactions",
        "contact",
        "contacts",
        "contacted",
        "last",
        "seen",
        "warmth",
        "interest",
        "interested",
        "surge",
        "adoption",
        "nps",
        "survey",
        "evaluating",
        "evaluated",
        "signup",
        "registered",
        "downloads",
        "email",
    ]
)
_MORE_THAN_SIZE = ((_VALUE | _ENGAGEMENT) - _SIZE) | {"growth"}
_STATUS = frozenset(
    [
        "customer",
        "prospect",
        "partner",
        "excluded",
        "internal",
        "cancelled",
        "test",
        "unsubscribed",
        "opted",
        "out",
        "existing",
    ]
)


def words_of(source: Source) -> frozenset[str]:
    """The words of a name, its label and its headings, in small letters."""
    texts = [source.name]
    if isinstance(source, Field | EventType | Signal | Lookup) and getattr(source, "label", None):
        texts.append(str(source.label))
    if isinstance(source, Field):
        texts += source.headings
    return frozenset(word for text in texts for word in re.findall(r"[a-z]+", text.casefold()))


def is_size(source: Source) -> bool:
    """Whether it is a column of how large a company is, and of nothing else."""
    if not isinstance(source, Field) or not (source.kind.is_numeric or source.one_of):
        return False
    words = words_of(source)
    return bool(words & _SIZE) and not words & _MORE_THAN_SIZE


def dimensions_of(source: Source) -> frozenset[Dimension] | None:
    """What it is about, which may be nothing of the three (a status); None where that cannot be told."""
    if isinstance(source, EventType):
        sold = any(field.kind is Kind.MONEY or words_of(field) & _VALUE for field in source.fields)
        return frozenset({"engagement", "value"} if sold else {"engagement"})
    if isinstance(source, Lookup):
        return None
    words = words_of(source)
    kind = source.value.kind if isinstance(source, Signal) else source.kind
    found: set[Dimension] = set()
    found |= {"fit"} if words & _FIT else set()
    found |= {"value"} if words & _VALUE or kind is Kind.MONEY else set()
    found |= {"engagement"} if words & _ENGAGEMENT or isinstance(source, Signal) else set()
    if found or words & _STATUS:
        return frozenset(found)
    return None
