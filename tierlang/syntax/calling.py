"""Questions about events in the order and the brackets of SQL and spreadsheets: `count(order)`, `count of order > 3 within 90 days`."""

from __future__ import annotations

import attrs

from tierlang.diagnostics.diagnostic import Edit, Fix
from tierlang.source import Span
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import END, Token
from tierlang.syntax.windows import BACK, LEADS, UNIT_WORDS

_WITH_OF = ("COUNT", "SUM")
_QUESTIONS = (*_WITH_OF, "ANY", "NO", "LARGEST", "SMALLEST", "DISTINCT", "LATEST")
_COMPARISONS = ("EQUAL", "UNEQUAL", "BELOW", "AT_MOST", "ABOVE", "AT_LEAST")


def called(place: Place) -> Mend | None:
    """`count(order)`, `sum(order.amount)`, `count(distinct order.product)` for `count of order`, `sum of order.amount`…"""
    question = place.before
    if place.token.kind != "LPAR" or question is None or question.kind not in _QUESTIONS:
        return None
    close = _closing(place)
    if close is None or close < 2:
        return None
    inside = [place.after(step) for step in range(1, close)]
    back = 1 if question.kind == "COUNT" and inside[0].kind == "DISTINCT" else 0
    of = () if back or question.kind not in _WITH_OF else (renamed(place.token, "OF", "of"),)
    tokens = (*of, *inside)
    if not place.accepts(*(token.kind for token in tokens[:2]), back=back):
        return None
    span = place.span(question, place.after(close))
    asked = Span(place.source, inside[0].start, inside[-1].end).text
    lead = "" if back else f"{question.text} of " if of else f"{question.text} "
    words = complaint("unexpected-text", span, f"questions about events are asked in words: `{lead}{asked}`")
    start, end = inside[0].start, inside[-1].end
    edits = (
        Edit(place.source.span(question.start, start), lead),
        Edit(place.source.span(end, span.end), ""),
    )
    return Mend(
        attrs.evolve(words, fixes=(Fix(f"write `{lead}{asked}`", edits, certain=True),)),
        tokens,
        drop=close + 1,
        back=back,
    )


def _closing(place: Place) -> int | None:
    """The step of the `)` that closes the `(` at the place."""
    depth = 0
    for step in range(500):
        token = place.after(step)
        depth += {"LPAR": 1, "RPAR": -1}.get(token.kind, 0)
        if depth == 0:
            return step
        if token.kind in (END, "LBRACE", "RBRACE", "COMMA"):
            return None
    return None


def late_window(place: Place) -> Mend | None:
    """`count of order > 3 within 90 days` for `count of order within 90 days > 3`."""
    window = _window(place)
    if place.token.first or place.at < 4 or not window:
        return None
    value, sign, top = place.after(-1), place.after(-2), len(place.machine.states)
    if not place.on_top(2) or sign.kind not in _COMPARISONS or top < 4:
        return None
    extent = place.machine.extent(top - 3)
    start = next((at for at in range(place.at - 3, 0, -1) if extent and place.tokens[at].start == extent[0]), None)
    if extent is None or start is None or extent[1] != place.after(-3).end:
        return None
    question = place.tokens[start : place.at - 2]
    if question[0].kind not in _QUESTIONS or question[-1].text in UNIT_WORDS or question[-1].text == "ever":
        return None
    comparison = Span(place.source, sign.start, value.end)
    span = Span(place.source, sign.start, window[-1].end)
    time = " ".join(token.text for token in window)
    words = complaint(
        "unexpected-text",
        span,
        f"`{time}` belongs to the question about events: it stands before `{comparison.text}`",
        write=f"{time} {comparison.text}",
        title="let the two change places",
    )
    drop = next(step for step in range(9) if place.after(step).end == window[-1].end) + 1
    return Mend(words, (*question, *window, sign, value), drop=drop, back=3)


_FADING = ("HALVING", "KEEPING", "LOSING", "UP")


def window_behind(place: Place) -> Mend | None:
    """`points 5 per visit halving every 30 days within 90 days`: the window stands first."""
    window = _window(place)
    if not window or place.token.first or not place.accepts("POINTS") or place.accepts("WITHIN"):
        return None
    options = 0
    for back in range(1, place.at):
        token = place.after(-back)
        if token.kind == "PER":
            break
        if token.first or token.kind in ("WITHIN", "EVER", "LBRACE", "RBRACE"):
            return None
        options = back if token.kind in _FADING else options
    else:
        return None
    if not options or place.before is None:
        return None
    time = " ".join(token.text for token in window)
    ahead = place.after(-options - 1).end
    drop = next(step for step in range(9) if place.after(step).end == window[-1].end) + 1
    span = place.span(place.token, window[-1])
    option = Span(place.source, place.after(-options).start, place.before.end).text
    words = complaint("unexpected-text", span, f"`{time}` stands before `{option}`")
    edits = (
        Edit(place.source.span(ahead, ahead), f" {time}"),
        Edit(place.source.span(place.before.end, span.end), ""),
    )
    return Mend(attrs.evolve(words, fixes=(Fix("put it there", edits, certain=True),)), drop=drop)


def of_figure(place: Place) -> Mend | None:
    """`percentile of count of visit within 90 days`: a figure of events stands in parentheses there."""
    if place.token.kind not in _QUESTIONS or not place.follows("PERCENTILE", "OF") or not place.accepts("LPAR"):
        return None
    words = complaint(
        "unexpected-text",
        place.span(),
        "a calculation or a question about events stands in parentheses after `percentile of`",
        f"write `percentile of ({place.token.text} …)`",
    )
    end = place.token.start
    name = Token("NAME", place.token.text, end, end)
    return Mend(words, (name,), drop=_rest_of_question(place), guess=True)


