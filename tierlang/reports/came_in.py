"""Events and signals in words: how many came in from which file, and which of them could not count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tierlang.accounts.fact_types import read_names
from tierlang.diagnostics.suggest import listing
from tierlang.program.nodes import Program
from tierlang.program.outcome import FactFigures
from tierlang.reports.run_facts import FactSource, RunFacts
from tierlang.reports.words import count, date


def thing(program: Program, name: str, number: int) -> str:
    """`1 order event`, `830 order events`, `12 intent observations`."""
    noun = "observation" if any(signal.name == name for signal in program.signals) else "event"
    return count(number, f"{name} {noun}")


def things(program: Program, name: str) -> str:
    """`order events`, `intent observations`."""
    return thing(program, name, 2).removeprefix("2 ")


def sources_lines(program: Program, run: RunFacts) -> list[str]:
    """What came in that counts, a line for each file; files that hold the same types share one."""
    by_files: dict[tuple[str, ...], list[FactFigures]] = {}
    for each in run.figures:
        files = tuple(source.label for source in run.sources if each.name in source.names)
        if each.rows + each.later + each.unknown:
            by_files.setdefault(files, []).append(each)
    return [_came_from(program, figures, listing(list(files))) for files, figures in by_files.items()]


def _came_from(program: Program, figures: Sequence[FactFigures], files: str) -> str:
    if len(figures) == 1:
        return f"{thing(program, figures[0].name, figures[0].rows)} from {files}"
    of_signals = any(signal.name == figures[0].name for signal in program.signals)
    total = count(sum(each.rows for each in figures), "observation" if of_signals else "event")
    return f"{total} from {files}: {', '.join(f'{each.rows:,} {each.name}' for each in figures)}"


def as_it_came(key: str) -> str:
    """A key or a name of the data; in quotes where white space around it would not be seen, though it counts."""
    return key if key == key.strip() else f'"{key}"'


def came_in_warnings(program: Program, run: RunFacts) -> Iterator[str]:
    """Facts that ought to have counted, as far as anybody can tell, and did not."""
    read = read_names(program)
    for each in run.figures:
        if each.unknown:
            yield _unknown(program, each, run)
        elif not each.rows + each.later and each.name in read:
            files = listing([source.label for source in run.sources if each.name in source.names])
            yield f"There are no {things(program, each.name)} in {files}, though the rules read them."
    for source in run.sources:
        if source.strays:
            yield _strays(program, source)
        if source.contrary:
            yield _contrary(program, source)


def later_words(program: Program, each: FactFigures, run: RunFacts) -> str:
    """That facts are dated after the as-of date, without their number."""
    named = things(program, each.name) if each.later > 1 else thing(program, each.name, 1).removeprefix("1 ")
    return f"{named} dated after {date(run.as_of)}: left out, as not there yet"


def _unknown(program: Program, each: FactFigures, run: RunFacts) -> str:
    some = ", ".join(as_it_came(key) for key in each.examples) + (
        ", ..." if each.strangers > len(each.examples) else ""
    )
    are = "is" if each.unknown == 1 else "are"
    whose = count(each.strangers, "account")
    refused = any(aside.label == run.accounts for aside in run.aside)
    lacking = f"{run.accounts} does not have" + (", or whose row took no part" if refused else "")
    return f"{thing(program, each.name, each.unknown)} {are} of {whose} that {lacking} ({some})."


def _strays(program: Program, source: FactSource) -> str:
    signals = {signal.name for signal in program.signals}
    noun = "signals" if any(name in signals for name in source.names) else "events"
    named = f" ({listing([as_it_came(name) for name in source.stray_names], most=5)})" if source.stray_names else ""
    rows = f"{count(source.strays, 'row')} of {source.label} {'is' if source.strays == 1 else 'are'}"
    return f"{rows} of {noun} that the rules do not declare{named}; left out."


def _contrary(program: Program, source: FactSource) -> str:
    name = source.names[0]
    sort = "signal" if any(signal.name == name for signal in program.signals) else "event"
    said = "says that it is" if source.contrary == 1 else "say that they are"
    rows = f'{count(source.contrary, "row")} of {source.label}, in the column "{sort}", {said} of'
    told = f"yet counted as {name}, for which the file was given. A file of several is given without a name"
    return f"{rows} {listing(list(source.contrary_names))}, {told}: --{sort}s {source.label}."
