"""The SQLite file: who owns it, its connections, its transactions, its version."""

import asyncio
import os
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from filelock import FileLock, Timeout

Parameters = Mapping[str, Any]
Result = TypeVar("Result")

# FTS5's contentless tables, STRICT, RETURNING and `unixepoch` as we use them.
OLDEST_SQLITE = (3, 40, 0)
# "dgst" in ASCII: SQLite's mark for whose file this is (sqlite.org/pragma.html#pragma_application_id).
_APPLICATION_ID = 0x64677374
_READERS = 2
_PRAGMAS = """
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 5000;
PRAGMA temp_store = MEMORY;
"""
# Full, not normal: after a power cut a message must not be forgotten that Telegram has shown.
_WRITER_PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"


class DatabaseUnusable(Exception):
    """The database cannot be used; the message names it and the remedy."""


class Transaction:
    """A unit of work: all of it is kept, or nothing."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def rows(self, sql: str, parameters: Parameters | None = None) -> list[sqlite3.Row]:
        """Run one statement and give all its rows."""
        return list(await self._connection.execute_fetchall(sql, parameters or {}))

    async def row(self, sql: str, parameters: Parameters | None = None) -> sqlite3.Row | None:
        """Run one statement and give its first row, if it has one."""
        rows = await self.rows(sql, parameters)
        return rows[0] if rows else None

    async def value(self, sql: str, parameters: Parameters | None = None) -> Any:  # noqa: ANN401 - a column of any type
        """Run one statement that must have a row, and give that row's first column."""
        row = await self.row(sql, parameters)
        if row is None:
            raise LookupError(f"a row was promised by: {sql}")
        return row[0]

    async def run(self, sql: str, parameters: Parameters | None = None) -> int:
        """Run one statement for what it changes, and say how many rows that were."""
        cursor = await self._connection.execute(sql, parameters or {})
        count = cursor.rowcount
        await cursor.close()
        return count

    async def run_many(self, sql: str, parameters: Iterable[Parameters]) -> None:
        """Run one statement for each of *parameters*, in order."""
        cursor = await self._connection.executemany(sql, parameters)
        await cursor.close()

    async def whole(self, work: Callable[["Transaction"], Coroutine[Any, Any, Result]]) -> Result:
        """Do *work*, which awaits nothing but the transaction that it is given, and give its result.

        It runs in the connection's own thread, at one hop for all its statements instead of one for each, which is
        most of what a small statement costs. Work under way cannot be cancelled: it comes to its end.
        """
        # aiosqlite has no public name for this; its version is pinned, and the tests go this way.
        return await self._connection._execute(_drive, work, self._connection._conn)  # type: ignore[no-any-return, no-untyped-call]  # noqa: SLF001


