"""The pages of the rules for people who read the documentation: one per rule, and the index of all, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tierlang.lint.rule import Rule, Theme

_FENCE = re.compile(r"^```(tier|csv)[^\n]*$", re.MULTILINE)
_PART = re.compile(r"^(Bad|Good)\b([^\n]*):$", re.MULTILINE)

INTRODUCTION = """\
# The rules

What `tierlang check` finds in a model that compiles. `tierlang rule` shows this table, `tierlang rule NAME` a page of it. [The review](../review.md) tells how it works, by one model.

An **error** is where the model cannot be meant, a **warning** a real mistake, a **note** worth knowing; notes alone leave the exit status 0. `allow RULE because "…"` silences a rule in the block where it stands,
`--select` and `--ignore` choose rules for one check: [commands](../commands.md#tierlang-check-path).

These pages are written by the rules themselves. Their examples show what they are about; the rest of the model (its people, fields and tiers) is left out.
"""


def body(rule: Rule) -> str:
    """What the page says below its summary, without what only the tests of the examples need."""
    text = rule.page.strip().partition("\n")[2].strip()
    return _PART.sub(r"**\1**\2", _FENCE.sub(r"```\1", text))


def page(rule: Rule) -> str:
    """The page of a rule."""
    return f"# {rule.name}\n\n{rule.summary}.\n\n*{facts(rule)}* · [all rules](README.md)\n\n{body(rule)}\n"


def facts(rule: Rule) -> str:
    """Its severity and its theme, and whether it needs accounts."""
    return f"{rule.severity.value.capitalize()} · {rule.theme.value}"


def index(rules: Sequence[Rule]) -> str:
    """All rules, by theme."""
    parts = [INTRODUCTION]
    for theme, its in by_theme(rules):
        parts.append(f"## {theme.value}\n\n| rule | severity | finds |\n|---|---|---|")
        rows = [f"| [{rule.name}]({rule.name}.md) | {rule.severity.value} | {rule.summary} |" for rule in its]
        parts[-1] = "\n".join([parts[-1], *rows, ""])
    return "\n".join(parts)


def by_theme(rules: Sequence[Rule]) -> list[tuple[Theme, list[Rule]]]:
    """The rules of each theme that has some, in the order of the themes."""
    grouped = [(theme, [rule for rule in rules if rule.theme is theme]) for theme in Theme]
    return [(theme, its) for theme, its in grouped if its]
