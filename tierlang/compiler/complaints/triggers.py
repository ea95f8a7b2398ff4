"""Complaints about `promote` and `demote`."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.compiler.complaints.voice import error
from tierlang.diagnostics.diagnostic import Diagnostic, Fix, Related
from tierlang.diagnostics.edits import replace
from tierlang.diagnostics.words import code_list
from tierlang.source import Span
from tierlang.syntax import nodes


def no_when(node: nodes.Trigger) -> Diagnostic:
    """A trigger without a condition."""
    return error(
        "no-when",
        node.name.span,
        f"`{node.name.text}` does not say when it moves an account",
        "say it with `when`: `when any funding_round within 30 days`",
    )


def no_target(node: nodes.Trigger) -> Diagnostic:
    """A trigger that leads nowhere."""
    return error(
        "no-target",
        node.name.span,
        f"`{node.name.text}` does not say to which tier it moves an account",
        f"name the tier, `to TIER`, or say how many tiers: `{_way(node)} 1`",
    )


def two_targets(to: nodes.TriggerTo, steps: nodes.TriggerSteps) -> Diagnostic:
    """`to` beside `up`."""
    first, second = sorted((to.span, steps.span), key=lambda span: span.start)
    return error(
        "two-targets",
        second,
        f"`to` and `{steps.way}` both say where an account goes",
        "keep one of the two",
        related=[Related(first, "the other one is here")],
    )


def wrong_way(node: nodes.Trigger, line: nodes.TriggerSteps) -> Diagnostic:
    """`promote` with `down`."""
    fixes = [replace(_word(line.span, line.way), _way(node)), _turned(node)]
    return error(
        "wrong-way",
        line.span,
        f"`{node.direction}` moves accounts {_way(node)}, and `{line.way}` leads the other way",
        f"write `{_way(node)}`, or make it a `{_other(node)}`",
        fixes=fixes,
    )


def bad_steps(line: nodes.TriggerSteps, words: str) -> Diagnostic:
    """Steps that are no count of tiers."""
    return error(
        "bad-steps",
        line.steps.span,
        f"`{line.way}` moves an account by whole tiers, 1 or more, and `{words}` is no such number",
        f"for example `{line.way} 1`",
    )


def too_many_steps(line: nodes.TriggerSteps, steps: int, tiers: int) -> Diagnostic:
    """More steps than the ladder has."""
    if tiers < 2:
        return error("bad-steps", line.steps.span, f"the ladder has one tier, so `{line.way}` moves nobody")
    return error(
        "bad-steps",
        line.steps.span,
        f"the ladder has {tiers} tiers, so no account can move by {steps}: the most is {tiers - 1}",
    )


def nothing_to_move(node: nodes.Trigger, line: nodes.Node, to: str) -> Diagnostic:
    """`promote` to the worst tier."""
    than = "worse" if node.direction == "promote" else "better"
    return error(
        "wrong-way",
        line.span,
        f"`{node.direction}` moves accounts {_way(node)}, but no tier is {than} than `{to}`, so nobody can go {_way(node)} to it",
        f"name another tier, or make it a `{_other(node)}`",
        fixes=[_turned(node)],
    )


def not_its_way(node: nodes.Trigger, name: nodes.Name, to: str, tiers: Sequence[str], *, opposite: bool) -> Diagnostic:
    """A tier from which the target does not lie the trigger's way; `opposite`: from all of them it lies the other way."""
    than = "better" if node.direction == "promote" else "worse"
    hints = [f"from best to worst the tiers are {code_list(tiers)}"]
    if opposite:
        hints.append(f"if accounts are meant to go from `{name.text}` to `{to}`, it is a `{_other(node)}`")
    return error(
        "wrong-way",
        name.span,
        f"`{node.direction}` moves accounts to a {than} tier, and `{to}` is not {than} than `{name.text}`",
        *hints,
        fixes=[_turned(node)] if opposite else [],
    )


def from_the_end(node: nodes.Trigger, name: nodes.Name) -> Diagnostic:
    """`up 1` from the best tier."""
    end = "best" if node.direction == "promote" else "worst"
    return error(
        "wrong-way",
        name.span,
        f"`{name.text}` is the {end} tier, so nothing goes {_way(node)} from it",
        "take it out of this line",
    )


def doubled_source(name: nodes.Name, first: nodes.Name) -> Diagnostic:
    """A tier that stands twice behind `from`."""
    return error(
        "doubled-value",
        name.span,
        f"`{name.text}` stands here a second time",
        "once is enough",
        related=[Related(first.span, "the first one is here")],
    )


def _way(node: nodes.Trigger) -> str:
    return "up" if node.direction == "promote" else "down"


def _other(node: nodes.Trigger) -> str:
    return "demote" if node.direction == "promote" else "promote"


def _word(span: Span, word: str) -> Span:
    return span.source.span(span.start, span.start + len(word))


def _turned(node: nodes.Trigger) -> Fix:
    """The fix that makes a `promote` a `demote`."""
    return replace(_word(node.span, node.direction), _other(node), f"make it a `{_other(node)}`")
