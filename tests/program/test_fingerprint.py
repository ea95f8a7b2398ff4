"""The fingerprint of a program: the same as long as the rules mean the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.compiler.rulesets import OWNERS, compiled, ruleset
from tierlang.pipeline import compile_sources, load
from tierlang.program.fingerprint import fingerprint
from tierlang.source import Source

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path for path in ROOT.glob("rulesets/*/*.tier") if path.stem == path.parent.name)
MOVES = """
mobility {
  breaker 10%
  cooldown 60 days
  hold fresh "New here" when days in tier < 7 and d within 9 days
  promote up_it from_now { from two  to one  when n > 5 and priority >= 5 for 30 days  owner dana }
}
""".replace(" from_now", "")
MORE = f"let line = 5\nscore priority {{ value full * 2  range 0..10 }}\nmark hot when n > line{MOVES}"
TIERS = f"""
tiers by priority {{
  tier one {{ range 8..  keep while priority >= 6  {OWNERS} }}
  tier two {{ otherwise  {OWNERS} }}
  raise 1 "Open deal" when f
}}
"""
TEXT = ruleset(more=MORE, tiers=TIERS)


def of(text: str) -> str:
    return fingerprint(compiled(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tier one {", "# a remark\n  tier one\n  {"),
        ("n > 5 and priority", "n >  5\n and   priority"),
        ("mark hot", 'test "x" { as of 2026-01-01 given { full = 1  w = 1 } expect tier two }\nmark hot'),
        ("cooldown 60 days", 'cooldown 60 days  allow no-owner because "so"'),
    ],
)
def test_what_decides_nothing_changes_nothing(old: str, new: str) -> None:
    assert old in TEXT
    assert of(TEXT.replace(old, new)) == of(TEXT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cooldown 60 days", "cooldown 61 days"),
        ("cooldown 60 days", "cooldown 60 weeks"),
        ("breaker 10%", "breaker 10% at review 30%"),
        ("for 30 days", "for 31 days"),
        ("priority >= 6", "priority >= 7"),
        ("days in tier < 7", "days in tier <= 7"),
        ("let line = 5", "let line = 6"),
        ('"New here"', '"Newhere"'),
        ('"Open deal"', '"Opendeal"'),
        ("owner dana }", "owner dana  approve by dana }"),
        ("hold fresh", "hold newish"),
        ("tier one {", "tier one { was gold "),
        ("ruleset r { }", "ruleset r { review every month }"),
    ],
)
def test_what_decides_or_is_shown_changes_it(old: str, new: str) -> None:
    assert old in TEXT
    assert of(TEXT.replace(old, new)) != of(TEXT)


def test_a_definition_in_another_file_is_the_same_definition() -> None:
    whole = 'ruleset r { }\nowner dana "Dana"\naccount { key id text  field full number required }\n'
    rest = f"score priority {{ value full * 2 }}\ntiers {{ tier all {{ otherwise {OWNERS} }} }}\n"
    files = {"a.tier": whole + rest, "b.tier": whole + 'use "c.tier"\n', "c.tier": rest}

    def read(path: str) -> Source:
        return Source(path, files[path])

    programs = [compile_sources(read(path), {}, read).program for path in ("a.tier", "b.tier")]
    assert programs[0] is not None
    assert programs[1] is not None
    assert fingerprint(programs[0]) == fingerprint(programs[1])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_formatting_a_shipped_ruleset_changes_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    squeezed = "\n".join(line.strip() for line in text.splitlines())
    program, again = load(str(path)).program, compile_sources(Source(str(path), squeezed)).program
    assert program is not None
    assert again is not None
    assert fingerprint(program) == fingerprint(again)


def test_every_process_finds_the_same() -> None:
    path = str(SHIPPED[0])
    script = (
        "import sys; from tierlang.pipeline import load; from tierlang.program.fingerprint import fingerprint;"
        "program = load(sys.argv[1]).program; assert program is not None; print(fingerprint(program))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script, path],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert len(found) == 1
    assert len(found.pop()) == 64
