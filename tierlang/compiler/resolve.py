"""What a name in an expression stands for."""

from __future__ import annotations

import attrs

from tierlang.compiler.about import About
from tierlang.compiler.complaints import facts
from tierlang.compiler.complaints import names as complaints
from tierlang.compiler.complaints import views as asking
from tierlang.compiler.context import Context
from tierlang.compiler.scope import VALUES, Sort
from tierlang.compiler.tier_lists import view_of, view_with
from tierlang.compiler.uses import NAMES, inside, of_ladder
from tierlang.compiler.views import View
from tierlang.program.expressions import Constant, Defined, Expression, Input, kind_of
from tierlang.program.values import Kind
from tierlang.syntax import nodes


def resolve(context: Context, name: nodes.Name) -> Expression | None:
    """The value a name stands for; complains if there is none. None without a complaint where its declaration is wrong."""
    if context.about is not None:
        return _inside(context, context.about, name)
    declared = context.scope.get(name.text)
    if declared is None:
        view = view_with(context, name.text)
        if view is not None:
            context.complain(asking.tier_as_value(name, view))
        else:
            context.complain(complaints.unknown_name(name, context.scope.of(*VALUES, Sort.LIST)))
        return None
    context.uses.note(name.text, name.span)
    match declared.sort:
        case Sort.LET:
            return context.constants.get(name.text)
        case Sort.FIELD:
            field = context.fields.get(name.text)
            return None if field is None else Input(field.name, field.kind, span=name.span)
        case Sort.KEY:
            return None if context.key is None else Input(context.key.name, context.key.kind, span=name.span)
        case Sort.DERIVE | Sort.SCORE:
            definition = context.definitions.get(name.text)
            return None if definition is None else Defined(definition.name, definition.kind, span=name.span)
        case Sort.SIGNAL:
            signal = context.signals.get(name.text)
            return None if signal is None else Defined(signal.name, signal.kind, span=name.span)
        case Sort.EVENT:
            context.complain(facts.event_as_value(name))
        case Sort.LOOKUP:
            lookup = context.lookups.get(name.text)
            columns = [] if lookup is None else [f"{name.text}.{column.name}" for column in lookup.columns]
            context.complain(complaints.lookup_as_value(name, columns))
        case Sort.LIST:
            context.complain(complaints.list_as_value(name))
        case Sort.MARK:
            context.complain(complaints.mark_as_value(name))
        case Sort.LADDER if (view := view_of(context, name)) is not None:
            context.complain(asking.ladder_as_value(name, view))
        case sort:
            context.complain(complaints.wrong_sort(name, sort.value, "a value", context.scope.of(*VALUES)))
    return None


def _inside(context: Context, about: About, name: nodes.Name) -> Expression | None:
    """What a name stands for where the account is not what is spoken of: the own names first."""
    if name.text in about.names:
        context.uses.note(name.text, name.span, NAMES if about.event is None else inside(about.event))
        return about.names[name.text]
    declared = context.scope.get(name.text)
    sorts = (Sort.FIELD, Sort.KEY, Sort.LET) if about.account else (Sort.LET,)
    if declared is None:
        context.complain(complaints.unknown_name(name, [*about.names, *context.scope.of(*sorts)]))
        return None
    if declared.sort in sorts:
        return resolve(attrs.evolve(context, about=None), name)
    if declared.sort is Sort.LIST:
        context.complain(complaints.list_as_value(name))
        return None
    shown = f"`{name.text}` ({declared.sort.value})"
    context.complain(facts.out_of_place(name.span, shown, about.place, about.reads, about.instead))
    return None


def is_unknown(context: Context, node: nodes.Expression) -> bool:
    """Whether the expression is a bare name that nothing declares."""
    return (
        isinstance(node, nodes.Ref)
        and context.scope.get(node.name.text) is None
        and (context.about is None or node.name.text not in context.about.names)
        and node.name.text not in context.scope.tiers
    )


def resolve_list(context: Context, name: nodes.Name) -> list[Constant] | None:
    """The values of the list a name stands for."""
    declared = context.scope.get(name.text)
    lists = context.scope.of(Sort.LIST)
    if declared is None:
        context.complain(complaints.unknown_name(name, lists, "list"))
        return None
    if declared.sort is not Sort.LIST:
        hints = [f"to compare two values, write `= {name.text}`"] if declared.sort in VALUES else []
        context.complain(complaints.wrong_sort(name, declared.sort.value, "a list", lists, *hints))
        return None
    context.uses.note(name.text, name.span)
    listed = context.lists.get(name.text)
    if listed is None:
        return None
    return [Constant(value, listed.kind) for value in listed.values if listed.kind is not None]