class _Within(Transaction):
    """A transaction for who runs in the connection's thread: nothing that it does has to be waited for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._raw = connection

    async def rows(self, sql: str, parameters: Parameters | None = None) -> list[sqlite3.Row]:
        return self._raw.execute(sql, parameters or {}).fetchall()

    async def run(self, sql: str, parameters: Parameters | None = None) -> int:
        return self._raw.execute(sql, parameters or {}).rowcount

    async def run_many(self, sql: str, parameters: Iterable[Parameters]) -> None:
        self._raw.executemany(sql, parameters)

    async def whole(self, work: Callable[[Transaction], Coroutine[Any, Any, Result]]) -> Result:
        return await work(self)


def _drive(work: Callable[[Transaction], Coroutine[Any, Any, Result]], connection: sqlite3.Connection) -> Result:
    coroutine = work(_Within(connection))
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    coroutine.close()
    raise RuntimeError(f"{work!r} awaits something else than its transaction")


def _transact_unchecked(
    work: Callable[[Transaction], Coroutine[Any, Any, Result]], connection: sqlite3.Connection
) -> Result:
    # Within a transaction it could not be changed (sqlite.org/pragma.html#pragma_foreign_keys).
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        return _transact(work, connection)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _transact(work: Callable[[Transaction], Coroutine[Any, Any, Result]], connection: sqlite3.Connection) -> Result:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = _drive(work, connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return result


class Database:
    """An open database: one connection that writes, and a few of their own for readers."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, readers: list[aiosqlite.Connection]) -> None:
        self.path = path
        self._writer = writer
        self._writing = asyncio.Lock()
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        for reader in readers:
            self._readers.put_nowait(reader)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Hold the only pen: committed at the end, rolled back on any exception, a cancellation included.

        Raises DatabaseUnusable when the disk is full or another process holds the file for too long.
        """
        async with self._writing:
            try:
                await self._writer.execute("BEGIN IMMEDIATE")
                yield Transaction(self._writer)
                await self._writer.commit()
            except sqlite3.OperationalError as error:
                await asyncio.shield(self._writer.rollback())
                raise DatabaseUnusable(f"{self.path} cannot be written now ({error})") from error
            except BaseException:
                # The connection's thread runs in order, so this comes after a statement that was cancelled while it
                # ran; without an open transaction it does nothing.
                await asyncio.shield(self._writer.rollback())
                raise

    async def at_once(
        self, work: Callable[[Transaction], Coroutine[Any, Any, Result]], *, unchecked: bool = False
    ) -> Result:
        """Do *work* as `transaction` and its `whole` do, the beginning and the commit at that one hop too.

        Raises DatabaseUnusable as `transaction` does. Work under way cannot be cancelled: it comes to its end. It may
        leave the foreign keys *unchecked*, and so delete a row without SQLite's going through the millions of another
        table that have no index by it; it must delete those rows itself.
        """
        transact = _transact_unchecked if unchecked else _transact
        async with self._writing:
            try:
                # See `whole`.
                return await self._writer._execute(transact, work, self._writer._conn)  # type: ignore[no-any-return, no-untyped-call]  # noqa: SLF001
            except sqlite3.OperationalError as error:
                raise DatabaseUnusable(f"{self.path} cannot be written now ({error})") from error

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Transaction]:
        """Read one unchanging state, without waiting for whoever writes.

        Raises DatabaseUnusable when the disk does not give what is on it.
        """
        reader = await self._readers.get()
        try:
            await reader.execute("BEGIN")
            yield Transaction(reader)
        except sqlite3.OperationalError as error:
            raise DatabaseUnusable(f"{self.path} cannot be read now ({error})") from error
        finally:
            try:
                await asyncio.shield(reader.rollback())
            finally:
                # A second cancellation too must not cost us the reader; its thread rolls back before it does more.
                self._readers.put_nowait(reader)


@contextmanager
def owned(path: Path) -> Iterator[None]:
    """Be the only process that serves *path*; raise DatabaseUnusable when another one does.

    The lock is the operating system's: it goes with its holder, however that one ends.
    """
    # By whatever name or link it is opened, it is the same file.
    lock = FileLock(os.path.realpath(path) + ".lock")
    try:
        _make_folder(path)
        lock.acquire(blocking=False)
    except Timeout:
        raise DatabaseUnusable(
            f"{path} is in use by another digest-bot: stop that one, or set DIGEST_BOT_DATABASE to another file"
        ) from None
    except OSError as error:
        raise DatabaseUnusable(f"{path} cannot be written ({error.strerror}): set DIGEST_BOT_DATABASE") from error
    try:
        yield
    finally:
        lock.release()


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open *path*, making it or bringing it up to date first; raise DatabaseUnusable if that cannot be."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise DatabaseUnusable(f"SQLite {sqlite3.sqlite_version} is too old: Python needs one of 3.40 or newer")
    _make_folder(path)
    async with AsyncExitStack() as stack:
        writer = await _connect(path, stack)
        try:
            # Before anything is written: it may be somebody else's file.
            await _refuse_strangers(writer, path)
            await writer.executescript(_WRITER_PRAGMAS)
            await _migrate(writer)
        except sqlite3.DatabaseError as error:
            raise DatabaseUnusable(f"{path} cannot be used ({error}): {_remedy(error)}") from error
        readers = [await _connect(path, stack) for _ in range(_READERS)]
        for reader in readers:
            await reader.execute("PRAGMA query_only = ON")
        yield Database(path, writer, readers)


def _remedy(error: sqlite3.DatabaseError) -> str:
    # Not every error of this kind comes from SQLite, and has a code.
    if getattr(error, "sqlite_errorcode", None) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return "another process holds it; end that one, or wait"
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return "make room on its disk"
    return "set DIGEST_BOT_DATABASE"


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusable(
            f"the folder {path.parent} cannot be made ({error.strerror}): set DIGEST_BOT_DATABASE"
        ) from error


async def _connect(path: Path, stack: AsyncExitStack) -> aiosqlite.Connection:
    try:
        connection = await stack.enter_async_context(aiosqlite.connect(path, isolation_level=None))
    except sqlite3.OperationalError as error:
        raise DatabaseUnusable(f"{path} cannot be opened ({error}): set DIGEST_BOT_DATABASE") from error
    connection.row_factory = sqlite3.Row
    try:
        await connection.executescript(_PRAGMAS)
    except sqlite3.DatabaseError as error:
        raise DatabaseUnusable(f"{path} cannot be used ({error}): set DIGEST_BOT_DATABASE") from error
    return connection


def migrations() -> dict[int, str]:
    """Give each migration's number and text, in order."""
    files = (resources.files("storage") / "migrations").iterdir()
    numbered = {int(match[0]): file for file in files if (match := re.match(r"\d{4}(?=_.*\.sql$)", file.name))}
    return {number: numbered[number].read_text(encoding="utf-8") for number in sorted(numbered)}


