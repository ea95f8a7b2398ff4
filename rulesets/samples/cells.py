"""Cells as exports have them: bands, currencies, blanks, dates of other countries."""

from __future__ import annotations

import datetime as dt

from samples.dice import Dice

Row = dict[str, str]

BANDS = ((1, 10), (11, 50), (51, 200), (201, 500), (501, 1000), (1001, 5000), (5001, 10000), (10001, 50000))


def employees_cell(dice: Dice, level: int) -> str:
    """A head count of this size band: the band as LinkedIn writes it, or a number, or one that lies on the border of a band."""
    low, high = BANDS[level]
    if dice.chance(0.35):
        return f"{low}-{high}"
    if dice.chance(0.05):
        return str(dice.pick((50, 200, 500, 1000, 5000)))
    return str(dice.whole(low, high))


def money_cell(dice: Dice, amount: int) -> str:
    """An amount in one of the ways people write it."""
    style = dice.whole(0, 9)
    if style <= 4:
        return str(amount)
    if style <= 6:
        return f"${amount:,}"
    if amount >= 1_000_000:
        return f"${amount // 100_000 / 10}M"
    return f"${amount // 1000}k" if amount >= 1000 else f"${amount}.00"


def amount(dice: Dice, low: int, high: int, step: int) -> int:
    """A round amount."""
    return dice.whole(low // step, high // step) * step


def flag_cell(dice: Dice, probability: float) -> str:
    """Yes or no."""
    return "Yes" if dice.chance(probability) else "No"


def american(day: dt.date) -> str:
    """MM/DD/YYYY."""
    return day.strftime("%m/%d/") + f"{day.year:04d}"


def german(day: dt.date) -> str:
    """DD.MM.YYYY."""
    return day.strftime("%d.%m.") + f"{day.year:04d}"


def mostly(dice: Dice, present: float, cell: str, blank: str = "") -> str:
    """The cell, or what the export writes where nobody knows."""
    return cell if dice.chance(present) else blank


def twins(rows: list[Row], first: int, second: int, own: tuple[str, ...]) -> None:
    """Two accounts that differ in nothing that is scored: the tie every export has."""
    rows[second].update({column: cell for column, cell in rows[first].items() if column not in own})


def event(name: str, account: str, day: dt.date, **attributes: str) -> Row:
    """A row of a file of events of several types."""
    return {"event": name, "account": account, "at": day.isoformat(), **attributes}


def observation(name: str, account: str, day: dt.date, value: object) -> Row:
    """A row of a file of signals."""
    return {"signal": name, "account": account, "at": day.isoformat(), "value": str(value)}


def by_day(rows: list[Row], day: str = "at") -> list[Row]:
    """The rows as a system writes them, one day after the other."""
    return sorted(rows, key=lambda row: row[day])
