"""Options that several commands share."""

from __future__ import annotations

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
