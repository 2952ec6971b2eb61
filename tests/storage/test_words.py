"""The words that subscribers follow or mute."""

from bot.digests.wording import read_words
from storage.database import Database
from storage.model import Address, Preferences
from storage.subscribers import subscriber_at
from storage.words import drop_words, followed_words, keep_words
from tests.builders import a_subscriber, subscribed


async def preferences(database: Database, chat_id: int = 7) -> Preferences:
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(chat_id))
    assert subscriber is not None
    return subscriber.preferences


async def test_words_are_kept_as_they_were_typed_last(database: Database) -> None:
    await subscribed(database, a_subscriber(7))

    async with database.transaction() as tx:
        await keep_words(tx, 1, "follow", read_words("qwen 馬斯克"))
        await keep_words(tx, 1, "follow", read_words("Qwen"))

    kept = await preferences(database)
    assert {(word.folded, word.shown) for word in kept.followed} == {("qwen", "Qwen"), ("马斯克", "馬斯克")}
    assert kept.muted == ()


async def test_a_word_is_followed_or_muted_and_never_both(database: Database) -> None:
    await subscribed(database, a_subscriber(7))

    async with database.transaction() as tx:
        await keep_words(tx, 1, "mute", read_words("Qwen bees"))
        await keep_words(tx, 1, "follow", read_words("QWEN"))

    kept = await preferences(database)
    assert [word.shown for word in kept.followed] == ["QWEN"]
    assert [word.shown for word in kept.muted] == ["bees"]


async def test_words_are_dropped_however_they_are_typed(database: Database) -> None:
    await subscribed(database, a_subscriber(7))

    async with database.transaction() as tx:
        await keep_words(tx, 1, "follow", read_words("Qwen3 bees"))
        await drop_words(tx, 1, "follow", read_words("ＱＷＥＮ-3 wasps"))

    assert [word.shown for word in (await preferences(database)).followed] == ["bees"]


async def test_what_anybody_follows_is_given_once_and_in_pieces(database: Database) -> None:
    await subscribed(database, *(a_subscriber(chat_id) for chat_id in range(1, 4)))
    async with database.transaction() as tx:
        for id_ in range(1, 4):
            await keep_words(tx, id_, "follow", read_words("a b 具身智能"))
        await keep_words(tx, 1, "mute", read_words("muted"))

        found, last = list[str](), ""
        while page := await followed_words(tx, after=last, limit=2):
            found += page
            last = page[-1]

    assert found == ["a", "b", "具身智能"]
