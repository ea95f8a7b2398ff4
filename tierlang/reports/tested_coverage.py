"""How far the tests of rulesets go: a table of shares, what no test has decided, and tests to add."""

from __future__ import annotations

from collections.abc import Mapping

from tierlang.reports.complaints import Paint, plain
from tierlang.reports.excerpt import visible
from tierlang.source import Span
from tierlang.testing.chances import SORTS, Chance
from tierlang.testing.coverage import Coverage, Undecided

READ_FIRST = (
    "# Proposed tests for {path}. They expect what the rules do today: read whether that is meant before you keep one."
)


def percent(done: int, of: int) -> int:
    """Whole percents, 100 only for all; of nothing everything is decided."""
    return 100 if of == 0 else done * 100 // of


def total(coverages: Mapping[str, Coverage]) -> int:
    """The share over all rulesets."""
    shares = [coverage.share() for coverage in coverages.values()]
    return percent(sum(done for done, _ in shares), sum(of for _, of in shares))


def coverage_text(coverages: Mapping[str, Coverage], paint: Paint = plain) -> str:
    """The table, then for each ruleset what is left."""
    blocks = ["\n".join(_table(coverages, paint))]
    for path, coverage in coverages.items():
        if coverage.undecided:
            head = paint("bold", "No test has decided:")
            blocks.append("\n".join([head, *(_undecided(each) for each in coverage.undecided)]))
        if coverage.impossible:
            head = paint("bold", "No account can, so no test is missing:")
            blocks.append("\n".join([head, *(f"  {_where(each.span)}{_never(each)}" for each in coverage.impossible)]))
        if coverage.proposals:
            blocks += [
                paint("dim", READ_FIRST.format(path=visible(path))),
                *(text.rstrip("\n") for text in coverage.proposals),
            ]
    return "\n\n".join(blocks)


def _table(coverages: Mapping[str, Coverage], paint: Paint) -> list[str]:
    sorts = [sort for sort in SORTS if any(coverage.share(sort)[1] for coverage in coverages.values())]
    rows = [["covered", *sorts, "all"]]
    for path, coverage in coverages.items():
        shares = [coverage.share(sort) for sort in sorts]
        rows.append(
            [visible(path), *(f"{done}/{of}" if of else "-" for done, of in shares), f"{percent(*coverage.share())}%"]
        )
    if len(coverages) > 1:
        sums = [[coverage.share(sort) for coverage in coverages.values()] for sort in sorts]
        cells = [f"{sum(done for done, _ in each)}/{sum(of for _, of in each)}" for each in sums]
        rows.append(["all", *cells, f"{total(coverages)}%"])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            f"{cell:<{width}}" if at == 0 else f"{cell:>{width}}"
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return [paint("bold", lines[0]), *lines[1:]]


def _undecided(each: Undecided) -> str:
    why = f" (no test proposed: {each.why})" if each.proposal is None and each.why else ""
    return f"  {_where(each.chance.span)}{_never(each.chance)}{why}"


def _never(chance: Chance) -> str:
    return visible(f"{chance.what}: {chance.never}")


def _where(span: Span | None) -> str:
    return "" if span is None else f"{visible(span.source.path)}:{span.source.position(span.start)[0]}: "
