"""All that is kept of a person can be had, and deleted."""

from functools import partial

from storage.bookmarks import save
from storage.database import Database, Transaction
from storage.model import Address
from storage.notices import add_notice
from storage.privacy import forget, kept_of
from storage.rests import keep_rests
from storage.subscribers import subscriber_at
from storage.tallies import count_tallied, tallied
from tests.builders import MONDAY, a_digest, a_subscriber, stored, subscribed

ADA, BOB, GROUP = 700_001, 700_002, -700_003

# Each table that says something of a person, by the column that tells of whom.
THEIRS = {
    ("subscribers", "chat_id"),
    ("subscribers", "subscribed_by"),
    ("subscriptions", "subscriber_id"),
    ("words", "subscriber_id"),
    ("bookmarks", "subscriber_id"),
    ("deliveries", "subscriber_id"),
    ("deliveries", "roundup_id"),
    ("messages", "delivery_id"),
    ("notices", "user_id"),
    ("rests", "chat_id"),
    ("managers", "user_id"),
    ("changes", "user_id"),
    ("changes", "subscriber_id"),
    ("chats", "added_by"),
    ("guests", "user_id"),
    ("invites", "made_by"),
    ("announcements", "made_by"),
    # How far a fan-out is: nobody in particular.
    ("fan_outs", "subscriber_id"),
    # Groups and channels, and what is in them.
    ("chats", "chat_id"),
    ("chats", "linked_chat_id"),
    ("managers", "chat_id"),
    ("topics", "chat_id"),
    ("litter", "chat_id"),
}


