"""Complaints about owners, plays and coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Related
from tierlang.diagnostics.edits import insert
from tierlang.diagnostics.suggest import listing
from tierlang.diagnostics.words import quoted
from tierlang.program.nodes import Owner
from tierlang.source import Span
from tierlang.syntax import nodes

_OFFERED = 3


def no_owner(tier: nodes.Tier, lacking: Sequence[str], owners: Mapping[str, Owner]) -> Diagnostic:
    """A tier that nobody answers for in marketing or sales."""
    name = tier.name.text
    lines = [f"owner {function} NAME" for function in lacking]
    hints = [f"every tier names who answers for it in marketing and in sales: `{'` and `'.join(lines)}`"]
    if not owners:
        hints.append('owners are declared like this: `owner dana "Dana Lee"`')
    choices = list(owners.values())[:_OFFERED]
    return error(
        "no-owner",
        tier.name.span,
        f"the tier `{name}` has no owner in {listing(lacking)}",
        *hints,
        fixes=[fix for owner in choices if (fix := _naming(tier, lacking, owner)) is not None],
    )


def _naming(tier: nodes.Tier, lacking: Sequence[str], owner: Owner) -> Fix | None:
    source, close = tier.span.source, tier.span.end - 1
    if source.text[close : close + 1] != "}":
        return None
    lines = [f"owner {function} {owner.name}" for function in lacking]
    title = f"name {owner.shown} for {listing(lacking)}"
    start = source.text.rfind("\n", 0, close) + 1
    before = source.text[start:close]
    if before.strip() or "\n" not in source.text[tier.span.start : close]:
        return insert(tier.span, close, f"{'' if before.endswith(' ') else ' '}{'  '.join(lines)} ", title)
    text = "".join(f"{before}  {line}\n" for line in lines)
    return Fix(title, (Edit(source.span(start, start), text),))


def doubled_owner(span: Span, function: str, first: Span) -> Diagnostic:
    """Two owners of one function in a tier."""
    return error(
        "doubled-line",
        span,
        f"this tier has two owners for {function}",
        "one person answers for a tier in each function",
        related=[Related(first, "the first one is here")],
    )


def bad_budget(span: Span, text: str) -> Diagnostic:
    """A budget that is no share."""
    return error("bad-budget", span, f"a `budget` is a share from 0% to 100%, and {text} is not")


def doubled_coverage(name: nodes.Name) -> Diagnostic:
    """A field that stands twice in `coverage`."""
    return error("doubled-value", name.span, f"`{name.text}` stands twice in `coverage`")


def doubled_play(node: nodes.Play, first: nodes.Play) -> Diagnostic:
    """A play that a tier already has for all its accounts."""
    return error(
        "doubled-value",
        node.function.span.to(node.label.span),
        f"this tier already has the play {quoted(node.label.value)} for {node.function.text}",
        "keep one of the two. A play for some accounts only says so in its block: `{ when … }`",
        related=[Related(first.function.span.to(first.label.span), "the first one is here")],
    )
