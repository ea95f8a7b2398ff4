"""Why a command could not do what it was asked, in plain words; the exit status is 2."""

from __future__ import annotations

import errno
from typing import IO, Any

import click

_KNOWN = {
    errno.ENOENT: "there is no such file",
    errno.EACCES: "it may not be opened with your rights",
    errno.EPERM: "it may not be opened with your rights",
    errno.EISDIR: "it is a folder, not a file",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "the disk cannot be written",
}


class Failure(click.ClickException):
    """Something that keeps a command from its result, and is not a bug of ours."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Writes `error: …` to standard error."""
        text = f"{click.style('error', fg='red', bold=True)}: {self.message}"
        click.echo(text, file=file, err=file is None, color=self.show_color)


def plain_words(problem: BaseException) -> str:
    """What an exception of the operating system or of a decoder means to the person at the terminal."""
    match problem:
        case UnicodeDecodeError():
            return f"this is not UTF-8 text: {problem}"
        case MemoryError():
            return "there is not enough memory; try --memory-limit, or --threads 1"
        case OSError():
            name = f"{problem.filename}: " if problem.filename else ""
            return name + _KNOWN.get(problem.errno or 0, problem.strerror or str(problem))
        case _:
            return str(problem)
