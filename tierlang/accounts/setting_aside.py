"""What to do when rows of a file are refused: say why, or leave them aside in a file of their own and go on with the rest."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

import attrs
import duckdb

from tierlang.accounts.errors import FileError, RowsError
from tierlang.accounts.inquest import find_bad_cells, find_doubled, is_troubled
from tierlang.accounts.json_tables import lines_reader
from tierlang.accounts.problems import Collector, Problems
from tierlang.accounts.structure import Structure, read_structure, rows_around_blanks
from tierlang.accounts.table import identifier, literal
from tierlang.accounts.typed_file import TypedFile, copied
from tierlang.accounts.writing import write

INDEX = "tierlang index"
_SAMPLE = 1_000

AnyFile = TypeVar("AnyFile", bound=TypedFile[Any])


@attrs.frozen
class Findings(Generic[AnyFile]):
    """What is wrong with the rows of a file.

    `file` reads the rows that can be read at all; `refused` (CSV: index, row, why) names the bad ones among them, `structure` has those
    that cannot be read.
    """

    problems: Problems
    file: AnyFile
    refused: Path
    structure: Structure | None

    def set_aside(self, connection: duckdb.DuckDBPyConnection, path: str, kept: str) -> AnyFile:
        """Write the refused rows to a file, as they came and with their causes, and give the file without them (`kept` names a table for the rest)."""
        if not self.problems.rejectable:
            raise _refusal(self.file.label, self.problems)
        write(connection, _rejects(self), path)
        return _without(connection, self, kept)


def check(connection: duckdb.DuckDBPyConnection, file: AnyFile, table: str) -> Findings[AnyFile] | None:
    """What is wrong with the rows that an engine has read into a table; None if nothing is."""
    return _findings(connection, file, Collector(), None) if is_troubled(connection, file, table) else None


def recover(connection: duckdb.DuckDBPyConnection, file: AnyFile, error: duckdb.Error) -> AnyFile | Findings[AnyFile]:
    """After reading failed: the same file from a copy that reads, or what is wrong with the rows. Other errors are raised again."""
    source = file.opened.source
    if str(source.path) not in str(error):
        raise error
    if file.repaired or source.format == "parquet":
        raise FileError(f"{file.label} cannot be read: {str(error).splitlines()[0]}") from error
    structure = read_structure(source, file.opened.layout, file.opened.spool)
    clean = attrs.evolve(source, path=structure.clean, compression="none")
    opened = copied(file.opened, clean, structure.rows)
    repaired = attrs.evolve(file, opened=opened, door=attrs.evolve(file.door, table=opened.table), repaired=True)
    if structure.collector.result() is None:
        return repaired
    findings = _findings(connection, repaired, structure.collector, structure)
    assert findings is not None
    return findings


def take_in(
    connection: duckdb.DuckDBPyConnection,
    file: AnyFile,
    use: Callable[[str], None],
    *,
    table: str = "scored",
    rejects: str | None = None,
    kept: str = "tierlang_kept_accounts",
) -> tuple[AnyFile, Problems | None]:
    """Let an engine `use` the file's select, which reads it into `table`; once more without the refused rows if `rejects` names a file.

    Gives the file that was used, and what was left aside. Without `rejects` refused rows raise a RowsError. Where nothing is refused
    there is no file of rejects, and one of an earlier run goes away.
    """
    while True:
        found: AnyFile | Findings[AnyFile] | None
        try:
            found = _used(connection, file, use, table)
        except duckdb.Error as error:
            found = recover(connection, file, error)
        match found:
            case None:
                if rejects is not None and Path(rejects).is_file():
                    Path(rejects).unlink()
                return file, None
            case Findings(problems=aside):
                if rejects is None:
                    raise _refusal(file.label, aside)
                file = found.set_aside(connection, rejects, kept)
                use(file.select)
                return file, aside
            case _:
                file = found


def _used(
    connection: duckdb.DuckDBPyConnection, file: AnyFile, use: Callable[[str], None], table: str
) -> Findings[AnyFile] | None:
    """Let the engine use the file, by the plain relation if that will do; what is wrong with its rows, if something is."""
    if file.plain is None or not _looks_ordinary(connection, file.plain):
        use(file.select)
        return check(connection, file, table)
    use(file.plain)
    if is_troubled(connection, file, table):
        findings = _findings(connection, file, Collector(), None)
        if findings is not None:
            return findings
        use(file.select)
    return None


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
    connection: duckdb.DuckDBPyConnection, file: AnyFile, collector: Collector, structure: Structure | None
) -> Findings[AnyFile] | None:
    opened = file.opened
    if not file.repaired and opened.source.format != "parquet":
        rows = rows_around_blanks(opened.source, opened.layout)
        file = attrs.evolve(file, opened=attrs.evolve(opened, rows=rows))
    refused = opened.spool.new(".refused")
    with open(refused, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for finder in (find_bad_cells, find_doubled):
            found = finder(connection, file, collector)
            writer.writerows((index, file.opened.rows.row(index), why) for index, why in found)
    problems = collector.result(rejectable=structure is None or structure.rejectable)
    return None if problems is None else Findings(problems, file, refused, structure)


def _csv(place: Path, columns: dict[str, str]) -> str:
    struct = ", ".join(f"{identifier(name)}: '{type_name}'" for name, type_name in columns.items())
    return (
        f"read_csv({literal(str(place))}, auto_detect = false, columns = {{{struct}}}, header = false, delim = ',', quote = '\"',"
        " escape = '\"', null_padding = true, parallel = false)"
    )


def _refused(findings: Findings[AnyFile]) -> str:
    table = _csv(findings.refused, {"index": "BIGINT", "row": "BIGINT", "why": "VARCHAR"})
    return f"(SELECT index, any_value(row) AS row, string_agg(why, '; ') AS why FROM {table} GROUP BY index)"


def _rejects(findings: Findings[AnyFile]) -> str:
    """The refused rows as they came, in file order: row, why, and the cells (of JSON lines, the line)."""
    source, structure, table = findings.file.opened.source, findings.structure, findings.file.door.table
    columns = table.columns
    if source.format == "json":
        reader, items, headings = lines_reader(source), ["json::VARCHAR"], ["line"]
    else:
        reader, items, headings = table.reader(columns), [c.name for c in columns], [c.heading for c in columns]
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


def _without(connection: duckdb.DuckDBPyConnection, findings: Findings[AnyFile], kept: str) -> AnyFile:
    """The file without the refused rows; if it takes more than a look at each row to tell them, read once into a table."""
    file = findings.file
    doubled = {cause for _, _, cause in file.door.unique}
    if not any(count.cause in doubled for count in findings.problems.counts):
        return attrs.evolve(file, kept=f"SELECT * FROM ({file.door.select()}) WHERE NOT bad")
    rest = f"SELECT t.* FROM ({file.door.select(row=True)}) t ANTI JOIN {_refused(findings)} r ON t.row = r.index ORDER BY t.row"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {kept} AS {rest}")
    return attrs.evolve(file, kept=f"SELECT * EXCLUDE (row) FROM {kept}")
