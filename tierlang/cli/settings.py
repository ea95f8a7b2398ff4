"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import click


def setting(text: str) -> tuple[str, str]:
    """The name and the value of a `NAME=VALUE`, as texts; the compiler says whether they fit."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise click.BadParameter(f"{text!r} is not of the form NAME=VALUE, for example --set headcount=16")
    return name.strip(), value.strip()


set_option = click.option(
    "--set",
    "settings",
    type=setting,
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


def day(text: str) -> dt.date:
    """A date like 2026-11-01."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise click.BadParameter(f"{text!r} is not a date like 2026-11-01 (year-month-day)")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text} is not a day of the calendar") from None


def memory(text: str) -> str:
    """An amount of memory like 2GB, as the database reads it."""
    if not re.fullmatch(r"[0-9]+([.][0-9]+)?\s*[KMGT]i?B", text.strip(), re.IGNORECASE):
        raise click.BadParameter(f"{text!r} is not an amount of memory like 2GB or 800MB")
    return text.strip()


as_of_option = click.option(
    "--as-of",
    type=day,
    metavar="DATE",
    help="The day that the rules take for today, like 2026-11-01. Default: today.",
)


def _all(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several options as one decorator, in the order they are shown."""

    def decorate(function: Any) -> Any:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


input_options = _all(
    click.option(
        "--input-format",
        type=click.Choice(["csv", "parquet", "jsonl"]),
        help="What ACCOUNTS is, where its name does not say.",
    ),
    click.option(
        "--encoding",
        metavar="NAME",
        help="The encoding of ACCOUNTS, like windows-1252. Default: UTF-8, or as its first bytes say.",
    ),
    click.option(
        "--separator",
        metavar="SIGN",
        help="The sign between the cells of ACCOUNTS; `tab` for a tab. Default: found out.",
    ),
)

limit_options = _all(
    click.option(
        "--memory-limit",
        type=memory,
        metavar="SIZE",
        help="Memory to use, like 4GB. Default: 1400MB; what does not fit goes to disk.",
    ),
    click.option("--threads", type=click.IntRange(1, 1024), metavar="N", help="Processor cores to use. Default: all."),
)
