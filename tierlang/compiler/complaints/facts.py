"""Complaints about questions to events and signals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tierlang.compiler.complaints.voice import a_kind, did_you_mean, error
from tierlang.diagnostics.diagnostic import Diagnostic, Fix, Related
from tierlang.diagnostics.edits import insert, replace
from tierlang.diagnostics.words import code_list
from tierlang.program.values import Kind
from tierlang.source import Span
from tierlang.syntax import nodes


def no_time(span: Span, word: str, unit: str) -> Diagnostic:
    """A duration of nothing."""
    why = {
        "within": "takes in the as-of date alone",
        "for": "covers no day",
        "lasts": "holds on the day of an observation only",
        "every": "is no period",
        "cooldown": "settles nobody",
    }[word]
    return error(
        "bad-duration",
        span,
        f"`{word} {span.text}` {why}",
        f"write at least `{word} 1 {unit}`",
        fixes=[replace(span, f"1 {unit}")],
    )


def out_of_place(span: Span, shown: str, place: str, reads: str, instead: str) -> Diagnostic:
    """Something that a part of the rules does not read."""
    return error("out-of-place", span, f"{shown} cannot stand in {place}, which {reads}", instead)


def attribute_in_full(node: nodes.Column, place: str, reads: str, *, own: bool) -> Diagnostic:
    """`order.freight` where one event is spoken of: `own` if it is of that event."""
    event, name = node.table.text, node.column.text
    if own:
        return error(
            "out-of-place",
            node.span,
            f"in {place} the attributes of `{event}` go by their names alone",
            f"write `{name}`",
            fixes=[replace(node.span, name, certain=True)],
        )
    return error(
        "out-of-place",
        node.span,
        f"`{event}.{name}` (of another event) cannot stand in {place}, which {reads}",
        f"ask about `{event}` in a question of its own, joined by `and`",
    )


def unknown_attribute(name: nodes.Name, event: str, known: Iterable[str]) -> Diagnostic:
    """An attribute that the event does not have."""
    names = list(known)
    hints, fixes = did_you_mean(name.text, names, name.span)
    if name.text == "age":
        hints, fixes = [f"for days use `days since {event}`, or give `{event}` a `derive days_old = age`"], []
    elif not names:
        hints = [f"declare it: `event {event} {{ field {name.text} number }}`"]
    return error("unknown-name", name.span, f"the event `{event}` has no attribute `{name.text}`", *hints, fixes=fixes)


def unknown_event(name: nodes.Name, known: Sequence[str]) -> Diagnostic:
    """A question about an event that nothing declares."""
    hints, fixes = did_you_mean(name.text, known, name.span)
    hints = hints or [f"declare it: `event {name.text}`"]
    return error("unknown-name", name.span, f"there is no event called `{name.text}`", *hints, fixes=fixes)


def event_misspelt(name: nodes.Name, whole: Span | None, event: str, written: str) -> Diagnostic:
    """`days since odrer`, `odrer within 90 days`; `whole` is what `written` stands for, where the name alone does not do."""
    return error(
        "unknown-name",
        name.span,
        f"there is no name called `{name.text}`",
        f"did you mean the event `{event}`? Write `{written}`",
        fixes=[replace(name.span, event) if whole is None else replace(whole, written)],
    )


def no_window(span: Span, at: int, shown: str) -> Diagnostic:
    """A question about events that does not say since when."""
    return error(
        "no-window",
        span,
        f"`{shown}` does not say since when events count",
        "add `within 90 days` (or another time), or `ever`",
        fixes=[
            insert(span, at, " within 90 days", "add `within 90 days`"),
            insert(span, at, " ever", "add `ever`"),
        ],
    )


def event_as_value(name: nodes.Name) -> Diagnostic:
    """An event where one value is needed."""
    event = name.text
    return error(
        "wrong-sort",
        name.span,
        f"`{event}` is an event, of which an account can have many, and not a value",
        f"ask something about them: `any {event} within 90 days`, `count of {event} within 90 days`, `days since {event}`",
    )


def event_within(node: nodes.Within, event: str, window: str) -> Diagnostic:
    """`engagement within 90 days`."""
    if node.ahead:
        return error(
            "wrong-sort",
            node.span,
            f"`{event}` is an event, and events after the as-of date do not exist yet",
            f"`any {event} {window}` asks about the time before it",
        )
    return error(
        "wrong-sort",
        node.span,
        f"`{event}` is an event, of which an account can have many: say what you ask about them",
        f"`any {event} {window}` asks whether there is one",
        fixes=[insert(node.span, node.span.start, "any ", f"write `any {event} {window}`", certain=True)],
    )


def signal_within(node: nodes.Within, signal: str, kind: Kind, window: str) -> Diagnostic:
    """`surge within 30 days`."""
    test = f"{signal} >= 80" if kind.is_numeric else f"{signal} = …"
    return error(
        "wrong-sort",
        node.span,
        f"`{signal}` is a signal, whose name is its value now; `{window}` asks about dates and events",
        f"compare the value: `{test}`, or ask how long it held: `{test} for 3 weeks`",
        f"how long an observation counts is said where the signal is declared: `lasts {window.removeprefix('within ')}`",
    )


def days_since_within(node: nodes.Within, event: str, window: str) -> Diagnostic:
    """`days since order within 90 days`."""
    return error(
        "wrong-kind",
        node.span,
        f"`days since {event}` is {a_kind(Kind.WHOLE)}, and `within` needs a date or a question about events",
        f"compare the days, `days since {event} <= 90`, or ask `any {event} {window}`",
    )


def column_of_event(node: nodes.Column) -> Diagnostic:
    """`order.freight` alone."""
    shown = f"{node.table.text}.{node.column.text}"
    return error(
        "wrong-sort",
        node.span,
        f"`{node.table.text}` is an event, of which an account can have many: say which of them counts",
        f"for example `sum of {shown} within 90 days`, `largest {shown} ever` or `latest {shown} ever`",
    )


def not_an_event(name: nodes.Name, sort: str, hints: Sequence[str], fixes: Sequence[Fix] = ()) -> Diagnostic:
    """A question about events that names something else."""
    return error("wrong-sort", name.span, f"`{name.text}` is {sort}, not an event", *hints, fixes=fixes)


def where_without_event(span: Span, name: str, sort: str) -> Diagnostic:
    """`days since touched where (…)`."""
    return error(
        "wrong-sort",
        span,
        f"`where` chooses among events, and `{name}` is {sort}",
        f"leave the `where` out, and join its condition by `and`: `days since {name} <= 90 and …`",
    )


def attribute_kind(name: nodes.Name, function: str, event: str, kind: Kind, fits: Sequence[str]) -> Diagnostic:
    """`sum of order.stage`, where `stage` is text; `fits` are the attributes that would do."""
    shown = f"{event}.{name.text}"
    wanted = {"sum": "numbers", "largest": "numbers or dates", "smallest": "numbers or dates"}.get(
        function, "single values"
    )
    of = "sum of" if function == "sum" else function
    hints = {
        Kind.TEXT: [f"`distinct {shown}` counts how many there are, `latest {shown}` is the last one"],
        Kind.FLAG: [f"`count of {event} where ({name.text})` counts those for which it holds"],
        Kind.DATE: [f"`largest {shown}` is the last of these dates"],
        Kind.TAGS: [f'ask for one tag: `any {event} where ({name.text} contains "…")`'],
    }[kind]
    if fits:
        hints.append(f"of `{event}`, {code_list(fits)} would do")
    return error("wrong-kind", name.span, f"`{shown}` is {a_kind(kind)}, but `{of}` needs {wanted}", *hints)


def no_signal(node: nodes.For, shown: str, *, past: bool, tiers: bool) -> Diagnostic:
    """`for` on a condition that reads no signal; `past`: the past of scores may be asked here too; `tiers`: it asks for the held tier."""
    have = "signals and scores" if past else "signals"
    message = f"`for` asks about the past, which only {have} have, and `{shown}` reads none"
    hints = [
        "declare what is observed over time as a signal: `signal intent number lasts 14 days`",
        "for a date, write `FIELD within 90 days`; for events, `any EVENT within 90 days`",
    ]
    if tiers:
        hints = [
            "how long an account has held its tier is `days in tier`, so for example `tier is one and days in tier >= 90`"
        ]
    return error("bad-for", node.span, message, *hints)


def two_signals(node: nodes.For, part: Span, names: Sequence[str], places: Sequence[Span], time: str) -> Diagnostic:
    """`(a or b) for 3 weeks` over two signals."""
    return error(
        "bad-for",
        part,
        f"this reads {code_list(names)}, and `for` follows one of them at a time",
        f"say the time for each: `… for {time} or … for {time}`",
        related=[Related(span, f"`{name}` is read here") for name, span in zip(names, places, strict=True)],
    )
