"""The words of complaints about text that can neither be read nor be mended."""

from __future__ import annotations

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.diagnostics.suggest import listing
from tierlang.syntax.declaring import TYPES
from tierlang.syntax.heads import WHERE
from tierlang.syntax.mending import Place, complaint
from tierlang.syntax.structure import keywords_here
from tierlang.syntax.tokens import END, Token
from tierlang.syntax.windows import UNIT_WORDS

_LITERALS = {"NUMBER": "a number", "TEXT": "a text in quotes", "DATE": "a date like 2026-01-31"}
_SIGNS = {
    "ARROW": "`->`",
    "EQUAL": "`=`",
    "COMMA": "`,`",
    "LBRACE": "`{`",
    "RBRACE": "`}`",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "LSQB": "`[`",
    "RSQB": "`]`",
    "DOTS": "`..`",
    "DOTS_OPEN": "`..`",
    "DOTS_BELOW": "`..<`",
}
_COMPARISONS = frozenset(("EQUAL", "UNEQUAL", "BELOW", "AT_MOST", "ABOVE", "AT_LEAST"))
_CALCULATIONS = frozenset(("PLUS", "MINUS", "STAR", "SLASH"))
_RANGES = frozenset(("DOTS", "DOTS_OPEN", "DOTS_BELOW"))
_CONDITIONS = frozenset(("IN", "IS", "CONTAINS", "STARTS", "ENDS", "WITHIN", "NOT"))


_BEFORE_TIMES = ("WITHIN", "NEXT", "FOR", "LASTS", "EVERY")


def unexpected(place: Place) -> Diagnostic:
    """The general complaint: this cannot stand here, and what could."""
    token = place.token
    if token.kind == END:
        before = place.before
        return complaint(
            "unexpected-end",
            place.span(before) if before else place.span(),
            "the file ends before this is complete",
            *_possible(place),
        )
    before = place.before
    taken = _taken_for_a_name(place)
    if taken is not None:
        message = f"what stands before `{taken.text}` is missing: it was taken for a name"
        return complaint("unexpected-text", place.span(taken), message)
    if token.first and before is not None and not place.at_line_start():
        return complaint("unexpected-end", place.span(before), "this line is not complete", *_possible(place))
    where = WHERE.get(token.text)
    if where and token.first:
        return complaint(
            "misplaced-line",
            place.span(),
            f"`{token.text}` cannot stand here: it belongs in {where}",
            *_possible(place),
        )
    return complaint("unexpected-text", place.span(), f"{_described(place)} cannot stand here", *_hints(place))


def _taken_for_a_name(place: Place) -> Token | None:
    """The `when` or `where` before the place that was taken for a name."""
    for back in (1, 2):
        token = place.after(-back) if place.at >= back else None
        depth = len(place.machine.states) - back
        if token is None or not place.on_top(1) or (back == 2 and place.after(-1).kind != "NOT"):
            return None
        if token.kind in ("WHEN", "WHERE") and place.machine.accepts(token.kind, depth=depth + 1):
            if back == 1:
                return token if place.machine.only_a_name(token.kind, depth=depth) else None
            return None if isinstance(place.machine.value(depth), Token) else token
    return None


def _described(place: Place) -> str:
    token = place.token
    if token.kind == "TEXT":
        return f"the text {token.text if len(token.text) < 30 else token.text[:27] + '…'}"
    if token.kind == "NUMBER":
        return f"the number `{token.text}`"
    return f"`{token.text if len(token.text) < 40 else token.text[:37] + '…'}`"


