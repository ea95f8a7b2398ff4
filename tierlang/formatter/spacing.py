"""How many spaces stand before each token where nothing breaks the line."""

from __future__ import annotations

from tierlang.formatter.tree import Part, Tree, own, walk

_NONE_BEFORE = frozenset(("COMMA", "RPAR", "RSQB", "DOTS_OPEN", "DOT"))
_NONE_AFTER = frozenset(("LPAR", "LSQB", "DOT", "DOTS", "DOTS_BELOW"))
_DOTS = ("DOTS", "DOTS_BELOW")


def spacing(tree: Tree) -> list[int]:
    """For each token the spaces before it on its line."""
    kinds = [token.kind for token in tree.tokens]
    spaces = [1] * len(kinds)
    for at, kind in enumerate(kinds):
        if kind in _NONE_BEFORE or (at and kinds[at - 1] in _NONE_AFTER):
            spaces[at] = 0
    for part in walk((tree.file,)):
        _inside(part, kinds, spaces)
    return spaces


def _inside(part: Part, kinds: list[str], spaces: list[int]) -> None:
    """The spaces that depend on what a sign means: the dots of a range, a minus, the bracket of a call."""
    match part.maker:
        case "negate" | "negate_ref":
            # Two signs in a row would begin a comment of another language.
            spaces[part.first + 1] = 1 if kinds[part.first + 1] == "MINUS" else 0
        case "call":
            spaces[next(at for at in own(part) if kinds[at] == "LPAR")] = 0
        case "range_between" | "range_below" | "seats" | "tier_range_over" | "tier_range_over_below" | "freeze":
            for at in own(part):
                if kinds[at] in _DOTS:
                    spaces[at] = 0
