"""The two streams as people see them."""

from __future__ import annotations

import click
from rich.console import Console


def console(*, err: bool) -> Console:
    """A console on standard output or standard error: no colour where the user or the stream wants none, names never read as markup."""
    context = click.get_current_context(silent=True)
    plain = context is not None and context.color is False
    return Console(stderr=err, no_color=plain, highlight=False, markup=False, emoji=False, soft_wrap=False)
