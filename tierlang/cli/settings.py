"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
import re

import click


class Setting(click.ParamType):
    """`NAME=VALUE` of `--set`."""

    name = "name=value"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The name and the value, as texts; the compiler says whether they fit."""
        if isinstance(value, tuple):
            return value
        name, equals, text = str(value).partition("=")
        if not equals or not name.strip() or not text.strip():
            self.fail(f"{value!r} is not of the form NAME=VALUE, for example --set headcount=16", param, ctx)
        return name.strip(), text.strip()


set_option = click.option(
    "--set",
    "settings",
    type=Setting(),
    multiple=True,
    metavar="NAME=VALUE",
    help="Replace the value of a `let` for this run; may be repeated.",
)


def settings_of(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The settings by name; the same name twice is a mistake."""
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise click.UsageError(f"--set {name} is given twice: {found[name]} and {value}")
        found[name] = value
    return found


class Day(click.ParamType):
    """A date like 2026-11-01."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The date; anything but YYYY-MM-DD is a mistake."""
        if isinstance(value, dt.date):
            return value
        text = str(value)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            try:
                return dt.date.fromisoformat(text)
            except ValueError:
                self.fail(f"{text} is not a day of the calendar", param, ctx)
        self.fail(f"{text!r} is not a date like 2026-11-01 (year-month-day)", param, ctx)


class Memory(click.ParamType):
    """An amount of memory like 2GB."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The amount, as the database reads it."""
        text = str(value).strip()
        if not re.fullmatch(r"[0-9]+([.][0-9]+)?\s*([KMGT]i?B)", text, re.IGNORECASE):
            self.fail(f"{text!r} is not an amount of memory like 2GB or 800MB", param, ctx)
        return text


as_of_option = click.option(
    "--as-of",
    type=Day(),
    metavar="DATE",
    help="The day that the rules take for today, like 2026-11-01. Default: today.",
)
