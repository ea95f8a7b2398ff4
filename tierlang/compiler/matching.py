"""Whether the tiers of a ladder take every account exactly once: overlaps, order, gaps, and what `match` demands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from tierlang.compiler.bands import closing, touching
from tierlang.compiler.comparisons import declared_bounds
from tierlang.compiler.complaints import ladders as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.intervals import Grid, Interval, everything, grid_of, left_out
from tierlang.compiler.tiers import Placed
from tierlang.program.expressions import Defined, Input, kind_of
from tierlang.program.numbers import LIMIT, SCALE
from tierlang.syntax import nodes


def check_lines(
    context: Context,
    ladder: nodes.Tiers,
    tiers: Sequence[Placed],
    by: Input | Defined | None,
    policy: str | None,
    *,
    rest_untiered: bool,
) -> None:
    """All complaints about how the tiers of a ladder fit together."""
    if by is not None:
        grid = grid_of(kind_of(by), context.digits_of(by))
        reachable = _reachable(context, tiers, by, grid)
        _check_overlaps(context, reachable, grid, policy)
        _check_descending(context, reachable, grid)
    _check_tops(context, tiers, policy)
    if rest_untiered or any(tier.otherwise is not None or tier.broken for tier in tiers) or not tiers:
        return
    if ladder.by is not None and by is None:
        return
    _check_gaps(context, ladder, tiers, by)


def separate(context: Context, tiers: Sequence[Placed], by: Input | Defined | None) -> bool:
    """Whether disjoint ranges alone keep every two tiers apart."""
    lined = [tier for tier in tiers if tier.otherwise is None]
    if by is None or any(tier.ends is None for tier in lined):
        return False
    grid = grid_of(kind_of(by), context.digits_of(by))
    taken = [tier.ends.on(grid) for tier in lined if tier.ends is not None]
    return all(a.meet(b).is_empty for a, b in combinations(taken, 2))


def _reachable(context: Context, tiers: Sequence[Placed], by: Input | Defined, grid: Grid) -> list[Placed]:
    """The tiers with a range that the score can reach; complains about the others."""
    found: list[Placed] = []
    low, high = declared_bounds(context, by)
    whole = everything(grid, -LIMIT if low is None else low, LIMIT if high is None else high)
    for tier in tiers:
        if tier.ends is not None and tier.ends.on(grid).meet(whole).is_empty:
            shown = ["" if end is None else grid.show(grid.up(end)) for end in (low, high)]
            context.complain(complaints.unreachable(tier.ends.node.span, tier.node.name.text, by.name, *shown))
        elif tier.ends is not None:
            found.append(tier)
    return found


def _check_overlaps(context: Context, tiers: Sequence[Placed], grid: Grid, policy: str | None) -> None:
    if policy == "first":
        return
    for at, later in enumerate(tiers):
        for earlier in tiers[:at]:
            if later.ends is None or earlier.ends is None:
                continue
            if policy == "unique" and (later.gated or earlier.gated):
                continue
            both = later.ends.on(grid).meet(earlier.ends.on(grid))
            if not both.is_empty:
                context.complain(
                    complaints.overlapping_ranges(
                        later.ends.node.span,
                        (later.node.name.text, earlier.node.name.text),
                        earlier.ends.node.span,
                        grid.show(both.example),
                        touching(earlier.ends, later.ends),
                    )
                )
                break


def _check_descending(context: Context, tiers: Sequence[Placed], grid: Grid) -> None:
    lined = [tier for tier in tiers if tier.ends is not None]
    for better, worse in pairwise(lined):
        assert better.ends is not None
        assert worse.ends is not None
        above, below = better.ends.on(grid), worse.ends.on(grid)
        if not above.is_empty and not below.is_empty and above.high < below.low:
            names = better.node.name.text, worse.node.name.text
            context.complain(complaints.ascending(worse.ends.node.span, names, better.ends.node.span))
            return


def _check_tops(context: Context, tiers: Sequence[Placed], policy: str | None) -> None:
    before: list[Placed] = []
    for tier in tiers:
        if tier.top is None or tier.top_node is None:
            continue
        if policy == "unique":
            context.complain(complaints.top_in_unique(tier.top_node.span))
        for earlier in before:
            assert earlier.top is not None
            assert earlier.top_node is not None
            if (earlier.top.by, earlier.top.per) != (tier.top.by, tier.top.per):
                continue
            amounts = (earlier.top.percent, tier.top.percent), (earlier.top.count, tier.top.count)
            if any(a is not None and b is not None and b <= a for a, b in amounts):
                names = earlier.node.name.text, tier.node.name.text
                texts = earlier.top.text, tier.top.text
                context.complain(complaints.tops_not_growing(tier.top_node.span, names, texts, earlier.top_node.span))
                break
        before.append(tier)


def _check_gaps(context: Context, ladder: nodes.Tiers, tiers: Sequence[Placed], by: Input | Defined | None) -> None:
    """A ladder without `otherwise` and `rest untiered` must take every account by its lines alone."""
    last = tiers[-1].node
    sure = [tier for tier in tiers if not tier.gated]
    whole_top = any(tier.top is not None and tier.top.percent == SCALE and tier.top.by == by for tier in sure)
    if by is None or not (whole_top or any(tier.ends is not None for tier in sure)):
        context.complain(complaints.incomplete(ladder, last))
        return
    grid = grid_of(kind_of(by), context.digits_of(by))
    taken = [tier.ends for tier in sure if tier.ends is not None]
    gaps: list[Interval] = []
    if not whole_top:
        intervals = [ends.on(grid) for ends in taken]
        gaps = left_out(intervals, _whole(context, by, grid, intervals))
    for gap in gaps:
        context.complain(complaints.ladder_gap(ladder, last, by.name, grid, gap, closing(gap, grid, taken)))
    if not gaps and by.name not in context.drafts and context.reaches.of(by).missing:
        context.complain(complaints.unscored_left_out(ladder, last, by.name))


def _whole(context: Context, by: Input | Defined, grid: Grid, taken: Sequence[Interval]) -> Interval:
    """All that the tiers must take: what the score can be, or what is sure of it where something in it is wrong."""
    draft = context.drafts.get(by.name)
    if draft is None:
        bounds = context.reaches.of(by).bounds
        return everything(grid, bounds.low, bounds.high)
    low = min((part.low for part in taken), default=0) if draft.low is None else grid.up(draft.low)
    high = max((part.high for part in taken), default=0) if draft.high is None else grid.down(draft.high)
    return Interval(low, high)
