"""Every rule's page is true: its bad example gives its finding and no other, its good one gives nothing, and what it offers to do helps."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from rich.console import Console

from tests.lint.pages import Example, described, examples
from tierlang.accounts.facts import Given
from tierlang.cli.evaluation import Request
from tierlang.cli.population import population_of
from tierlang.diagnostics.diagnostic import Diagnostic, Fix
from tierlang.engines.interpreter.evaluate import Outcome, evaluate
from tierlang.engines.interpreter.facts import Account, Event, Observation
from tierlang.lint.registry import RULES
from tierlang.lint.rule import Rule
from tierlang.lint.run import lint
from tierlang.pipeline import Loaded, compile_sources
from tierlang.program.nodes import Field, Program
from tierlang.program.numbers import SCALE
from tierlang.program.outcome import Assignment, Population
from tierlang.program.values import Kind, Value
from tierlang.source import Source
from tierlang.testing.run import run_tests

TODAY = dt.date(2026, 11, 1)
RULESETS = [
    path
    for path in sorted((Path(__file__).parents[2] / "rulesets").glob("*/*.tier"))
    if "\nruleset " in path.read_text(encoding="utf-8")
]
EXAMPLES = [example for rule in RULES for example in examples(rule)]

_CELLS = {Kind.TEXT: "Acme", Kind.FLAG: "true", Kind.DATE: "2026-10-01", Kind.TAGS: "x"}


def found_in(example: Example, loaded: Loaded, folder: Path) -> list[Diagnostic]:
    """What the rules find in an example."""
    assert loaded.program is not None, f"{described(list(loaded.diagnostics))}\n{example.text}"
    population = _population(example, loaded.program, folder) if example.tables.get("accounts") else None
    linted = lint(loaded.program, TODAY, population, example.rules, strict=example.strict)
    return [*loaded.diagnostics, *linted.findings]


def _population(example: Example, program: Program, folder: Path) -> Population:
    fields = [(field.name, _CELLS.get(field.kind, "1") if field.required else "") for field in program.fields]
    (folder / "accounts.csv").write_text(example.accounts(fields), encoding="utf-8")
    facts: list[Given] = []
    if "events" in example.tables:
        (folder / "events.csv").write_text(example.tables["events"], encoding="utf-8")
        facts.append(Given("events", None, str(folder / "events.csv")))
    request = Request(program, str(folder / "accounts.csv"), TODAY, tuple(facts), fact_rejects=(None,) * len(facts))
    return population_of(request, Console(quiet=True), quiet=True)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_shows_its_rule_and_no_other(example: Example, tmp_path: Path) -> None:
    found = found_in(example, example.loaded(tmp_path), tmp_path)
    codes = {each.code for each in found}
    wanted = {example.rule.name} if example.bad else set()
    assert wanted <= codes <= wanted | example.also, f"{described(found)}\n{example.text}"


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.bad], ids=str)
def test_what_a_rule_offers_helps(example: Example, tmp_path: Path) -> None:
    before = example.loaded(tmp_path)
    assert before.program is not None
    mine = [each for each in found_in(example, before, tmp_path) if each.code == example.rule.name]
    assert all(each.hints for each in mine), "a finding says what to do"
    for finding in mine:
        for fix in finding.fixes:
            after = example.loaded(tmp_path, applied(example.text, fix))
            left = found_in(example, after, tmp_path)
            assert sum(each.code == example.rule.name for each in left) < len(mine), f"{fix.title}: {described(left)}"
            assert after.program is not None
            if fix.certain:
                assert placed(before.program) == placed(after.program)


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.bad], ids=str)
def test_an_account_that_is_shown_is_placed_as_its_test_says(example: Example, tmp_path: Path) -> None:
    for finding in found_in(example, example.loaded(tmp_path), tmp_path):
        if finding.example is None:
            continue
        loaded = example.loaded(tmp_path, f"{example.text}\n{finding.example}")
        assert loaded.program is not None, f"{described(list(loaded.diagnostics))}\n{finding.example}"
        result = run_tests(loaded.program)[-1]
        # Of two tiers that fit there is nothing to expect: the run stops, and names the account.
        assert result.passed or (finding.code == "conflicting-tiers" and result.stopped), finding.example


def applied(text: str, fix: Fix) -> str:
    """The text after a fix."""
    for edit in sorted(fix.edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def placed(program: Program) -> tuple[Assignment, ...]:
    """Where fifty accounts land, which are the same for programs with the same inputs."""
    outcome = evaluate(program, [_account(program, number) for number in range(50)], TODAY)
    assert isinstance(outcome, Outcome)
    return outcome.assignments


def _account(program: Program, number: int) -> Account:
    return Account(
        f"A-{number}",
        {field.name: _value(field, number) for field in program.fields},
        {
            event.name: tuple(
                Event(
                    TODAY - dt.timedelta(days=day), {field.name: _value(field, number + day) for field in event.fields}
                )
                for day in random.Random(f"{event.name} {number}").sample(range(200), number % 4)
            )
            for event in program.events
        },
        {
            signal.name: (Observation(TODAY - dt.timedelta(days=number % 30), _value(signal.value, number)),)
            for signal in program.signals
            if number % 3
        },
    )


def _value(field: Field, number: int) -> Value:
    dice = random.Random(f"{field.name} {number}")
    if field.may_be_missing and dice.random() < 0.2:
        return None
    match field.kind:
        case Kind.TEXT:
            return dice.choice(field.one_of or ("Banking", "Software", "Acme", "acme.example"))
        case Kind.FLAG:
            return dice.random() < 0.5
        case Kind.DATE:
            return TODAY + dt.timedelta(days=dice.randint(-400, 400))
        case Kind.TAGS:
            return tuple(sorted(dice.sample(("Salesforce", "SAP", "Slack"), dice.randint(0, 3))))
        case _:
            low = 0 if field.low is None else field.low // SCALE
            high = low + 2_000 if field.high is None else field.high // SCALE
            return dice.randint(low, high) * SCALE


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_a_page(rule: Rule) -> None:
    lines = rule.page.strip().split("\n")
    assert len(rule.summary) <= 100
    assert not rule.summary.endswith(".")
    assert lines[1] == "", "the summary is one line"
    mine = examples(rule)
    assert any(each.bad for each in mine)
    assert any(not each.bad for each in mine)


def test_rules_stand_in_the_order_of_their_names() -> None:
    names = [rule.name for rule in RULES]
    assert names == sorted(names)
    rooms = {path.stem for path in Path("tierlang/lint/rules").glob("*.py")} - {"__init__"}
    assert rooms == {name.replace("-", "_") for name in names}


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_the_shipped_rulesets_have_no_findings(path: Path) -> None:
    loaded = compile_sources(Source(str(path), path.read_text(encoding="utf-8")))
    assert loaded.program is not None, described(list(loaded.diagnostics))
    assert described([*loaded.diagnostics, *lint(loaded.program, TODAY).findings]) == []
