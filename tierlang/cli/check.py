"""`tierlang check`: compiles rule files and says everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import click

from tierlang.cli.failure import plain_words
from tierlang.cli.rule_files import rule_files
from tierlang.cli.settings import set_option, settings_of
from tierlang.diagnostics.diagnostic import Diagnostic, Severity, in_order
from tierlang.pipeline import Loaded, load
from tierlang.syntax import nodes
from tierlang.syntax.parser import parse

FINDINGS = 1
UNREADABLE = 2


@attrs.frozen
class Checked:
    """What a check found: how many rulesets and files it read, the complaints in order, and the files that could not be read."""

    rulesets: int
    files: int
    diagnostics: tuple[Diagnostic, ...]
    unreadable: tuple[str, ...]

    @property
    def status(self) -> int:
        """The exit status; notes alone are no findings."""
        if self.unreadable:
            return UNREADABLE
        return FINDINGS if any(d.severity is not Severity.NOTE for d in self.diagnostics) else 0


def check(paths: Sequence[str], settings: dict[str, str]) -> Checked:
    """Checks every file: rulesets with all they use, and files that only others use through their users."""
    rulesets: list[Loaded] = []
    alone: list[Loaded] = []
    unreadable: list[str] = []
    for path in paths:
        try:
            loaded = load(path, settings)
        except (OSError, UnicodeError) as problem:
            unreadable.append(plain_words(problem))
            continue
        (rulesets if loaded.program is not None or _has_header(loaded) else alone).append(loaded)
    diagnostics = [d for loaded in rulesets for d in loaded.diagnostics]
    read = {source.path for loaded in rulesets for source in loaded.sources}
    for loaded in alone:
        if loaded.sources[0].path not in read:
            diagnostics += _without_users(loaded)
            read.add(loaded.sources[0].path)
    return Checked(len(rulesets), len(read), tuple(in_order(diagnostics)), tuple(unreadable))


def _has_header(loaded: Loaded) -> bool:
    file, _ = parse(loaded.sources[0])
    return any(isinstance(declaration, nodes.Ruleset) for declaration in file.declarations)


def _without_users(loaded: Loaded) -> list[Diagnostic]:
    """A file without a `ruleset` that no ruleset checked here uses: only its syntax can be judged.

    With accounts and tiers of its own it is a ruleset whose header is missing, and judged as one.
    """
    source = loaded.sources[0]
    file, complaints = parse(source)
    if all(any(isinstance(each, block) for each in file.declarations) for block in (nodes.Account, nodes.Tiers)):
        return list(loaded.diagnostics)
    if complaints:
        return complaints
    return [
        Diagnostic(
            code="unused-file",
            severity=Severity.NOTE,
            span=source.span(0, 0),
            message="this file has no `ruleset`, and no ruleset that was checked uses it, so only its syntax was looked at",
            hints=("check it together with the rulesets that `use` it, or start it with `ruleset NAME { }`",),
        )
    ]


@click.command(
    "check",
    epilog="\b\nExamples:\n  tierlang check rulesets\n  tierlang check rulesets/saas_abm/saas_abm.tier --format json",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True), metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@set_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], form: str, settings: tuple[tuple[str, str], ...]) -> None:
    """Compile rule files and report everything that is wrong with them.

    Folders are searched for *.tier files. A file without a `ruleset` of its own is checked through the rulesets that use it.
    """
    checked = check(rule_files(paths), settings_of(settings))
    if form == "json":
        from tierlang.reports.complaints_json import complaints_json

        click.echo(complaints_json(checked.diagnostics, checked.rulesets, checked.files))
    else:
        _echo_text(checked)
    for problem in checked.unreadable:
        click.echo(f"{click.style('error', fg='red', bold=True)}: {problem}", err=True)
    ctx.exit(checked.status)


def _echo_text(checked: Checked) -> None:
    if checked.diagnostics:
        from tierlang.reports.complaints import coloured, complaints_text

        click.echo(complaints_text(checked.diagnostics, coloured))
    elif checked.rulesets and not checked.unreadable:
        rulesets = f"{checked.rulesets} ruleset{'' if checked.rulesets == 1 else 's'}"
        click.echo(f"{click.style('ok', fg='green', bold=True)}: {rulesets}")
