"""Lines of a block that may stand only once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tierlang.compiler.complaints import blocks as complaints
from tierlang.compiler.context import Context
from tierlang.syntax import nodes

N = TypeVar("N", bound=nodes.Node)


def only(context: Context, found: Sequence[N], what: str) -> N | None:
    """The one line of its sort in a block, or the first; complains about every further one. `what` is how people call the line."""
    for second in found[1:]:
        context.complain(complaints.doubled_line(second.span, what, found[0].span))
    return found[0] if found else None


def parts_of_sort(parts: Sequence[nodes.Node], sort: type[N]) -> list[N]:
    """The parts of a block that are of one sort, in the order written."""
    return [part for part in parts if isinstance(part, sort)]
