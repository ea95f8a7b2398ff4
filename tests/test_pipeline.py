"""From paths to programs: what a ruleset uses is read once, from beside the file that names it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tierlang.files import UnreadableError
from tierlang.pipeline import load

MAIN = """ruleset r { }
use "parts/owners.tier"
use "parts/../parts/fields.tier"
tiers { tier a { otherwise  owner marketing dana  owner sales dana } }
pins from "parts/pins.csv"
"""
OWNERS = 'owner dana "Dana"\nuse "fields.tier"\n'
FIELDS = 'account { key id text  field domain text  derive out = domain in rivals }\nlist rivals from "rivals.csv" column "domain"\n'


@pytest.fixture
def main(tmp_path: Path) -> Path:
    parts = tmp_path / "parts"
    parts.mkdir()
    (tmp_path / "main.tier").write_text(MAIN, encoding="utf-8")
    (parts / "owners.tier").write_text(OWNERS, encoding="utf-8-sig")
    (parts / "fields.tier").write_text(FIELDS, encoding="utf-8")
    (parts / "rivals.csv").write_text("domain\nb.com\na.com\n", encoding="utf-8")
    (parts / "pins.csv").write_text('account;tier;note\n"0015";a;b,c\n', encoding="utf-8")
    return tmp_path / "main.tier"


def test_files_are_read_once_and_paths_count_from_the_file_that_names_them(main: Path) -> None:
    loaded = load(str(main))
    assert loaded.diagnostics == ()
    assert [Path(source.path).name for source in loaded.sources] == ["main.tier", "owners.tier", "fields.tier"]
    assert loaded.program is not None
    assert [pin.key for pin in loaded.program.pins] == ["0015"]
    assert "('b.com', 'a.com')" in repr(loaded.program.definitions)


def test_an_error_names_the_file_it_is_in(main: Path) -> None:
    fields = main.parent / "parts" / "fields.tier"
    fields.write_text(FIELDS.replace("domain in rivals", "domian in rivals"), encoding="utf-8")
    (only,) = load(str(main)).diagnostics
    assert Path(only.span.source.path) == fields
    assert only.span.text == "domian"


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "there is no such file"), (b"caf\xe9", "line 1, byte 4 is 0xe9"), ("folder", "a folder, not a file")],
)
def test_a_file_that_cannot_be_read_is_explained(main: Path, content: bytes | str | None, why: str) -> None:
    owners = main.parent / "parts" / "owners.tier"
    owners.unlink()
    if isinstance(content, bytes):
        owners.write_bytes(content)
    elif content is not None:
        owners.mkdir()
    (only,) = load(str(main)).diagnostics
    assert only.code == "unreadable-file"
    assert why in only.message
    with pytest.raises(UnreadableError) as raised:
        load(str(owners))
    assert why in raised.value.why


def test_files_that_use_each_other_are_shown_as_a_circle(main: Path) -> None:
    (main.parent / "parts" / "fields.tier").write_text(FIELDS + 'use "../main.tier"\n', encoding="utf-8")
    (only,) = load(str(main)).diagnostics
    assert only.code == "cycle"
    assert only.message.count("main.tier") == 2
    assert Path(only.span.source.path).name == "fields.tier"


def test_checking_rules_needs_no_engine() -> None:
    code = "import sys, tierlang.pipeline; print([m for m in ('duckdb', 'sqlglot') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
