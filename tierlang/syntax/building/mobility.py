"""Makers of the `mobility` block and of what tiers were called before."""

from __future__ import annotations

from typing import Any, Literal

from tierlang.syntax import nodes as n
from tierlang.syntax.building.complaints import former_names_first
from tierlang.syntax.building.context import Line, Making, registry
from tierlang.syntax.building.declarations import head

MAKERS, makes = registry()


@makes
def mobility(at: Making, parts: list[Any]) -> n.Mobility:
    return n.Mobility(parts=tuple(parts), span=at.span)


@makes
def breaker(at: Making, parts: list[Any]) -> n.Breaker:
    return n.Breaker(share=parts[0], at_review=parts[1] if len(parts) > 1 else None, span=at.span)


@makes
def cooldown(at: Making, parts: list[Any]) -> n.Cooldown:
    return n.Cooldown(duration=parts[0], span=at.span)


@makes
def freeze(at: Making, parts: list[Any]) -> n.Freeze:
    days = [part for part in parts if isinstance(part, n.Date)]
    label = parts[-1] if isinstance(parts[-1], n.Text) else None
    return n.Freeze(start=days[0], end=days[-1], label=label, span=at.span)


@makes
def both_ways(at: Making, parts: list[Any]) -> Line:
    return Line("both ways", True, at.span)


@makes
def hold(at: Making, parts: list[Any]) -> n.Hold:
    start = head(parts)
    both = any(isinstance(part, Line) for part in start.rest)
    return n.Hold(name=start.name, label=start.label, both_ways=both, when=parts[-1], span=at.span)


@makes
def retired(at: Making, parts: list[Any]) -> n.RetiredTier:
    return n.RetiredTier(tier=parts[0], to=parts[1] if len(parts) > 1 else None, span=at.span)


@makes
def merged_from(at: Making, parts: list[Any]) -> n.MergedFrom:
    return n.MergedFrom(path=parts[0], span=at.span)


@makes
def was(at: Making, parts: list[Any]) -> n.Was:
    return n.Was(names=tuple(parts), span=at.span)


# --- triggers -------------------------------------------------------------------------------------------------------------------------


def _trigger(at: Making, direction: Literal["promote", "demote"], parts: list[Any]) -> n.Trigger:
    start = head(parts)
    former_names_first(at, start.rest)
    return n.Trigger(direction=direction, name=start.name, label=start.label, parts=tuple(start.rest), span=at.span)


@makes
def promote(at: Making, parts: list[Any]) -> n.Trigger:
    return _trigger(at, "promote", parts)


@makes
def demote(at: Making, parts: list[Any]) -> n.Trigger:
    return _trigger(at, "demote", parts)


@makes
def trigger_from(at: Making, parts: list[Any]) -> n.TriggerFrom:
    return n.TriggerFrom(tiers=tuple(parts), span=at.span)


@makes
def trigger_to(at: Making, parts: list[Any]) -> n.TriggerTo:
    return n.TriggerTo(tier=parts[0], span=at.span)


@makes
def trigger_up(at: Making, parts: list[Any]) -> n.TriggerSteps:
    return n.TriggerSteps(way="up", steps=parts[0], span=at.span)


@makes
def trigger_down(at: Making, parts: list[Any]) -> n.TriggerSteps:
    return n.TriggerSteps(way="down", steps=parts[0], span=at.span)


@makes
def trigger_owner(at: Making, parts: list[Any]) -> n.TriggerOwner:
    return n.TriggerOwner(owner=parts[0], span=at.span)


@makes
def approve(at: Making, parts: list[Any]) -> n.Approve:
    return n.Approve(by=parts[0], span=at.span)
