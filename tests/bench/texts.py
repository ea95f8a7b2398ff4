"""Makes the texts that are checked: rule files of a few hundred lines, and SQL of the same length for the linter of another language.

`python -m tests.bench.texts FOLDER` writes them once.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.bench.measure import ROOT

RULE_FILES = 200
SQL_FILES = 20
_SHIPPED = ROOT / "rulesets" / "saas_abm" / "saas_abm.tier"
_SHARED = ("people", "lists")


def rules_folder(data: Path) -> Path:
    """Where the rule files are."""
    return data / f"rules-v1-{RULE_FILES}"


def rule_files(data: Path) -> list[Path]:
    """The rule files."""
    return [rules_folder(data) / f"model_{number:03}.tier" for number in range(RULE_FILES)]


def sql_folder(data: Path) -> Path:
    """Where the SQL is."""
    return data / f"sql-v1-{SQL_FILES}"


def rule_text(number: int) -> str:
    """A shipped ruleset in one file, without its tests, each time with other numbers and names."""
    text = _SHIPPED.read_text(encoding="utf-8")
    shared = "".join((ROOT / "rulesets" / "shared" / f"{name}.tier").read_text(encoding="utf-8") for name in _SHARED)
    shared = re.sub(r'from "competitors.csv" column "domain"', '= ["rival.example", "other.example"]', shared)
    text = re.sub(r'^use "\.\./shared/people.tier"\n', lambda found: shared, text, flags=re.MULTILINE)
    text = re.sub(r"^(use|pins from) .*\n", "", text, flags=re.MULTILINE)
    text = text.replace("ruleset saas_abm", f"ruleset model_{number}")
    for name, least in (("two_seats", 150), ("three_seats", 1500), ("one_staff", 400), ("hot", 60)):
        text = re.sub(rf"^(let {name} +=) [0-9_]+", rf"\g<1> {least + number % 25}", text, flags=re.MULTILINE)
    return text


def sql_text(number: int) -> str:
    """Selects as people write them for the same work: fields made good, points by bands, counts of events, a tier by range."""
    lines: list[str] = []
    query = 0
    while len(lines) < 200:
        lines += _query(f"{number}_{query}", 1 + (number + query) % 9)
        query += 1
    return "\n".join(lines)


def _query(name: str, factor: int) -> list[str]:
    return [
        f"WITH active_{name} AS (",
        "    SELECT",
        "        a.account_id,",
        "        a.industry,",
        *(f"        COALESCE(a.measure_{each}, 0) AS measure_{each}," for each in range(12)),
        "        CASE",
        *(f"            WHEN a.employees >= {low * factor} THEN {points}" for low, points in ((1000, 30), (200, 20))),
        "            ELSE 0",
        "        END AS size_points",
        "    FROM crm.accounts AS a",
        "    WHERE",
        "        a.is_deleted = FALSE",
        "        AND a.industry IN ('Banking', 'Software', 'Health')",
        f"        AND a.created_at >= DATE '202{factor % 6}-01-01'",
        "),",
        "",
        f"engagement_{name} AS (",
        "    SELECT",
        "        e.account_id,",
        "        COUNT(*) AS touches,",
        "        SUM(CASE WHEN e.channel = 'event' THEN 5 ELSE 1 END) AS points",
        "    FROM crm.events AS e",
        f"    WHERE e.occurred_at >= CURRENT_DATE - INTERVAL '{factor * 10}' DAY",
        "    GROUP BY e.account_id",
        ")",
        "",
        "SELECT",
        "    t.account_id,",
        "    t.industry,",
        "    CASE",
        *(f"        WHEN t.size_points + g.points >= {low} THEN '{tier}'" for low, tier in ((80, "one"), (60, "two"))),
        "        ELSE 'none'",
        "    END AS tier",
        f"FROM active_{name} AS t",
        f"LEFT JOIN engagement_{name} AS g ON t.account_id = g.account_id",
        "WHERE t.size_points > 0",
        "ORDER BY t.account_id;",
        "",
    ]


def make(data: Path) -> None:
    """Write all texts that are not there."""
    _write({path: rule_text(number) for number, path in enumerate(rule_files(data))})
    _write({sql_folder(data) / f"query_{number:02}.sql": sql_text(number) for number in range(SQL_FILES)})


def lines_in(folder: Path) -> int:
    """How many lines the files of a folder have together."""
    return sum(path.read_text(encoding="utf-8").count("\n") for path in folder.iterdir())


def _write(texts: dict[Path, str]) -> None:
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
