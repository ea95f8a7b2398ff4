"""zen-engine's expression language without its engine: two compiled expressions per account, its quickest form. `… ACCOUNTS OUT`."""

from __future__ import annotations

import zen

from tests.bench.rivals.in_memory import Account, Placed, compete
from tests.bench.rivals.zen_model import TIER, priority_alone

if __name__ == "__main__":
    priority, tier = zen.compile_expression(priority_alone()), zen.compile_expression(TIER)

    def evaluate(accounts: list[Account]) -> Placed:
        """Place one account after the other; the score is handed to the second expression."""
        placed: Placed = []
        for account in accounts:
            score = priority.evaluate(account)
            placed.append((score, tier.evaluate({"priority": score})))
        return placed

    compete(evaluate)
