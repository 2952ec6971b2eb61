"""What a filter left out of a digest, and what is left of a roundup, is sent at a tap."""

import re
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.delivery.buttons import keyboard_for
from bot.messages.roundup import render_roundup
from bot.messages.view import MessagePart, render
from bot.sandbox.client import Telegram
from bot.sandbox.seen import Message
from storage.model import ALL, Collected, Digest, MadeOf, Selection
from storage.told import sent_as
from tests.chat.conftest import Archive, Talk, a_digest, an_item, labels
from tests.sent import add_delivery, add_roundup

ITEMS = tuple(an_item(f"Headline {n}", f"https://example.org/{n}", "word " * 190) for n in range(1, 61))
LONG = a_digest("Long", items=ITEMS)
SHORT = a_digest("Short", items=ITEMS[:8])
ODD = Selection(tuple(range(0, 60, 2)))


async def delivered(
    telegram_bot: ExtBot[None], archive: Archive, talk: Talk, digest: Digest, selection: Selection
) -> MadeOf:
    """Let a person have got what is selected of a digest, the buttons under its last part."""
    await talk.says("/subscribe")
    await archive.add(digest)
    made_of = MadeOf(1, 1, "full", "en", selection)
    async with archive.database.transaction() as tx:
        await add_delivery(tx, 1, 1, made_of=made_of)
    parts = render(digest, layout="full", language="en", selection=selection)
    await show(telegram_bot, talk, parts[-1], made_of)
    return made_of


async def show(telegram_bot: ExtBot[None], talk: Talk, part: MessagePart, made_of: MadeOf) -> None:
    rows = keyboard_for(part, made_of, private=True, last=True)
    keyboard = InlineKeyboardMarkup(
        [[InlineKeyboardButton(each["text"], callback_data=each["callback_data"]) for each in row] for row in rows]
    )
    await telegram_bot.send_message(talk.person.id, part.text[:4096], reply_markup=keyboard)
    await talk.person.next_message()


async def receives(talk: Talk, count: int) -> list[Message]:
    return [await talk.person.next_message() for _ in range(count)]


def headlines(messages: list[Message]) -> list[int]:
    return [int(number) for number in re.findall(r"Headline (\d+)", "".join(message.text for message in messages))]


async def labels_of_the_first(talk: Talk) -> list[str]:
    [message] = [each for each in await talk.person.received() if "Why?" in labels(each)]
    return labels(message)


async def test_the_others_are_sent_at_a_tap_and_the_other_buttons_stay(
    telegram: Telegram, telegram_bot: ExtBot[None], ada: Talk, archive: Archive
) -> None:
    await delivered(telegram_bot, archive, ada, SHORT, Selection((0, 1, 4, 5, 6)))
    assert await labels_of_the_first(ada) == ["The other 3 items", "🔖 Save", "Why?"]

    answer = await ada.is_sent("The other 3 items")
    await telegram.called("editMessageReplyMarkup", outcome="answered")

    assert answer.text.startswith("Short\nJuly 21, 2025 04:00 UTC\n3 of 8 items\n\nHeadline 3\n")
    assert headlines([answer]) == [3, 4, 8]
    assert await labels_of_the_first(ada) == ["🔖 Save", "Why?"]


async def test_what_is_left_of_what_was_selected_goes_on_with_it(
    telegram: Telegram, telegram_bot: ExtBot[None], ada: Talk, archive: Archive
) -> None:
    await delivered(telegram_bot, archive, ada, LONG, ODD)
    assert await labels_of_the_first(ada) == ["… and 10 more", "The other 30 items", "🔖 Save", "Why?"]

    await ada.person.presses("… and 10 more")
    rest = await receives(ada, 3)
    await ada.person.presses("The other 30 items")
    others = await receives(ada, 5)
    await telegram.called("editMessageReplyMarkup", count=2, outcome="answered")

    assert headlines(rest) == list(range(41, 61, 2))
    assert headlines(others) == list(range(2, 42, 2))
    assert labels(others[-1]) == ["… and 10 more"]
    await ada.person.presses("… and 10 more")
    assert headlines(await receives(ada, 3)) == list(range(42, 62, 2))
    assert await labels_of_the_first(ada) == ["🔖 Save", "Why?"]


async def test_whoever_has_no_delivery_of_it_is_shown_all(
    telegram_bot: ExtBot[None], ada: Talk, mei: Talk, archive: Archive
) -> None:
    made_of = await delivered(telegram_bot, archive, ada, SHORT, Selection((0, 1)))
    (part,) = render(SHORT, layout="full", language="en", selection=made_of.selection)
    await mei.says("/subscribe")

    await show(telegram_bot, mei, part, made_of)

    await mei.person.presses("The other 6 items")
    assert headlines(await receives(mei, 2)) == list(range(1, 9))


async def test_a_selection_of_another_revision_is_none(telegram_bot: ExtBot[None], ada: Talk, archive: Archive) -> None:
    await delivered(telegram_bot, archive, ada, SHORT, Selection((0, 1)))
    await archive.add(replace(SHORT, items=ITEMS[10:14]))
    async with archive.database.transaction() as tx:
        await tx.run("UPDATE deliveries SET revision = 2")

    await ada.person.presses("The other 6 items")

    assert headlines(await receives(ada, 2)) == list(range(1, 9))


async def test_the_rest_of_a_roundup_follows_with_a_button_for_what_follows_that(
    telegram: Telegram, telegram_bot: ExtBot[None], ada: Talk, archive: Archive
) -> None:
    await ada.says("/subscribe")
    digests = [a_digest(f"Digest {n}", hour=n, items=ITEMS[n * 30 : n * 30 + 30]) for n in range(2)]
    await archive.add(*digests)
    async with archive.database.transaction() as tx:
        await add_roundup(tx, 1, {1: ALL, 2: ODD}, layout="full")
    parts = render_roundup([(digests[0], ALL), (digests[1], ODD)], layout="full", language="en", headings={})

    made_of = MadeOf(2, 1, "full", "en", collected=await collected(archive))
    await show(telegram_bot, ada, parts[-1], made_of)
    assert await labels_of_the_first(ada) == ["… and 25 more", "Why?"]

    await ada.person.presses("… and 25 more")
    more = await receives(ada, 5)
    await ada.person.presses("… and 5 more")
    more += await receives(ada, 2)
    await telegram.called("editMessageReplyMarkup", count=2, outcome="answered")

    assert headlines(more) == [*range(21, 31), *range(31, 61, 2)]
    assert [message.text.split("\n")[0] for message in more][-1] == "2 digests, 45 items (12/12)"
    assert await labels_of_the_first(ada) == ["Why?"]


async def collected(archive: Archive) -> tuple[Collected, ...]:
    async with archive.database.snapshot() as tx:
        made_of = await sent_as(tx, 1, 2, kind="roundup")
    assert made_of is not None
    return made_of.collected


async def test_of_a_roundup_of_long_ago_it_is_said_that_it_is_no_longer_here(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive
) -> None:
    await ada.says("/subscribe")
    await archive.add(LONG)
    parts = render_roundup([(LONG, ALL)], layout="full", language="en", headings={})
    await show(telegram_bot, ada, parts[-1], MadeOf(1, 1, "full", "en", collected=(Collected(1, 1),)))

    answer = await ada.person.presses("… and 40 more")

    assert answer.text.startswith("This digest is no longer here.")
