"""Generated rule files: sentences of the grammar, with any white space and comments between their words.

What they mean is of no account; they only have to be read without complaint.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from tierlang.syntax.generate import lark_parser
from tierlang.syntax.tables import tables
from tierlang.syntax.tokens import END, Token, tokenize

WORDS = {
    "NAME": ("fit", "arr", "industry", "days_in_trial", "x", "potential", "engagement", "one"),
    "TEXT": ('"a"', '"Banking"', '"Tier 1 (1:1)"', '"with # and {"', '"Größe"', '""', '"say \\"so\\""'),
    "NUMBER": ("1", "25", "0.5", "250k", "$1.5M", "5%", "1_000"),
    "DATE": ("2026-01-31", "2026-11-01"),
    "PICK": ("lowest", "first"),
    "ALLOW": ("allow same-plays", "allow \t  gaps"),
    "AS_OF": ("as of", "as \n of"),
    "NOT_EXCLUDED": ("not excluded", "not  excluded"),
    "EXPECT_MARK": ("expect mark", "expect\n mark"),
    "EXPECT_NO_MARK": ("expect no mark", "expect  no\tmark"),
    "MOVE_TO": ("move to", "move\n to"),
    "MOVE_OUT": ("move out", "move \t out"),
    "DOTS_OPEN": ("..",),
    "DOT": (".",),
}
KEPT = ("PICK", "NO", "AS_OF", "EXPECT_MARK", "EXPECT_NO_MARK")
"""Kinds after which a comment or a new line would change what the words are."""
SPACES = (" ", " ", " ", "  ", "\t", "\n", "\n", "\n\n", "\n\n\n  ", "\r\n", " \n\t ")
COMMENTS = ("# a comment", "#", "#: with { and }   ", "# über  alles")


@cache
def _grammar() -> tuple[dict[str, list[list[str]]], dict[str, str], dict[str, int]]:
    """The rules by what they make, the texts of fixed terminals, and how deep a rule is at least."""
    lark: Any = lark_parser()
    rules: dict[str, list[list[str]]] = {}
    for rule in lark.rules:
        rules.setdefault(rule.origin.name, []).append([symbol.name for symbol in rule.expansion])
    fixed = {one.name: one.pattern.value for one in lark.terminals if type(one.pattern).__name__ == "PatternStr"}
    depths = dict.fromkeys([*fixed, *WORDS], 0)
    while True:
        before = len(depths)
        for origin, expansions in rules.items():
            known = [max([0, *(depths[s] for s in e)]) for e in expansions if all(s in depths for s in e)]
            if known and origin not in depths:
                depths[origin] = min(known) + 1
        if len(depths) == before:
            return rules, fixed, depths


def sentence(dice: random.Random, start: str = "file", room: int = 60) -> list[tuple[str, str]]:
    """A run of words that the grammar takes: kinds and texts."""
    rules, fixed, depths = _grammar()
    found: list[tuple[str, str]] = []
    waiting = [(start, 0)]
    while waiting:
        symbol, depth = waiting.pop()
        if symbol in fixed:
            found.append((symbol, fixed[symbol]))
        elif symbol in WORDS:
            found.append((symbol, dice.choice(WORDS[symbol])))
        elif symbol == "name_but_otherwise" and dice.random() < 0.9:
            found.append(("NAME", dice.choice(WORDS["NAME"])))
        else:
            short = depth > 25 or len(found) + len(waiting) > room
            waiting += [(one, depth + 1) for one in reversed(_chosen(dice, rules[symbol], depths, short=short))]
    return found


FRAMES = (
    ("mobility {", "mobility_line", "}", 6),
    ('mobility { promote x "Up" {', "trigger_line", "} }", 6),
    ('test "x" { given {', "_given_open", "} }", 3),
    ('test "x" { given account a {', "_given_lines", "} }", 3),
    ('test "x" {', "test_line", "}", 6),
    ("tiers by a { tier b { keep while", "whole", "owner x y } }", 1),
    ("tiers by a { tier b { was c", "tier_line", "} }", 2),
)
"""Blocks of which a sentence of the whole grammar seldom has much, with what stands in them, and how often at most."""


def framed(dice: random.Random, room: int = 60) -> list[tuple[str, str]]:
    """A sentence that is one of the frames, filled with some lines."""
    before, symbol, after, most = dice.choice(FRAMES)
    found = _words(before)
    for _ in range(dice.randint(1, most)):
        found += sentence(dice, symbol, room // 4)
    return found + _words(after)


def _words(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenize(tables(), text)[0] if token.kind != END]


def _chosen(dice: random.Random, expansions: list[list[str]], depths: dict[str, int], *, short: bool) -> list[str]:
    """One of the ways to make a symbol; a shallow one where the sentence is long enough."""
    possible = [one for one in expansions if all(symbol in depths for symbol in one)]
    if not short:
        # The longer ways more often, or most sentences would be over at once.
        return dice.choices(possible, [1 + sum(depths[symbol] > 0 for symbol in one) ** 2 for one in possible])[0]
    least = min(max([0, *(depths[symbol] for symbol in one)]) for one in possible)
    return dice.choice([one for one in possible if max([0, *(depths[symbol] for symbol in one)]) == least])


def written(dice: random.Random, words: list[tuple[str, str]], remarks: float) -> str:
    """The words with white space between them, and so many comments."""
    text = ""
    for at, (kind, word) in enumerate(words):
        before = words[at - 1][0] if at else ""
        if before in ("DOTS", "DOTS_BELOW", "DOT") or kind == "DOT":
            gap = ""
        elif before in KEPT or (before == "OF" and at > 1 and words[at - 2][0] == "PICK"):
            gap = " "
        else:
            gap = "".join(_gap(dice, remarks))
            if kind in ("COMMA", "DOTS", "RPAR") and dice.random() < 0.5 and "#" not in gap:
                gap = ""
        text += gap + word
    return text + "".join(_gap(dice, remarks))


def _gap(dice: random.Random, remarks: float) -> Iterator[str]:
    yield dice.choice(SPACES)
    while dice.random() < remarks:
        yield dice.choice(COMMENTS) + "\n"
        yield dice.choice(SPACES)


def rewritten(dice: random.Random, tokens: list[Token], remarks: float) -> str:
    """A text that was read, with other white space and comments."""
    words = [(token.kind, token.text) for token in tokens if token.kind != END]
    return written(dice, words, remarks)
