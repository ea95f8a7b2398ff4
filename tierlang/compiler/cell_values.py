"""Values of a test: what an account, an event or an observation is given, read as a cell of a file would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tierlang.compiler import constants
from tierlang.compiler.complaints import kinds
from tierlang.compiler.complaints import tests as complaints
from tierlang.compiler.complaints.voice import a_kind
from tierlang.compiler.context import Context
from tierlang.compiler.tables import Unfit
from tierlang.compiler.words import normal, words
from tierlang.program.expressions import Constant
from tierlang.program.nodes import Field
from tierlang.program.numbers import SCALE, number_text
from tierlang.program.values import Kind, Value
from tierlang.syntax import nodes


@attrs.frozen
class Reader:
    """How values are read in one place: the fields there, the cells that mean no value, and what people call whatever is given."""

    context: Context
    fields: Mapping[str, Field]
    missing_cells: tuple[str, ...]
    what: str

    def values(self, given: Sequence[nodes.GivenValue], whole: nodes.Node) -> tuple[tuple[str, Value], ...]:
        """A value for every field, those that are not given included; complains about required ones among these."""
        read: dict[str, Value] = {}
        first: dict[str, nodes.Name] = {}
        for node in given:
            name = node.field.text
            if first.setdefault(name, node.field) is not node.field:
                self.context.complain(complaints.doubled_value(node.field, first[name].span))
            elif name in self.fields:
                read[name] = self.value(self.fields[name], node.value, node)
        absent = [name for name, field in self.fields.items() if field.required and name not in first]
        if absent:
            self.context.complain(complaints.required_absent(whole.span, self.what, absent))
        return tuple((name, read.get(name, nothing(field))) for name, field in self.fields.items())

    def value(self, field: Field, written: nodes.Expression | nodes.ListOf | None, whole: nodes.Node) -> Value:
        """What a cell would say that has this value; complains about what no cell says."""
        if field.kind is Kind.TAGS:
            return self._tags(field, written, whole)
        if isinstance(written, nodes.ListOf):
            self.context.complain(complaints.list_given(written, field.name, field.kind))
            return None
        constant = None if written is None else self._constant(field, written)
        if written is None or (constant is not None and self._is_missing(constant.value)):
            if field.required:
                self.context.complain(complaints.required_missing(whole.span, field.name))
            return nothing(field)
        return None if constant is None else self._cell(field, written, constant.value)

    def _constant(self, field: Field, written: nodes.Expression) -> Constant | None:
        value = constants.constant(self.context, written, "a value of a test")
        if value is None:
            return None
        if value.kind is not field.kind and not (value.kind.is_numeric and field.kind.is_numeric):
            shown, wanted = words(written.span), a_kind(field.kind)
            fixes = kinds.undress(written, field.kind)
            self.context.complain(
                kinds.wrong_kind(written.span, shown, value.kind, f"`{field.name}`", wanted, fixes=fixes)
            )
            return None
        misfit = _no_share(field) if isinstance(written, nodes.Number) and written.form == "percent" else None
        if misfit is not None and isinstance(written, nodes.Number):
            self.context.complain(kinds.percent_misfit(written, field.name, misfit))
            return None
        return value

    def _is_missing(self, value: Value) -> bool:
        return isinstance(value, str) and (not value.strip() or value.strip() in self.missing_cells)

    def _cell(self, field: Field, written: nodes.Expression, value: Value) -> Value:
        if isinstance(value, bool) or not isinstance(value, int | str):
            return value
        cell = value if isinstance(value, str) else number_text(value)
        read = self.context.tables.read_cell(field, cell)
        if not isinstance(read, Unfit):
            return read
        if isinstance(value, str) and field.one_of:
            self.context.complain(kinds.unknown_value(written.span, value, field.name, field.one_of))
        else:
            self.context.complain(complaints.unfit(written.span, words(written.span), field.name, read.why, read.fits))
        return None

    def _tags(self, field: Field, written: nodes.Expression | nodes.ListOf | None, whole: nodes.Node) -> Value:
        if written is None:
            self.context.complain(complaints.tags_missing(whole.span, field.name))
            return ()
        if not isinstance(written, nodes.ListOf):
            self.context.complain(complaints.one_tag(written, field.name, words(written.span)))
            return ()
        tags: set[str] = set()
        one = attrs.evolve(field, kind=Kind.TEXT)
        for item in written.items:
            constant = self._constant(one, item)
            read = None if constant is None else self._cell(one, item, normal(str(constant.value)).strip())
            tags.update([read] if isinstance(read, str) and read else [])
        return tuple(sorted(tags))


def nothing(field: Field) -> Value:
    """What the field is where a row has nothing for it."""
    return () if field.kind is Kind.TAGS else field.default


def _no_share(field: Field) -> str | None:
    """Why a percentage cannot be a value of the field, if so."""
    if field.kind in (Kind.WHOLE, Kind.MONEY):
        return f"is {a_kind(field.kind)}"
    if field.high is not None and field.high > SCALE:
        return f"lies in {'' if field.low is None else number_text(field.low)}..{number_text(field.high)}"
    return None
