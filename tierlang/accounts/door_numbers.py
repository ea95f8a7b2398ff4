"""Number cells in SQL: a cast for the ordinary ones, the grammar of `numerals.py` for the rest. Whole numbers come unscaled."""

from __future__ import annotations

import attrs

from tierlang.accounts.cells import number_style, span_floor
from tierlang.accounts.numerals import (
    LARGEST_DIGITS,
    NUMERAL,
    PARTS,
    SHIFTS,
    SPAN,
    SPAN_PARTS,
    Style,
    read_numeral,
)
from tierlang.accounts.problems import Cause
from tierlang.accounts.steps import BAD, Steps, is_missing, let, trimmed
from tierlang.accounts.table import literal
from tierlang.program.nodes import Field
from tierlang.program.numbers import DIGITS, SCALE
from tierlang.program.values import Kind

LARGEST = 10**LARGEST_DIGITS
SHORT_RANGE = "BETWEEN -9999999999 AND 9999999999"


def from_text(tag: str, field: Field, cell: str, missing: tuple[str, ...]) -> Steps:
    """A number field read from text cells."""
    quick = not reads_as_number(missing)
    if field.kind is Kind.WHOLE:
        return _whole(tag, field, cell, missing, quick=quick)
    cast = f"TRY_CAST({cell} AS DOUBLE)" if quick else "CAST(NULL AS DOUBLE)"
    only = f" AND {cell} >= '-' AND (e_{tag} <> 0 OR {cell} = '0') AND "
    tests = (f"{only} strlen({cell}) <= 10", f"{only} NOT contains({cell}, '_')")
    full = from_double(tag, field, cast, cell, missing, quick=quick, tests=tests)
    if not quick:
        return full
    ordinary = (
        f"{cell} >= '-' AND (e_{tag} <> 0 OR {cell} = '0' OR {cell} = '0.0' OR {cell} = '0.00')"
        f" AND (strlen({cell}) <= 10 OR (strlen({cell}) <= 15 AND NOT contains({cell}, '_')))"
    )
    return attrs.evolve(full, plain=plain_double(tag, field, cast, cell, missing, ordinary))


def plain_double(
    tag: str, field: Field, double: str, cell: str, missing: tuple[str, ...], ordinary: str = "TRUE"
) -> Steps:
    """Numbers that a double holds exactly: at most 15 digits, 4 of them behind the point. The rest is refused, to be read in full."""
    e, n = f"e_{tag}", f"n_{tag}"
    read = (
        f"CASE WHEN abs({e}) < 1e11 AND {n} / {SCALE} = {e} AND {ordinary} THEN CAST({n} AS BIGINT)"
        f" WHEN abs({e}) < {LARGEST} AND {e} = trunc({e}) AND {ordinary} THEN CAST({e} AS BIGINT) * {SCALE} END"
    )
    layers = (
        ((e, double),),
        ((n, f"round({e} * {SCALE})"),),
        ((f"s_{tag}", read),),
        ((f"v_{tag}", allowed(tag, field)),),
    )
    return Steps(tag, layers, refused=_unsettled(tag, cell, missing))


def _unsettled(tag: str, cell: str, missing: tuple[str, ...]) -> str:
    """Whether the plain steps gave nothing for a cell that may mean something."""
    return (
        f"CASE WHEN s_{tag} IS NOT NULL OR {cell} IS NULL THEN FALSE ELSE NOT {is_missing(trimmed(cell), missing)} END"
    )


def _whole(tag: str, field: Field, cell: str, missing: tuple[str, ...], *, quick: bool) -> Steps:
    """What is cast to an integer and written out again as it was, is that integer; the rest needs the grammar."""
    cast = f"TRY_CAST({cell} AS BIGINT)" if quick else "CAST(NULL AS BIGINT)"
    fast = f"CAST(d_{tag} AS VARCHAR) = {cell} AND d_{tag} BETWEEN {1 - LARGEST} AND {LARGEST - 1}"
    read = f"CASE WHEN {fast} THEN d_{tag} WHEN {cell} IS NULL THEN NULL ELSE {slow_number(field, cell, missing)} END"
    value = ((f"v_{tag}", allowed(tag, field)),)
    plain = Steps(
        tag,
        (((f"d_{tag}", cast),), ((f"s_{tag}", f"CASE WHEN {fast} THEN d_{tag} END"),), value),
        refused=_unsettled(tag, cell, missing),
    )
    return Steps(tag, (((f"d_{tag}", cast),), ((f"s_{tag}", read),), value), plain=plain if quick else None)


