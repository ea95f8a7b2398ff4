"""The clusters of a tier."""

from __future__ import annotations

from tierlang.compiler.bands import check_overlaps, read_tests, row_tests
from tierlang.compiler.complaints import bands as tables
from tierlang.compiler.complaints import ladders as complaints
from tierlang.compiler.context import Context
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.resolve import value_named
from tierlang.compiler.words import label_of
from tierlang.program.expressions import kind_of
from tierlang.program.nodes import Cluster, ClusterRow
from tierlang.program.values import Kind
from tierlang.syntax import nodes


def read_cluster(context: Context, tier: nodes.Tier) -> Cluster | None:
    """How the tier's accounts are divided into clusters, if they are."""
    node = only(context, parts_of_sort(tier.parts, nodes.Cluster), "`cluster by`")
    if node is None:
        return None
    by = value_named(context, node.by, "`cluster by`")
    seen: dict[str, nodes.Name] = {}
    for row in node.rows:
        first = seen.setdefault(row.name.text, row.name)
        if first is not row.name:
            context.complain(complaints.doubled_cluster(row.name, first))
    otherwise = [row for row in node.rows if row.otherwise]
    for second in otherwise[1:]:
        context.complain(tables.doubled_row(second.span, "otherwise", otherwise[0].span))
    if by is None:
        return None
    if kind_of(by) is Kind.TAGS:
        context.complain(complaints.cluster_by_tags(node.by))
        return None
    rows = [row for row in node.rows if not row.otherwise]
    taken = read_tests(context, by, node.by.text, [row.values for row in rows])
    if taken is None:
        return None
    check_overlaps(context, by, taken)
    tests = row_tests(by, taken, len(rows))
    made = [
        ClusterRow(row.name.text, label_of(row.label), test, span=row.span)
        for row, test in zip(rows, tests, strict=True)
    ]
    return Cluster(by, tuple(made), otherwise[0].name.text if otherwise else None, span=node.span)
