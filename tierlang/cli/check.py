"""`tierlang check`: compiles rule files, reviews what they mean, and says everything that is wrong with them."""

from __future__ import annotations

import datetime as dt
import os.path
from typing import TYPE_CHECKING

import click

from tierlang.cli.baseline import Baseline, read_baseline
from tierlang.cli.checking import Asking
from tierlang.cli.choosing import choose
from tierlang.cli.rule_files import rule_files
from tierlang.cli.settings import (
    as_of_option,
    complete_file,
    fact_options,
    input_options,
    set_option,
    settings_of,
    today,
)
from tierlang.cli.whole_check import Checked, Order, checked
from tierlang.reports.findings import FINDINGS, Findings

if TYPE_CHECKING:
    from tierlang.cli.fact_files import NamedFiles
    from tierlang.cli.population import Beside

FORMS = ("text", "json", "sarif", "github", "junit")

EPILOG = """
\b
Examples:
  tierlang check rulesets
  tierlang check rulesets/saas_abm/saas_abm.tier --format json
  tierlang check rulesets/sales_driven --strict --as-of 2026-11-01
  tierlang check rulesets --fix --diff
  tierlang check rulesets/sales_driven/sales_driven.tier --data rulesets/sales_driven/accounts.csv
      --events activity=rulesets/sales_driven/activities.csv --as-of 2026-11-01

Exit status: 0 all well (notes are no findings), 1 errors or warnings, or edits that --diff shows, 2 it could not be asked.
"""


@click.command("check", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True), metavar="PATH...")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="How findings are written."
)
@click.option("--fix", "fixing", is_flag=True, help="Apply the edits that are certain, then report what is left.")
@click.option("--diff", is_flag=True, help="With --fix: show the edits, and write nothing.")
@click.option(
    "--select", multiple=True, metavar="RULE", help="Run these rules alone; may be repeated, or a list with commas."
)
@click.option(
    "--ignore", multiple=True, metavar="RULE", help="Leave these rules out; may be repeated, or a list with commas."
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False),
    shell_complete=complete_file,
    metavar="FILE",
    help="Be silent about the findings that this file holds; those that are gone are taken out of it.",
)
@click.option("--write-baseline", "writing", is_flag=True, help="Put what is found today into the file of --baseline.")
@click.option("--strict", is_flag=True, help="Questions that could not be proved either way are findings too.")
@as_of_option
@set_option
@click.option(
    "--data",
    type=click.Path(allow_dash=True),
    shell_complete=complete_file,
    metavar="ACCOUNTS",
    help="Review the ruleset beside these accounts: what only a population shows. PATH is then one ruleset.",
)
@fact_options
@input_options
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes to use. Default: as many as help.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: str,
    fixing: bool,
    diff: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: str | None,
    writing: bool,
    strict: bool,
    as_of: dt.date | None,
    settings: tuple[tuple[str, str], ...],
    data: str | None,
    events: tuple[tuple[str | None, str], ...],
    signals: tuple[tuple[str | None, str], ...],
    input_format: str | None,
    encoding: str | None,
    separator: str | None,
    jobs: int | None,
) -> None:
    """Compile rule files, review what they mean, and report everything that is wrong with them.

    Folders are searched for *.tier files. A file without a `ruleset` of its own is checked through the rulesets that use it.
    `tierlang rule` lists what the review looks for.
    """
    _agree(form, fixing=fixing, diff=diff, baseline=baseline, writing=writing)
    beside = _beside(paths, data, (events, signals), (input_format, encoding, separator))
    chosen = choose(select, ignore, beside=beside is not None)
    order = Order(
        paths=paths,
        files=tuple(rule_files(paths)),
        asking=Asking(as_of or today(), settings_of(settings), chosen.rules, strict, beside=beside),
        chosen=chosen,
        baseline=None if baseline is None else _baseline(baseline, writing=writing),
        writes_baseline=writing,
        shrinks_baseline=not (as_of or settings or diff),
        fixes=fixing,
        writes=fixing and not diff,
        needs_rules=form in ("json", "sarif", "junit"),
        jobs=jobs,
    )
    result = checked(order)
    if diff:
        _echo_diff(result)
    else:
        _echo(report(result.findings, form))
        _echo_beside(result, form)
    for line in result.said:
        click.echo(line, err=True)
    _echo_unreadable(result.findings)
    ctx.exit(result.status if not diff else max(result.status, FINDINGS if result.diff else 0))


def report(findings: Findings, form: str) -> str:
    """The findings in one of the formats; only the one that is asked for is imported."""
    match form:
        case "json":
            from tierlang.reports.findings_json import findings_json

            return findings_json(findings)
        case "sarif":
            from tierlang.reports.sarif import sarif

            return sarif(findings)
        case "github":
            from tierlang.reports.github import github

            return github(findings)
        case "junit":
            from tierlang.reports.findings_junit import findings_junit

            return findings_junit(findings)
        case _:
            from tierlang.reports.complaints import coloured
            from tierlang.reports.findings_text import findings_text

            return findings_text(findings, coloured)


def _agree(form: str, *, fixing: bool, diff: bool, baseline: str | None, writing: bool) -> None:
    """Options that go only with others."""
    if diff and not fixing:
        raise click.UsageError("--diff shows what --fix would do: say --fix --diff")
    if diff and form != "text":
        raise click.UsageError(f"--diff writes a diff to standard output, so it does not go with --format {form}")
    if writing and baseline is None:
        raise click.UsageError("--write-baseline needs the file to write: --baseline FILE")
    if writing and diff:
        raise click.UsageError("--diff writes nothing, so it does not go with --write-baseline")


def _beside(
    paths: tuple[str, ...],
    data: str | None,
    facts: tuple[NamedFiles, NamedFiles],
    options: tuple[str | None, str | None, str | None],
) -> Beside | None:
    """The accounts to review beside; what reads them is imported only where there are some."""
    if data is None:
        if any(facts) or any(options):
            raise click.UsageError("--events, --signals and what says how files are read go with --data ACCOUNTS")
        return None
    if len(paths) > 1 or os.path.isdir(paths[0]):
        raise click.UsageError("--data gives the accounts of one ruleset: name its file, and no other")
    from tierlang.cli.population import Beside

    return Beside(data, *facts, *options)


def _baseline(path: str, *, writing: bool) -> Baseline:
    return read_baseline(path, may_be_missing=writing)


def _echo(text: str) -> None:
    if text:
        click.echo(text)


def _echo_unreadable(findings: Findings) -> None:
    for file in findings.unreadable:
        from tierlang.reports.excerpt import visible

        click.echo(f"{click.style('error', fg='red', bold=True)}: {visible(f'{file.path}: {file.why}')}", err=True)


def _echo_diff(result: Checked) -> None:
    """The diff alone on standard output, what it leaves on standard error."""
    from tierlang.cli.differences import coloured
    from tierlang.reports.findings_text import closing_line, would_correct

    click.echo(coloured(result.diff), nl=False)
    for line in (would_correct(result.findings.corrected), closing_line(result.findings)):
        if line:
            click.echo(line, err=True)


def _echo_beside(result: Checked, form: str) -> None:
    """What was put right, on standard error where the format has no place for it."""
    if form in ("sarif", "github", "junit"):
        from tierlang.reports.findings_text import corrected_text

        for text in corrected_text(result.findings.corrected):
            click.echo(text, err=True)