def from_double(
    tag: str,
    field: Field,
    double: str,
    cell: str,
    missing: tuple[str, ...],
    *,
    quick: bool = True,
    tests: tuple[str, str] = ("", ""),
) -> Steps:
    """A number field by way of a double (and `cell`, the text it came from), where the result cannot differ from the text's own.

    A double nearest to a count of 1/10,000ths under 10^15 stands for texts that round to that count. And under 10^8, where the digits to
    be dropped are not near one half, no error in the double's last place changes how they round. Longer numbers go by way of a decimal.
    `tests` narrow which texts may, by a cheap test and by a sure one: the cast to a double takes `+-5` too, and `0e999` and `1e-999` for 0,
    and goes wrong over a `_` behind many digits.
    """
    e, n = f"e_{tag}", f"n_{tag}"
    exact = f"abs({e}) < 1e11 AND {n} / {SCALE} = {e}"
    sure = f"abs({e}) < 1e8 AND abs(abs({e} * {SCALE}) - floor(abs({e} * {SCALE})) - 0.5) > 0.01"
    decimal = f"TRY_CAST({cell} AS DECIMAL(18,4))"
    long = f"WHEN {decimal} IS NOT NULL AND NOT {has_exponent(cell)} THEN {scaled(decimal)}" if quick else ""
    slow = slow_number(field, cell, missing)
    read = (
        f"CASE WHEN {exact}{tests[0]} THEN CAST({n} AS BIGINT) WHEN {cell} IS NULL THEN NULL"
        f" WHEN ({exact} OR {sure}){tests[1]} THEN CAST({n} AS BIGINT) {long} ELSE {slow} END"
    )
    plain = f"WHEN strlen({cell}) <= 20 AND {decimal} IS NOT NULL AND NOT {has_exponent(cell)} THEN TRY_CAST({cell} AS DECIMAL(38,20)) <> {decimal}"
    rounded = (
        f"CASE WHEN s_{tag} IS NULL THEN FALSE WHEN {n} / {SCALE} <> {e} AND abs({e}) < 1e8{tests[1]} THEN TRUE"
        f" WHEN ({exact} OR {e} = trunc({e})) AND strlen({cell}) <= 16{tests[1]} THEN FALSE"
        f" {plain if quick else ''} ELSE {slow_number(field, cell, missing, rounded=True)} END"
    )
    layers = (
        ((e, double),),
        ((n, f"round({e} * {SCALE})"),),
        ((f"s_{tag}", read),),
        ((f"v_{tag}", allowed(tag, field)),),
    )
    return Steps(tag, layers, rounded)


def has_exponent(cell: str) -> str:
    """Whether a cell may be written with an exponent."""
    return f"(contains({cell}, 'e') OR contains({cell}, 'E'))"


def reads_as_number(texts: tuple[str, ...]) -> bool:
    """Whether one of the texts would be a number, so that no cast may settle a cell before it is compared with them."""
    return any(_reads_as_number(text) for text in texts)


def _reads_as_number(text: str) -> bool:
    return not isinstance(read_numeral(text, Style(currency=True, percent=True, noun="a number")), Cause)


def scaled_short(decimal: str) -> str:
    """A DECIMAL(18,4) under 10^10 as a count of 1/10,000ths; the product of a larger one would overflow."""
    return f"CAST({decimal} * {SCALE} AS BIGINT)"


def scaled(decimal: str) -> str:
    """A DECIMAL(18,4) as a count of 1/10,000ths."""
    long = f"CAST(CAST({decimal} AS DECIMAL(23,4)) * {SCALE} AS BIGINT)"
    return f"CASE WHEN {decimal} {SHORT_RANGE} THEN {scaled_short(decimal)} ELSE {long} END"


def allowed(tag: str, field: Field) -> str:
    """The number where the field's range has it."""
    low, high = bounds(field)
    test = f"s_{tag} <> {BAD}"
    if low is not None and high is not None:
        test = f"s_{tag} BETWEEN {low} AND {high}"
    elif low is not None:
        test = f"s_{tag} >= {low}"
    elif high is not None:
        test = f"s_{tag} <= {high} AND {test}"
    return f"CASE WHEN {test} THEN s_{tag} END"


