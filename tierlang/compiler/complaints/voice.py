"""What every complaint shares: how kinds and names are said, and how a near miss becomes a hint and a fix."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Related, Severity
from tierlang.diagnostics.suggest import listing, nearest
from tierlang.program.values import Kind
from tierlang.source import Span

_SURE = 0.75

_KINDS = {
    Kind.WHOLE: "a whole number",
    Kind.NUMBER: "a number",
    Kind.MONEY: "an amount of money",
    Kind.TEXT: "text",
    Kind.FLAG: "a yes/no value",
    Kind.DATE: "a date",
    Kind.TAGS: "a set of tags",
}


def error(
    code: str,
    span: Span,
    message: str,
    *hints: str,
    related: Iterable[Related] = (),
    fixes: Iterable[Fix] = (),
) -> Diagnostic:
    """An error in the one shape that all complaints have."""
    return Diagnostic(code, Severity.ERROR, span, message, tuple(hints), tuple(related), tuple(fixes))


def a_kind(kind: Kind) -> str:
    """A kind of value as people say it: `a whole number`."""
    return _KINDS[kind]


def code_list(words: Iterable[str], *, most: int = 8) -> str:
    """Names in back-quotes, as people list them."""
    return listing([f"`{word}`" for word in words], most=most)


def text_list(words: Iterable[str], *, most: int = 8) -> str:
    """Texts in double quotes, as people list them."""
    return listing([quoted(word) for word in words], most=most)


def quoted(text: str) -> str:
    """A text as it is written in a rule file."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def replace(span: Span, text: str, title: str | None = None) -> Fix:
    """The fix that puts `text` in the place of `span`."""
    return Fix(title or f"write `{text}`", (Edit(span, text),))


def insert(span: Span, at: int, text: str, title: str) -> Fix:
    """The fix that puts `text` at an offset of the span's source."""
    return Fix(title, (Edit(span.source.span(at, at), text),))


def line_after(span: Span, text: str, title: str) -> Fix:
    """The fix that adds a line after the one on which `span` ends, indented like the line on which it starts."""
    source = span.source
    row, _ = source.position(span.start)
    first = source.line(row)
    indent = first[: len(first) - len(first.lstrip())]
    if source.text[span.start - len(indent) - 1 : span.start].strip():
        return insert(span, span.end, f"  {text}", title)
    return insert(span, span.end, f"\n{indent}{text}", title)


def did_you_mean(word: str, known: Iterable[str], span: Span, *, text: bool = False) -> tuple[list[str], list[Fix]]:
    """A hint with the nearest known word (and a fix where it is very near), else with the words there are."""
    words = list(dict.fromkeys(known))
    shown = quoted if text else _plain
    near = nearest(word, words)
    if near is None:
        listed = text_list(words) if text else code_list(words)
        return ([f"there {'is' if len(words) == 1 else 'are'} {listed}"] if words else []), []
    mark = "" if text else "`"
    hint = f"did you mean {mark}{shown(near)}{mark}?"
    sure = SequenceMatcher(None, word.casefold(), near.casefold()).ratio() >= _SURE
    return [hint], [replace(span, shown(near))] if sure else []


def _plain(word: str) -> str:
    return word
