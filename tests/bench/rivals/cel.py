"""CEL in C++ (cel-expr-python): two compiled expressions per account and one arena; it has no batch form. `… ACCOUNTS OUT`."""

from __future__ import annotations

from cel_expr_python import cel  # type: ignore[import-untyped]

from tests.bench.rivals.in_memory import FIELDS, Account, Placed, compete

SIZE = (
    "(employees == null ? 0 : employees >= 5000 ? 100 : employees >= 1000 ? 85 : employees >= 200 ? 60"
    " : employees >= 50 ? 30 : 10)"
)
MARKET = (
    '(industry == null ? 0 : industry in ["Banking", "Insurance"] ? 100 : industry in ["Software", "Telecom"] ? 80'
    ' : industry in ["Health", "Energy"] ? 65 : industry in ["Manufacturing", "Logistics"] ? 45'
    ' : industry == "Public Sector" ? 30 : 20)'
)
WORTH = (
    "(potential == null ? 0 : potential >= 1000000.0 ? 100 : potential >= 250000.0 ? 75 : potential >= 50000.0 ? 45"
    " : potential >= 10000.0 ? 20 : 5)"
)
PRESENT = "(50 + (fit == null ? 0 : 30) + (intent == null ? 0 : 20))"
# Hundredths, and a half added before the digits after the point are cut: CEL has no rounding to a digit.
HUNDREDTHS = (
    "(30.0 * double(int((fit == null ? 0.0 : fit) * 100.0 + 0.5)) + 20.0 * double(int((intent == null ? 0.0 : intent) * 100.0 + 0.5))"
    f" + 100.0 * double(20 * {SIZE} + 15 * {MARKET} + 15 * {WORTH}))"
)
PRIORITY = (
    f"fit == null && intent == null ? dyn(null) : dyn(double(int({HUNDREDTHS} / double({PRESENT}) + 0.5)) / 100.0)"
)
TIER = 'priority == null ? "nurture" : priority >= 80.0 ? "one" : priority >= 60.0 ? "two" : priority >= 35.0 ? "three" : "nurture"'

if __name__ == "__main__":
    priority = cel.NewEnv(variables=dict.fromkeys(FIELDS, cel.Type.DYN)).compile(PRIORITY)
    tier = cel.NewEnv(variables={"priority": cel.Type.DYN}).compile(TIER)

    def evaluate(accounts: list[Account]) -> Placed:
        """Place one account after the other; the score is handed to the second expression."""
        arena = cel.Arena()
        placed: Placed = []
        for account in accounts:
            score = priority.eval(data=account, arena=arena).value()
            placed.append((score, tier.eval(data={"priority": score}, arena=arena).value()))
        return placed

    compete(evaluate)
