"""What to do when rows of a file are refused: say why, or leave them aside in a file of their own and go on with the rest."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import duckdb

from tierlang.accounts.accounts import AccountFile, from_copy
from tierlang.accounts.errors import FileError, RowsError
from tierlang.accounts.inquest import find_bad_cells, find_doubled_keys, is_troubled
from tierlang.accounts.json_tables import lines_reader
from tierlang.accounts.problems import Collector, Problems
from tierlang.accounts.structure import Structure, read_structure, rows_around_blanks
from tierlang.accounts.table import identifier, literal
from tierlang.accounts.writing import write

KEPT = "tierlang_kept_accounts"
INDEX = "tierlang index"
_SAMPLE = 1_000


@attrs.frozen
class Findings:
    """What is wrong with the rows of a file.

    `accounts` reads the rows that can be read at all; `refused` (CSV: index, row, why) names the bad ones among them, `structure` has those
    that cannot be read.
    """

    problems: Problems
    accounts: AccountFile
    refused: Path
    structure: Structure | None

    def set_aside(self, connection: duckdb.DuckDBPyConnection, path: str) -> AccountFile:
        """Write the refused rows to a file, as they came and with their causes, and give the accounts without them."""
        if not self.problems.rejectable:
            raise _refusal(self.accounts.label, self.problems)
        write(connection, _rejects(self), path)
        return _without(connection, self)


def check(connection: duckdb.DuckDBPyConnection, accounts: AccountFile, table: str) -> Findings | None:
    """What is wrong with the accounts that an engine has read into a table (with `key` and `bad`); None if nothing is."""
    return _findings(connection, accounts, Collector(), None) if is_troubled(connection, table) else None


def recover(
    connection: duckdb.DuckDBPyConnection, accounts: AccountFile, error: duckdb.Error
) -> AccountFile | Findings:
    """After reading failed: the same accounts from a copy that reads, or what is wrong with the rows. Other errors are raised again."""
    if accounts.repaired or accounts.source.format == "parquet" or str(accounts.source.path) not in str(error):
        if str(accounts.source.path) in str(error):
            raise FileError(f"{accounts.label} cannot be read: {str(error).splitlines()[0]}") from error
        raise error
    structure = read_structure(accounts.source, accounts.layout, accounts.spool)
    clean = attrs.evolve(accounts.source, path=structure.clean, compression="none")
    repaired = from_copy(accounts, clean, structure.rows)
    if structure.collector.result() is None:
        return repaired
    findings = _findings(connection, repaired, structure.collector, structure)
    assert findings is not None
    return findings


def take_in(
    connection: duckdb.DuckDBPyConnection,
    accounts: AccountFile,
    use: Callable[[str], None],
    *,
    table: str = "scored",
    rejects: str | None = None,
) -> tuple[AccountFile, Problems | None]:
    """Let an engine `use` the accounts' select, which reads them into `table`; once more without the refused rows if `rejects` names a file.

    Gives the accounts that were used, and what was left aside. Without `rejects` refused rows raise a RowsError. Where nothing is refused
    there is no file of rejects, and one of an earlier run goes away.
    """
    accounts, aside = _take_in(connection, accounts, use, table, rejects)
    if rejects is not None and aside is None and Path(rejects).is_file():
        Path(rejects).unlink()
    return accounts, aside


def _take_in(
    connection: duckdb.DuckDBPyConnection,
    accounts: AccountFile,
    use: Callable[[str], None],
    table: str,
    rejects: str | None,
) -> tuple[AccountFile, Problems | None]:
    aside: Problems | None = None
    while True:
        try:
            if accounts.plain is not None and _looks_ordinary(connection, accounts.plain):
                use(accounts.plain)
                if not is_troubled(connection, table):
                    return accounts, aside
            use(accounts.select)
            found: AccountFile | Findings | None = check(connection, accounts, table)
        except duckdb.Error as error:
            found = recover(connection, accounts, error)
        match found:
            case None:
                return accounts, aside
            case AccountFile():
                accounts = found
            case Findings(problems=problems) if rejects is None or aside is not None:
                raise _refusal(accounts.label, problems)
            case Findings(problems=aside):
                accounts = found.set_aside(connection, rejects)


def _looks_ordinary(connection: duckdb.DuckDBPyConnection, plain: str) -> bool:
    """Whether the first rows hold nothing that the plain reading cannot settle, so that it is worth a try."""
    sample = f"SELECT count(*) FROM (SELECT bad FROM ({plain}) LIMIT {_SAMPLE}) WHERE bad"
    return connection.execute(sample).fetchall() == [(0,)]


def _refusal(label: str, problems: Problems) -> RowsError:
    rows = f"{problems.rows:,} row" + ("" if problems.rows == 1 else "s")
    if problems.rejectable:
        hint = "Put them right, or use --rejects FILE to leave those rows aside and go on with the others."
    else:
        hint = "Put the quotes right first: from there on nobody can tell the rows apart, so --rejects cannot leave them aside."
    return RowsError(f"{rows} of {label} cannot be used", hint, problems=problems)


def _findings(
    connection: duckdb.DuckDBPyConnection, accounts: AccountFile, collector: Collector, structure: Structure | None
) -> Findings | None:
    if not accounts.repaired and accounts.source.format != "parquet":
        accounts = attrs.evolve(accounts, rows=rows_around_blanks(accounts.source, accounts.layout))
    refused = accounts.spool.new(".refused")
    arguments = (connection, accounts.label, accounts.door, accounts.rows, collector)
    with open(refused, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for finder in (find_bad_cells, find_doubled_keys):
            writer.writerows((index, accounts.rows.row(index), why) for index, why in finder(*arguments))
    problems = collector.result(rejectable=structure is None or structure.rejectable)
    return None if problems is None else Findings(problems, accounts, refused, structure)


def _csv(place: Path, columns: dict[str, str]) -> str:
    struct = ", ".join(f"{identifier(name)}: '{type_name}'" for name, type_name in columns.items())
    return (
        f"read_csv({literal(str(place))}, auto_detect = false, columns = {{{struct}}}, header = false, delim = ',', quote = '\"',"
        " escape = '\"', null_padding = true, parallel = false)"
    )


def _refused(findings: Findings) -> str:
    table = _csv(findings.refused, {"index": "BIGINT", "row": "BIGINT", "why": "VARCHAR"})
    return f"(SELECT index, any_value(row) AS row, string_agg(why, '; ') AS why FROM {table} GROUP BY index)"


def _rejects(findings: Findings) -> str:
    """The refused rows as they came, in file order: row, why, and the cells (of JSON lines, the line)."""
    accounts, structure = findings.accounts, findings.structure
    columns = accounts.door.table.columns
    if accounts.source.format == "json":
        reader, items, headings = lines_reader(accounts.source), ["json::VARCHAR"], ["line"]
    else:
        reader, items, headings = (
            accounts.door.table.reader(columns),
            [c.name for c in columns],
            [c.heading for c in columns],
        )
    surplus = max(structure.widest - len(headings), 0) if structure else 0
    ours = ("row", "why", *(f"surplus {i}" for i in range(1, surplus + 1)))
    named = _distinct([*headings, *ours])
    named = [*named[len(headings) : len(headings) + 2], *named[: len(headings)], *named[len(headings) + 2 :]]
    cells = [f"c.{item}" for item in items] + ["NULL"] * surplus
    numbered = f"(SELECT *, row_number() OVER () - 1 AS {identifier(INDEX)} FROM {reader})"
    read = f"SELECT r.row, r.why, {', '.join(cells)} FROM {numbered} c JOIN {_refused(findings)} r ON c.{identifier(INDEX)} = r.index"
    if structure is not None:
        types = {"row": "BIGINT", "why": "VARCHAR"} | {f"c{i}": "VARCHAR" for i in range(len(cells))}
        read += f" UNION ALL SELECT * FROM {_csv(structure.rejected, types)}"
    return f"SELECT * FROM ({read}) AS t({', '.join(identifier(name) for name in named)}) ORDER BY 1"


def _distinct(names: Sequence[str]) -> list[str]:
    """The names, the doubled and the empty ones numbered."""
    taken: dict[str, str] = {}
    for name in names:
        free, count = name or "column 1", 1
        while free.casefold() in taken:
            count += 1
            free = f"{name or 'column'} {count}"
        taken[free.casefold()] = free
    return list(taken.values())


def _without(connection: duckdb.DuckDBPyConnection, findings: Findings) -> AccountFile:
    """The accounts without the refused ones, read once into a table."""
    accounts = findings.accounts
    kept = f"SELECT t.* FROM ({accounts.door.select(row=True)}) t ANTI JOIN {_refused(findings)} r ON t.row = r.index ORDER BY t.row"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {KEPT} AS {kept}")
    return attrs.evolve(accounts, select=f"SELECT * EXCLUDE (row) FROM {KEPT}", plain=None)
