"""The edits that rules offer leave lines as a person would have left them."""

from __future__ import annotations

import pytest

from tierlang.lint.edits import removal
from tierlang.source import Source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('a { X  channel "w" }\n', 'a { channel "w" }\n'),
        ('a { channel "w"  X }\n', 'a { channel "w" }\n'),
        ("a { X }\n", "a { }\n"),
        ("a {\n  X  # why\n  b\n}\n", "a {\n  b\n}\n"),
        ("a { X  # why\n  b\n}\n", "a {  # why\n  b\n}\n"),
        ("a {\n  b\n  X }\n", "a {\n  b\n }\n"),
        ("b\nX", "b\n"),
    ],
)
def test_a_statement_is_taken_out(before: str, after: str) -> None:
    at = before.index("X")
    (edit,) = removal(Source("a.tier", before).span(at, at + 1), "").edits
    assert before[: edit.span.start] + edit.text + before[edit.span.end :] == after
