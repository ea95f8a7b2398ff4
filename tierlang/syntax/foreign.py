"""Signs, quotes and spellings of other languages: each is explained by name and read as what it means here."""

from __future__ import annotations

import re

from tierlang.source import Span
from tierlang.syntax.heads import HEADS
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import Token

_SIGNS: dict[str, tuple[tuple[str, str], ...]] = {
    "==": (("EQUAL", "="),),
    "===": (("EQUAL", "="),),
    "!==": (("UNEQUAL", "!="),),
    "<>": (("UNEQUAL", "!="),),
    "~=": (("UNEQUAL", "!="),),
    "≠": (("UNEQUAL", "!="),),
    "&&": (("AND", "and"),),
    "&": (("AND", "and"),),
    "||": (("OR", "or"),),
    "|": (("OR", "or"),),
    "=>": (("ARROW", "->"), ("AT_LEAST", ">=")),
    "≥": (("AT_LEAST", ">="),),
    "=<": (("AT_MOST", "<="),),
    "≤": (("AT_MOST", "<="),),
    "→": (("ARROW", "->"),),
    "–": (("DOTS", ".."), ("MINUS", "-")),
    "—": (("DOTS", ".."), ("MINUS", "-")),
    "−": (("MINUS", "-"), ("DOTS", "..")),
    "…": (("DOTS", ".."), ("DOTS_OPEN", "..")),
    "...": (("DOTS", ".."), ("DOTS_OPEN", "..")),
    "×": (("STAR", "*"),),
    "!": (("NOT", "not"),),
    ":": (("ARROW", "->"), ("EQUAL", "=")),
}
"""Each foreign sign with what it may mean, the likeliest first."""


def sign(place: Place) -> Mend | None:
    """`==`, `&&`, `!`, `=>`, `≥`, `–` and the like."""
    token = place.token
    meanings = [one for one in _SIGNS.get(token.text, ()) if place.accepts(one[0])]
    following = place.after().kind
    meanings.sort(key=lambda one: not place.accepts(one[0], following))
    if not meanings:
        return None
    kind, text = meanings[0]
    source, start, end = place.source, token.start, token.end
    left = (
        " "
        if text.isalpha() and start > 0 and not source.text[start - 1].isspace() and source.text[start - 1] != "("
        else ""
    )
    right = " " if text.isalpha() and end < len(source.text) and not source.text[end].isspace() else ""
    words = complaint(
        "unexpected-text",
        place.span(),
        f"`{token.text}` is written `{text}`",
        write=f"{left}{text}{right}",
        title=f"write `{text}`",
    )
    return Mend(words, (renamed(token, kind, text),), drop=1)


def quotes(place: Place) -> Mend | None:
    """Single and curly quotes."""
    token = place.token
    if token.kind != "WRONG_QUOTES" or not place.accepts("TEXT"):
        return None
    inner = token.text[1:-1].replace("\\", "\\\\").replace('"', '\\"')
    which = "single" if token.text[0] == "'" else "curly"
    words = complaint(
        "unexpected-text",
        place.span(),
        f"texts stand in straight double quotes, not in {which} ones",
        write=f'"{inner}"',
    )
    return Mend(words, (renamed(token, "TEXT", f'"{inner}"'),), drop=1)


def open_text(place: Place) -> Mend | None:
    """A text whose closing quote is not on its line."""
    token = place.token
    if token.kind != "OPEN_TEXT":
        return None
    content = token.text[1:].rstrip()
    brace = content[-1:] if content[-1:] in ("{", "}") else ""
    inner = content.removesuffix(brace).rstrip() if brace else content
    escaped = inner.replace("\\", "\\\\").replace('"', '\\"')
    plain = re.fullmatch(r"[\w .&/-]+", inner) is not None and not brace
    words = complaint(
        "unclosed-string",
        Span(place.source, token.start, token.start + 1 + len(content)),
        'this text is not closed: its second `"` is missing on this line',
        "a line break inside a text is written `\\n`",
        write=f'"{inner}"' if plain and token.text[0] == '"' else None,
        title='close the text with `"`',
    )
    if not place.accepts("TEXT"):
        return None
    tokens = [Token("TEXT", f'"{escaped}"', token.start, token.start + 1 + len(inner), token.first)]
    if brace:
        at = token.start + len(content)
        tokens.append(Token("LBRACE" if brace == "{" else "RBRACE", brace, at, at + 1))
    return Mend(words, tuple(tokens), drop=1)


