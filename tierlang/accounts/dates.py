"""Date cells: ISO dates, and the formats a rule file may name; one regular expression per format, for both readers of cells."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

import attrs

from tierlang.accounts.problems import Cause

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR_PIVOT = 69
"""Two-digit years under this are 2000 and later, the others 1969 to 1999."""

_CLOCK = r"(?:[T ]{1,2}(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?(?: ?[aApP][mM])?"
_IN_UTC = r"(?:Z| ?[-+]00:?00| ?UTC)?)?"
_IN_ZONE = r"(?: ?[-+][0-9]{2}:?(?:[0-9]{2})?| ?[A-Z]{3,4}))"
_ZONED = re.compile(f".*{_CLOCK}{_IN_ZONE}")
_YEAR_FIRST = r"([0-9]{4})[-/. \\]([0-9]{1,2})[-/. \\]([0-9]{1,2})"
_TOKEN = re.compile("YYYY|YY|MMM|MM|M|DD|D")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2}|[A-Za-z]{3})\2([0-9]{4}|[0-9]{2})(?:[T ].*)?")
_WITH_A_TIME = re.compile(_YEAR_FIRST + "[T ]{1,2}[0-9].*")
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:[.][0-9]+)?")

ISO = "YYYY-MM-DD"


class FormatError(ValueError):
    """A date format that does not say year, month and day, once each."""


@attrs.frozen
class DateFormat:
    """One way to write a date. `pattern` has the groups `parts` (of y, yy, m, mmm, d) and takes a time of day after it, if in UTC."""

    text: str
    pattern: str
    parts: tuple[str, ...]


@lru_cache
def date_format(text: str | None) -> DateFormat:
    """The format that a rule file names (`MM/DD/YYYY`); None is ISO, or another way to write the year first, then the month."""
    if text is None:
        return DateFormat(ISO, f"^{_YEAR_FIRST}{_CLOCK}{_IN_UTC}$", ("y", "m", "d"))
    written = text
    tokens = list(_TOKEN.finditer(written))
    kinds = [token.group()[0] for token in tokens]
    if sorted(kinds) != ["D", "M", "Y"]:
        raise FormatError(
            f"the format {written} must name the year (YYYY or YY), the month (MM, M or MMM) and the day (DD or D), once each"
        )
    edges = {token.start() for token in tokens} & {token.end() for token in tokens}
    pattern, at = "", 0
    parts = []
    for token in tokens:
        glued = token.start() in edges or token.end() in edges
        pattern += re.escape(written[at : token.start()]) + _group(token.group(), exact=glued)
        parts.append({"YYYY": "y", "YY": "yy", "MMM": "mmm"}.get(token.group(), token.group()[0].lower()))
        at = token.end()
    pattern += re.escape(written[at:])
    return DateFormat(written, f"^{pattern}{_CLOCK}{_IN_UTC}$", tuple(parts))


def _group(token: str, *, exact: bool) -> str:
    match token:
        case "YYYY":
            return "([0-9]{4})"
        case "YY":
            return "([0-9]{2})"
        case "MMM":
            return f"((?i:{'|'.join(MONTHS)}))"
        case _:
            return "([0-9]{2})" if exact and len(token) == 2 else "([0-9]{1,2})"


def read_date(text: str, form: DateFormat) -> dt.date | Cause:
    """The date that the trimmed text says, or why it says none. A time of day is left out."""
    fits = f"a date like {form.text}" if form.text != ISO else "a date like 2026-01-31"
    found = re.fullmatch(form.pattern, text)
    if found is None:
        return _why_not(text, form, fits)
    said = dict(zip(form.parts, found.groups(), strict=True))
    try:
        return dt.date(_year(said), _month(said), int(said["d"]))
    except ValueError:
        return Cause("no-such-day", "is a day that does not exist", fits)


def _year(said: dict[str, str]) -> int:
    if "y" in said:
        return int(said["y"])
    short = int(said["yy"])
    return short + (2000 if short < YEAR_PIVOT else 1900)


def _month(said: dict[str, str]) -> int:
    return MONTHS.index(said["mmm"].lower()) + 1 if "mmm" in said else int(said["m"])


def _why_not(text: str, form: DateFormat, fits: str) -> Cause:
    if _ZONED.fullmatch(text):
        return Cause(
            "time-zone", "has a time zone, so its day depends on where one stands", f"{fits}, or a time in UTC"
        )
    if form.text == ISO and (found := _YEAR_LAST.fullmatch(text)):
        return _order(*found.groups(), fits=fits)
    if form.text == ISO and _WITH_A_TIME.fullmatch(text):
        return Cause(
            "time-of-day", "has a time of day that cannot be read", f"{fits}, or with a time like 2026-01-31 14:30"
        )
    if _SERIAL.fullmatch(text):
        return Cause(
            "serial-day",
            "is a number, which is how spreadsheets keep days inside",
            f"{fits}: show the column as dates, and save it again",
        )
    return Cause("not-a-date", "is not a date", fits)


def _order(first: str, sign: str, second: str, year: str, *, fits: str) -> Cause:
    """Why a date is refused that does not begin with the year: the formats in which it would be a day are named."""
    last = "YYYY" if len(year) == 4 else "YY"
    if second.isalpha():
        forms = [("DD", "MMM", last)] if second.lower() in MONTHS and _within(first, 31) else []
    else:
        forms = [("MM", "DD", last)] if _within(first, 12) and _within(second, 31) else []
        forms += [("DD", "MM", last)] if _within(second, 12) and _within(first, 31) else []
        forms += [("YY", "MM", "DD")] if last == "YY" and _within(second, 12) and _within(year, 31) else []
    if not forms:
        return Cause("not-a-date", "is not a date", fits)
    days = len(forms) - (len(forms) > 1 and first == second)
    what = "could be read as more than one date" if days > 1 else "does not begin with the year"
    named = " or ".join(f'`format "{sign.join(each)}"`' for each in forms)
    return Cause("date-order", what, f"{fits}; or say how the dates are written: {named}")


def _within(digits: str, most: int) -> bool:
    return 1 <= int(digits) <= most
