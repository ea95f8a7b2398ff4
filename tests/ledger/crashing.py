"""Kills `tierlang apply` at random moments and looks at what is left: `python -m tests.ledger.crashing FOLDER ACCOUNTS KILLS SEED`, the result as JSON.

It is a process of its own which never opens a database: it is warm, and forks one child for every apply and one for every look, so that none of them has to start Python.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import attrs

import tierlang.cli.applied
import tierlang.cli.apply
import tierlang.cli.ledger
import tierlang.cli.plan
import tierlang.cli.planning_run  # noqa: F401  (all of them, so that no child has to import them)
from tierlang.cli import applying
from tierlang.cli.database import Limits, database
from tierlang.cli.main import main as command_line
from tierlang.ledger.attached import attached
from tierlang.ledger.head import head
from tierlang.ledger.verify import verify

RULES = """\
ruleset small "Small" { version "1"  review every quarter }
account { key id text  field fit number in 0..100 }
owner dana "Dana Lee"
score priority { range 0..100  weigh 100% fit  missing unscored }
tiers by priority {
  tier one "One" { range 80..  owner marketing dana  owner sales dana }
  tier two "Two" { range 40..<80  owner marketing dana  owner sales dana }
  tier three "Three" { otherwise  owner marketing dana  owner sales dana }
}
"""
FIRST, SECOND = "2026-01-01", "2026-04-01"


@attrs.frozen
class Left:
    """What a kill left behind: the last run of the ledger and its fingerprint (None: no ledger), and how many problems `verify` found."""

    run: int | None
    fingerprint: str | None
    problems: int


@attrs.frozen
class Sort:
    """One sort of apply: the ledger before it (None: none), the plan, what may be left, and how long it lasts: from when to when it writes, and to the end."""

    name: str
    before: Path | None
    plan: Path
    none: Left
    whole: Left
    writes: tuple[float, float]
    lasts: float


def in_child(work: Callable[[], object]) -> int:
    """Fork a child that does it, and is not waited for; exit status 0, or 99 if it fails."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(99)


def asked(work: Callable[[], object]) -> object:
    """What a child says."""
    read, write = os.pipe()

    def tell() -> None:
        with os.fdopen(write, "w") as pipe:
            json.dump(work(), pipe)

    pid = in_child(tell)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(text)


def tierlang_says(*arguments: str) -> None:
    """A command, its words thrown away."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    command_line(list(arguments), standalone_mode=False)


def applied(plan: Path) -> tuple[float, float, float]:
    """Apply it in this process: when it begins and ends to write, and when all ends."""
    begin = time.monotonic()
    writes: list[float] = []
    inner = applying.carry_out

    def watched(*arguments: object) -> object:
        writes.append(time.monotonic() - begin)
        result = inner(*arguments)  # type: ignore[arg-type]
        writes.append(time.monotonic() - begin)
        return result

    applying.carry_out = watched  # type: ignore[assignment]
    tierlang_says("apply", str(plan))
    return writes[0], writes[1], time.monotonic() - begin


def look(ledger: Path) -> list[object]:
    """What is in the ledger: see `Left`."""
    if not ledger.exists():
        return [None, None, 0]
    with database(Limits()) as connection, attached(connection, str(ledger), write=False):
        last, verdict = head(connection), verify(connection)
    return [last and last.run, last and last.fingerprint, verdict.found]


def left_in(ledger: Path) -> Left:
    """The same, by a child."""
    return Left(*asked(lambda: look(ledger)))  # type: ignore[misc]


def forget(ledger: Path) -> None:
    """Take away a ledger and whatever lies beside it."""
    for each in [ledger, *ledger.parent.glob(f"{ledger.name}.wal"), *ledger.parent.glob(f".{ledger.name}.*")]:
        each.unlink(missing_ok=True)


def prepared(folder: Path, accounts: int, seed: int) -> tuple[Path, list[Sort]]:
    """Rules, data, a ledger with one run, two plans, and what becomes of them without a kill."""
    os.chdir(folder)
    Path("rules.tier").write_text(RULES, encoding="utf-8")
    draw = random.Random(seed)
    for name in ("first.csv", "second.csv"):
        lines = (f"A-{number:06d},{draw.randrange(10_001) / 100}" for number in range(accounts))
        Path(name).write_text("\n".join(["id,fit", *lines, ""]), encoding="utf-8")
    ledger, base = Path("tiers.ledger"), Path("base.ledger")
    sorts: list[Sort] = []
    for name, data, day in (("first", "first.csv", FIRST), ("second", "second.csv", SECOND)):
        plan = Path(f"{name}.json")
        arguments = ("plan", "rules.tier", data, "--ledger", str(ledger), "--as-of", day, "-o", str(plan), "-q")
        os.waitpid(in_child(lambda arguments=arguments: tierlang_says(*arguments)), 0)  # type: ignore[misc]
        none = left_in(ledger)
        times = []
        for _ in range(2):
            _fresh(ledger, base if name == "second" else None)
            times.append(asked(lambda plan=plan: applied(plan)))  # type: ignore[misc]
        start, stop, end = (min(each) for each in zip(*times, strict=True))  # type: ignore[call-overload]
        whole = left_in(ledger)
        assert (none.run or 0) + 1 == whole.run, (none, whole)
        assert whole.problems == 0
        sorts.append(Sort(name, base if name == "second" else None, plan, none, whole, (start, stop), end))
        if name == "first":
            shutil.copyfile(ledger, base)
    return ledger, sorts


def _fresh(ledger: Path, base: Path | None) -> None:
    forget(ledger)
    if base is not None:
        shutil.copyfile(base, ledger)


def killed(ledger: Path, sort: Sort, after: float) -> str:
    """Kill one apply after so many seconds: what was left, `none` or `whole`, or what is wrong."""
    _fresh(ledger, sort.before)
    pid = in_child(lambda: tierlang_says("apply", str(sort.plan)))
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        return f"{sort.name} apply: exit status {os.WEXITSTATUS(status)}"
    found = left_in(ledger)
    ended = "" if os.WIFSIGNALED(status) else " after its end"
    if found == sort.whole:
        return f"whole{ended}"
    return f"none{ended}" if found == sort.none else f"{sort.name} apply killed after {after:.4f} s: {found}"


def goes_on(ledger: Path, sort: Sort) -> bool:
    """Whether the plan can be applied to what is left (which changes nothing where it was applied), and is then there."""
    asked(lambda: applied(sort.plan) if left_in(ledger) == sort.none else tierlang_says("apply", str(sort.plan)))
    return left_in(ledger) == sort.whole


def main(folder: Path, accounts: int, kills: int, seed: int) -> dict[str, object]:
    """All kills: three of four of the second apply, half of them while it writes, and the moments spread evenly over the time it takes."""
    ledger, sorts = prepared(folder, accounts, seed)
    draw = random.Random(seed)
    counted: Counter[str] = Counter()
    for number in range(kills):
        sort = sorts[0 if number % 4 == 3 else 1]
        begin, end = (sort.writes[0], sort.writes[1] * 1.1) if number % 2 else (0.0, sort.lasts * 1.2)
        after = begin + (end - begin) * (number + draw.random()) / kills
        counted[killed(ledger, sort, after)] += 1
        if number % 10 == 0 and not goes_on(ledger, sort):
            counted[f"{sort.name} apply could not be repeated after {after:.4f} s"] += 1
    return {"left": dict(counted), "lasts": [[sort.name, *sort.writes, sort.lasts] for sort in sorts]}


if __name__ == "__main__":
    result = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.write(json.dumps(result) + "\n")
