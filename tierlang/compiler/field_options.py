"""The options of a field beside its range and its choices: `same`, `fold case`, `ranges as`, `split`, `format`."""

from __future__ import annotations

import re
from typing import Literal

from tierlang.compiler.comparisons import fold
from tierlang.compiler.complaints import fields as complaints
from tierlang.compiler.complaints.names import unknown_word
from tierlang.compiler.context import Context
from tierlang.compiler.lines import only
from tierlang.compiler.words import text_of
from tierlang.program.values import Kind
from tierlang.syntax import nodes

_ENDS: tuple[Literal["low", "middle", "high"], ...] = ("low", "middle", "high")
_DATE_PIECE = re.compile("YYYY|YY|MMM|MM|M|DD|D")


def fold_case(context: Context, node: nodes.Field, kind: Kind) -> bool:
    """Whether the field has `fold case`; its choices must then be in small letters."""
    option = _option(context, node, "fold case")
    if option is None:
        return False
    if kind not in (Kind.TEXT, Kind.TAGS):
        context.complain(complaints.option_of_other_type(option.span, "fold case", "text", node.name.text, kind))
        return False
    return True


def check_folded(context: Context, node: nodes.Field, meanings: set[str]) -> None:
    """Complain about choices that no folded cell can be."""
    for part in node.parts:
        if isinstance(part, nodes.OneOf):
            for text in part.values:
                value = text_of(text)
                if value != fold(value) and value not in meanings:
                    context.complain(complaints.capitals_in_folded(text.span, value, fold(value)))


def same_texts(
    context: Context, node: nodes.Field, kind: Kind, one_of: tuple[str, ...], *, folded: bool
) -> tuple[tuple[str, str], ...]:
    """The texts that are read as another one."""
    found: dict[str, tuple[str, nodes.Text]] = {}
    for part in node.parts:
        if not isinstance(part, nodes.Same):
            continue
        if kind not in (Kind.TEXT, Kind.TAGS):
            context.complain(complaints.option_of_other_type(part.span, "same", "text and tags", node.name.text, kind))
            continue
        meaning = text_of(part.meaning)
        if one_of and meaning not in one_of:
            context.complain(complaints.same_as_unknown(part.meaning.span, meaning, node.name.text, one_of))
            continue
        for text in part.texts:
            written = fold(text_of(text)) if folded else text_of(text)
            if written in found and found[written][0] != meaning:
                context.complain(complaints.same_twice(text.span, written, found[written][1].span))
            elif written in one_of and written != meaning:
                context.complain(complaints.same_is_a_choice(text.span, written))
            else:
                found.setdefault(written, (meaning, text))
    return tuple((written, meaning) for written, (meaning, _) in found.items() if written != meaning or folded)


def ranges_as(context: Context, node: nodes.Field, kind: Kind) -> Literal["low", "middle", "high"] | None:
    """Which end of a cell like `51-200` counts."""
    option = _option(context, node, "ranges as")
    if option is None:
        return None
    if not kind.is_numeric:
        context.complain(complaints.option_of_other_type(option.span, "ranges as", "numbers", node.name.text, kind))
        return None
    assert isinstance(option.argument, nodes.Name)
    for end in _ENDS:
        if option.argument.text == end:
            return end
    context.complain(unknown_word(option.argument, _ENDS, "an end of a range"))
    return None


def split(context: Context, node: nodes.Field, kind: Kind) -> str:
    """What separates the tags of a cell."""
    option = _option(context, node, "split")
    if option is None:
        return ","
    if kind is not Kind.TAGS:
        context.complain(complaints.option_of_other_type(option.span, "split", "tags", node.name.text, kind))
        return ","
    assert isinstance(option.argument, nodes.Text)
    if not option.argument.value:
        context.complain(complaints.empty_split(option.argument.span))
        return ","
    return option.argument.value


def formats(context: Context, node: nodes.Field, kind: Kind) -> str | None:
    """How the dates of a column are written."""
    option = _option(context, node, "format")
    if option is None:
        return None
    if kind is not Kind.DATE:
        context.complain(complaints.option_of_other_type(option.span, "format", "dates", node.name.text, kind))
        return None
    assert isinstance(option.argument, nodes.Text)
    return date_format(context, option.argument)


def date_format(context: Context, node: nodes.Text) -> str | None:
    """How dates are written, if the text says that."""
    pieces = _DATE_PIECE.findall(node.value)
    if sorted(piece[0] for piece in pieces) != ["D", "M", "Y"]:
        context.complain(complaints.bad_date_format(node.span, node.value))
        return None
    return node.value


def _option(context: Context, node: nodes.Field, name: str) -> nodes.FieldOption | None:
    options = [part for part in node.parts if isinstance(part, nodes.FieldOption) and part.option == name]
    return only(context, options, f"`{name}`")
