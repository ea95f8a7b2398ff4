"""Cells of every kind in SQL: which steps a column of some type takes to become a field's values."""

from __future__ import annotations

from tierlang.accounts import door_numbers, door_typed
from tierlang.accounts.cells import FLAGS, WHITE, allowed_texts, same_texts
from tierlang.accounts.dates import MONTHS, YEAR_PIVOT, DateFormat, date_format
from tierlang.accounts.steps import Steps, any_of, is_missing, let, trimmed, unless_missing
from tierlang.accounts.table import Column, literal
from tierlang.program.nodes import Field
from tierlang.program.values import Kind

_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
REFUSED_DATE = "DATE 'infinity'"


def steps(tag: str, field: Field, column: Column, missing: tuple[str, ...], *, is_key: bool) -> Steps:
    """The steps from `x_TAG`, the column as it comes, to `s_TAG` and `v_TAG`."""
    raw = f"x_{tag}"
    if is_key or field.kind is Kind.TEXT:
        return _text(tag, field, as_text(raw, column), missing)
    if column.type == "JSON":
        return _tags(tag, field, _json_items(raw, field, missing))
    if column.type.endswith("[]"):
        items = f"list_transform({raw}, lambda y: CAST(y AS VARCHAR))"
        return _tags(tag, field, f"CASE WHEN {raw} IS NOT NULL THEN {items} END")
    direct = door_typed.typed(tag, field, column.type, missing)
    if direct is not None:
        return direct
    text = as_text(raw, column)
    match field.kind:
        case Kind.WHOLE | Kind.NUMBER | Kind.MONEY:
            return door_numbers.from_text(tag, field, text, missing)
        case Kind.FLAG:
            return _flag(tag, text, missing)
        case Kind.DATE:
            return _date(tag, field, text, missing)
        case Kind.TAGS:
            return _tags(tag, field, unless_missing(text, missing, f"string_split({text}, {literal(field.split)})"))


def as_text(raw: str, column: Column) -> str:
    """A scalar column's cells as text."""
    if column.type == "JSON":
        return f"({raw} ->> '$')"
    return raw if column.type == "VARCHAR" else f"CAST({door_typed.unzoned(raw, column.type)} AS VARCHAR)"


def as_cell(raw: str, column: Column) -> str:
    """A column's cells as the referee takes them: text, or lists of texts."""
    if column.type == "JSON":
        return f"CASE WHEN json_type({raw}) = 'ARRAY' THEN CAST({raw} AS VARCHAR[]) ELSE [{raw} ->> '$'] END"
    return f"CAST({raw} AS VARCHAR[])" if column.type.endswith("[]") else as_text(raw, column)


def _json_items(raw: str, field: Field, missing: tuple[str, ...]) -> str:
    """The items of a JSON value: those of a list, or those its text is split into."""
    text = f"({raw} ->> '$')"
    split = unless_missing(text, missing, f"string_split({text}, {literal(field.split)})")
    return f"CASE WHEN json_type({raw}) = 'ARRAY' THEN CAST({raw} AS VARCHAR[]) ELSE {split} END"


def composed(text: str) -> str:
    """The text in Unicode's composed form. DuckDB cuts a text short at a NUL there, so one with a NUL becomes just that, to be refused."""
    return f"CASE WHEN contains({text}, chr(0)) THEN chr(0) ELSE nfc_normalize({text}) END"


def _text(tag: str, field: Field, text: str, missing: tuple[str, ...]) -> Steps:
    plain = unless_missing(text, missing, composed(text))
    checked = _refused(f"s_{tag}", field)
    return Steps(
        tag,
        (
            ((f"n_{tag}", plain),),
            ((f"s_{tag}", _standard(field, f"n_{tag}")),),
            ((f"v_{tag}", f"CASE WHEN {checked} THEN NULL ELSE s_{tag} END"),),
        ),
    )


def _standard(field: Field, text: str) -> str:
    if field.fold_case:
        text = f"translate({text}, '{_UPPER}', '{_LOWER}')"
    same = same_texts(field)
    if not same:
        return text
    cases = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in same.items())
    return f"CASE {text} {cases} ELSE {text} END"


