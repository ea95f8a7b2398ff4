"""Complaints about scores."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic, Fix, Related
from tierlang.diagnostics.edits import line_after, replace
from tierlang.diagnostics.words import code_list
from tierlang.program.numbers import SCALE, number_text
from tierlang.source import Span
from tierlang.syntax import nodes


def percent_text(weight: int) -> str:
    """A share as people write it: `33.5%`."""
    return f"{number_text(weight * 100)}%"


def empty_score(name: nodes.Name) -> Diagnostic:
    """A score without lines."""
    return error(
        "empty-score",
        name.span,
        f"the score `{name.text}` says nothing about how it is computed",
        "add `weigh 50% …` lines, `points … when …` lines, or one `value …` line",
    )


def mixed_score(name: str, sorts: Sequence[tuple[str, nodes.Node]]) -> Diagnostic:
    """A score that weighs and gives points, or has a value beside."""
    first, second = sorts[0], sorts[1]
    return error(
        "mixed-score",
        second[1].span,
        f"the score `{name}` has both `{first[0]}` and `{second[0]}`; a score is computed in one way",
        f"put the `{second[0]}` lines into a score of their own, and read that one here by its name",
        related=[Related(first[1].span, f"`{first[0]}` stands here")],
    )


def policy_without_weights(span: Span, sort: str) -> Diagnostic:
    """`missing` in a score that does not weigh."""
    hint = {
        "points": "points of a line that cannot be decided are not given; tables say it with a `missing ->` row",
        "value": "a `value` with a missing part is missing. To fill a gap, write `first of [x, 0]`",
    }[sort]
    return error("misplaced-line", span, "`missing` belongs to scores with `weigh` lines", hint)


def bad_round(span: Span) -> Diagnostic:
    """`round to` with anything but 0 to 4."""
    return error("bad-digits", span, "a score is rounded to 0, 1, 2, 3 or 4 digits after the point")


def open_score_range(span: Span, closed: str) -> Diagnostic:
    """A score's range with an end left out."""
    return error(
        "bad-score-range",
        span,
        "a score is clamped to its `range`, so both ends belong to it",
        f"write `{closed}`",
        fixes=[replace(span, closed)],
    )


def range_off_grid(span: Span, words: str, name: str, digits: int) -> Diagnostic:
    """A range that ends between two values of the score."""
    return error(
        "off-grid",
        span,
        f"the score `{name}` is rounded to {digits} digit{'' if digits == 1 else 's'}, so its range cannot end at {words}",
        "change the end of the range, or the digits of `round to`",
    )


def weights_off(name: nodes.Name, spans: Sequence[Span], weights: Sequence[int], last: Span) -> Diagnostic:
    """Weights that do not total 100 %; `last` is the last of their lines."""
    total = sum(weights)
    off = SCALE - total
    rest = f"{percent_text(off)} is missing" if off > 0 else f"that is {percent_text(-off)} too much"
    each = " + ".join(percent_text(weight) for weight in weights)
    return error(
        "weights-total",
        spans[0].to(spans[-1]) if len(spans) == 1 else name.span,
        f"the weights of `{name.text}` total {percent_text(total)}, not 100%: {rest}",
        f"{each} = {percent_text(total)}" if len(weights) > 1 else "one part alone weighs 100%",
        *(["if they only say how much each part counts beside the others: `weights scaled`"] if total else []),
        related=[Related(span, percent_text(weight)) for span, weight in zip(spans, weights, strict=True)],
        fixes=[_scaled(last)] if total else [],
    )


def weights_not_scaled(span: Span, score: str, last: Span) -> Diagnostic:
    """A weight for some accounts only, in a score that does not say what becomes of the others."""
    return error(
        "weights-not-scaled",
        span,
        f"for accounts without this part the weights of `{score}` do not total 100%, and the score does not say what happens then",
        "`weights scaled`: the weights that apply to an account count in full, as if they totalled 100%",
        fixes=[_scaled(last)],
    )


def no_weight(name: nodes.Name, spans: Sequence[Span]) -> Diagnostic:
    """Scaled weights that are all 0 %."""
    return error(
        "weights-total",
        spans[0].to(spans[-1]) if len(spans) == 1 else name.span,
        f"all weights of `{name.text}` are 0%, so no account can have this score",
        "give the parts weights over 0%",
    )


def _scaled(last: Span) -> Fix:
    return line_after(last, "weights scaled", "add `weights scaled`")


def scaled_without_weights(span: Span, sort: str) -> Diagnostic:
    """`weights scaled` in a score that does not weigh."""
    return error(
        "misplaced-line",
        span,
        f"`weights scaled` belongs to scores with `weigh` lines, and this one is made of `{sort}`",
        "take the line away",
    )


def negative_weight(span: Span, words: str) -> Diagnostic:
    """A weight below zero."""
    return error(
        "bad-weight",
        span,
        f"the weight {words} is negative",
        "to let a part count against an account, turn it round: `weigh 20% (100 - risk)`",
    )


def weight_not_percent(span: Span, text: str, weight: int) -> Diagnostic:
    """A weight without its percent sign."""
    meant = f"{text}%" if weight > SCALE else percent_text(weight)
    return error(
        "bad-weight",
        span,
        f"a weight is a percentage, and {text} is not",
        f"write `{meant}`",
        fixes=[replace(span, meant)],
    )


def weight_behind(part: Span, weight: Span) -> Diagnostic:
    """`weigh fit 60%`."""
    return error(
        "bad-weight",
        part.to(weight),
        f"the weight stands first: `weigh {weight.text} {part.text}`",
        fixes=[replace(part.to(weight), f"{weight.text} {part.text}", certain=True)],
    )


def no_missing_policy(span: Span, parts: Sequence[str], last: Span) -> Diagnostic:
    """A weighted part that can be missing, and nothing said about it."""
    share, zero, unscored = "missing share down to 60%", "missing zero", "missing unscored"
    verb = "can be missing, and the score does not say what it does then"
    return error(
        "no-missing-policy",
        span,
        f"{code_list(parts)} {verb}",
        f"`{share}`: the parts that are known count, if they weigh at least 60%",
        f"`{zero}`: a missing part counts as 0",
        f"`{unscored}`: the account has no score",
        fixes=[line_after(last, line, f"add `{line}`") for line in (share, zero, unscored)],
    )


def share_without_floor(span: Span) -> Diagnostic:
    """`missing share` without how little may be known."""
    text = "missing share down to 60%"
    return error(
        "no-missing-policy",
        span,
        "`missing share` must say how little may be known: without a floor, an account of which only one part is known would be scored by that part alone",
        f"write `{text}`",
        fixes=[replace(span, text)],
    )


def bad_floor(span: Span) -> Diagnostic:
    """A floor that is no percentage."""
    return error(
        "bad-weight", span, "the floor must be a percentage over 0% and up to 100%", "for example `down to 60%`"
    )


def empty_best_of(span: Span) -> Diagnostic:
    """`best of` without lines."""
    return error("empty-score", span, "this `best of` has no lines", "add `points … when …` lines to choose from")
