"""The database file: whose it is, who may write, and what stays of a transaction that is broken off."""

import asyncio
import hashlib
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Database, DatabaseUnusable, Transaction, migrations, open_database, owned

SLOW = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n"


async def names(database: Database) -> list[str]:
    async with database.snapshot() as tx:
        return [row["name"] for row in await tx.rows("SELECT name FROM sources ORDER BY id")]


async def insert(tx: Transaction, name: str) -> None:
    await tx.run("INSERT INTO sources (name) VALUES (:name)", {"name": name})


async def test_what_a_transaction_did_is_there_when_it_ends(database: Database) -> None:
    async with database.transaction() as tx:
        await insert(tx, "main")
        assert await names(database) == []

    assert await names(database) == ["main"]


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ValueError, match="no"):  # noqa: PT012 - the transaction is the test
        async with database.transaction() as tx:
            await insert(tx, "main")
            raise ValueError("no")

    assert await names(database) == []


async def test_a_transaction_cancelled_in_the_middle_of_a_statement_leaves_nothing(database: Database) -> None:
    begun = asyncio.Event()

    async def write() -> None:
        async with database.transaction() as tx:
            await insert(tx, "main")
            begun.set()
            await tx.value(SLOW)

    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(write())
        await begun.wait()
        writing.cancel()
    async with database.transaction() as tx:
        await insert(tx, "next")

    assert await names(database) == ["next"]


async def test_a_reader_cancelled_twice_is_not_lost(database: Database) -> None:
    async def read() -> None:
        async with database.snapshot() as tx:
            await tx.value(SLOW)

    for _ in range(4):
        async with asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(read())
            await asyncio.sleep(0.005)
            reading.cancel()
            await asyncio.sleep(0)
            reading.cancel()

    async with asyncio.timeout(5):
        assert await names(database) == []


async def test_a_snapshot_does_not_change_and_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.snapshot() as snapshot:
        await snapshot.rows("SELECT * FROM sources")
        async with database.transaction() as tx:
            await insert(tx, "main")

        assert await snapshot.rows("SELECT * FROM sources") == []


async def test_opening_to_look_does_not_wait_for_a_writer(database: Database) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        # Less than it would wait for the pen.
        async with asyncio.timeout(4), open_database(database.path) as another:
            assert await names(another) == []
        holder.execute("ROLLBACK")


async def test_a_snapshot_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseUnusable, match="readonly"):
        async with database.snapshot() as tx:
            await insert(tx, "main")


async def test_a_full_disk_is_named_and_the_database_goes_on_when_there_is_room(database: Database) -> None:
    async with database.transaction() as tx:
        pages = await tx.value("PRAGMA page_count")
        await tx.value(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseUnusable, match=r"digest-bot\.db cannot be written now .*full"):
        async with database.transaction() as tx:
            await insert(tx, "x" * 100_000)
    async with database.transaction() as tx:
        await tx.value("PRAGMA max_page_count = 100000")
        await insert(tx, "main")

    assert await names(database) == ["main"]


async def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "digest-bot.db"
    async with open_database(path):
        pass
    newer = max(migrations()) + 1
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {newer}")

    with pytest.raises(DatabaseUnusable, match=f"newer digest-bot .schema {newer}.*upgrade"):
        async with open_database(path):
            pass


@pytest.mark.parametrize("version", [0, 99])
async def test_the_file_of_another_program_is_refused_and_left_as_it_was(tmp_path: Path, version: int) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
        connection.execute(f"PRAGMA user_version = {version}")
    before = hashlib.sha256(path.read_bytes()).digest()

    with pytest.raises(DatabaseUnusable, match=r"photos\.db belongs to another program"):
        async with open_database(path):
            pass

    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert os.listdir(tmp_path) == ["photos.db"]  # noqa: PTH208


async def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# Notes\n" * 1000)

    with pytest.raises(DatabaseUnusable, match=r"notes\.md cannot be used .*DIGEST_BOT_DATABASE"):
        async with open_database(path):
            pass

    assert path.read_text() == "# Notes\n" * 1000


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DatabaseUnusable, match=r"cannot be made.*DIGEST_BOT_DATABASE"):
        async with open_database(tmp_path / "file" / "digest-bot.db"):
            pass


OPEN = """
import asyncio, sys
from pathlib import Path
from storage.database import open_database

async def main():
    sys.stdin.readline()
    async with open_database(Path(sys.argv[1])):
        pass

asyncio.run(main())
"""


async def test_processes_that_open_a_new_database_together_migrate_it_once(tmp_path: Path) -> None:
    for attempt in range(3):
        path = tmp_path / f"{attempt}.db"
        processes = [
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", OPEN, str(path)), stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
            )
            for _ in range(3)
        ]
        await asyncio.sleep(0.5)
        ends = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

        assert [error.decode() for _, error in ends] == [""] * 3
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (max(migrations()),)


def test_a_second_owner_is_refused_under_whatever_name(tmp_path: Path) -> None:
    path, link = tmp_path / "digest-bot.db", tmp_path / "link.db"
    path.touch()
    link.symlink_to(path)

    with owned(path):
        for name in (path, link):
            with pytest.raises(DatabaseUnusable, match="in use by another digest-bot"), owned(name):
                pass
    with owned(path):
        pass


OWN = """
import sys, time
from pathlib import Path
from storage.database import owned

with owned(Path(sys.argv[1])):
    print("mine", flush=True)
    time.sleep(60)
"""


async def test_the_lock_goes_with_a_holder_that_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "digest-bot.db"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", OWN, str(path)), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    assert await process.stdout.readline() == b"mine\n"
    with pytest.raises(DatabaseUnusable), owned(path):
        pass

    process.send_signal(signal.SIGKILL)
    await process.wait()

    with owned(path):
        pass
