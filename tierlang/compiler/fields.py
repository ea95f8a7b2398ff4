"""The `account` block: its key, its fields with their options, and the cells that mean no value."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.compiler.comparisons import text_fits
from tierlang.compiler.complaints import blocks, kinds
from tierlang.compiler.complaints import fields as complaints
from tierlang.compiler.complaints.names import unknown_word
from tierlang.compiler.complaints.voice import a_kind
from tierlang.compiler.constants import constant
from tierlang.compiler.context import Context
from tierlang.compiler.field_options import check_folded, fold_case, formats, ranges_as, same_texts, split
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.ranges import read_range
from tierlang.compiler.scope import Sort
from tierlang.compiler.words import label_of, text_of, words
from tierlang.program.expressions import Constant
from tierlang.program.nodes import Field
from tierlang.program.numbers import SCALE, number_text
from tierlang.program.values import Kind, Value
from tierlang.syntax import nodes

KINDS = {kind.value: kind for kind in Kind}

OTHER_TYPES = {
    **dict.fromkeys(("int", "integer", "count"), "whole"),
    **dict.fromkeys(("decimal", "float", "double", "numeric", "percent", "percentage"), "number"),
    **dict.fromkeys(("currency", "amount", "dollars"), "money"),
    **dict.fromkeys(("string", "str", "varchar", "picklist"), "text"),
    **dict.fromkeys(("boolean", "bool", "checkbox"), "flag"),
    **dict.fromkeys(("datetime", "timestamp", "day"), "date"),
    **dict.fromkeys(("set", "multipicklist", "list"), "tags"),
}
"""What other systems call the types."""


def read_fields(context: Context, account: nodes.Account) -> tuple[str, ...]:
    """Read the key and all fields into the context; gives the cells that mean no value."""
    keys = [part for part in account.parts if isinstance(part, nodes.Field) and part.is_key]
    key = only(context, keys, "the account's `key`")
    if key is None:
        context.complain(blocks.empty_account(account.span))
    for part in account.parts:
        if not isinstance(part, nodes.Field):
            continue
        declared = context.scope.get(part.name.text)
        field = read_field(context, part)
        if field is None or declared is None or declared.node is not part:
            continue
        if declared.sort is Sort.KEY:
            context.key = field if part is key else context.key
        else:
            context.fields[field.name] = field
    return missing_cells(context, account.parts)


def missing_cells(context: Context, parts: Sequence[nodes.Node]) -> tuple[str, ...]:
    """The cells that mean no value: those of the block's `missing` line, else the empty one."""
    missing = only(context, parts_of_sort(parts, nodes.MissingCells), "`missing`")
    return ("",) if missing is None else tuple(dict.fromkeys(text_of(text) for text in missing.texts))


def read_field(context: Context, node: nodes.Field) -> Field | None:
    """A field, or an attribute, with all its options; complains about what makes no sense together."""
    kind = KINDS.get(node.type.text)
    if kind is None:
        context.complain(unknown_word(node.type, KINDS, "a type of field", OTHER_TYPES))
        return None
    if node.is_key and kind is not Kind.TEXT:
        context.complain(complaints.key_not_text(node.type, kind))
        return None
    headings = only(context, parts_of_sort(node.parts, nodes.FromHeadings), "`from`")
    folded = fold_case(context, node, kind)
    one_of = _one_of(context, node, kind)
    same = same_texts(context, node, kind, one_of, folded=folded)
    if folded:
        check_folded(context, node, {meaning for _, meaning in same})
    low, high, high_open = _range(context, node, kind)
    field = Field(
        name=node.name.text,
        kind=kind,
        label=label_of(node.label),
        headings=() if headings is None else tuple(text_of(text) for text in headings.headings),
        low=low,
        high=high,
        high_open=high_open,
        one_of=one_of,
        same=same,
        fold_case=folded,
        required=node.is_key or _required(context, node, kind),
        ranges_as=ranges_as(context, node, kind),
        split=split(context, node, kind),
        date_format=formats(context, node, kind),
        span=node.span,
    )
    default = only(context, parts_of_sort(node.parts, nodes.Default), "`default`")
    return field if default is None else _with_default(context, node, field, default)


