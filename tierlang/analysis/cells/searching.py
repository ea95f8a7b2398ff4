"""Looking for one account where all goals hold: it is enough to find one way, so nothing is put together that does not have to be."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.analysis.cells.combining import Named
from tierlang.analysis.cells.costs import Costs
from tierlang.analysis.cells.items import Env, Item, thinned
from tierlang.analysis.cells.plans import Plans
from tierlang.analysis.keys import Cells, Choice, add, join


class _Nowhere:
    """That there is no such choice."""


NOWHERE = _Nowhere()


class Searcher:
    """Looks for choices, for one question. A goal is a part that has `True` among its keys where it can hold."""

    def __init__(self, costs: Costs, plans: Plans, of_name: Named) -> None:
        self._costs = costs
        self._plans = plans
        self._of_name = of_name

    def search(self, goals: Sequence[Item], env: Env) -> Choice:
        """Choices with which all goals hold: the first that are found; None if there may be some, `NOWHERE` if there are none."""
        choice: Choice = ()
        for together, shared in self._plans.of(goals, env):
            self._costs.spend(1)
            if shared is None:
                cells = goals[together[0]].image(env)
                found = cells.get(True, NOWHERE)
            else:
                found = self._search_in([goals[at] for at in together], shared, env)
            if found is NOWHERE:
                return NOWHERE
            choice = join(choice, found)
        return choice

    def _search_in(self, goals: Sequence[Item], shared: str, env: Env) -> Choice:
        best: Choice = NOWHERE
        ways = sorted(self._of_name(shared, env).items(), key=lambda way: way[1] is None)
        for key, choice in ways:
            found = self.search(goals, {**env, shared: key})
            if found is not NOWHERE:
                best = join(choice, found)
                if best is not None:
                    return best
        return best

    def collect(self, value: Item, goals: Sequence[Item], env: Env) -> Cells:
        """What the value can be where all goals hold."""
        every = [value, *goals]
        cells: Cells = {}
        before: Choice = ()
        for together, shared in self._plans.of(every, env):
            inside = [every[at] for at in together]
            if 0 not in together:
                found = self.search(inside, env)
                if found is NOWHERE:
                    return {}
                before = join(before, found)
            elif shared is None:
                cells = value.image(env)
            else:
                for key, choice in self._of_name(shared, env).items():
                    inner = self.collect(value, [each for each in inside if each is not value], {**env, shared: key})
                    self._costs.spend(len(inner))
                    for each, more in inner.items():
                        add(cells, each, join(choice, more))
                cells = thinned(cells)
        return {key: join(before, choice) for key, choice in cells.items()}
