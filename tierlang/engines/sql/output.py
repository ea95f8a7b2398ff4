"""The result's columns: wide texts are made here, in one last pass in the order of the input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence

from sqlglot import exp

from tierlang.engines.sql import ladder as ladders
from tierlang.engines.sql import names, reasons, trees
from tierlang.engines.sql.numbers import Number
from tierlang.engines.sql.placing import Placing
from tierlang.engines.sql.ranks import Ranks
from tierlang.engines.sql.scored import Relation
from tierlang.engines.sql.seats import value_of
from tierlang.engines.sql.steps import Step
from tierlang.engines.sql.texts import decimal, digits_of, text_of
from tierlang.engines.sql.trees import Tree
from tierlang.program.nodes import Program, Tier, TierOwner
from tierlang.program.numbers import DIGITS
from tierlang.program.values import Kind


def columns_of(program: Program, carry: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """All columns that a result can have, in their usual order, with the names of the fields and scores that each shows."""
    ladder = program.ladders[0]
    owners = [owner for tier in ladder.tiers for owner in tier.owners]
    plays = [f"play_{play.function}" for tier in ladder.tiers for play in tier.plays]
    late = ("rank", "cluster", "reason", "excluded", "uncovered")
    ours = (*late, *(f"owner_{owner.function}" for owner in owners), *plays)
    found: dict[str, tuple[str, ...]] = {"key": (), "tier": (), "label": ()}
    for score in program.scores:
        found[_free(score.name, [*found, *ours], "score")] = (score.name,)
    found.update((name, ()) for name in late)
    for owner in owners:
        before = found.setdefault(f"owner_{owner.function}", ())
        if owner.field is not None:
            found[f"owner_{owner.function}"] = (*before, owner.field.name)
    found.update((name, ()) for name in plays)
    for name in carry:
        found[_free(name, found, "account")] = (name,)
    return found


class Output:
    """Every column that a result can have, made when asked for."""

    def __init__(
        self,
        program: Program,
        as_of: dt.date,
        source: Relation,
        placing: Placing,
        ranks: Ranks | None,
        carry: Sequence[str],
        *,
        aligned: bool,
    ) -> None:
        """`aligned` if the steps are tables and views whose rows stand in the order of the input."""
        self._program = program
        self._as_of = as_of
        self._ladder = program.ladders[0]
        self._source = source
        self._placing = placing
        self._ranks = ranks
        self._aligned = aligned
        self._words = reasons.words(self._ladder, source, placing)
        self._shows = columns_of(program, carry)
        self._scores = {score.name: score for score in program.scores}

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns in their usual order."""
        return tuple(self._shows)

    def score_column(self, name: str) -> str:
        """The column that shows a score."""
        return next(column for column, shown in self._shows.items() if shown == (name,))

    def steps(self, columns: Sequence[str]) -> list[Step]:
        """The steps that only these columns need."""
        steps: list[Step] = []
        if "rank" in columns and self._ranks is not None:
            steps.append(self._ranks.step)
        if "reason" in columns and self._words is not None:
            steps.append(self._words)
        return steps

    def select(self, columns: Sequence[str], only: Tree | None = None) -> exp.Select:
        """The chosen columns of every account (or of those for which `only` is true) in the order of the input."""
        relation = self._placing.relation
        select = trees.select(*(trees.shown_as(self._made(name), name) for name in columns)).from_(relation, copy=False)
        if "reason" in columns and self._words is not None:
            select = select.join(reasons.WORDS, join_type="cross", copy=False)
        if "rank" in columns and self._ranks is not None:
            select = self._ranks.beside(select, relation, aligned=self._aligned)
        return select if only is None else select.where(only, copy=False)

    def _made(self, column: str) -> Tree:
        match column:
            case "key":
                return trees.column(names.KEY, self._placing.relation)
            case "tier":
                return self._by_tier(lambda tier: trees.text(tier.name))
            case "label":
                return self._by_tier(lambda tier: trees.text(tier.label or tier.name))
            case "rank":
                return trees.null("BIGINT") if self._ranks is None else self._ranks.rank
            case "cluster":
                return self._cluster()
            case "reason":
                return reasons.reason(self._program, self._as_of, self._source, self._placing)
            case "excluded":
                return self._excluded()
            case "uncovered":
                return self._uncovered()
        (name, *_) = self._shows[column] or ("",)
        if name in self._scores and column == self.score_column(name):
            return self._score(name, self._scores[name].digits)
        prefix, _, function = column.partition("_")
        if prefix == "owner" and any(
            owner.function == function for tier in self._ladder.tiers for owner in tier.owners
        ):
            return self._owner(function)
        if prefix == "play" and not name:
            return self._play(function)
        return self._field(name)

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
        shown = decimal(value, min(digits, digits_of(value)))
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
                trees.choose([(trees.column(names.lacks(field.name)), trees.text(field.name))])
                for field in tier.coverage
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


def _free(name: str, taken: Collection[str], prefix: str) -> str:
    while name in taken:
        name = f"{prefix}_{name}"
    return name
