"""How many processes a check takes where nobody says a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tierlang.cli import sharing_out


@pytest.mark.parametrize(
    ("files", "characters", "processes"),
    [(1, 200_000, 1), (60, 600, 1), (20, 13_000, 4), (10, 13_000, 2), (500, 600, 4), (200, 13_000, 4), (0, 0, 1)],
)
def test_a_process_is_started_only_for_enough_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int, characters: int, processes: int
) -> None:
    monkeypatch.setattr(sharing_out, "_processors", lambda: 4)
    paths = [tmp_path / f"{number}.tier" for number in range(files)]
    for path in paths:
        path.write_text("#" * characters, encoding="utf-8")
    assert sharing_out.helpful([str(path) for path in paths]) == processes


def test_a_file_that_is_not_there_is_no_work(tmp_path: Path) -> None:
    assert sharing_out.helpful([str(tmp_path / f"{number}.tier") for number in range(50)]) == 1
