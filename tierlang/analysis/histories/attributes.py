"""What figures do with the attributes of an event, through the derived values of its type too."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.analysis.flows import Use
from tierlang.analysis.histories.figures import Figure, Figures
from tierlang.engines.interpreter.events import attributes_of
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Aggregate


def attribute_uses(asked: Figures) -> dict[str, tuple[Use, ...]]:
    """What is done with each attribute, through the event's derived values too."""
    uses = [use for fact in asked.facts for use in (*_in_where(asked, fact), *_on_attribute(asked, fact))]
    return _through_derives(asked, asked.facts, uses)


def attributes_read(asked: Figures) -> set[str]:
    """The attributes that the figures read in the end."""
    read = {name for fact in asked.facts for name in attributes_of(_read(fact))}
    for derive in reversed(asked.event.derives):
        if derive.name in read:
            read |= attributes_of([derive.value])
    return read


def _read(fact: Figure) -> list[Expression]:
    """The expressions about one event that a figure reads."""
    attribute = [fact.attribute] if isinstance(fact, Aggregate) and fact.attribute is not None else []
    return [*attribute, *([] if fact.where is None else [fact.where.test])]


def _in_where(asked: Figures, fact: Figure) -> tuple[Use, ...]:
    return () if fact.where is None else asked.flows.of(fact.where.test).uses


def _on_attribute(asked: Figures, fact: Figure) -> list[Use]:
    if not isinstance(fact, Aggregate) or fact.attribute is None:
        return []
    target = f"a:{fact.attribute.name}"
    more = [Use(target, "free")] if fact.function == "sum" else []
    counted = fact.function == "distinct"
    return [*([] if counted else [use._replace(name=target) for use in asked.uses_of(fact)]), *more]


def _through_derives(asked: Figures, facts: Sequence[Figure], uses: Sequence[Use]) -> dict[str, tuple[Use, ...]]:
    """The uses of all attributes, those included that come from derived values which the figures read."""
    read = {name for fact in facts for name in attributes_of(_read(fact))}
    found: dict[str, dict[Use, None]] = {}
    for use in uses:
        found.setdefault(use.name, {})[use] = None
    for derive in reversed(asked.event.derives):
        if derive.name not in read:
            continue
        read |= attributes_of([derive.value])
        mine = tuple(found.get(f"a:{derive.name}", ()))
        flow = asked.flows.of(derive.value)
        for use in flow.uses:
            found.setdefault(use.name, {})[use] = None
        for name, how in flow.through:
            for use in mine:
                what = asked.flows.passed(use.what, how) if use.sort == "cut" else use.what
                found.setdefault(name, {})[use._replace(name=name, what=what)] = None
    return {name: tuple(each) for name, each in found.items()}


def is_sure(asked: Figures, fact: Figure) -> bool:
    """Whether events of one kind are alike to the figure: its condition only compares with constants, and so does what is done with the attribute's value."""
    read = list(_in_where(asked, fact))
    if isinstance(fact, Aggregate) and fact.attribute is not None:
        derived = any(derive.name == fact.attribute.name for derive in asked.event.derives)
        if derived or fact.function not in ("sum", "distinct"):
            read += _on_attribute(asked, fact)
    return not any(use.sort == "free" for uses in _through_derives(asked, [fact], read).values() for use in uses)
