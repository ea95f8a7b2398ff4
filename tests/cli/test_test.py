"""`tierlang test`: what it runs, what it says about failures, its formats, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.files import ROOT, tierlang, write_rules
from tests.golden import assert_golden

FAILING = Path(__file__).parent / "failing"
GOOD = 'test "good fit" { given { fit = 90 } expect tier one }\n'
BAD = 'test "bad fit" { given { fit = 10 } expect tier one }\n'


@pytest.mark.parametrize("name", sorted(path.stem for path in FAILING.glob("*.tier")))
def test_failures_that_a_person_reads(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FAILING)
    result = tierlang("test", f"{name}.tier")
    assert (result.exit_code, result.stderr) == (1, "")
    assert_golden(FAILING / f"{name}.txt", result.stdout)


def test_passing_tests_are_one_line(tmp_path: Path) -> None:
    result = tierlang("test", write_rules(tmp_path, GOOD))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "ok: 1 test in 1 ruleset\n", "")


def test_what_stands_in_rules_cannot_write_lines_of_its_own(tmp_path: Path) -> None:
    """On GitHub a line that begins with `::` is a command."""
    odd = "\\n::error::x\x1b[31m"
    more = f'test "a{odd}" {{ given {{ fit = 10  name = "n{odd}" }} expect tier one  expect name = "m{odd}" }}\n'
    more += f'mark m "M{odd}" when name = "q{odd}"\nexclude e "E{odd}" when name = "r{odd}"\n'
    more += f'test "b{odd}" {{ given {{ fit = 90  name = "r{odd}" }} expect tier one  expect no mark m }}\n'
    text = tierlang("test", write_rules(tmp_path, more), "--coverage").stdout
    shown, _, _ = text.partition("# Proposed")
    assert "failed: a␊::error::x" in shown
    assert "excluded as e: E␊::error::x" in shown
    assert "\x1b" not in shown
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]


def test_a_folder_has_a_line_for_each_ruleset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, more in (("a.tier", GOOD), ("b.tier", GOOD + BAD), ("c.tier", "")):
        write_rules(tmp_path, more, name)
    result = tierlang("test", ".")
    assert result.exit_code == 1
    assert result.stdout.startswith("b.tier:22:1: failed: bad fit\n")
    lines = result.stdout.splitlines()
    assert lines[-5:-2] == ["a.tier: 1 test passed", "b.tier: 1 of 2 tests failed", "c.tier: no tests"]
    assert lines[-1] == "failed: 1 of 3 tests in 3 rulesets"


def test_tests_may_stand_in_a_file_that_the_ruleset_uses(tmp_path: Path) -> None:
    (tmp_path / "tests.tier").write_text(GOOD)
    write_rules(tmp_path, 'use "tests.tier"')
    assert tierlang("test", str(tmp_path)).stdout == "ok: 1 test in 1 ruleset\n"
    (tmp_path / "lists.tier").write_text('list l = ["a"]\n')
    alone = tierlang("test", str(tmp_path / "lists.tier"))
    assert (alone.exit_code, "no ruleset is among these files" in alone.stdout) == (0, True)


def test_tests_that_no_ruleset_uses_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    write_rules(tmp_path, GOOD)
    (tmp_path / "tests.tier").write_text(BAD)
    (tmp_path / "broken.tier").write_text('test "c" { given { fit = 9 } expect\n')
    for paths in ([tmp_path], [tmp_path / "tests.tier", tmp_path / "broken.tier"]):
        result = tierlang("test", *map(str, paths))
        assert result.exit_code == 2
        assert "tests.tier: its test was not run, since no ruleset among these files uses it" in result.stderr
        assert "broken.tier: it has mistakes, and no ruleset among these files uses it" in result.stderr


def test_without_tests_it_says_so(tmp_path: Path) -> None:
    result = tierlang("test", write_rules(tmp_path))
    assert result.exit_code == 0
    assert result.stdout.startswith("no tests in ")


@pytest.mark.parametrize(
    ("words", "status", "out"),
    [
        ("GOOD", 0, "ok: 1 test in 1 ruleset\n"),
        ("fit and not bad", 0, "ok: 1 test in 1 ruleset\n"),
        ("fit", 1, "failed: 1 of 2 tests in 1 ruleset\n"),
        ("nothing", 2, ""),
        ("(", 2, ""),
    ],
)
def test_words_choose_tests(tmp_path: Path, words: str, status: int, out: str) -> None:
    result = tierlang("test", write_rules(tmp_path, GOOD + BAD), "-k", words)
    assert result.exit_code == status
    assert result.stdout.endswith(out)
    assert (status == 2) == bool(result.stderr)


def test_rules_that_do_not_compile_end_in_2_and_the_others_are_run(tmp_path: Path) -> None:
    write_rules(tmp_path, GOOD + 'test "wrong" { given { fitt = 1 } expect tier one }', "a.tier")
    write_rules(tmp_path, GOOD, "b.tier")
    result = tierlang("test", str(tmp_path))
    assert result.exit_code == 2
    assert "error[unknown-" in result.stderr
    assert "a.tier does not compile, so its tests were not run" in result.stderr
    assert result.stdout == "ok: 1 test in 1 ruleset\n"


def test_a_constant_is_replaced_for_the_run(tmp_path: Path) -> None:
    two = 'test "two seats" { given account a { fit = 90 } account b { fit = 80 } expect a tier one expect b tier one }'
    path = write_rules(tmp_path, two)
    assert tierlang("test", path).exit_code == 1
    assert tierlang("test", path, "--set", "seats=2").exit_code == 0


def test_results_as_json(tmp_path: Path) -> None:
    path = write_rules(tmp_path, GOOD + BAD)
    result = tierlang("test", path, "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (report["version"], report["tests"], report["failed"], report["not_compiled"]) == (1, 2, 1, [])
    good, bad = report["rulesets"][0]["tests"]
    assert (good["label"], good["passed"], good["misses"]) == ("good fit", True, [])
    (miss,) = bad["misses"]
    assert (miss["expect"], miss["came"], miss["line"]) == (
        "expect tier one",
        "tier two: priority 10: no other tier fits",
        22,
    )


def test_coverage_as_json(tmp_path: Path) -> None:
    path = write_rules(tmp_path, GOOD)
    (ruleset,) = json.loads(tierlang("test", path, "--coverage", "--format", "json").stdout)["rulesets"]
    coverage = ruleset["coverage"]
    assert coverage["decided"] + len(coverage["undecided"]) == coverage["of"]
    assert sum(each["of"] for each in coverage["sorts"]) == coverage["of"]
    two = next(each for each in coverage["undecided"] if each["what"] == "tier two")
    assert (two["never"], two["line"], two["why"]) == ("never reached", 19, None)
    assert "expect tier two" in coverage["proposals"][two["proposal"]]


def test_the_parts_of_a_condition_as_json(tmp_path: Path) -> None:
    path = write_rules(tmp_path, 'test "x" { given { fit = 90 } expect fit > 95 and label = "a" }')
    (ruleset,) = json.loads(tierlang("test", path, "--format", "json").stdout)["rulesets"]
    assert [(part["text"], part["is"]) for part in ruleset["tests"][0]["misses"][0]["parts"]] == [
        ("fit", "90"),
        ("fit > 95", "false"),
        ('fit > 95 and label = "a"', "false"),
        ("label", "missing"),
        ('label = "a"', "unknown"),
    ]


def test_results_as_junit(tmp_path: Path) -> None:
    write_rules(tmp_path, GOOD + BAD, "a.tier")
    write_rules(tmp_path, "nonsense", "b.tier")
    result = tierlang("test", str(tmp_path), "--format", "junit")
    root = ET.fromstring(result.stdout)
    assert result.exit_code == 2
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "1")
    good, bad, broken = root.iter("testcase")
    assert (good.get("name"), list(good)) == ("good fit", [])
    failure = bad.find("failure")
    assert failure is not None
    assert (failure.get("message") or "").startswith("expect tier one: came tier two")
    assert "not one: priority 10 is not in 80.." in (failure.text or "")
    assert broken.find("error") is not None


def test_coverage_says_what_is_left_and_proposes_tests_that_pass(tmp_path: Path) -> None:
    second = BAD.replace("tier one", "tier two")
    path = write_rules(tmp_path, second)
    result = tierlang("test", path, "--coverage")
    assert result.exit_code == 0
    assert "tier one: never reached" in result.stdout
    assert "exclude rival: never true" in result.stdout
    proposed = result.stdout[result.stdout.index('test "') :]
    more = write_rules(tmp_path, second + proposed, "more.tier")
    again = tierlang("test", more, "--coverage", "--fail-under", "100")
    assert again.exit_code == 0, again.stdout
    assert "100%" in again.stdout
    assert "No test has decided" not in again.stdout


def test_too_little_coverage_fails(tmp_path: Path) -> None:
    path = write_rules(tmp_path, GOOD)
    result = tierlang("test", path, "--fail-under", "90")
    assert result.exit_code == 1
    assert "less than the 90% asked for" in result.stderr
    assert tierlang("test", path, "--fail-under", "10").exit_code == 0


def test_coverage_is_about_all_tests(tmp_path: Path) -> None:
    result = tierlang("test", write_rules(tmp_path, GOOD), "--coverage", "-k", "good")
    assert result.exit_code == 2


def test_it_starts_without_the_engines() -> None:
    program = (
        "import sys; from click.testing import CliRunner; from tierlang.cli.main import main;"
        f"r = CliRunner().invoke(main, ['test', {str(ROOT / 'rulesets' / 'saas_abm')!r}]); assert r.exit_code == 0, r.output;"
        "print([name for name in ('duckdb', 'sqlglot', 'z3') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_same_files_give_the_same_text_in_every_process() -> None:
    command = [sys.executable, "-m", "tierlang", "test", str(ROOT / "rulesets" / "enterprise_security"), "--coverage"]
    texts = [
        subprocess.run(
            command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert texts[0] == texts[1]
