"""Words that people say for words of the language, as tables: `cool down`, `approval from`, `moved to`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from tierlang.syntax.expecting import instead, is_name
from tierlang.syntax.mending import Mend, Place, renamed
from tierlang.syntax.tokens import END, Token

_TEXTS = {
    "AT_MOST": "<=",
    "COMMA": ",",
    "DOTS": "..",
    "MOVE_TO": "move to",
    "MOVE_OUT": "move out",
}
"""The texts of kinds that are not words in small letters."""

_GOES_ON = ("for", "contains", "starts", "ends")


@attrs.frozen
class Saying:
    """What is said, and the kinds of what is written instead; none where it says nothing.

    `then` are the kinds of the token that must follow on the line (`NAME`: whatever may be a name, `PLAIN`: but not a word with which a condition
    goes on; none: any); with `ends` nothing needs to. `lead` are those of the token before it (none: any). `words` explain it where "is written"
    would not.
    """

    spoken: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    ends: bool = False
    words: str = ""


Sayings = dict[str, tuple[Saying, ...]]
"""Sayings by their first word, the longer ones first."""


def said_of(text: str) -> list[str]:
    """What is said, from a text where commas part it."""
    return [one.strip() for one in text.split(",")]


def sayings(
    spoken: str | Iterable[str],
    *kinds: str,
    then: tuple[str, ...] = (),
    lead: tuple[str, ...] = (),
    ends: bool = False,
    words: str = "",
) -> list[Saying]:
    """Several things that are said for the same."""
    several = said_of(spoken) if isinstance(spoken, str) else spoken
    return [Saying(tuple(_words(one)), kinds, then, lead, ends, words) for one in several]


def _words(text: str) -> Iterable[str]:
    """The tokens of what is said; those that the language joins are one."""
    for joined in ("move to", "move out", "as of"):
        text = text.replace(joined, joined.replace(" ", "~"))
    return (word.replace("~", " ") for word in text.split())


def table(*groups: Iterable[Saying]) -> Sayings:
    """The table of some groups."""
    found: dict[str, list[Saying]] = {}
    for group in groups:
        for saying in group:
            found.setdefault(saying.spoken[0], []).append(saying)
    return {
        word: tuple(sorted(several, key=lambda one: -len(one.spoken) - bool(one.kinds) / 2))
        for word, several in found.items()
    }


def otherwise_said(place: Place, known: Sayings) -> Mend | None:
    """What is said at the place, or ends right before it, as it is written."""
    for back in range(min(4, place.at), -1, -1):
        for saying in known.get(_said(place.after(-back)), ()):
            if back > len(saying.spoken) or not _is_said(place, saying, back):
                continue
            for ahead in (0, 1) if _names_account(place, back) else (0,):
                if _is_accepted(place, saying, back, ahead):
                    return _written(place, saying, back, ahead)
    return None


def _said(token: Token) -> str:
    return " ".join(token.text.lower().split())


def _names_account(place: Place, back: int) -> bool:
    """Whether the token before names the account of an `expect`: it may have been taken for a value already, and is read anew."""
    return place.at > back + 1 and place.after(-back - 2).kind == "EXPECT" and is_name(place, place.after(-back - 1))


def _is_said(place: Place, saying: Saying, back: int) -> bool:
    tokens = [place.after(step - back) for step in range(len(saying.spoken))]
    if tuple(map(_said, tokens)) != saying.spoken or any(token.first for token in tokens[1:]):
        return False
    return not saying.lead or (place.at > back and place.after(-back - 1).kind in saying.lead)


def _is_accepted(place: Place, saying: Saying, back: int, ahead: int) -> bool:
    kinds = (*(place.after(-back - 1).kind for _ in range(ahead)), *saying.kinds)
    if not place.on_top(back + ahead):
        return False
    if len(saying.kinds) and ahead == 0 and place.machine.only_a_name(saying.kinds[0], depth=_depth(place, back)):
        return False
    following = place.after(len(saying.spoken) - back)
    if saying.ends and (following.first or following.kind in (END, "RBRACE")):
        return place.accepts(*kinds, back=back + ahead)
    if following.first or following.kind == END:
        return False
    named = is_name(place, following) and (
        "NAME" in saying.then or ("PLAIN" in saying.then and following.text not in _GOES_ON)
    )
    if saying.then and not (named or following.kind in saying.then):
        return False
    return place.accepts(*kinds, following.kind, back=back + ahead)


def _depth(place: Place, back: int) -> int:
    """How many states of the stack are left where so many tokens are taken back."""
    return len(place.machine.states) - back


def _written(place: Place, saying: Saying, back: int, ahead: int) -> Mend:
    """The mend: only what differs is spoken of, and changed."""
    old = [place.after(step - back) for step in range(len(saying.spoken))]
    texts = [_TEXTS.get(kind, kind.lower()) for kind in saying.kinds]
    left, right = _alike(saying.spoken, texts)
    changed, written = old[left : len(old) - right], " ".join(texts[left : len(texts) - right])
    words = saying.words or (
        f"`{place.span(old[0], old[-1]).text}` is written `{' '.join(texts)}`"
        if written
        else f"`{place.span(changed[0], changed[-1]).text}` is not needed here"
    )
    new = zip(saying.kinds[left : len(texts) - right], texts[left : len(texts) - right], strict=True)
    mend = instead(place, changed, list(new), words, back=0, until=place.after(len(old) - right - back))
    tokens = [renamed(old[at], saying.kinds[at], texts[at]) for at in range(left)]
    tokens += mend.tokens
    for at in range(right, 0, -1):
        tokens.append(renamed(old[-at], saying.kinds[-at], texts[-at]))
    account = (place.after(-back - 1),) if ahead else ()
    span = place.span(old[0], old[-1]) if written else mend.complaint.span
    return Mend(attrs.evolve(mend.complaint, span=span), (*account, *tokens), drop=len(old) - back, back=back + ahead)


def _alike(spoken: Sequence[str], texts: Sequence[str]) -> tuple[int, int]:
    """How many words are the same at both ends, at least one of what was said left over."""
    left = right = 0
    while left < min(len(spoken) - 1, len(texts)) and spoken[left] == texts[left]:
        left += 1
    while right < min(len(spoken) - 1, len(texts)) - left and spoken[-1 - right] == texts[-1 - right]:
        right += 1
    return left, right
