"""A chat has another id now, and all that is kept of it goes there."""

from datetime import timedelta
from typing import Any

import pytest

from bot.digests.wording import read_words
from storage.changes import last_changes, note_change
from storage.database import Database
from storage.groups import group_with, note_group, note_manager, throw_away
from storage.model import SubscriberState
from storage.moves import move_chat
from storage.rests import keep_rests, rests_after
from storage.topics import Topic, note_topic, topics_of
from storage.words import keep_words
from tests.builders import MONDAY, a_subscriber, subscribed
from tests.storage.test_chats import everyone, millis, owed, rows

ACTIVE, PAUSED, GONE, STOPPED = SubscriberState


async def test_a_group_with_a_new_id_keeps_its_subscriber_and_what_it_is_owed(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group", categories=["AI"], subscribed_by=7))
    await owed(database, {"state": "waiting"})
    async with database.transaction() as tx:
        assert await move_chat(tx, -5, to=-1005, now=MONDAY) == 1
        assert await move_chat(tx, -5, to=-1005, now=MONDAY) == 0

    assert await everyone(database) == [
        a_subscriber(-1005, type_="supergroup", categories=["AI"], subscribed_by=7),
    ]
    assert await rows(database) == [(1, 1, "waiting")]


async def test_messages_of_before_the_move_are_never_edited_in_the_new_chat(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(7))
    await owed(database, {"state": "sent", "parts_sent": 1}, {"state": "sent", "parts_sent": 1, "subscriber_id": 2})
    async with database.transaction() as tx:
        await tx.run("INSERT INTO messages (delivery_id, part, message_id) VALUES (1, 0, 57), (2, 0, 58)")

        await move_chat(tx, -5, to=-1005, now=MONDAY)

        assert [row[0] for row in await tx.rows("SELECT message_id FROM messages")] == [58]


async def test_where_the_new_id_subscribed_already_it_gets_what_the_old_one_chose(database: Database) -> None:
    await subscribed(
        database,
        a_subscriber(-5, type_="group", categories=["AI", "Bees"], everything=True, subscribed_by=7),
        a_subscriber(-1005, type_="supergroup", categories=["Bees", "Cats"], layout="headlines", subscribed_by=8),
    )
    async with database.transaction() as tx:
        assert await move_chat(tx, -5, to=-1005, now=MONDAY) == 1
        assert await move_chat(tx, -5, to=-1005, now=MONDAY) == 0

    old, new = await everyone(database)
    assert old.state is GONE
    choice = ["AI", "Bees", "Cats"]
    assert new == a_subscriber(
        -1005, type_="supergroup", categories=choice, everything=True, layout="headlines", subscribed_by=8
    )


async def test_where_two_become_one_it_follows_and_mutes_what_both_did(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(-1005, type_="supergroup"))
    async with database.transaction() as tx:
        await keep_words(tx, 1, "follow", read_words("Qwen bees"))
        await keep_words(tx, 1, "mute", read_words("wasps"))
        await keep_words(tx, 2, "mute", read_words("Bees"))

        await move_chat(tx, -5, to=-1005, now=MONDAY)

    new = (await everyone(database))[1].preferences
    assert [word.shown for word in new.followed] == ["Qwen"]
    assert [word.shown for word in new.muted] == ["Bees", "wasps"]


async def test_what_the_old_one_had_stopped_is_not_begun_again_by_a_move(database: Database) -> None:
    await subscribed(
        database,
        a_subscriber(-5, type_="group", categories=["AI"], everything=True, state=STOPPED, subscribed_by=7),
        a_subscriber(-1005, type_="supergroup", categories=["Bees"]),
    )
    async with database.transaction() as tx:
        await move_chat(tx, -5, to=-1005, now=MONDAY)

    new = (await everyone(database))[1]
    assert new == a_subscriber(-1005, type_="supergroup", categories=["Bees"], subscribed_by=7)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({"state": "waiting"}, None, [(2, "waiting", 0)], id="only the old one is owed it"),
        pytest.param(
            {"state": "waiting"}, {"state": "waiting"}, [(1, "skipped", 0), (2, "waiting", 0)], id="both are owed it"
        ),
        pytest.param(
            {"state": "waiting"},
            {"state": "sent", "parts_sent": 1},
            [(1, "skipped", 0), (2, "sent", 1)],
            id="the new one has it",
        ),
        pytest.param(
            {"state": "sent", "parts_sent": 1}, {"state": "waiting"}, [(2, "sent", 1)], id="the old one has it"
        ),
        pytest.param(
            {"state": "waiting", "parts_sent": 1},
            {"state": "waiting"},
            [(2, "waiting", 1)],
            id="the old one has a part of it",
        ),
        pytest.param(
            {"state": "sent", "parts_sent": 1},
            {"state": "sending"},
            [(1, "sent", 1), (2, "sending", 0)],
            id="the new one is getting it",
        ),
        pytest.param({"state": "sent", "parts_sent": 1}, None, [(2, "sent", 1)], id="only the old one has it"),
    ],
)
async def test_no_digest_comes_twice_or_is_lost_where_two_become_one(
    database: Database, old: dict[str, Any], new: dict[str, Any] | None, expected: list[tuple[int, str, int]]
) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(-1005, type_="supergroup"))
    await owed(database, old, *([] if new is None else [new | {"subscriber_id": 2}]))
    async with database.transaction() as tx:
        await move_chat(tx, -5, to=-1005, now=MONDAY)

    assert await rows(database, "subscriber_id, state, parts_sent") == expected


