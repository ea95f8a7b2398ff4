"""Cells of every kind in SQL: which steps a column of some type takes to become a field's values."""

from __future__ import annotations

from tierlang.accounts import door_numbers, door_typed
from tierlang.accounts.cells import FLAGS, WHITE, allowed_texts, same_texts
from tierlang.accounts.dates import MONTHS, YEAR_PIVOT, DateFormat, date_format
from tierlang.accounts.steps import Steps, is_missing, let, trimmed, unless_missing
from tierlang.accounts.table import Column, literal
from tierlang.program.nodes import Field
from tierlang.program.values import Kind

_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
REFUSED_DATE = "DATE 'infinity'"


def steps(tag: str, field: Field, column: Column, missing: tuple[str, ...]) -> Steps:
    """The steps from `x_TAG`, the column as it comes, to `s_TAG` and `v_TAG`."""
    raw = f"x_{tag}"
    if field.kind is Kind.TEXT:
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


def _has_nul(text: str) -> str:
    """DuckDB cuts texts short at a NUL when it composes them, so this is asked of the cell as it came."""
    return f"contains({text}, chr(0))"


def _text(tag: str, field: Field, text: str, missing: tuple[str, ...]) -> Steps:
    plain = unless_missing(text, missing, f"nfc_normalize({text})")
    layers: list[tuple[tuple[str, str], ...]] = [((f"n_{tag}", plain),), ((f"s_{tag}", _standard(field, f"n_{tag}")),)]
    if not field.fold_case and not field.same:
        layers = [((f"s_{tag}", plain),)]
    layers.append(((f"v_{tag}", _allowed(f"s_{tag}", field)),))
    return Steps(tag, tuple(layers), refused=_has_nul(text))


def _standard(field: Field, text: str) -> str:
    if field.fold_case:
        text = f"translate({text}, '{_UPPER}', '{_LOWER}')"
    same = same_texts(field)
    if not same:
        return text
    cases = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in same.items())
    return f"CASE {text} {cases} ELSE {text} END"


def _allowed(text: str, field: Field) -> str:
    """The text if `one of` has it, else NULL."""
    allowed = allowed_texts(field)
    if not allowed:
        return text
    cases = " ".join(f"WHEN {literal(each)} THEN {text}" for each in allowed)
    return f"CASE {text} {cases} END"


def _flag(tag: str, text: str, missing: tuple[str, ...]) -> Steps:
    cases = " ".join(f"WHEN {literal(each)} THEN {int(meaning)}" for each, meaning in FLAGS.items())
    settled = not any(each.strip(WHITE).lower() in FLAGS for each in missing)
    folded = f"translate(t, '{_UPPER}', '{_LOWER}')"
    slow = let(
        "t", trimmed(text), f"CASE WHEN {is_missing('t', missing)} THEN NULL ELSE CASE {folded} {cases} ELSE 2 END END"
    )
    return Steps(
        tag,
        (
            ((f"q_{tag}", f"TRY_CAST({text} AS BOOLEAN)" if settled else "CAST(NULL AS BOOLEAN)"),),
            (
                (
                    f"s_{tag}",
                    f"CASE WHEN q_{tag} IS NOT NULL THEN CAST(q_{tag} AS INTEGER) WHEN {text} IS NULL THEN NULL ELSE {slow} END",
                ),
            ),
            ((f"v_{tag}", f"CASE WHEN s_{tag} < 2 THEN s_{tag} = 1 END"),),
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
    plain = f"strlen({text}) = 10 AND d_{tag} BETWEEN DATE '1000-01-01' AND DATE '9999-12-31'"
    return Steps(
        tag,
        (
            ((f"d_{tag}", quick),),
            (
                (
                    f"s_{tag}",
                    f"CASE WHEN {plain} THEN d_{tag} WHEN {text} IS NULL THEN NULL ELSE {slow} END",
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
    composed = f"CASE WHEN {_has_nul('y')} THEN chr(0) ELSE nfc_normalize(y) END"
    standard = f"list_transform({there}, lambda y: {_standard(field, composed)})"
    good = f"len(list_filter(s_{tag}, lambda y: {_allowed('y', field)} IS NULL)) = 0 AND NOT list_contains(s_{tag}, chr(0))"
    return Steps(
        tag,
        (
            ((f"s_{tag}", f"list_sort(list_distinct({standard}))"),),
            ((f"v_{tag}", f"CASE WHEN {good} THEN s_{tag} END"),),
        ),
    )
