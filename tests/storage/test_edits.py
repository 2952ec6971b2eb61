"""Changes of digests: who is owed their edit, and what each chat shows meanwhile."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from storage import edits
from storage.database import Database, Transaction
from storage.digests import digest_by_id, mark_vanished
from storage.model import Digest, MadeOf, Message, Shown
from storage.shown import finish_edit, record_added, record_doomed, record_removed, record_rewritten, shown_to
from tests.builders import MONDAY, a_digest, a_subscriber, an_item, stored, subscribed

LATER = MONDAY + timedelta(hours=1)


async def put(database: Database, sql: str, **values: object) -> None:
    async with database.transaction() as tx:
        await tx.run(sql, values)


async def ask(database: Database, sql: str) -> list[tuple[Any, ...]]:
    async with database.snapshot() as tx:
        return [tuple(row) for row in await tx.rows(sql)]


async def delivered(
    database: Database,
    digest: Digest,
    *,
    states: Iterable[str] = ("sent",),
    at: datetime = MONDAY,
    revision: int = 1,
    parts: int = 1,
) -> int:
    """Store the digest and a delivery of it in each of *states*, to one subscriber each; give the digest's id."""
    id_ = (await stored(database, digest)).id
    for number, state in enumerate(states, 1):
        await subscribed(database, a_subscriber(number, everything=True))
        finished = int(at.timestamp() * 1000) if state in {"sent", "failed", "skipped"} else None
        await put(
            database,
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, state, due_at, try_at, parts_sent,
                                    revision, layout, language, finished_at)
            VALUES ('digest', :digest_id, :number, :state, 0, 0, :parts, :revision, 'full', 'en', :finished)
            """,
            digest_id=id_,
            number=number,
            state=state,
            parts=parts,
            revision=revision,
            finished=finished,
        )
        for part in range(parts):
            await put(
                database,
                "INSERT INTO messages (delivery_id, part, message_id) SELECT max(id), :part, :id FROM deliveries",
                part=part,
                id=100 * number + part,
            )
    return id_


async def owe(database: Database, *, now: datetime = LATER, limit: int = 100, since: datetime = MONDAY) -> int:
    """Owe what changed, in chunks of *limit*; how many chunks it took."""
    chunks = 0
    while True:
        async with database.transaction() as tx:
            change = await edits.next_change(tx, changed_before=now, now=now, most=1000)
            if change is None:
                return chunks
            chunk = await edits.next_chunk(tx, change, limit=limit)
            if chunk is None:
                await edits.end_change(tx, change.digest_id, now=now + timedelta(seconds=1))
            else:
                await edits.owe_edits(tx, chunk, sent_since=since, now=now)
                await edits.pass_on(tx, chunk)
                chunks += 1


async def owed(database: Database) -> list[tuple[Any, ...]]:
    return await ask(database, "SELECT subscriber_id, state FROM deliveries WHERE kind = 'edit' ORDER BY subscriber_id")


async def shown(database: Database) -> Shown:
    async with database.snapshot() as tx:
        (one,) = (await shown_to(tx, range(100))).values()
    return one


async def test_a_change_is_owed_to_those_who_were_sent_it(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")), states=("sent", "failed", "skipped", "sent"))

    await stored(database, a_digest(an_item("New")), now=LATER)
    await owe(database)

    assert await owed(database) == [(1, "waiting"), (4, "waiting")]
    assert await ask(database, "SELECT * FROM fan_outs") == []


async def test_what_is_on_its_way_is_owed_the_change_too(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")), states=("waiting", "sending"))

    await stored(database, a_digest(an_item("New")), now=LATER)
    await owe(database)

    assert await owed(database) == [(1, "waiting"), (2, "waiting")]


async def test_what_waits_and_was_not_begun_needs_no_edit(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")), states=("waiting",), parts=0)

    await stored(database, a_digest(an_item("New")), now=LATER)
    await owe(database)

    assert await owed(database) == []


async def test_what_was_sent_too_long_ago_stays_as_it_is(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")))

    await stored(database, a_digest(an_item("New")), now=LATER)
    await owe(database, since=MONDAY + timedelta(seconds=1))

    assert await owed(database) == []


async def test_a_digest_that_nobody_was_ever_owed_has_no_change_to_be_owed(database: Database) -> None:
    await stored(database, a_digest(an_item("Old")))
    await stored(database, a_digest(an_item("New")))

    assert await ask(database, "SELECT * FROM fan_outs") == []


async def test_the_same_again_is_no_change(database: Database) -> None:
    await delivered(database, a_digest())
    await stored(database, a_digest(), now=LATER)

    assert await ask(database, "SELECT * FROM fan_outs") == []


async def test_what_a_chat_shows_already_is_not_owed(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")))
    await stored(database, a_digest(an_item("New")))
    await put(database, "UPDATE deliveries SET revision = 2")

    await owe(database)

    assert await owed(database) == []


async def test_a_change_is_owed_in_chunks(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")), states=["sent"] * 5)
    await stored(database, a_digest(an_item("New")), now=LATER)

    assert await owe(database, limit=2) == 3
    assert len(await owed(database)) == 5


async def test_several_changes_before_the_first_is_owed_are_one_and_do_not_put_it_off(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")))
    for minute in range(3):
        await stored(database, a_digest(an_item(f"New {minute}")), now=MONDAY + timedelta(minutes=minute))

    async with database.snapshot() as tx:
        change = await edits.next_change(tx, changed_before=MONDAY, now=LATER, most=9)

    assert change is not None
    assert await ask(database, "SELECT again FROM fan_outs") == [(0,)]


async def test_what_changes_while_its_change_is_being_owed_is_owed_to_all_once_more(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")), states=["sent"] * 4)
    await stored(database, a_digest(an_item("New")), now=MONDAY)
    async with database.transaction() as tx:
        change = await edits.next_change(tx, changed_before=LATER, now=LATER, most=9)
        assert change is not None
        chunk = await edits.next_chunk(tx, change, limit=2)
        assert chunk is not None
        await edits.owe_edits(tx, chunk, sent_since=MONDAY, now=MONDAY)
        await edits.pass_on(tx, chunk)
    await put(database, "UPDATE deliveries SET state = 'sent', finished_at = 1 WHERE kind = 'edit'")
    await put(database, "UPDATE deliveries SET revision = 2 WHERE kind = 'digest' AND subscriber_id < 3")

    await stored(database, a_digest(an_item("Newest")), now=LATER)
    once = await owe(database, limit=2)
    first = await owed(database)
    again = await owe(database, limit=2, now=LATER + timedelta(minutes=1))

    assert (once, again) == (1, 2)
    assert first == [(1, "sent"), (2, "sent"), (3, "waiting"), (4, "waiting")]
    assert await owed(database) == [(number, "waiting") for number in range(1, 5)]
    assert await ask(database, "SELECT * FROM fan_outs") == []


async def test_an_edit_that_waits_or_is_under_way_keeps_its_turn(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")), states=["sent"] * 2)
    await stored(database, a_digest(an_item("New")))
    await owe(database)
    await put(database, "UPDATE deliveries SET try_at = 10000000000000 WHERE kind = 'edit' AND subscriber_id = 1")
    await put(database, "UPDATE deliveries SET state = 'sending' WHERE kind = 'edit' AND subscriber_id = 2")

    await stored(database, a_digest(an_item("Newest")))
    await owe(database, now=LATER + timedelta(hours=1))

    assert await owed(database) == [(1, "waiting"), (2, "sending")]
    assert await ask(database, "SELECT try_at FROM deliveries WHERE kind = 'edit' AND subscriber_id = 1") == [
        (10_000_000_000_000,)
    ]


async def test_news_go_before_edits(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")))
    await stored(database, a_digest(an_item("New")))
    await delivered(database, a_digest(path="2.md"), states=("waiting", "waiting"), parts=0)

    async with database.snapshot() as tx:
        found = [await edits.next_change(tx, changed_before=LATER, now=LATER, most=most) for most in (2, 3)]

    assert [change is not None for change in found] == [False, True]


async def test_an_edit_knows_what_each_message_shows_until_it_is_done(database: Database) -> None:
    id_ = await delivered(database, a_digest(an_item("Old")), parts=3)
    await stored(database, a_digest(an_item("New")))
    await owe(database)
    before = await shown(database)

    async with database.transaction() as tx:
        await record_rewritten(tx, before, 0)
        await record_removed(tx, before, 1, last=False)
        await record_added(tx, before, message_id=777, doubts=2)
    half = await shown(database)
    async with database.transaction() as tx:
        edit_id = await tx.value("SELECT id FROM deliveries WHERE kind = 'edit'")
        await finish_edit(tx, edit_id, half, parts=4, now=LATER)
    after = await shown(database)

    assert before == Shown(
        delivery_id=1,
        state="sent",
        finished_at=MONDAY,
        made_of=MadeOf(id_, 1, "full", "en"),
        revision=2,
        parts=3,
        messages={0: Message(100, 1), 1: Message(101, 1), 2: Message(102, 1)},
    )
    assert half.parts == 4
    assert await ask(database, "SELECT given_up, unsure FROM deliveries WHERE kind = 'digest'") == [(0, 2)]
    assert half.messages == {0: Message(100, 2), 2: Message(102, 1), 3: Message(777, 2)}
    assert after.made_of.revision == 2
    assert after.messages == {0: Message(100, 2), 2: Message(102, 2), 3: Message(777, 2)}
    assert await owed(database) == [(1, "sent")]


async def test_a_part_more_that_may_have_arrived_is_counted_and_has_no_message(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")), parts=1)
    await stored(database, a_digest(an_item("New")))
    await owe(database)

    async with database.transaction() as tx:
        await record_added(tx, await _shown_in(tx), message_id=None, doubts=0)

    assert await ask(database, "SELECT parts_sent, given_up, unsure FROM deliveries WHERE kind = 'digest'") == [
        (2, 1, 1)
    ]
    assert (await shown(database)).messages == {0: Message(100, 1)}


async def test_a_message_that_is_about_to_be_deleted_is_known_as_such(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")), parts=2)
    await stored(database, a_digest(an_item("New")))
    await owe(database)

    async with database.transaction() as tx:
        await record_doomed(tx, await _shown_in(tx), 1)

    assert (await shown(database)).messages == {0: Message(100, 1), 1: Message(101, 0)}


async def test_the_last_part_that_goes_leaves_a_shorter_digest(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")), parts=2)
    await stored(database, a_digest(an_item("New")))
    await owe(database)

    async with database.transaction() as tx:
        await record_removed(tx, await _shown_in(tx), 1, last=True)

    left = await shown(database)
    assert (left.parts, left.messages) == (1, {0: Message(100, 1)})


async def test_an_edit_goes_on_when_the_digest_has_changed_meanwhile(database: Database) -> None:
    await delivered(database, a_digest(an_item("Old")))
    await stored(database, a_digest(an_item("New")))
    await owe(database)
    before = await shown(database)
    await stored(database, a_digest(an_item("Newest")))

    async with database.transaction() as tx:
        edit_id = await tx.value("SELECT id FROM deliveries WHERE kind = 'edit'")
        await finish_edit(tx, edit_id, before, parts=1, now=LATER)

    assert await owed(database) == [(1, "waiting")]


async def test_a_vanished_digest_is_withdrawn_once_as_a_new_revision_and_the_former_is_kept(
    database: Database,
) -> None:
    id_ = await delivered(database, a_digest(an_item("Bees"), categories=["AI"]))
    async with database.transaction() as tx:
        untouched = await edits.withdraw_vanished(tx, id_)
        await mark_vanished(tx, id_, now=LATER)
        marked = [await edits.withdraw_vanished(tx, id_) for _ in range(2)]
        now, before = await digest_by_id(tx, id_), await digest_by_id(tx, id_, revision=1)
        withdrawn = await edits.is_withdrawn(tx, id_)

    assert (untouched, marked, withdrawn) == (0, [1, 0], True)
    assert (now.revision, now.digest.withdrawn, before.digest.withdrawn) == (2, True, False)
    assert now.digest.items == before.digest.items
    await owe(database)
    assert await owed(database) == [(1, "waiting")]


async def test_a_withdrawn_digest_whose_file_is_back_says_so_no_more(database: Database) -> None:
    id_ = await delivered(database, a_digest(an_item("Bees")))
    for again in (a_digest(an_item("Bees")), a_digest(an_item("Ants"))):
        async with database.transaction() as tx:
            await mark_vanished(tx, id_, now=LATER)
            await edits.withdraw_vanished(tx, id_)
            revision = (await digest_by_id(tx, id_)).revision
        await put(database, "DELETE FROM fan_outs")

        back = await stored(database, again)

        async with database.snapshot() as tx:
            assert await digest_by_id(tx, id_) == back
            assert not await edits.is_withdrawn(tx, id_)
            assert (await digest_by_id(tx, id_, revision=revision)).digest.withdrawn
        assert (back.revision, back.digest.withdrawn) == (revision + 1, False)
        assert await ask(database, "SELECT digest_id, kind FROM fan_outs") == [(id_, "edit")]


async def test_the_change_of_a_translation_is_owed_to_those_who_read_it(database: Database) -> None:
    chinese = replace(a_digest(path="zh.md", language="zh"), twins="x")
    id_ = await delivered(database, replace(a_digest(path="en.md", language="en"), twins="x"), states=["sent"] * 2)
    twin = await stored(database, chinese)
    await put(database, "UPDATE deliveries SET edition_id = :id WHERE subscriber_id = 2", id=twin.id)

    await stored(database, replace(chinese, items=(an_item("New"),)))
    begun = await ask(database, "SELECT digest_id FROM fan_outs WHERE kind = 'edit'")
    await owe(database)

    assert twin.edition_of == id_
    assert begun == [(id_,)]
    assert await owed(database) == [(2, "waiting")]


async def test_what_was_skipped_as_withdrawn_waits_again(database: Database) -> None:
    id_ = await delivered(database, a_digest(), states=["skipped"] * 3)
    await put(database, "UPDATE deliveries SET reason = 'withdrawn' WHERE subscriber_id > 1")

    async with database.transaction() as tx:
        chunk = edits.Chunk(id_, 0, 2)
        assert await edits.owe_again(tx, chunk, reason="withdrawn", now=LATER) == 1

    assert await ask(database, "SELECT state FROM deliveries ORDER BY id") == [("skipped",), ("waiting",), ("skipped",)]


async def _shown_in(tx: Transaction) -> Shown:
    (one,) = (await shown_to(tx, range(100))).values()
    return one
