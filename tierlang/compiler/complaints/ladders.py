"""Complaints about ladders and the lines of their tiers."""

from __future__ import annotations

from tierlang.compiler.complaints.bands import gap_text
from tierlang.compiler.complaints.voice import error
from tierlang.compiler.intervals import Grid, Interval
from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Related
from tierlang.diagnostics.edits import insert, replace
from tierlang.source import Span
from tierlang.syntax import nodes


def doubled_tier(name: nodes.Name, first: nodes.Name) -> Diagnostic:
    """Two tiers of one name."""
    return error(
        "doubled-name",
        name.span,
        f"this ladder already has a tier `{name.text}`",
        related=[Related(first.span, "the first one is here")],
    )


def no_tiers(span: Span) -> Diagnostic:
    """A ladder without tiers."""
    return error("missing-block", span, "this `tiers` block has no tier", 'add one: `tier one "Tier 1" { range 80.. }`')


def too_many_tiers(name: nodes.Name, count: int, limit: int) -> Diagnostic:
    """More tiers than the ceiling."""
    return error(
        "too-many-tiers",
        name.span,
        f"there are {count} tiers, and the ceiling is {limit}",
        "with more tiers than that nobody can say what each one gets. Join the tiers that are treated alike",
        f"if you mean it, raise the ceiling in the `ruleset` header: `limits {{ tiers {count} }}`",
    )


def second_otherwise(span: Span, first: str, place: Span) -> Diagnostic:
    """Two tiers that take the rest."""
    return error(
        "two-otherwise",
        span,
        f"only one tier can be `otherwise`, and `{first}` already is",
        related=[Related(place, f"`{first}` takes the rest here")],
    )


def otherwise_and_rest(span: Span, tier: str, place: Span) -> Diagnostic:
    """`otherwise` beside `rest untiered`."""
    return error(
        "two-otherwise",
        span,
        f"nothing is left for `rest untiered`: the tier `{tier}` takes the rest",
        "keep one of the two",
        related=[Related(place, f"`{tier}` is `otherwise`")],
    )


def otherwise_beside(span: Span, word: str, otherwise: Span) -> Diagnostic:
    """`otherwise` with a line or gate beside it."""
    return error(
        "otherwise-beside",
        span,
        f"`otherwise` takes every account that no other tier takes, so no `{word}` can stand beside it",
        "keep one of the two",
        related=[Related(otherwise, "`otherwise` stands here")],
    )


def range_and_top(span: Span, range_span: Span) -> Diagnostic:
    """`range` and `top` in one tier."""
    return error(
        "range-and-top",
        span,
        "a tier takes accounts by `range` or by `top`, not by both",
        "keep one. To ask for the other as well, put it into the tier's `when`, for example `when fit >= 80`",
        related=[Related(range_span, "the `range` stands here")],
    )


def tier_without_line(name: nodes.Name) -> Diagnostic:
    """A tier that does not say who belongs to it."""
    return error(
        "no-line",
        name.span,
        f"the tier `{name.text}` does not say which accounts belong to it",
        "start it with `range`, `top`, `when` or `otherwise`",
    )


def line_without_by(span: Span, word: str) -> Diagnostic:
    """`range` or `top` in a ladder that ranks by nothing."""
    extra = ", or say it here: `top 5% by SCORE`" if word == "top" else ""
    return error(
        "no-by",
        span,
        f"`{word}` needs a score, and this ladder has none",
        f"name it at the start of the block: `tiers by SCORE {{`{extra}",
    )


def line_off_grid(span: Span, words: str, by: str, lower: str, upper: str) -> Diagnostic:
    """A range that ends between two values of the score."""
    return error(
        "off-grid",
        span,
        f"`{by}` never has more digits than {upper}, so a range cannot end at {words}",
        f"write {lower} or {upper}, or give the score more digits with `round to`",
        fixes=[replace(span, upper)],
    )


def unreachable(span: Span, tier: str, by: str, low: str, high: str) -> Diagnostic:
    """A range outside all that the score can be."""
    return error(
        "out-of-range",
        span,
        f"no account can reach the tier `{tier}`: `{by}` lies in {low}..{high}",
        "draw the line within that range, or correct the range where the name is declared",
    )


def overlapping_ranges(
    span: Span, names: tuple[str, str], earlier: Span, example: str, fix: tuple[Span, str] | None
) -> Diagnostic:
    """Two tiers whose ranges share values."""
    later_name, earlier_name = names
    return error(
        "overlapping-ranges",
        span,
        f"the ranges of `{earlier_name}` and `{later_name}` overlap: {example} is in both",
        f"write `{fix[1]}`" if fix else "`60..<80` leaves 80 to the tier above",
        "if the first tier that fits should simply win, say so: `match first`",
        related=[Related(earlier, f"{example} is also in `{earlier_name}`")],
        fixes=[replace(*fix)] if fix else [],
    )


