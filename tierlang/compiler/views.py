"""The ladders of a ruleset as other rules name them: the first is `tier`, every other one goes by its name."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.syntax import nodes


@attrs.frozen(eq=False)
class View:
    """A ladder by its place among all: its tiers' names, each where it first stands, from best to worst."""

    position: int
    node: nodes.Tiers
    tiers: dict[str, nodes.Name]

    @property
    def word(self) -> str:
        """What stands before `is` to ask for its tiers."""
        return "tier" if self.position == 0 or self.node.name is None else self.node.name.text

    @property
    def shown(self) -> str:
        """The ladder as people say it."""
        return "the first ladder" if self.node.name is None else f"the ladder `{self.node.name.text}`"


def read_views(declarations: Sequence[nodes.Declaration]) -> tuple[View, ...]:
    """The ladders in the order of the files."""
    ladders = [declaration for declaration in declarations if isinstance(declaration, nodes.Tiers)]
    return tuple(View(position, node, _tiers(node)) for position, node in enumerate(ladders))


def _tiers(node: nodes.Tiers) -> dict[str, nodes.Name]:
    found: dict[str, nodes.Name] = {}
    for part in node.parts:
        if isinstance(part, nodes.Tier):
            found.setdefault(part.name.text, part.name)
    return found
