"""`allow` as people write it: `allow same_plays`, `ignore same-plays`, `allow same-plays "because"`."""

from __future__ import annotations

import re

from tierlang.source import Span
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.tokens import END, Token

_VERBS = (
    *("allow", "allows", "allowed", "ignore", "ignores", "ignored", "disable", "disabled"),
    *("suppress", "silence", "permit", "noqa", "nolint", "accept", "skip"),
)
_REASONS = frozenset(("since", "as", "for", "reason", "why", "note", "comment", ":", "=", "->", "-", ","))
_RULE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def _rule(place: Place, start: int) -> tuple[str, int] | None:
    """The rule's name as it should be written, from the words that begin there, and how many tokens they are."""
    parts: list[str] = []
    count = start
    while True:
        token = place.after(count)
        name = token.text.strip("\"'").lower()
        if token.kind == END or (token.first and count) or token.text == "because" or not _is_part(token):
            break
        parts.append(name.replace("_", "-"))
        count += 1
        if place.after(count).kind == "MINUS":
            count += 1
    rule = "-".join(parts).replace(" ", "-")
    return (rule, count) if _RULE.fullmatch(rule) else None


def _is_part(token: Token) -> bool:
    """Whether a token may be a word of a rule's name, or all of it in quotes."""
    text = token.text[1:-1] if token.kind in ("TEXT", "WRONG_QUOTES") else token.text
    return re.fullmatch(r"[a-zA-Z][\w]*([-_][\w]+)*", text) is not None


def worded_allow(place: Place) -> Mend | None:
    """`allow same_plays`, `allow: "same-plays"`, `ignore same-plays` for `allow same-plays`."""
    token = place.token
    if token.text.lower() not in _VERBS or not place.at_line_start() or not place.accepts("ALLOW"):
        return None
    start = 1
    while place.after(start).text in (":", "=", "rule") and not place.after(start).first:
        start += 1
    found = _rule(place, start)
    if found is None or place.after(start).first:
        return _without_rule(place) if token.text == "allow" else None
    rule, count = found
    if token.text != "allow" and "-" not in rule:
        return None
    written = f"allow {rule}"
    span = place.span(token, place.after(count - 1))
    words = complaint("unexpected-text", span, f"`{span.text}` is written `{written}`", write=written)
    return Mend(words, (Token("ALLOW", written, span.start, span.end, token.first),), drop=count)


def _without_rule(place: Place) -> Mend:
    words = complaint(
        "unexpected-text",
        place.span(),
        "`allow` names the rule that is to be silent here",
        'write `allow RULE because "…"`; the name stands in the brackets behind what the rule finds',
    )
    count = 1
    while not place.after(count).first and place.after(count).kind not in (END, "RBRACE", "LBRACE"):
        count += 1
    return Mend(words, drop=count)


def spaced_rule(place: Place) -> Mend | None:
    """`allow same plays`, `allow same - plays` for `allow same-plays`."""
    head, token = place.before, place.token
    if head is None or head.kind != "ALLOW" or token.first or not place.on_top(1):
        return None
    if token.kind == "MINUS" or _is_part(token):
        found = _rule(place, 1 if token.kind == "MINUS" else 0)
        ahead = head.text.removeprefix("allow").strip()
        if found is None or place.after(found[1] - 1).kind == "TEXT" or token.text in _REASONS - {"-"}:
            return None
        rule = found[0] if ahead == "rule" else f"{ahead}-{found[0]}"
        span = place.span(head, place.after(found[1] - 1))
        words = complaint("unexpected-text", span, f"the name of a rule has hyphens: `{rule}`", write=f"allow {rule}")
        return Mend(words, (Token("ALLOW", f"allow {rule}", span.start, span.end, head.first),), found[1], back=1)
    return None


def worded_reason(place: Place) -> Mend | None:
    """`allow same-plays "so"`, `allow same-plays since "so"` for `allow same-plays because "so"`."""
    head, token = place.before, place.token
    if head is None or head.kind != "ALLOW" or token.first:
        return None
    if token.kind == "TEXT" and head.text.removeprefix("allow").strip() == "because":
        words = "`because` stands where the name of the rule is missing"
        said = complaint("unexpected-text", place.span(head), words, f"write `allow RULE because {token.text}`")
        return Mend(said, (renamed(token, "BECAUSE", "because"),), guess=True)
    if token.kind == "TEXT":
        end = place.source.span(head.end, head.end)
        words = "the reason stands after `because`"
        said = complaint("unexpected-text", place.span(), words, write=" because", title="put in `because`", on=end)
        return Mend(said, (Token("BECAUSE", "because", head.end, head.end),))
    if token.text in _REASONS and place.after().kind == "TEXT" and not place.after().first:
        said = complaint(
            "unexpected-text",
            place.span(),
            "the reason stands after `because`",
            write="because" if token.start > head.end else " because",
            title="write `because`",
        )
        return Mend(said, (renamed(token, "BECAUSE", "because"),), drop=1)
    return None


def several_rules(place: Place) -> Mend | None:
    """`allow same-plays, no-review because "so"`: each rule has a line of its own."""
    head = place.before
    if head is None or head.kind != "ALLOW" or place.token.text not in (",", "and") or place.after().first:
        return None
    found = _rule(place, 1)
    if found is None:
        return None
    rule, count = found
    step = count
    while not place.after(step).first and place.after(step).kind not in (END, "LBRACE", "RBRACE", "BECAUSE"):
        step += 1
    reason = place.after(step + 1) if place.after(step).kind == "BECAUSE" else None
    text = reason.text if reason is not None and reason.kind == "TEXT" else None
    span = place.span(place.token, place.after(count - 1))
    lead = "" if place.token.start > head.end else " "
    words = complaint(
        "unexpected-text",
        place.span(),
        "each rule has an `allow` and a reason of its own",
        write=f"{lead}because {text} allow {rule}" if text else None,
        title="repeat the reason",
        on=span,
    )
    again = Token("ALLOW", f"allow {rule}", span.start, span.end)
    if text is None:
        return Mend(words, (again,), drop=count)
    said = (Token("BECAUSE", "because", span.start, span.start), Token("TEXT", text, span.start, span.end))
    return Mend(words, (*said, again), drop=count)


def allow_as_name(place: Place) -> Mend | None:
    """`field allow text`: `allow` is reserved; and an `allow` among the rows of a table."""
    token = place.token
    if token.kind != "ALLOW" or place.accepts("ALLOW"):
        return None
    word = token.text.removeprefix("allow").strip()
    if place.accepts("NAME", place.tables.keywords.get(word, "NAME")) and "-" not in word:
        span = Span(place.source, token.start, token.start + len("allow"))
        said = complaint(
            "reserved-word",
            span,
            "`allow` is a reserved word of the language and cannot be a name",
            "choose another name, such as `allow_value`",
        )
        rest = Token(place.tables.keywords.get(word, "NAME"), word, token.end - len(word), token.end)
        return Mend(said, (Token("NAME", "allow", span.start, span.end, token.first), rest), drop=1)
    if not place.line_is_complete():
        return None
    said = complaint(
        "misplaced-line",
        place.span(),
        "`allow` cannot stand among rows",
        "put it into the block around them: it is silent in all of that block",
    )
    reason = place.after().kind == "BECAUSE" and place.after(2).kind == "TEXT"
    return Mend(said, drop=3 if reason else 1)


MENDS = (worded_allow, worded_reason, several_rules, spaced_rule, allow_as_name)
