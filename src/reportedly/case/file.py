"""A case's file: there or not, brought to this version's schema, and what SQLite says of it in plain words."""

import os
import shlex
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from reportedly.addresses import same_address

from . import schema

APPLICATION = int.from_bytes(b"Rptd", "big")  # how SQLite files tell whose they are
_MAGIC = b"SQLite format 3\0"


class CaseError(Exception):
    """A case that cannot be opened, read or written; says in a line what is wrong and what to do."""


def connect(path: Path, create: bool, wait: float) -> sqlite3.Connection:
    """A connection to the case in this file, of this version's schema; see `Case.open`."""
    with plainly(path):
        writable = _expect(path, create)
        mode = ("rwc" if create else "rw") if writable else "ro" + "&immutable=1" * (not _log_of(path).exists())
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait, isolation_level=None
        )
        try:
            connection.create_function("same_address", 1, same_address, deterministic=True)
            _migrate(path, connection, writable, wait)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE would delete unseen
        except BaseException:
            connection.close()
            raise
    return connection


def is_sqlite(path: Path) -> bool:
    """Whether this is a file of SQLite's."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _log_of(path: Path) -> Path:
    """Where SQLite writes first, before it is moved to the file itself."""
    return path.with_name(path.name + "-wal")


def _expect(path: Path, create: bool) -> bool:
    """Whether the file may be written. CaseError where it is none that could be a case."""
    folder = path.absolute().parent
    if path.is_dir():
        raise CaseError(f"{path} is a folder; name a file for the case")
    if not path.exists():
        if not folder.is_dir():
            raise CaseError(f"{path}: there is no folder {folder}; make it first")
        if not create:
            how = f"reportedly add {shlex.quote(str(path))} FILE..."
            raise CaseError(f"{path}: there is no such case; make it with: {how}")
        if not os.access(folder, os.W_OK):
            raise CaseError(f"{path} cannot be made: {folder} may not be written; name another place")
        return True
    if not path.is_file():
        raise CaseError(f"{path} is no regular file; name a file for the case")
    if path.stat().st_size and not is_sqlite(path):
        raise CaseError(f"{path} is not a case but some other file; name the case first, then the files to add")
    writable = os.access(path, os.W_OK) and os.access(folder, os.W_OK)  # SQLite writes beside the file too
    if create and not writable:
        raise CaseError(f"{path} may not be written (the file or its folder is read-only); copy it where it may")
    return writable


def _migrate(path: Path, connection: sqlite3.Connection, writable: bool, wait: float) -> None:
    """Bring the file to this version's schema. CaseError where it is no case, or of a newer schema."""

    def version() -> int:
        ((made_by,),) = connection.execute("PRAGMA application_id").fetchall()
        ((found,),) = connection.execute("PRAGMA user_version").fetchall()
        if made_by != APPLICATION and (
            made_by or found or connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        ):
            raise CaseError(f"{path} is an SQLite file, but not a case; name another file")
        if found < 0:
            raise foreign(path)
        if found > len(schema.MIGRATIONS):
            known = len(schema.MIGRATIONS)
            raise CaseError(
                f"{path} was made by a newer reportedly (schema {found}, known: {known}); upgrade reportedly"
            )
        return int(found)

    if version() == len(schema.MIGRATIONS):
        return
    if not writable:
        raise CaseError(f"{path} is of an older schema and may not be written; copy it where it may")
    patience = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as e:  # SQLite itself does not wait where two do this at once
            if e.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
            time.sleep(0.02)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for migration in schema.MIGRATIONS[version() :]:  # another process may have been quicker
            for statement in migration.strip().split("\n\n"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


_SAID = {
    sqlite3.SQLITE_BUSY: "is locked by another process that writes to it; try again when that is done",
    sqlite3.SQLITE_LOCKED: "is locked by another process that writes to it; try again when that is done",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full; make room and run this again, what is in it already is safe",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk failed or is full; what is in it already is safe",
    sqlite3.SQLITE_READONLY: "may not be written (the file or its folder is read-only); copy it where it may",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; see who may read and write the file and its folder",
    sqlite3.SQLITE_PERM: "cannot be opened; see who may read and write the file and its folder",
    sqlite3.SQLITE_CORRUPT: "is damaged; take a copy of it, or save what is left with: sqlite3 CASE .recover",
    sqlite3.SQLITE_NOTADB: "is not a case but some other file, or damaged at its very start; name another file",
}


_PLANTED = (sqlite3.SQLITE_CONSTRAINT_TRIGGER, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY)
"""What SQLite says where a trigger undoes or refuses what is put: none of ours does."""

_FOREIGN = "is damaged or was not written by reportedly"


def foreign(path: Path) -> CaseError:
    """The error where a case holds what is never written into one."""
    return CaseError(f"{path} {_FOREIGN}")


@contextmanager
def as_written(path: Path) -> Iterator[None]:
    """What is read from rows of a case, where they are not what is written there, in plain words."""
    try:
        yield
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError) as e:
        raise foreign(path) from e


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """What SQLite and the system say of a file, in plain words."""
    try:
        yield
    except sqlite3.Error as e:
        code = getattr(e, "sqlite_errorcode", 0)
        said = _SAID.get(code & 0xFF)  # the rest of the code is the finer cause
        if said is None and code not in _PLANTED and not isinstance(e, sqlite3.OperationalError):
            raise
        # what is left is of a table or a column that is not there, text that is none, or a trigger that is not ours
        raise CaseError(f"{path} {said or _FOREIGN}") from e
    except OSError as e:
        raise CaseError(f"{path} cannot be opened: {e.strerror or e}") from e
