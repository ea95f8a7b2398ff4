"""The parser's tables: what the generated tables mean, and how they come into memory quickly."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any, TypeVar

import attrs

from tierlang.syntax import stored
from tierlang.syntax.grammar import written_grammar


@attrs.frozen
class Rule:
    """One rule of the grammar as a reduction sees it.

    `goto` is the symbol it makes, `maker` the name of the function that builds its value. A `run` gives a plain list, a `single` one with
    one part gives that part. `kept` are the places of the parts that the maker is given; `flat` says that no run is among them. A rule that
    `passes` has one part and gives it unchanged.
    """

    goto: str
    maker: str
    size: int
    run: bool
    single: bool
    kept: tuple[int, ...]
    flat: bool
    passes: bool


Steps = list[tuple[Rule | None, int]]
"""Reductions, each with the state that it leads to; without a rule, only the state changes."""

T = TypeVar("T")


class _Lazy(dict[int, T]):
    """A table of which an entry is read when it is first looked up."""

    def __init__(self, read: Callable[[int], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, number: int) -> T:
        entry = self[number] = self._read(number)
        return entry


_NAMES = ("name_but_otherwise", "name_otherwise")
_GAPS = ("WHITE", "COMMENT")
_SMALL = re.compile(r"(?:\(\?:)?(?:[a-z]|\[a-z\])")
"""How the pattern of a terminal begins that can only match at a small letter."""


class Tables:
    """The LALR tables, read lazily: a short file visits few states.

    An action is a state to go to (0 and up) or a rule to reduce by (`-1 - rule`). `steps` remembers what a token's kind and the top of the
    stack come to.
    """

    def __init__(self, plain: dict[str, Any]) -> None:
        self._plain = plain
        self.rows = _Lazy(self._read_row)
        self.rules = _Lazy(self._read_rule)
        self.steps: dict[tuple[str | int, ...], Steps | None] = {}
        self._name_only: dict[int, bool] = {}
        self._passed: dict[tuple[int, str, str], int] = {}
        self.symbols: list[str] = plain["symbols"]
        self.keywords: dict[str, str] = plain["keywords"]
        self.free_words = frozenset(plain["free"])
        self.homes = frozenset(plain["homes"])
        self.start: int = plain["start"]
        self.end: int = plain["end"]

    @cached_property
    def scanner(self) -> re.Pattern[str]:
        """One pattern for every terminal but the words; the name of the group that matched is the terminal. Blanks behind it are taken too.

        Alternatives are tried one by one, so what begins with a small letter is asked for only where one stands.
        """
        groups = [(name, f"(?P<{name}>{pattern})") for name, pattern in self._plain["patterns"]]
        small = [name for name, pattern in self._plain["patterns"] if _SMALL.match(pattern)]
        gaps = [group for name, group in groups if name in _GAPS]
        words = [group for name, group in groups if name in small]
        others = [group for name, group in groups if name not in small and name not in _GAPS]
        return re.compile(f"(?:{'|'.join(gaps)}|(?=[a-z])(?:{'|'.join(words)})|{'|'.join(others)})[ ]*")

    @cached_property
    def spelling(self) -> dict[str, str]:
        """The word of each word's terminal."""
        return {terminal: word for word, terminal in self.keywords.items()}

    def actions(self, state: int) -> dict[str, int]:
        """What the parser may do in a state, by symbol."""
        return self.rows[state]

    def is_name_only(self, state: int) -> bool:
        """Whether all that can follow in a state is that the word before was a name."""
        known = self._name_only.get(state)
        if known is None:
            row = self.rows[state]
            known = all(action < 0 and self.rules[-1 - action].maker in _NAMES for action in row.values())
            self._name_only[state] = known
        return known

    def after_passing(self, below: int, rule: Rule, kind: str) -> int:
        """The state that follows `below` after a rule that passes, and all such rules right after it, for a token of this kind."""
        key = (below, rule.goto, kind)
        state = self._passed.get(key)
        if state is None:
            gotos = self.rows[below]
            state = gotos[rule.goto]
            while (action := self.rows[state].get(kind, 0)) < 0 and (further := self.rules[-1 - action]).passes:
                state = gotos[further.goto]
            self._passed[key] = state
        return state

    def rule(self, number: int) -> Rule:
        """A rule by its number."""
        return self.rules[number]

    @property
    def makers(self) -> frozenset[str]:
        """The makers that the grammar asks for."""
        return frozenset(rule[1] for rule in self._plain["rules"] if not rule[3])

    def _read_rule(self, number: int) -> Rule:
        goto, maker, size, run, single, kept, flat = self._plain["rules"][number]
        passes = bool(single and flat and size == 1 and kept)
        return Rule(self.symbols[goto], maker, size, run, single, tuple(kept), flat, passes)

    def _read_row(self, state: int) -> dict[str, int]:
        symbols, lookaheads = self.symbols, self._plain["lookaheads"]
        shifts, reduces = self._plain["states"][state]
        row = {symbols[shifts[at]]: shifts[at + 1] for at in range(0, len(shifts), 2)}
        for at in range(0, len(reduces), 2):
            row.update(dict.fromkeys((symbols[taken] for taken in lookaheads[reduces[at + 1]]), -1 - reduces[at]))
        return row


@cache
def tables() -> Tables:
    """The tables of this version's grammar: from the user's cache, else generated and stored there."""
    return Tables(stored.load(written_grammar(), _generate))


def _generate() -> dict[str, Any]:
    # Lark takes longer to import than most rule files take to check, so it is read only where tables must be made.
    from tierlang.syntax.generate import generate

    return generate()
