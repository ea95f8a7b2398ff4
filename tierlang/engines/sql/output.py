"""The result's columns: wide texts are made here, in one last pass in the order of the input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names, reasons, trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.ranks import RANKS, Ranks
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.seats import value_of
from tierlang.engines.sql.texts import decimal, text_of
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Program, Tier, TierOwner
from tierlang.program.numbers import DIGITS
from tierlang.program.values import Kind


class Output:
    """Every column that a result can have, made when asked for."""

    def __init__(
        self, program: Program, as_of: dt.date, source: Relation, placing: Placing, ranks: Ranks | None, carry: Sequence[str]
    ) -> None:
        self._program = program
        self._as_of = as_of
        self._ladder = program.ladders[0]
        self._source = source
        self._placing = placing
        self._ranks = ranks
        self._score_columns: dict[str, str] = {}
        self._makers: Mapping[str, Callable[[], Tree]] = self._all(carry)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns in their usual order."""
        return tuple(self._makers)

    def score_column(self, name: str) -> str:
        """The column that shows a score."""
        return self._score_columns[name]

    def select(self, columns: Sequence[str], only: Tree | None = None) -> exp.Select:
        """The chosen columns of every account (or of those for which `only` is true) in the order of the input."""
        relation = self._placing.relation
        select = trees.select(*(trees.shown_as(self._makers[name](), name) for name in columns)).from_(relation)
        if "reason" in columns and self._placing.pins_in_force:
            on = trees.compare("=", trees.column(names.PIN, relation), trees.column("code", reasons.PINS))
            select = select.join(reasons.pin_words(self._program, self._as_of), join_type="left", on=on)
        if "rank" in columns and self._ranks is not None:
            select = select.join(RANKS, join_type="left", on=self._ranks.on.copy())
        return select if only is None else select.where(only)

    def _all(self, carry: Sequence[str]) -> dict[str, Callable[[], Tree]]:
        found: dict[str, Callable[[], Tree]] = {
            "key": lambda: trees.column(names.KEY, self._placing.relation),
            "tier": lambda: self._by_tier(lambda tier: trees.text(tier.name)),
            "label": lambda: self._by_tier(lambda tier: trees.text(tier.label or tier.name)),
        }
        late: dict[str, Callable[[], Tree]] = {
            "rank": lambda: trees.null("BIGINT") if self._ranks is None else self._ranks.rank,
            "cluster": self._cluster,
            "reason": lambda: reasons.reason(self._program, self._source, self._placing),
            "excluded": self._excluded,
            "uncovered": self._uncovered,
        }
        for score in self._program.scores:
            name = self._score_columns[score.name] = _free(score.name, {**found, **late}, "score")
            found[name] = lambda each=score: self._score(each.name, each.digits)  # type: ignore[misc]
        found.update(late)
        for function in dict.fromkeys(owner.function for tier in self._ladder.tiers for owner in tier.owners):
            found[f"owner_{function}"] = lambda each=function: self._owner(each)  # type: ignore[misc]
        for function in dict.fromkeys(play.function for tier in self._ladder.tiers for play in tier.plays):
            found[f"play_{function}"] = lambda each=function: self._play(each)  # type: ignore[misc]
        for name in carry:
            found[_free(name, found, "account")] = lambda each=name: self._field(each)  # type: ignore[misc]
        return found

    # --- one column each --------------------------------------------------------------------------------------------------------

    def _by_tier(self, value: Callable[[Tier], Tree | None]) -> Tree:
        final = trees.column(self._placing.final)
        branches = [
            (trees.compare("=", final.copy(), trees.number(number)), found)
            for number, tier in ladders.numbered(self._ladder)
            if (found := value(tier)) is not None
        ]
        return trees.choose(branches) if branches else trees.null("TEXT")

    def _score(self, name: str, digits: int) -> Tree:
        value = self._source.known[name]
        assert isinstance(value, Number)
        shown = decimal(value, digits)
        return trees.choose([(ladders.eligible(), shown)]) if self._program.exclusions else shown

    def _cluster(self) -> Tree:
        numbers_of = {tier.name: number for number, tier in ladders.numbered(self._ladder)}

        def found(tier: Tier) -> Tree | None:
            code = trees.column(names.cluster(numbers_of[tier.name]))
            listed = enumerate(ladders.cluster_names(tier), start=1)
            branches = [(trees.compare("=", code.copy(), trees.number(at)), trees.text(name)) for at, name in listed]
            return trees.choose(branches) if branches else None

        return self._by_tier(found)

    def _excluded(self) -> Tree:
        branches = [
            (trees.compare("=", trees.column(names.OUT), trees.number(code)), trees.text(exclusion.name))
            for code, exclusion in enumerate(self._program.exclusions, start=1)
        ]
        return trees.choose(branches) if branches else trees.null("TEXT")

    def _uncovered(self) -> Tree:
        def found(tier: Tier) -> Tree | None:
            listed = [
                trees.choose([(trees.column(names.lacks(field.name)), trees.text(field.name))]) for field in tier.coverage
            ]
            return trees.no_empty_text(trees.call("concat_ws", trees.text(", "), *listed)) if listed else None

        return self._by_tier(found)

    def _owner(self, function: str) -> Tree:
        def found(tier: Tier) -> Tree | None:
            owner = next((owner for owner in tier.owners if owner.function == function), None)
            return None if owner is None else self._who(owner)

        return self._by_tier(found)

    def _who(self, owner: TierOwner) -> Tree | None:
        if owner.owner is not None:
            return trees.text(owner.owner.shown)
        if owner.field is None:
            return None
        return text_of(self._source.known[owner.field.name], owner.field.kind)

    def _play(self, function: str) -> Tree:
        def found(tier: Tier) -> Tree | None:
            labels = [play.label for play in tier.plays if play.function == function]
            return trees.text("; ".join(labels)) if labels else None

        return self._by_tier(found)

    def _field(self, name: str) -> Tree:
        if name == self._program.key.name:
            return trees.column(names.KEY, self._placing.relation)
        value = self._source.known[name]
        if not isinstance(value, Number):
            return value_of(self._source.known, name)
        kind = next(field.kind for field in self._program.fields if field.name == name)
        return value.tree.copy() if kind is Kind.WHOLE else decimal(value, DIGITS)


def _free(name: str, taken: Mapping[str, object], prefix: str) -> str:
    while name in taken:
        name = f"{prefix}_{name}"
    return name
