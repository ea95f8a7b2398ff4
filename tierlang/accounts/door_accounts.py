"""The door of accounts: a key in every row, no key twice."""

from __future__ import annotations

import attrs

from tierlang.accounts.door import Door, final
from tierlang.accounts.problems import Cause

EMPTY_KEY = Cause("empty-key", "is empty, and every account needs a key", "a key in every row")
DOUBLED_KEY = Cause("duplicate-key", "is the key of more than one row", "a key that no other row has")


@attrs.frozen
class AccountDoor(Door):
    """The typed relation is `key`, and `f_NAME` for each field, in the order of the file; the first match is the key."""

    def trouble(self, table: str) -> str:
        """Whether `table`, which has `key` and `bad`, has a bad row or (perhaps) a doubled key; quick and narrow."""
        return f"SELECT count(*) FILTER (bad IS NOT FALSE) > 0 OR count(*) <> count(DISTINCT hash(key)) FROM {table}"

    def _items(self) -> list[str]:
        fields = enumerate(self.matches[1:], 1)
        return ["v_0 AS key", *(f"{final(match.field, i)} AS f_{match.field.name}" for i, match in fields)]
