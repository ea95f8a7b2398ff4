"""One question: which expressions it asks about, what these do with every name below them, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tierlang.analysis.abstract import blank
from tierlang.analysis.cells.costs import Costs
from tierlang.analysis.cells.fields import Fields
from tierlang.analysis.cells.items import Env
from tierlang.analysis.cells.kept import Kept
from tierlang.analysis.keys import Key
from tierlang.program.expressions import Expression
from tierlang.program.nodes import Derive, Score


class Question:
    """`asked` are its expressions, and whether their own values count (not only where they are cut)."""

    def __init__(self, kept: Kept, asked: Sequence[tuple[Expression, bool]]) -> None:
        self.kept = kept
        self.index = kept.index
        self.program = kept.index.program
        self.as_of = kept.index.as_of
        self.nobody = blank(self.program, self.as_of)
        self.uses = self.index.uses(list(asked))
        self.costs = Costs(kept)
        self.fields = Fields(kept, (expression for expression, _ in asked), self.uses)
        self._signatures: dict[str, tuple[int, ...]] = {}

    def signature(self, name: str) -> tuple[int, ...]:
        """What tells apart the images of a name in different questions: the uses of everything below."""
        found = self._signatures.get(name)
        if found is None:
            below = sorted(self.index.below(name) & self.uses.keys())
            # The figures of an event type are told together, so the others that are asked for make a difference.
            groups = [each for each in below if each.startswith(("e:", "s:"))]
            others = [each for group in groups for each in self.told_together(group) if each not in below]
            asked = [each for each in (*below, *others) if each in self.uses]
            found = self._signatures[name] = self._numbered(asked)
        return found

    def signature_inside(self, name: str) -> tuple[int, ...]:
        """The same without what is done with the value itself."""
        return self._numbered(sorted(self.index.below(name) & self.uses.keys() - {name}))

    def _numbered(self, names: Iterable[str]) -> tuple[int, ...]:
        usage, apart = self.kept.usage, self.fields.told_apart
        return tuple(usage.setdefault((each, self.uses[each], apart(each)), len(usage)) for each in names)

    def told_together(self, group: str) -> list[str]:
        """The names of the figures of an event type (`e:`) or signal (`s:`) that the question reads; of a signal, its value now stands first."""
        found = [name for name in self.uses if name.startswith("d:") and self.index.reads(name) == (group,)]
        found = [name for name in found if not isinstance(self.index.nodes.get(name), Derive | Score)]
        found.sort(key=lambda name: self.index.order[name])
        if group.startswith("s:"):
            now = f"d:{group[2:]}"
            found = [now, *(name for name in found if name != now)]
        return found


def fixed(names: Iterable[str], env: Env) -> tuple[tuple[str, Key], ...]:
    """Which of the names are fixed, and to what."""
    return tuple(sorted(((name, env[name]) for name in names if name in env), key=lambda pair: pair[0]))
