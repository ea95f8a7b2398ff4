"""Who works a tier and what they do: owners, plays, coverage."""

from __future__ import annotations

from collections.abc import Mapping

from tierlang.compiler.asking import condition_with_tiers
from tierlang.compiler.complaints import staffing as complaints
from tierlang.compiler.complaints.names import unknown_name, unknown_word, wrong_kind_named, wrong_sort
from tierlang.compiler.context import Context
from tierlang.compiler.lines import only, parts_of_sort
from tierlang.compiler.resolve import field_named
from tierlang.compiler.scope import Sort
from tierlang.compiler.words import label_of, text_of
from tierlang.program.expressions import Input
from tierlang.program.nodes import Owner, Play, TierOwner
from tierlang.program.numbers import SCALE
from tierlang.program.values import Kind
from tierlang.syntax import nodes

FUNCTIONS = ("marketing", "sales", "success", "product", "development")
REQUIRED = ("marketing", "sales")


def define_owner(context: Context, node: nodes.Owner) -> Owner:
    """A declared owner."""
    return Owner(node.name.text, label_of(node.label), label_of(node.email), label_of(node.team), span=node.span)


def owner_named(context: Context, name: nodes.Name, owners: Mapping[str, Owner]) -> Owner | None:
    """The declared owner of this name."""
    owner = owners.get(name.text)
    if owner is not None:
        context.uses.note(name.text, name.span)
    else:
        declared = context.scope.get(name.text)
        if declared is None:
            context.complain(unknown_name(name, owners, "owner"))
        else:
            hints = [f"to read the owner from it, write `from {name.text}`"] if declared.sort is Sort.FIELD else []
            context.complain(wrong_sort(name, declared.sort.value, "an owner", owners, *hints))
    return owner


def read_owners(
    context: Context, tier: nodes.Tier, owners: Mapping[str, Owner], *, needed: bool
) -> tuple[TierOwner, ...]:
    """The tier's owners, one per function; where owners are `needed`, marketing and sales must have one."""
    found: dict[str, nodes.TierOwner] = {}
    made: list[TierOwner] = []
    for line in parts_of_sort(tier.parts, nodes.TierOwner):
        function = line.function.text
        if function not in FUNCTIONS:
            context.complain(unknown_word(line.function, FUNCTIONS, "a function that owns or plays"))
        first = found.setdefault(function, line)
        if first is not line:
            context.complain(complaints.doubled_owner(line.span, function, first.span))
        owner = _tier_owner(context, line, owners)
        if owner is not None:
            made.append(owner)
    unknown = any(function not in FUNCTIONS for function in found)
    lacking = [function for function in REQUIRED if function not in found]
    if needed and lacking and not unknown:
        context.complain(complaints.no_owner(tier, lacking, owners))
    return tuple(made)


def _tier_owner(context: Context, line: nodes.TierOwner, owners: Mapping[str, Owner]) -> TierOwner | None:
    if not line.from_field:
        owner = owner_named(context, line.owner, owners)
        return None if owner is None else TierOwner(line.function.text, owner, None, span=line.span)
    field = field_named(context, line.owner, "`owner … from`")
    if field is not None and field.kind is not Kind.TEXT:
        context.complain(
            wrong_kind_named(line.owner, field.kind, "`owner … from`", "a field with the owner's name as text")
        )
        return None
    return None if field is None else TierOwner(line.function.text, None, field, span=line.span)


def read_plays(context: Context, tier: nodes.Tier) -> tuple[Play, ...]:
    """What the functions do for the tier's accounts."""
    lines = parts_of_sort(tier.parts, nodes.Play)
    for at, line in enumerate(lines):
        for earlier in lines[:at]:
            said = (line.function.text, text_of(line.label)) == (earlier.function.text, text_of(earlier.label))
            if said and not (_has_condition(line) and _has_condition(earlier)):
                context.complain(complaints.doubled_play(line, earlier))
                break
    made = [_play(context, line) for line in lines]
    return tuple(play for play in made if play is not None)


def _has_condition(node: nodes.Play) -> bool:
    return bool(parts_of_sort(node.parts, nodes.When))


def _play(context: Context, node: nodes.Play) -> Play | None:
    if node.function.text not in FUNCTIONS:
        context.complain(unknown_word(node.function, FUNCTIONS, "a function that owns or plays"))
    options = parts_of_sort(node.parts, nodes.PlayPart)
    channel, respond, budget = (
        next((part for part in options if part.option == option), None)
        for option in ("channel", "respond within", "budget")
    )
    text = channel.value if channel is not None and isinstance(channel.value, nodes.Text) else None
    duration = respond.value if respond is not None and isinstance(respond.value, nodes.Duration) else None
    share = budget.value if budget is not None and isinstance(budget.value, nodes.Number) else None
    if share is not None and (share.form != "percent" or not 0 <= share.value <= SCALE):
        context.complain(complaints.bad_budget(share.span, share.text))
    when = next(iter(parts_of_sort(node.parts, nodes.When)), None)
    condition = None if when is None else condition_with_tiers(context, when.condition)
    if when is not None and condition is None:
        return None
    return Play(
        function=node.function.text,
        label=text_of(node.label),
        channel=label_of(text),
        respond_within=None if duration is None else _duration_text(duration),
        budget=None if share is None else share.value,
        when=condition,
        span=node.span,
    )


def _duration_text(node: nodes.Duration) -> str:
    return f"{node.count} {node.unit}{'' if node.count == 1 else 's'}"


def read_coverage(context: Context, tier: nodes.Tier) -> tuple[Input, ...]:
    """The fields that must be filled for the tier's accounts."""
    node = only(context, parts_of_sort(tier.parts, nodes.Coverage), "`coverage`")
    if node is None:
        return ()
    found: dict[str, Input] = {}
    for name in node.fields:
        field = field_named(context, name, "`coverage`")
        if field is not None and field.name in found:
            context.complain(complaints.doubled_coverage(name))
        elif field is not None:
            found[field.name] = field
    return tuple(found.values())
