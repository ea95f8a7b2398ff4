"""Opening a ledger late and closing it early; a ledger that is not there yet appears whole, with its first run, or not at all."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from tierlang.ledger.create import create, is_empty
from tierlang.ledger.errors import LedgerError
from tierlang.ledger.head import head
from tierlang.ledger.names import literal
from tierlang.ledger.schema import PRODUCT, SCHEMA_VERSION, STORAGE, TABLES
from tierlang.ledger.troubles import is_lock, trouble

_PAUSE = 0.05
_HEADER = 12_288
"""Bytes before the first block of a DuckDB file."""


@contextmanager
def attached(
    connection: duckdb.DuckDBPyConnection, path: str, *, write: bool, wait: float = 5.0, catalog: str = "ledger"
) -> Iterator[None]:
    """The ledger under the name `catalog` in the connection, as long as the context lasts; raises LedgerError.

    An absent file reads as an empty ledger. Somebody else's lock is waited for, `wait` seconds at most. Where one writes, everything is on the disk when the context has ended without an
    error: a new ledger is made beside its place and put there at the end, if it has a run. What is not committed when the context ends is rolled back.
    """
    place = os.path.abspath(path)
    _look(place, path, write=write)
    if os.path.lexists(place):
        with _open(connection, place, path, catalog, wait, write=write):
            yield
    elif write:
        with _made(connection, place, path, catalog, wait):
            yield
    else:
        with _in_memory(connection, catalog):
            yield


def _look(place: str, path: str, *, write: bool) -> None:
    """What can be told without opening it. Nothing here opens the file: closing it would let go of DuckDB's lock, had this process one."""
    folder = os.path.dirname(place)
    if os.path.isdir(place):
        raise LedgerError(f"{path} is a folder, not a ledger", "Name a file, for example tiers.ledger.")
    if not os.path.isdir(folder):
        raise LedgerError(f"the ledger {path} cannot be opened: there is no folder {folder}")
    if not os.path.lexists(place) and os.path.lexists(f"{place}.wal"):
        raise LedgerError(
            f"beside {path} lies {os.path.basename(place)}.wal, the rest of a ledger that is not there any more",
            "Put that ledger back, or move the .wal file away. Nothing was changed.",
        )
    if os.path.exists(place):
        if not os.path.isfile(place):
            raise LedgerError(f"{path} is no ordinary file, so it cannot be a ledger")
        if os.path.getsize(place) == 0:
            raise LedgerError(
                f"{path} is empty, so it is no ledger",
                "If nothing was ever in it, delete it: a new ledger is made by the first apply.",
            )
        if not os.access(place, os.R_OK):
            raise LedgerError(f"the ledger {path} may not be read with your rights")
    if write and os.path.exists(place) and not os.access(place, os.W_OK):
        raise LedgerError(f"the ledger {path} cannot be written: the file is read-only", "Nothing was changed.")
    if write and not os.access(folder, os.W_OK):
        raise LedgerError(
            f"the ledger {path} cannot be written: the folder {folder} is read-only", "Nothing was changed."
        )


@contextmanager
def _open(
    connection: duckdb.DuckDBPyConnection, place: str, path: str, catalog: str, wait: float, *, write: bool
) -> Iterator[None]:
    _attach(connection, place, path, catalog, wait, write=write)
    empty = False
    try:
        with _told(path, place):
            empty = _is_ours(connection, place, path, catalog)
        if write or not empty:
            with _told(path, place):
                yield
    finally:
        _detach(connection, catalog)
    if empty and not write:
        with _in_memory(connection, catalog):
            yield


@contextmanager
def _in_memory(connection: duckdb.DuckDBPyConnection, catalog: str) -> Iterator[None]:
    """A ledger without runs, as an absent one reads."""
    connection.execute(f"ATTACH ':memory:' AS {catalog}")
    try:
        create(connection, catalog)
        yield
    finally:
        _detach(connection, catalog)


@contextmanager
def _made(connection: duckdb.DuckDBPyConnection, place: str, path: str, catalog: str, wait: float) -> Iterator[None]:
    """A new ledger: beside its place until it is whole. A kill leaves nothing but that file, which has a dot before its name."""
    folder, name = os.path.split(place)
    beside = os.path.join(folder, f".{name}.{secrets.token_hex(4)}.part")
    try:
        _attach(connection, beside, path, catalog, wait, write=True)
        try:
            with _told(path, beside):
                yield
                full = head(connection, catalog) is not None
                if full:
                    connection.execute(f"CHECKPOINT {catalog}")
        finally:
            _detach(connection, catalog)
        if full:
            _publish(beside, place, path)
    finally:
        for rest in (beside, f"{beside}.wal"):
            with suppress(FileNotFoundError):
                os.unlink(rest)