def ascending(span: Span, names: tuple[str, str], better: Span) -> Diagnostic:
    """Tiers that stand from worst to best."""
    return error(
        "tier-order",
        span,
        f"tiers stand from best to worst, but `{names[1]}` takes higher values than `{names[0]}` above it",
        "put the tier with the highest range first",
        related=[Related(better, f"`{names[0]}` stands first, with lower values")],
    )


def top_in_unique(span: Span) -> Diagnostic:
    """`top` in a ladder that matches uniquely."""
    return error(
        "top-in-unique",
        span,
        "`top` cannot stand in a ladder with `match unique`: the best 5% are also among the best 20%",
        "leave out `match unique`; the first tier that fits then takes the account",
    )


def tops_not_growing(span: Span, names: tuple[str, str], texts: tuple[str, str], earlier: Span) -> Diagnostic:
    """`top` lines that do not grow from tier to tier."""
    return error(
        "tops-not-growing",
        span,
        f"`top {texts[1]}` leaves nobody for `{names[1]}`: `{names[0]}` already takes the top {texts[0]}",
        "the amounts count from the very best, so they grow from tier to tier: 5%, 20%, 50%",
        related=[Related(earlier, f"`{names[0]}` takes these first")],
    )


def bad_top(span: Span, words: str, *, percent: bool) -> Diagnostic:
    """A `top` that takes nobody, or a part of an account."""
    wanted = "a percentage over 0% and up to 100%" if percent else "a whole number of accounts, 1 or more"
    return error("bad-top", span, f"`top` takes {wanted}, and `{words}` is not", "for example `top 5%` or `top 25`")


def per_tags(name: nodes.Name) -> Diagnostic:
    """`per` a set of tags."""
    return error("wrong-kind", name.span, f"`{name.text}` is a set of tags, and `per` needs one value per account")


def incomplete(ladder: nodes.Tiers, last: nodes.Tier) -> Diagnostic:
    """A ladder whose tiers all ask for something."""
    return error(
        "ladder-gap",
        last.name.span,
        "an account that no tier takes has no place in this ladder: every tier asks for something",
        "make one tier `otherwise`, or say that the others stay out with `rest untiered`",
        fixes=_rest(ladder),
    )


def ladder_gap(
    ladder: nodes.Tiers, last: nodes.Tier, by: str, grid: Grid, gap: Interval, fix: tuple[Span, str] | None
) -> Diagnostic:
    """Values of the score that no tier takes."""
    hints = [f"write `{fix[1]}`"] if fix else []
    return error(
        "ladder-gap",
        fix[0] if fix else last.name.span,
        f"no tier takes {gap_text(grid, gap, by)}",
        *hints,
        "otherwise make one tier `otherwise`, or say that such accounts stay out with `rest untiered`",
        fixes=[*([replace(*fix)] if fix else []), *_rest(ladder)],
    )


def unscored_left_out(ladder: nodes.Tiers, last: nodes.Tier, by: str) -> Diagnostic:
    """A score that can be missing in a ladder of ranges alone."""
    return error(
        "ladder-gap",
        last.name.span,
        f"`{by}` can be missing, and an account without it is in no range",
        "make one tier `otherwise`, or say that such accounts stay out with `rest untiered`",
        fixes=_rest(ladder),
    )


def _rest(ladder: nodes.Tiers) -> list[Fix]:
    source, close = ladder.span.source, ladder.span.end - 1
    if source.text[close : close + 1] != "}":
        return []
    start = source.text.rfind("\n", 0, close) + 1
    before = source.text[start:close]
    title = "add `rest untiered`"
    if before.strip() or "\n" not in source.text[ladder.span.start : close]:
        return [insert(ladder.span, close, " rest untiered ", title)]
    return [Fix(title, (Edit(source.span(start, start), f"{before}  rest untiered\n"),))]


def doubled_cluster(name: nodes.Name, first: nodes.Name) -> Diagnostic:
    """Two clusters of one name."""
    return error(
        "doubled-name",
        name.span,
        f"this tier already has a cluster `{name.text}`",
        related=[Related(first.span, "the first one is here")],
    )


def cluster_by_tags(name: nodes.Name) -> Diagnostic:
    """Clusters by a set of tags."""
    return error(
        "wrong-kind",
        name.span,
        f"`{name.text}` is a set of tags, and an account is in one cluster only",
        "use a text field",
    )
