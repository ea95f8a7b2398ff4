"""Pins: accounts placed by hand, in the rule file or in a small CSV table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import attrs

from tierlang.compiler.complaints import pins as complaints
from tierlang.compiler.complaints.names import unknown_name
from tierlang.compiler.complaints.views import tier_of_another
from tierlang.compiler.context import Context
from tierlang.compiler.keys import key_read
from tierlang.compiler.staffing import owner_named
from tierlang.compiler.tables import ReadTable, read_rows
from tierlang.compiler.tier_lists import view_with
from tierlang.compiler.uses import of_ladder
from tierlang.compiler.words import label_of, normal, text_of
from tierlang.program.nodes import Owner, Pin
from tierlang.source import Span
from tierlang.syntax import nodes

COLUMNS = ("account", "tier", "until", "owner", "because")
NEEDED = ("account", "tier")
_FIRST = "pins place accounts on the first ladder"


@attrs.frozen
class Place:
    """Where a pin stands: the span of a rule file that shows it, the whole line, and for CSV rows the file and line in words."""

    span: Span
    statement: Span
    words: str = ""


def read_pins(
    context: Context,
    declarations: Sequence[nodes.Declaration],
    owners: Mapping[str, Owner],
    read_table: ReadTable,
) -> tuple[Pin, ...]:
    """All pins in the order of the files; complains about two on one account."""
    tiers = list(context.views[0].tiers) if context.views else []
    found: list[tuple[Pin, Place]] = []
    for node in declarations:
        if isinstance(node, nodes.Pin):
            pin = _pin(context, node, owners, tiers)
            found += [] if pin is None else [(pin, Place(node.key.span, node.span))]
        elif isinstance(node, nodes.PinsFrom):
            found += _from_file(context, node, owners, tiers, read_table)
    first: dict[str, Place] = {}
    for pin, place in found:
        earlier = first.setdefault(pin.key, place)
        if earlier is not place:
            context.complain(complaints.doubled_pin(place.span, pin.key, place.words, earlier.span, earlier.words))
    return tuple(pin for pin, _ in found)


def _pin(context: Context, node: nodes.Pin, owners: Mapping[str, Owner], tiers: Sequence[str]) -> Pin | None:
    owner = None if node.owner is None else owner_named(context, node.owner, owners)
    if node.tier.text not in tiers:
        other = view_with(context, node.tier.text)
        if other is None:
            context.complain(unknown_name(node.tier, tiers, "tier"))
        else:
            context.complain(tier_of_another(node.tier, context.views[0], other, _FIRST))
        return None
    if not text_of(node.key):
        context.complain(complaints.empty_key(node.key.span, ""))
        return None
    context.uses.note(node.tier.text, node.tier.span, of_ladder(0))
    until = None if node.until is None else node.until.value
    key, because = key_read(context, text_of(node.key)), label_of(node.because)
    return Pin(key, node.tier.text, until, owner, because, span=node.span)


def _from_file(
    context: Context,
    node: nodes.PinsFrom,
    owners: Mapping[str, Owner],
    tiers: Sequence[str],
    read_table: ReadTable,
) -> list[tuple[Pin, Place]]:
    rows = read_rows(node.path, read_table, context.complain)
    if rows is None:
        return []
    path, span = node.path.value, node.path.span
    headings = [heading.strip() for heading in rows[0][1]]
    unread = [heading for heading in headings if heading not in COLUMNS]
    lacking = [column for column in NEEDED if column not in headings]
    for column in lacking:
        context.complain(complaints.no_pin_column(span, path, column, unread, headings))
    for heading in [] if lacking else unread:
        near = complaints.near_column(span, path, heading, [column for column in COLUMNS if column not in headings])
        if near is not None:
            context.complain(near)
    if lacking:
        return []
    found: list[tuple[Pin, Place]] = []
    for line, cells in rows[1:]:
        row = {heading: cell.strip() for heading, cell in zip(headings, cells, strict=True)}
        place = Place(span, node.span, f'"{path}", line {line}')
        pin = _row(context, row, place, owners, tiers)
        if pin is not None:
            found.append((pin, place))
    return found


def _row(
    context: Context, row: Mapping[str, str], place: Place, owners: Mapping[str, Owner], tiers: Sequence[str]
) -> Pin | None:
    def bad(column: str, why: str, known: Sequence[str] = ()) -> None:
        context.complain(complaints.bad_pin_cell(place.span, place.words, column, row[column], why, known))

    before = len(context.complaints)
    if not any(row.values()):
        return None
    if not row["account"]:
        context.complain(complaints.empty_key(place.span, place.words))
    if row["tier"] not in tiers:
        other = view_with(context, row["tier"])
        bad("tier", "is not a tier" if other is None else f"is a tier of {other.shown}, and {_FIRST}", tiers)
    until: dt.date | None = None
    if row.get("until"):
        try:
            until = dt.datetime.strptime(row["until"], "%Y-%m-%d").date()
        except ValueError:
            bad("until", "is not a date like 2026-01-31")
    owner = owners.get(row["owner"]) if row.get("owner") else None
    if row.get("owner") and owner is None:
        bad("owner", "is not a declared owner", list(owners))
    if len(context.complaints) > before:
        return None
    context.uses.note(row["tier"], place.statement, of_ladder(0))
    if owner is not None:
        context.uses.note(owner.name, place.statement)
    key, because = key_read(context, normal(row["account"])), normal(row.get("because", "")) or None
    return Pin(key, row["tier"], until, owner, because, span=place.statement)
