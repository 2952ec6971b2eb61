"""What the page is told of groups, and what the control API says when asked for what cannot be."""

import aiohttp
import pytest

from bot.sandbox.client import Group, Person, Telegram
from bot.sandbox.seen import SandboxError
from tests.sandbox.test_page_api import events


@pytest.fixture
async def hive(sandbox: Telegram, ada: Person) -> Group:
    return await sandbox.group("Hive", creator=ada, kind="supergroup", username="hive")


async def test_each_change_of_a_chat_is_an_event(hive: Group, address: str) -> None:
    async with aiohttp.ClientSession(address) as session, session.get("/sandbox/events") as response:
        stream = events(response)
        await anext(stream)
        await hive.adds()
        await hive.turns_on_topics()
        seen = [await anext(stream) for _ in range(4)]

    assert [kind for _, kind, _ in seen] == ["membership", "chat", "message", "chat"]
    assert seen[0][2] == {"chat_id": hive.id, "bot_status": "member"}
    assert (seen[3][2]["is_forum"], seen[3][2]["bot_status"]) == (True, "member")


async def test_a_chat_is_shown_with_its_topics(sandbox: Telegram, ada: Person, hive: Group) -> None:
    await hive.turns_on_topics()
    news, old = await hive.topic("News"), await hive.topic("Old")
    await news.closes()
    await old.deletes()

    chats = (await sandbox.ask("GET", f"/sandbox/people/{ada.id}/chats"))["chats"]

    [shown] = [chat for chat in chats if chat["id"] == hive.id]
    assert shown["topics"] == [{"id": news.id, "name": "News", "closed": True}]


async def test_an_upgraded_group_is_shown_as_gone(sandbox: Telegram, ada: Person) -> None:
    bees = await sandbox.group("Bees", creator=ada)
    old = await bees.becomes_supergroup()

    chats = {chat["id"]: chat for chat in (await sandbox.state())["chats"]}

    assert (chats[old]["gone"], chats[old]["migrated_to"]) == (True, bees.id)
    assert chats[bees.id]["gone"] is False


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/sandbox/groups", {"title": "X", "creator": 4711}, "there is nobody 4711"),
        (
            "/sandbox/groups",
            {"title": "X", "creator": 1001, "type": "club"},
            "type must be group, supergroup or channel",
        ),
        ("/sandbox/groups", {"title": "X", "creator": 1001, "id": 7}, "7 is taken or no id of a group"),
        ("/sandbox/chats/1001/adds", {}, "a private chat has no members to rule"),
        ("/sandbox/chats/-7/adds", {}, "there is no chat -7"),
        ("/sandbox/chats/{hive}/sings", {}, "a chat can be changed by adds, promotes"),
        ("/sandbox/chats/{hive}/promotes", {"rights": ["can_fly"]}, "a supergroup has no such rights: can_fly"),
        ("/sandbox/chats/{hive}/kicks", {}, "Digest is not in Hive"),
        ("/sandbox/chats/{hive}/renames", {}, "title is missing"),
        ("/sandbox/chats/{hive}/becomes_supergroup", {}, "Hive is a supergroup already"),
        ("/sandbox/chats/{hive}/links", {"group": -7}, "there is no chat -7"),
        ("/sandbox/people/1001/chooses", {"query_id": "1"}, "there is no query 1"),
        ("/sandbox/people/1001/says", {"text": "hi", "chat_id": "{hive}", "topic_id": 7}, "Hive has no open topic 7"),
    ],
)
async def test_what_cannot_be_is_said_in_a_sentence(
    sandbox: Telegram, hive: Group, path: str, body: dict[str, object], words: str
) -> None:
    asked = {name: hive.id if value == "{hive}" else value for name, value in body.items()}

    with pytest.raises(SandboxError, match=words):
        await sandbox.ask("POST", path.replace("{hive}", str(hive.id)), asked)
