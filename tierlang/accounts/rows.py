"""Which row of the file, as people count, an account stands in."""

from __future__ import annotations

from bisect import bisect_right

import attrs


@attrs.frozen
class Rows:
    """Rows as a spreadsheet counts them. `first` is the row of the first account.

    `gaps` has, for each row that is no account (a blank line, a row left aside), how many accounts stand before it; ascending.
    """

    first: int
    gaps: tuple[int, ...] = ()

    def row(self, index: int) -> int:
        """The row of the account with this index (from 0)."""
        return self.first + index + bisect_right(self.gaps, index)
