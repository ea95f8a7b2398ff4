"""Questions about events as people ask them: `number of orders`, `sum order.amount`, `max of order.amount`, `more than 3 orders`."""

from __future__ import annotations

from tierlang.source import Span
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.spoken import SIGN_OF, WORDED
from tierlang.syntax.tokens import END, Token
from tierlang.syntax.windows import UNIT_WORDS

_OF_EVENTS = {
    **dict.fromkeys(("number", "amount", "quantity", "frequency"), "count"),
    **dict.fromkeys(("has", "had", "some", "every"), "any"),
    **dict.fromkeys(("never", "without", "zero"), "no"),
}
_OF_ATTRIBUTES = {
    **dict.fromkeys(("total", "sums"), "sum"),
    **dict.fromkeys(("max", "maximum", "highest", "biggest", "greatest"), "largest"),
    **dict.fromkeys(("min", "minimum", "lowest", "least"), "smallest"),
    **dict.fromkeys(("unique", "different"), "distinct"),
    **dict.fromkeys(("last", "newest", "current"), "latest"),
}
_TAKES_OF = ("count", "sum")
_ATTRIBUTED = ("SUM", "LARGEST", "SMALLEST", "DISTINCT", "LATEST")


def _word(place: Place, steps: int) -> str:
    return place.after(steps).text


def _is_name(place: Place, steps: int) -> bool:
    token = place.after(steps)
    return token.kind == "NAME" or token.text in place.tables.free_words


def other_function(place: Place) -> Mend | None:
    """`number of order` for `count of order`, `max of order.amount` for `largest order.amount`."""
    if place.before is None or place.before.kind not in ("NAME", *_named(place)):
        return None
    first = place.before
    of = place.token.text == "of"
    event = 1 if of else 0
    attributed = place.after(event + 1).kind == "DOT"
    word = (_OF_ATTRIBUTES if attributed else _OF_EVENTS).get(first.text)
    if word is None or place.after(event).first or not _is_name(place, event):
        return None
    kinds = (word.upper(), "OF") if word in _TAKES_OF else (word.upper(),)
    if not place.accepts(*kinds, "NAME", back=1):
        return None
    written = " ".join(kinds).lower()
    span = place.span(first, place.token if of else first)
    words = complaint("unexpected-text", span, f"`{span.text}` is written `{written}`", write=written)
    tokens = tuple(renamed(first, kind, kind.lower()) for kind in kinds)
    return Mend(words, tokens, drop=event, back=1)


def _named(place: Place) -> tuple[str, ...]:
    """The kind of the word before, where it was taken for a name."""
    before = place.before
    return (before.kind,) if before is not None and before.text in place.tables.free_words else ()


def needless_of(place: Place) -> Mend | None:
    """`any of order` for `any order`, `largest of order.amount` for `largest order.amount`."""
    for back in (0, 1):
        of = place.after(-back)
        ahead = place.after(-1 - back) if place.at > back else of
        if of.text != "of" or ahead.text not in ("any", "no", "largest", "smallest", "distinct", "latest"):
            continue
        if _is_name(place, 1 - back) and place.accepts("NAME", back=back):
            span = place.span(ahead, of)
            until = place.source.span(of.start, place.after(1 - back).start)
            message = f"`{span.text}` is written `{ahead.text}`"
            words = complaint("unexpected-text", span, message, write="", title="take out `of`", on=until)
            return Mend(words, drop=1 - back, back=back)
    return None


def count_distinct(place: Place) -> Mend | None:
    """`count of distinct order.product`, `distinct count of order.product` for `distinct order.product`."""
    for back in (1, 2):
        if place.at < back:
            return None
        tokens = [place.after(step - back) for step in range(4)]
        said = [token.text for token in tokens]
        if said[0] == "count" and said[1] == "of" and said[2] == "distinct":
            count = 3
        elif said[:2] in (["count", "distinct"], ["distinct", "count"]):
            count = 3 if said[2] == "of" else 2
        else:
            continue
        if not place.accepts("DISTINCT", "NAME", back=back):
            continue
        span = place.span(tokens[0], tokens[count - 1])
        words = complaint("unexpected-text", span, f"`{span.text}` is written `distinct`", write="distinct")
        return Mend(words, (renamed(tokens[0], "DISTINCT", "distinct"),), drop=count - back, back=back)
    return None


def counted_attribute(place: Place) -> Mend | None:
    """`count of order.amount`: events are counted, not attributes."""
    if place.token.kind != "DOT" or place.at < 2:
        return None
    question = place.after(-2).text
    if question == "of" and place.at > 2:
        question = place.after(-3).text
    if question not in ("count", "any", "no") or not _is_name(place, 1):
        return None
    event, attribute = _word(place, -1), _word(place, 1)
    span = place.span(place.before, place.after())
    words = complaint(
        "unexpected-text",
        span,
        f"`{question}` asks about the events themselves, not about one of their attributes",
        f"write `distinct {event}.{attribute}` for how many different values there are,"
        f" or `where ({attribute} is not missing)` for the events that have one",
    )
    return Mend(words, drop=2)


