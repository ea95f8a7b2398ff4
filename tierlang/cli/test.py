"""`tierlang test`: runs the tests that rulesets bring along."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import attrs
import click

from tierlang.cli.counting import Counting
from tierlang.cli.failure import Failure, plain_words
from tierlang.cli.rule_files import rule_files
from tierlang.cli.settings import set_option, settings_of, today
from tierlang.pipeline import Loaded, load
from tierlang.program import nodes
from tierlang.reports.complaints import coloured, complaints_text, plain
from tierlang.reports.tested import RulesetRun, outcomes_text
from tierlang.reports.words import count
from tierlang.syntax import nodes as written
from tierlang.syntax.parser import parse
from tierlang.testing.chances import chances
from tierlang.testing.choosing import WordsError, chosen
from tierlang.testing.coverage import Coverage, cover
from tierlang.testing.run import run_tests

FAILED = 1
BROKEN = 2

EXAMPLES = """
\b
Examples:
  tierlang test rulesets
  tierlang test rulesets/saas_abm -k "evaluation and not customer"
  tierlang test rulesets/saas_abm --coverage

Exit status: 0 all tests pass, 1 a test fails or too little is covered, 2 rules do not compile, tests could
not be run, or no label has the words.
"""


@attrs.frozen
class Found:
    """The rulesets among the files: those that compile, those that do not by path with their complaints, and why other files are left out."""

    rulesets: tuple[Loaded, ...]
    broken: dict[str, Loaded]
    left_out: tuple[str, ...]


def find(paths: Sequence[str], settings: dict[str, str]) -> Found:
    """Compile every ruleset; files without a `ruleset` of their own are tested through those that use them."""
    rulesets: list[Loaded] = []
    broken: dict[str, Loaded] = {}
    left_out: list[str] = []
    others: dict[str, Loaded] = {}
    for path in paths:
        try:
            loaded = load(path, settings)
        except (OSError, UnicodeError) as problem:
            left_out.append(plain_words(problem))
            continue
        if loaded.program is not None:
            rulesets.append(loaded)
        elif _is_ruleset(loaded):
            broken[path] = loaded
        else:
            others[path] = loaded
    used = {os.path.realpath(source.path) for loaded in (*rulesets, *broken.values()) for source in loaded.sources}
    left_out += [
        why for path, loaded in others.items() if os.path.realpath(path) not in used and (why := _unused(path, loaded))
    ]
    return Found(tuple(rulesets), broken, tuple(left_out))


def _unused(path: str, loaded: Loaded) -> str | None:
    """What is lost with a file that no ruleset uses; None where it has no tests."""
    file, complaints = parse(loaded.sources[0])
    tests = sum(isinstance(declaration, written.Test) for declaration in file.declarations)
    if any(complaint.is_error for complaint in complaints):
        return f"{path}: it has mistakes, and no ruleset among these files uses it; `tierlang check {path}` shows them"
    if tests:
        were = "its test was" if tests == 1 else f"its {tests:,} tests were"
        return f"{path}: {were} not run, since no ruleset among these files uses it; name the ruleset that does, or let one `use` it"
    return None


def _is_ruleset(loaded: Loaded) -> bool:
    file, _ = parse(loaded.sources[0])
    kinds = {type(declaration) for declaration in file.declarations}
    return written.Ruleset in kinds or {written.Account, written.Tiers} <= kinds


@click.command("test", epilog=EXAMPLES)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True), metavar="PATH...")
@click.option(
    "-k",
    "words",
    metavar="WORDS",
    help="Only tests whose label has these words; `and`, `or`, `not` and parentheses join them.",
)
@click.option("--coverage", is_flag=True, help="Show what no test has decided, and propose tests for it.")
@click.option(
    "--fail-under",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="Fail if the tests decide less than this; brings --coverage along.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    show_default=True,
    help="How results are written.",
)
@set_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    words: str | None,
    coverage: bool,
    fail_under: int | None,
    form: str,
    settings: tuple[tuple[str, str], ...],
) -> None:
    """Run the `test` blocks of rulesets.

    Folders are searched for *.tier files. Each test places its own few accounts as of its own date; nothing else is read. A test that
    fails is shown with what came instead, the account's reason, and the value of each part of the condition.
    """
    if words is not None and (coverage or fail_under is not None):
        raise click.UsageError("--coverage is about all tests of a ruleset, so it does not go with -k")
    found = find(rule_files(paths), settings_of(settings))
    tested = [_run(loaded, _chosen(words)) for loaded in found.rulesets]
    _say_what_is_broken(found)
    if words is not None and not any(each.results for each in tested) and not found.broken:
        raise Failure(_no_label(words, found.rulesets))
    coverages = {each.path: _covered(each) for each in tested if coverage or fail_under is not None}
    _echo(form, tested, found, coverages)
    if found.broken or found.left_out:
        ctx.exit(BROKEN)
    ctx.exit(FAILED if any(each.failed for each in tested) or _too_little(coverages, fail_under) else 0)


def _chosen(words: str | None) -> Callable[[nodes.Test], bool] | None:
    try:
        return None if words is None else chosen(words)
    except WordsError as problem:
        raise click.UsageError(f"-k {words!r}: {problem}") from None


def _run(loaded: Loaded, only: Callable[[nodes.Test], bool] | None) -> RulesetRun:
    assert loaded.program is not None
    return RulesetRun(loaded.sources[0].path, loaded.program, run_tests(loaded.program, only))


def _covered(each: RulesetRun) -> Coverage:
    with Counting("looking for tests", len(chances(each.program))) as tell:
        return cover(each.program, each.results, today(), tell)


def _no_label(words: str, rulesets: Sequence[Loaded]) -> str:
    total = sum(len(loaded.program.tests) for loaded in rulesets if loaded.program is not None)
    return f"-k {words!r} chooses none of {count(total, 'test')}; it looks for the words in the tests' labels"


def _say_what_is_broken(found: Found) -> None:
    """Complaints as `check` shows them, but on standard error, since the tests' results are not among them."""
    complaints = {complaint: None for loaded in found.broken.values() for complaint in loaded.diagnostics}
    if complaints:
        click.echo(complaints_text(list(complaints), coloured), err=True)
    for path in found.broken:
        click.echo(
            f"{click.style('error', fg='red', bold=True)}: {path} does not compile, so its tests were not run", err=True
        )
    for problem in found.left_out:
        click.echo(f"{click.style('error', fg='red', bold=True)}: {problem}", err=True)


