"""Complaints about blocks as a whole: the header, lines written twice, blocks missing or doubled."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic, Related
from tierlang.diagnostics.edits import insert
from tierlang.source import Source, Span


def doubled_line(span: Span, what: str, first: Span) -> Diagnostic:
    """A line that stands twice in a block where it may stand once."""
    return error(
        "doubled-line",
        span,
        f"{what} stands here a second time",
        "keep one of the two",
        related=[Related(first, "the first one is here")],
    )


def missing_block(source: Source, word: str, example: str) -> Diagnostic:
    """A ruleset without its header, account or tiers."""
    first = source.line(1)
    span = source.span(0, len(first))
    fixes = [insert(span, 0, f"{example}\n", f"start with `{example}`")] if word == "ruleset" else []
    return error("missing-block", span, f"this ruleset has no `{word}`", f"write `{example}`", fixes=fixes)


def doubled_block(span: Span, word: str, first: Span) -> Diagnostic:
    """A second `ruleset`, `account` or `mobility`."""
    hint = {
        "ruleset": "a file that another one uses has no `ruleset` line of its own",
        "account": "all fields stand in one `account` block",
        "mobility": "everything about moves stands in one `mobility` block, where the order of its lines counts",
    }[word]
    return error(
        "doubled-block",
        span,
        f"this is a second `{word}`",
        hint,
        related=[Related(first, "the first one is here")],
    )


def bad_limit(span: Span, what: str, wanted: str) -> Diagnostic:
    """A limit out of all sense."""
    return error("bad-limit", span, f"{what} must be {wanted}")


def empty_account(span: Span) -> Diagnostic:
    """An account without a key."""
    return error(
        "missing-key",
        span,
        "this `account` has no `key`, so accounts cannot be told apart",
        'say which column names an account: `key id text from "Account ID"`',
    )


def use_problem(span: Span, path: str, why: str, *hints: str) -> Diagnostic:
    """A file that cannot be used."""
    return error("unreadable-file", span, f'the file "{path}" cannot be used: {why}', *hints)


def use_circle(span: Span, path: Sequence[str]) -> Diagnostic:
    """Files that use each other."""
    shown = " → ".join(f'"{each}"' for each in path)
    return error("cycle", span, f"these files use each other: {shown}", "take one `use` out of the circle")
