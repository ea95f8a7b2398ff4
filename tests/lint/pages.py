"""The examples on the pages of the rules, as programs and as populations.

Bad: / Good:                  begin a part; the words after them are for the reader
```tier                       a fragment; the frame completes it
```tier strict                reviewed as with --strict
```tier rows=60               the accounts that follow, repeated with other keys until there are 60
```tier also=zero-weight      other rules that speak up too, with commas
```csv                        the accounts of the fragment before it; columns of the frame are added
```csv events, ```csv signals its events, its signals
```csv file=pins.csv          a file that the fragment names
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import attrs

from tests.lint.frame import completed
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.lint.registry import RULES
from tierlang.lint.rule import Rule
from tierlang.pipeline import Loaded, compile_sources
from tierlang.source import Source

WHOLE_MODEL = {"missing-dimension", "no-mobility", "size-alone"}
"""Rules that a model of five lines cannot satisfy; they are asked about their own pages alone."""

_PART = re.compile(r"^(Bad|Good)\b.*$", re.MULTILINE)
_FENCE = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@attrs.define
class Example:
    """One fragment of a rule's page, and the tables that go with it."""

    rule: Rule
    bad: bool
    options: list[str]
    fragment: str
    tables: dict[str, str] = attrs.field(factory=dict)

    def __str__(self) -> str:
        return f"{self.rule.name}-{'bad' if self.bad else 'good'}"

    @property
    def strict(self) -> bool:
        """Whether it is reviewed as with `--strict`."""
        return "strict" in self.options

    @property
    def also(self) -> set[str]:
        """Other rules that may speak up."""
        return {name for option in self.options if option.startswith("also=") for name in option[5:].split(",")}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules to ask."""
        return tuple(rule for rule in RULES if rule.name not in WHOLE_MODEL or rule.name == self.rule.name)

    @property
    def text(self) -> str:
        """The fragment in its frame."""
        return completed(self.fragment)

    def loaded(self, folder: Path, text: str | None = None) -> Loaded:
        """The ruleset, compiled in a folder with the files that it names."""
        for name, table in self.tables.items():
            if name.startswith("file="):
                (folder / name.removeprefix("file=")).write_text(table, encoding="utf-8")
        return compile_sources(Source(str(folder / "example.tier"), self.text if text is None else text))

    def accounts(self, fields: list[tuple[str, str]]) -> str:
        """The accounts, with a column for each field that the table lacks (required numbers as good as the fit), and as many rows as wanted."""
        rows = list(csv.DictReader(io.StringIO(self.tables["accounts"])))
        wanted = next((int(option[5:]) for option in self.options if option.startswith("rows=")), len(rows))
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        names = list(rows[0])
        more = [(name, cell) for name, cell in fields if name not in names]
        writer.writerow([*names, *(name for name, _ in more)])
        for at in range(wanted):
            row = rows[at % len(rows)]
            key = row[names[0]] if at < len(rows) else f"{row[names[0]]}-{at}"
            usual = row.get("fit") or "1"
            writer.writerow(
                [key, *(row[name] for name in names[1:]), *(usual if cell == "1" else cell for _, cell in more)]
            )
        return out.getvalue()


def examples(rule: Rule) -> list[Example]:
    """The examples of a rule's page, in order."""
    marks = [(found.start(), found[1] == "Bad") for found in _PART.finditer(rule.page)]
    made: list[Example] = []
    for fence in _FENCE.finditer(rule.page):
        words = fence["info"].split()
        if words[0] == "tier":
            bad = [bad for start, bad in marks if start < fence.start()]
            assert bad, f"{rule.name}: an example stands before `Bad:` and `Good:`"
            made.append(Example(rule, bad[-1], words[1:], fence["body"]))
        elif words[0] == "csv":
            made[-1].tables[words[1] if len(words) > 1 else "accounts"] = fence["body"]
    return made


def described(found: list[Diagnostic]) -> list[tuple[str, str, str]]:
    """Findings for a failing assertion."""
    return [(each.code, each.message, each.span.text[:60]) for each in found]
