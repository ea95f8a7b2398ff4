"""What became of tests, for people: the failures in full, a line for each ruleset, and the count."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierlang.diagnostics.suggest import listing
from tierlang.program import nodes
from tierlang.program.outcome import Assignment
from tierlang.reports.complaints import Paint, plain
from tierlang.reports.excerpt import visible
from tierlang.reports.stopped import stopped_text
from tierlang.reports.tested_picture import one_line, picture
from tierlang.reports.values import value_text
from tierlang.reports.words import count
from tierlang.source import Span
from tierlang.testing.looking import Looked
from tierlang.testing.results import KeptOut, Miss, TestResult


@attrs.frozen
class RulesetRun:
    """A ruleset and what became of its tests."""

    path: str
    program: nodes.Program
    results: tuple[TestResult, ...]

    @property
    def failed(self) -> tuple[TestResult, ...]:
        """The tests that did not pass."""
        return tuple(result for result in self.results if not result.passed)


def outcomes_text(tested: Sequence[RulesetRun], paint: Paint = plain) -> str:
    """Everything: failures, rulesets if there are several, the count."""
    blocks = [failure_text(each.program, result, paint) for each in tested for result in each.failed]
    if len(tested) > 1:
        blocks.append("\n".join(_ruleset_line(each) for each in tested))
    blocks.append(_count_line(tested, paint))
    return "\n\n".join(blocks) if len(blocks) > 1 and any(each.failed for each in tested) else "\n".join(blocks)


def _ruleset_line(each: RulesetRun) -> str:
    path = visible(each.path)
    if not each.results:
        return f"{path}: no tests"
    if each.failed:
        return f"{path}: {len(each.failed):,} of {count(len(each.results), 'test')} failed"
    return f"{path}: {count(len(each.results), 'test')} passed"


def _count_line(tested: Sequence[RulesetRun], paint: Paint) -> str:
    total, wrong = sum(len(each.results) for each in tested), sum(len(each.failed) for each in tested)
    inside = f" in {count(len(tested), 'ruleset')}"
    if wrong:
        return f"{paint('red', 'failed')}: {wrong:,} of {count(total, 'test')}{inside}"
    return f"{paint('green', 'ok')}: {count(total, 'test')}{inside}"


def failure_text(program: nodes.Program, result: TestResult, paint: Paint = plain) -> str:
    """One test that failed: where it stands, each expectation that was not met, what came instead and why."""
    return "\n".join(
        [
            f"{_where(result, paint)}: {paint('red', 'failed')}: {paint('bold', visible(result.test.label))}",
            *details(program, result, paint),
        ]
    )


def headline(result: TestResult) -> str:
    """The failure in one line, for lists."""
    if result.stopped is not None:
        return stopped_text(result.stopped).partition("\n")[0]
    first = result.misses[0]
    more = f" (and {len(result.misses) - 1} more)" if len(result.misses) > 1 else ""
    return f"{expect_text(first)}: came {came_text(first.came)}{more}"


def details(program: nodes.Program, result: TestResult, paint: Paint = plain) -> list[str]:
    """The lines below the head of a failure."""
    spans = [miss.expect.span for miss in result.misses]
    width = max([len(str(_line(span))) for span in spans if span is not None], default=1)
    if result.stopped is not None:
        return [
            f"{'':{width}} {paint('dim', '=')} the run stops: {line}" if at == 0 else f"{'':{width}}   {line}"
            for at, line in enumerate(map(visible, stopped_text(result.stopped).splitlines()))
        ]
    out: list[str] = [f"{'':{width}} {paint('dim', '|')}"]
    told: set[str] = set()
    for miss in result.misses:
        out += _miss(program, miss, width, paint, tell=miss.came.key not in told)
        told.add(miss.came.key)
    return out


def expect_text(miss: Miss) -> str:
    """The expectation on one line, as written."""
    span = miss.expect.span
    return one_line(span).text if span is not None else _unwritten(miss.expect)


def came_text(came: Assignment) -> str:
    """Where an account ended and why: `tier two: priority 62.5 in 60..<80`."""
    if came.excluded is not None:
        return f"excluded as {came.excluded}: {came.reason.removeprefix('excluded: ')}"
    if came.tier is not None:
        return f"tier {came.tier}: {came.reason}"
    return came.reason if came.reason.startswith("no tier") else f"no tier: {came.reason}"


def _miss(program: nodes.Program, miss: Miss, width: int, paint: Paint, *, tell: bool) -> list[str]:
    span, looked = miss.expect.span, miss.looked
    if isinstance(miss.expect, nodes.ExpectHolds) and looked is not None:
        out = _shown(picture(looked, span), span, width, paint)
    else:
        out = _shown([expect_text(miss)], span, width, paint)
    if tell:
        out.append(_note("came", came_text(miss.came), width, paint))
    out += [_note(title, text, width, paint) for title, text in _of_moves(miss)]
    if isinstance(miss.expect, nodes.ExpectMark):
        marks = listing(list(miss.came.marks), most=20) or "none"
        out.append(_note("marks", marks, width, paint))
    if miss.kept_out is not None:
        out += _kept_out(program.ladders[0], miss.kept_out, width, paint)
    elif looked is not None and not isinstance(miss.expect, nodes.ExpectHolds):
        out += _condition(_whose(miss), looked, width, paint)
    elif isinstance(miss.expect, nodes.ExpectExcluded) and not miss.expect.negated:
        out.append(_note("why", "no exclusion holds for it", width, paint))
    return out


def _of_moves(miss: Miss) -> list[tuple[str, str]]:
    """What a run with a past says of the account besides its reason."""
    notes: list[tuple[str, str]] = []
    decision = miss.decision
    if isinstance(miss.expect, nodes.ExpectTier) and decision is not None and decision.waits == "approval":
        to = f"tier {decision.proposed}" if decision.proposed is not None else "no tier"
        notes.append(("once approved", f"{to}, which is what `expect` goes by"))
    if isinstance(miss.expect, nodes.ExpectMove) and miss.why_not is not None:
        notes.append((f"{miss.trigger.direction} {miss.trigger.name}" if miss.trigger else "why", miss.why_not))
    return notes


def _whose(miss: Miss) -> str:
    if miss.trigger is not None:
        return f"{miss.trigger.direction} {miss.trigger.name}"
    if isinstance(miss.expect, nodes.ExpectMark):
        return f"mark {miss.expect.mark}"
    named = miss.expect.exclusion if isinstance(miss.expect, nodes.ExpectExcluded) else None
    return f"exclude {named or miss.came.excluded}"


def _kept_out(ladder: nodes.Ladder, kept: KeptOut, width: int, paint: Paint) -> list[str]:
    """What stands between the account and the tier that was expected."""
    tried, tier = kept.tried, kept.tried.tier
    if kept.pinned:
        return []
    out: list[str] = []
    for part in tried.why_not:
        if part == "line" and ladder.by is not None and tier.line is not None:
            out.append(_note(f"not {tier.name}", _not_in(ladder.by.name, tried.value, tier.line.text), width, paint))
        elif part == "top" and tier.top is not None:
            out.append(
                _note(
                    f"not {tier.name}", _not_in(tier.top.by.name, tried.value, f"the top {tier.top.text}"), width, paint
                )
            )
        elif kept.gate is not None:
            answer = "is unknown" if kept.gate.answer is None else "does not hold"
            out += _condition(f"not {tier.name}", kept.gate, width, paint, f"its `when` {answer}")
    if kept.keep is not None and tried.why_not:
        answer = "is unknown" if kept.keep.answer is None else "does not hold"
        out += _condition(f"not {tier.name}", kept.keep, width, paint, f"its `keep while` {answer}")
    if tried.fits and kept.first is not None:
        why = (
            f"takes who is in no other tier, and {kept.first.name} took it"
            if tier.otherwise
            else f"would take it too, but {kept.first.name} stands before it"
        )
        out.append(_note(f"not {tier.name}", why, width, paint))
    return out


def _not_in(name: str, value: object, where: str) -> str:
    return f"{name} is missing" if value is None else f"{name} {value_text(value)} is not in {where}"  # type: ignore[arg-type]


def _condition(title: str, looked: Looked, width: int, paint: Paint, words: str | None = None) -> list[str]:
    """A condition of the rules, with the place where it stands."""
    span = looked.span
    answer = "is unknown" if looked.answer is None else "holds" if looked.answer else "does not hold"
    note = _note(title, words or f"its condition {answer}", width, paint)
    return [note, *_shown(picture(looked), span, width, paint)]


def _shown(lines: Sequence[str], span: Span | None, width: int, paint: Paint) -> list[str]:
    """Lines behind a gutter, the first with its line number."""
    bar, lines = paint("dim", "|"), [visible(line) for line in lines]
    number = f"{_line(span):>{width}}" if span is not None else " " * width
    return [f"{paint('dim', number)} {bar} {lines[0]}", *(f"{'':{width}} {bar} {line}".rstrip() for line in lines[1:])]


def _note(title: str, words: str, width: int, paint: Paint) -> str:
    return f"{'':{width}} {paint('dim', '=')} {paint('cyan', title)}: {visible(words)}"


def _line(span: Span) -> int:
    return span.source.position(span.start)[0]


def _where(result: TestResult, paint: Paint) -> str:
    span = result.test.span
    if span is None:
        return "test"
    line, column = span.source.position(span.start)
    return paint("bold", f"{visible(span.source.path)}:{line}:{column}")


def _unwritten(expect: nodes.Expect) -> str:
    match expect:
        case nodes.ExpectTier(tier=tier):
            return f"expect tier {tier}" if tier else "expect untiered"
        case nodes.ExpectExcluded(exclusion=name, negated=negated):
            return f"expect {'not ' if negated else ''}excluded{f' as {name}' if name else ''}"
        case nodes.ExpectMark(mark=mark, negated=negated):
            return f"expect {'no ' if negated else ''}mark {mark}"
        case nodes.ExpectMove(tier=tier, trigger=trigger, out=out, negated=negated):
            where = " out" if out else f" to {tier}" if tier else ""
            return "expect no move" if negated else f"expect move{f' {trigger}' if trigger else ''}{where}"
        case nodes.ExpectHolds(condition=condition):
            return f"expect {condition.text}"
