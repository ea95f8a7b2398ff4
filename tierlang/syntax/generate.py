"""From the grammar to the parser's tables: the only place that needs Lark, and only when no tables are stored yet."""

from __future__ import annotations

import re
from typing import Any

from lark import Lark
from lark.grammar import Rule
from lark.lexer import PatternStr
from lark.parsers.lalr_analysis import Shift

from tierlang.syntax.grammar import RESERVED, with_names, words_of, written_grammar

_HOME_RULES = ("_settled", "_pinning")


class _Unused:
    """Tells Lark to keep the terminals that no rule takes: comments and the wrong texts that complaints explain."""

    always_accept = (
        "COMMENT",
        "WHITE",
        "WRONG_COMMENT",
        "WRONG_QUOTES",
        "WRONG_SIGN",
        "OPEN_TEXT",
        "RESERVED_WORD",
        "WRONG_WORD",
        "STRAY",
    )

    def process(self, stream: Any) -> Any:
        return stream


def lark_parser() -> Lark:
    """Lark's own parser of the grammar."""
    return Lark(with_names(written_grammar()), parser="lalr", lexer="basic", start="file", postlex=_Unused())


def generate() -> dict[str, Any]:
    """The tables as plain data, fit for JSON: see `tierlang.syntax.tables.Tables` for what the parts are."""
    lark = lark_parser()
    keywords, patterns = _terminals(lark)
    table = lark.parser.parser._parse_table
    symbols = sorted({symbol for actions in table.states.values() for symbol in actions})
    number = {symbol: at for at, symbol in enumerate(symbols)}
    rules = list(
        dict.fromkeys(arg for row in table.states.values() for action, arg in row.values() if action is not Shift)
    )
    rule_number = {rule: at for at, rule in enumerate(rules)}
    lookaheads: dict[tuple[int, ...], int] = {}
    states = []
    for state in range(len(table.states)):
        shifts: list[int] = []
        reduces: dict[int, list[int]] = {}
        for symbol, (action, arg) in table.states[state].items():
            if action is Shift:
                shifts += (number[symbol], arg)
            else:
                reduces.setdefault(rule_number[arg], []).append(number[symbol])
        parts: list[int] = []
        for rule, taken in sorted(reduces.items()):
            parts += (rule, lookaheads.setdefault(tuple(sorted(taken)), len(lookaheads)))
        states.append([shifts, parts])
    written = written_grammar()
    return {
        "patterns": patterns,
        "keywords": keywords,
        "free": sorted(words_of(written) - RESERVED),
        "symbols": symbols,
        "lookaheads": [list(taken) for taken in lookaheads],
        "states": states,
        "rules": [_rule(rule, number) for rule in rules],
        "start": table.start_states["file"],
        "end": table.end_states["file"],
        "homes": _homes(table),
    }


def _terminals(lark: Lark) -> tuple[dict[str, str], list[list[str]]]:
    """The words with their terminals, and the patterns of all other terminals in the order in which they are tried."""
    name = re.compile(next(one.pattern.to_regexp() for one in lark.terminals if one.name == "NAME"))
    keywords = {}
    others = []
    for one in lark.terminals:
        if isinstance(one.pattern, PatternStr) and name.fullmatch(one.pattern.value):
            keywords[one.pattern.value] = one.name
        else:
            others.append(one)
    others.sort(key=lambda one: (-one.priority, -one.pattern.max_width, -len(one.pattern.value), one.name))
    return keywords, [[one.name, one.pattern.to_regexp()] for one in others]


def _rule(rule: Rule, number: dict[str, int]) -> list[Any]:
    """What a reduction by the rule needs: goto symbol, maker, size, run, single, the places of the parts that are kept, and flat."""
    origin = str(rule.origin.name)
    kept = [at for at, part in enumerate(rule.expansion) if not (part.is_term and getattr(part, "filter_out", False))]
    run = origin.startswith("_")
    single = bool(rule.options.expand1) and not rule.alias
    flat = not any(rule.expansion[at].name.startswith("_") for at in kept)
    return [number[origin], rule.alias or origin, len(rule.expansion), run, single, kept, flat]


def _homes(table: Any) -> list[int]:
    """The states in which a line or a declaration may begin."""
    homes = {table.start_states["file"]}
    for state, actions in table.states.items():
        if actions.get("RBRACE", (None,))[0] is Shift:
            homes.add(state)
        homes.update(actions[rule][1] for rule in _HOME_RULES if rule in actions)
    return sorted(homes)
