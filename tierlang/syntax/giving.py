"""What people write in a test besides `expect`: its date, its label, and the accounts that it gives."""

from __future__ import annotations

import re

from tierlang.syntax.expecting import COMPARISONS, instead, is_name
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import END, Token

_DAYS = frozenset(("as", "as_of", "asof", "today", "on", "at", "date", "of", "-", ":", "=", "if"))
_ON = ("on", "at", "from", "of", "dated", "since", ":", "=", "by", "when")
_LEADS = ("with", "when", "give", "gives", "where", "giving", "let", "having", "input", "setup", "accounts")
_FACTS = {"EVENT": "an event", "SIGNAL": "a signal", "SCORE": "a score"}
_DATE = re.compile(r'"?([0-9]{4}-[0-9]{2}-[0-9]{2})"?')


def worded_date(place: Place) -> Mend | None:
    """`as-of 2026-11-15`, `today = 2026-11-15`, `as of "2026-11-15"` for `as of 2026-11-15`."""
    if place.token.text.lower() not in _DAYS or not place.accepts("AS_OF", "DATE"):
        return None
    count = 1
    while place.after(count).text.lower() in _DAYS and not place.after(count).first:
        count += 1
    date = place.after(count)
    found = _DATE.fullmatch(date.text)
    span = place.span(place.token, place.after(count - 1))
    if found is None or date.first:
        if span.text.split() not in (["as", "of"], ["as", "of", "today"]):
            return None
        words = "the date of a test is written out, so that it says the same on every day"
        said = complaint("unexpected-text", span, words, "write `as of 2026-01-31`")
        nothing = Token("DATE", "2026-01-31", span.end, span.end)
        return Mend(said, (renamed(place.token, "AS_OF", "as of"), nothing), drop=count, guess=True)
    plain = date.kind == "DATE"
    written = "as of" if plain else f"as of {found[1]}"
    whole = span if plain else place.span(place.token, date)
    said = complaint("unexpected-text", whole, f"`{whole.text}` is written `{written}`", write=written)
    day = renamed(date, "DATE", found[1])
    return Mend(said, (renamed(place.token, "AS_OF", "as of"), day), drop=count + 1)


def label(place: Place) -> Mend | None:
    """`test {` without its label, `test one "One" {` with a name."""
    token = place.token
    if not place.follows("TEST") or not place.accepts("TEXT", "LBRACE"):
        return None
    if token.kind == "LBRACE":
        words = "a test says in a label what it shows"
        said = complaint(
            "unexpected-text", place.span(place.before), words, 'write `test "a funded bank is in tier one" {`'
        )
        return Mend(said, (Token("TEXT", '""', token.start, token.start),), guess=True)
    if is_name(place, token) and place.after().kind == "TEXT":
        return instead(place, [token], [], "a test has no name, only its label", back=0)
    return None


def worded_given(place: Place) -> Mend | None:
    """`with { … }`, `account a { … }`, `given a { … }` for `given { … }`, `given account a { … }`."""
    token, following = place.token, place.after()
    if place.accepts("GIVEN", "LBRACE"):
        if token.kind == "ACCOUNT" and is_name(place, following) and place.after(2).kind == "LBRACE":
            at = place.source.span(token.start, token.start)
            words = "the accounts of a test begin with `given`"
            said = complaint("unexpected-text", place.span(), words, write="given ", title="put in `given`", on=at)
            return Mend(said, (Token("GIVEN", "given", token.start, token.start, token.first),))
        if token.text in _LEADS and (following.kind == "LBRACE" or following.kind == "ACCOUNT"):
            return instead(place, [token], [("GIVEN", "given")], f"`{token.text}` is written `given`", back=0)
        if token.text in ("and", ",") and following.kind in ("ACCOUNT", "GIVEN", "EXPECT"):
            return instead(place, [token], [], f"no `{token.text}` is needed here", back=0)
    return None