def _publish(beside: str, place: str, path: str) -> None:
    """Put a whole ledger in its place, unless there is one by now: of two first runs at once only one can win."""
    if os.path.exists(f"{beside}.wal"):
        raise LedgerError(
            f"the ledger {path} could not be written to the end", "Nothing was changed. Is there room on the disk?"
        )
    try:
        _synced(beside)
        try:
            os.link(beside, place)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if os.path.lexists(place):
                raise FileExistsError from None
            os.rename(beside, place)
        _synced(os.path.dirname(place))
    except FileExistsError:
        raise LedgerError(
            f"another process has made the ledger {path} in the meantime",
            "Plan again: this plan knows nothing of its run.",
        ) from None
    except OSError as problem:
        raise LedgerError(
            f"the ledger {path} cannot be written: {problem.strerror}", "Nothing was changed."
        ) from problem


def _synced(path: str) -> None:
    """What is written there survives a power failure. (Windows cannot open folders; it needs no such thing.)"""
    if os.name == "nt" and os.path.isdir(path):
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _attach(
    connection: duckdb.DuckDBPyConnection, place: str, path: str, catalog: str, wait: float, *, write: bool
) -> None:
    options = "TYPE duckdb" if write else "TYPE duckdb, READ_ONLY"
    if not os.path.exists(place):
        options = f"TYPE duckdb, STORAGE_VERSION '{STORAGE}'"
    patience = time.monotonic() + wait
    while True:
        try:
            connection.execute(f"ATTACH {literal(place)} AS {catalog} ({options})")
            return
        except duckdb.Error as error:
            if is_lock(error) and time.monotonic() < patience:
                time.sleep(_PAUSE)
                continue
            raise trouble(error, path, place) or error from error


def _is_ours(connection: duckdb.DuckDBPyConnection, place: str, path: str, catalog: str) -> bool:
    """Whether the file is an empty ledger (True) or a full one (False); anything else raises."""
    if is_empty(connection, catalog):
        return True
    known = connection.execute(
        f"SELECT count(*) FROM duckdb_columns() WHERE database_name = '{catalog}' AND table_name = 'about' AND column_name IN ('product', 'schema_version')"
    ).fetchall()
    about = (
        connection.execute(f"SELECT product, max(schema_version) FROM {catalog}.about GROUP BY ALL").fetchall()
        if known[0][0] == 2
        else []
    )
    if [product for product, _ in about] != [PRODUCT]:
        raise LedgerError(
            f"{path} is a DuckDB file, but no ledger of tierlang", "Name another file; this one was not touched."
        )
    if about[0][1] > SCHEMA_VERSION:
        raise LedgerError(
            f"the ledger {path} was written by a newer tierlang (schema {about[0][1]}; this one knows {SCHEMA_VERSION})",
            "Update tierlang to use it. Nothing was changed.",
        )
    if _needs(connection, catalog) > os.path.getsize(place):
        raise LedgerError(
            f"the ledger {path} is cut short: a part of the file is missing", "Take it from your last backup."
        )
    return False


def _needs(connection: duckdb.DuckDBPyConnection, catalog: str) -> int:
    """How many bytes a file must have at least: up to the last block that something is in. (What DuckDB itself counts as blocks may lie behind the end.)"""
    stored = " UNION ALL ".join(
        f"SELECT greatest(block_id, coalesce(list_max(additional_block_ids), -1)) AS block FROM pragma_storage_info('{catalog}.{table.name}')"
        for table in TABLES
    )
    rows = connection.execute(
        f"""
        SELECT max(block), (SELECT any_value(block_size) FROM pragma_database_size() WHERE database_name = '{catalog}')
        FROM ({stored} UNION ALL SELECT block_id FROM pragma_metadata_info('{catalog}'))
        """
    ).fetchall()
    last, size = rows[0]
    return _HEADER + (int(last if last is not None else -1) + 1) * int(size)


def _detach(connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
    with suppress(duckdb.Error):
        connection.execute("ROLLBACK")
    with suppress(duckdb.Error):
        connection.execute(f"DETACH {catalog}")


@contextmanager
def _told(path: str, place: str) -> Iterator[None]:
    """Turns what DuckDB says of the ledger's file into plain words; whatever it says of others goes on as it is."""
    try:
        yield
    except duckdb.Error as error:
        told = trouble(error, path, place)
        if told is None:
            raise
        raise told from error
