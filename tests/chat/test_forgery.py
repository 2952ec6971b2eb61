"""What somebody with a client of their own sends, to be taken for one who may: it changes nothing."""

from typing import Any

import pytest

from bot.messages.phrases import phrase
from bot.messages.taps import ShowCategories, TakeEverything, about, write
from storage.database import Database
from storage.model import Address
from storage.subscribers import subscriber_at
from tests.builders import a_subscriber, subscribed
from tests.chat.standing import DATE, TITLE, Asked, Site, kind, site

__all__ = ["kind", "site"]

EVERYTHING = Asked(data=write(TakeEverything(on=True)))
ONLY_ADMINISTRATORS = phrase("en", "only-administrators", title=TITLE)
OUT_OF_DATE = phrase("en", "old-button")


async def said(site: Site, update: dict[str, Any]) -> list[str]:
    """What the bot says to *update*, which changes nothing."""
    before, last = await site.kept(), await site.chat.telegram.last_call()
    await site.sends(update)
    assert await site.kept() == before
    calls = await site.chat.telegram.calls(after=last)
    return [call.parameters["text"] for call in calls if "text" in call.parameters]


async def test_what_telegram_said_a_moment_ago_shows_and_changes_nothing(site: Site) -> None:
    bees, grace = site.chat, site.people["member"]
    await bees.promotes(grace)
    await site.asks("member", Asked("/categories"))
    await bees.demotes(grace)

    shown = await site.asks("member", Asked(data=write(ShowCategories(0))))
    assert {call.parameters.get("text") for call in shown} != {ONLY_ADMINISTRATORS}
    assert await said(site, site.tap("member", EVERYTHING)) == [ONLY_ADMINISTRATORS]


async def test_who_is_promoted_may_at_once(site: Site) -> None:
    assert await said(site, site.tap("member", EVERYTHING)) == [ONLY_ADMINISTRATORS]
    await site.chat.promotes(site.people["member"])

    await site.asks("member", EVERYTHING)

    subscriber = await site.gets()
    assert subscriber is not None
    assert subscriber.preferences.everything


async def test_a_button_about_another_chat_is_none_in_a_group(site: Site, database: Database) -> None:
    await subscribed(database, a_subscriber(-1_000_000_009, type_="supergroup"))
    async with database.snapshot() as tx:
        other = await subscriber_at(tx, Address(-1_000_000_009))
    assert other is not None

    for subscriber_id in (other.id, site.subscriber_id):
        data = about(EVERYTHING.data, subscriber_id) or ""
        assert await said(site, site.tap("creator", Asked(data=data))) == [OUT_OF_DATE]


@pytest.mark.parametrize("whom", ["0", "999999", "-1", "PERSON", "CHAT", "1@1", ""])
async def test_a_button_about_nobody_or_a_person_is_out_of_date(site: Site, whom: str) -> None:
    async with site.database.snapshot() as tx:
        person = await subscriber_at(tx, Address(site.people["creator"].id))
    assert person is not None
    written = whom.replace("PERSON", str(person.id)).replace("CHAT", str(site.chat.id))
    tap = site.tap("stranger", EVERYTHING, in_private=True)
    tap["callback_query"]["data"] = f"1@{written}:everything:1"

    [told] = await said(site, tap)
    assert told == OUT_OF_DATE


async def test_words_of_ours_that_a_member_writes_are_no_question(site: Site) -> None:
    asked = phrase("en", "words-to-follow")
    theirs = site.message("member", Asked(asked))["message"]
    answer = site.message("creator", Asked("Qwen"))

    answer["message"]["reply_to_message"] = theirs

    assert await said(site, answer) == []


@pytest.mark.parametrize(
    "brought",
    [
        {"forward_origin": {"type": "hidden_user", "date": DATE, "sender_user_name": "Bo"}},
        {"via_bot": {"id": 99, "is_bot": True, "first_name": "Other", "username": "other_bot"}},
        {
            "is_automatic_forward": True,
            "from": {"id": 777_000, "is_bot": False, "first_name": "Telegram"},
            "sender_chat": {"id": -1_000_000_777_000, "type": "channel", "title": "Loud"},
        },
    ],
    ids=["forwarded", "by way of a bot", "posted in the channel"],
)
async def test_a_command_that_nobody_typed_there_asks_for_nothing(site: Site, brought: dict[str, Any]) -> None:
    command = site.message("creator", Asked("/subscribe Wasps"))

    assert await said(site, {"message": command["message"] | brought}) == []


async def test_an_edited_command_asks_for_nothing(site: Site) -> None:
    command = site.message("creator", Asked("/subscribe Wasps"))["message"]

    assert await said(site, {"edited_message": command | {"edit_date": DATE + 1}}) == []
    assert await said(site, {"channel_post": command}) == []


@pytest.mark.parametrize("kind", ["topic"])
async def test_in_a_forum_a_button_is_about_nothing_when_its_message_is_gone(site: Site) -> None:
    tap = site.tap("creator", EVERYTHING)["callback_query"]
    gone = {"message_id": 5, "date": 0, "chat": tap["message"]["chat"]}

    assert await said(site, {"callback_query": tap | {"message": gone}}) == [OUT_OF_DATE]


@pytest.mark.parametrize("kind", ["topic"])
async def test_the_topic_that_is_always_there_is_the_group(site: Site, database: Database) -> None:
    for thread in ({"message_thread_id": 1, "is_topic_message": True}, {"message_thread_id": 55}):
        command = site.message("creator", Asked("/subscribe Wasps"))["message"]
        del command["message_thread_id"], command["is_topic_message"]
        await site.sends({"message": command | thread})

    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(site.chat.id))
        rows = await tx.rows("SELECT topic_id FROM subscribers WHERE chat_id = :id", {"id": site.chat.id})
    assert subscriber is not None
    assert {row["topic_id"] for row in rows} == {0, site.address.topic_id}


async def test_the_answer_of_a_member_to_a_question_put_to_an_administrator_is_refused(site: Site) -> None:
    before = await site.kept()

    calls = await site.asks("member", Asked("Qwen", question="words-to-follow"))

    assert [call.parameters["text"] for call in calls] == [ONLY_ADMINISTRATORS]
    assert await site.kept() == before


@pytest.mark.parametrize("kind", ["channel"])
async def test_a_button_in_a_channel_does_nothing(site: Site) -> None:
    assert await said(site, site.tap("creator", EVERYTHING)) == []
