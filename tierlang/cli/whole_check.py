"""One check from beginning to end: ask the files, fix, set the baseline against what was found."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.cli.baseline import Baseline, cannot_write, entries_of, without, write_baseline
from tierlang.cli.checking import Answered, Asking, answers, together
from tierlang.cli.choosing import Chosen, not_run, rules_run
from tierlang.cli.counting import Counting
from tierlang.cli.failure import Failure
from tierlang.cli.fixing import Fixed, fix
from tierlang.cli.shrinking import Looked, still_there
from tierlang.reports.findings import Findings


@attrs.frozen
class Order:
    """What was asked for.

    `paths` are as given, `files` the rule files they mean. `writes`: fixed files are written. `shrinks_baseline`: it is a check as usual, and what it no longer finds may leave the baseline.
    `needs_rules`: the report names the rules that ran, whatever they found.
    """

    paths: tuple[str, ...]
    files: tuple[str, ...]
    asking: Asking
    chosen: Chosen
    baseline: Baseline | None
    writes_baseline: bool
    shrinks_baseline: bool
    fixes: bool
    writes: bool
    needs_rules: bool
    jobs: int | None


@attrs.frozen
class Checked:
    """What came of it: the findings, the diff of fixes that were not written, and what else to tell the person at the terminal."""

    findings: Findings
    diff: str = ""
    said: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The exit status."""
        return self.findings.status


def checked(order: Order) -> Checked:
    """Do it."""

    def ask(files: Sequence[str], asking: Asking) -> list[Answered]:
        with Counting("checking", len(files)) as tell:
            return answers(files, asking, order.jobs, tell)

    fixed = Fixed(tuple(ask(order.files, order.asking)))
    if order.fixes:
        fixed = fix(fixed.answered, order.asking, ask)
    folder = order.baseline.folder if order.baseline else ""
    findings = attrs.evolve(together(fixed.answered, order.asking, folder), corrected=fixed.corrected)
    if order.needs_rules or any(found.of_rule for found in findings.found):
        findings = attrs.evolve(findings, rules=rules_run(order.chosen))
    if order.writes:
        fixed.write()
    if order.baseline is None:
        return Checked(findings, fixed.diff())
    looked = Looked(
        order.paths,
        fixed.answered,
        not_run(order.chosen, strict=order.asking.strict),
        order.shrinks_baseline,
    )
    return _against(order.baseline, findings, looked, fixed.diff(), writes=order.writes_baseline)


def _against(baseline: Baseline, findings: Findings, looked: Looked, diff: str, *, writes: bool) -> Checked:
    """The findings that are new, the baseline brought up to date."""
    found = entries_of(findings, baseline)
    staying = still_there(baseline, {entry.fingerprint for entry in found}, looked)
    if writes:
        known = attrs.evolve(baseline, entries=tuple({*staying, *found}))
        try:
            write_baseline(known.path, known.entries)
        except OSError as problem:
            raise Failure(cannot_write(known.path, problem)) from None
        return Checked(without(findings, known), diff)
    left = without(findings, baseline)
    gone = len(baseline.entries) - len(staying)
    if not gone:
        return Checked(left, diff)
    try:
        write_baseline(baseline.path, staying)
    except OSError as problem:
        ending = f"{gone} of its findings {'is' if gone == 1 else 'are'} gone and should leave it"
        return Checked(left, diff, (f"{cannot_write(baseline.path, problem)}; {ending}",))
    ending = f"{gone} finding{' is' if gone == 1 else 's are'} gone and left it"
    return Checked(left, diff, (f"{baseline.path}: {ending}",))
