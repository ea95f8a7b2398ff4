"""Typed columns (of Parquet files) in SQL: what needs no detour over text. A cell means what its text would mean."""

from __future__ import annotations

import re

import attrs

from tierlang.accounts import door_numbers
from tierlang.accounts.door_numbers import LARGEST, allowed, scaled
from tierlang.accounts.steps import BAD, Steps
from tierlang.program.nodes import Field
from tierlang.program.numbers import DIGITS, SCALE
from tierlang.program.values import Kind

_INTEGER = re.compile("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
TIMESTAMPS = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
ZONED = "TIMESTAMP WITH TIME ZONE"
DATES = ("DATE", *TIMESTAMPS, ZONED)
_NESTED = re.compile(r"STRUCT|MAP|UNION|BLOB|VARIANT|GEOMETRY")


def is_nested(type_name: str, kind: Kind) -> bool:
    """Whether the column holds what no field of this kind can be read from: lists (but for tags), structures, bytes."""
    if type_name.endswith("]"):
        return kind is not Kind.TAGS or _NESTED.match(type_name) is not None or type_name.count("[") > 1
    return _NESTED.match(type_name) is not None


def unzoned(raw: str, type_name: str) -> str:
    """The cell, a moment with a time zone as the time in UTC."""
    return f"make_timestamp(epoch_us({raw}))" if type_name == ZONED else raw


def as_typed(field: Field, type_name: str) -> Field:
    """The field as the cells of a typed column stand: a date in ISO form, whatever format the field's texts have."""
    return attrs.evolve(field, date_format=None) if field.kind is Kind.DATE and type_name in DATES else field


def typed(tag: str, field: Field, type_name: str, missing: tuple[str, ...]) -> Steps | None:
    """The steps for a column whose values can be taken directly; None where its text must be read."""
    raw = f"x_{tag}"
    if field.kind is Kind.FLAG and type_name == "BOOLEAN":
        return Steps(tag, (((f"s_{tag}", raw),), ((f"v_{tag}", f"s_{tag}"),)))
    if field.kind is Kind.DATE and type_name in DATES:
        real = f"s_{tag} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"
        date = f"CAST({unzoned(raw, type_name)} AS DATE)"
        return Steps(tag, (((f"s_{tag}", date),), ((f"v_{tag}", f"CASE WHEN {real} THEN s_{tag} END"),)))
    if not field.kind.is_numeric or door_numbers.reads_as_number(missing):
        return None
    if _INTEGER.fullmatch(type_name):
        return _integer(tag, field, raw)
    decimal = _DECIMAL.fullmatch(type_name)
    if decimal and int(decimal[2]) <= 20:
        return _decimal(tag, field, raw, int(decimal[2]))
    return _double(tag, field, raw, missing) if type_name == "DOUBLE" else None


def _integer(tag: str, field: Field, raw: str) -> Steps:
    unit = "" if field.kind is Kind.WHOLE else f" * {SCALE}"
    within = f"{raw} BETWEEN {1 - LARGEST} AND {LARGEST - 1}"
    number = f"CASE WHEN {within} THEN CAST({raw} AS BIGINT){unit} WHEN {raw} IS NULL THEN NULL ELSE {BAD} END"
    return Steps(tag, (((f"s_{tag}", number),), ((f"v_{tag}", allowed(tag, field)),)))


def _decimal(tag: str, field: Field, raw: str, digits: int) -> Steps:
    whole = field.kind is Kind.WHOLE
    narrow = f"TRY_CAST({raw} AS DECIMAL(18,{0 if whole else DIGITS}))"
    good = f"d_{tag} = {raw} AND d_{tag} BETWEEN {1 - LARGEST} AND {LARGEST - 1}" if whole else f"d_{tag} IS NOT NULL"
    value = f"CAST(d_{tag} AS BIGINT)" if whole else scaled(f"d_{tag}")
    number = f"CASE WHEN {raw} IS NULL THEN NULL WHEN {good} THEN {value} ELSE {BAD} END"
    rounded = f"coalesce(d_{tag} <> {raw}, FALSE)" if digits > DIGITS and not whole else None
    layers = (((f"d_{tag}", narrow),), ((f"s_{tag}", number),), ((f"v_{tag}", allowed(tag, field)),))
    return Steps(tag, layers, rounded)


def _double(tag: str, field: Field, raw: str, missing: tuple[str, ...]) -> Steps:
    """A double means the shortest decimal that names it.

    `isfinite` is asked first: what Parquet says about a column's least and greatest value leaves NaN out, and DuckDB decides comparisons by it.
    """
    text = f"CAST({raw} AS VARCHAR)"
    if field.kind is not Kind.WHOLE:
        finite = f"CASE WHEN isfinite({raw}) THEN {raw} END"
        full = door_numbers.from_double(tag, field, finite, text, missing)
        return attrs.evolve(full, plain=door_numbers.plain_double(tag, field, finite, text, missing))
    good = f"isfinite({raw}) AND abs({raw}) < {LARGEST} AND {raw} = trunc({raw})"
    none = f"{raw} IS NULL" + (f" OR {text} = 'nan'" if "nan" in missing else "")
    number = f"CASE WHEN {good} THEN CAST({raw} AS BIGINT) WHEN {none} THEN NULL ELSE {BAD} END"
    return Steps(tag, (((f"s_{tag}", number),), ((f"v_{tag}", allowed(tag, field)),)))