def whole_event(place: Place) -> Mend | None:
    """`sum of order`: which of its attributes."""
    back = 3 if place.at > 2 and _word(place, -2) == "of" else 2
    if place.at < back or place.after(-back).kind not in _ATTRIBUTED or not place.accepts("DOT"):
        return None
    question = place.source.span(place.after(-back).start, place.after(-2).end).text
    event = _word(place, -1)
    last = question == "latest"
    compared = place.token.kind in ("EQUAL", "UNEQUAL", "BELOW", "AT_MOST", "ABOVE", "AT_LEAST")
    words = complaint(
        "unexpected-text",
        place.span(place.after(-back), place.before),
        f"`{question}` needs an attribute of the event: `{question} {event}.ATTRIBUTE`",
        f"how many there are is asked by `count of {event}`",
        *([f"if it is a signal, its value now goes by its name alone: `{event}`"] if compared and last else []),
    )
    if place.token.text not in ("where", "within", "ever") and not compared:
        return None
    end = place.before.end if place.before else 0
    return Mend(words, (Token("DOT", ".", end, end), Token("NAME", event, end, end)), guess=True)


def counted(place: Place) -> Mend | None:
    """`more than 3 orders within 90 days` for `count of order within 90 days > 3`."""
    for back in range(min(4, place.at + 1)):
        for length in (3, 2, 1):
            said = " ".join(_word(place, step - back) for step in range(length))
            kind = WORDED.get(said)
            number, event = length - back, length + 1 - back
            if kind is None or event < 0 or place.after(number).kind != "NUMBER" or not _is_name(place, event):
                continue
            end = _question_end(place, event)
            if end is None or not place.accepts("COUNT", back=back):
                continue
            question = tuple(place.after(step) for step in range(event, end))
            first = place.after(-back)
            span = place.span(first, question[-1])
            asked = place.source.span(question[0].start, question[-1].end).text
            written = f"count of {asked} {SIGN_OF[kind]} {place.after(number).text}"
            words = complaint(
                "unexpected-text", span, "how many events there are is asked by `count of`", _write(written)
            )
            tokens = (renamed(first, "COUNT", "count"), renamed(first, "OF", "of"), *question)
            ends = (Token(kind, SIGN_OF[kind], span.end, span.end), place.after(number))
            return Mend(words, (*tokens, *ends), drop=end, back=back)
    return None


def _write(written: str) -> str:
    return f"write `{written}`, with the event's name as it was declared"


def _question_end(place: Place, start: int) -> int | None:
    """Where `EVENT [where (…)] within 90 days` ends that starts there; None where no window ends it."""
    at = start + 1
    if _word(place, at) == "where" and place.after(at + 1).kind == "LPAR":
        closing = _closing(place, at + 1)
        if closing is None:
            return None
        at = closing + 1
    if _word(place, at) == "ever":
        return at + 1
    if _word(place, at) == "within" and _word(place, at + 2) in UNIT_WORDS:
        return at + 3
    return None


def _closing(place: Place, opening: int) -> int | None:
    """The step of the `)` that closes the `(` there."""
    depth = 0
    for step in range(opening, opening + 500):
        depth += {"LPAR": 1, "RPAR": -1}.get(place.after(step).kind, 0)
        if depth == 0:
            return step
        if place.after(step).kind in (END, "LBRACE", "RBRACE"):
            return None
    return None


_AFTER_CONDITION = ("ever", "halving", "keeping", "losing", "per")


def bare_where(place: Place) -> Mend | None:
    """`where amount > 5 within 90 days` for `where (amount > 5) within 90 days`."""
    if not place.follows("WHERE") or place.token.first or not place.accepts("LPAR"):
        return None
    depth = count = joined = 0
    ended = False
    while not place.after(count).first and place.after(count).kind not in (END, "LBRACE", "RBRACE", "COMMA"):
        token = place.after(count)
        depth += {"LPAR": 1, "RPAR": -1}.get(token.kind, 0)
        ended = token.text in _AFTER_CONDITION or (token.kind == "WITHIN" and _word(place, count + 2) in UNIT_WORDS)
        if depth < 0 or (depth == 0 and ended):
            break
        joined += token.kind in ("AND", "OR")
        count += 1
    if not count:
        return None
    inside = tuple(place.after(step) for step in range(count))
    span = Span(place.source, inside[0].start, inside[-1].end)
    words = complaint(
        "unexpected-text",
        span,
        "a condition after `where` stands in parentheses",
        *(() if ended or not joined else (f"such as `where ({span.text})`",)),
        write=f"({span.text})" if ended or not joined else None,
    )
    ends = Token("LPAR", "(", span.start, span.start), Token("RPAR", ")", span.end, span.end)
    return Mend(words, (ends[0], *inside, ends[1]), drop=count)


def within_next(place: Place) -> Mend | None:
    """`any order within next 30 days`: events lie in the past."""
    if place.token.kind != "NEXT" or not place.follows("WITHIN") or not place.accepts("NUMBER"):
        return None
    words = complaint(
        "unexpected-text",
        place.span(),
        "events after the day of the run do not exist yet, so none are `within next` days",
        "write `within 90 days` for the 90 days up to that day; what is planned stands in a field of the account",
    )
    return Mend(words, drop=1)


MENDS = (counted, count_distinct, other_function, needless_of, counted_attribute, whole_event, bare_where, within_next)
