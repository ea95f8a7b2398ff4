"""What numerals, dates and quoted texts mean, and what is wrong with those that mean nothing."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from typing import Literal

import attrs

_SCALE = 10_000
_SUFFIXES = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_LARGEST = 10**14 * _SCALE
_NUMERAL = re.compile(r"([$€£]?) ?([0-9][0-9_,]*)((?:\.[0-9][0-9_]*)*)(\w*)( ?%|)")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


@attrs.frozen
class Wrong:
    """What is wrong with a literal: a code, the words, what to write instead where that is certain, and a place inside it."""

    code: str
    message: str
    hints: tuple[str, ...] = ()
    instead: str | None = None
    start: int = 0
    end: int | None = None


@attrs.frozen
class Numeral:
    """A numeral's value in 1/10,000ths, its form, and what is wrong with it."""

    value: int
    form: Literal["plain", "money", "percent"] = "plain"
    wrong: Wrong | None = None


def read_numeral(text: str) -> Numeral:
    """The value of a numeral as it was written."""
    match = _NUMERAL.fullmatch(text)
    if match is None:
        return Numeral(0, wrong=Wrong("bad-number", f"`{text}` is not a number"))
    currency, whole, fraction, letters, percent = match.groups()
    form: Literal["plain", "money", "percent"] = "money" if currency else "percent" if percent else "plain"
    wrong = _wrong_numeral(text, match)
    if wrong:
        meant = read_numeral(wrong.instead) if wrong.instead is not None else None
        return Numeral(meant.value if meant else 0, form, wrong)
    digits = fraction[1:].replace("_", "")
    scale = _SUFFIXES[letters.lower()] * _SCALE
    value, rest = divmod(int(whole.replace("_", "") + digits) * scale, 10 ** len(digits) * (100 if percent else 1))
    if rest or (len(digits) > 4 and not letters) or (percent and len(digits) > 2):
        most = "2 digits after the point in a percentage" if percent else "4 digits after the point"
        return Numeral(value, form, Wrong("bad-number", f"`{text}` is too exact: a number has at most {most}"))
    if value >= _LARGEST:
        return Numeral(
            0, form, Wrong("bad-number", f"`{text}` is too large: numbers stay under 100 trillion (100_000B)")
        )
    return Numeral(value, form)


def _wrong_numeral(text: str, match: re.Match[str]) -> Wrong | None:
    """What is wrong with the writing of a numeral, if anything is."""
    currency, whole, fraction, letters, percent = match.groups()
    if percent.startswith(" "):
        instead = text.replace(" %", "%")
        return Wrong(
            "bad-number", "`%` stands right after its number, without a space", (f"write `{instead}`",), instead
        )
    if "," in whole:
        instead = text.replace(",", "_")
        return Wrong(
            "bad-number",
            f"`{text}` has a comma in it, which is written `_` here",
            (f"write `{instead}` for the one number; in a list of several, put a space after each comma",),
            instead,
        )
    if fraction.count(".") > 1:
        return Wrong(
            "bad-number",
            f"`{text}` has more than one point",
            ("a date is written 2026-01-31; a version stands in quotes",),
        )
    if len(whole) > 40 or len(fraction) > 40:
        return Wrong(
            "bad-number",
            "this number has too many digits",
            ("numbers stay under 100 trillion, with at most 4 digits after the point",),
        )
    if not _well_spaced(whole) or (fraction and not _well_spaced(fraction[1:])):
        instead = (
            f"{currency}{_tidy(whole)}{'.' + _tidy(fraction[1:]) if fraction else ''}{letters.strip('_')}{percent}"
        )
        return Wrong(
            "bad-number",
            f"`_` stands between two digits, which it does not in `{text}`",
            (f"write `{instead}`",),
            instead,
        )
    if letters.lower() not in _SUFFIXES:
        return _wrong_letters(text, match)
    if percent and (currency or letters):
        return Wrong("bad-number", f"`{text}` mixes a percentage with {'money' if currency else 'a thousands letter'}")
    return None


def _wrong_letters(text: str, match: re.Match[str]) -> Wrong:
    """The letters after the digits are not `k`, `M` or `B`."""
    currency, whole, fraction, letters, _ = match.groups()
    endings = {
        "mm": "M",
        "mn": "M",
        "mio": "M",
        "mil": "M",
        "bn": "B",
        "bio": "B",
        "thousand": "k",
        "million": "M",
        "billion": "B",
        "tsd": "k",
    }
    if letters.lower() in endings:
        instead = f"{currency}{whole}{fraction}{endings[letters.lower()]}"
        return Wrong("bad-number", f"`{letters}` after a number is not known", (f"write `{instead}`",), instead)
    return Wrong(
        "bad-number",
        f"`{text}` is not a number: `{letters}` cannot follow its digits",
        ("thousands, millions and billions are written 250k, 20M, 1B",),
    )


def _well_spaced(digits: str) -> bool:
    return not (digits.startswith("_") or digits.endswith("_") or "__" in digits)


def _tidy(digits: str) -> str:
    return re.sub(r"_+", "_", digits).strip("_")


def read_date(text: str) -> tuple[dt.date, Wrong | None]:
    """The date written year-month-day, or the nearest one and what is wrong."""
    year, month, day = (int(part) for part in text.split("-"))
    last = monthrange(max(year, 1), min(max(month, 1), 12))[1]
    nearest = dt.date(max(year, 1), min(max(month, 1), 12), min(max(day, 1), last))
    if not 1 <= month <= 12:
        other = f"{year:04}-{day:02}-{month:02}" if 1 <= day <= 12 and 1 <= month <= 31 else None
        hints = ("dates are written year-month-day, like 2026-01-31", *((f"did you mean {other}?",) if other else ()))
        return nearest, Wrong("bad-date", f"there is no month {month}", hints)
    if year == 0 or not 1 <= day <= last:
        where = f"{_MONTHS[month - 1]} {year}"
        return nearest, Wrong(
            "bad-date", f"{where} has {last} days, so there is no {text}" if year else f"there is no year 0 in {text}"
        )
    if text != nearest.isoformat():
        return nearest, Wrong(
            "bad-date",
            f"`{text}` is written with two digits for month and day",
            (f"write `{nearest}`",),
            nearest.isoformat(),
        )
    return nearest, None


def read_text(text: str) -> tuple[str, Wrong | None]:
    """What a quoted text says, its escapes undone and its letters in Unicode's composed form."""
    parts: list[str] = []
    wrong: Wrong | None = None
    at, last = 1, len(text) - 1
    while at < last:
        if text[at] != "\\":
            stop = text.find("\\", at, last)
            stop = last if stop < 0 else stop
            parts.append(text[at:stop])
            at = stop
            continue
        escaped = text[at + 1]
        if escaped not in _ESCAPES and wrong is None:
            wrong = Wrong(
                "bad-escape",
                f"`\\{escaped}` means nothing in a text",
                (
                    'a backslash itself is written `\\\\`; the others are `\\"` for a quote, `\\n` for a new line and `\\t` for a tab',
                ),
                f"\\\\{escaped}",
                at,
                at + 2,
            )
        parts.append(_ESCAPES.get(escaped, "\\" + escaped))
        at += 2
    return unicodedata.normalize("NFC", "".join(parts)), wrong
