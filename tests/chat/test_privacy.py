"""`/mydata` gives all that is kept, and `/forget` deletes it."""

import asyncio
import json

from bot.sandbox.client import Telegram
from tests.chat.conftest import Archive, Talk, a_digest, labels
from tests.chat.test_saved import file_of


async def test_all_that_is_kept_comes_as_a_file(telegram: Telegram, ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees"))
    await ada.says("/subscribe Bees")

    answer = await ada.says("/mydata")

    assert answer.text == "All that I keep of you. /forget deletes it."
    name, text = await file_of(telegram, ada)
    kept = json.loads(text)
    assert name == "mydata.json"
    assert kept.keys() == {"subscriber", "categories"}
    assert [row["name"] for row in kept["categories"]] == ["Bees"]
    assert kept["subscriber"][0]["chat_id"] == ada.person.id
    assert kept["subscriber"][0]["created_at"].startswith("20")
    assert "Ada" not in text


async def test_of_who_never_asked_for_anything_nothing_is_kept(ada: Talk, mei: Talk) -> None:
    await ada.says("/search bees")
    await ada.says("bees")
    await ada.says("/help")

    assert (await ada.says("/mydata")).text == "I keep nothing of you."
    assert (await mei.says("/mydata")).text == "这里没有保存你的任何数据。"


async def test_forget_asks_once_and_then_deletes_it_all(ada: Talk, mei: Talk, archive: Archive) -> None:
    await ada.says("/subscribe Bees")
    await mei.says("/subscribe")

    answer = await ada.says("/forget")
    assert labels(answer) == ["Delete it all", "Keep it"]
    assert await archive.preferences(ada) == (False, ["Bees"])

    answer = await ada.presses("Delete it all")
    assert answer.text == "It is all deleted. /start begins anew."
    assert labels(answer) == []
    assert await archive.subscriber(ada) is None
    assert (await ada.says("/mydata")).text == "I keep nothing of you."
    assert await archive.preferences(mei) == (True, [])


async def test_whoever_does_not_mean_it_keeps_it_all(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe 开源")
    await mei.says("/forget")

    answer = await mei.presses("保留")

    assert answer.text == "已订阅：开源。"
    assert await archive.preferences(mei) == (False, ["开源"])


async def test_who_was_forgotten_begins_anew(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe 开源")
    await mei.says("/forget")
    answer = await mei.presses("全部删除")
    assert answer.text == "已全部删除。发送 /start 可以重新开始。"

    answer = await mei.says("/start")

    assert answer.text.endswith("\n可以全部订阅，也可以只选喜欢的。")
    assert await archive.preferences(mei) == (False, [])


async def test_what_is_being_sent_arrives_before_the_last_word(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest())
    await ada.says("/subscribe")
    await ada.says("/forget")
    async with archive.database.transaction() as tx:
        await tx.run(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, state, due_at, try_at)
            SELECT 'digest', 1, id, 'sending', 0, 0 FROM subscribers
            """
        )
    await ada.person.tap("Delete it all")
    await asyncio.sleep(0.3)
    assert await archive.subscriber(ada) is not None

    async with archive.database.transaction() as tx:
        await tx.run("UPDATE deliveries SET state = 'sent', finished_at = 1")

    await ada.person.sees("It is all deleted.")
    assert await archive.subscriber(ada) is None
