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
_VERSIONS = ("duckdb", "sqlglot", "polars", "zen-engine", "cel-expr-python")


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
    notes = []
    in_process = [finding for finding in findings if finding.workload.in_process]
    if in_process:
        rates = [("tierlang", in_process[0].ours), *((finding.rival.name, finding.theirs) for finding in in_process)]
        rows = in_process[0].workload.rows
        said = ", ".join(f"{name} {rows / seconds:,.0f}" for name, seconds in rates)
        fastest = min(in_process, key=lambda finding: finding.theirs)
        times = 1 / fastest.ratio.median
        notes.append(
            f"Rows per second in process, {rows:,} accounts: {said}. Against the fastest engine ({fastest.rival.name}): {times:.1f} times (aim: 100)."
        )
    from_files = [finding for finding in findings if finding.rival.out is not None and not finding.workload.in_process]
    if from_files:
        largest = max(finding.workload.rows for finding in from_files)
        most = max(finding.our_memory for finding in from_files if finding.workload.rows == largest)
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


def markdown(findings: Sequence[Finding], rounds: int) -> str:
    """The measured part of the page."""
    lines = [
        f"{_machine()}. {rounds} rounds.",
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
    if finding.rival.aim is None:
        return ""
    return f"{'met' if finding.met else 'missed'}: ≤ {finding.rival.aim:g}"


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
