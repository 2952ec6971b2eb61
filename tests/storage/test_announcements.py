"""Whom an announcement is for, who is owed it, and how what became of it is counted, today and after a month."""

from datetime import timedelta

from storage import announced, announced_counts, announcements, tallies
from storage.database import Database, Transaction
from storage.model import EVERYONE, Audience, Content, Counts, Reach, SubscriberState
from storage.privacy import forget
from tests.builders import MONDAY, a_subscriber, set_state, subscribed

HELLO = Content("Hello")
MONTH = timedelta(days=32)


async def begun(database: Database, audience: Audience = EVERYONE, *, made_by: int | None = None) -> int:
    async with database.transaction() as tx:
        id_ = await announcements.open_draft(tx, made_by, now=MONDAY)
        await announcements.fill_draft(tx, id_, HELLO)
        await announcements.aim(tx, id_, audience)
        assert await announcements.start(tx, id_, now=MONDAY)
    return id_


async def owe(database: Database, *, limit: int = 5000) -> None:
    async with database.transaction() as tx:
        while await announced.owe_chunk(tx, now=MONDAY, limit=limit):
            pass


async def owed(database: Database, id_: int) -> list[tuple[int, int]]:
    async with database.snapshot() as tx:
        rows = await tx.rows(
            """
            SELECT chat_id, topic_id FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
             WHERE announcement_id = :id ORDER BY chat_id DESC, topic_id
            """,
            {"id": id_},
        )
    return [(row["chat_id"], row["topic_id"]) for row in rows]


async def set_ends(tx: Transaction, *ends: tuple[str, str | None]) -> None:
    """Let the deliveries, from the first on, have ended so."""
    for id_, (state, reason) in enumerate(ends, 1):
        await tx.run(
            "UPDATE deliveries SET state = :state, reason = :reason, finished_at = 1 WHERE id = :id",
            {"id": id_, "state": state, "reason": reason},
        )


async def mixed(database: Database) -> None:
    await subscribed(
        database,
        a_subscriber(1, language="en", categories=["Bees"]),
        a_subscriber(2, language="zh-CN", everything=True),
        a_subscriber(3, language=None),
        a_subscriber(4, language="en", state=SubscriberState.STOPPED, everything=True),
        a_subscriber(5, language="en", state=SubscriberState.GONE, everything=True),
        a_subscriber(-10, type_="group", language="en", categories=["Wasps"]),
        a_subscriber(-20, type_="supergroup", topic_id=9, language="en", categories=["Bees"]),
        a_subscriber(-20, type_="supergroup", topic_id=5, language="zh-Hans", categories=["Wasps"]),
        a_subscriber(-30, type_="channel", language="zh", categories=["Bees"]),
    )


async def test_everybody_who_receives_is_owed_it_once_and_a_forum_in_its_first_topic(database: Database) -> None:
    await mixed(database)
    id_ = await begun(database)

    await owe(database)

    assert await owed(database, id_) == [(3, 0), (2, 0), (1, 0), (-10, 0), (-20, 5), (-30, 0)]
    async with database.snapshot() as tx:
        assert await announced.reach(tx, EVERYONE) == Reach(people=3, groups=2, channels=1)
        assert await announced_counts.counts(tx, id_) == Counts(waiting=6)


async def test_it_can_be_for_a_language_a_kind_of_chat_or_a_category(database: Database) -> None:
    await mixed(database)
    async with database.snapshot() as tx:
        bees = await tx.value("SELECT id FROM categories WHERE folded = 'bees'")
        assert await announced.languages_in_use(tx) == ["en", "zh", ""]
    audiences = {
        Audience(languages=("zh",)): [(2, 0), (-20, 5), (-30, 0)],
        Audience(languages=("",)): [(3, 0)],
        Audience(types=("group",)): [(-10, 0), (-20, 5)],
        Audience(types=("private", "channel")): [(3, 0), (2, 0), (1, 0), (-30, 0)],
        Audience(categories=(bees,)): [(2, 0), (1, 0), (-20, 9), (-30, 0)],
        Audience(languages=("en",), types=("private",), categories=(bees,)): [(1, 0)],
    }

    for audience, chats in audiences.items():
        id_ = await begun(database, audience)
        await owe(database)

        assert await owed(database, id_) == chats
        async with database.snapshot() as tx:
            assert (await announced.reach(tx, audience)).chats == len(chats)


async def test_owed_a_few_at_a_time_nobody_is_left_out_or_owed_it_twice(database: Database) -> None:
    await mixed(database)
    id_ = await begun(database)

    async with database.transaction() as tx:
        await announced.owe_chunk(tx, now=MONDAY, limit=8)
        # The topic that was owed it is gone, and the other would now be the forum's first.
        await tx.run("UPDATE subscribers SET state = 'gone' WHERE topic_id = 5")
        await tx.run("UPDATE announcements SET cursor = 6")
    await owe(database, limit=1)

    assert await owed(database, id_) == [(3, 0), (2, 0), (1, 0), (-10, 0), (-20, 5), (-30, 0)]


