"""Who reads which declared name: noted wherever a name is resolved, and told for every name in the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tierlang.compiler.views import View
from tierlang.program.nodes import Named, NameSort
from tierlang.source import Span
from tierlang.syntax import nodes

NAMES, EXCLUSIONS, MARKS, TRIGGERS, HOLDS = "names", "exclusions", "marks", "triggers", "holds"


def of_ladder(position: int) -> str:
    """The room of the tiers of the ladder at this position."""
    return f"ladder {position}"


def inside(name: str) -> str:
    """The room of an event's attributes, or of a lookup's columns."""
    return f"inside {name}"


@attrs.define
class Uses:
    """The places where names stand, by their room and name: most share one room, tiers, attributes, columns, exclusions, marks, triggers and holds have their own."""

    places: dict[tuple[str, str], dict[Span, None]] = attrs.field(factory=dict)

    def note(self, name: str, at: Span, room: str = NAMES) -> None:
        """The name is read there."""
        self.places.setdefault((room, name), {})[at] = None

    def of(self, name: str, room: str) -> tuple[Span, ...]:
        """Where the name is read."""
        return tuple(self.places.get((room, name), ()))


def read_names(
    declarations: Sequence[nodes.Declaration], views: Sequence[View], uses: Uses, tested: Uses
) -> tuple[Named, ...]:
    """Every declared name in the order of the files, with the places in rules and in tests where it stands. The account's key is not among them."""
    return tuple(
        Named(sort, shown, uses.of(name, room), tested.of(name, room), span=span)
        for declaration in declarations
        for sort, shown, name, room, span in _named(declaration, views)
    )


def _named(node: nodes.Declaration, views: Sequence[View]) -> Iterator[tuple[NameSort, str, str, str, Span]]:
    match node:
        case nodes.Account(parts=parts):
            for part in parts:
                if isinstance(part, nodes.Derive):
                    yield "derive", part.name.text, part.name.text, NAMES, part.span
                elif isinstance(part, nodes.Field) and not part.is_key:
                    yield "field", part.name.text, part.name.text, NAMES, part.span
        case nodes.Event(name=name, parts=lines):
            yield "event", name.text, name.text, NAMES, node.span
            for line in lines:
                if isinstance(line, nodes.Field | nodes.Derive):
                    yield "attribute", f"{name.text}.{line.name.text}", line.name.text, inside(name.text), line.span
        case nodes.Lookup(name=name, parts=columns):
            yield "lookup", name.text, name.text, NAMES, node.span
            for column in columns:
                if isinstance(column, nodes.Give):
                    yield "column", f"{name.text}.{column.name.text}", column.name.text, inside(name.text), column.span
        case nodes.Tiers(name=ladder):
            if ladder is not None:
                yield "ladder", ladder.text, ladder.text, NAMES, node.span
            position = next(view.position for view in views if view.node is node)
            for tier in node.parts:
                if isinstance(tier, nodes.Tier):
                    yield "tier", tier.name.text, tier.name.text, of_ladder(position), tier.span
        case nodes.Let() | nodes.ListDeclaration() | nodes.Signal() | nodes.Score() | nodes.Owner():
            yield _SORTS[type(node)], node.name.text, node.name.text, NAMES, node.span
        case nodes.Exclude(name=name):
            yield "exclusion", name.text, name.text, EXCLUSIONS, node.span
        case nodes.Mark(name=name):
            yield "mark", name.text, name.text, MARKS, node.span
        case nodes.Mobility(parts=moving):
            for each in moving:
                if isinstance(each, nodes.Trigger):
                    yield "trigger", each.name.text, each.name.text, TRIGGERS, each.span
                elif isinstance(each, nodes.Hold):
                    yield "hold", each.name.text, each.name.text, HOLDS, each.span
        case _:
            pass


_SORTS: dict[type[nodes.Declaration], NameSort] = {
    nodes.Let: "constant",
    nodes.ListDeclaration: "list",
    nodes.Signal: "signal",
    nodes.Score: "score",
    nodes.Owner: "owner",
}