async def _migrate(writer: aiosqlite.Connection) -> None:
    # The pen is taken only for what there is to do: who wants to look waits for nobody who holds it for long.
    version = await _pragma(writer, "user_version")
    missing = {number: script for number, script in migrations().items() if number > version}
    if not missing:
        return
    # A table that is made anew is dropped meanwhile, and with it would go whatever refers to it
    # (sqlite.org/lang_altertable.html#otheralter); within a transaction this could not be changed.
    await writer.execute("PRAGMA foreign_keys = OFF")
    for number, script in missing.items():
        await writer.execute("BEGIN IMMEDIATE")
        try:
            # Read under the lock: another process may just have done the same.
            if await _pragma(writer, "user_version") < number:
                for statement in _statements(script):
                    await writer.execute(statement)
                await writer.execute(f"PRAGMA user_version = {number}")
                await writer.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        except BaseException:
            await writer.rollback()
            raise
        await writer.commit()
    await writer.execute("PRAGMA foreign_keys = ON")


async def _refuse_strangers(writer: aiosqlite.Connection, path: Path) -> None:
    tables = await writer.execute_fetchall("SELECT count(*) FROM sqlite_schema")
    if next(iter(tables))[0] and await _pragma(writer, "application_id") != _APPLICATION_ID:
        raise DatabaseUnusable(f"{path} belongs to another program: set DIGEST_BOT_DATABASE to another file")
    newest, version = max(migrations()), await _pragma(writer, "user_version")
    if version > newest:
        raise DatabaseUnusable(
            f"{path} was written by a newer digest-bot (schema {version}, this one knows {newest}): "
            "upgrade digest-bot, or set DIGEST_BOT_DATABASE to another file"
        )


async def _pragma(connection: aiosqlite.Connection, name: str) -> int:
    rows = await connection.execute_fetchall(f"PRAGMA {name}")
    return int(next(iter(rows))[0])


def _statements(script: str) -> Iterator[str]:
    # `executescript` would commit first, and half a migration could stay.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
