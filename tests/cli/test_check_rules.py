"""`tierlang check`: which rules run, what it says of questions, and many files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.files import SAAS, plain, tierlang, write_rules
from tests.cli.stand_ins import ASKED, NOTED, ODD, stand_ins

__all__ = ["stand_ins"]


def several(*lines: str) -> str:
    return "\n".join(line.format(name=f"exclusion_{number}") for number, line in enumerate(lines))


@pytest.mark.usefixtures("stand_ins")
def test_a_finding_shows_its_example_and_where_to_read_on(tmp_path: Path) -> None:
    result = tierlang("check", write_rules(tmp_path, several(ODD, ODD)))
    assert result.exit_code == 1
    assert "warning[odd]: `exclusion_0` is odd" in result.stdout
    assert (
        '\n       test "an odd one" {\n         given { fit = 91 }\n         expect excluded\n       }\n'
        in result.stdout
    )
    assert result.stdout.count("= more: tierlang rule odd") == 1
    assert result.stdout.endswith("2 warnings in 1 file (2 can be put right with --fix)\n")


@pytest.mark.usefixtures("stand_ins")
def test_notes_alone_are_no_findings(tmp_path: Path) -> None:
    result = tierlang("check", write_rules(tmp_path, several(NOTED)))
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "1 note in 1 file")


@pytest.mark.usefixtures("stand_ins")
def test_questions_are_counted_and_listed_when_asked_for(tmp_path: Path) -> None:
    path = write_rules(tmp_path, several(ASKED))
    quiet, strict = tierlang("check", path), tierlang("check", path, "--strict")
    assert (quiet.exit_code, quiet.stdout) == (
        0,
        "ok: 1 ruleset, 2 questions proved, 1 not proved (--strict lists them)\n",
    )
    assert strict.exit_code == 1
    assert "warning[not-proved]: not proved: is exclusion_0 three" in strict.stdout
    assert strict.stdout.endswith("1 warning in 1 file; 2 questions proved, 1 not proved\n")


@pytest.mark.usefixtures("stand_ins")
def test_rules_are_chosen_by_name(tmp_path: Path) -> None:
    path = write_rules(tmp_path, several(ODD, NOTED, ASKED))

    def codes(*options: str) -> list[str]:
        return [
            one["code"] for one in json.loads(tierlang("check", path, "--format", "json", *options).stdout)["findings"]
        ]

    assert codes() == ["odd", "noted"]
    assert codes("--select", "odd") == ["odd"]
    assert codes("--select", "noted, odd", "--ignore", "odd") == ["noted"]
    assert codes("--ignore", "odd", "--ignore", "noted") == []
    assert codes("--select", "asking", "--strict") == ["not-proved"]
    assert codes("--ignore", "not-proved", "--strict") == ["odd", "noted"]


@pytest.mark.usefixtures("stand_ins")
def test_compile_errors_cannot_be_left_out(tmp_path: Path) -> None:
    result = tierlang("check", write_rules(tmp_path, "exclude more when fitt > 90"), "--select", "odd")
    assert (result.exit_code, "error[unknown-name]" in result.stdout) == (1, True)


@pytest.mark.usefixtures("stand_ins")
@pytest.mark.parametrize(
    ("option", "name", "said"),
    [("--select", "od", "did you mean odd?"), ("--ignore", "not_proved", "did you mean not-proved?"), ("--ignore", "unknown-name", "cannot be left out")],
)  # fmt: skip
def test_an_unknown_rule_is_a_mistake_of_usage(tmp_path: Path, option: str, name: str, said: str) -> None:
    result = tierlang("check", write_rules(tmp_path), option, name)
    assert result.exit_code == 2
    assert said in plain(result.stderr)


@pytest.mark.usefixtures("stand_ins")
def test_a_rule_that_needs_accounts_is_not_passed_over_when_it_is_named(tmp_path: Path) -> None:
    result = tierlang("check", write_rules(tmp_path), "--select", "with-accounts")
    assert (result.exit_code, "this rule looks at accounts" in plain(result.stderr)) == (2, True)


@pytest.mark.usefixtures("stand_ins")
def test_a_finding_in_a_file_that_two_rulesets_use_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "shared.tier").write_text(several(ODD) + "\n", encoding="utf-8")
    for name in ("one.tier", "two.tier"):
        write_rules(tmp_path, 'use "shared.tier"', name=name)
    report = json.loads(tierlang("check", str(tmp_path), "--format", "json").stdout)
    assert [(Path(one["path"]).name, one["code"]) for one in report["findings"]] == [("shared.tier", "odd")]
    assert (report["rulesets"], report["files"]) == (2, 3)


@pytest.mark.usefixtures("stand_ins")
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_every_format_ends_alike_and_keeps_to_standard_output(tmp_path: Path, form: str) -> None:
    path = write_rules(tmp_path, several(ODD))
    found = tierlang("check", path, "--format", form)
    assert (found.exit_code, found.stderr) == (1, "")
    (tmp_path / "latin.tier").write_bytes(b"\xe9")
    unreadable = tierlang("check", str(tmp_path), "--format", form)
    assert unreadable.exit_code == 2
    assert "latin.tier: it is not UTF-8 text" in unreadable.stderr
    assert "odd" in unreadable.stdout


def test_as_of_is_the_date_of_the_report(tmp_path: Path) -> None:
    report = tierlang("check", write_rules(tmp_path), "--as-of", "2026-02-03", "--format", "json")
    assert json.loads(report.stdout)["as_of"] == "2026-02-03"
    assert tierlang("check", write_rules(tmp_path), "--as-of", "2026-02-30").exit_code == 2


def many(folder: Path, number: int) -> None:
    for at in range(number):
        more = {0: "exclude more when fitt > 90", 1: "nonsense", 2: "exclude big when fit == 95"}.get(at % 5, "")
        write_rules(folder, more, name=f"rules_{at:02}.tier")
    (folder / "latin.tier").write_bytes(b"\xe9")


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_the_number_of_processes_changes_nothing(tmp_path: Path, form: str) -> None:
    many(tmp_path, 6)
    command = [sys.executable, "-m", "tierlang", "check", str(tmp_path), "--format", form]
    one, three = (
        subprocess.run([*command, "--jobs", jobs], capture_output=True, text=True, check=False) for jobs in ("1", "3")
    )
    assert (one.returncode, one.stdout, one.stderr) == (three.returncode, three.stdout, three.stderr)
    assert one.returncode == 2
    assert "rules_05.tier" in one.stdout


def test_no_color_and_a_closed_pipe(tmp_path: Path) -> None:
    path = write_rules(tmp_path, "nonsense")
    script = f"{sys.executable} -m tierlang check {path} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode in (1, 141)
    assert done.stderr == ""


def test_check_needs_no_engine_of_sql() -> None:
    script = (
        "import sys\nfrom tierlang.cli.main import main\n"
        f"try: main(['check', {SAAS[0]!r}, '--as-of', '2026-11-01'])\nfinally: print(sorted({{'duckdb', 'sqlglot'}} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "[]\n"), done.stdout


def test_a_file_with_errors_answers_without_rules_and_analysis(tmp_path: Path) -> None:
    path = write_rules(tmp_path, "nonsense")
    script = (
        "import sys\nfrom tierlang.cli.main import main\n"
        f"try: main(['check', {path!r}])\nfinally: print([name for name in ('z3', 'tierlang.lint.run') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "[]\n")