def tier_is(context: Context, node: nodes.TierIs) -> None:
    """Complain about `tier is gold` in a place that cannot ask for tiers, and about `is` on something that is no ladder."""
    if _ladder_asked(context, node) is not None:
        context.complain(asking.tier_not_asked_here(node.span, asking.words_of(node)))


def tiers_asked(context: Context, node: nodes.TierIs) -> tuple[View, tuple[str, ...]] | None:
    """The ladder and the tiers that `tier is one or two` asks for; complains about what is none."""
    view = _ladder_asked(context, node)
    if view is None:
        return None
    found: dict[str, None] = {}
    fine = True
    for place, tier in enumerate(node.tiers):
        other = view_with(context, tier.text)
        if tier.text in view.tiers:
            context.uses.note(tier.text, tier.span, of_ladder(view.position))
            found[tier.text] = None
            continue
        fine = False
        if other is not None:
            context.complain(asking.tier_of_another(tier, view, other, f"write `{other.word} is {tier.text}`"))
        else:
            known = context.scope.of(*VALUES)
            context.complain(asking.unknown_tier(tier, view, known, listed=place > 0))
    return (view, tuple(found)) if fine else None


def _ladder_asked(context: Context, node: nodes.TierIs) -> View | None:
    """The ladder that a question for tiers is about; complains if there is none."""
    name = node.subject
    declared = context.scope.get(name.text)
    if declared is not None and declared.sort in VALUES:
        value = resolve(context, name)
        if value is not None:
            is_text = kind_of(value) is Kind.TEXT
            context.complain(complaints.field_is(node, node.span, [tier.text for tier in node.tiers], text=is_text))
        return None
    if declared is None and name.text != "tier":
        known = context.scope.of(*VALUES, Sort.LADDER)
        context.complain(complaints.unknown_name(name, [*known, "tier"]))
        return None
    if declared is not None and declared.sort is not Sort.LADDER:
        context.complain(complaints.wrong_sort(name, declared.sort.value, "a ladder"))
        return None
    context.uses.note(name.text, name.span)
    return view_of(context, name)


def ladder_is_missing(context: Context, node: nodes.IsMissing) -> bool:
    """Complain about `tier is missing`, if it is that."""
    view = view_of(context, node.operand.name) if isinstance(node.operand, nodes.Ref) else None
    if view is not None:
        context.complain(asking.tier_missing(node, view))
    return view is not None


def value_named(
    context: Context, name: nodes.Name, place: str, *, numeric: bool = False, ordered: bool = False
) -> Input | Defined | None:
    """The field, derived field or score of this name; `numeric` or `ordered` (numbers or dates) if the place needs that."""
    declared = context.scope.get(name.text)
    sorts = (Sort.FIELD, Sort.KEY, Sort.DERIVE, Sort.SCORE)
    if declared is None:
        context.complain(complaints.unknown_name(name, context.scope.of(*sorts), "field or score"))
        return None
    if declared.sort not in sorts:
        known = context.scope.of(*sorts)
        named = (
            f"give its value a name: `derive {name.text}_now = {name.text}` in the account, and write that name here"
        )
        hints = [named] if declared.sort is Sort.SIGNAL else []
        context.complain(complaints.wrong_sort(name, declared.sort.value, "a field or score", known, *hints))
        return None
    value = resolve(context, name)
    if value is None:
        return None
    assert isinstance(value, Input | Defined)
    kind = kind_of(value)
    if (numeric and not kind.is_numeric) or (ordered and not (kind.is_numeric or kind is Kind.DATE)):
        wanted = "a number" if numeric else "a number or a date"
        context.complain(complaints.wrong_kind_named(name, kind, place, wanted))
        return None
    return value


def field_named(context: Context, name: nodes.Name, place: str) -> Input | None:
    """The field of this name, for places that read fields only."""
    declared = context.scope.get(name.text)
    fields = context.scope.of(Sort.FIELD)
    if declared is None:
        context.complain(complaints.unknown_name(name, fields, "field"))
        return None
    if declared.sort is not Sort.FIELD:
        context.complain(complaints.wrong_sort(name, declared.sort.value, f"a field, which {place} needs", fields))
        return None
    context.uses.note(name.text, name.span)
    field = context.fields.get(name.text)
    return None if field is None else Input(field.name, field.kind, span=name.span)
