"""What `verify` finds wrong."""

from __future__ import annotations

import attrs


@attrs.frozen
class Problem:
    """One thing that is not as it must be: in words, with the run and the account where there is one."""

    words: str
    run: int | None = None
    account: str | None = None


@attrs.frozen
class Verified:
    """The verdict on a whole file: what was looked at, and what is wrong. `found` counts the problems, of which at most so many of a kind are in `problems`."""

    runs: int
    moves: int
    observations: int
    problems: tuple[Problem, ...]
    found: int
