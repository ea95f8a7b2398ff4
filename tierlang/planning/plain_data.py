"""Frozen classes as plain JSON data and back, by their fields and types."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from typing import Any, TypeVar, Union, get_args, get_origin

import attrs

Built = TypeVar("Built")


class MisfitError(ValueError):
    """Data that is not what a class of ours was written as."""


def plain(value: object) -> Any:
    """The value as lists, dictionaries, texts, numbers and flags; fields that are None or empty are left out."""
    match value:
        case dt.date():
            return value.isoformat()
        case tuple():
            return [plain(each) for each in value]
        case Mapping():
            return {key: plain(each) for key, each in value.items()}
        case _:
            return _fields(value) if attrs.has(type(value)) else value


def _fields(value: Any) -> dict[str, Any]:
    found = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
    return {name: plain(each) for name, each in found.items() if each not in (None, ())}


def built(kind: type[Built], data: object) -> Built:
    """The class again; raises MisfitError. What the data has beyond its fields is left alone."""
    found: Built = _built(kind, data)
    return found


def _built(kind: Any, data: object) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else _built(next(each for each in inside if each is not type(None)), data)
    if origin is tuple:
        return _tuple(inside, data)
    if origin is not None and issubclass(origin, Mapping):
        return {str(key): _built(inside[1], each) for key, each in _checked(dict, data).items()}
    if kind is dt.date:
        try:
            return dt.date.fromisoformat(_checked(str, data))
        except ValueError:
            raise MisfitError(f"{data} is no date") from None
    if attrs.has(kind):
        return _object(kind, _checked(dict, data))
    return _checked(kind, data) if isinstance(kind, type) else data


def _tuple(inside: tuple[Any, ...], data: object) -> tuple[Any, ...]:
    items = _checked(list, data)
    if len(inside) == 2 and inside[1] is ...:
        return tuple(_built(inside[0], each) for each in items)
    if len(items) != len(inside):
        raise MisfitError(f"{len(items)} values in the place of {len(inside)}")
    return tuple(_built(kind, each) for kind, each in zip(inside, items, strict=True))


def _object(kind: Any, data: dict[str, Any]) -> Any:
    attrs.resolve_types(kind)
    values = {}
    for field in attrs.fields(kind):
        if field.name in data:
            values[field.name] = _built(field.type, data[field.name])
        elif get_origin(field.type) is tuple:
            values[field.name] = ()
        elif field.default is attrs.NOTHING and type(None) in get_args(field.type):
            values[field.name] = None
    try:
        return kind(**values)
    except TypeError:
        raise MisfitError(f"a part of {kind.__name__} is missing") from None


def _checked(kind: Any, data: object) -> Any:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise MisfitError(f"{data!r} is no {kind.__name__}")
    return data
