"""A condition with the value of each part below it, as people would note it on paper; a long one as a list of its parts."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from rich.cells import cell_len

from tierlang.diagnostics.words import quoted
from tierlang.program.values import Value
from tierlang.reports.excerpt import visible
from tierlang.reports.values import MISSING, value_text
from tierlang.source import Span
from tierlang.testing.looking import Looked, Piece

WIDEST = 100
LONGEST = 40
"""How much of a text is shown of one value."""
MOST_PARTS = 40
"""A longer list of parts is cut; nobody reads on."""


@attrs.frozen
class Line:
    """A text of a rule file on one line; `columns` says for each of its offsets, from `start`, where that is on the screen."""

    text: str
    start: int
    columns: tuple[int, ...]

    def column(self, offset: int) -> int | None:
        """The screen column of a place in the source; None where it is not on the line."""
        at = offset - self.start
        return self.columns[at] if 0 <= at < len(self.columns) else None


def picture(looked: Looked, whole: Span | None = None) -> list[str]:
    """The lines: the condition (or all of `whole`, the statement around it), then what its parts are."""
    span = whole or looked.span
    if span is None or not looked.pieces:
        return [looked.condition.text]
    line = one_line(span)
    if cell_len(line.text) > WIDEST:
        return [*_broken(span), *_parts(looked)]
    drawn = _drawn(line, looked.pieces)
    return [line.text, *(drawn if drawn is not None else _parts(looked))]


def piece_text(piece: Piece) -> str:
    """The value of a part as people write it: texts in quotes, thousands apart, `missing` for a value and `unknown` for a condition."""
    match piece.sort:
        case "truth":
            return "unknown" if piece.value is None else "true" if piece.value else "false"
        case "tier":
            return "no tier" if piece.value is None else str(piece.value)
        case "value":
            return plain_value(piece.value)


def plain_value(value: Value) -> str:
    """A value as it would be written in a rule file, but with separators between thousands."""
    match value:
        case None:
            return MISSING
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(_short(value))
        case tuple():
            return _short(", ".join(quoted(tag) for tag in value)) if value else "no tags"
        case _:
            return value_text(value)


def one_line(span: Span) -> Line:
    """The text of a span with white space squeezed and comments left out, but not within its texts."""
    text, at, width, quotes = span.text, 0, 0, False
    columns: list[int] = []
    shown: list[str] = []
    while at < len(text):
        sign = text[at]
        comment = sign == "#" and not quotes
        if sign == '"' and (at == 0 or text[at - 1] != "\\"):
            quotes = not quotes
        end = at + 1
        if comment:
            end = len(text) if "\n" not in text[at:] else text.index("\n", at)
        if not quotes and (comment or sign.isspace()):
            sign = " " if shown and shown[-1] != " " else ""
        else:
            sign = visible(sign)
        columns += [width] * (end - at)
        shown += [sign] if sign else []
        width += cell_len(sign)
        at = end
    return Line("".join(shown).rstrip(), span.start, tuple(columns))


def _broken(span: Span) -> list[str]:
    """A long text as it stands, without its indent."""
    lines = [_short(visible(line.rstrip()), 2 * WIDEST) for line in span.text.splitlines() if line.strip()]
    lines = lines if len(lines) <= MOST_PARTS else [*lines[:MOST_PARTS], "…"]
    indent = min((len(line) - len(line.lstrip()) for line in lines[1:]), default=0)
    return [lines[0].lstrip(), *(f"  {line[indent:]}" for line in lines[1:])]


def _drawn(line: Line, pieces: Sequence[Piece]) -> list[str] | None:
    """Bars and values below the line; None where they would need more room than the line's own."""
    places: dict[int, str] = {}
    for piece in pieces:
        column = line.column(piece.at)
        if column is not None:
            places.setdefault(column, piece_text(piece))
    rows: list[dict[int, str]] = []
    for column in sorted(places, reverse=True):
        text = places[column]
        row = next((at for at, row in enumerate(rows) if column + cell_len(text) < min(row)), len(rows))
        if row == len(rows):
            rows.append({})
        for above in rows[:row]:
            above[column] = "|"
        rows[row][column] = text
    out = [_row(dict.fromkeys(places, "|")), *(_row(row) for row in rows)]
    return out if max(cell_len(each) for each in out) <= WIDEST + LONGEST else None


def _row(cells: dict[int, str]) -> str:
    text = ""
    for column in sorted(cells):
        text += " " * (column - cell_len(text)) + cells[column]
    return text


def _parts(looked: Looked) -> list[str]:
    """Every part on a line of its own, what an answer hangs on before the answer; the whole is left out, being above."""
    whole = looked.span
    found: dict[str, None] = {}
    for piece in sorted(looked.pieces, key=lambda piece: (piece.span.end, -piece.span.start, piece.sort)):
        if (
            whole is not None
            and (piece.span.start, piece.span.end) == (whole.start, whole.end)
            and piece.sort == "truth"
        ):
            continue
        words = one_line(piece.span).text
        words = words.split(" ")[0] if piece.sort == "tier" else words
        sign = ":" if piece.sort == "truth" else " ="
        found[f"  {_short(words, WIDEST - LONGEST)}{sign} {piece_text(piece)}"] = None
    lines = list(found)
    return (
        lines if len(lines) <= MOST_PARTS else [*lines[:MOST_PARTS], f"  … and {len(lines) - MOST_PARTS:,} more parts"]
    )


def _short(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
