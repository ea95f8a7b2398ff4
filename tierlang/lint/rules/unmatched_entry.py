"""An entry of a list that the field it is compared with never has

A field with `one of` says what its cells may be, and a list that it is looked up in has an entry that is none of these: a slip of the keyboard, or a value that the CRM has renamed. The accounts that were meant by it are not found, and
nothing says so. Written in place, as in `industry in ["Bankng"]`, it is an error (`unknown-value`).

Looked at are the lists of the ruleset's own file; those of a file that others `use`, and those read from a CSV file, may hold more than one ruleset needs.

Bad:

```tier
account {
  key   id   text
  field plan text one of "free", "team", "enterprise"
}
list paid = ["team", "enterprize"]
mark paying "Pays" when plan in paid
```

Good:

```tier
account {
  key   id   text
  field plan text one of "free", "team", "enterprise"
}
list paid = ["team", "enterprise"]
mark paying "Pays" when plan in paid
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.words import text_list
from tierlang.lint.decisions import decisions
from tierlang.lint.reading import Reading, expressions_of
from tierlang.lint.review import Review, place
from tierlang.lint.rule import Finding, Theme
from tierlang.program.expressions import Expression, Input, OneOf, parts_of
from tierlang.program.nodes import Named

SEVERITY = Severity.WARNING
THEME = Theme.NAMES


def check(review: Review) -> Iterator[Finding]:
    """Every list that is only compared with fields whose values are known."""
    asked = list(_memberships(review))
    for listed in review.own_names("list"):
        if "[" not in place(listed, review.program).text:
            continue
        asks = [each for each in asked if _reads(listed, each)]
        fields = [field for each in asks for field in review.program.fields if _is(each.item, field.name)]
        if not asks or len(fields) < len(listed.uses) or not all(field.one_of for field in fields):
            continue
        allowed = {text for field in fields for text in field.one_of}
        never = [str(value) for value in asks[0].values if value not in allowed]
        if never:
            field = fields[0]
            yield Finding(
                place(listed, review.program),
                f"`{field.name}` is never {text_list(never)}, which the list `{listed.name}` has",
                hints=(f"`{field.name}` is one of {text_list(list(field.one_of))}: correct the entry, or take it out",),
            )


def _memberships(review: Review) -> Iterator[OneOf]:
    program, reading = review.program, Reading.of(review.program)
    roots = [decision.test for decision in decisions(program)]
    for definition in (*program.facts, *program.definitions, *program.relative):
        made = reading.definition(definition.name)
        roots += expressions_of(made) if made is not None else []
    seen: set[int] = set()
    for root in roots:
        for each in _within(root):
            if isinstance(each, OneOf) and id(each) not in seen:
                seen.add(id(each))
                yield each


def _within(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in parts_of(expression):
        yield from _within(part)


def _reads(listed: Named, among: OneOf) -> bool:
    """Whether the name of the list stands in this `in`."""
    span = among.span
    return span is not None and any(
        use.source.path == span.source.path and span.start <= use.start and use.end <= span.end for use in listed.uses
    )


def _is(item: Expression, name: str) -> bool:
    return isinstance(item, Input) and item.name == name
