"""Complaints about `--set`."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import a_kind, did_you_mean, error
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.program.values import Kind
from tierlang.source import Span


def unknown_setting(span: Span, name: str, lets: Sequence[str], sort: str | None) -> Diagnostic:
    """`--set` of a name that is no `let`."""
    if sort is not None:
        message = f"`--set {name}` cannot replace `{name}`: it is {sort}, and only a `let` can be set"
        return error("unknown-setting", span, message)
    hints, _ = did_you_mean(name, lets, span)
    if not lets:
        hints = ["the ruleset has no `let` at all"]
    return error("unknown-setting", span, f"`--set {name}` has nothing to replace: there is no `let {name}`", *hints)


def bad_setting(span: Span, name: str, text: str) -> Diagnostic:
    """`--set` with something that is no constant."""
    return error(
        "bad-setting",
        span,
        f"`--set {name}={text}` gives no constant",
        "a setting is a number (`16`, `2.5M`, `5%`), a text, a date (`2026-01-31`), `true` or `false`",
    )


def setting_of_other_kind(span: Span, name: str, kind: Kind, wanted: Kind) -> Diagnostic:
    """`--set` with a constant of another kind than the `let`."""
    return error(
        "bad-setting",
        span,
        f"`--set {name}` gives {a_kind(kind)}, but `{name}` is {a_kind(wanted)}",
    )
