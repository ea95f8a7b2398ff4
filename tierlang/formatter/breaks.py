"""Where the lines of a statement may be broken, in groups: the outer ones break first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import attrs

from tierlang.formatter.remarks import leading
from tierlang.formatter.statements import Statement
from tierlang.formatter.tree import Part, Tree, items, own


@attrs.frozen(eq=False, repr=False, slots=False)
class Group:
    """Tokens that break together: all of `every` where the group does not fit on a line, and of `some` those that are needed.

    Each is the token that begins the new line. With `hanging` the new lines stand under the group's first token, else a step further in
    than the group around it. A `forced` group is broken even where it fits; one that `falls` begins on a new line where it cannot hang.
    """

    first: int
    last: int
    every: tuple[int, ...] = ()
    some: tuple[int, ...] = ()
    hanging: bool = False
    forced: bool = False
    falls: bool = False

    def breaks(self) -> Iterator[tuple[int, bool, int]]:
        """The breaks in order: each one's token, whether it is among `every`, and the last token before the next."""
        every = set(self.every)
        starts = sorted((*self.every, *self.some))
        for at, after in zip(starts, [*starts[1:], self.last + 1], strict=True):
            yield at, at in every, after - 1

    def pieces(self) -> Iterator[tuple[int, int]]:
        """First and last token of what stands between the breaks."""
        starts = [self.first, *sorted((*self.every, *self.some))]
        return zip(starts, [*(at - 1 for at in starts[1:]), self.last], strict=True)


_SUMS = ("add", "subtract")
_PRODUCTS = ("multiply", "divide")
_BEFORE_WHEN = ("exclude", "mark", "points", "weigh", "raise_", "lower_", "floor", "cap", "hold")
_FIELDS = ("field", "key", "give", "signal")
_LISTED = ("one_of", "same")
_CLAUSES: dict[str, tuple[str, ...]] = {
    "events": ("where_", "window"),
    "percentile": ("where_", "per"),
    "days_since": ("where_",),
    "points_per": ("halving", "keeping", "losing", "up_to"),
    "points_by": ("TEXT", "points_file"),
    "lookup": ("FROM",),
    "list_file": ("FROM", "COLUMN"),
}
"""The tokens and parts that begin a clause of a line or of a question."""


def groups(tree: Tree, statement: Statement) -> list[Group]:
    """The groups of a statement but for what is in its blocks, outer ones first."""
    found: list[Group] = []
    if statement.part.maker == "pin":
        found += _pin(tree, statement)
    if statement.part.maker == "given_tier":
        found.append(Group(statement.first, statement.last, some=tuple(one.first for one in statement.parts[1:])))
    for part, outer in _outside(statement):
        found += _of(tree, part, outer)
    breakable = (group for group in found if group.every or group.some)
    return sorted(breakable, key=lambda group: (group.first, -group.last))


def must_break(part: Part) -> bool:
    """Whether a statement is broken even where it fits on a line: a field with more than one list among its options."""
    return part.maker in _FIELDS and sum(option.maker in _LISTED for option in part.parts) > 1


def _outside(statement: Statement) -> Iterator[tuple[Part, Part | None]]:
    """The parts of a statement that are in none of its blocks, each with the part around it."""
    inside = {one for block in statement.blocks for line in block.statements for one in line.parts}
    waiting: list[tuple[Part, Part | None]] = [(part, None) for part in reversed(statement.parts)]
    while waiting:
        part, outer = waiting.pop()
        yield part, outer
        waiting += [(inner, part) for inner in reversed(part.parts) if inner not in inside]


def _of(tree: Tree, part: Part, outer: Part | None) -> Iterator[Group]:
    """The groups that a part makes."""
    match part.maker:
        case "if_":
            yield from _cases(tree, part, outer)
        case "or_" | "and_":
            yield Group(part.first, part.last, tuple(leading(tree, part)), hanging=_in_brackets(tree, part))
        case "add" | "subtract":
            yield from _chain(tree, part, outer, _SUMS)
        case "multiply" | "divide":
            yield from _chain(tree, part, outer, _PRODUCTS)
        case "compare":
            sign = next(inner.first for inner in part.parts if inner.maker == "compare_sign")
            yield Group(part.first, part.last, (sign,), hanging=False)
        case "derive" | "let":
            equals = next(at for at in own(part) if tree.kind(at) == "EQUAL")
            yield Group(part.first, part.last, (equals + 1,))
        case "allow":
            yield Group(part.first, part.last, tuple(inner.first for inner in part.parts if inner.maker == "because"))
        case maker if maker in _BEFORE_WHEN:
            yield Group(part.first, part.last, tuple(at for at in own(part) if tree.kind(at) == "WHEN"))
        case maker if maker in _CLAUSES:
            if maker == "points_per":
                yield Group(part.first, part.last, tuple(at for at in own(part) if tree.kind(at) == "PER"))
            yield _clauses(tree, part)
        case maker if maker in _FIELDS:
            yield from _options(part)
    yield from _listed(tree, part)


