"""Why a run gives no result: accounts with numbers out of bounds, and accounts that satisfy two tiers at once."""

from __future__ import annotations

from tierlang.program.outcome import Stopped
from tierlang.reports.words import count


def stopped_text(stopped: Stopped) -> str:
    """What is wrong, the first accounts, and what to do."""
    blocks: list[str] = []
    if stopped.fault_count:
        head = f"{count(stopped.fault_count, 'account')} reached a number too large to compute with (over 100,000,000,000,000)."
        lines = [f"  {fault.key}: in {fault.where}" for fault in stopped.faults]
        hint = "Look at the values these read, or give the fields an `in` range that refuses such values."
        blocks.append("\n".join([head, *lines, *_more(stopped.fault_count, len(lines)), hint]))
    if stopped.conflict_count:
        satisfy = "account satisfies" if stopped.conflict_count == 1 else "accounts satisfy"
        head = f"{stopped.conflict_count:,} {satisfy} two tiers, which `match unique` does not allow."
        lines = [f"  {each.key}: {each.first} and {each.second}" for each in stopped.conflicts]
        hint = "Make the tiers' conditions exclude each other, or write `match first` to let the better tier win."
        blocks.append("\n".join([head, *lines, *_more(stopped.conflict_count, len(lines)), hint]))
    return "\n\n".join(blocks)


def _more(total: int, shown: int) -> list[str]:
    return [f"  and {total - shown:,} more"] if total > shown else []
