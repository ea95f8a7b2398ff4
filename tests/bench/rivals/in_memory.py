"""What the rule engines share: the accounts as Python dictionaries, and the clock around nothing but the rules."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any, TypeAlias

import duckdb

Account: TypeAlias = dict[str, Any]
Placed: TypeAlias = list[tuple[float | None, str]]

FIELDS = ("id", "industry", "employees", "potential", "fit", "intent")


def read(path: str) -> list[Account]:
    """The fields that the score reads, of every account."""
    query = f"SELECT id, industry, employees, potential::DOUBLE, fit, intent FROM read_parquet('{path}')"
    with duckdb.connect() as connection:
        return [dict(zip(FIELDS, row, strict=True)) for row in connection.execute(query).fetchall()]


def compete(evaluate: Callable[[list[Account]], Placed]) -> None:
    """Read the accounts, place them, print the seconds that placing took; leave the placements for comparison.

    Called with the arguments of the process: ACCOUNTS OUT.
    """
    path, out = sys.argv[1:]
    accounts = read(path)
    evaluate(accounts[:1000])
    started = time.perf_counter()
    placed = evaluate(accounts)
    seconds = time.perf_counter() - started
    lines = (
        f"{account['id']},{tier},{tier},{'' if score is None else f'{score:.2f}'},\n"
        for account, (score, tier) in zip(accounts, placed, strict=True)
    )
    with open(out, "w", encoding="utf-8") as file:
        file.write("key,tier,label,priority,reason\n")
        file.writelines(lines)
    print(json.dumps({"rows": len(accounts), "seconds": seconds}))
