"""Makers of what comes in: the account, events, signals and lookup tables, down to the options of a field."""

from __future__ import annotations

from typing import Any

from tierlang.syntax import nodes as n
from tierlang.syntax.building.context import Making, registry
from tierlang.syntax.building.declarations import head

MAKERS, makes = registry()


@makes
def account(at: Making, parts: list[Any]) -> n.Account:
    return n.Account(parts=tuple(parts), span=at.span)


@makes
def key(at: Making, parts: list[Any]) -> n.Field:
    start = head(parts)
    options = tuple(start.rest[1:])
    return n.Field(name=start.name, label=start.label, type=start.rest[0], parts=options, is_key=True, span=at.span)


@makes
def field(at: Making, parts: list[Any]) -> n.Field:
    start = head(parts)
    return n.Field(name=start.name, label=start.label, type=start.rest[0], parts=tuple(start.rest[1:]), span=at.span)


@makes
def derive(at: Making, parts: list[Any]) -> n.Derive:
    return n.Derive(name=parts[0], label=parts[1] if len(parts) > 2 else None, value=parts[-1], span=at.span)


@makes
def missing_cells(at: Making, parts: list[Any]) -> n.MissingCells:
    return n.MissingCells(texts=tuple(parts), span=at.span)


@makes
def from_headings(at: Making, parts: list[Any]) -> n.FromHeadings:
    return n.FromHeadings(headings=tuple(parts), span=at.span)


@makes
def one_of(at: Making, parts: list[Any]) -> n.OneOf:
    return n.OneOf(values=tuple(parts), span=at.span)


@makes
def in_range(at: Making, parts: list[Any]) -> n.InRange:
    return n.InRange(range=parts[0], span=at.span)


@makes
def same(at: Making, parts: list[Any]) -> n.Same:
    return n.Same(texts=tuple(parts[:-1]), meaning=parts[-1], span=at.span)


@makes
def default(at: Making, parts: list[Any]) -> n.Default:
    return n.Default(value=parts[0], span=at.span)


@makes
def required(at: Making, parts: list[Any]) -> n.FieldOption:
    return n.FieldOption(option="required", span=at.span)


@makes
def fold_case(at: Making, parts: list[Any]) -> n.FieldOption:
    return n.FieldOption(option="fold case", span=at.span)


@makes
def ranges_as(at: Making, parts: list[Any]) -> n.FieldOption:
    return n.FieldOption(option="ranges as", argument=parts[0], span=at.span)


@makes
def split(at: Making, parts: list[Any]) -> n.FieldOption:
    return n.FieldOption(option="split", argument=parts[0], span=at.span)


@makes
def format(at: Making, parts: list[Any]) -> n.FieldOption:
    return n.FieldOption(option="format", argument=parts[0], span=at.span)


# --- events and signals ---------------------------------------------------------------------------------------------------------------


@makes
def event(at: Making, parts: list[Any]) -> n.Event:
    start = head(parts)
    return n.Event(name=start.name, label=start.label, parts=tuple(start.rest), span=at.span)


@makes
def signal(at: Making, parts: list[Any]) -> n.Signal:
    start = head(parts)
    options = [part for part in start.rest[1:] if not isinstance(part, n.Source | n.MissingCells)]
    return n.Signal(
        name=start.name,
        label=start.label,
        type=start.rest[0],
        parts=tuple(options),
        sources=tuple(start.rest[1 + len(options) :]),
        span=at.span,
    )


@makes
def lasts(at: Making, parts: list[Any]) -> n.Lasts:
    return n.Lasts(duration=parts[0], span=at.span)


@makes
def account_from(at: Making, parts: list[Any]) -> n.Source:
    return n.Source(role="account", headings=tuple(parts), span=at.span)


@makes
def at_from(at: Making, parts: list[Any]) -> n.Source:
    cells = parts.pop()[1] if isinstance(parts[-1], tuple) else None
    return n.Source(role="at", headings=tuple(parts), format=cells, span=at.span)


@makes
def cell_format(at: Making, parts: list[Any]) -> tuple[str, n.Text]:
    return ("format", parts[0])


@makes
def key_from(at: Making, parts: list[Any]) -> n.Source:
    return n.Source(role="key", headings=tuple(parts), span=at.span)


@makes
def value_from(at: Making, parts: list[Any]) -> n.Source:
    return n.Source(role="value", headings=tuple(parts), span=at.span)


# --- lookup tables --------------------------------------------------------------------------------------------------------------------


@makes
def lookup(at: Making, parts: list[Any]) -> n.Lookup:
    texts = [part for part in parts if isinstance(part, n.Text)]
    lines = tuple(parts[1 + len(texts) :])
    label = texts[0] if len(texts) > 1 else None
    return n.Lookup(name=parts[0], label=label, path=texts[-1], parts=lines, span=at.span)


@makes
def lookup_match(at: Making, parts: list[Any]) -> n.LookupMatch:
    return n.LookupMatch(columns=tuple(parts), span=at.span)


@makes
def match_column(at: Making, parts: list[Any]) -> n.MatchColumn:
    return n.MatchColumn(name=parts[0], heading=parts[1] if len(parts) > 1 else None, span=at.span)


@makes
def give(at: Making, parts: list[Any]) -> n.Give:
    return n.Give(name=parts[0], type=parts[1], parts=tuple(parts[2:]), span=at.span)
