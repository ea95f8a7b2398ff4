"""What was found for a program already, so that every question may use it."""

from __future__ import annotations

from typing import Any

import attrs

from tierlang.analysis.cells.plans import Plans
from tierlang.analysis.domains import Domain
from tierlang.analysis.flows import Use
from tierlang.analysis.index import Index
from tierlang.analysis.keys import Cells
from tierlang.program.reach import reaches_of


@attrs.frozen(eq=False)
class Image:
    """What one value can be, what it cost to find, and by their keys the other images that it took."""

    cells: Cells
    cost: int
    uses: tuple[Any, ...]


@attrs.define(eq=False)
class Kept:
    """What was found for one program and date."""

    index: Index
    images: dict[Any, Image] = attrs.field(factory=dict)
    usage: dict[Any, int] = attrs.field(factory=dict)
    """A number for each name with its uses in some question: what differs in these is another image."""
    too_big: dict[Any, tuple[Any, ...]] = attrs.field(factory=dict)
    """What took too long, and the images that were found on the way."""
    domains: dict[tuple[str, frozenset[Use]], Domain] = attrs.field(factory=dict)
    plans: Plans = attrs.field(init=False)
    _reaches: Any = None

    def __attrs_post_init__(self) -> None:
        self.plans = Plans(self.index)

    @property
    def reaches(self) -> Any:
        """The bounds of every value."""
        if self._reaches is None:
            self._reaches = reaches_of(self.index.program)
        return self._reaches
