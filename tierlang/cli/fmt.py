"""`tierlang fmt`: brings rule files into their one layout."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import attrs
import click

from tierlang import __version__
from tierlang.cli.failure import Failure, plain_words
from tierlang.cli.rule_files import rule_files
from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.files import LARGEST_RULES, TOO_LARGE, UnreadableError, read_rules, rules_of
from tierlang.formatter.faithful import UnfaithfulError
from tierlang.formatter.layout import formatted
from tierlang.source import Source

STANDARD_INPUT = "-"
WOULD_CHANGE = 1
REFUSED = 2

EXAMPLES = """
\b
Examples:
  tierlang fmt rulesets
  tierlang fmt rulesets --check
  tierlang fmt rulesets/saas_abm/saas_abm.tier --diff

Exit status: 0 all well, 1 --check or --diff found a file that would change, 2 a file could not be read or written.
"""


@attrs.frozen(eq=False, repr=False)
class Laid:
    """What became of one file: its text as it is and as it should be, or why it is left alone."""

    path: str
    before: str = ""
    after: str = ""
    complaints: tuple[Diagnostic, ...] = ()
    why_not: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether the file cannot be formatted."""
        return bool(self.complaints or self.why_not)

    @property
    def changes(self) -> bool:
        """Whether the file is not yet as it should be."""
        return not self.is_refused and self.before != self.after


@click.command("fmt", epilog=EXAMPLES)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True), metavar="PATH...")
@click.option("--check", is_flag=True, help="Change nothing; name the files that would change.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
@click.pass_context
def command(ctx: click.Context, *, paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Bring rule files into their one layout. Comments and empty lines stay.

    Folders are searched for *.tier files; - reads standard input and writes the result to standard output. Only white space
    changes: the result is read back and compared before anything is written, and a file with mistakes is left as it is.
    """
    if STANDARD_INPUT in paths:
        if len(paths) > 1:
            raise click.UsageError("- (standard input) stands alone, without other paths")
        laid = [_standard_input()]
    else:
        laid = [_file(path) for path in rule_files(paths)]
    for one in laid:
        _say_why(one)
    if diff:
        _show(laid)
    elif check:
        for one in laid:
            if one.changes:
                click.echo(one.path)
    elif STANDARD_INPUT in paths:
        click.echo(laid[0].after.encode(), nl=False)
    else:
        laid = [_written(one) for one in laid]
    if STANDARD_INPUT not in paths:
        click.echo(_summary(laid, writes=not (check or diff)), err=True)
    if any(one.is_refused for one in laid):
        ctx.exit(REFUSED)
    ctx.exit(WOULD_CHANGE if (check or diff) and any(one.changes for one in laid) else 0)


def _standard_input() -> Laid:
    data = sys.stdin.buffer.read(LARGEST_RULES + 1)
    if len(data) > LARGEST_RULES:
        raise Failure(f"standard input: {TOO_LARGE}")
    try:
        source = rules_of("<standard input>", data)
    except UnreadableError as problem:
        raise Failure(f"standard input: {problem.why}") from problem
    return _laid(STANDARD_INPUT, data.decode(), source)


def _file(path: str) -> Laid:
    try:
        source = read_rules(path)
        text = Path(path).read_bytes().decode()
    except UnreadableError as problem:
        return Laid(path, why_not=f"{path}: {problem.why}")
    except (OSError, UnicodeError) as problem:
        return Laid(path, why_not=plain_words(problem))
    return _laid(path, text, source)


def _laid(path: str, text: str, source: Source) -> Laid:
    try:
        after = formatted(source)
    except UnfaithfulError as problem:
        return Laid(
            path,
            why_not=f"{source.path} is left as it is, for formatting it went wrong: {problem}. This is a mistake in tierlang"
            f" {__version__}, not in your file; please report it with the file",
        )
    except RecursionError:
        return Laid(path, why_not=f"{source.path}: something in it is nested too deeply to be formatted")
    if isinstance(after, list):
        return Laid(path, complaints=tuple(after))
    return Laid(path, text, after)


def _written(laid: Laid) -> Laid:
    """Writes a file that changes; goes on where that fails."""
    if laid.changes:
        from tierlang.cli.rewriting import write_whole

        try:
            if Path(laid.path).read_bytes() != laid.before.encode():
                return _refused(laid, f"{laid.path} was changed by somebody else meanwhile: it is left as it is now")
            write_whole(laid.path, laid.after.encode())
        except OSError as problem:
            return _refused(laid, plain_words(problem))
        click.echo(f"formatted {laid.path}", err=True)
    return laid


def _refused(laid: Laid, why_not: str) -> Laid:
    refused = Laid(laid.path, why_not=why_not)
    _say_why(refused)
    return refused


def _say_why(laid: Laid) -> None:
    """Why a file is left alone."""
    if laid.complaints:
        from tierlang.reports.complaints import coloured, complaints_text

        click.echo(f"{complaints_text(laid.complaints, coloured)}\n", err=True)
    elif laid.why_not:
        click.echo(f"{click.style('error', fg='red', bold=True)}: {laid.why_not}", err=True)


def _show(laid: Sequence[Laid]) -> None:
    from tierlang.cli.differences import coloured, difference

    for one in laid:
        if one.changes:
            click.echo(coloured(difference(one.path, one.before, one.after)), nl=False)


def _summary(laid: Sequence[Laid], *, writes: bool) -> str:
    """How many files changed, were right already, could not be formatted."""
    changed = sum(one.changes for one in laid)
    refused = sum(one.is_refused for one in laid)
    right = len(laid) - changed - refused
    if not (changed or refused):
        return f"{click.style('ok', fg='green', bold=True)}: {_files(right)} formatted already"
    parts = [f"{_files(changed)} {'formatted' if writes else 'would change'}"] if changed else []
    parts += [f"{_files(right)} formatted already"] if right else []
    parts += [f"{_files(refused)} left as {'it is' if refused == 1 else 'they are'}"] if refused else []
    return ", ".join(parts)


def _files(number: int) -> str:
    return f"{number:,} file{'' if number == 1 else 's'}"
