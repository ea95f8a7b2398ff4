"""`tierlang fmt`: what it writes, what it leaves alone, and how it ends."""

from __future__ import annotations

import errno
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.files import ROOT, tierlang
from tests.cli.test_process import on_a_terminal
from tierlang.formatter import layout
from tierlang.source import Source

UGLY = "let a=1\nlet bbb =   2 # two\n"
FORMATTED = "let a   = 1\nlet bbb = 2  # two\n"
BROKEN = "let a == 1\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_files_are_formatted_in_place_and_folders_searched(tmp_path: Path) -> None:
    ugly, right = write(tmp_path, "ugly.tier", UGLY), write(tmp_path, "right.tier", FORMATTED)
    before = right.stat().st_mtime_ns
    result = tierlang("fmt", str(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"formatted {ugly}\n1 file formatted, 1 file formatted already\n"
    assert ugly.read_text() == FORMATTED
    assert right.stat().st_mtime_ns == before
    again = tierlang("fmt", str(tmp_path))
    assert (again.exit_code, again.stderr) == (0, "ok: 2 files formatted already\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["right.tier", "ugly.tier"]


def test_check_names_the_files_that_would_change(tmp_path: Path) -> None:
    ugly, right = write(tmp_path, "ugly.tier", UGLY), write(tmp_path, "right.tier", FORMATTED)
    result = tierlang("fmt", str(tmp_path), "--check")
    assert (result.exit_code, result.stdout) == (1, f"{ugly}\n")
    assert result.stderr == "1 file would change, 1 file formatted already\n"
    assert ugly.read_text() == UGLY
    assert tierlang("fmt", "--check", str(right)).exit_code == 0


def test_diff_shows_the_change_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ugly = write(tmp_path, "ugly.tier", "# as it is\nlet a=1")
    result = tierlang("fmt", "--diff", "ugly.tier")
    assert result.exit_code == 1
    assert result.stdout == (
        "--- ugly.tier\n+++ ugly.tier\n@@ -1,2 +1,2 @@\n # as it is\n-let a=1\n\\ No newline at end of file\n+let a = 1\n"
    )
    assert ugly.read_text() == "# as it is\nlet a=1"
    assert tierlang("fmt", "ugly.tier").exit_code == 0
    assert (tierlang("fmt", "--diff", "ugly.tier").exit_code, ugly.read_text()) == (0, "# as it is\nlet a = 1\n")


def test_a_diff_on_a_terminal_has_colours(tmp_path: Path) -> None:
    ugly = write(tmp_path, "ugly.tier", UGLY)
    assert "\x1b[32m+let a   = 1" in on_a_terminal(["fmt", "--diff", str(ugly)], NO_COLOR="")
    assert "\x1b[32m" not in on_a_terminal(["fmt", "--diff", str(ugly)], NO_COLOR="1")


def test_standard_input_comes_out_formatted() -> None:
    result = tierlang("fmt", "-", stdin=("\ufeff" + UGLY.replace("\n", "\r\n") + "# größer").encode())
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == (FORMATTED + "# größer\n").encode()


def test_standard_input_with_mistakes_gives_nothing() -> None:
    result = tierlang("fmt", "-", stdin=BROKEN.encode())
    assert (result.exit_code, result.stdout) == (2, "")
    assert "<standard input>:1:7: error" in result.stderr
    result = tierlang("fmt", "-", stdin=b"let a = 1\nlet \xff")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "standard input: it is not UTF-8 text: line 2, byte 5 is 0xff" in result.stderr


def test_standard_input_that_is_no_rule_file_is_refused_before_it_is_read() -> None:
    result = tierlang("fmt", "-", stdin=b"# x\n" * 1_000_000)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "larger than 2 MB" in result.stderr


def test_standard_input_is_checked_too() -> None:
    assert (tierlang("fmt", "--check", "-", stdin=UGLY.encode()).exit_code) == 1
    assert (tierlang("fmt", "--check", "-", stdin=FORMATTED.encode()).exit_code) == 0
    assert "+let a   = 1\n" in tierlang("fmt", "--diff", "-", stdin=UGLY.encode()).stdout
    assert tierlang("fmt", "-", "x.tier").exit_code == 2


def test_a_file_with_mistakes_is_left_alone_and_the_others_are_formatted(tmp_path: Path) -> None:
    broken, ugly = write(tmp_path, "broken.tier", BROKEN), write(tmp_path, "ugly.tier", UGLY)
    latin = tmp_path / "latin.tier"
    latin.write_bytes(b"# gr\xfcn\n")
    result = tierlang("fmt", str(tmp_path))
    assert result.exit_code == 2
    assert "`==` is written `=`" in result.stderr
    assert "latin.tier: it is not UTF-8 text" in result.stderr
    assert result.stderr.endswith("1 file formatted, 2 files left as they are\n")
    assert (broken.read_text(), ugly.read_text(), latin.read_bytes()) == (BROKEN, FORMATTED, b"# gr\xfcn\n")


def test_rights_and_links_stay(tmp_path: Path) -> None:
    ugly = write(tmp_path, "ugly.tier", UGLY)
    ugly.chmod(0o640)
    link = tmp_path / "link.tier"
    link.symlink_to(ugly)
    assert tierlang("fmt", str(link)).exit_code == 0
    assert link.is_symlink()
    assert (ugly.read_text(), stat.S_IMODE(ugly.stat().st_mode)) == (FORMATTED, 0o640)


def test_a_byte_order_mark_goes(tmp_path: Path) -> None:
    marked = write(tmp_path, "marked.tier", "\ufeff" + FORMATTED)
    assert tierlang("fmt", "--check", str(marked)).exit_code == 1
    assert tierlang("fmt", str(marked)).exit_code == 0
    assert marked.read_bytes() == FORMATTED.encode()


def test_a_disk_that_cannot_be_written_is_said_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = write(tmp_path, "a.tier", UGLY), write(tmp_path, "b.tier", UGLY)

    def write_whole(path: str, data: bytes) -> None:
        if path == str(first):
            raise OSError(errno.EROFS, "Read-only file system", path)
        Path(path).write_bytes(data)

    monkeypatch.setattr("tierlang.cli.rewriting.write_whole", write_whole)
    result = tierlang("fmt", str(tmp_path))
    assert (result.exit_code, first.read_text(), second.read_text()) == (2, UGLY, FORMATTED)
    assert f"error: {first}: the disk cannot be written\n" in result.stderr
    assert result.stderr.endswith("1 file formatted, 1 file left as it is\n")


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ugly = write(tmp_path, "ugly.tier", UGLY)
    real = layout.laid_out

    def slowly(source: Source) -> str:
        ugly.write_text("let a = 5\n")
        return real(source)

    monkeypatch.setattr(layout, "laid_out", slowly)
    result = tierlang("fmt", str(ugly))
    assert (result.exit_code, ugly.read_text()) == (2, "let a = 5\n")
    assert "changed by somebody else meanwhile" in result.stderr


def test_a_layout_that_would_change_a_meaning_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "laid_out", lambda source: "let a = 2\n")
    ugly = write(tmp_path, "ugly.tier", UGLY)
    result = tierlang("fmt", str(ugly))
    assert (result.exit_code, ugly.read_text()) == (2, UGLY)
    assert "is left as it is" in result.stderr
    assert "a mistake in tierlang" in result.stderr


def test_what_is_nested_too_deeply_is_left_alone(tmp_path: Path) -> None:
    deep = write(tmp_path, "deep.tier", "let a = " + "by x { 1 -> (" * 600 + "1" + ") }" * 600 + "\n")
    result = tierlang("fmt", str(deep))
    assert result.exit_code == 2
    assert "nested too deeply to be formatted" in result.stderr


def test_the_shipped_rulesets_are_formatted() -> None:
    result = tierlang("fmt", "--check", str(ROOT / "rulesets"))
    assert (result.exit_code, result.stdout) == (0, "")


def test_fmt_starts_with_little() -> None:
    script = "import sys; import tierlang.cli.main, tierlang.cli.fmt; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert not {"duckdb", "sqlglot", "rich", "z3", "lark"} & modules
    assert not [name for name in modules if name.startswith(("tierlang.compiler", "tierlang.program", "tierlang.lint"))]
