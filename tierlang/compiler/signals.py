"""`signal`: a value over time."""

from __future__ import annotations

import attrs

from tierlang.compiler.attributions import headings_of, read_attribution, source_of
from tierlang.compiler.complaints import inputs as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.durations import duration_of
from tierlang.compiler.fields import missing_cells, read_field
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.words import label_of
from tierlang.program.nodes import Field, Signal
from tierlang.program.values import Kind
from tierlang.program.written import written
from tierlang.syntax import nodes


def define_signal(context: Context, node: nodes.Signal) -> None:
    """Read a signal; nothing is known of one in which something is wrong."""
    before = len(context.complaints)
    value = _value(context, node)
    lasting = only(context, parts_of_sort(node.parts, nodes.Lasts), "`lasts`")
    lasts = None if lasting is None else duration_of(context, lasting.duration, "lasts")
    attribution = written(read_attribution(context, node.sources), node.name.span)
    missing = missing_cells(context, node.sources)
    if value is None or len(context.complaints) > before:
        return
    signal = Signal(node.name.text, label_of(node.label), attribution, value, lasts, missing, span=node.span)
    context.signals[signal.name] = signal
    context.reaches.add_signal(signal)


def _value(context: Context, node: nodes.Signal) -> Field | None:
    """How the values are read: as a field's that is neither required nor has a default."""
    parts: list[nodes.FieldPart] = []
    for part in node.parts:
        match part:
            case nodes.Lasts():
                pass
            case nodes.FieldOption(option="required"):
                context.complain(complaints.signal_option(part, "required", node.name.text))
            case nodes.Default():
                context.complain(complaints.signal_option(part, "default", node.name.text))
            case _:
                parts.append(part)
    field = read_field(
        context, nodes.Field(name=node.name, type=node.type, label=node.label, parts=tuple(parts), span=node.span)
    )
    if field is None:
        return None
    if field.kind is Kind.TAGS:
        context.complain(complaints.tags_misplaced(node.type, "a signal", "it has one value at a time"))
        return None
    source = source_of(context, node.sources, "value")
    if source is None:
        return field
    headings = parts_of_sort(parts, nodes.FromHeadings)
    if headings:
        context.complain(complaints.two_headings(source.span, headings[0].span))
    return attrs.evolve(field, headings=headings_of(source))
