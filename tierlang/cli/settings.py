"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem


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


def today() -> dt.date:
    """The day on the clock of the machine."""
    return dt.date.today()


as_of_option = click.option(
    "--as-of",
    type=day,
    metavar="DATE",
    help="The day that the rules take for today, like 2026-11-01. Default: today.",
)


NAME = re.compile("[a-z][a-z0-9_]*")


def named_file(text: str) -> tuple[str | None, str]:
    """`FILE` or `NAME=FILE`: what stands before the first `=` is a name only if it looks like one; the rules know later which there are."""
    before, equals, path = text.partition("=")
    if not equals or not NAME.fullmatch(before):
        before, path = "", text
    if not path.strip():
        raise click.BadParameter(f"{text!r} names no file")
    return before or None, path


def complete_file(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files, as the shell completes them."""
    return [CompletionItem(incomplete, type="file")]


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
        help="The encoding of the files, like windows-1252. Default: UTF-8, or as their first bytes say.",
    ),
    click.option(
        "--separator",
        metavar="SIGN",
        help="The sign between the cells of the files; `tab` for a tab. Default: found out.",
    ),
)

fact_options = _all(
    click.option(
        "--events",
        type=named_file,
        multiple=True,
        shell_complete=complete_file,
        metavar="[TYPE=]FILE",
        help="Events: a file with the columns event, account, at and those of the attributes; or TYPE=FILE, a file of one"
        " type with the columns that the rules name. May be repeated.",
    ),
    click.option(
        "--signals",
        type=named_file,
        multiple=True,
        shell_complete=complete_file,
        metavar="[NAME=]FILE",
        help="Signals: a file with the columns signal, account, at and value; or NAME=FILE, a file of one signal. May be"
        " repeated.",
    ),
)

rejects_option = click.option(
    "--rejects",
    type=click.Path(dir_okay=False),
    help="Write rows with bad cells to this file, and go on without them. Rows of a file of events or signals go beside it:"
    " with --rejects bad.csv those of orders.csv to bad.orders.csv.",
)

limit_options = _all(
    click.option(
        "--memory-limit",
        type=memory,
        metavar="SIZE",
        help="Memory to use, like 4GB. Default: 1400MB, with events or signals up to 4500MB; what does not fit goes to disk.",
    ),
    click.option("--threads", type=click.IntRange(1, 1024), metavar="N", help="Processor cores to use. Default: all."),
)
