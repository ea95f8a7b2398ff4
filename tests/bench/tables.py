"""The measured table, for the terminal and for `docs/benchmarks.md`."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import rich.box
from rich.console import Console
from rich.table import Table

from tests.bench.contest import Finding

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
MEMORY_AIM = 2 * 1024**3
_HEADINGS = (
    "workload",
    "rival",
    "tierlang",
    "rival's",
    "ratio (least–most)",
    "aim",
    "processor ratio",
    "memory",
    "rival's memory",
    "results",
)
_VERSIONS = ("duckdb", "sqlglot", "polars", "zen-engine", "cel-expr-python", "sqlfluff")


def rows_of(findings: Sequence[Finding]) -> list[tuple[str, ...]]:
    """One row per workload and rival; of the processor's time only the ratio, which other work on the machine disturbs less."""
    return [
        (
            finding.workload.name,
            finding.rival.name,
            f"{finding.ours:.3f} s",
            f"{finding.theirs:.3f} s",
            str(finding.ratio),
            _aim(finding),
            "" if finding.workload.in_process else f"{finding.processor.median:.2f}",
            _megabytes(finding.our_memory),
            _megabytes(finding.their_memory),
            finding.agreement or "",
        )
        for finding in findings
    ]


def notes_of(findings: Sequence[Finding]) -> list[str]:
    """What the table does not show at a glance: rows per second, and the peak memory of the largest files."""
    from_files = [each for each in findings if each.rival.out is not None and not each.workload.in_process]
    largest = max((each.workload.rows for each in from_files), default=0)
    at_largest = [each for each in from_files if each.workload.rows == largest]
    in_process = [each for each in findings if each.workload.in_process]
    notes = [
        f"{finding.workload.name}: {finding.workload.contestants[0].units:,} lines against {finding.rival.units:,}; the ratio is by line,"
        f" {1 / finding.ratio.median:.1f} times as many lines per second."
        for finding in findings
        if finding.rival.units > 1
    ]
    if in_process:
        rows = in_process[0].workload.rows
        fastest = min(in_process, key=lambda each: each.theirs)
        rates = [("tierlang", in_process[0].ours), *((each.rival.name, each.theirs) for each in in_process)]
        said = "; ".join(f"{name} {rows / seconds:,.0f}" for name, seconds in rates)
        notes.append(f"Rows per second in process, {rows:,} accounts: {said}.")
        notes.append(
            f"tierlang against the fastest of them, {fastest.rival.name}: {1 / fastest.ratio.median:.1f} times the rows per second (aim: 100)."
        )
        if at_largest:
            quickest = min(at_largest, key=lambda each: each.ours)
            rate = largest / quickest.ours
            notes.append(
                f"From file to file in a process of its own, {largest:,} accounts ({quickest.workload.name}): {rate:,.0f} rows per second,"
                f" {rate * fastest.theirs / rows:.1f} times that engine's."
            )
    if at_largest:
        most = max(each.our_memory for each in at_largest)
        verdict = "under the aim of 2 GiB" if most < MEMORY_AIM else "over the aim of 2 GiB"
        notes.append(f"Peak memory of tierlang with {largest:,} accounts: {_megabytes(most)}, {verdict}.")
    return notes


def show(console: Console, findings: Sequence[Finding]) -> None:
    """The table on the terminal."""
    table = Table(*_HEADINGS, box=rich.box.SIMPLE_HEAD, pad_edge=False)
    for finding, row in zip(findings, rows_of(findings), strict=True):
        table.add_row(*row, style={True: "green", False: "red", None: ""}[finding.met])
    console.print(table)
    for note in notes_of(findings):
        console.print(note, highlight=False)


def markdown(findings: Sequence[Finding], rounds: int, load: float) -> str:
    """The measured part of the page; `load` is the machine's load average before the run, which should be near 0."""
    lines = [
        f"{_machine()}. {rounds} rounds; load average before the run {load:.1f}.",
        "",
        f"| {' | '.join(_HEADINGS)} |",
        "|" + "---|" * len(_HEADINGS),
        *(f"| {' | '.join(row)} |" for row in rows_of(findings)),
        "",
        *(f"- {note}" for note in notes_of(findings)),
    ]
    return "\n".join(lines)


def replace_measured(page: Path, text: str) -> None:
    """Put the measured part between the page's markers."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit(f"{page} has no lines `{BEGIN}` and `{END}` to write between.")
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def _aim(finding: Finding) -> str:
    if finding.met is None:
        return ""
    seconds = finding.workload.seconds
    aim = f"≤ {finding.rival.aim:g}" if seconds is None else f"under {seconds:g} s"
    return f"{'met' if finding.met else 'missed'}: {aim}"


def _megabytes(count: int) -> str:
    return f"{count / 1024**2:,.0f} MiB"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    python = ".".join(str(part) for part in sys.version_info[:3])
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    return f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB of memory, {platform.system()}; Python {python}, {versions}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
