"""What a long digest leaves out is sent at a tap."""

import re
from dataclasses import replace

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.clock import SystemClock
from bot.messages.taps import ShowRest, write
from bot.sandbox.client import Telegram
from bot.sandbox.seen import Answer, Message
from storage.digests import digest_at, mark_vanished
from storage.model import Digest
from storage.sources import ensure_source
from tests.chat.conftest import MONDAY, Archive, Talk, a_digest, an_item, labels

ITEMS = tuple(an_item(f"Headline {n}", f"https://example.org/{n}", "word " * 190) for n in range(1, 46))
LONG = a_digest("Long", items=ITEMS)


def titles(messages: list[Message]) -> list[str]:
    return [message.text.split("\n")[0] for message in messages]


def headlines(messages: list[Message]) -> list[str]:
    return re.findall(r"Headline \d+", "".join(message.text for message in messages))


async def receives(talk: Talk, count: int) -> list[Message]:
    return [await talk.person.next_message() for _ in range(count)]


async def press(telegram_bot: ExtBot[None], talk: Talk, tap: ShowRest) -> Answer:
    """Let a person press a button for *tap* under an old message."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("old", callback_data=write(tap))]])
    message = await telegram_bot.send_message(talk.person.id, "From long ago", reply_markup=keyboard)
    return await talk.person.presses("old", message_id=message.message_id)


async def vanish(archive: Archive, digest: Digest) -> None:
    async with archive.database.transaction() as tx:
        source = await ensure_source(tx, "main")
        kept = await digest_at(tx, source.id, digest.path)
        assert kept is not None
        await mark_vanished(tx, kept.id, now=MONDAY)


async def test_the_button_under_the_last_part_sends_the_rest_with_a_button_for_what_follows(
    telegram: Telegram, ada: Talk, archive: Archive
) -> None:
    await archive.add(LONG)
    await ada.person.says("/latest 2")
    shown = await receives(ada, 5)
    assert [labels(part) for part in shown] == [[], [], [], [], ["… and 25 more"]]

    assert (await ada.person.presses("… and 25 more")).text == ""
    shown += await receives(ada, 5)
    assert labels(shown[-1]) == ["… and 5 more"]
    await ada.person.presses("… and 5 more")
    shown += await receives(ada, 2)
    await telegram.called("editMessageReplyMarkup", count=2, outcome="answered")

    expected = [f"Long ({n}/5)" for n in range(1, 6)] + [f"Long ({n}/10)" for n in range(6, 11)]
    assert titles(shown) == [*expected, "Long (11/12)", "Long (12/12)"]
    assert headlines(shown) == [f"Headline {n}" for n in range(1, 46)]
    assert [labels(each) for each in await ada.person.received() if labels(each)] == []


async def test_the_button_speaks_the_language_of_the_person(mei: Talk, archive: Archive) -> None:
    await archive.add(LONG)

    await mei.person.says("/latest 2")

    assert labels((await receives(mei, 5))[-1]) == ["… 还有 25 条"]


async def test_pressed_twice_in_haste_it_sends_the_rest_once(telegram: Telegram, ada: Talk, archive: Archive) -> None:
    await archive.add(replace(LONG, items=ITEMS[:24]))
    await ada.person.says("/latest 2")
    await receives(ada, 5)

    await telegram.hold("sendMessage")
    await ada.person.tap("… and 4 more")
    await telegram.held("sendMessage")
    await ada.person.tap("… and 4 more")
    await telegram.lift()
    await telegram.release("sendMessage")
    await telegram.called("answerCallbackQuery", count=2, outcome="answered")

    assert titles(await receives(ada, 1)) == ["Long (6/6)"]
    assert (await ada.says("/help")).text.startswith("/latest")


async def test_what_could_not_be_sent_can_be_asked_for_again(telegram: Telegram, ada: Talk, archive: Archive) -> None:
    await archive.add(replace(LONG, items=ITEMS[:24]))
    await ada.person.says("/latest 2")
    await receives(ada, 5)

    await telegram.refuse(ada.person.id, method="sendMessage", code=500, times=1)
    await ada.person.presses("… and 4 more")
    await telegram.called("sendMessage", outcome="refused")
    await ada.person.presses("… and 4 more")

    assert titles(await receives(ada, 1)) == ["Long (6/6)"]


async def test_of_a_digest_that_changed_the_rest_is_of_what_the_person_began_to_read(
    ada: Talk, archive: Archive
) -> None:
    await archive.add(LONG)
    await ada.person.says("/latest 2")
    await receives(ada, 5)

    changed = tuple(an_item(f"Other {n}", None, "word " * 190) for n in range(45))
    await archive.add(replace(LONG, items=changed))
    await ada.person.presses("… and 25 more")

    assert headlines(await receives(ada, 5)) == [f"Headline {n}" for n in range(21, 41)]


@pytest.mark.parametrize(
    "tap",
    [
        ShowRest(digest_id=2, revision=1, layout=0, piece=21, offset=0, parts=5),
        ShowRest(digest_id=10**18 - 1, revision=1, layout=0, piece=21, offset=0, parts=5),
        ShowRest(digest_id=1, revision=2, layout=0, piece=21, offset=0, parts=5),
        ShowRest(digest_id=1, revision=0, layout=0, piece=21, offset=0, parts=5),
        ShowRest(digest_id=1, revision=1, layout=7, piece=21, offset=0, parts=5),
        ShowRest(digest_id=1, revision=1, layout=0, piece=46, offset=0, parts=5),
        ShowRest(digest_id=1, revision=1, layout=0, piece=45, offset=10**6, parts=5),
    ],
)
async def test_a_rest_that_there_is_not_is_answered_politely(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive, tap: ShowRest
) -> None:
    await archive.add(LONG)
    await ada.says("/start")

    answer = await press(telegram_bot, ada, tap)

    assert answer.text == "This digest is no longer here. /latest has the newest."
    assert (await ada.person.received())[-1].text == "From long ago"


async def test_a_digest_of_the_future_cannot_be_read_by_its_number(
    telegram_bot: ExtBot[None], mei: Talk, archive: Archive
) -> None:
    await archive.add(replace(LONG, published_at=SystemClock().now().replace(year=9999)))
    await mei.says("/start")

    answer = await press(telegram_bot, mei, ShowRest(1, 1, 0, 0, 0, 0))

    assert answer.text == "这一期已经不在了，请用 /latest 看最新一期"


async def test_a_digest_that_was_taken_back_is_no_longer_there(ada: Talk, archive: Archive) -> None:
    await archive.add(LONG)
    await ada.person.says("/latest 2")
    await receives(ada, 5)

    await vanish(archive, LONG)

    answer = await ada.person.presses("… and 25 more")
    assert answer.text.startswith("This digest is no longer here.")
