"""What is measured: for each workload the commands of tierlang and of its rivals, and the aims."""

from __future__ import annotations

from pathlib import Path

import attrs

from tests.bench.accounts import events_path_of, path_of
from tests.bench.measure import python
from tests.bench.pasts import (
    MONTHS,
    first_ledger_of,
    first_plan_of,
    ledger_of,
    next_day,
    snapshots_of,
    spoken_of,
)
from tests.bench.texts import lines_in, rule_files, rules_folder, sql_folder

RULES = Path("tests/bench/rules")
RIVALS = Path("tests/bench/rivals")
SMALL_FILE = Path("rulesets/shared/people.tier")
"""A shipped rule file of a few lines, so that hardly more than the start is measured."""
AS_OF = "2026-11-01"
COLUMNS = "key,tier,label,priority,reason"
QUICK_SIZES = (100_000, 1_000_000)
FULL_SIZES = (1_000_000, 10_000_000)
QUICK_EVENT_SIZES = (100_000,)
FULL_EVENT_SIZES = (1_000_000,)
"""Accounts with twenty events each."""
QUICK_PAST = 100_000
FULL_PAST = 1_000_000
"""Accounts with a past."""
ENGINE_ROWS = 100_000
# Seats per million accounts.
SEATS = {
    "key_each": 220,
    "key_all": 42_000,
    "target_each": 800,
    "target_all": 140_000,
    "qualified_all": 280_000,
}


@attrs.frozen
class Contestant:
    """One way to do a workload. `aim`: tierlang's time should be at most so many times this one's; None where there is no aim.

    Where contestants do unlike amounts of work, `units` says how much; the ratio is of the time for one.
    """

    name: str
    command: tuple[str, ...]
    out: Path | None = None
    aim: float | None = None
    units: int = 1


@attrs.frozen
class Workload:
    """One table row per rival; the first contestant is tierlang. `in_process`: they print the seconds that count themselves.

    `seconds`: tierlang's time should stay under so many, on any machine of today.
    """

    name: str
    rows: int
    contestants: tuple[Contestant, ...]
    in_process: bool = False
    seconds: float | None = None


def size_name(rows: int) -> str:
    """100k, 1m, 10m."""
    return f"{rows // 1_000_000}m" if rows >= 1_000_000 else f"{rows // 1000}k"


def file_workloads(data: Path, rows: int) -> tuple[Workload, ...]:
    """Score and top, CSV and Parquet, for one size."""
    return tuple(make(data, rows, suffix) for make in (_score, _top) for suffix in ("csv", "parquet"))


def _score(data: Path, rows: int, suffix: str) -> Workload:
    aims = {"duckdb": 1.1, "polars": None}
    return _from_file_to_file("score", data, rows, suffix, (), aims)