def _required(context: Context, node: nodes.Field, kind: Kind) -> bool:
    options = [part for part in node.parts if isinstance(part, nodes.FieldOption) and part.option == "required"]
    option = only(context, options, "`required`")
    if option is not None and kind is Kind.TAGS:
        context.complain(complaints.tags_never_missing(option.span, "required"))
    return option is not None


def _one_of(context: Context, node: nodes.Field, kind: Kind) -> tuple[str, ...]:
    part = only(context, parts_of_sort(node.parts, nodes.OneOf), "`one of`")
    if part is None:
        return ()
    if kind not in (Kind.TEXT, Kind.TAGS):
        context.complain(complaints.option_of_other_type(part.span, "one of", "text and tags", node.name.text, kind))
        return ()
    seen: dict[str, nodes.Text] = {}
    for text in part.values:
        first = seen.setdefault(text_of(text), text)
        if first is not text:
            context.complain(complaints.doubled_choice(text.span, text_of(text), first.span))
    return tuple(seen)


def _range(context: Context, node: nodes.Field, kind: Kind) -> tuple[int | None, int | None, bool]:
    part = only(context, parts_of_sort(node.parts, nodes.InRange), "`in`")
    if part is None:
        return None, None, False
    if not kind.is_numeric:
        context.complain(complaints.option_of_other_type(part.span, "in", "numbers", node.name.text, kind))
        return None, None, False
    ends = read_range(context, part.range, kind, node.name.text)
    if ends is None:
        return None, None, False
    low, high = ends.low_value, ends.high_value
    for end, value in ((part.range.low, low), (part.range.high, high)):
        if end is not None and kind is Kind.WHOLE and isinstance(value, int) and value % SCALE:
            context.complain(complaints.end_not_whole(end.span, words(end.span), node.name.text))
    return _int(low), _int(high), part.range.high_open


def _int(value: Value) -> int | None:
    assert value is None or isinstance(value, int)
    return value


def _with_default(context: Context, node: nodes.Field, field: Field, default: nodes.Default) -> Field | None:
    if node.is_key:
        context.complain(complaints.key_with_default(default.span))
        return None
    if field.kind is Kind.TAGS:
        context.complain(complaints.tags_never_missing(default.span, "default"))
        return None
    if field.required:
        context.complain(complaints.required_with_default(default.span))
        return None
    value = constant(context, default.value, "a `default`")
    if value is None or not _fits(context, field, default, value):
        return None
    return attrs.evolve(field, default=value.value)


def _fits(context: Context, field: Field, default: nodes.Default, value: Constant) -> bool:
    """Whether a default is a value that a cell of the field could give."""
    span, shown = default.value.span, words(default.value.span)
    if value.kind.is_numeric != field.kind.is_numeric or (not field.kind.is_numeric and value.kind is not field.kind):
        context.complain(
            kinds.wrong_kind(
                span,
                shown,
                value.kind,
                f"`{field.name}`",
                a_kind(field.kind),
                fixes=kinds.undress(default.value, field.kind),
            )
        )
        return False
    if isinstance(value.value, str) and not text_fits(context, field, value.value, span):
        return False
    if not isinstance(value.value, int) or isinstance(value.value, bool):
        return True
    number = value.value
    if field.kind is Kind.WHOLE and number % SCALE:
        context.complain(complaints.default_not_whole(span, shown, field.name))
        return False
    below = field.low is not None and number < field.low
    above = field.high is not None and (number > field.high or (field.high_open and number == field.high))
    if below or above:
        ends = ["" if end is None else number_text(end) for end in (field.low, field.high)]
        context.complain(complaints.default_outside(span, shown, field.name, _shown(ends, open_=field.high_open)))
        return False
    return True


def _shown(ends: Sequence[str], *, open_: bool) -> str:
    return f"{ends[0]}..{'<' if open_ else ''}{ends[1]}"
