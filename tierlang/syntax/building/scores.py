"""Makers of scores and their lines."""

from __future__ import annotations

from typing import Any

from tierlang.syntax import nodes as n
from tierlang.syntax.building.complaints import former_names_first
from tierlang.syntax.building.context import Line, Making, registry
from tierlang.syntax.building.declarations import head

MAKERS, makes = registry()


@makes
def score(at: Making, parts: list[Any]) -> n.Score:
    start = head(parts)
    former_names_first(at, start.rest)
    return n.Score(name=start.name, label=start.label, parts=tuple(start.rest), span=at.span)


@makes
def score_range(at: Making, parts: list[Any]) -> n.ScoreRange:
    return n.ScoreRange(range=parts[0], span=at.span)


@makes
def weigh(at: Making, parts: list[Any]) -> n.Weigh:
    return n.Weigh(weight=parts[0], part=parts[1], when=parts[2] if len(parts) > 2 else None, span=at.span)


@makes
def weights_scaled(at: Making, parts: list[Any]) -> n.WeightsScaled:
    return n.WeightsScaled(span=at.span)


@makes
def points(at: Making, parts: list[Any]) -> n.Points:
    return n.Points(points=parts[0], label=parts[1] if len(parts) > 2 else None, when=parts[-1], span=at.span)


@makes
def points_by(at: Making, parts: list[Any]) -> n.PointsBy:
    label = next((part for part in parts[1:] if isinstance(part, n.Text)), None)
    path = next((part.value for part in parts[1:] if isinstance(part, Line)), None)
    return n.PointsBy(subject=parts[0], label=label, path=path, bands=parts[-1], span=at.span)


@makes
def points_file(at: Making, parts: list[Any]) -> Line:
    return Line("from", parts[0], at.span)


@makes
def best_of(at: Making, parts: list[Any]) -> n.BestOf:
    label = parts[0] if parts and isinstance(parts[0], n.Text) else None
    return n.BestOf(label=label, lines=tuple(parts[1:] if label else parts), span=at.span)


@makes
def score_value(at: Making, parts: list[Any]) -> n.ScoreValue:
    return n.ScoreValue(value=parts[0], span=at.span)


@makes
def missing_share(at: Making, parts: list[Any]) -> n.MissingPolicy:
    return n.MissingPolicy(policy="share", floor=parts[0] if parts else None, span=at.span)


@makes
def missing_zero(at: Making, parts: list[Any]) -> n.MissingPolicy:
    return n.MissingPolicy(policy="zero", span=at.span)


@makes
def missing_unscored(at: Making, parts: list[Any]) -> n.MissingPolicy:
    return n.MissingPolicy(policy="unscored", span=at.span)


@makes
def round_to(at: Making, parts: list[Any]) -> n.RoundTo:
    return n.RoundTo(digits=parts[0], span=at.span)