def _top(data: Path, rows: int, suffix: str) -> Workload:
    seats = tuple((name, per_million * rows // 1_000_000) for name, per_million in SEATS.items())
    aims = {"duckdb": 0.5, "polars": None}
    return _from_file_to_file("top", data, rows, suffix, seats, aims)


def _from_file_to_file(
    name: str,
    data: Path,
    rows: int,
    suffix: str,
    seats: tuple[tuple[str, int], ...],
    aims: dict[str, float | None],
) -> Workload:
    accounts = path_of(data, rows, suffix)
    out = data / f"out-{name}-tierlang.{suffix}"
    settings = [f"{seat}={number}" for seat, number in seats]
    ours = python(
        *("-m", "tierlang", "eval", str(RULES / f"{name}.tier"), str(accounts), "-o", str(out)),
        *("--as-of", AS_OF, "--columns", COLUMNS, *(part for setting in settings for part in ("--set", setting))),
    )
    rivals = []
    for rival, aim in aims.items():
        theirs = data / f"out-{name}-{rival}.{suffix}"
        program = ("duckdb_sql", str(RIVALS / f"{name}.sql")) if rival == "duckdb" else (f"polars_{name}",)
        command = python("-m", f"tests.bench.rivals.{program[0]}", *program[1:], str(accounts), str(theirs), *settings)
        rivals.append(Contestant(rival, tuple(command), theirs, aim))
    return Workload(f"{name}-{suffix}-{size_name(rows)}", rows, (Contestant("tierlang", tuple(ours), out), *rivals))


def event_workloads(data: Path, rows: int) -> tuple[Workload, ...]:
    """Accounts with twenty events each, and twelve questions about them, for one size."""
    return tuple(_events(data, rows, suffix) for suffix in ("csv", "parquet"))


def _events(data: Path, rows: int, suffix: str) -> Workload:
    accounts, events = str(path_of(data, rows, suffix)), str(events_path_of(data, rows, suffix))
    out, theirs = (data / f"out-events-{name}.{suffix}" for name in ("tierlang", "duckdb"))
    ours = python(
        *("-m", "tierlang", "eval", str(RULES / "events.tier"), accounts, "--events", events, "-o", str(out)),
        *("--as-of", AS_OF, "--columns", COLUMNS),
    )
    query = str(RIVALS / "events.sql")
    by_hand = python("-m", "tests.bench.rivals.duckdb_sql", query, accounts, str(theirs), f"events={events}")
    contestants = (Contestant("tierlang", tuple(ours), out), Contestant("duckdb", tuple(by_hand), theirs, 1.2))
    return Workload(f"events-{suffix}-{size_name(rows)}", rows, contestants)


def over_time(data: Path, rows: int) -> tuple[Workload, ...]:
    """A plan beside twenty earlier runs and a replay of twelve snapshots, against placing the same accounts once; the first plan applied, against its rows inserted by hand."""
    rules, snapshots = str(RULES / "mobility.tier"), [str(path) for path in snapshots_of(data, rows)]
    day, ledger = next_day().isoformat(), str(ledger_of(data, rows))
    accounts, placed, saved = str(spoken_of(data, rows)), str(data / "out-placed.csv"), data / "out-plan.json"
    once = tuple(python("-m", "tierlang", "eval", rules, accounts, "-o", placed, "--as-of", day))
    plan = python("-m", "tierlang", "plan", rules, accounts, "--as-of", day, "--ledger", ledger, "-o", str(saved))
    replay = python("-m", "tierlang", "replay", rules, *snapshots)
    apply = python("-m", "tierlang", "apply", str(first_plan_of(data, rows)))
    by_hand = python(
        "-m", "tests.bench.rivals.ledger_insert", str(first_plan_of(data, rows)), str(data / "out-inserted.duckdb")
    )
    size = size_name(rows)

    def against_once(name: str, ours: list[str], out: Path | None, aim: float) -> Workload:
        rival = Contestant("one eval", once, None, aim)
        return Workload(f"{name}-{size}", rows, (Contestant("tierlang", tuple(ours), out), rival))

    first = Contestant("tierlang", tuple(apply), first_ledger_of(data, rows))
    return (
        against_once("plan", plan, saved, 2.0),
        against_once("replay", replay, None, MONTHS + 2.0),
        Workload(f"apply-{size}", rows, (first, Contestant("duckdb insert", tuple(by_hand), None, 1.5))),
    )


def start_up(data: Path) -> tuple[Workload, ...]:
    """`tierlang fmt` on a small file, and `tierlang check` with proofs on a whole ruleset, against nothing but the imports that they cannot do without."""
    imports = tuple(python("-c", "import lark, attrs, click"))
    rival = "imports of lark, attrs, click"
    fmt = tuple(python("-m", "tierlang", "fmt", "--check", str(SMALL_FILE)))
    check = tuple(python("-m", "tierlang", "check", str(rule_files(data)[0])))
    return (
        Workload("fmt-startup", 0, (Contestant("tierlang", fmt), Contestant(rival, imports, None, 2.0))),
        Workload("check", 0, (Contestant("tierlang", check), Contestant(rival, imports)), seconds=1.0),
    )


def lint(data: Path) -> Workload:
    """`tierlang check` with proofs on two hundred rule files against `sqlfluff lint` on SQL, a process each; by line, with an aim of 1/50 of the time."""
    rules, queries = rules_folder(data), sql_folder(data)
    check = python("-m", "tierlang", "check", "--jobs", "1", str(rules))
    sqlfluff = python("-m", "sqlfluff", "lint", "--dialect", "postgres", "--processes", "1", "--nofail", str(queries))
    return Workload(
        "lint",
        0,
        (
            Contestant("tierlang", tuple(check), units=lines_in(rules)),
            Contestant("sqlfluff", tuple(sqlfluff), None, 0.02, units=lines_in(queries)),
        ),
    )


def engines(data: Path) -> Workload:
    """The rule engines, in process, on a hundred thousand of the same accounts; the aim is by rows per second, so 1/100 of the time."""
    accounts = str(path_of(data, ENGINE_ROWS, "parquet"))
    names = ("tierlang_in_process", "zen_batch", "zen_expressions", "cel")
    shown = ("tierlang", "zen-engine, batch", "zen-engine, bare expressions", "cel-expr-python")
    contestants = []
    for name, rival in zip(names, shown, strict=True):
        out = data / f"out-rules-{name}.{'parquet' if rival == 'tierlang' else 'csv'}"
        command = python("-m", f"tests.bench.rivals.{name}", accounts, str(out))
        contestants.append(Contestant(rival, tuple(command), out, None if rival == "tierlang" else 0.01))
    return Workload("rules", ENGINE_ROWS, tuple(contestants), in_process=True)
