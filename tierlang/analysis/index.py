"""Who reads whom: the names of fields, definitions, facts, event types and signals, and what each reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeAlias

from tierlang.analysis.claims import in_top, takes
from tierlang.analysis.flows import Flows, Use, defined_name, parts_of_score
from tierlang.program.expressions import (
    AnyOf,
    Attribute,
    Expression,
    Input,
    IsMissing,
    Not,
    kind_of,
    parts_of,
)
from tierlang.program.nodes import (
    Aggregate,
    Derive,
    Enduring,
    EventPoints,
    EventType,
    Field,
    Percentile,
    Program,
    Score,
    Signal,
    Sustained,
)
from tierlang.program.values import Kind

Named: TypeAlias = (
    Field | Derive | Enduring | Score | Percentile | Aggregate | EventPoints | Sustained | EventType | Signal
)


class Index:
    """Everything of a program by its name: `i:` fields, `d:` what expressions read as `Defined`, `e:` and `s:` all events of a type and observations of a signal together."""

    def __init__(self, program: Program, as_of: dt.date) -> None:
        self.program = program
        self.as_of = as_of
        self.flows = Flows(program, as_of)
        self.nodes: dict[str, Named] = {f"i:{program.key.name}": program.key}
        self.nodes.update((f"i:{field.name}", field) for field in program.fields)
        self.nodes.update((f"e:{event.name}", event) for event in program.events)
        for signal in program.signals:
            self.nodes[f"s:{signal.name}"] = signal
            self.nodes[defined_name(signal.name)] = signal
        for fact in program.facts:
            self.nodes[defined_name(fact.name)] = fact
        for definition in (*program.definitions, *program.relative):
            self.nodes[defined_name(definition.name)] = definition
        self.order = {name: at for at, name in enumerate(self.nodes)}
        self._guesses: dict[str, Expression] = {
            defined_name(in_top(ladder, tier).name): Not(IsMissing(tier.top.by))
            for ladder in program.ladders
            for tier in ladder.tiers
            if tier.top is not None
        }
        self._alone: dict[tuple[str, str], tuple[Expression, ...] | None] = {}
        self._below: dict[str, frozenset[str]] = {}
        self._reads: dict[str, tuple[str, ...]] = {}

    def guess(self, name: str) -> Expression | None:
        """What comes near to something that only the population decides: an account alone is in every top that it has the value for, and in the tiers that take it."""
        found = self._guesses.get(name)
        if found is None and name in self.flows.asked:
            asked = self.flows.asked[name]
            ladder = self.program.ladders[asked.ladder]
            ways = (takes(ladder, at) for at, tier in enumerate(ladder.tiers) if tier.name in asked.tiers)
            found = self._guesses[name] = AnyOf(tuple(ways))
        return found

    def reads(self, name: str) -> tuple[str, ...]:
        """What a name reads itself."""
        found = self._reads.get(name)
        if found is None:
            found = self._reads[name] = self._find_reads(name)
        return found

    def _find_reads(self, name: str) -> tuple[str, ...]:
        guess = self.guess(name)
        if guess is not None:
            return self.flows.names(guess)
        match self.nodes.get(name):
            case Derive(value=value):
                return self.flows.names(value)
            case Score() as score:
                return self.flows.names_of_score(score)
            case Percentile(of=of, where=where):
                read = [self.flows.names(of), () if where is None else self.flows.names(where.test)]
                return tuple(dict.fromkeys(name for names in read for name in names))
            case Aggregate(event=event) | EventPoints(event=event):
                return (f"e:{event}",)
            case Sustained(signal=signal):
                return (f"s:{signal}",)
            case Signal(name=signal) if name.startswith("d:"):
                return (f"s:{signal}",)
            case EventType(name=event):
                return self._inputs_of_events(event)
            case _:
                return ()

    def _inputs_of_events(self, event: str) -> tuple[str, ...]:
        """The account's fields in conditions on its events."""
        wheres = [
            fact.where.test
            for fact in self.program.facts
            if not isinstance(fact, Sustained) and fact.event == event and fact.where
        ]
        return tuple(dict.fromkeys(name for where in wheres for name in self.flows.names(where)))

    def below(self, name: str) -> frozenset[str]:
        """A name, and all that it reads in the end."""
        found = self._below.get(name)
        if found is None:
            found = self._below[name] = frozenset({name}).union(*(self.below(read) for read in self.reads(name)))
        return found

    def expressions(self, name: str) -> tuple[Expression, ...]:
        """What a definition asks of the names that it reads, or all that reads the fields of the account in conditions on events."""
        guess = self.guess(name)
        if guess is not None:
            return (guess,)
        match self.nodes.get(name):
            case Derive(value=value):
                return (value,)
            case Score() as score:
                # Of a table's subject only that it is missing counts, besides what the rows ask.
                return tuple(
                    IsMissing(each) if isinstance(each, Input) and not counts and each.kind is not Kind.FLAG else each
                    for each, counts in parts_of_score(score)
                )
            case Percentile(of=of, where=where):
                return (of,) if where is None else (of, where.test)
            case EventType(name=event):
                return tuple(fact.where.test for fact in self._figures(event) if fact.where is not None)
            case _:
                return ()

    def alone(self, name: str, field: str) -> tuple[Expression, ...] | None:
        """The largest parts of a definition that read this field and nothing else; None if it does more with the field's value than such parts tell."""
        key = (name, field)
        if key not in self._alone:
            self._alone[key] = self.parts_alone(self.expressions(name), field)
        return self._alone[key]

    def parts_alone(self, expressions: Iterable[Expression], field: str) -> tuple[Expression, ...] | None:
        """The same of expressions."""
        found: list[Expression] = []
        waiting = list(expressions)
        while waiting:
            current = waiting.pop()
            names = self.flows.names(current)
            if field not in names:
                continue
            if names == (field,) and not has_attributes(current):
                if kind_of(current) is not Kind.FLAG and isinstance(current, Input):
                    return None
                found.append(current)
            elif isinstance(current, Input):
                return None
            else:
                waiting += parts_of(current)
        return tuple(found)

    def _figures(self, event: str) -> list[Aggregate | EventPoints]:
        return [fact for fact in self.program.facts if not isinstance(fact, Sustained) and fact.event == event]

    def own_uses(self, name: str) -> tuple[Use, ...]:
        """What a definition does to the names that it reads."""
        guess = self.guess(name)
        if guess is not None:
            return self.flows.of(guess).uses
        match self.nodes.get(name):
            case Derive(value=value):
                return self.flows.of(value).uses
            case Score() as score:
                return self.flows.of_score(score)
            case Percentile(where=where) if where is not None:
                return self.flows.of(where.test).uses
            case EventType(name=event):
                wheres = [
                    fact.where.test
                    for fact in self.program.facts
                    if not isinstance(fact, Sustained) and fact.event == event and fact.where
                ]
                return tuple(
                    use for where in wheres for use in self.flows.of(where).uses if not use.name.startswith("a:")
                )
            case _:
                return ()

    def uses(self, expressions: dict[Expression, bool] | list[tuple[Expression, bool]]) -> dict[str, frozenset[Use]]:
        """What is done with every name that the expressions read in the end; beside each, whether its own value counts."""
        found: dict[str, set[Use]] = {}
        names: set[str] = set()
        pairs = expressions.items() if isinstance(expressions, dict) else expressions
        for expression, counts in pairs:
            flow = self.flows.of(expression)
            for use in flow.uses:
                found.setdefault(use.name, set()).add(use)
            if counts:
                for name, _ in flow.through:
                    found.setdefault(name, set()).add(Use(name, "free"))
            for name in self.flows.names(expression):
                names |= self.below(name)
        for name in sorted(names, key=lambda each: -self.order.get(each, len(self.order))):
            for use in self.own_uses(name):
                found.setdefault(use.name, set()).add(use)
            node = self.nodes.get(name)
            if isinstance(node, Derive) and name in found:
                self._pass_on(node, found)
        return {name: frozenset(found.get(name, ())) for name in names}

    def _pass_on(self, derive: Derive, found: dict[str, set[Use]]) -> None:
        mine = tuple(found[defined_name(derive.name)])
        for name, how in self.flows.of(derive.value).through:
            for use in mine:
                what = self.flows.passed(use.what, how) if use.sort == "cut" else use.what
                found.setdefault(name, set()).add(Use(name, use.sort, what))


def has_attributes(expression: Expression) -> bool:
    """Whether it is about one event."""
    return isinstance(expression, Attribute) or any(has_attributes(part) for part in parts_of(expression))