def _refused(text: str, field: Field) -> str:
    allowed = allowed_texts(field)
    nul = f"contains({text}, chr(0))"
    if not allowed:
        return nul
    cases = " ".join(f"WHEN {literal(each)} THEN FALSE" for each in allowed)
    return f"CASE {text} {cases} ELSE {text} IS NOT NULL END"


def _flag(tag: str, text: str, missing: tuple[str, ...]) -> Steps:
    cases = " ".join(f"WHEN {literal(each)} THEN {int(meaning)}" for each, meaning in FLAGS.items())
    common = [
        (spelled, meaning)
        for each, meaning in FLAGS.items()
        for spelled in dict.fromkeys((each, each.capitalize(), each.upper()))
    ]
    quick = " ".join(f"WHEN {literal(each)} THEN {int(meaning)}" for each, meaning in common if each not in missing)
    folded = f"translate(t, '{_UPPER}', '{_LOWER}')"
    slow = let(
        "t", trimmed(text), f"CASE WHEN {is_missing('t', missing)} THEN NULL ELSE CASE {folded} {cases} ELSE 2 END END"
    )
    return Steps(
        tag,
        (
            ((f"s_{tag}", f"CASE {text} {quick} ELSE CASE WHEN {text} IS NOT NULL THEN {slow} END END"),),
            ((f"v_{tag}", f"CASE s_{tag} WHEN 1 THEN TRUE WHEN 0 THEN FALSE END"),),
        ),
    )


def _date(tag: str, field: Field, text: str, missing: tuple[str, ...]) -> Steps:
    form = date_format(field.date_format)
    slow = let(
        "t",
        trimmed(text),
        f"CASE WHEN {is_missing('t', missing)} THEN NULL ELSE coalesce({_date_of(form)}, {REFUSED_DATE}) END",
    )
    iso = field.date_format is None and not any(each[:4].isdigit() for each in missing)
    quick = f"TRY_CAST({text} AS DATE)" if iso else "CAST(NULL AS DATE)"
    real = f"d_{tag} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"
    return Steps(
        tag,
        (
            ((f"d_{tag}", quick),),
            (
                (
                    f"s_{tag}",
                    f"CASE WHEN CAST(d_{tag} AS VARCHAR) = {text} AND {real} THEN d_{tag} WHEN {text} IS NULL THEN NULL ELSE {slow} END",
                ),
            ),
            ((f"v_{tag}", f"CASE WHEN s_{tag} <> {REFUSED_DATE} THEN s_{tag} END"),),
        ),
    )


def _date_of(form: DateFormat) -> str:
    names = ", ".join(literal(part) for part in form.parts)
    year = "p.y"
    if "yy" in form.parts:
        year = f"CASE WHEN p.yy < '{YEAR_PIVOT}' THEN '20' ELSE '19' END || p.yy"
    month = "p.m"
    if "mmm" in form.parts:
        cases = " ".join(f"WHEN '{month}' THEN '{number}'" for number, month in enumerate(MONTHS, 1))
        month = f"CASE lower(p.mmm) {cases} ELSE '' END"
    date = f"TRY_CAST({year} || '-' || {month} || '-' || p.d AS DATE)"
    real = let("d", date, "CASE WHEN d >= DATE '0001-01-01' THEN d END")
    return let("p", f"regexp_extract(t, {literal(form.pattern)}, [{names}])", real)


def _tags(tag: str, field: Field, items: str) -> Steps:
    item = f"trim(y, {literal(WHITE)})"
    there = f"list_filter(list_transform({items}, lambda y: {item}), lambda y: y <> '')"
    standard = f"list_transform({there}, lambda y: {_standard(field, composed('y'))})"
    tags = f"list_sort(list_distinct({standard}))"
    refused = any_of([f"len(list_filter(s_{tag}, lambda y: {_refused('y', field)})) > 0"])
    return Steps(
        tag,
        (
            ((f"s_{tag}", tags),),
            ((f"v_{tag}", f"CASE WHEN {refused} THEN NULL ELSE s_{tag} END"),),
        ),
    )
