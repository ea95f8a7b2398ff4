"""What goes wrong with a ledger, in plain words."""

from __future__ import annotations


class LedgerError(Exception):
    """A ledger that cannot be read, written or trusted. `message` is one plain sentence that names the file; `hints` say what to do."""

    def __init__(self, message: str, *hints: str) -> None:
        super().__init__(message)
        self.message = message
        self.hints = hints
