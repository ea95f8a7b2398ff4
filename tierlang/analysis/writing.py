"""A witness as people can read, keep and run it: a `test` block of the language."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.analysis.answers import Witness
from tierlang.program.nodes import Program


def as_test(program: Program, witness: Witness, label: str, expects: Sequence[str] = ()) -> str:
    """The block in the formatter's layout, which compiles with the program's rules. `expects` are lines after the word `expect`: `tier one`, `priority >= 80`."""
    raise NotImplementedError
