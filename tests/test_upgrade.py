"""A database of version 1, left in the middle of everything, goes on with today's bot."""

import sqlite3
from contextlib import closing
from hashlib import sha256

from bot.sandbox.client import Person
from storage.database import migrations
from storage.time import to_millis
from tests.builders import MONDAY
from tests.running import Place, a_file

AT = to_millis(MONDAY)
# How version 1 numbered items: the second in which they were archived, and a count.
FIRST = AT // 1000 << 20
PARTS = 30


def put(writer: sqlite3.Connection, table: str, **columns: object) -> None:
    names = ", ".join(columns)
    marks = ", ".join(f":{name}" for name in columns)
    writer.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", columns)  # noqa: S608


def a_database_of_version_1(place: Place, ada: Person, bo: Person, cy: Person) -> None:
    with closing(sqlite3.connect(place.database, isolation_level=None)) as writer:
        writer.executescript(migrations()[1])
        writer.execute("PRAGMA user_version = 1")
        writer.execute("PRAGMA application_id = 0x64677374")
        put(writer, "sources", id=1, name="main", first_look_completed_at=AT, last_look_at=AT)
        for id_, name in enumerate(("AI 资讯", "Bees"), 1):
            put(writer, "categories", id=id_, folded=name.replace(" ", "").lower(), name=name)
        for id_, person in enumerate((ada, bo, cy), 1):
            put(writer, "subscribers", id=id_, chat_id=person.id, type="private", language="en", created_at=AT)
        writer.execute("UPDATE subscribers SET everything = 1 WHERE id <> 2")
        put(writer, "subscriptions", subscriber_id=2, category_id=1)
        count = FIRST
        for id_, path in enumerate(("old.md", "sent.md", "begun.md", "flying.md", "fanning.md", "future.md"), 1):
            due = AT if path != "future.md" else AT + 10**12
            put(
                writer, "digests", id=id_, source_id=1, path=path, title=path, published_at=None, day_only=0,
                language="en", first_seen_at=AT, archived_at=AT,
            )  # fmt: skip
            put(writer, "digest_categories", digest_id=id_, category_id=1, position=0)
            for position in range(PARTS if path == "begun.md" else 1):
                headline = f"{path} {position} 蜜蜂"
                put(
                    writer, "items", id=count, digest_id=id_, position=position, first_revision=1, headline=headline,
                    link="https://example.org/a", summary="word " * (60 if path == "begun.md" else 1), line=5,
                )  # fmt: skip
                put(
                    writer, "item_index", rowid=count, headline=f"{path[:-3]} md {position} 蜜蜂 蜂",
                    summary="word " * (60 if path == "begun.md" else 1), labels="c" + "ai资讯".encode().hex() + " "
                    "l" + b"en".hex() + " h" + b"example.org".hex(),
                )  # fmt: skip
                count += 1
            if path in {"fanning.md", "future.md"}:
                put(writer, "fan_outs", digest_id=id_, due_at=due, subscriber_id=1 if path == "fanning.md" else 0)
            content = a_file(path).encode()
            place.publish(path, content)
            stat = (place.source / path).stat()
            put(
                writer, "files", source_id=1, path=path, size=len(content), hash=sha256(content).digest(),
                modified_ns=max(stat.st_mtime_ns, stat.st_ctime_ns), digest_id=id_,
            )  # fmt: skip
        for digest, subscriber, state, more in (
            (2, 1, "sent", {"parts_sent": 1, "finished_at": AT}),
            (2, 2, "sent", {"parts_sent": 1, "finished_at": AT}),
            (3, 1, "waiting", {"parts_sent": 1, "revision": 1, "layout": "full", "language": "en"}),
            (3, 2, "skipped", {"reason": "unsubscribed since", "finished_at": AT}),
            (4, 2, "sending", {"attempts": 1}),
            (5, 1, "waiting", {}),
        ):
            put(
                writer, "deliveries", kind="digest", digest_id=digest, subscriber_id=subscriber, state=state, due_at=AT,
                try_at=AT, **more,
            )  # fmt: skip
        put(writer, "messages", delivery_id=3, part=0, message_id=1)


async def test_a_database_of_version_1_loses_nothing_and_sends_nothing_twice(place: Place) -> None:
    ada, bo, cy = [await place.telegram.person(name, language="en") for name in ("Ada", "Bo", "Cy")]
    for person in (ada, bo, cy):
        await person.says("/start")
    a_database_of_version_1(place, ada, bo, cy)

    async with place.running():
        await place.until("SELECT count(*) = 1 FROM fan_outs")
        await place.until("SELECT count(*) = 0 FROM deliveries WHERE state IN ('waiting', 'sending')")
        # What was stored by version 1 is changed, found, and found no more by what it said.
        place.publish("old.md", a_file("Wasps"))
        await place.until("SELECT revision = 2 FROM digests WHERE path = 'old.md'")
        place.publish("new.md", a_file("New"))
        for person in (ada, cy):
            await person.sees("New story")
        received = {person.id: "\n".join(it.text for it in await person.received()) for person in (ada, bo, cy)}
        await cy.says("/search 蜜蜂")
        found = (await cy.sees("蜜蜂 · 1–10 of ")).text

    begun = [received[ada.id].count(f"begun.md {position} 蜜蜂") for position in range(PARTS)]
    assert set(begun) == {0, 1}
    # The first part, which she had.
    assert begun == sorted(begun)
    assert [received[person.id].count("fanning.md 0") for person in (ada, bo, cy)] == [1, 1, 1]
    assert [received[person.id].count("flying.md 0") for person in (ada, bo)] == [0, 1]
    assert [received[person.id].count("New story") for person in (ada, bo, cy)] == [1, 0, 1]
    assert not any("sent.md" in text or "future.md" in text for text in (received[ada.id], received[bo.id]))
    assert "old.md" not in found
    assert found.count("蜜蜂") > 10
    with closing(sqlite3.connect(place.database)) as reader:
        reader.execute("INSERT INTO item_index (item_index) VALUES ('integrity-check')")
        (entries,) = reader.execute("SELECT count(*) FROM item_index WHERE item_index MATCH '蜂 NOT Wasps'").fetchone()
        assert reader.execute("PRAGMA user_version").fetchone() == (max(migrations()),)
        assert reader.execute("PRAGMA foreign_key_check").fetchall() == []
    assert entries == PARTS + 4
