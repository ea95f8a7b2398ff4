"""Complaints about rule files as text for people: `file:line:column: error[code]: message`, the place, and what would be right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Related, Severity
from tierlang.diagnostics.suggest import listing
from tierlang.reports.excerpt import CONTEXT, WIDEST, Shown, excerpt, underline, visible
from tierlang.reports.words import count

Paint = Callable[[str, str], str]

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_CODES = {
    "red": "1;31",
    "yellow": "1;33",
    "cyan": "1;36",
    "green": "32",
    "ok": "1;32",
    "bold": "1",
    "dim": "2",
    "gone": "31",
}


def plain(style: str, text: str) -> str:
    """Text as it is: for files, pipes and terminals that want no colour."""
    return text


def coloured(style: str, text: str) -> str:
    """Text in a terminal's colours."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def complaint_text(diagnostic: Diagnostic, paint: Paint = plain, more: str | None = None) -> str:
    """One complaint: the headline, the source line with the place underlined, related places, the example, hints and fixes; `more` says where to read on."""
    span, style = diagnostic.span, _STYLES[diagnostic.severity]
    line, column = span.source.position(span.start)
    kind = paint(style, f"{diagnostic.severity.value}[{diagnostic.code}]")
    where = f"{visible(span.source.path)}:{line}:{column}"
    head = f"{paint('bold', where)}: {kind}: {paint('bold', visible(diagnostic.message))}"
    shown = excerpt(span)
    related = [excerpt(other.span) for other in diagnostic.related]
    numbers = [each.number for lines in (shown, *related) for each in lines]
    width = len(str(max([*numbers, *_fix_lines(diagnostic.fixes)])))
    lines = [head, *_place(shown, width, style, paint)]
    for other, there in zip(diagnostic.related, related, strict=True):
        lines += _related(other, there, diagnostic, width, paint)
    gutter = paint("dim", " " * width + " =")
    if diagnostic.example is not None:
        shown_lines = diagnostic.example.strip("\n").split("\n")
        lines += [f"{gutter} {paint('cyan', 'example')}: an account that shows it"]
        lines += [f"{'':{width}}     {visible(line)}".rstrip() for line in shown_lines]
    lines += [f"{gutter} {paint('cyan', 'hint')}: {visible(hint)}" for hint in diagnostic.hints]
    for fix in diagnostic.fixes:
        lines += [f"{gutter} {paint('green', 'fix')}: {visible(fix.title)}", *_diff(fix, width, paint)]
    if more is not None:
        lines.append(f"{gutter} {paint('cyan', 'more')}: {more}")
    return "\n".join(lines)


def complaints_text(diagnostics: Sequence[Diagnostic], paint: Paint = plain) -> str:
    """All complaints, an empty line between two, and the count at the end."""
    texts = [complaint_text(diagnostic, paint) for diagnostic in diagnostics]
    return "\n\n".join([*texts, counts_text(diagnostics)])


def counts_text(diagnostics: Sequence[Diagnostic]) -> str:
    """`3 errors and 1 warning in 2 files`."""
    kinds = [count(sum(d.severity is kind for d in diagnostics), kind.value) for kind in Severity]
    found = [text for text in kinds if not text.startswith("0 ")]
    files = len({d.span.source.path for d in diagnostics})
    return f"{listing(found)} in {count(files, 'file')}"


def _place(lines: tuple[Shown, ...], width: int, style: str, paint: Paint) -> list[str]:
    bar = paint("dim", "|")
    out = [f"{'':{width}} {bar}"]
    for before, shown in zip((None, *lines), lines, strict=False):
        if before is not None and shown.number > before.number + 1:
            out.append(paint("dim", f"{'':{width}} ⋮"))
        out.append(f"{paint('dim', f'{shown.number:>{width}}')} {bar} {shown.text}".rstrip())
        out.append(f"{'':{width}} {bar} {underline(shown, lambda marks: paint(style, marks))}")
    return out


def _related(other: Related, lines: tuple[Shown, ...], of: Diagnostic, width: int, paint: Paint) -> list[str]:
    source = other.span.source
    line, column = source.position(other.span.start)
    where = f"{visible(source.path)}:{line}:{column}: " if source.path != of.span.source.path else ""
    head = f"{paint('dim', ' ' * width + ' =')} {paint('cyan', 'see')}: {where}{visible(other.message)}"
    return [head, *_place(lines[:1], width, "cyan", paint)[1:]]


def _fix_lines(fixes: Sequence[Fix]) -> list[int]:
    return [
        edit.span.source.position(end)[0]
        for fix in fixes
        for edit in fix.edits
        for end in (edit.span.start, edit.span.end)
    ]


def _diff(fix: Fix, width: int, paint: Paint) -> list[str]:
    """The lines that the fix changes, as they are and as they would be."""
    out: list[str] = []
    for before, after, number in changed_lines(fix):
        before, after = _near_the_change(before, after)
        out += [_diff_line("-", number, text, width, paint, "gone") for number, text in enumerate(before, number)]
        out += [_diff_line("+", number, text, width, paint, "green") for number, text in enumerate(after, number)]
    return out


def _near_the_change(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """The lines, very long ones cut down to what stands around the first change."""
    old, new = "".join(before[:1]), "".join(after[:1])
    shorter = min(len(old), len(new))
    same = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    start = max(same - CONTEXT, 0)
    return [_cut(line, start) for line in before], [_cut(line, start) for line in after]


def _cut(line: str, start: int) -> str:
    if len(line) <= 2 * WIDEST:
        return line
    end = start + WIDEST
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


def _diff_line(sign: str, number: int, text: str, width: int, paint: Paint, style: str) -> str:
    return f"{paint('dim', f'{number:>{width}}')} {paint(style, f'{sign} {visible(text)}'.rstrip())}"


def changed_lines(fix: Fix) -> list[tuple[list[str], list[str], int]]:
    """The runs of lines that a fix changes: as they are, as they would be, and the number of the first."""
    edits = sorted(fix.edits, key=lambda edit: (edit.span.source.path, edit.span.start))
    return [run for _, group in groupby(edits, key=lambda edit: edit.span.source.path) for run in _runs(list(group))]


def _runs(edits: list[Edit]) -> list[tuple[list[str], list[str], int]]:
    source = edits[0].span.source
    runs: list[tuple[int, int, list[Edit]]] = []
    for edit in edits:
        first, last = source.position(edit.span.start)[0], source.position(edit.span.end)[0]
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]), [*runs[-1][2], edit])
        else:
            runs.append((first, last, [edit]))
    out = []
    for first, last, inside in runs:
        start = inside[0].span.start - source.position(inside[0].span.start)[1] + 1
        end = inside[-1].span.end
        tail = source.line(last)[source.position(end)[1] - 1 :]
        pieces, at = [], start
        for edit in inside:
            pieces += [source.text[at : edit.span.start], edit.text]
            at = edit.span.end
        after = "".join([*pieces, tail]).split("\n")
        out.append(_trimmed([source.line(number) for number in range(first, last + 1)], after, first))
    return out


def _trimmed(before: list[str], after: list[str], first: int) -> tuple[list[str], list[str], int]:
    """Without the lines at either end that stay as they are."""
    while before and after and before[0] == after[0]:
        before, after, first = before[1:], after[1:], first + 1
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return before, after, first