async def live(database: Database) -> None:
    """Let Ada and Bob have one of everything, and Ada have subscribed a group."""
    await stored(database, a_digest(categories=["AI"]))
    await stored(database, a_digest(path="2.md", title="Second"))
    await subscribed(
        database,
        *(a_subscriber(chat_id, categories=["AI", f"typed by {chat_id}"]) for chat_id in (ADA, BOB)),
        a_subscriber(GROUP, type_="supergroup", everything=True, subscribed_by=ADA),
    )
    async with database.transaction() as tx:
        await tx.run(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, state, due_at, try_at, finished_at)
            SELECT kind, digest_id, subscribers.id, owed.state, 1, 1, finished_at FROM subscribers
              JOIN (SELECT 'digest' AS kind, 1 AS digest_id, 'sent' AS state, 5 AS finished_at
                     UNION ALL SELECT 'edit', 1, 'failed', 5 UNION ALL SELECT 'digest', 2, 'sending', NULL) AS owed
            """
        )
        await tx.run("INSERT INTO messages (delivery_id, part, message_id) SELECT id, 0, 100 + id FROM deliveries")
        await tx.run(
            """
            INSERT INTO words (subscriber_id, kind, folded, shown)
            SELECT id, 'follow', 'qwen', 'Qwen' FROM subscribers
            """
        )
        for chat_id in (ADA, BOB):
            subscriber = await subscriber_at(tx, Address(chat_id))
            assert subscriber is not None
            await save(tx, subscriber.id, 1, 0, now=MONDAY)
            await add_notice(tx, chat_id, "chat-closed", {"chat_id": GROUP}, now=MONDAY)
            await _manage(tx, chat_id)
        await keep_rests(tx, {ADA: MONDAY, BOB: MONDAY})


async def _manage(tx: Transaction, user_id: int) -> None:
    """Let the person have brought the bot to a chat, changed what a group gets, been let in, and let in others."""
    facts = {"user": user_id, "chat": GROUP - user_id, "code": f"code{user_id}", "group": GROUP}
    for sql in (
        "INSERT INTO chats (chat_id, type, added_by) VALUES (:chat, 'channel', :user)",
        "INSERT INTO managers (user_id, chat_id, since) VALUES (:user, :chat, 1)",
        """
        INSERT INTO changes (subscriber_id, user_id, at, what)
        SELECT id, :user, 1, '["layout"]' FROM subscribers WHERE chat_id = :group
        """,
        "INSERT INTO invites (code, made_by, made_at) VALUES (:code, :user, 1)",
        "INSERT INTO guests (user_id, code, since) VALUES (:user, :code, 1)",
        "INSERT INTO announcements (made_by, made_at, method, text) VALUES (:user, 1, 'sendMessage', 'x')",
        """
        INSERT INTO deliveries (kind, announcement_id, subscriber_id, state, due_at, try_at, finished_at)
        SELECT 'announcement', last_insert_rowid(), id, 'sent', 1, 1, 5 FROM subscribers WHERE chat_id = :user
        """,
    ):
        await tx.run(sql, {name: value for name, value in facts.items() if f":{name}" in sql})


async def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async with database.snapshot() as tx:
        tables = sorted({table for table, _ in THEIRS} | {"categories"})
        return {
            table: [tuple(row) for row in await tx.rows(f"SELECT * FROM {table}")]  # noqa: S608
            for table in tables
        }


async def forgotten(database: Database, chat_id: int) -> None:
    await database.at_once(partial(forget, chat_id=chat_id), unchecked=True)


async def test_all_that_is_kept_is_given_and_nothing_of_anybody_else(database: Database) -> None:
    await live(database)

    async with database.snapshot() as tx:
        kept = await kept_of(tx, ADA)

    assert {name: len(rows) for name, rows in kept.items()} == {
        "subscriber": 1,
        "categories": 2,
        "words": 1,
        "bookmarks": 1,
        "deliveries": 4,
        "messages": 3,
        "notices": 1,
        "subscribed": 1,
        "rests": 1,
        "brought": 1,
        "manages": 1,
        "changes": 1,
        "guest": 1,
        "invites": 1,
        "announcements": 1,
    }
    assert [row["name"] for row in kept["categories"]] == ["AI", f"typed by {ADA}"]
    assert {row["subscriber_id"] for row in kept["deliveries"]} == {kept["subscriber"][0]["id"]}
    assert str(BOB) not in str(kept["notices"])


async def test_of_a_stranger_nothing_is_kept(database: Database) -> None:
    await live(database)

    async with database.snapshot() as tx:
        assert await kept_of(tx, 9) == {}


async def test_nothing_is_left_of_who_is_forgotten_and_all_of_the_others(database: Database) -> None:
    await live(database)
    before = await everything(database)

    await forgotten(database, ADA)

    after = await everything(database)
    async with database.snapshot() as tx:
        assert await kept_of(tx, ADA) == {}
        bob = await kept_of(tx, BOB)
        assert await tx.rows("PRAGMA foreign_key_check") == []
    assert {name: len(rows) for name, rows in bob.items()}["deliveries"] == 4
    # One of two in each table; the group stays, and nobody knows who subscribed it.
    left = {table: len(rows) for table, rows in after.items()}
    assert left == {table: len(rows) for table, rows in before.items()} | {
        "subscribers": 2,
        "subscriptions": 2,
        "words": 2,
        "bookmarks": 1,
        "deliveries": 7,
        "messages": 6,
        "notices": 1,
        "rests": 1,
        "managers": 1,
        "guests": 1,
        # What Ada alone had typed.
        "categories": 2,
    }
    assert not any(ADA in row for rows in after.values() for row in rows)


async def test_of_a_digest_it_stays_known_how_many_got_it(database: Database) -> None:
    await live(database)

    await forgotten(database, ADA)
    await forgotten(database, BOB)

    async with database.snapshot() as tx:
        assert await tallied(tx, 1) == {("digest", "sent"): 2, ("edit", "failed"): 2}
        # What never ended is no number.
        assert await count_tallied(tx) == {"sent": 2, "failed": 2}


async def test_what_others_are_still_to_be_told_names_nobody_who_is_forgotten(database: Database) -> None:
    async with database.transaction() as tx:
        await add_notice(tx, BOB, "changed-started", {"chat_id": GROUP, "by": ADA}, now=MONDAY)

    await forgotten(database, ADA)

    async with database.snapshot() as tx:
        assert await tx.value("SELECT facts FROM notices") == f'{{"chat_id":{GROUP},"by":0}}'


async def test_foreign_keys_are_checked_again_afterwards(database: Database) -> None:
    await live(database)

    await forgotten(database, ADA)

    async with database.transaction() as tx:
        assert await tx.value("PRAGMA foreign_keys") == 1


async def test_no_table_says_something_of_a_person_that_is_not_known_here(database: Database) -> None:
    async with database.snapshot() as tx:
        columns = await tx.rows(
            """
            SELECT tables.name AS of, columns.name FROM sqlite_schema AS tables
              JOIN pragma_table_info(tables.name) AS columns
             WHERE tables.type = 'table'
               AND (columns.name LIKE '%chat%' OR columns.name LIKE '%user%' OR columns.name LIKE '%subscribe%'
                    OR columns.name LIKE '%roundup%' OR columns.name LIKE '%delivery%' OR columns.name LIKE '%person%'
                    OR columns.name LIKE '%!_by' ESCAPE '!')
            """
        )
        keys = await tx.rows(
            """
            SELECT tables.name AS of, keys."from" AS name FROM sqlite_schema AS tables
              JOIN pragma_foreign_key_list(tables.name) AS keys
             WHERE tables.type = 'table' AND keys."table" IN ('subscribers', 'deliveries', 'messages', 'notices')
            """
        )

    assert {(row["of"], row["name"]) for row in [*columns, *keys]} == THEIRS
