"""From a path to a program: read the file and those it uses, parse them, compile them together; then review what it means. Start reading the project here."""

from __future__ import annotations

import datetime as dt
import os.path
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import attrs

from tierlang.accounts.cells import read_cell
from tierlang.accounts.problems import Cause
from tierlang.compiler.compile import compile_ruleset
from tierlang.compiler.complaints.blocks import use_circle, use_problem
from tierlang.compiler.echoes import without_beside
from tierlang.compiler.tables import Tables, Unfit
from tierlang.diagnostics.diagnostic import Diagnostic, in_order
from tierlang.files import UnreadableError, beside, read_rules, read_table
from tierlang.program.nodes import Field, Program
from tierlang.program.numbers import DIGITS
from tierlang.program.values import Value
from tierlang.source import Source
from tierlang.syntax import nodes
from tierlang.syntax.parser import parse

if TYPE_CHECKING:
    from tierlang.lint.rule import Rule
    from tierlang.lint.run import Linted
    from tierlang.program.outcome import Population

Read: TypeAlias = Callable[[str], Source]

_NO_SETTINGS: Mapping[str, str] = {}

_IN_OTHER_FILES = ("missing-block", "unknown-name")
"""What a file that cannot be read may answer."""


@attrs.frozen
class Loaded:
    """What became of a rule file: its program unless there are errors, all complaints, and every text that was read (the file first).

    `file` is the file itself as written, and `misspelt` what its text alone has wrong, whatever the files around it say.
    """

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...]
    file: nodes.File
    misspelt: tuple[Diagnostic, ...]

    def declares(self, block: type[nodes.Declaration]) -> bool:
        """Whether the file itself has a block of this kind."""
        return any(isinstance(declaration, block) for declaration in self.file.declarations)


def load(path: str, settings: Mapping[str, str] = _NO_SETTINGS, read: Read = read_rules) -> Loaded:
    """Read and compile a ruleset. Raises `tierlang.files.UnreadableError` if the file itself cannot be read."""
    return compile_sources(read(path), settings, read)


def compile_sources(source: Source, settings: Mapping[str, str] = _NO_SETTINGS, read: Read = read_rules) -> Loaded:
    """Compile a ruleset from its text; the files it uses are read from disk, or by `read`."""
    gathering = _Gathering(read)
    gathering.take(source, (os.path.normpath(source.path),))
    program, found = compile_ruleset(gathering.files, Tables(read_table, _read_cell), settings)
    found = without_beside(found, gathering.complaints)
    if gathering.broken:
        found = [complaint for complaint in found if complaint.code not in _IN_OTHER_FILES]
    ordered = in_order([*gathering.complaints, *found])
    if any(complaint.is_error for complaint in ordered):
        program = None
    sources = tuple(file.source for file in gathering.files)
    return Loaded(program, tuple(ordered), sources, gathering.files[0], tuple(gathering.misspelt))


def review(
    loaded: Loaded,
    today: dt.date,
    *,
    rules: Sequence[Rule] | None = None,
    population: Population | None = None,
    strict: bool = False,
) -> Linted:
    """What the rules find in a program that compiled, and what was asked of the analysis; `strict`: a question without an answer is a finding too.

    Rules and analysis are imported only here: a file with errors answers without them.
    """
    from tierlang.lint.registry import RULES
    from tierlang.lint.run import lint

    assert loaded.program is not None, "only a program that compiles can be reviewed"
    return lint(loaded.program, today, population, RULES if rules is None else rules, strict=strict)


def _read_cell(field: Field, cell: str) -> Value | Unfit:
    """A cell of a small table, read by the door that the accounts' cells come through."""
    read = read_cell(field, cell, ())
    if isinstance(read, Cause):
        return Unfit(read.words, read.fits)
    if read.rounded:
        return Unfit(f"has more than {DIGITS} digits after the point", f"a number with at most {DIGITS} of them")
    return read.value


@attrs.define
class _Gathering:
    """The files of a ruleset, each once, in the order in which they are first used."""

    read: Read
    files: list[nodes.File] = attrs.field(factory=list)
    complaints: list[Diagnostic] = attrs.field(factory=list)
    misspelt: list[Diagnostic] = attrs.field(factory=list)
    """What is wrong with the text of the first file."""
    broken: bool = False
    """Whether a file could not be read, so that names may be unknown for that reason alone."""

    def take(self, source: Source, path: tuple[str, ...]) -> None:
        """Parse a file and go on to those it uses; `path` are the files that lead here, itself last."""
        file, complaints = parse(source)
        if not self.files:
            self.misspelt = complaints
        self.files.append(file)
        self.complaints += complaints
        for declaration in file.declarations:
            if isinstance(declaration, nodes.Use):
                self._use(source, declaration, path)

    def _use(self, source: Source, node: nodes.Use, path: tuple[str, ...]) -> None:
        used = beside(source, node.path.value)
        if used in path:
            self.complaints.append(use_circle(node.path.span, [*path[path.index(used) :], used]))
            return
        if any(os.path.normpath(file.source.path) == used for file in self.files):
            return
        try:
            other = self.read(used)
        except UnreadableError as problem:
            self.broken = True
            hints = ["paths count from the folder of the file that uses them"] if "no such file" in problem.why else []
            self.complaints.append(use_problem(node.path.span, node.path.value, problem.why, *hints))
            return
        self.take(other, (*path, used))
