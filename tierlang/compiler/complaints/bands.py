"""Complaints about tables by bands."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.kinds import undress
from tierlang.compiler.complaints.voice import a_kind, error
from tierlang.compiler.intervals import HIGHEST, LOWEST, Grid, Interval
from tierlang.diagnostics.diagnostic import Diagnostic, Fix, Related
from tierlang.diagnostics.edits import line_after, replace
from tierlang.diagnostics.suggest import listing
from tierlang.program.values import Kind
from tierlang.source import Span
from tierlang.syntax import nodes


def tags_by(span: Span, shown: str) -> Diagnostic:
    """A table by tags."""
    return error(
        "wrong-kind",
        span,
        f"`{shown}` is a set of tags, and an account can have several, so no table can be read by it",
        f'write a line for each tag: `points 10 when {shown} contains "…"`',
    )


def doubled_row(span: Span, which: str, first: Span) -> Diagnostic:
    """A second `otherwise` or `missing` row."""
    return error(
        "doubled-line",
        span,
        f"this table has two `{which}` rows",
        "keep one of them",
        related=[Related(first, "the first one is here")],
    )


def doubled_value(span: Span, shown: str, first: Span) -> Diagnostic:
    """A value that two rows name."""
    return error(
        "overlapping-bands",
        span,
        f"{shown} stands in two rows, so it is not clear which one counts",
        related=[Related(first, "it is already here")],
    )


def overlapping_bands(span: Span, first: Span, example: str, fix: tuple[Span, str] | None) -> Diagnostic:
    """Two ranges of a table that share values."""
    return error(
        "overlapping-bands",
        span,
        f"two rows take the same value: {example} is in both",
        "`60..<80` leaves 80 out, so that the next row can start there",
        related=[Related(first, f"{example} is also in this row")],
        fixes=[replace(*fix)] if fix else [],
    )


def row_of_other_kind(
    node: nodes.Expression | nodes.Range, words: str, kind: Kind, subject: str, wanted: Kind
) -> Diagnostic:
    """A row's value that is not of the subject's kind."""
    return error(
        "wrong-kind",
        node.span,
        f"`{subject}` is {a_kind(wanted)}, but `{words}` is {a_kind(kind)}",
        fixes=undress(node, wanted),
    )


def no_missing_row(
    span: Span, shown: str, bands: Sequence[nodes.Band], filler: str | None, *, declared: bool
) -> Diagnostic:
    """A subject that can be missing in a table that does not say what then; `declared`: it is a field itself."""
    also = " (Or give the field `required` or a `default`.)" if declared else ""
    return error(
        "no-missing-row",
        span,
        f"`{shown}` can be missing, and this table does not say what happens then",
        f"add a row `missing -> {filler or '…'}`.{also}" if also else f"add a row `missing -> {filler or '…'}`",
        fixes=_added(bands, "missing", filler),
    )


def band_gap(
    span: Span,
    shown: str,
    grid: Grid,
    gap: Interval,
    fix: tuple[Span, str] | None,
    bands: Sequence[nodes.Band],
    filler: str | None,
) -> Diagnostic:
    """A table by number or date that leaves values out."""
    fixes = [replace(*fix)] if fix else []
    hints = [f"write `{fix[1]}`, or add a row `otherwise -> …`"] if fix else ["add a row for it, or `otherwise -> …`"]
    if not fix and gap.low == LOWEST and gap.high < HIGHEST:
        if shown.startswith("days since "):
            hints.append("days since a date to come are negative; begin the first row with `..` to take them in")
        else:
            start = grid.show(gap.high + 1)
            hints.append(f"if `{shown}` is never so small, say so where it is declared: `in {start}..`")
    return error(
        "band-gap",
        span,
        f"no row takes {gap_text(grid, gap, shown)}",
        *hints,
        fixes=[*fixes, *_added(bands, "otherwise", filler)],
    )


def gap_text(grid: Grid, gap: Interval, shown: str) -> str:
    """What lies in a gap, for people."""
    if gap.low == gap.high:
        return f"`{shown}` = {grid.show(gap.low)}"
    if gap.low == LOWEST and gap.high == HIGHEST:
        return f"any value of `{shown}`"
    if gap.low == LOWEST:
        return f"`{shown}` of {grid.show(gap.high)} and less"
    if gap.high == HIGHEST:
        return f"`{shown}` of {grid.show(gap.low)} and more"
    return f"`{shown}` from {grid.show(gap.low)} to {grid.show(gap.high)}"


def open_texts(span: Span, shown: str, bands: Sequence[nodes.Band], filler: str | None) -> Diagnostic:
    """A table by a text that can be anything, without `otherwise`."""
    return error(
        "band-gap",
        span,
        f"`{shown}` can be any text, so this table needs an `otherwise` row",
        "add `otherwise -> …`, or list what the field can be with `one of`",
        fixes=_added(bands, "otherwise", filler),
    )


def open_values(span: Span, shown: str, bands: Sequence[nodes.Band], filler: str | None) -> Diagnostic:
    """A table by numbers or dates whose values stand in a file, without `otherwise`."""
    return error(
        "band-gap",
        span,
        f"the file names single values of `{shown}`, so this table needs an `otherwise` row for all others",
        f"add `otherwise -> {filler or '…'}`",
        fixes=_added(bands, "otherwise", filler),
    )


def row_beside_file(span: Span) -> Diagnostic:
    """A row of values beside those of a file."""
    return error(
        "misplaced-line",
        span,
        "the values of this table stand in the file",
        "write this row there; only `otherwise` and `missing` stand here",
    )


def values_left_out(
    span: Span, shown: str, rest: Sequence[str], bands: Sequence[nodes.Band], filler: str | None
) -> Diagnostic:
    """A table by texts or flags that leaves some out."""
    return error(
        "band-gap",
        span,
        f"no row takes `{shown}` = {listing(rest)}",
        "add a row, or `otherwise -> …`",
        fixes=_added(bands, "otherwise", filler),
    )


def _added(bands: Sequence[nodes.Band], kind: str, filler: str | None) -> list[Fix]:
    if filler is None or not bands:
        return []
    rows = [band for band in bands if band.kind != "missing"] if kind == "otherwise" else list(bands)
    last = rows[-1] if rows else bands[-1]
    return [line_after(last.span, f"{kind} -> {filler}", f"add `{kind} -> {filler}`")]
