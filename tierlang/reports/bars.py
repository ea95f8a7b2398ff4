"""Bars and cut texts of a known width on the screen."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(number: int, most: int, width: int, fancy: bool) -> str:
    """A bar `width` columns wide for `most`; whatever is not nothing can be seen."""
    if number == 0 or most == 0:
        return ""
    if not fancy:
        return "#" * max(1, number * width // most)
    eighths = max(1, number * width * 8 // most)
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def fitted(text: str, width: int, fancy: bool) -> str:
    """The text in at most `width` columns, its end cut off visibly."""
    if cell_len(text) <= width:
        return text
    end = "…" if fancy else "..."
    return set_cell_size(text, max(0, width - len(end))).rstrip() + end
