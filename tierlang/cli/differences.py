"""What would change in a text, as a unified diff."""

from __future__ import annotations

from difflib import unified_diff

import click

_NO_END = "\\ No newline at end of file\n"


def difference(path: str, before: str, after: str) -> str:
    """The changes of one file; said, as everywhere, where a last line has no end."""
    lines = unified_diff(_lines(before), _lines(after), path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines)


def coloured(diff: str) -> str:
    """A diff in a terminal's colours."""
    return "".join(_coloured(line) for line in _lines(diff))


def _coloured(line: str) -> str:
    if line.startswith(("---", "+++")):
        return click.style(line, bold=True)
    colour = {"@": "cyan", "-": "red", "+": "green"}.get(line[:1])
    return click.style(line, fg=colour) if colour else line


def _lines(text: str) -> list[str]:
    """The lines with their ends; other signs that break lines somewhere do not."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