def worded_value(place: Place) -> Mend | None:
    """`fit is missing`, `field fit = 5`, `a = 1 and b = 2`, `fit >= 80` in what is given."""
    token, before, following = place.token, place.before, place.after()
    if before is None or token.first:
        return None
    if place.accepts("EQUAL", following.kind) and not place.accepts("ABOVE"):
        if token.kind == "IS":
            return instead(place, [token], [("EQUAL", "=")], "what is given is written with `=`", back=0)
        if token.kind in COMPARISONS and token.kind != "EQUAL" and place.accepts("EQUAL", "MISSING"):
            words = "a test gives values, not conditions"
            named = place.span(place.after(-3), before).text if before.kind == "DATE" else before.text
            hint = f"write `{named} = …`, with a value such as an account has"
            said = complaint("unexpected-text", place.span(before, following), words, hint)
            return Mend(said, (renamed(token, "EQUAL", "="),), drop=1, guess=True)
    needless = before.text in ("field", "set") and place.accepts("EQUAL", "MISSING")
    if needless and is_name(place, token) and following.kind in ("EQUAL", "IS"):
        return instead(place, [before], [], f"`{before.text}` is not needed here", back=1)
    if token.kind == "AND" and place.accepts(following.kind, "EQUAL", "MISSING"):
        return instead(place, [token], [], "each value stands by itself, without `and`", back=0)
    return None


def bare_tags(place: Place) -> Mend | None:
    """`tech = "a", "b"`, `tech = ("a", "b")` for `tech = ["a", "b"]`."""
    in_parentheses = place.follows("EQUAL", "LPAR", "TEXT")
    if (
        place.token.kind != "COMMA"
        or place.after().kind != "TEXT"
        or not (in_parentheses or place.follows("EQUAL", "TEXT"))
    ):
        return None
    back = 2 if in_parentheses else 1
    if not place.accepts("LSQB", back=back):
        return None
    count = 0
    while place.after(count).kind == "COMMA" and place.after(count + 1).kind == "TEXT":
        count += 2
    if in_parentheses and place.after(count).kind != "RPAR":
        return None
    texts = [place.after(step - 1) for step in range(count + 1)]
    old = place.span(place.after(-back), place.after(count if in_parentheses else count - 1))
    inside = place.span(texts[0], texts[-1]).text
    said = complaint("unexpected-text", old, "a list stands in square brackets", write=f"[{inside}]")
    ends = Token("LSQB", "[", old.start, old.start), Token("RSQB", "]", old.end, old.end)
    return Mend(said, (ends[0], *texts, ends[1]), drop=count + in_parentheses, back=back)


def worded_fact(place: Place) -> Mend | None:
    """`event funding on 2026-11-01`, `intent 2026-11-01 = 80`, `event funding { … }` for `event funding 2026-11-01 { … }`."""
    token, before = place.token, place.before
    if before is None or token.first or place.at < 2:
        return None
    head = place.after(-2)
    if head.kind in _FACTS and place.accepts("DATE") and not place.accepts("LBRACE"):
        if token.text in _ON and place.after().kind == "DATE":
            return instead(place, [token], [], f"no `{token.text}` stands before the day", back=0)
        if token.kind in ("LBRACE", "EQUAL"):
            form = "{ … }" if token.kind == "LBRACE" else "= …"
            words = f"the day is missing: what is given of {_FACTS[head.kind]} has its day"
            hint = f"write `{head.text} {before.text} 2026-01-31 {form}`"
            said = complaint("unexpected-text", place.span(head, before), words, hint)
            return Mend(said, (Token("DATE", "2026-01-31", token.start, token.start),), guess=True)
    if token.kind == "DATE" and place.accepts("EVENT", "NAME", "DATE", "LBRACE", back=1) and is_fact(place, before):
        word = "signal" if place.after().kind == "EQUAL" else "event"
        if word == "signal" and is_declared(place, before, "SCORE") and not is_declared(place, before, "SIGNAL"):
            word = "score"
        at = place.source.span(before.start, before.start)
        words = f"what is given of {_FACTS[word.upper()]} begins with `{word}`"
        said = complaint(
            "unexpected-text", place.span(before), words, write=f"{word} ", title=f"put in `{word}`", on=at
        )
        return Mend(said, (renamed(before, word.upper(), word), before), back=1)
    return None


def is_fact(place: Place, name: Token) -> bool:
    """Whether the token before the place names an event or signal: by its declaration, or by what stands after its day."""
    if name.kind in _FACTS:
        return False
    if place.after().kind in ("EQUAL", "LBRACE"):
        return True
    return is_declared(place, name, "EVENT", "SIGNAL")


def is_declared(place: Place, name: Token, *kinds: str) -> bool:
    """Whether the file has a declaration of that name by one of these words."""
    tokens = place.tokens
    return any(
        tokens[at].text == name.text and tokens[at - 1].kind in kinds
        for at in range(1, len(tokens))
        if tokens[at].kind != END and at != place.at - 1
    )


MENDS = (worded_date, label, worded_given, worded_value, bare_tags, worded_fact)
