"""From syntax to program: every part of a ruleset in the order in which each needs the ones before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import attrs

from tierlang.compiler.allows import read_allows
from tierlang.compiler.complaints import blocks as complaints
from tierlang.compiler.constants import check_settings, define_let
from tierlang.compiler.context import Context
from tierlang.compiler.depth import check_depth
from tierlang.compiler.derives import define_derive
from tierlang.compiler.echoes import without_echoes, words_in_holes
from tierlang.compiler.events import define_event
from tierlang.compiler.exclusions import read_exclusions
from tierlang.compiler.fields import read_fields
from tierlang.compiler.former import check_former
from tierlang.compiler.header import Header, read_header
from tierlang.compiler.ladders import read_ladder
from tierlang.compiler.lists import define_list
from tierlang.compiler.lookups import define_lookup
from tierlang.compiler.marks import read_marks
from tierlang.compiler.mobility import read_mobility
from tierlang.compiler.ordering import in_order_of_need, in_placing_order
from tierlang.compiler.pins import read_pins
from tierlang.compiler.scope import Scope, Sort, read_scope
from tierlang.compiler.scores import define_score
from tierlang.compiler.signals import define_signal
from tierlang.compiler.staffing import define_owner
from tierlang.compiler.tables import Tables
from tierlang.compiler.tests import read_tests
from tierlang.compiler.uses import read_names
from tierlang.compiler.views import read_views
from tierlang.diagnostics.diagnostic import Diagnostic, in_order
from tierlang.program.nodes import Definition, Exclusion, Ladder, Mark, Mobility, Owner, Pin, Program
from tierlang.program.reach import Reaches
from tierlang.syntax import nodes

N = TypeVar("N", bound=nodes.Node)


def compile_ruleset(
    files: Sequence[nodes.File], tables: Tables, settings: Mapping[str, str]
) -> tuple[Program | None, list[Diagnostic]]:
    """The program that the files make together, or None, and every complaint about them in reading order.

    `files[0]` is the ruleset itself, the others came by `use`. `tables` reads the small tables that they name, `settings`
    replace constants by name.
    """
    declarations = [declaration for file in files for declaration in file.declarations]
    too_deep = check_depth(declarations)
    if too_deep:
        return None, in_order(too_deep)
    scope, doubled = read_scope(declarations)
    context = Context(scope, complaints=doubled, views=read_views(declarations), tables=tables)
    blocks = _Blocks(context, files, declarations)
    check_settings(context, settings)
    owners = {
        node.name.text: define_owner(context, node)
        for node in _all(declarations, nodes.Owner)
        if _declares(scope, node.name, node)
    }
    missing_cells = _define(context, blocks, declarations, settings)
    exclusions = read_exclusions(context, _all(declarations, nodes.Exclude))
    moving = _all(declarations, nodes.Mobility)
    order, circles = in_placing_order(context.views, moving)
    context.complaints += circles
    ladders = [read_ladder(context, view, owners, blocks.header.limits) for view in context.views]
    marks = read_marks(context, _all(declarations, nodes.Mark))
    pins = read_pins(context, declarations, owners, tables.read_table)
    mobility = read_mobility(context, moving, owners)
    check_former(context, declarations)
    allows = read_allows(context, files)
    made = tuple(ladder for ladder in ladders if ladder is not None)
    program: Program | None = None
    if not context.complaints and len(made) == len(ladders) and made and context.key is not None:
        placed = _Placed(exclusions, made, order, tuple(owners.values()), pins, marks, mobility)
        program = _program(context, blocks.header, missing_cells, placed)
    # Tests are read last: what their conditions define on the way is no part of the program.
    tests, tested = read_tests(context, declarations, missing_cells, program)
    found = in_order(without_echoes(context.complaints, files))
    if program is None or context.complaints:
        return None, found
    names = read_names(declarations, context.views, context.uses, tested)
    return attrs.evolve(program, tests=tests, allows=allows, names=names), found


@attrs.frozen
class _Placed:
    """What is said about accounts once everything of them is computed."""

    exclusions: tuple[Exclusion, ...]
    ladders: tuple[Ladder, ...]
    order: tuple[int, ...]
    owners: tuple[Owner, ...]
    pins: tuple[Pin, ...]
    marks: tuple[Mark, ...]
    mobility: Mobility | None


class _Blocks:
    """The blocks that every ruleset has, the header and the account once."""

    def __init__(
        self, context: Context, files: Sequence[nodes.File], declarations: Sequence[nodes.Declaration]
    ) -> None:
        source = files[0].source
        rulesets = _all(declarations, nodes.Ruleset)
        accounts = _all(declarations, nodes.Account)
        ladders = _all(declarations, nodes.Tiers)
        unread = words_in_holes(files)
        for word, found, example in (
            ("ruleset", rulesets, "ruleset my_tiers { }"),
            ("account", accounts, 'account { key id text from "Account ID" }'),
            ("tiers", ladders, "tiers by SCORE { … }"),
        ):
            if not found and word not in unread:
                context.complain(complaints.missing_block(source, word, example))
            for second in [] if word == "tiers" else found[1:]:
                context.complain(complaints.doubled_block(second.span, word, found[0].span))
        self.header: Header = read_header(context, rulesets)
        self.account = accounts[0] if accounts else None


def _all(declarations: Sequence[nodes.Declaration], sort: type[N]) -> list[N]:
    return [declaration for declaration in declarations if isinstance(declaration, sort)]


def _declares(scope: Scope, name: nodes.Name, node: nodes.Node) -> bool:
    """Whether this is the declaration that counts for the name."""
    declared = scope.get(name.text)
    return declared is not None and declared.node is node


def _define(
    context: Context,
    blocks: _Blocks,
    declarations: Sequence[nodes.Declaration],
    settings: Mapping[str, str],
) -> tuple[str, ...]:
    """Constants, lists, all that comes in, derived fields, lookups and scores, each after what it needs; gives the cells that mean no value."""
    order, circles = in_order_of_need(context.scope)
    context.complaints += circles
    for declared in order:
        if isinstance(declared.node, nodes.Let):
            define_let(context, declared.node, settings)
    for each in _all(declarations, nodes.ListDeclaration):
        if _declares(context.scope, each.name, each):
            define_list(context, each, context.tables.read_table)
    missing_cells = ("",) if blocks.account is None else read_fields(context, blocks.account)
    key = "" if context.key is None else context.key.name
    context.reaches = Reaches(context.fields.values(), key, faults=False)
    for event in _all(declarations, nodes.Event):
        if _declares(context.scope, event.name, event):
            define_event(context, event)
    for signal in _all(declarations, nodes.Signal):
        if _declares(context.scope, signal.name, signal):
            define_signal(context, signal)
    ladder_scores = {view.node.by.text for view in context.views if view.node.by is not None}
    # What is in a circle has no value, but all else in it is judged as well.
    sure = {declared.name.text for declared in order}
    circular = [
        context.scope.names[name] for name in context.scope.of(Sort.DERIVE, Sort.LOOKUP, Sort.SCORE) if name not in sure
    ]
    for declared in [*order, *circular]:
        if declared.sort is Sort.DERIVE and isinstance(declared.node, nodes.Derive):
            define_derive(context, declared.node)
        elif isinstance(declared.node, nodes.Lookup):
            define_lookup(context, declared.node)
        elif isinstance(declared.node, nodes.Score):
            define_score(context, declared.node, of_ladder=declared.name.text in ladder_scores)
    return missing_cells


def _program(context: Context, header: Header, missing_cells: tuple[str, ...], placed: _Placed) -> Program:
    assert context.key is not None
    alone: list[Definition] = []
    relative: list[Definition] = []
    for definition in context.definitions.values():
        (relative if definition.name in context.relative else alone).append(definition)
    return Program(
        name=header.name,
        label=header.label,
        version=header.version,
        reviewed=header.reviewed,
        review=header.review,
        limits=header.limits,
        key=context.key,
        fields=tuple(context.fields.values()),
        missing_cells=missing_cells,
        definitions=tuple(alone),
        exclusions=placed.exclusions,
        relative=tuple(relative),
        ladders=placed.ladders,
        owners=placed.owners,
        pins=placed.pins,
        events=tuple(context.events.values()),
        signals=tuple(context.signals.values()),
        lookups=tuple(context.lookups.values()),
        facts=tuple(context.facts.values()),
        marks=placed.marks,
        placing_order=placed.order,
        mobility=placed.mobility,
        header=header.lines,
        span=header.span,
    )
