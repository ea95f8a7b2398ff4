"""Reading from disk: what is refused, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tierlang.files import UnreadableError, read_rules, read_table

MEGABYTE = 1024 * 1024


def test_a_rule_file_may_have_two_megabytes(tmp_path: Path):
    path = tmp_path / "large.tier"
    path.write_bytes(b"#" * (2 * MEGABYTE))
    assert len(read_rules(str(path)).text) == 2 * MEGABYTE
    path.write_bytes(b"#" * (2 * MEGABYTE + 1))
    with pytest.raises(UnreadableError) as refused:
        read_rules(str(path))
    assert "larger than 2 MB" in refused.value.why
    assert "CSV" in refused.value.why


def test_a_table_may_be_larger(tmp_path: Path):
    rules = tmp_path / "rules.tier"
    rules.write_text('list a from "a.csv" column "x"')
    (tmp_path / "a.csv").write_text("x\n" + "value\n" * 500_000)
    rows = read_table(read_rules(str(rules)), "a.csv")
    assert not isinstance(rows, str)
    assert len(rows) == 500_001


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "it is a folder"),
        (lambda path: path.write_bytes(b"let a = 5\nlet \xff = 5"), "line 2, byte 5 is 0xff"),
    ],
    ids=["absent", "folder", "bytes"],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, make, words):
    make(tmp_path / "a.tier")
    with pytest.raises(UnreadableError) as refused:
        read_rules(str(tmp_path / "a.tier"))
    assert words in refused.value.why
