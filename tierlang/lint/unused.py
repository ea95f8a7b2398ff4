"""Names that nothing reads: what the rules about them share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tierlang.lint.edits import removal
from tierlang.lint.review import Review, head
from tierlang.lint.rule import Finding
from tierlang.program.nodes import Named, NameSort


def unused(
    review: Review,
    sort: NameSort,
    message: str,
    *hints: str,
    certain: bool = False,
    but: Callable[[Named], bool] = lambda named: False,
) -> Iterator[Finding]:
    """The names of a sort, declared in the ruleset's own file, that no rule reads; those excepted `but` for which that is true.

    Taking the declaration out is offered where no test names it either. `{name}` in the message is the name.
    """
    for named in review.own_names(sort):
        if named.uses or named.span is None or but(named):
            continue
        fixes = () if named.tested else (removal(named.span, f"take `{named.name}` out", certain=certain),)
        yield Finding(head(named), message.format(name=named.name), hints=hints, fixes=fixes)
