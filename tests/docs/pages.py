"""The fenced blocks of the documentation, and how they are put to the test.

    ```tier                      a whole ruleset, which must compile
    ```tier fragment             declarations; what they lack comes from the scaffold below
    ```tier fragment in account  lines of that block (account, score, tier, tiers, ruleset); `expression`: one expression per line
    ```tier wrong CODE           a whole ruleset or fragment that must be refused with that complaint
    ```csv file=NAME             a file that the page's commands find; also with `tier`
    ```console run               `$ ` lines are run in order, in a folder of the page; what they print must be what stands there

A line `…` in a console block stands for any lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "rulesets" / "README.md", *sorted((ROOT / "docs").glob("*.md")))

_FENCE = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)

_OWNERS = "owner marketing dana\nowner sales sam\n"
_FIELDS = """
field name text
field domain text
field industry text
field country text
field region text
field employees whole in 0..
field arr money in 0..
field arr_before money in 0..
field potential money in 0..
field fit number in 0..100
field intent number in 0..100
field customer flag default false
field touched date
field renewal date
field tech tags
field ae text
field sdr text
field evaluated date
field trial_start date
"""
_FACTS = {
    "event engagement": "event engagement { field channel text  field role text }",
    "event demo_request": "event demo_request",
    "event usage": "event usage",
    "event order": "event order { field amount money  field stage text }",
    "signal surge": "signal surge number in 0..100 lasts 14 days",
}
_TIERS = f"""
tiers by priority {{
  tier one {{ range 80.. {_OWNERS} }}
  tier two {{ range 60..<80 {_OWNERS} }}
  tier three {{ otherwise {_OWNERS} }}
}}
"""


@attrs.frozen
class Block:
    """One fenced block: where it stands, its words after the backticks, and its text."""

    page: Path
    line: int
    info: str
    body: str
    span: tuple[int, int]

    @property
    def place(self) -> str:
        """The block as people find it."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def words(self) -> list[str]:
        """The words after the backticks."""
        return self.info.split()


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(page, line, found["info"].strip(), found["body"], found.span("body"))


def ruleset_of(block: Block) -> str:
    """The block as a ruleset that can be compiled: itself, or put into the scaffold."""
    words = [word for word in block.words[1:] if not word.startswith("file=")]
    if words[:1] == ["wrong"]:
        words = words[2:]
    match words:
        case []:
            return block.body
        case ["fragment"]:
            return _completed(block.body)
        case ["fragment", "in", kind]:
            return _completed(_inside(kind, block.body))
    raise AssertionError(f"{block.place}: unknown kind of block `{block.info}`")


def _inside(kind: str, body: str) -> str:
    match kind:
        case "account":
            return _account(body)
        case "expression":
            lines = [line for line in body.splitlines() if line.strip() and not line.lstrip().startswith("#")]
            return _account("\n".join(f"derive example_{number} = {line}" for number, line in enumerate(lines)))
        case "score":
            return f"score example {{\n{body}\n}}"
        case "ruleset":
            return f"ruleset example {{\n{body}\n}}"
        case "tiers":
            return f"tiers by priority {{\n{body}\n}}"
        case "tier":
            line = "" if re.search(r"^\s*(range|top|when|otherwise)\b", body, re.MULTILINE) else "range 80..\n"
            owners = "" if "owner marketing" in body else _OWNERS
            return f"tiers by priority {{\n match first\n tier one {{ {line}{body}\n{owners} }}\n tier two {{ otherwise {_OWNERS} }}\n}}"
    raise AssertionError(kind)


def _account(body: str) -> str:
    declared = set(re.findall(r"^\s*(?:field|derive|key)\s+(\w+)", body, re.MULTILINE))
    fields = [line for line in _FIELDS.strip().splitlines() if line.split()[1] not in declared]
    key = "" if re.search(r"^\s*key\b", body, re.MULTILINE) else "key id text\n"
    return f"account {{\n{key}" + "\n".join(fields) + f"\n{body}\n}}"


def _completed(text: str) -> str:
    """The declarations with what a ruleset cannot be without."""
    parts = [text]
    parts += [fact for head, fact in _FACTS.items() if not re.search(rf"^{head}\b", text, re.MULTILINE)]
    for owner in ("dana", "sam"):
        if not re.search(rf"^owner {owner}\b", text, re.MULTILINE):
            parts.append(f'owner {owner} "{owner.title()}"')
    if not re.search(r"^ruleset\b", text, re.MULTILINE):
        parts.append("ruleset example { }")
    if not re.search(r"^account\b", text, re.MULTILINE):
        parts.append(_account(""))
    if not re.search(r"^score priority\b", text, re.MULTILINE):
        parts.append("score priority { range 0..100  value first of [fit, 0] }")
    if not re.search(r"^tiers\b", text, re.MULTILINE):
        parts.append(_TIERS)
    return "\n".join(parts)
