"""Words and braces: misspelt words, reserved names, missing signs, blocks that are not opened or not closed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.diagnostics.suggest import nearest
from tierlang.syntax.grammar import RESERVED
from tierlang.syntax.heads import WHERE
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import END, Token

_SIGNS = {"EQUAL": "=", "ARROW": "->", "COMMA": ",", "RPAR": ")", "RSQB": "]"}
_DEEPEST = 12
_SMALL_BLOCKS = ("channel", "respond", "budget", "email", "team", "reviewed", "review", "limits")
"""First words of lines in blocks whose lines are few and plain: after a bare text, such a line is no part of the text."""
_UNREADABLE = ("WRONG_SIGN", "WRONG_QUOTES", "WRONG_WORD", "WRONG_COMMENT", "OPEN_TEXT", "STRAY")

_ENDS_A_TEXT = (END, "LBRACE", "RBRACE", "TEXT", "COMMA", *(kind for kind in _UNREADABLE if kind != "WRONG_WORD"))


def misspelt(place: Place) -> Mend | None:
    """A word that is nearly one of those that may stand here."""
    token = place.token
    if not _is_word(place, token) or (token.text in WHERE and place.at_line_start()):
        return None
    following = () if place.after().kind in _UNREADABLE else (place.after().kind,)
    near = (kind for kind in keywords_here(place) if place.accepts(kind, *following))
    return _respelt(place, token, near, back=0)


def misspelt_before(place: Place) -> Mend | None:
    """A misspelt word that was taken for a name: `owner sales form ae`."""
    before = place.before
    if before is None or before.kind != "NAME":
        return None
    near = (kind for kind in place.tables.spelling if place.accepts(kind, place.token.kind, back=1))
    return _respelt(place, before, near, back=1)


def _respelt(place: Place, token: Token, kinds: Iterable[str], back: int) -> Mend | None:
    word = known_word(token.text, (place.tables.spelling[kind] for kind in kinds))
    if word is None:
        return None
    words = complaint(
        "unexpected-text",
        place.span(token),
        f"`{token.text}` is not known here: did you mean `{word}`?",
        write=word,
        certain=False,
    )
    return Mend(words, (renamed(token, place.tables.keywords[word], word),), drop=1 - back, back=back)


def _is_word(place: Place, token: Token) -> bool:
    return token.kind in ("NAME", "WRONG_WORD") or token.kind in place.tables.spelling


def known_word(text: str, words: Iterable[str]) -> str | None:
    """The word that `text` is certainly a slip of: other letters by one or two, or the same ones in another order."""
    known = sorted(set(words))
    lower = text.lower()
    near = nearest(lower, known)
    if near is not None and (SequenceMatcher(None, lower, near).ratio() >= 0.75 or sorted(lower) == sorted(near)):
        return near
    return next((word for word in known if len(word) > 1 and sorted(word) == sorted(lower)), None)


def keywords_here(place: Place) -> list[str]:
    """The terminals of the words that may stand here as words of the language, not as names."""
    expected = place.machine.expected()
    return sorted(kind for kind in expected if kind in place.tables.spelling and not place.machine.only_a_name(kind))


def reserved_name(place: Place) -> Mend | None:
    """A reserved word where a name stands."""
    token = place.token
    if token.text not in RESERVED or not place.accepts("NAME", place.after().kind):
        return None
    if place.at_line_start() and not place.accepts("NAME", "EQUAL"):
        return None
    words = complaint(
        "reserved-word",
        place.span(),
        f"`{token.text}` is a reserved word of the language and cannot be a name",
        f"choose another name, such as `{token.text}_value`",
    )
    return Mend(words, (renamed(token, "NAME", token.text),), drop=1)


def opening(place: Place) -> Mend | None:
    """A block whose `{` is missing."""
    token, before = place.token, place.before
    if before is None or not place.accepts("LBRACE", token.kind):
        return None
    if token.kind == "LBRACE" or not (token.first or place.accepts("LBRACE", token.kind, place.after().kind)):
        return None
    span = place.span(before)
    end = place.source.span(before.end, before.end)
    words = complaint(
        "unopened-block",
        span,
        "the block that begins here needs a `{`",
        write=" {",
        title="open the block with `{`",
        on=end,
    )
    return Mend(words, (Token("LBRACE", "{", before.end, before.end),))


def closing(place: Place) -> Mend | None:
    """A block whose `}` is missing before a line that belongs further out, or before the end."""
    token = place.token
    if not (token.first or token.kind == END):
        return None
    for count in range(1, _DEEPEST):
        braces = ("RBRACE",) * count
        if not place.accepts(*braces):
            return None
        if place.accepts(*braces, token.kind) and (
            token.kind == END or place.accepts(*braces, token.kind, place.after().kind)
        ):
            virtual = Token("RBRACE", "}", token.start, token.start)
            return Mend(unclosed(place, count), (virtual,) * count)
    return None


def unclosed(place: Place, count: int = 1) -> Diagnostic:
    """The complaint about the outermost of the `count` innermost blocks that are still open."""
    machine = place.machine
    open_braces: list[Token] = []
    for depth in range(len(machine.states)):
        value = machine.value(depth)
        if isinstance(value, Token) and value.kind == "LBRACE":
            open_braces.append(value)
        elif isinstance(value, Token) and value.kind == "RBRACE":
            # The block is whole, though not yet put together: that waits for the token after it.
            open_braces.pop()
    brace = open_braces[-count]
    return complaint(
        "unclosed-block",
        place.span(brace),
        "this `{` is never closed",
        "put a `}` where its block ends"
        if place.token.kind == END
        else f"a `}}` is missing before line {place.source.position(place.token.start)[0]}",
    )


def stray_closing(place: Place) -> Mend | None:
    """A `}` that closes nothing."""
    if place.token.kind != "RBRACE" or not place.accepts(END):
        return None
    return Mend(
        complaint(
            "stray-brace",
            place.span(),
            "this `}` closes nothing",
            "take it out, or look for a block above that ends too early",
        ),
        drop=1,
    )


def missing_sign(place: Place) -> Mend | None:
    """One sign that is missing between two tokens."""
    token, before = place.token, place.before
    if before is None or token.kind == END or before.kind in ("WHEN", "WHERE"):
        return None
    following = () if place.after().kind in (END, *_UNREADABLE) else (place.after().kind,)
    found = [kind for kind in _SIGNS if place.accepts(kind, token.kind, *following)]
    if not found or (token.first and found[0] not in ("RPAR", "RSQB", "EQUAL", "ARROW")):
        return None
    if "COMMA" in found and before.kind == token.kind == "TEXT":
        found = ["COMMA"]  # two texts side by side are two of a list
    if token.first and found[0] == "EQUAL" and place.line_is_complete():
        return None
    if found[0] == "COMMA" and _is_head(place, before):
        return None
    text = _SIGNS[found[0]]
    virtual = Token(found[0], text, before.end, before.end)
    if found[0] == "EQUAL" and not token.first and place.accepts("ABOVE", token.kind):
        message = f"something is missing before `{token.text}`: a comparison such as `=` or `>=`, or `and`"
        return Mend(complaint("unexpected-text", place.span(), message), (virtual,), guess=True)
    certain = len(found) == 1 and found[0] in ("EQUAL", "ARROW", "COMMA")
    words = complaint(
        "unexpected-text",
        place.span(before) if token.first else place.span(),
        f"a `{text}` is missing {f'after `{before.text}`' if token.first else f'before `{token.text}`'}",
        write=(text if text in ",)]" else f" {text}") if certain else None,
        title=f"put in `{text}`",
        on=place.source.span(before.end, before.end),
    )
    return Mend(words, (virtual,))


def _is_head(place: Place, before: Token) -> bool:
    """Whether the word before begins its line: it was taken for a name that the line before lacks."""
    if not before.first or before.text not in WHERE or not place.on_top(1):
        return False
    return place.machine.only_a_name(before.kind, depth=len(place.machine.states) - 1)


def missing_word(place: Place) -> Mend | None:
    """One word that is missing between two tokens: `round 2` for `round to 2`."""
    token, before = place.token, place.before
    if before is None or token.first or token.kind in (END, "LBRACE", "RBRACE") or place.at_line_start():
        return None
    following = () if place.after().kind in (END, *_UNREADABLE) else (place.after().kind,)
    found = [kind for kind in keywords_here(place) if place.accepts(kind, token.kind, *following)]
    if len(found) != 1 or found[0] == "OTHERWISE" or before.kind == "OVERFLOW" or _is_head(place, before):
        return None
    if before.kind == "NOT" and place.at > 1 and place.after(-2).kind in ("WHEN", "WHERE"):
        return None  # the condition is whole; what stands before it is missing
    word = place.tables.spelling[found[0]]
    if before.text == word:  # it was taken for the name that is missing before it
        return None
    words = complaint(
        "unexpected-text",
        place.span(),
        f"`{word}` is missing before `{token.text}`",
        write=f" {word}",
        title=f"put in `{word}`",
        on=place.source.span(before.end, before.end),
    )
    return Mend(words, (Token(found[0], word, before.end, before.end),))


def _goes_on(place: Place, count: int) -> bool:
    """Whether the block's next line begins there, as its first tokens show: `channel web respond within 3 days`."""
    following = [place.after(count + step) for step in range(3)]
    kinds = [token.kind for token in following]
    if following[1].kind == "FROM":  # `account from Id at from Day`
        return place.accepts("TEXT", *kinds[:2])
    if following[0].kind == "WHEN":
        return place.accepts("TEXT", "CHANNEL")
    return following[0].text in _SMALL_BLOCKS and place.accepts("TEXT", *kinds)


def unquoted(place: Place) -> Mend | None:
    """A text without its quotes: `version 2026.4`, `exit Two quiet quarters`."""
    token = place.token
    if token.first or token.kind in (END, "LBRACE", "RBRACE") or place.machine.expected() != {"TEXT"}:
        return None
    count = 1
    while not place.after(count).first and place.after(count).kind not in _ENDS_A_TEXT and not _goes_on(place, count):
        count += 1
    if token.kind in ("NUMBER", "DATE"):
        count = 1
    span = place.span(token, place.after(count - 1))
    words = complaint(
        "unexpected-text", span, "a text stands here, and texts stand in double quotes", write=f'"{span.text}"'
    )
    return Mend(words, (Token("TEXT", f'"{span.text}"', span.start, span.end),), drop=count)


MENDS = (
    reserved_name,
    unquoted,
    misspelt,
    misspelt_before,
    opening,
    closing,
    stray_closing,
    missing_sign,
    missing_word,
)
