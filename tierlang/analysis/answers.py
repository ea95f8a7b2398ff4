"""What the analysis can answer: there is such an account, there is none, or it cannot tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

import attrs

from tierlang.engines.interpreter.facts import Account
from tierlang.source import Span


class Witness:
    """An account, with its events and observations, of which the interpreter confirmed the claim as of `as_of`.

    It is small: fields that can be missing are, unless the claim then fails, and numbers are the plainest that do. Making it small takes time and most witnesses are never looked at, so `smaller`
    does it for whoever looks.
    """

    def __init__(self, account: Account, as_of: dt.date, smaller: Callable[[Account], Account] | None = None) -> None:
        self._account = account
        self._smaller = smaller
        self.as_of = as_of

    @property
    def account(self) -> Account:
        """The account."""
        if self._smaller is not None:
            self._account, self._smaller = self._smaller(self._account), None
        return self._account

    @property
    def rough(self) -> Account:
        """The account as far as it was made small already."""
        return self._account

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Witness) and (self.account, self.as_of) == (other.account, other.as_of)

    def __hash__(self) -> int:
        return hash((self.account.key, self.as_of))

    def __repr__(self) -> str:
        return f"Witness({self.account!r}, {self.as_of!r})"


@attrs.frozen
class Possible:
    """There is such an account: this one."""

    witness: Witness


@attrs.frozen
class Impossible:
    """Proved: no account whose cells fit its fields, whatever its events and signals, is like that, at this as-of date."""


@attrs.frozen
class Open:
    """Neither found nor excluded. `why` says in plain words what is in the way (`a percentile needs all accounts`), `span` is the construct, if it is one."""

    why: str
    span: Span | None = None


Answer: TypeAlias = Possible | Impossible | Open


@attrs.frozen
class Extent:
    """The least and the greatest value of a number over all accounts, in 1/10,000ths, with an account for each end.

    `low_witness` is None where the end is a bound that no account was shown to reach; the value is then no less (for `high`: no greater) than written. `None` for both ends: it is always missing.
    """

    low: int | None
    high: int | None
    low_witness: Witness | None
    high_witness: Witness | None

    @property
    def exact(self) -> bool:
        """Whether both ends are reached by accounts."""
        return self.low_witness is not None and self.high_witness is not None
