"""Comments may stand anywhere, also between words that belong together."""

from __future__ import annotations

import pytest

from tests.syntax.reading import good, value


@pytest.mark.parametrize(
    "line",
    [
        "as of 2026-11-01",
        "expect mark rich",
        "expect no mark rich",
        "expect not excluded",
        "expect a not excluded",
        "expect a no mark rich",
        "expect mark contains rich",
        "expect lowest of [1, 2] > 1",
        "expect move to one",
        "expect move to to one",
        "expect move out",
        "expect a move out to one",
    ],
)
def test_between_the_words_of_a_line_of_a_test(line: str) -> None:
    before, after = 'test "x" {\n', "\n  given { fit = 80 }\n}"
    commented = line.replace(" ", " # why\n# and why\n")
    assert good(f"{before}{commented}{after}") == good(f"{before}{line}{after}")


def test_what_looks_like_a_comment_in_a_text_is_none() -> None:
    assert value('not # a\n b = "# not"') == value('not b = "# not"')
