"""Tables kept between runs: never needed, never trusted from others, never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tierlang
from tierlang.syntax import stored

GRAMMAR = "a grammar"
MADE = {"made": 1}


@pytest.fixture
def home(tmp_path, monkeypatch):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def _load(times: list[int]) -> dict[str, object]:
    def make() -> dict[str, object]:
        times.append(1)
        return MADE

    return stored.load(GRAMMAR, make)


def _file(home: Path) -> Path:
    (found,) = (home / "tierlang").glob("syntax-*.json")
    return found


def test_made_once(home):
    times: list[int] = []
    assert _load(times) == _load(times) == MADE
    assert len(times) == 1


def test_another_grammar_is_another_file(home):
    _load([])
    times: list[int] = []
    stored.load("other", lambda: times.append(1) or MADE)
    assert times


@pytest.mark.parametrize("damage", [b"", b"rubbish", b"0\n{}", None])
def test_a_damaged_file_is_made_anew(home, damage):
    _load([])
    path = _file(home)
    path.write_bytes(path.read_bytes()[:-3] if damage is None else damage)
    times: list[int] = []
    assert _load(times) == MADE
    assert times
    assert _load(times) == MADE
    assert len(times) == 1


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system has no owners of files")
@pytest.mark.parametrize("what", ["file", "directory"])
def test_what_others_could_have_written_is_not_read(home, what):
    _load([])
    path = _file(home)
    (path if what == "file" else path.parent).chmod(0o777)
    times: list[int] = []
    assert _load(times) == MADE
    assert times


def test_a_link_is_not_followed(home, tmp_path):
    _load([])
    path = _file(home)
    other = tmp_path / "elsewhere"
    path.parent.rename(other)
    path.parent.symlink_to(other)
    times: list[int] = []
    assert _load(times) == MADE
    assert times


def test_a_home_that_is_no_directory(home, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    times: list[int] = []
    assert _load(times) == _load(times) == MADE
    assert len(times) == 2


def test_a_relative_cache_home_is_ignored(home, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    _load([])
    assert not (tmp_path / "here").exists()
    assert list((tmp_path / ".cache" / "tierlang").glob("*.json"))


def test_two_processes_at_once(home):
    program = "from tierlang.source import Source; from tierlang.syntax.parser import parse; assert not parse(Source('t', 'let a = 5'))[1]"
    where = Path(tierlang.__file__).parent.parent
    running = [subprocess.Popen([sys.executable, "-c", program], cwd=where, stderr=subprocess.PIPE) for _ in range(3)]
    for one in running:
        assert one.communicate()[1] == b""
        assert one.returncode == 0
    assert [path.suffix for path in (home / "tierlang").iterdir()] == [".json"]


def test_lark_is_not_imported_once_the_tables_are_stored(home):
    program = "import sys; from tierlang.syntax.tables import tables; tables(); print('lark' in sys.modules)"
    where = Path(tierlang.__file__).parent.parent
    said = [
        subprocess.run([sys.executable, "-c", program], cwd=where, capture_output=True, text=True).stdout
        for _ in range(2)
    ]
    assert said == ["True\n", "False\n"]
