"""`tierlang rule`: the table of all rules, and the page of one."""

from __future__ import annotations

import json
import shutil
import textwrap
from typing import Any

import click

from tierlang.cli.failure import Failure
from tierlang.diagnostics.diagnostic import Severity
from tierlang.diagnostics.suggest import nearest
from tierlang.lint.pages import body, by_theme, facts
from tierlang.lint.registry import RULES
from tierlang.lint.rule import Rule

WIDEST = 100
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


@click.command("rule", epilog="\b\nExamples:\n  tierlang rule\n  tierlang rule same-plays")
@click.argument("name", required=False, metavar="[NAME]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How rules are written.",
)
def command(name: str | None, form: str) -> None:
    """Show the rules that `check` goes by: all of them in a table, or the page of one.

    What keeps a file from compiling has a name too, but is no rule: it cannot be left out or allowed.
    """
    shown = RULES if name is None else (_named(name),)
    if form == "json":
        click.echo(json.dumps([_facts(rule) for rule in shown], ensure_ascii=False, indent=2))
    elif name is None:
        click.echo(_table())
    else:
        click.echo(_page(shown[0]))


def _named(name: str) -> Rule:
    """The rule of this name, also written with underscores or capitals."""
    wanted = name.casefold().replace("_", "-")
    for rule in RULES:
        if rule.name == wanted:
            return rule
    close = nearest(wanted, [rule.name for rule in RULES])
    meant = f"Did you mean {close}?" if close else "`tierlang rule` lists all rules."
    raise Failure(f"There is no rule {name}. {meant} What keeps a file from compiling is no rule.")


def _facts(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "severity": rule.severity.value,
        "theme": rule.theme.value.replace("`", ""),
        "asks_accounts": rule.asks_accounts,
        "summary": rule.summary,
        "page": rule.page.strip(),
    }


def _table() -> str:
    widest = max(len(rule.name) for rule in RULES)
    lines: list[str] = []
    for theme, rules in by_theme(RULES):
        lines += [click.style(theme.value.replace("`", ""), bold=True), ""]
        for rule in rules:
            severity = click.style(f"{rule.severity.value:<7}", fg=_COLOURS[rule.severity])
            start = f"  {rule.name:<{widest}}  "
            summary = textwrap.wrap(rule.summary, max(30, _width() - len(start) - 9))
            lines.append(f"{start}{severity}  {summary[0]}")
            lines += [" " * (len(start) + 9) + rest for rest in summary[1:]]
        lines.append("")
    lines.append(f"{len(RULES)} rules. tierlang rule NAME shows the page of one.")
    return "\n".join(lines)


def _page(rule: Rule) -> str:
    """The page, its paragraphs wrapped and its examples set in."""
    severity = click.style(facts(rule).replace("`", ""), fg=_COLOURS[rule.severity])
    lines = [f"{click.style(rule.name, bold=True)}  {severity}", "", f"{rule.summary}.", ""]
    inside = False
    for paragraph in body(rule).split("\n"):
        if paragraph.startswith("```"):
            inside = not inside
        elif inside:
            lines.append(click.style(f"    {paragraph}", fg="cyan") if paragraph else "")
        elif paragraph.startswith("**"):
            lines += ["", click.style(f"{paragraph.replace('**', '')}:", bold=True)]
        else:
            lines.append(paragraph)
    return _filled("\n".join(["", *lines]))


def _filled(text: str) -> str:
    """Prose to the width of the terminal; what is set in stays as it is, and no two blank lines follow each other."""
    made: list[str] = []
    prose: list[str] = []
    for line in [*text.split("\n"), ""]:
        plain = click.unstyle(line)
        if plain and not plain.startswith("    ") and plain == line:
            prose.append(line)
            continue
        made += textwrap.wrap(" ".join(prose), _width()) if prose else []
        prose = []
        if line or (made and made[-1]):
            made.append(line)
    return "\n".join(made).strip("\n")


def _width() -> int:
    return min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)
