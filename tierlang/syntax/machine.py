"""The parser's stack: shifts tokens, reduces by rules, and can be asked and turned back without harm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tierlang.syntax.tables import Rule, Steps, Tables
from tierlang.syntax.tokens import END, Token

Build = Callable[[str, list[Any], int, int], Any]
"""Makes the value of a reduction: maker, parts, and the place (start, end) that the rule covers."""

Extent = tuple[int, int] | None

_SEEN = 12
"""How much of the stack decides about nearly all reductions; what they come to is remembered."""
_MOST_STEPS = 100_000


class Run(list[Any]):
    """The parts of a rule that is a plain run: they belong to the rule above."""


class Machine:
    """A stack of states, each with the value and place of the symbol that led to it."""

    def __init__(self, tables: Tables, shifted: Callable[[Token], Any], build: Build) -> None:
        self._tables = tables
        self._rows = tables.rows
        self._shifted = shifted
        self._build = build
        self.states = [tables.start]
        self._values: list[Any] = [None]
        self._extents: list[Extent] = [None]

    def accepts(self, *kinds: str, depth: int | None = None) -> bool:
        """Whether these tokens could follow one another now, or from the first `depth` states of the stack."""
        return self._state_after(*kinds, depth=depth) is not None

    def _steps(self, kind: str) -> Steps | None:
        """What must be reduced before a token of this kind can be shifted; None, with nothing changed, where it cannot come now."""
        known = self._tables.steps
        key: tuple[str | int, ...] = (kind, *self.states[-_SEEN:])
        if key in known:
            return known[key]
        steps, lowest = self._found_steps(kind)
        if lowest >= len(self.states) - _SEEN and len(known) < _MOST_STEPS:
            known[key] = steps
        return steps

    def _found_steps(self, kind: str) -> tuple[Steps | None, int]:
        """The steps, and the lowest place of the stack that they depend on."""
        steps: list[tuple[Rule | None, int]] = []
        states, rows, tables = self.states, self._rows, self._tables
        base = lowest = len(states)
        top: list[int] = []  # a small stack on top of an untouched one, so that deep stacks are not copied
        while True:
            state = top[-1] if top else states[base - 1]
            lowest = min(lowest, base - 1)
            action = rows[state].get(kind)
            if action is None:
                return (steps if kind == END and state == tables.end else None), lowest
            if action >= 0:
                return steps, lowest
            rule = tables.rules[-1 - action]
            if rule.passes:
                if top:
                    below = top[-2] if len(top) > 1 else states[base - 1]
                    top.pop()
                else:
                    base -= 1
                    below = states[base - 1]
                top.append(tables.after_passing(below, rule, kind))
                steps.append((None, top[-1]))
            else:
                from_top = min(rule.size, len(top))
                if from_top:
                    del top[-from_top:]
                base -= rule.size - from_top
                top.append(rows[top[-1] if top else states[base - 1]][rule.goto])
                steps.append((rule, top[-1]))
            lowest = min(lowest, base - 1)

    def _state_after(self, *kinds: str, depth: int | None = None) -> int | None:
        """The state after these tokens, found without touching the stack; None where they cannot come."""
        states = self.states if depth is None else self.states[:depth]
        base = len(states)
        top: list[int] = []
        for kind in kinds:
            while True:
                state = top[-1] if top else states[base - 1]
                if kind == END and state == self._tables.end:
                    return state
                action = self._rows[state].get(kind)
                if action is None:
                    return None
                if action >= 0:
                    top.append(action)
                    break
                rule = self._tables.rules[-1 - action]
                from_top = min(rule.size, len(top))
                if from_top:
                    del top[-from_top:]
                base -= rule.size - from_top
                top.append(self._rows[top[-1] if top else states[base - 1]][rule.goto])
        return top[-1] if top else states[base - 1]

    def expected(self) -> set[str]:
        """The kinds of token that could come now."""
        return {kind for kind in self._tables.actions(self.states[-1]) if is_terminal(kind) and self.accepts(kind)}

    def only_a_name(self, kind: str, depth: int | None = None) -> bool:
        """Whether a word that could come now (or after the first `depth` states) would be no more than a name."""
        after = self._state_after(kind, depth=depth)
        return after is None or self._tables.is_name_only(after)

    def feed(self, token: Token) -> bool:
        """Take one token; False, with nothing changed, where it cannot come now."""
        kind = token.kind
        action = self._rows[self.states[-1]].get(kind, -1)
        if action < 0:
            steps = self._steps(kind)
            if steps is None:
                return False
            for rule, state in steps:
                if rule is None:
                    self.states[-1] = state
                else:
                    self._take(rule, state)
            if kind == END:
                return True
            action = self._rows[self.states[-1]][kind]
        self.states.append(action)
        self._values.append(self._shifted(token))
        self._extents.append((token.start, token.end))
        return True

    def settle(self, kind: str) -> None:
        """Reduce as far as a token of this kind would, which must be able to come."""
        for rule, state in self._steps(kind) or ():
            if rule is None:
                self.states[-1] = state
            else:
                self._take(rule, state)

    def result(self) -> Any:
        """The value of the whole text, after the end was fed."""
        return self._values[1]

    def cut(self, depth: int) -> None:
        """Forget everything above the state at `depth`."""
        del self.states[depth + 1 :], self._values[depth + 1 :], self._extents[depth + 1 :]

    def extent(self, depth: int) -> Extent:
        """The place in the text of what stands at `depth` of the stack."""
        return self._extents[depth]

    def value(self, depth: int) -> Any:
        """What stands at `depth` of the stack."""
        return self._values[depth]

    def _take(self, rule: Rule, state: int) -> None:
        """Reduce by a rule, which leads to a state."""
        states, values, extents = self.states, self._values, self._extents
        first = len(states) - rule.size
        extent = _joined(extents, first)
        parts = [values[first + place] for place in rule.kept] if rule.flat else _unrolled(values, first, rule)
        value: Any
        if rule.run:
            value = parts if isinstance(parts, Run) else Run(parts)
        elif rule.single and len(parts) == 1:
            value = parts[0]
        else:
            start, end = extent or (0, 0)
            value = self._build(rule.maker, list(parts) if parts.__class__ is Run else parts, start, end)
        del states[first:], values[first:], extents[first:]
        states.append(state)
        values.append(value)
        extents.append(extent)


def is_terminal(symbol: str) -> bool:
    """Whether a symbol of the tables is a kind of token."""
    return symbol[-1].isupper()


def _unrolled(values: list[Any], first: int, rule: Rule) -> Run:
    """The kept values of the rule's symbols, runs unrolled; a run that leads is extended, so long lists stay linear."""
    parts: Run | None = None
    for place in rule.kept:
        value = values[first + place]
        if parts is None:
            parts = value if isinstance(value, Run) else Run((value,))
        elif isinstance(value, Run):
            parts.extend(value)
        else:
            parts.append(value)
    return Run() if parts is None else parts


def _joined(extents: list[Extent], first: int) -> Extent:
    """The place from the first to the last of the symbols from `first` on; None for no text at all."""
    if first == len(extents):
        return None
    start, end = extents[first], extents[-1]
    if start is None or end is None:
        known = [extent for extent in extents[first:] if extent]
        return (known[0][0], known[-1][1]) if known else None
    return start if first == len(extents) - 1 else (start[0], end[1])
