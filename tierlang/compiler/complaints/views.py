"""Complaints about several ladders, and about questions for tiers: `tier is one`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tierlang.compiler.complaints.voice import did_you_mean, error
from tierlang.compiler.views import View
from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Related
from tierlang.diagnostics.edits import insert, replace
from tierlang.diagnostics.words import code_list
from tierlang.source import Span
from tierlang.syntax import nodes

PLACES = (
    "in the `when` of another ladder's tiers, of `raise`, `lower`, `floor at` and `cap at`, of plays and of marks,"
    " in what a test expects, and in `keep while`, `hold`, `promote` and `demote`"
)
"""Where a rule may ask for an account's tier."""


def unnamed_ladder(node: nodes.Tiers, first: nodes.Tiers, name: str) -> Diagnostic:
    """A further ladder without a name."""
    word = _tiers_word(node)
    return error(
        "unnamed-ladder",
        word,
        "this is a further `tiers` block, and it needs a name: results show it, and rules ask for its tiers, by that name",
        f"give this one a name: `tiers {name} …`",
        related=[Related(_tiers_word(first), "the first ladder is here")],
        fixes=[insert(word, word.end, f" {name}", f"call it `{name}`")],
    )


def _tiers_word(node: nodes.Tiers) -> Span:
    return node.span.source.span(node.span.start, node.span.start + len("tiers"))


def ladders_in_a_circle(path: Sequence[View], places: Sequence[Span]) -> Diagnostic:
    """Ladders that ask for each other's tiers. `path` starts and ends with the same ladder; `places` say where each asks the next."""
    shown = " → ".join(f"`{view.word}`" for view in path)
    related = [
        Related(place, f"{a.shown} asks for a tier of {'its own' if a is b else b.shown} here")
        for a, b, place in zip(path, path[1:], places, strict=False)
    ]
    if len(path) == 2:
        return error(
            "cycle",
            places[0],
            f"a tier of {path[0].shown} cannot depend on the tier that the same ladder gives",
            "conditions of `raise`, `lower`, `floor at` and `cap at` may ask for it: there it is the tier so far",
        )
    return error(
        "cycle",
        places[0],
        f"these ladders ask for each other's tiers, so none can be placed first: {shown}",
        "take one of the questions out of the circle",
        related=related,
    )


def tier_not_asked_here(span: Span, words: str) -> Diagnostic:
    """`tier is gold` where tiers are not known yet."""
    return error(
        "tier-condition",
        span,
        f"`{words}` cannot be asked here: derived fields, scores and exclusions are found before an account has a tier",
        f"it may stand {PLACES}",
    )


def tier_inside(span: Span, words: str, what: str) -> Diagnostic:
    """`tier is gold` inside something that makes values."""
    return error(
        "tier-condition",
        span,
        f"`{words}` cannot stand inside {what}",
        "it stands alone, or is joined by `and`, `or`, `not` and `at least … of`",
    )


def tier_missing(node: nodes.IsMissing, view: View) -> Diagnostic:
    """`tier is missing`: a tier is no value."""
    tiers = f"{view.word} is {' or '.join(view.tiers) or 'TIER'}"
    written = f"({tiers})" if node.negated else f"not ({tiers})"
    return error(
        "tier-missing",
        node.span,
        f"a tier is never missing: an account of {view.shown} is in a tier or in none",
        f"to ask whether it is in {'one' if node.negated else 'none'}, write `{written}`",
        fixes=[replace(node.span, written, certain=True)] if view.tiers else [],
    )


def unknown_tier(name: nodes.Name, view: View, values: Iterable[str], *, listed: bool) -> Diagnostic:
    """A tier that no ladder has; `listed`: it stands behind an `or`, where a condition may be meant as well."""
    hints, fixes = did_you_mean(name.text, [*view.tiers, *(values if listed else ())], name.span)
    if not fixes and hints and hints[0].startswith("there"):
        hints = [f"its tiers are {code_list(view.tiers)}"]
    wanted = f"no tier, and nothing else, called `{name.text}`" if listed else f"no tier called `{name.text}`"
    return error("unknown-name", name.span, f"{view.shown} has {wanted}", *hints, fixes=fixes)


def tier_of_another(name: nodes.Name, view: View, other: View, *hints: str) -> Diagnostic:
    """A tier of one ladder where one of another is meant."""
    return error(
        "other-ladder",
        name.span,
        f"`{name.text}` is a tier of {other.shown}, not of {view.shown}",
        *hints,
        related=[Related(other.tiers[name.text].span, f"`{name.text}` stands here")],
    )


def tier_as_value(name: nodes.Name, view: View) -> Diagnostic:
    """A tier's name where a value is needed."""
    return error(
        "wrong-sort",
        name.span,
        f"`{name.text}` is a tier, not a value",
        f"whether an account is in it is asked by `{view.word} is {name.text}`, {PLACES}",
    )


def ladder_as_value(name: nodes.Name, view: View) -> Diagnostic:
    """A ladder's name where a value is needed."""
    tier = next(iter(view.tiers), "TIER")
    return error(
        "wrong-sort",
        name.span,
        f"`{name.text}` is a ladder, not a value",
        f"whether an account is in one of its tiers is asked by `{name.text} is {tier}`, {PLACES}",
    )


def unclear_tiers(asked: nodes.TierIs, first: nodes.Ref, last: nodes.Ref) -> Diagnostic:
    """`tier is one or two` beside `and`, or after `not`: which tiers belong to the question is not clear."""
    subject, tier = asked.subject.text, asked.tiers[0].text
    whole = asked.span.to(last.span)
    source = whole.source
    close = Edit(source.span(last.span.end, last.span.end), ")")
    if asked.negated:
        opened, together = Edit(asked.span, f"not ({subject} is {tier}"), "in none of them"
    else:
        opened, together = Edit(source.span(asked.span.start, asked.span.start), "("), "in one of them"
    apart = Edit(source.span(first.span.start, first.span.start), f"{subject} is ")
    asks = " or ".join([tier, first.name.text] if last is first else [tier, "…", last.name.text])
    if asked.negated:
        readings = f"`not ({subject} is {asks})`", f"`{subject} is not {tier} or {subject} is {first.name.text}`"
    else:
        readings = f"`({subject} is {asks})`", f"`{subject} is {first.name.text}` as a question of its own"
    return error(
        "unclear-tiers",
        whole,
        f"this can be read in two ways: does `{first.name.text}` belong to `{words_of(asked)}`, or is it asked apart?",
        f"if the account is meant to be {together}, write {readings[0]}",
        f"if not, write {readings[1]}",
        fixes=[
            Fix("put the tiers together in parentheses", (opened, close)),
            Fix(f"ask `{subject} is {first.name.text}` apart", (apart,)),
        ],
    )


def words_of(asked: nodes.TierIs) -> str:
    """A question for tiers as it is written."""
    tiers = " or ".join(tier.text for tier in asked.tiers)
    return f"{asked.subject.text} is {'not ' if asked.negated else ''}{tiers}"


def two_tiers_at_once(asked: nodes.TierIs, second: nodes.Ref) -> Diagnostic:
    """`tier is one and two`."""
    subject, tiers = asked.subject.text, f"{asked.tiers[-1].text} or {second.name.text}"
    written = f"not ({subject} is {tiers})" if asked.negated else f"{subject} is {tiers}"
    return error(
        "wrong-sort",
        second.span,
        f"`{second.name.text}` is a tier, and an account is in one tier of a ladder only",
        f"to ask whether it is in {'neither' if asked.negated else 'one of the two'}, write `{written}`",
    )
