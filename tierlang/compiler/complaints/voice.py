"""What every complaint shares: how kinds and names are said, and how a near miss becomes a hint and a fix."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from tierlang.diagnostics.diagnostic import Diagnostic, Fix, Related, Severity
from tierlang.diagnostics.edits import replace
from tierlang.diagnostics.suggest import nearest
from tierlang.diagnostics.words import code_list, quoted, text_list
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
