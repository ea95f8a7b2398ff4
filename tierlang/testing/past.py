"""The past that a test gives its accounts: what they hold, what was observed of their scores, and whether a review is due."""

from __future__ import annotations

import datetime as dt

from tierlang.program.holdings import Holding, Occasion, Past
from tierlang.program.nodes import GivenAccount, Program, Test
from tierlang.program.occasions import freeze_on


def past_of(test: Test) -> Past:
    """What the ledger would say."""
    holdings = {each.key: _holding(each) for each in test.accounts}
    scores: dict[tuple[str, str], tuple[tuple[dt.date, int | None], ...]] = {}
    for account in test.accounts:
        for each in sorted(account.scores, key=lambda given: given.at):
            scores[account.key, each.score] = (*scores.get((account.key, each.score), ()), (each.at, each.value))
    return Past({key: holding for key, holding in holdings.items() if holding is not None}, scores)


def _holding(account: GivenAccount) -> Holding | None:
    given = account.holding
    if given is None:
        return None
    return Holding(account.key, given.tier, given.tier, given.since, given.settled_until)


def occasion_of(program: Program, test: Test, as_of: dt.date) -> Occasion:
    """A review if the test says so, but never in a freeze."""
    freeze = freeze_on(program, as_of)
    return Occasion(test.review and freeze is None, freeze)