def _echo(form: str, tested: Sequence[RulesetRun], found: Found, coverages: dict[str, Coverage]) -> None:
    from tierlang.reports.tested_coverage import coverage_text

    if form == "json":
        from tierlang.reports.tested_json import outcomes_json

        click.echo(outcomes_json(tested, list(found.broken), coverages))
        return
    if form == "junit":
        from tierlang.reports.tested_junit import outcomes_junit

        broken = {path: complaints_text(loaded.diagnostics, plain) for path, loaded in found.broken.items()}
        click.echo(outcomes_junit(tested, broken))
    elif any(each.results for each in tested):
        click.echo(outcomes_text(tested, coloured))
    elif not found.broken and not found.left_out:
        click.echo(_no_tests(tested, proposed=bool(coverages)))
    if coverages:
        click.echo(f"\n{coverage_text(coverages, coloured)}", err=form == "junit")


def _no_tests(tested: Sequence[RulesetRun], *, proposed: bool) -> str:
    if not tested:
        return "no tests: no ruleset is among these files; name the rulesets that use them"
    of = tested[0].path if len(tested) == 1 else f"{len(tested):,} rulesets"
    return f"no tests in {of}" + ("" if proposed else f"; `tierlang test {tested[0].path} --coverage` proposes some")


def _too_little(coverages: dict[str, Coverage], fail_under: int | None) -> bool:
    from tierlang.reports.tested_coverage import total

    if fail_under is None or total(coverages) >= fail_under:
        return False
    click.echo(
        f"{click.style('error', fg='red', bold=True)}: the tests decide {total(coverages)}%, less than the {fail_under}% asked for",
        err=True,
    )
    return True
