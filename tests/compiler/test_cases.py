"""Case files in the language: `# expect: code [words]` on a line says which complaint must stand there; no other may.

Several expectations of one line follow each other: `# expect: unknown-name # expect: wrong-kind`.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import attrs
import pytest

from tierlang.compiler import complaints
from tierlang.diagnostics.diagnostic import Diagnostic, Fix
from tierlang.pipeline import Loaded, compile_sources, load
from tierlang.source import Source

CASES = sorted(Path(__file__).parent.glob("cases/*.tier"))
_EXPECT = re.compile(r"# expect: ([a-z-]+)([^#]*)")

ELSEWHERE = {"unknown-setting", "bad-setting"}
"""Codes whose cases are not in a case file but in test_settings."""


@attrs.frozen
class Expected:
    """One complaint that a case file announces."""

    path: str
    line: int
    code: str
    words: str


def expectations(source: Source) -> list[Expected]:
    """The complaints that a file announces on its own lines."""
    return [
        Expected(source.path, number, found[1], found[2].strip())
        for number, line in enumerate(source.text.splitlines(), 1)
        for found in _EXPECT.finditer(line)
    ]


def said(diagnostic: Diagnostic) -> str:
    """Everything a complaint says in words."""
    return " ".join([diagnostic.message, *diagnostic.hints])


def place(diagnostic: Diagnostic) -> tuple[str, int, str]:
    """Where a complaint stands, and its code."""
    source = diagnostic.span.source
    return source.path, source.position(diagnostic.span.start)[0], diagnostic.code


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_file_gets_the_complaints_it_announces(path: Path) -> None:
    loaded = load(str(path))
    waiting = [expected for source in loaded.sources for expected in expectations(source)]
    unexpected = []
    for diagnostic in loaded.diagnostics:
        match = next(
            (e for e in waiting if (e.path, e.line, e.code) == place(diagnostic) and e.words in said(diagnostic)), None
        )
        if match is None:
            unexpected.append((place(diagnostic)[1:], said(diagnostic)))
        else:
            waiting.remove(match)
    assert (unexpected, waiting) == ([], [])
    assert (loaded.program is None) == any(d.is_error for d in loaded.diagnostics)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_fix_removes_its_complaint(path: Path) -> None:
    loaded = load(str(path))
    for diagnostic in loaded.diagnostics:
        for fix in diagnostic.fixes:
            again = fixed(loaded, fix)
            before, after = kinds(loaded), kinds(again)
            same = (diagnostic.code, diagnostic.message)
            assert after[same] < before[same], (diagnostic.message, fix.title)
            assert not [d for d in again.diagnostics if d.code == "syntax"], (diagnostic.message, fix.title)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_certain_fix_guesses_no_names_and_no_values(path: Path) -> None:
    loaded = load(str(path))
    certain = [fix for diagnostic in loaded.diagnostics for fix in diagnostic.fixes if fix.certain]
    for fix in certain:
        new = kinds(fixed(loaded, fix)) - kinds(loaded)
        assert not [code for code, _ in new if code in ("unknown-name", "unknown-value", "wrong-kind")], fix.title


def fixed(loaded: Loaded, fix: Fix) -> Loaded:
    """The ruleset compiled again with a fix applied to its own file."""
    source = loaded.sources[0]
    text = source.text
    for edit in sorted(fix.edits, key=lambda edit: edit.span.start, reverse=True):
        assert edit.span.source == source
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return compile_sources(Source(source.path, text))


def kinds(loaded: Loaded) -> Counter[tuple[str, str]]:
    """How often each complaint is made."""
    return Counter((d.code, d.message) for d in loaded.diagnostics)


def test_every_code_has_a_case() -> None:
    folder = Path(complaints.__file__).parent
    codes = {
        code
        for path in folder.glob("*.py")
        for code in re.findall(r'error\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    announced = {found[1] for path in CASES for found in _EXPECT.finditer(path.read_text(encoding="utf-8"))}
    assert codes - announced - ELSEWHERE == set()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_two_runs_say_the_same(path: Path) -> None:
    assert load(str(path)) == load(str(path))
