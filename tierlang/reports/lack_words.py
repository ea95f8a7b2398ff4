"""What an account lacks, in words: how far a number is off, which parts of a condition do not hold, how long it has held so far."""

from __future__ import annotations

from collections.abc import Sequence

from tierlang.engines.interpreter.lacking import Gap, Lack, Lasting
from tierlang.program.nodes import Line
from tierlang.reports.values import amount, value_text
from tierlang.reports.words import count

_FEW = 4
"""More alternatives than this are not all told."""


def lacks_text(lacks: Sequence[Lack]) -> str:
    """All parts, of which each would have to become true."""
    return "; ".join(lack_text(each) for each in lacks)


def lack_text(lack: Lack) -> str:
    """One part."""
    if lack.either:
        return _one_of(lack)
    if lack.gap is not None:
        told = gap_text(lack.gap)
        if told is not None:
            return told
    if lack.lasting is not None:
        return _lasting(lack.text, lack.lasting)
    if lack.inside:
        return f"`{lack.text}` {'is unknown' if lack.unknown else 'does not hold'} ({lacks_text(lack.inside)})"
    if lack.unknown:
        names = [name for name in lack.missing if name != lack.text]
        return f"`{lack.text}` is unknown" + (f": {' and '.join(names)} missing" if names else "")
    read = ", ".join(f"{each.name} is {value_text(each.value)}" for each in lack.reads if each.name != lack.text)
    return f"`{lack.text}` does not hold" + (f" ({read})" if read else "")


def gap_text(gap: Gap) -> str | None:
    """`priority is 72, 8 short of 80`; None where a distance says nothing."""
    start, distance = f"{gap.name} is {amount(gap.value)}", amount(abs(gap.bound - gap.value))
    match gap.operator:
        case ">=":
            return f"{start}, {distance} short of {amount(gap.bound)}"
        case ">":
            return f"{start}, and has to be over {amount(gap.bound)}"
        case "<=":
            return f"{start}, {distance} more than {amount(gap.bound)}"
        case "<":
            return f"{start}, and has to be under {amount(gap.bound)}"
        case _:
            return None


def line_gap(name: str, value: int, line: Line) -> str | None:
    """How far a number is from a line of the ladder; None where it lies on it."""
    start = f"{name} is {amount(value)}"
    if line.low is not None and (value < line.low or (line.low_open and value == line.low)):
        if line.low_open:
            return f"{start}, and has to be over {amount(line.low)}"
        return f"{start}, {amount(line.low - value)} short of {amount(line.low)}"
    if line.high is not None and (value > line.high or (line.high_open and value == line.high)):
        if line.high_open:
            return f"{start}, and has to be under {amount(line.high)}"
        return f"{start}, {amount(value - line.high)} more than {amount(line.high)}"
    return None


def _one_of(lack: Lack) -> str:
    shown = [" and ".join(lack_text(each) for each in parts) for parts in lack.either[:_FEW]]
    more = len(lack.either) - len(shown)
    start = "one of these" if lack.of == 1 else f"{lack.of} of these"
    if len(lack.either) == 1:
        return shown[0]
    return f"{start}: {', or '.join(shown) if lack.of == 1 else '; '.join(shown)}" + (
        f", or {more} others" if more else ""
    )


def _lasting(text: str, lasting: Lasting) -> str:
    if lasting.since is None:
        return f"`{text}` does not hold as of the day"
    return f"`{text}` has held since {lasting.since.isoformat()}, {lasting.days} of {count(lasting.needed, 'day')}"
