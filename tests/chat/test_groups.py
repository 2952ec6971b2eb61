"""In a group: who may, where the answer goes, and what is the group's."""

from bot.sandbox.client import Group, Person
from storage.changes import last_changes
from storage.database import Database
from storage.groups import group_with
from storage.model import Address, Subscriber
from storage.subscribers import subscriber_at
from tests.chat.conftest import Talk, labels


async def of(database: Database, bees: Group, topic_id: int = 0) -> Subscriber | None:
    async with database.snapshot() as tx:
        return await subscriber_at(tx, Address(bees.id, topic_id))


async def test_an_administrator_subscribes_the_group(database: Database, bees: Group, ada: Talk) -> None:
    asked = await ada.person.says("/subscribe Bees", chat_id=bees.id)

    answer = await bees.sees("Bees")
    assert answer.raw["reply_to_message"]["message_id"] == asked.id
    subscriber = await of(database, bees)
    assert subscriber is not None
    assert (subscriber.type, subscriber.subscribed_by) == ("supergroup", ada.person.id)
    assert [each.name for each in subscriber.preferences.categories] == ["Bees"]
    async with database.snapshot() as tx:
        [change] = await last_changes(tx, subscriber.id, limit=5)
        group = await group_with(tx, bees.id)
    assert (change.user_id, change.what) == (ada.person.id, ("categories", "state"))
    assert group is not None
    assert group.title == "Bees"


async def test_a_member_may_not_and_is_told_in_private(database: Database, bees: Group, grace: Person) -> None:
    await grace.starts()
    await grace.next_message()
    await grace.says("/subscribe Bees", chat_id=bees.id)

    assert (await grace.next_message()).text == "Only administrators of Bees can do that."
    assert await of(database, bees) is None


async def test_what_cannot_be_said_in_private_is_thrown_away_soon(
    database: Database, bees: Group, grace: Person
) -> None:
    await grace.says("/subscribe Bees", chat_id=bees.id)

    said = await bees.sees("Only administrators of Bees can do that.")
    # One after the other is answered.
    await grace.says("/help", chat_id=bees.id)
    await bees.sees("/search open source")
    async with database.snapshot() as tx:
        [row] = await tx.rows("SELECT chat_id, message_id FROM litter")
    assert tuple(row) == (bees.id, said.id)


async def test_anybody_reads_in_the_topic_where_they_ask(bees: Group, grace: Person) -> None:
    await bees.turns_on_topics()
    news = await bees.topic("News")
    await grace.says("/search bees", chat_id=bees.id, topic_id=news.id)

    answer = await bees.next_message()
    assert answer.raw["message_thread_id"] == news.id


async def test_a_topic_is_subscribed_by_itself(database: Database, bees: Group, ada: Talk) -> None:
    await bees.turns_on_topics()
    news = await bees.topic("News")
    await ada.person.says("/subscribe Bees", chat_id=bees.id, topic_id=news.id)
    await bees.sees("Bees")

    assert await of(database, bees) is None
    assert await of(database, bees, news.id) is not None


async def test_a_button_is_obeyed_for_administrators_alone(
    database: Database, bees: Group, ada: Talk, grace: Person
) -> None:
    await ada.person.says("/settings", chat_id=bees.id)
    await bees.next_message()

    refused = await grace.presses("Layout: full", chat_id=bees.id)
    assert refused.text == "Only administrators of Bees can do that."
    await ada.person.presses("Layout: full", chat_id=bees.id)
    subscriber = await of(database, bees)
    assert subscriber is not None
    assert subscriber.preferences.layout == "headlines"


async def test_a_question_is_put_to_who_asked_and_says_how_it_is_answered(
    database: Database, bees: Group, ada: Talk
) -> None:
    asked = await ada.person.says("/follow", chat_id=bees.id)
    await bees.next_message()
    await ada.person.presses("Add words", chat_id=bees.id)

    question = await bees.sees("Which words?")
    assert question.text.startswith("Reply to this message: ")
    assert question.raw["reply_to_message"]["message_id"] == asked.id
    assert question.raw["prompt"]["selective"]
    await ada.person.says("Qwen", chat_id=bees.id, reply_to=question.id)
    await bees.sees("This group follows “Qwen”.")
    subscriber = await of(database, bees)
    assert subscriber is not None
    assert [word.shown for word in subscriber.preferences.followed] == ["Qwen"]


async def test_nobody_is_asked_in_a_group_where_they_are(bees: Group, ada: Talk) -> None:
    await ada.person.says("/schedule Springfield", chat_id=bees.id)

    shown = labels(await bees.next_message())
    assert "Another city" in shown
    assert "Share location" not in shown


async def test_help_tells_first_what_everybody_may(bees: Group, grace: Person) -> None:
    await grace.says("/help", chat_id=bees.id)

    lines = (await bees.next_message()).text.splitlines()
    readers, others = lines[: lines.index("")], lines[lines.index("For administrators:") :]
    assert [line.split()[0] for line in readers] == ["/latest", "/search", "/help"]
    assert "/subscribe · Everything, or the categories you name" in others
    assert "/why · Why a digest came, or did not" in others
    # These are for private chats, and for groups with topics.
    assert not [line for line in lines if line.startswith(("/saved", "/forget", "/route"))]


async def test_a_topic_that_never_subscribed_is_answered_in_the_language_of_its_group(
    bees: Group, ada: Talk, grace: Person
) -> None:
    await ada.person.says("/settings Language 简体中文", chat_id=bees.id)
    await bees.next_message()
    await bees.turns_on_topics()
    news = await bees.topic("News")
    await grace.says("/search", chat_id=bees.id, topic_id=news.id)

    assert (await bees.next_message()).text.startswith("请写上要找的词")
