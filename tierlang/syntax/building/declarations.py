"""Makers of a file, its header and its small declarations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic, Related, Severity
from tierlang.source import Span
from tierlang.syntax import nodes as n
from tierlang.syntax.building.context import Line, Making, by_word, registry

MAKERS, makes = registry()


@attrs.frozen
class Head:
    """The start of a declaration: its name, its label if it has one, and what follows."""

    name: n.Name
    label: n.Text | None
    rest: list[Any]


def head(parts: list[Any]) -> Head:
    """The name, the optional label and the rest of a declaration's parts."""
    label = parts[1] if len(parts) > 1 and isinstance(parts[1], n.Text) else None
    return Head(parts[0], label, parts[2:] if label else parts[1:])


def once(at: Making, lines: Iterable[Line]) -> dict[str, Any]:
    """The lines of a small block by their words; a line written twice is complained of, and the first one counts."""
    found: dict[str, Line] = {}
    for line in lines:
        if line.word in found:
            at.complain(
                Diagnostic(
                    "doubled-line",
                    Severity.ERROR,
                    line.span,
                    f"`{line.word}` stands twice in this block",
                    ("keep one of the two lines",),
                    (Related(found[line.word].span, "the first one is here"),),
                )
            )
        else:
            found[line.word] = line
    return by_word(found.values())


def several(lines: list[Line], word: str) -> tuple[Any, ...]:
    """The values of all lines with this word, as written."""
    return tuple(line.value for line in lines if line.word == word)


@attrs.frozen
class PinRest:
    """What follows a pin: `owner sam because "…"`."""

    owner: n.Name | None
    because: n.Text | None
    span: Span


@makes
def file(at: Making, parts: list[Any]) -> tuple[n.Declaration, ...]:
    declarations: list[n.Declaration] = []
    for part in parts:
        if isinstance(part, PinRest):
            pinned = declarations[-1]
            assert isinstance(pinned, n.Pin)
            declarations[-1] = attrs.evolve(
                pinned, owner=part.owner, because=part.because, span=pinned.span.to(part.span)
            )
        else:
            declarations.append(part)
    return tuple(declarations)


@makes
def pin(at: Making, parts: list[Any]) -> n.Pin:
    return n.Pin(key=parts[0], tier=parts[1], until=parts[2] if len(parts) > 2 else None, span=at.span)


@makes
def pin_rest(at: Making, parts: list[Any]) -> PinRest:
    owner = next((part for part in parts if isinstance(part, n.Name)), None)
    because_text = next((part for part in parts if isinstance(part, n.Text)), None)
    return PinRest(owner, because_text, at.span)


@makes
def because(at: Making, parts: list[Any]) -> n.Text:
    text: n.Text = parts[0]
    return text


@makes
def pins_from(at: Making, parts: list[Any]) -> n.PinsFrom:
    return n.PinsFrom(path=parts[0], span=at.span)


@makes
def owner_head(at: Making, parts: list[Any]) -> n.Name:
    name: n.Name = parts[0]
    return name


@makes
def owner(at: Making, parts: list[Any]) -> n.Owner:
    start = head(parts)
    lines = once(at, start.rest)
    return n.Owner(name=start.name, label=start.label, email=lines.get("email"), team=lines.get("team"), span=at.span)


@makes
def email(at: Making, parts: list[Any]) -> Line:
    return Line("email", parts[0], at.span)


@makes
def team(at: Making, parts: list[Any]) -> Line:
    return Line("team", parts[0], at.span)


# --- the header and the small declarations --------------------------------------------------------------------------------------------


@makes
def ruleset(at: Making, parts: list[Any]) -> n.Ruleset:
    start = head(parts)
    return n.Ruleset(
        name=start.name,
        label=start.label,
        version=several(start.rest, "version"),
        reviewed=several(start.rest, "reviewed"),
        review=several(start.rest, "review"),
        limits=several(start.rest, "limits"),
        span=at.span,
    )


@makes
def version(at: Making, parts: list[Any]) -> Line:
    return Line("version", parts[0], at.span)


@makes
def reviewed(at: Making, parts: list[Any]) -> Line:
    return Line("reviewed", parts[0], at.span)


@makes
def review(at: Making, parts: list[Any]) -> Line:
    return Line(
        "review", n.Review(every=parts[0], starting=parts[1] if len(parts) > 1 else None, span=at.span), at.span
    )


@makes
def limits(at: Making, parts: list[Any]) -> Line:
    lines = once(at, parts)
    value = n.Limits(
        tiers=lines.get("tiers"), share=lines.get("share"), review_age=lines.get("review age"), span=at.span
    )
    return Line("limits", value, at.span)


@makes
def limit_tiers(at: Making, parts: list[Any]) -> Line:
    return Line("tiers", parts[0], at.span)


@makes
def limit_share(at: Making, parts: list[Any]) -> Line:
    return Line("share", parts[0], at.span)


@makes
def limit_review_age(at: Making, parts: list[Any]) -> Line:
    return Line("review age", parts[0], at.span)


@makes
def use(at: Making, parts: list[Any]) -> n.Use:
    return n.Use(path=parts[0], span=at.span)


@makes
def let(at: Making, parts: list[Any]) -> n.Let:
    return n.Let(name=parts[0], value=parts[1], span=at.span)


@makes
def list_inline(at: Making, parts: list[Any]) -> n.ListDeclaration:
    start = head(parts)
    return n.ListDeclaration(name=start.name, label=start.label, items=start.rest[0], span=at.span)


@makes
def list_file(at: Making, parts: list[Any]) -> n.ListDeclaration:
    label = parts[1] if len(parts) == 4 else None
    return n.ListDeclaration(name=parts[0], label=label, path=parts[-2], column=parts[-1], span=at.span)


@makes
def exclude(at: Making, parts: list[Any]) -> n.Exclude:
    return n.Exclude(name=parts[0], label=parts[1] if len(parts) > 2 else None, when=parts[-1], span=at.span)


@makes
def mark(at: Making, parts: list[Any]) -> n.Mark:
    return n.Mark(name=parts[0], label=parts[1] if len(parts) > 2 else None, when=parts[-1], span=at.span)
