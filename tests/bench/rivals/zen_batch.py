"""zen-engine as it is meant for many accounts: one decision graph, `evaluate_batch`. `… ACCOUNTS OUT`."""

from __future__ import annotations

import zen

from tests.bench.rivals.in_memory import Account, Placed, compete
from tests.bench.rivals.zen_model import graph

if __name__ == "__main__":
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"model": graph()}}})

    def evaluate(accounts: list[Account]) -> Placed:
        """Place every account in one call."""
        answers = engine.evaluate_batch([{"key": "model", "context": account} for account in accounts])
        results = [answer["data"]["result"] for answer in answers]
        return [(result.get("priority"), result["tier"]) for result in results]

    compete(evaluate)
