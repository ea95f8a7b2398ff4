"""Where the rows of a file of facts say whose they are and of which day: the `account from`, `at from` and `key from` lines."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.context import Context
from tierlang.compiler.field_options import date_format
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.words import text_of
from tierlang.program.nodes import Attribution, Field
from tierlang.program.values import Kind
from tierlang.syntax import nodes


def read_attribution(context: Context, parts: Sequence[nodes.Node]) -> Attribution:
    """The columns of a block's facts; the account's cells are read as the account's key is."""
    account, at, key = (source_of(context, parts, role) for role in ("account", "at", "key"))
    folded = context.key is not None and context.key.fold_case
    same = () if context.key is None else context.key.same
    form = None if at is None or at.format is None else date_format(context, at.format)
    return Attribution(
        account=Field(
            "account",
            Kind.TEXT,
            headings=headings_of(account),
            required=True,
            fold_case=folded,
            same=same,
            span=None if account is None else account.span,
        ),
        at=Field(
            "at",
            Kind.DATE,
            headings=headings_of(at),
            required=True,
            date_format=form,
            span=None if at is None else at.span,
        ),
        key=None if key is None else Field("key", Kind.TEXT, headings=headings_of(key), required=True, span=key.span),
    )


def source_of(context: Context, parts: Sequence[nodes.Node], role: str) -> nodes.Source | None:
    """The line of a block that names this column."""
    return only(context, [part for part in parts_of_sort(parts, nodes.Source) if part.role == role], f"`{role} from`")


def headings_of(source: nodes.Source | None) -> tuple[str, ...]:
    """The headings that a line names."""
    return () if source is None else tuple(text_of(heading) for heading in source.headings)