def _in_brackets(tree: Tree, part: Part) -> bool:
    return part.first > 0 and tree.kind(part.first - 1) == "LPAR"


def _cases(tree: Tree, part: Part, outer: Part | None) -> Iterator[Group]:
    """`if a then 1 else if b then 2 else 3` has a line for each case, though the grammar takes the second `if` as what follows `else`."""
    if outer is not None and outer.maker == "if_" and tree.kind(part.first - 1) == "ELSE":
        return
    others: list[int] = []
    link: Part | None = part
    while link is not None:
        then, other = leading(tree, link)
        yield Group(link.first, other - 1, (then,))
        others.append(other)
        link = next((one for one in link.parts[-1:] if one.maker == "if_" and one.first == other + 1), None)
    yield Group(part.first, part.last, tuple(others), hanging=_in_brackets(tree, part))


def _chain(tree: Tree, part: Part, outer: Part | None, makers: tuple[str, ...]) -> Iterator[Group]:
    """`a + b - c` breaks at all of its signs, though the grammar takes it as `(a + b) - c`."""
    if outer is not None and outer.maker in makers and outer.first == part.first:
        return
    signs: list[int] = []
    link: Part | None = part
    while link is not None:
        signs += leading(tree, link)
        link = next((one for one in link.parts[:1] if one.maker in makers and one.first == link.first), None)
    yield Group(part.first, part.last, tuple(sorted(signs)), hanging=_in_brackets(tree, part))


def _clauses(tree: Tree, part: Part) -> Group:
    """The clauses of a line or of a question, as many on a line as fit."""
    heads = _CLAUSES[part.maker]
    found = [inner.first for inner in part.parts if inner.maker in heads]
    found += [at for at in own(part) if tree.kind(at) in heads]
    braces = [at for at in own(part) if tree.kind(at) == "LBRACE"]
    braces += [inner.first for inner in part.parts if inner.maker == "table"]
    return Group(part.first, braces[0] - 1 if braces else part.last, some=tuple(sorted(found)))


def _pin(tree: Tree, statement: Statement) -> Iterator[Group]:
    found = [at for part in statement.parts for at in own(part) if tree.kind(at) == "UNTIL"]
    found += [inner.first for part in statement.parts[1:] for inner in part.parts]
    yield Group(statement.first, statement.last, some=tuple(found))


def _options(part: Part) -> Iterator[Group]:
    """The options of a field stand under the first of them where they need more than a line; lists have lines of their own."""
    options = [inner for inner in part.parts if not inner.maker.startswith("name_") and inner.maker != "signal_block"]
    if len(options) < 2:
        return
    every: set[int] = set()
    for before, option in pairwise(options):
        if option.maker in _LISTED or before.maker in _LISTED:
            every.add(option.first)
    some = {option.first for option in options[1:]} - every
    last = options[-1].last
    first, forced = options[0].first, must_break(part)
    yield Group(first, last, tuple(every), tuple(some), hanging=True, forced=forced, falls=True)


def _listed(tree: Tree, part: Part) -> Iterator[Group]:
    """What commas separate is filled into lines, each under the first element."""
    brackets: list[int] = []
    latest = start = part.first
    commas: list[int] = []
    for item in items(part):
        kind = "" if isinstance(item, Part) else tree.kind(item)
        at = item.first if isinstance(item, Part) else item
        match kind:
            case "LPAR" | "LSQB":
                brackets.append(at)
            case "RPAR" | "RSQB":
                brackets.pop()
            case "COMMA":
                if not commas:
                    start = brackets[-1] + 1 if brackets else latest
                commas.append(at + 1)
            case _ if not brackets:
                latest = at
    if commas:
        yield Group(start, part.last, some=tuple(commas), hanging=True)