def _rest_of_question(place: Place) -> int:
    """How many tokens the question at the place has, up to its window."""
    for step in range(1, 200):
        token = place.after(step)
        if token.first or token.kind in (END, "LBRACE", "RBRACE"):
            return step
        if token.text == "ever":
            return step + 1
        if token.kind == "WITHIN" and place.after(step + 2).text in UNIT_WORDS:
            return step + 3
    return 1


def _window(place: Place) -> list[Token]:
    """The window that begins at the place, as it should have been written: `ever`, `in the last 90 days`."""
    if place.token.text == "ever":
        return [renamed(place.token, "EVER", "ever")]
    count = 1 if place.token.text in LEADS else 0
    while count < 5 and place.after(count).text in BACK:
        count += 1
    number, unit = place.after(count), place.after(count + 1)
    if not count or number.kind != "NUMBER" or unit.text not in UNIT_WORDS:
        return []
    return [renamed(place.token, "WITHIN", "within"), number, unit]


_WHICH = ("with", "having", "whose", "which", "that", "if", "when", "for")


def which_events(place: Place) -> Mend | None:
    """`any visit (role = "CFO")`, `any visit with role = "CFO"` for `any visit where (role = "CFO")`."""
    token = place.token
    if token.first or not _after_event(place):
        return None
    if token.kind == "LPAR" and place.accepts("WHERE", "LPAR"):
        end = place.before.end if place.before else 0
        words = complaint(
            "unexpected-text",
            place.span(),
            "which events count is asked by `where (…)`",
            write=" where",
            title="put in `where`",
            on=place.source.span(end, end),
        )
        return Mend(words, (Token("WHERE", "where", end, end),))
    if token.text in _WHICH and place.accepts("WHERE") and place.after().kind in ("NAME", "LPAR"):
        words = complaint("unexpected-text", place.span(), f"`{token.text}` is written `where`", write="where")
        return Mend(words, (renamed(token, "WHERE", "where"),), drop=1)
    return None


def _after_event(place: Place) -> bool:
    """Whether the last tokens are a question about events up to the event's name or attribute."""
    if place.before is not None and place.before.text == "where":
        return False  # it was taken for the name that is missing before it
    back = 3 if place.at > 3 and place.after(-2).kind == "DOT" else 1
    asked = place.after(-back - 1)
    asked = place.after(-back - 2) if asked.kind == "OF" else asked
    return place.at > back + 1 and asked.kind in (*_QUESTIONS, "PER")


def since_date(place: Place) -> Mend | None:
    """`any visit since 2026-01-01` for `any visit where (at >= 2026-01-01) ever`."""
    date = place.after()
    if place.token.text not in ("since", "after", "from") or date.kind != "DATE" or not _after_event(place):
        return None
    if not place.accepts("WHERE", "LPAR"):
        return None
    sign, kind = (">", "ABOVE") if place.token.text == "after" else (">=", "AT_LEAST")
    written = f"where (at {sign} {date.text}) ever"
    words = complaint(
        "unexpected-text",
        place.span(place.token, date),
        f"a first day is asked of each event: `{written}`",
        write=written,
    )
    at = date.end
    ends = (Token("RPAR", ")", at, at), Token("EVER", "ever", at, at))
    begins = (
        renamed(place.token, "WHERE", "where"),
        renamed(place.token, "LPAR", "("),
        renamed(place.token, "AT", "at"),
    )
    return Mend(words, (*begins, renamed(place.token, kind, sign), date, *ends), drop=2)


def last_event(place: Place) -> Mend | None:
    """`days since last visit`, `days since the latest visit` for `days since visit`."""
    for back in (0, 1):
        words = [place.after(step - back).text for step in range(3)]
        count = 2 if words[0] in ("the", "most") else 1
        before = place.after(-1 - back)
        if words[count - 1] not in ("last", "latest", "recent", "newest") or before.text != "since" or place.at <= back:
            continue
        if place.after(count - back).first or not place.accepts("NAME", back=back):
            continue
        span = place.span(place.after(-back), place.after(count - 1 - back))
        until = place.source.span(span.start, place.after(count - back).start)
        said = complaint("unexpected-text", span, f"`{span.text}` is not needed here", write="", on=until)
        return Mend(said, drop=count - back, back=back)
    return None


_LABELLED = ("POINTS", "MARK", "RAISE", "LOWER", "FLOOR", "CAP", "EXCLUDE", "HOLD")


def late_label(place: Place) -> Mend | None:
    """`points 10 when customer "Label"` for `points 10 "Label" when customer`."""
    if place.token.kind != "TEXT" or place.token.first or not place.line_is_complete() or place.follows("TEXT"):
        return None
    for back in range(1, place.at + 1):
        head = place.after(-back)
        if head.kind in _LABELLED:
            break
        if head.kind in ("LBRACE", "RBRACE"):
            return None
    else:
        return None
    steps = 2 if head.kind in ("FLOOR", "CAP") or place.after(1 - back).kind == "MINUS" else 1
    last, following = place.after(steps - back), place.after(steps + 1 - back)
    if steps >= back or following.kind not in ("WHEN", "PER"):
        return None
    label = place.token.text
    end = place.before.end if place.before else place.token.start
    words = complaint(
        "unexpected-text",
        place.span(),
        f"a label stands further ahead: `{Span(place.source, head.start, last.end).text} {label} …`",
    )
    edits = (
        Edit(place.source.span(last.end, last.end), f" {label}"),
        Edit(place.source.span(end, place.token.end), ""),
    )
    return Mend(attrs.evolve(words, fixes=(Fix("put the label there", edits, certain=True),)), drop=1)


MENDS = (called, late_window, window_behind, of_figure, since_date, which_events, last_event, late_label)
