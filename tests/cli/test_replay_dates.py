"""The dates of a replay: from names, from what is said before a name, from folders, from --dates."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from tierlang.cli.failure import Failure
from tierlang.cli.replay_dates import dated


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "2026-02-01.csv",
        "export 2026-01-01 (final).csv",
        "events.csv",
        ".2026-03-01.csv",
        "now.csv",
        "2026-08.csv",
    ):
        (tmp_path / name).write_text("id\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, dates: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(each.as_of.isoformat(), Path(each.path).name) for each in dated(arguments, dates)]


def test_names_say_dates_and_are_sorted_by_them(folder: Path) -> None:
    assert run("2026-02-01.csv", "2025-12-31=now.csv", "export 2026-01-01 (final).csv") == [
        ("2025-12-31", "now.csv"),
        ("2026-01-01", "export 2026-01-01 (final).csv"),
        ("2026-02-01", "2026-02-01.csv"),
    ]


def test_a_folder_gives_its_dated_files(folder: Path) -> None:
    assert [name for _, name in run(".")] == ["export 2026-01-01 (final).csv", "2026-02-01.csv"]


def test_a_said_date_goes_before_the_one_of_the_name(folder: Path) -> None:
    assert run("2026-05-05=2026-02-01.csv") == [("2026-05-05", "2026-02-01.csv")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("now.csv",), "now.csv has no date in its name"),
        (("2026-08.csv",), "2026-10-01=2026-08.csv"),
        (("2026-02-01.csv", "2026-02-01=now.csv"), "2026-02-01.csv and now.csv are both of 2026-02-01"),
        (("2026-02-01.csv", "now.csv"), "now.csv has no date"),
        (("2026-02-30=now.csv",), "2026-02-30 is not a day of the calendar"),
        (("2026-03-01.csv",), "2026-03-01.csv: there is no such file"),
        (("2026-03-01=gone.csv",), "gone.csv: there is no such file"),
        (("-",), "standard input"),
    ],
)
def test_what_cannot_be_dated_is_refused_with_its_name(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(Failure) as told:
        dated(arguments, ())
    assert said in told.value.message


def test_a_folder_without_dates_and_a_name_with_two(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "2026-01-01 to 2026-02-01.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(Failure, match="no file in this folder has a date"):
        dated(("empty",), ())
    with pytest.raises(Failure, match="several dates in its name"):
        dated(("2026-01-01 to 2026-02-01.csv",), ())


def test_dates_see_the_latest_snapshot_before_them(folder: Path) -> None:
    days = ("2026-01-31..2026-04-30 every month", "2026-01-15, 2026-02-01")
    assert run("2026-02-01.csv", "2026-01-01=now.csv", dates=days) == [
        ("2026-01-15", "now.csv"),
        ("2026-01-31", "now.csv"),
        ("2026-02-01", "2026-02-01.csv"),
        ("2026-02-28", "2026-02-01.csv"),
        ("2026-03-31", "2026-02-01.csv"),
        ("2026-04-30", "2026-02-01.csv"),
    ]


def test_one_file_may_hold_for_every_date(folder: Path) -> None:
    assert run("now.csv", dates=("2024-02-29..2026-03-01 every year",)) == [
        ("2024-02-29", "now.csv"),
        ("2025-02-28", "now.csv"),
        ("2026-02-28", "now.csv"),
    ]
    assert [day for day, _ in run("now.csv", dates=("2026-01-01..2026-02-01 every 2 weeks",))] == [
        "2026-01-01",
        "2026-01-15",
        "2026-01-29",
    ]


def test_a_date_before_everything_is_refused(folder: Path) -> None:
    with pytest.raises(Failure, match="2025-01-01 is before the first snapshot"):
        dated(("2026-02-01.csv",), ("2025-01-01",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tomorrow", "neither a date"),
        ("2026-02-30", "no day|not a day"),
        ("2026-03-01..2026-01-01 every month", "is before"),
        ("2026-01-01..2026-02-01", "neither a date"),
        ("2026-01-01..2026-02-01 every 0 days", "never comes to an end"),
        ("1000-01-01..2026-01-01 every day", "more than"),
    ],
)
def test_dates_that_are_none(folder: Path, text: str, said: str) -> None:
    with pytest.raises(click.UsageError, match=said):
        dated(("now.csv",), (text,))