def capitals(place: Place) -> Mend | None:
    """A name or a word with capital or foreign letters."""
    token = place.token
    if token.kind != "WRONG_WORD":
        return None
    lower = token.text.lower()
    usable = re.fullmatch(r"[a-z][a-z0-9_]*", lower) is not None
    kind = place.tables.keywords.get(lower, "NAME") if usable else "NAME"
    if not place.accepts(kind):
        return None
    if usable and lower != token.text:
        what = (
            "words of the language are" if kind in place.tables.spelling and not place.accepts("NAME") else "names are"
        )
        return Mend(
            complaint(
                "unexpected-text",
                place.span(),
                f"{what} written in small letters: `{token.text}` is `{lower}`",
                write=lower,
            ),
            (renamed(token, kind, lower),),
            drop=1,
        )
    words = complaint(
        "bad-name",
        place.span(),
        f"`{token.text}` cannot be a name",
        "a name has small letters a to z, digits and `_`, and begins with a letter",
    )
    return Mend(words, (renamed(token, kind, lower),), drop=1)


def comment(place: Place) -> Mend | None:
    """Comments as other languages write them."""
    token = place.token
    if token.kind != "WRONG_COMMENT":
        return None
    leader = token.text[:2]
    certain = leader != "/*"
    words = complaint(
        "unexpected-text",
        Span(place.source, token.start, token.start + 2),
        f"comments begin with `#`, not with `{leader}`",
        write="#" if certain else None,
    )
    return Mend(words, drop=1)


def needless(place: Place) -> Mend | None:
    """`;` anywhere, a comma at the end of a line, `:` or `=` between a word and its value."""
    token = place.token
    if token.text == ";":
        return Mend(
            complaint("unexpected-text", place.span(), "no `;` is needed: a line ends by itself", write=""), drop=1
        )
    if token.kind == "COMMA" and (place.after().first or place.accepts(place.after().kind)):
        return Mend(complaint("unexpected-text", place.span(), "no comma is needed here", write=""), drop=1)
    if token.text in (":", "=", "==") and not place.after().first and place.accepts(place.after().kind):
        words = f"no `{token.text}` stands between a word and its value"
        return Mend(complaint("unexpected-text", place.span(), words, write=""), drop=1)
    return None


def comma_before_line(place: Place) -> Mend | None:
    """A comma at the end of a line, whose next line begins with a word that was taken for a name of the list."""
    head = place.before
    comma = place.tokens[place.at - 2] if place.at > 1 else None
    if head is None or comma is None or comma.kind != "COMMA" or not head.first or head.text not in HEADS:
        return None
    if not place.accepts(head.kind, place.token.kind, back=2):
        return None
    words = complaint("unexpected-text", place.span(comma), "no comma is needed at the end of this line", write="")
    return Mend(words, (head,), back=2)


def comma_before(place: Place) -> Mend | None:
    """A comma at the end of a line after which no list goes on."""
    comma = place.before
    if comma is None or comma.kind != "COMMA" or not place.accepts(place.token.kind, back=1):
        return None
    where = "at the end of this line" if place.token.first else "here"
    return Mend(complaint("unexpected-text", place.span(comma), f"no comma is needed {where}", write=""), back=1)


MENDS = (sign, quotes, open_text, capitals, comment, needless, comma_before, comma_before_line)
