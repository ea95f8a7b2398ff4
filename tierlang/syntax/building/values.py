"""Makers of names, values, ranges and tables by bands."""

from __future__ import annotations

from typing import Any

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic, Severity
from tierlang.syntax import nodes as n
from tierlang.syntax.building.context import Making, registry
from tierlang.syntax.tokens import Token

MAKERS, makes = registry()


@makes
def name_but_otherwise(at: Making, parts: list[Any]) -> n.Name:
    return n.Name(text=parts[0].text, span=at.span)


@makes
def name_otherwise(at: Making, parts: list[Any]) -> n.Name:
    return n.Name(text="otherwise", span=at.span)


@makes
def ref(at: Making, parts: list[Any]) -> n.Ref:
    return n.Ref(name=parts[0], span=at.span)


@makes
def ref_otherwise(at: Making, parts: list[Any]) -> n.Ref:
    return n.Ref(name=n.Name(text="otherwise", span=at.span), span=at.span)


@makes
def ref_at(at: Making, parts: list[Any]) -> n.Ref:
    return n.Ref(name=n.Name(text="at", span=at.span), span=at.span)


@makes
def yes(at: Making, parts: list[Any]) -> n.Flag:
    return n.Flag(value=True, span=at.span)


@makes
def no(at: Making, parts: list[Any]) -> n.Flag:
    return n.Flag(value=False, span=at.span)


@makes
def today(at: Making, parts: list[Any]) -> n.Today:
    return n.Today(span=at.span)


@makes
def unit(at: Making, parts: list[Any]) -> Token:
    token: Token = parts[0]
    return token


@makes
def duration(at: Making, parts: list[Any]) -> n.Duration:
    count, unit_word = parts
    whole = count.form == "plain" and count.value % 10_000 == 0
    if not whole:
        at.complain(
            Diagnostic(
                "bad-duration",
                Severity.ERROR,
                count.span,
                f"a duration counts whole {unit_word.text.removesuffix('s')}s, which {count.text} is not",
                ("write it like `90 days` or `2 quarters`",),
            )
        )
    return n.Duration(count=count.value // 10_000 if whole else 1, unit=unit_word.text.removesuffix("s"), span=at.span)


# --- ranges and tables ----------------------------------------------------------------------------------------------------------------


@makes
def range_between(at: Making, parts: list[Any]) -> n.Range:
    return n.Range(low=parts[0], high=parts[2], span=at.span)


@makes
def range_below(at: Making, parts: list[Any]) -> n.Range:
    return n.Range(low=parts[0], high=parts[2], high_open=True, span=at.span)


@makes
def range_from(at: Making, parts: list[Any]) -> n.Range:
    return n.Range(low=parts[0], span=at.span)


@makes
def range_to(at: Making, parts: list[Any]) -> n.Range:
    return n.Range(high=parts[1], span=at.span)


@makes
def range_up_to(at: Making, parts: list[Any]) -> n.Range:
    return n.Range(high=parts[1], high_open=True, span=at.span)


class Label:
    """The label of the row before it, until the table is made."""

    def __init__(self, text: n.Text) -> None:
        self.text = text


@makes
def table(at: Making, parts: list[Any]) -> tuple[n.Band, ...]:
    rows: list[n.Band] = []
    for part in parts:
        if isinstance(part, Label):
            rows[-1] = attrs.evolve(rows[-1], label=part.text, span=rows[-1].span.to(part.text.span))
        else:
            rows.append(part)
    return tuple(rows)


@makes
def row(at: Making, parts: list[Any]) -> n.Band:
    return n.Band(kind="values", tests=tuple(parts[:-1]), result=parts[-1], span=at.span)


@makes
def row_otherwise(at: Making, parts: list[Any]) -> n.Band:
    return n.Band(kind="otherwise", tests=(), result=parts[0], span=at.span)


@makes
def row_missing(at: Making, parts: list[Any]) -> n.Band:
    return n.Band(kind="missing", tests=(), result=parts[0], span=at.span)


@makes
def row_label(at: Making, parts: list[Any]) -> Label:
    return Label(parts[0])
