"""The text of the grammar: where it lies, and the rule for names that is made from its words."""

from __future__ import annotations

import re
from pathlib import Path

RESERVED = frozenset(
    re.findall(
        r"\w+",
        "and any as at by count days distinct else excluded expect false from given if in is largest latest allow missing move no not "
        "or percentile since smallest sum then tier today true untiered within",
    )
)
"""The only words that cannot be names; some of them wait for later versions of the language."""

_WORD = re.compile(r'"([a-z]+)"')
_OTHERWISE = "otherwise"


def grammar_path() -> Path:
    """The grammar's file: inside the installed package, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "grammar" / "tierlang.lark"
    return inside if inside.exists() else package.parent / "grammar" / "tierlang.lark"


def written_grammar() -> str:
    """The grammar as it is written in its file."""
    return grammar_path().read_text(encoding="utf-8")


def words_of(grammar: str) -> frozenset[str]:
    """Every word of the language that the grammar uses."""
    lines = (line.split("//", 1)[0] for line in grammar.splitlines() if not re.match(r"[A-Z_.0-9]+:", line))
    return frozenset(word for line in lines for word in _WORD.findall(line))


def free_words(grammar: str) -> frozenset[str]:
    """The words of the language that may also be names."""
    return words_of(grammar) - RESERVED


def with_names(grammar: str) -> str:
    """The whole grammar for Lark: as written, with the rules for names and the terminal of the reserved words added.

    `otherwise` opens a row of a table, so it is the one word that is not a name everywhere.
    """
    plain = " | ".join(["NAME", *(f'"{word}"' for word in sorted(free_words(grammar) - {_OTHERWISE}))])
    waiting = "|".join(sorted(RESERVED - words_of(grammar)))
    return "\n".join(
        [
            grammar,
            f'?name: name_but_otherwise | "{_OTHERWISE}" -> name_otherwise',
            f"!name_but_otherwise: {plain}",
            f"RESERVED_WORD.4: /(?:{waiting})(?!\\w)/",
        ]
    )
