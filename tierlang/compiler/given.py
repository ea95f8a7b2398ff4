"""The accounts that a test gives, with their events and observations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tierlang.compiler.cell_values import Reader
from tierlang.compiler.complaints import tests as complaints
from tierlang.compiler.complaints.facts import unknown_attribute, unknown_event
from tierlang.compiler.complaints.names import unknown_name, wrong_sort
from tierlang.compiler.context import Context
from tierlang.compiler.given_past import read_holding, read_scores
from tierlang.compiler.lines import parts_of_sort
from tierlang.compiler.scope import Declared, Sort
from tierlang.compiler.uses import inside
from tierlang.program.nodes import GivenAccount, GivenEvent, GivenObservation
from tierlang.program.values import Value
from tierlang.source import Span
from tierlang.syntax import nodes

ALONE = "account"
"""The key of an account that is called nothing."""


def read_given(
    context: Context, node: nodes.Test, missing_cells: tuple[str, ...], as_of: dt.date | None
) -> tuple[GivenAccount, ...]:
    """The accounts of a test, each once; their values are complete, with what the test leaves out."""
    made: list[GivenAccount] = []
    names: dict[str, nodes.Name] = {}
    keys: dict[str, Span] = {}
    for given in node.given:
        if given.account is None and len(node.given) > 1:
            context.complain(complaints.unnamed_account(given.span))
        if given.account is not None:
            first = names.setdefault(given.account.text, given.account)
            if first is not given.account:
                context.complain(complaints.doubled_account(given.account.span, first.text, first.span))
                continue
        account = _account(context, given, missing_cells, as_of)
        place = keys.setdefault(account.key, given.span)
        if place is not given.span and given.account is not None:
            context.complain(complaints.doubled_key(given.span, account.key, place))
        made.append(account)
    return tuple(made)


def _account(
    context: Context, node: nodes.Given, missing_cells: tuple[str, ...], as_of: dt.date | None
) -> GivenAccount:
    name = None if node.account is None else node.account.text
    values = parts_of_sort(node.parts, nodes.GivenValue)
    key = context.key
    keyed = [part for part in values if key is not None and part.field.text == key.name]
    plain = [part for part in values if part not in keyed]
    for part in plain:
        _check_field(context, part.field)
    reader = Reader(context, context.fields, missing_cells, "this account" if name is None else f"the account `{name}`")
    read = reader.values(plain, node)
    told: Value = None
    if key is not None and keyed:
        told = dict(Reader(context, {key.name: key}, missing_cells, "").values(keyed, node))[key.name]
    seen = parts_of_sort(node.parts, nodes.GivenObservation)
    _check_days(context, seen)
    return GivenAccount(
        name=name,
        key=told if isinstance(told, str) else name or ALONE,
        values=read,
        events=tuple(
            event
            for part in parts_of_sort(node.parts, nodes.GivenEvent)
            if (event := _event(context, part)) is not None
        ),
        observations=tuple(observation for part in seen if (observation := _observation(context, part)) is not None),
        scores=read_scores(context, node.parts, as_of),
        holding=read_holding(context, node.parts, as_of),
        span=node.span,
    )


def _check_days(context: Context, seen: Sequence[nodes.GivenObservation]) -> None:
    """Complain about a signal that is observed twice on a day."""
    first: dict[tuple[str, dt.date | None], nodes.Name] = {}
    for part in seen:
        day = part.at.value
        name = first.setdefault((part.signal.text, day), part.signal)
        if name is not part.signal and day is not None:
            context.complain(complaints.doubled_observation(part.signal, day.isoformat(), name.span))


_INSTEAD = {
    Sort.DERIVE: "it is worked out from the account's fields: give those",
    Sort.SCORE: "it is worked out from the account's fields: give those. What it was on an earlier day: `score {} 2026-01-31 = …`",
    Sort.SIGNAL: "an observation has a day: `signal {} 2026-01-31 = …`",
    Sort.EVENT: "an event has a day: `event {} 2026-01-31`",
}


def _check_field(context: Context, name: nodes.Name) -> None:
    declared = context.scope.get(name.text)
    if declared is None or declared.sort is not Sort.FIELD:
        instead = None if declared is None else _INSTEAD.get(declared.sort, "").format(name.text)
        sort = None if declared is None else declared.sort.value
        context.complain(complaints.no_field(name, context.scope.of(Sort.FIELD), sort, instead or None))
        return
    context.uses.note(name.text, name.span)


def _of_sort(context: Context, name: nodes.Name, sort: Sort) -> Declared | None:
    """What declares this event or signal; complains if nothing does."""
    declared = context.scope.get(name.text)
    known = context.scope.of(sort)
    if declared is None:
        unknown = unknown_event(name, known) if sort is Sort.EVENT else unknown_name(name, known, "signal")
        context.complain(unknown)
        return None
    if declared.sort is not sort:
        context.complain(wrong_sort(name, declared.sort.value, sort.value, known))
        return None
    context.uses.note(name.text, name.span)
    return declared


def _event(context: Context, node: nodes.GivenEvent) -> GivenEvent | None:
    declared = _of_sort(context, node.event, Sort.EVENT)
    event = context.events.get(node.event.text)
    if declared is None or event is None or not isinstance(declared.node, nodes.Event):
        return None
    fields = [part.name.text for part in parts_of_sort(declared.node.parts, nodes.Field)]
    derives = [part.name.text for part in parts_of_sort(declared.node.parts, nodes.Derive)]
    for value in node.values:
        if value.field.text in derives:
            context.complain(complaints.no_attribute(value.field, event.name))
        elif value.field.text not in fields:
            context.complain(unknown_attribute(value.field, event.name, fields))
        else:
            context.uses.note(value.field.text, value.field.span, inside(event.name))
    reader = Reader(context, {field.name: field for field in event.fields}, event.missing_cells, f"this `{event.name}`")
    return GivenEvent(event.name, node.at.value, reader.values(node.values, node), span=node.span)


def _observation(context: Context, node: nodes.GivenObservation) -> GivenObservation | None:
    declared = _of_sort(context, node.signal, Sort.SIGNAL)
    signal = context.signals.get(node.signal.text)
    if declared is None or signal is None:
        return None
    reader = Reader(context, {}, signal.missing_cells, "")
    return GivenObservation(signal.name, node.at.value, reader.value(signal.value, node.value, node), span=node.span)
