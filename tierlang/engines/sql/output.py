"""The result's columns: wide texts are made here, in one last pass in the order of the input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names, reasons, trees
from tierlang.engines.sql.columns import Shown, Sort
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.ranks import Ranks
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.seating import value_of
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.texts import decimal, digits_of, text_of
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Play, Program, Tier, TierOwner
from tierlang.program.numbers import DIGITS
from tierlang.program.values import Kind


class Output:
    """Every column that a result can have, made when asked for."""

    def __init__(
        self,
        program: Program,
        as_of: dt.date,
        placed: Relation,
        placings: Sequence[Placing],
        ranks: Mapping[int, Ranks],
        *,
        aligned: bool,
    ) -> None:
        """`aligned` if the steps are tables and views whose rows stand in the order of the input."""
        self._program = program
        self._as_of = as_of
        self._source = placed
        self._placings = {placing.own.position: placing for placing in placings}
        self._ranks = ranks
        self._aligned = aligned
        self._words = {position: reasons.words(placed, placing) for position, placing in self._placings.items()}
        self._scores = {score.name: score for score in program.scores}

    def steps(self, columns: Iterable[Shown]) -> list[Step]:
        """The steps that only these columns need."""
        ranks, words = self._beside(columns)
        return [*(self._ranks[position].step for position in ranks), *words]

    def _beside(self, columns: Iterable[Shown]) -> tuple[list[int], list[Step]]:
        """The ladders whose ranks are shown, and the lists of words."""
        shown = {(each.sort, each.ladder) for each in columns}
        ranks = [position for position in sorted(self._ranks) if (Sort.RANK, position) in shown]
        words = [step for position, step in self._words.items() if step and (Sort.REASON, position) in shown]
        return ranks, words

    def select(self, columns: Mapping[str, Shown | Tree], only: Tree | None = None) -> exp.Select:
        """The chosen columns (or trees over the placed accounts) of every account (or of those for which `only` is true) in the order of the input."""
        relation = self._source.name
        made = {name: self._made(each) if isinstance(each, Shown) else each for name, each in columns.items()}
        select = trees.select(*(trees.shown_as(tree, name) for name, tree in made.items())).from_(relation, copy=False)
        ranks, words = self._beside(each for each in columns.values() if isinstance(each, Shown))
        for step in words:
            select = select.join(step.name, join_type="cross", copy=False)
        for position in sorted(ranks, key=lambda each: not self._ranks[each].is_list):
            select = self._ranks[position].beside(select, relation, aligned=self._aligned)
        return select if only is None else select.where(only, copy=False)

    def _made(self, column: Shown) -> Tree:
        position = column.ladder
        match column.sort:
            case Sort.KEY:
                return trees.column(names.KEY, self._source.name)
            case Sort.TIER:
                return self._by_tier(position, lambda tier: trees.text(tier.name))
            case Sort.LABEL:
                return self._by_tier(position, lambda tier: trees.text(tier.label or tier.name))
            case Sort.RANK:
                return self._ranks[position].rank if position in self._ranks else trees.null("BIGINT")
            case Sort.CLUSTER:
                return self._cluster(position)
            case Sort.MARKS:
                return self._marks()
            case Sort.REASON:
                return reasons.reason(self._program, self._as_of, self._source, self._placings[position])
            case Sort.EXCLUDED:
                return self._excluded()
            case Sort.UNCOVERED:
                return self._uncovered(position)
            case Sort.SCORE:
                return self._score(column.name, self._scores[column.name].digits)
            case Sort.OWNER:
                return self._owner(position, column.name)
            case Sort.PLAY:
                return self._play(position, column.name)
            case Sort.PLAYS:
                return self._plays(position)
            case Sort.FIELD:
                return self._field(column.name)

    # --- one column each --------------------------------------------------------------------------------------------------------

    def _by_tier(self, position: int, value: Callable[[Tier], Tree | None]) -> Tree:
        placing = self._placings[position]
        final = trees.column(placing.final)
        branches = [
            (trees.compare("=", final.copy(), trees.number(number)), found)
            for number, tier in ladders.numbered(placing.own.ladder)
            if (found := value(tier)) is not None
        ]
        return trees.choose(branches) if branches else trees.null("TEXT")

    def _score(self, name: str, digits: int) -> Tree:
        value = self._source.known[name]
        assert isinstance(value, Number)
        shown = decimal(value, min(digits, digits_of(value)))
        return trees.choose([(ladders.eligible(), shown)]) if self._program.exclusions else shown

    def _cluster(self, position: int) -> Tree:
        own = self._placings[position].own

        def found(tier: Tier) -> Tree | None:
            code = trees.column(own.cluster(ladders.number_of(own.ladder, tier.name)))
            listed = enumerate(ladders.cluster_names(tier), start=1)
            branches = [(trees.compare("=", code.copy(), trees.number(at)), trees.text(name)) for at, name in listed]
            return trees.choose(branches) if branches else None

        return self._by_tier(position, found)

    def _marks(self) -> Tree:
        listed = [
            trees.choose([(trees.column(names.mark(place)), trees.text(mark.name))])
            for place, mark in enumerate(self._program.marks)
        ]
        marks = _comma(listed)
        return trees.choose([(ladders.eligible(), marks)]) if self._program.exclusions else marks

    def _excluded(self) -> Tree:
        branches = [
            (trees.compare("=", trees.column(names.OUT), trees.number(code)), trees.text(exclusion.name))
            for code, exclusion in enumerate(self._program.exclusions, start=1)
        ]
        return trees.choose(branches) if branches else trees.null("TEXT")

    def _uncovered(self, position: int) -> Tree:
        def found(tier: Tier) -> Tree | None:
            listed = [
                trees.choose([(trees.column(names.lacks(field.name)), trees.text(field.name))])
                for field in tier.coverage
            ]
            return _comma(listed) if listed else None

        return self._by_tier(position, found)

    def _owner(self, position: int, function: str) -> Tree:
        def found(tier: Tier) -> Tree | None:
            owner = next((owner for owner in tier.owners if owner.function == function), None)
            return None if owner is None else self._who(owner)

        return self._by_tier(position, found)

    def _who(self, owner: TierOwner) -> Tree | None:
        if owner.owner is not None:
            return trees.text(owner.owner.shown)
        if owner.field is None:
            return None
        return text_of(self._source.known[owner.field.name], owner.field.kind)

    def _play(self, position: int, function: str) -> Tree:
        def found(tier: Tier) -> Tree | None:
            plays = [(place, play) for place, play in enumerate(tier.plays) if play.function == function]
            if all(play.when is None for _, play in plays):
                return trees.text("; ".join(play.label for _, play in plays)) if plays else None
            listed = [self._if_for(position, tier, place, play, play.label) for place, play in plays]
            return trees.no_empty_text(trees.call("concat_ws", trees.text("; "), *listed))

        return self._by_tier(position, found)

    def _plays(self, position: int) -> Tree:
        def found(tier: Tier) -> Tree | None:
            listed = [self._if_for(position, tier, place, play, f"{place}") for place, play in enumerate(tier.plays)]
            return _comma(listed) if listed else None

        return self._by_tier(position, found)

    def _if_for(self, position: int, tier: Tier, place: int, play: Play, text: str) -> Tree:
        """The text where the play is for the account."""
        if play.when is None:
            return trees.text(text)
        own = self._placings[position].own
        holds = trees.column(own.play(ladders.number_of(own.ladder, tier.name), place))
        return trees.choose([(holds, trees.text(text))])

    def _field(self, name: str) -> Tree:
        if name == self._program.key.name:
            return trees.column(names.KEY, self._source.name)
        value = self._source.known[name]
        if not isinstance(value, Number):
            return value_of(self._source.known, name)
        kind = next(field.kind for field in self._program.fields if field.name == name)
        return value.tree.copy() if kind is Kind.WHOLE else decimal(value, DIGITS)


def _comma(listed: Sequence[Tree]) -> Tree:
    """The texts that are there with commas between, missing for none."""
    return trees.no_empty_text(trees.call("concat_ws", trees.text(", "), *listed)) if listed else trees.null("TEXT")
