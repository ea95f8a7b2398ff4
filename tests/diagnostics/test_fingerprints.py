"""A finding is known again by what it is about: not by where it stands, and not mixed up with another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tierlang.diagnostics.diagnostic import Diagnostic, Severity
from tierlang.diagnostics.fingerprints import fingerprints, statement
from tierlang.source import Source, Span

TEXT = """\
tiers by fit {
  tier one "Tier 1" { range 80..  owner sales dana }
  tier two { range 60..<80  owner sales dana }   # the rest
}
tiers coverage {
  tier one { when fit >= 80 }
}
"""


def place(text: str, words: str, number: int = 0, path: str = "a/x.tier") -> Span:
    at = -1
    for _ in range(number + 1):
        at = text.index(words, at + 1)
    return Source(path, text).span(at, at + len(words))


def known(*spans: Span, code: str = "odd", folder: str = "") -> tuple[str, ...]:
    return fingerprints([Diagnostic(code, Severity.WARNING, span, "x") for span in spans], folder)


@pytest.mark.parametrize(
    "changed",
    [
        "# a line more\n\n" + TEXT,
        TEXT.replace("  ", "\t\t"),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("range 60..<80  owner", "range\n    60 .. < 80 # here\n\n    owner").replace(
            "60 .. < 80", "60..<80"
        ),
        TEXT.replace(" { range 80..", "\n  {\n    range 80.."),
        TEXT.replace("# the rest", "# who is left {"),
        TEXT.replace("range 80..", "range 85.."),
    ],
    ids=["moved", "tabs", "line ends", "broken up", "brace below", "remark", "another statement"],
)
def test_layout_remarks_and_other_statements_do_not_count(changed: str) -> None:
    assert known(place(TEXT, "dana", 1)) == known(place(changed, "dana", 1))


def test_words_blocks_codes_paths_and_repetitions_do() -> None:
    different = [
        *known(place(TEXT, "dana"), place(TEXT, "dana", 1)),
        *known(place(TEXT, "dana"), place(TEXT, "dana"))[1:],
        *known(place(TEXT, "dana"), code="even"),
        *known(place(TEXT, "dana", path="a/y.tier")),
        *known(place(TEXT, "owner sales dana")),
        *known(place(TEXT, "tier one")),
        *known(place(TEXT, "tier one", 1)),
    ]
    assert len(set(different)) == len(different)


def test_a_block_is_known_by_its_head() -> None:
    whole = place(TEXT, "tier two { range 60..<80  owner sales dana }")
    assert statement(whole) == "tier two"
    assert known(whole) == known(
        place(TEXT.replace("60..<80", "50..<80"), "tier two { range 50..<80  owner sales dana }")
    )


def test_text_and_remarks_open_no_block() -> None:
    text = 'let a = "{"  # {\nscore x { value b }\n'
    assert known(place(text, "b")) == known(place(text.replace('"{"', '"}"').replace("# {", "# }"), "b"))


def test_paths_are_seen_from_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inside = str(tmp_path / "a" / "x.tier")
    assert known(place(TEXT, "dana", path=inside)) == known(place(TEXT, "dana", path=os.path.join("a", "x.tier")))
    assert known(place(TEXT, "dana", path=inside), folder="a") == known(place(TEXT, "dana", path="x.tier"))


def test_an_empty_place_and_unfinished_text_have_one_too() -> None:
    text = 'tiers { tier "'
    assert len({*known(place(text, "", 0)), *known(Source("a", text).span(len(text), len(text)))}) == 2
