"""Complaints about names: unknown, doubled, of the wrong sort, or in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tierlang.compiler.complaints.voice import a_kind, did_you_mean, error
from tierlang.diagnostics.diagnostic import Diagnostic, Related
from tierlang.diagnostics.edits import replace
from tierlang.diagnostics.words import code_list, quoted
from tierlang.program.values import Kind
from tierlang.source import Span
from tierlang.syntax import nodes


def doubled_name(name: nodes.Name, first: nodes.Name, sort: str) -> Diagnostic:
    """A name that is declared a second time."""
    return error(
        "doubled-name",
        name.span,
        f"the name `{name.text}` is already taken: it is {sort}",
        "every name is declared once. Rename one of the two",
        related=[Related(first.span, f"`{name.text}` is first declared here")],
    )


def unknown_name(name: nodes.Name, known: Iterable[str], wanted: str = "name") -> Diagnostic:
    """A name that nothing declares."""
    hints, fixes = did_you_mean(name.text, known, name.span)
    return error("unknown-name", name.span, f"there is no {wanted} called `{name.text}`", *hints, fixes=fixes)


def unknown_word(
    name: nodes.Name, known: Iterable[str], what: str, elsewhere: Mapping[str, str] | None = None
) -> Diagnostic:
    """A word where the language allows only some: a type, a function, a period, a policy; `elsewhere` are the words of others."""
    hints, fixes = did_you_mean(name.text, known, name.span)
    ours = (elsewhere or {}).get(name.text)
    if ours is not None:
        hints, fixes = [f"it is called `{ours}` here"], [replace(name.span, ours, certain=True)]
    return error("unknown-word", name.span, f"`{name.text}` is not {what}", *hints, fixes=fixes)


def unquoted_text(name: nodes.Name, other: str, choices: Sequence[str]) -> Diagnostic:
    """An undeclared name compared with text: most likely the quotes are missing."""
    value = next((choice for choice in choices if choice.casefold() == name.text.casefold()), name.text)
    return error(
        "unknown-name",
        name.span,
        f"there is no name `{name.text}`. `{other}` is text, and text stands in double quotes",
        f"write `{quoted(value)}`",
        fixes=[replace(name.span, quoted(value), certain=value in choices)] if not choices or value in choices else [],
    )


def worded_flag(name: nodes.Name) -> Diagnostic:
    """`customer = yes`."""
    return error(
        "unknown-name",
        name.span,
        f"there is no name called `{name.text}`; yes and no are written `true` and `false`",
        "write `true`",
        fixes=[replace(name.span, "true", certain=True)],
    )


def wrong_sort(name: nodes.Name, sort: str, wanted: str, known: Iterable[str] = (), *hints: str) -> Diagnostic:
    """A declared name that stands for something else than the place needs."""
    near, _ = did_you_mean(name.text, known, name.span)
    return error("wrong-sort", name.span, f"`{name.text}` is {sort}, not {wanted}", *(hints or near))


def list_as_value(name: nodes.Name) -> Diagnostic:
    """A list where one value is needed."""
    return error(
        "wrong-sort",
        name.span,
        f"`{name.text}` is a list, not a value",
        f"ask whether a value is in it: `FIELD in {name.text}`",
    )


def mark_as_value(name: nodes.Name) -> Diagnostic:
    """A mark where a value is needed."""
    return error(
        "wrong-sort",
        name.span,
        f"`{name.text}` is a mark, not a value: marks are shown, and no rule reads them",
        "give its condition a name with `derive` inside `account`, and read that here and in the mark",
    )


def lookup_as_value(name: nodes.Name, columns: Sequence[str]) -> Diagnostic:
    """A lookup without a column; `columns` are those it has, as they are written."""
    return error(
        "wrong-sort",
        name.span,
        f"`{name.text}` is a lookup table, not a value",
        f"say which of its columns: {code_list(columns)}"
        if columns
        else f"say which of its columns: `{name.text}.COLUMN`",
        fixes=[replace(name.span, columns[0], certain=True)] if len(columns) == 1 else [],
    )


def in_a_circle(path: Sequence[nodes.Name], links: Sequence[Span]) -> Diagnostic:
    """Names that need each other to be computed. `path` starts and ends with the same name."""
    shown = " → ".join(f"`{name.text}`" for name in path)
    if len(path) == 2:
        message = f"`{path[0].text}` is defined by itself"
    else:
        message = f"these need each other and cannot be computed: {shown}"
    related = [
        Related(span, f"`{a.text}` reads `{b.text}` here") for a, b, span in zip(path, path[1:], links, strict=False)
    ]
    return error("cycle", path[0].span, message, "take one of the links out of the circle", related=related)


def field_is(node: nodes.TierIs, whole: Span, values: Sequence[str], *, text: bool) -> Diagnostic:
    """`segment is strategic` where `segment` is a field or another value."""
    name = node.subject.text
    if len(values) == 1:
        right = f"{name} {'!=' if node.negated else '='} {quoted(values[0])}"
    else:
        right = f"{name} {'not in' if node.negated else 'in'} [{', '.join(quoted(value) for value in values)}]"
    return error(
        "is-for-tiers",
        whole,
        f"`{name} is …` asks for a tier, but `{name}` is not a ladder",
        f"compare it as text: `{right}`" if text else "compare values with `=`",
        fixes=[replace(whole, right, certain=True)] if text else [],
    )


def wrong_kind_named(name: nodes.Name, kind: Kind, place: str, wanted: str) -> Diagnostic:
    """A field or score of another kind than its place needs."""
    return error("wrong-kind", name.span, f"`{name.text}` is {a_kind(kind)}, but {place} needs {wanted}")