async def test_what_is_paused_is_owed_to_nobody_more_until_it_goes_on(database: Database) -> None:
    await mixed(database)
    id_ = await begun(database)
    async with database.transaction() as tx:
        await announced.owe_chunk(tx, now=MONDAY, limit=2)
        assert await announcements.pause(tx, id_)
        assert not await announcements.pause(tx, id_)
    await owe(database)
    paused = await owed(database, id_)
    async with database.transaction() as tx:
        assert await announcements.go_on(tx, id_)

    await owe(database)

    assert paused == [(2, 0), (1, 0)]
    assert len(await owed(database, id_)) == 6


async def test_cancelled_whoever_waits_is_skipped_and_nobody_more_is_owed_it(database: Database) -> None:
    await mixed(database)
    id_ = await begun(database)
    async with database.transaction() as tx:
        await announced.owe_chunk(tx, now=MONDAY, limit=6)
        await set_ends(tx, ("sent", None))
        assert await announcements.cancel(tx, id_)
        assert await announced.skip_cancelled(tx, limit=2, now=MONDAY) == 2
        assert await announced.skip_cancelled(tx, limit=9, now=MONDAY) == 1

    await owe(database)

    async with database.snapshot() as tx:
        assert await announced_counts.counts(tx, id_) == Counts(sent=1, skipped=3)
        assert await tx.value("SELECT count(*) FROM deliveries WHERE reason = 'cancelled by an operator'") == 3


async def test_the_counts_add_up_when_the_rows_are_gone_after_a_month(database: Database) -> None:
    await mixed(database)
    id_ = await begun(database)
    await owe(database)
    ends = [
        ("sent", None),
        ("skipped", "Forbidden: bot was blocked by the user"),
        ("failed", "Telegram refuses the text: Bad Request: not enough rights to send photos to the chat"),
        ("skipped", "the subscriber is stopped"),
        ("skipped", "the subscriber is gone"),
        ("sent", None),
    ]
    async with database.transaction() as tx:
        await set_ends(tx, *ends)
        before = await announced_counts.counts(tx, id_)
        # They are no digest's, and what is not over keeps its rows: they say who has it.
        assert await tallies.tally(tx, range(1, 7), before=MONDAY) == 0
        assert await announced_counts.let_go(tx, range(1, 7), before=MONDAY) == 0
        await announcements.end(tx, id_, now=MONDAY)

        gone = [await announced_counts.let_go(tx, ids, before=MONDAY) for ids in ([1, 2, 3], [3, 4, 5, 6])]

        assert gone == [3, 3]
        assert before == Counts(sent=2, gone=2, failed=1, skipped=1)
        assert await announced_counts.counts(tx, id_) == before
        assert await announced_counts.count_all_kept(tx) == {"failed": 1, "skipped": 3, "sent": 2}


async def test_who_is_forgotten_stays_counted(database: Database) -> None:
    await mixed(database)
    id_ = await begun(database, made_by=2)
    await owe(database)
    async with database.transaction() as tx:
        await set_ends(tx, ("sent", None), ("sent", None))

    async with database.transaction() as tx:
        await forget(tx, 2)

    async with database.snapshot() as tx:
        assert await announced_counts.counts(tx, id_) == Counts(waiting=4, sent=2)
        found = await announcements.announcement_with(tx, id_)
    assert found is not None
    assert found.made_by is None


async def test_a_draft_is_its_makers_only_one_and_says_something_before_it_begins(database: Database) -> None:
    async with database.transaction() as tx:
        first = await announcements.open_draft(tx, 7, now=MONDAY)
        other = await announcements.open_draft(tx, 8, now=MONDAY)
        second = await announcements.open_draft(tx, 7, now=MONDAY)

        assert not await announcements.start(tx, first, now=MONDAY)
        assert await announcements.awaited_draft(tx, 7, since=MONDAY) == second
        assert await announcements.awaited_draft(tx, 7, since=MONDAY + MONTH) is None
        assert not await announcements.start(tx, second, now=MONDAY)
        await announcements.fill_draft(tx, second, HELLO)
        assert await announcements.awaited_draft(tx, 7, since=MONDAY) is None
        assert await announcements.start(tx, second, now=MONDAY)
        assert not await announcements.start(tx, second, now=MONDAY)
        await announcements.forget_drafts(tx, before=MONDAY + MONTH)
        assert await announcements.announcement_with(tx, first) is None
        assert await announcements.announcement_with(tx, other) is None
        assert [each.id for each in await announcements.under_way(tx)] == [second]


async def test_what_it_says_and_for_whom_is_kept_as_it_was_written(database: Database) -> None:
    content = Content(
        "💡 Read", "sendPhoto", "file-1", ({"type": "bold", "offset": 3, "length": 4},), ((("Here", "https://a.org"),),)
    )
    audience = Audience(("zh", ""), ("group",), (3,))
    async with database.transaction() as tx:
        id_ = await announcements.open_draft(tx, 7, now=MONDAY)
        await announcements.fill_draft(tx, id_, content)
        await announcements.aim(tx, id_, audience)
        found = await announcements.announcement_with(tx, id_)

    assert found is not None
    assert (found.content, found.audience, found.state) == (content, audience, "draft")


async def test_who_may_not_be_written_to_when_it_is_owed_is_not_owed_it(database: Database) -> None:
    await subscribed(database, a_subscriber(1), a_subscriber(2))
    id_ = await begun(database)
    async with database.transaction() as tx:
        await set_state(tx, 1, SubscriberState.PAUSED)

    await owe(database)

    assert await owed(database, id_) == [(2, 0)]