async def test_what_is_skipped_for_a_move_says_so(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(-1005, type_="supergroup"))
    await owed(database, {"state": "waiting"}, {"state": "waiting", "subscriber_id": 2})
    async with database.transaction() as tx:
        await move_chat(tx, -5, to=-1005, now=MONDAY)

    assert await rows(database, "reason, finished_at") == [
        ("the chat is now -1005", millis(timedelta(0))),
        (None, None),
    ]


async def test_all_that_is_kept_of_the_chat_itself_goes_along(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"))
    later = MONDAY + timedelta(hours=1)
    async with database.transaction() as tx:
        await note_group(tx, -5, "group", title="Bees", is_forum=False, added_by=7)
        await tx.run("UPDATE chats SET readers = 'administrators', tidy_minutes = 5")
        await note_topic(tx, -5, 3, "Hive")
        await note_manager(tx, -5, 8, now=MONDAY)
        await note_change(tx, 1, user_id=8, what=["categories"], now=MONDAY)
        await throw_away(tx, -5, [57], at=later)
        await keep_rests(tx, {-5: later, -1005: MONDAY})
        # The new id was heard of first, as Telegram tells it.
        await note_group(tx, -1005, "supergroup", title="Bees!", is_forum=True, added_by=9)

        await move_chat(tx, -5, to=-1005, now=MONDAY)

        group = await group_with(tx, -1005)
        assert group is not None
        assert (group.title, group.is_forum, group.added_by) == ("Bees!", True, 7)
        assert (group.readers, group.tidy_minutes) == ("administrators", 5)
        assert await group_with(tx, -5) is None
        assert await topics_of(tx, -1005) == [Topic(3, "Hive", closed=False)]
        assert [tuple(row) for row in await tx.rows("SELECT user_id, chat_id FROM managers")] == [(8, -1005)]
        assert [change.user_id for change in await last_changes(tx, 1, limit=5)] == [8]
        assert await tx.rows("SELECT * FROM litter") == []
        assert await rests_after(tx, MONDAY - timedelta(days=1)) == {-1005: later}


async def test_where_two_become_one_what_only_the_old_one_had_set_stands(database: Database) -> None:
    await subscribed(
        database,
        a_subscriber(-5, type_="group", layout="headlines"),
        a_subscriber(-1005, type_="supergroup", language=None),
    )
    async with database.transaction() as tx:
        await tx.run(
            "UPDATE subscribers SET cadence = 'daily', time_zone = 'Asia/Shanghai', sound = 0, footer = 'Join us'"
        )
        await tx.run(
            "UPDATE subscribers SET cadence = 'at once', time_zone = NULL, sound = 1, footer = '' WHERE id = 2"
        )
        await note_change(tx, 1, user_id=8, what=["layout"], now=MONDAY)

        await move_chat(tx, -5, to=-1005, now=MONDAY)

        assert [change.user_id for change in await last_changes(tx, 2, limit=5)] == [8]
    new = (await everyone(database))[1].preferences
    assert (new.layout, new.language, new.sound, new.ending.footer.text) == ("headlines", "en", False, "Join us")
    assert (new.schedule.cadence, new.schedule.time_zone) == ("daily", "Asia/Shanghai")


async def test_where_two_become_one_what_the_new_one_has_set_stands(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(-1005, type_="supergroup"))
    async with database.transaction() as tx:
        await tx.run("UPDATE subscribers SET cadence = 'daily', time_zone = 'Asia/Shanghai', footer = 'Join us'")
        await tx.run("UPDATE subscribers SET cadence = 'weekly', time_zone = NULL, footer = 'Hello' WHERE id = 2")

        await move_chat(tx, -5, to=-1005, now=MONDAY)

    new = (await everyone(database))[1].preferences
    assert (new.schedule.cadence, new.schedule.time_zone, new.ending.footer.text) == ("weekly", None, "Hello")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(("waiting", 0), None, [(2, "waiting", 0)], id="only the old one is owed it"),
        pytest.param(("waiting", 0), ("waiting", 0), [(1, "skipped", 0), (2, "waiting", 0)], id="both are owed it"),
        pytest.param(("sent", 1), ("waiting", 0), [(2, "sent", 1)], id="the old one has it"),
        pytest.param(("waiting", 0), ("sent", 1), [(1, "skipped", 0), (2, "sent", 1)], id="the new one has it"),
    ],
)
async def test_no_announcement_comes_twice_or_is_lost_where_two_become_one(
    database: Database, old: tuple[str, int], new: tuple[str, int] | None, expected: list[tuple[int, str, int]]
) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(-1005, type_="supergroup"))
    async with database.transaction() as tx:
        await tx.run("INSERT INTO announcements (made_at, method, text) VALUES (0, 'sendMessage', 'Hello')")
        await tx.run_many(
            """
            INSERT INTO deliveries
                   (kind, announcement_id, subscriber_id, state, due_at, try_at, parts_sent, finished_at)
            VALUES ('announcement', 1, :id, :state, 0, 0, :parts, iif(:state = 'waiting', NULL, 0))
            """,
            [
                {"id": id_, "state": owed[0], "parts": owed[1]}
                for id_, owed in enumerate((old, new), start=1)
                if owed is not None
            ],
        )
        await move_chat(tx, -5, to=-1005, now=MONDAY)

    assert await rows(database, "subscriber_id, state, parts_sent") == expected
