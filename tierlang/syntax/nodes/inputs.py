"""What comes in: the account's fields, events, signals, lists and lookup tables as they were written."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from tierlang.syntax.nodes.base import Name, Node, Text
from tierlang.syntax.nodes.expressions import Duration, Expression, ListOf, Range


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Same(Node):
    """`same "FinTech", "Finance" as "Banking"`."""

    texts: tuple[Text, ...]
    meaning: Text


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Default(Node):
    """`default VALUE`."""

    value: Expression


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FieldOption(Node):
    """A one-word or one-argument option of a field: `required`, `fold case`, `ranges as low`, `split ";"`, `format "MM/DD/YYYY"`."""

    option: Literal["required", "fold case", "ranges as", "split", "format"]
    argument: Name | Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FromHeadings(Node):
    """`from "Account ID", "Id"`: the first of these headings that the file has."""

    headings: tuple[Text, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class OneOf(Node):
    """`one of "Banking", "Software"`."""

    values: tuple[Text, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class InRange(Node):
    """`in 0..100`: what the field's numbers must lie in."""

    range: Range


FieldPart: TypeAlias = FromHeadings | OneOf | InRange | Same | Default | FieldOption


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Field(Node):
    """`field NAME ["label"] TYPE option…`, or the account's `key` line (`is_key`). Options stand in the order written."""

    name: Name
    type: Name
    label: Text | None = None
    parts: tuple[FieldPart, ...] = ()
    is_key: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Derive(Node):
    """`derive NAME ["label"] = expression`."""

    name: Name
    value: Expression
    label: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MissingCells(Node):
    """`missing "", "N/A"`: the cells that mean no value."""

    texts: tuple[Text, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Account(Node):
    """`account { … }`, its parts in the order written."""

    parts: tuple[Field | Derive | MissingCells, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListDeclaration(Node):
    """`list NAME = [ … ]`, or `list NAME from "file.csv" column "domain"`."""

    name: Name
    label: Text | None = None
    items: ListOf | None = None
    path: Text | None = None
    column: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Source(Node):
    """`account from "CustomerID"`, `at from "OrderDate" format "MM/DD/YYYY"`, `key from "OrderID"`, `value from "Score"`: where a fact's own columns are."""

    role: Literal["account", "at", "key", "value"]
    headings: tuple[Text, ...]
    format: Text | None = None


EventPart: TypeAlias = Source | Field | Derive | MissingCells


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Event(Node):
    """`event NAME ["label"] [{ … }]`: a dated fact about an account, its lines in the order written."""

    name: Name
    label: Text | None = None
    parts: tuple[EventPart, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Lasts(Node):
    """`lasts 14 days`: how long an observation holds at most."""

    duration: Duration


SignalPart: TypeAlias = FieldPart | Lasts


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Signal(Node):
    """`signal NAME ["label"] TYPE option… [{ account from "…"  at from "…"  value from "…" }]`: a value over time."""

    name: Name
    type: Name
    label: Text | None = None
    parts: tuple[SignalPart, ...] = ()
    sources: tuple[Source | MissingCells, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MatchColumn(Node):
    """A column that a lookup is found by: the account's field (or derived field) of that name, `from` the heading where it differs."""

    name: Name
    heading: Text | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LookupMatch(Node):
    """`match segment, sub_segment from "Sub-segment"`."""

    columns: tuple[MatchColumn, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Give(Node):
    """`give base number from "Base points"`: a column that a lookup gives; the parts are those of a field."""

    name: Name
    type: Name
    parts: tuple[FieldPart, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Lookup(Node):
    """`lookup NAME ["label"] from "defaults.csv" { match …  give … }`, its lines in the order written."""

    name: Name
    path: Text
    label: Text | None = None
    parts: tuple[LookupMatch | Give, ...] = ()