def bounds(field: Field) -> tuple[int | None, int | None]:
    """The least and greatest number allowed, both in, in the unit of the column."""
    low, high = field.low, field.high
    if high is not None and field.high_open:
        high -= 1
    if field.kind is Kind.WHOLE:
        low = None if low is None else -(-low // SCALE)
        high = None if high is None else high // SCALE
    return low, high


def slow_number(field: Field, cell: str, missing: tuple[str, ...], *, rounded: bool = False) -> str:
    """The grammar over a cell that is not NULL: the number, NULL if it means no value, or BAD; or whether digits were lost."""
    number = _numeral(field, "t", rounded=rounded)
    if field.ranges_as:
        number = (
            f"CASE WHEN regexp_full_match(t, {literal(NUMERAL)}) THEN {number} ELSE {_span(field, rounded=rounded)} END"
        )
    empty = "FALSE" if rounded else "NULL"
    return let("t", trimmed(cell), f"CASE WHEN {is_missing('t', missing)} THEN {empty} ELSE {number} END")


def _numeral(field: Field, text: str, *, rounded: bool = False) -> str:
    """A trimmed text as a number; `p` are the parts, `g` the digits, `w` and `z` those before and after the point."""
    style = number_style(field)
    shifts = " ".join(f"WHEN {literal(suffix)} THEN {shift}" for suffix, shift in SHIFTS.items() if suffix)
    shift = (
        f"CASE lower(p.suffix) {shifts} ELSE 0 END - CASE WHEN p.percent <> '' THEN 2 ELSE 0 END"
        " + coalesce(TRY_CAST(replace(rtrim(p.exp[2:], '.'), '_', '') AS INTEGER), 0)"
    )
    whole_digits = "replace(replace(p.int, ',', ''), '_', '')"
    digits = f"{whole_digits} || replace(p.frac, '_', '')"
    if rounded:
        result = f"rtrim(substr(z, {DIGITS + 1}), '0') <> ''"
    elif field.kind is Kind.WHOLE:
        number = f"TRY_CAST(CASE WHEN w = '' THEN '0' ELSE w END AS DECIMAL({LARGEST_DIGITS},0))"
        ambiguous = "p.frac = '000' AND p.int NOT IN ('', '0') AND length(p.int) <= 3 AND p.exp = '' AND p.suffix = ''"
        result = f"CASE WHEN rtrim(z, '0') <> '' OR ({ambiguous}) THEN {BAD} ELSE coalesce({_signed(f'CAST({number} AS BIGINT)')}, {BAD}) END"
    else:
        number = f"TRY_CAST('0' || w || '.' || z AS DECIMAL(18,{DIGITS}))"
        result = f"coalesce({let('d', number, _signed(scaled('d')))}, {BAD})"
    split = let(
        "w",
        "g[1:greatest(k, 0)] || repeat('0', greatest(k - length(g), 0))",
        let("z", "repeat('0', greatest(-k, 0)) || g[greatest(k, 0) + 1:]", result),
    )
    point = let("k", f"length({whole_digits}) + {shift}", split)
    refused = "FALSE" if rounded else BAD
    body = let("g", digits, f"CASE WHEN g = '' OR NOT ({_stand_together(style)}) THEN {refused} ELSE {point} END")
    names = ", ".join(literal(part) for part in PARTS)
    return let("p", f"regexp_extract({text}, {literal(NUMERAL)}, [{names}])", body)


def _signed(number: str) -> str:
    return f"{number} * CASE WHEN p.open <> '' OR p.sign = '-' OR p.sign = '−' OR p.sign2 = '-' OR p.sign2 = '−' THEN -1 ELSE 1 END"


def _stand_together(style: Style) -> str:
    def there(*parts: str) -> str:
        return " + ".join(f"CAST(p.{part} <> '' AS INTEGER)" for part in parts)

    coins = f"{there('before', 'after')} <= {1 if style.currency else 0}"
    percent = f"{there('exp', 'suffix', 'before', 'after')} = 0" if style.percent else "FALSE"
    return (
        "(p.open <> '') = (p.close <> '')"
        f" AND {there('sign', 'sign2', 'open')} <= 1 AND {coins}"
        " AND NOT (p.exp <> '' AND (p.suffix <> '' OR contains(p.int, ',')))"
        f" AND (p.percent = '' OR {percent})"
    )


def _span(field: Field, *, rounded: bool) -> str:
    """A trimmed text that names a range: the end the field takes; `r` are its parts, `a` and `b` its ends."""
    names = ", ".join(literal(part) for part in SPAN_PARTS)
    marks = " + ".join(f"CAST(r.{part} <> '' AS INTEGER)" for part in ("compare", "dash", "plus"))
    low, high = _numeral(field, "r.low", rounded=rounded), _numeral(field, "r.high", rounded=rounded)
    if rounded:
        ends = f"{low} OR (r.high <> '' AND {high})"
    else:
        suffixed = "regexp_matches(rtrim({}, ' $€£'), '[a-zA-Z]$')".format
        half_a_suffix = f"{suffixed('r.high')} AND NOT {suffixed('r.low')}"
        two = f"CASE WHEN b = {BAD} OR b < a OR ({half_a_suffix}) THEN {BAD} ELSE {_end(field, 'a', 'b')} END"
        ends = let(
            "a",
            low,
            f"CASE WHEN a = {BAD} THEN {BAD} WHEN r.dash <> '' THEN {let('b', high, two)} ELSE {_one_end(field)} END",
        )
    refused = "FALSE" if rounded else BAD
    body = f"CASE WHEN {marks} <> 1 THEN {refused} ELSE {ends} END"
    return let("r", f"regexp_extract(t, {literal(SPAN)}, [{names}])", body)


def _one_end(field: Field) -> str:
    step = 1 if field.kind is Kind.WHOLE else 0
    floor = span_floor(field) // (SCALE if field.kind is Kind.WHOLE else 1)

    def below(high: str) -> str:
        return f"CASE WHEN {high} < {floor} THEN {BAD} ELSE {_end(field, str(floor), high)} END"

    return (
        f"CASE WHEN r.compare = '<' THEN {below(f'(a - {step})')} WHEN r.compare = '<=' OR r.compare = '≤' THEN {below('a')}"
        f" WHEN r.compare = '>' THEN a + {step} ELSE a END"
    )


def _end(field: Field, low: str, high: str) -> str:
    match field.ranges_as:
        case "low":
            return low
        case "high":
            return high
        case _:
            total = f"({low} + {high})"
            return f"sign{total} * ((abs{total} + 1) // 2)"