def _hints(place: Place) -> tuple[str, ...]:
    token, before = place.token, place.before
    if before is not None and before.kind == "TIER" and place.accepts("IS"):
        return (
            "a rule that asks for an account's tier is written `tier is NAME`, `tier is one or two`, `tier is not NAME`",
        )
    if token.text in ("decay", "decays", "decaying", "fading") and place.accepts("HALVING"):
        return ("points fade by `halving every 30 days`, `keeping 75% every month` or `losing 5 every week`",)
    if token.kind == "WHEN" and _counts_events(place):
        return (
            "which events count is written `where (…)`, before `within`; it may also ask about the account's fields",
        )
    if (
        token.first
        and place.accepts("PROMOTE", "NAME")
        and token.text in ("trigger", "rule", "move", "from", "to", "when", "if")
    ):
        return ("a move is written `promote NAME { … }` or `demote NAME { … }`",)
    if before is not None and before.kind == "KEEP" and place.accepts("WHILE"):
        return ("who may stay is said by a condition: `keep while priority >= 75`",)
    if before is not None and before.kind == "WAS" and token.kind == "TEXT":
        return ("here stands the name that it had, not its label: `was gold`",)
    if token.text == "like":
        return ("a part of a text is found by `contains`, `starts with` or `ends with`",)
    if token.text == "." and place.after().kind == "NUMBER":
        return (f"a number begins with a digit: `0.{place.after().text}`",)
    if (
        token.kind in ("STAR", "SLASH", "PLUS", "MINUS")
        and place.accepts("RBRACE")
        and before
        and not place.accepts("COMMA")
    ):
        if place.accepts("NAME", "EQUAL"):
            return ("a value that is a calculation stands in parentheses here", *_possible(place))
        return ("in a row of a table the result is one value: put a calculation in parentheses", *_possible(place))
    if token.kind == "IF":
        return ("an `if` inside a calculation stands in parentheses: `(if … then … else …)`",)
    if token.kind in _COMPARISONS and place.line_is_complete():
        if before is not None and before.text in UNIT_WORDS and place.at > 2 and place.after(-3).kind == "FOR":
            return (f"`{place.source.span(place.after(-3).start, before.end).text}` stands after the whole comparison",)
        return (
            "two comparisons are joined by `and`: `a >= 1 and a <= 5`, or written as a range: `a in 1..5`",
            *_possible(place),
        )
    return _possible(place)


def _counts_events(place: Place) -> bool:
    """Whether the line is one of points for events."""
    for back in range(1, place.at + 1):
        token = place.after(-back)
        if token.kind == "PER" or token.first:
            return token.kind == "PER" and place.accepts("POINTS")
    return False


def _possible(place: Place) -> tuple[str, ...]:
    """What may stand here, in plain words."""
    expected = place.machine.expected()
    words = keywords_here(place)
    parts: list[str] = []
    if _needs_type(place):
        return (f"here stands what kind of value it is: {_either([f'`{each}`' for each in TYPES])}",)
    if {"DAYS", "WEEKS"} <= expected and "NAME" not in expected:
        return ("here stands a unit of time: `days`, `weeks`, `months`, `quarters` or `years`",)
    if place.before is not None and place.before.kind in _BEFORE_TIMES and "NUMBER" in expected - {"NAME"}:
        return ("here stands a time, like `90 days` or `2 quarters`",)
    if {"NAME", "NUMBER", "TEXT", "LPAR"} <= expected:
        return ("here stands a value: a name, a number, a text in quotes, or a calculation",)
    in_expression = len(_CALCULATIONS & expected) == 4
    if place.line_is_complete():
        heads = [] if place.machine.states[-1] not in place.tables.homes else words
        if heads and place.accepts("NAME", "EQUAL"):
            return (
                f"here may stand a name with its value, {_either([f'`{place.tables.spelling[word]}`' for word in heads])}",
            )
        if heads:
            return (f"here may stand {listing([f'`{place.tables.spelling[word]}`' for word in heads], most=14)}",)
        if in_expression:
            return ("the line is complete before it; it may go on with `and`, `or`, a comparison or a calculation",)
        return ("the line is complete before it; a new line begins with a word of its block",)
    if in_expression:
        parts.append("a calculation or a comparison that goes on")
        words = [word for word in words if word not in _CONDITIONS]
    if "NAME" in expected:
        parts.append("a name")
        words = [word for word in words if word != "OTHERWISE" or not expected & _RANGES]
    parts += [text for kind, text in _LITERALS.items() if kind in expected]
    parts += [f"`{place.tables.spelling[word]}`" for word in words]
    parts += [
        text
        for kind, text in dict.fromkeys((k, t) for k, t in _SIGNS.items() if k in expected)
        if not (in_expression and kind == "EQUAL")
    ]
    parts = list(dict.fromkeys(parts))
    return (f"here may stand {_either(parts)}",) if parts else ()


def _needs_type(place: Place) -> bool:
    """Whether a field, a signal or a column of a lookup has its name, but not its type."""
    back = 2 if place.follows("TEXT") else 1
    named = place.after(-1 - back).kind in ("FIELD", "KEY", "SIGNAL", "GIVE")
    return named and place.at > back and place.accepts("NAME") and not place.line_is_complete()


def _either(parts: list[str], most: int = 14) -> str:
    """The parts as people list what can be chosen: `a, b or c`."""
    if len(parts) > most:
        return f"{', '.join(parts[:most])} and {len(parts) - most} more"
    return f"{', '.join(parts[:-1])} or {parts[-1]}" if len(parts) > 1 else parts[0]
