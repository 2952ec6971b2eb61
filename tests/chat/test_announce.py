"""Operators announce: they write it, see it as it will look, choose for whom, send it, pause it and see how it went."""

from struct import pack
from zlib import compress, crc32

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.chat.announce_aim import Aim, ChangeAnnouncement, DropAnnouncement, ShowAim, StartAnnouncement
from bot.messages.announced import CancelAnnouncement, PauseAnnouncement, ResumeAnnouncement
from bot.messages.taps import Tap, write
from bot.sandbox.seen import Message
from bot.updates import decode
from storage.announcements import announcement_with, last_announcements, under_way
from storage.database import Database
from storage.model import EVERYONE, Announcement, SubscriberState
from tests.builders import a_subscriber, subscribed
from tests.chat.conftest import AnyApplication, Archive, Talk, a_digest, labels

ASKED = (
    "What shall I announce? Reply with it, or forward it here: a text, a picture or a file. "
    "Last lines like “Read more - https://example.org” become buttons."
)


LAST = ["✏️ Change the message", "Do not send"]


@pytest.fixture
def operators(ada: Talk, mei: Talk) -> frozenset[int]:
    return frozenset({ada.person.id, mei.person.id})


@pytest.fixture
async def readers(archive: Archive) -> None:
    """Three people of whom one stopped, a group and a channel; whoever announces is there too, then."""
    await archive.add(a_digest("Morning", of="Bees,Wasps"))
    await subscribed(
        archive.database,
        a_subscriber(900_001, language="en", categories=["Bees"]),
        a_subscriber(900_002, language="zh-CN"),
        a_subscriber(900_003, language="zh", state=SubscriberState.STOPPED),
        a_subscriber(-900_001, type_="group", language="en", categories=["Wasps"]),
        a_subscriber(-900_002, type_="channel", language="en", everything=True),
    )


async def replies(talk: Talk, text: str, *, entities: list[dict[str, object]] | None = None) -> tuple[Message, Message]:
    """Say /announce and reply to the question; the preview, and what stands below it."""
    question = await talk.says("/announce")
    await talk.person.says(text, reply_to=question.id, entities=entities or [])
    return await talk.person.next_message(), await talk.person.next_message()


async def kept(database: Database) -> Announcement:
    async with database.snapshot() as tx:
        [announcement] = await under_way(tx)
    return announcement


@pytest.mark.usefixtures("readers")
async def test_what_an_operator_writes_is_shown_as_it_will_look_and_goes_out_when_they_say_so(
    ada: Talk, database: Database
) -> None:
    bold = {"type": "bold", "offset": 0, "length": 5}
    preview, below = await replies(ada, "Hello all\nMore - https://a.org", entities=[bold])
    begun = await ada.presses("📣 Send to 5 chats")

    assert (preview.text, preview.buttons) == ("Hello all", (("More",),))
    assert [(each["type"], each["length"]) for each in preview.raw["entities"]] == [("bold", 5)]
    assert below.text == (
        "⬆️ This is how it looks. It goes to 3 people, 1 group, and 1 channel, which takes about 1 second."
    )
    assert labels(below) == [
        "📣 Send to 5 chats",
        "Languages: all",
        "Chats: all",
        "Categories: all",
        "✏️ Change the message",
        "Do not send",
    ]
    announcement = await kept(database)
    assert (announcement.state, announcement.made_by) == ("fanning out", ada.person.id)
    assert announcement.report_message_id == below.id
    assert announcement.content.buttons == ((("More", "https://a.org"),),)
    assert begun.text == "📣 “Hello all” goes out now."
    assert labels(begun) == ["⏸ Pause or cancel"]


@pytest.mark.usefixtures("readers")
async def test_it_can_be_for_some_only(ada: Talk, database: Database) -> None:
    await replies(ada, "Hello")
    await ada.presses("Languages: all")
    await ada.presses("Chinese")
    languages = await ada.presses("Done")
    await ada.presses("Languages: Chinese")
    await ada.presses("✅ Chinese")
    await ada.presses("Done")
    await ada.presses("Chats: all")
    await ada.presses("people")
    await ada.presses("groups")
    types = await ada.presses("Done")
    await ada.presses("Categories: all")
    await ada.presses("Wasps")
    categories = await ada.presses("Done")
    await ada.presses("Languages: all")
    await ada.presses("Chinese")
    nobody = await ada.presses("Done")

    assert "It goes to 1 person, which" in languages.text
    assert "It goes to 3 people and 1 group, which" in types.text
    assert "It goes to 1 group, which" in categories.text
    assert nobody.text == "⬆️ This is how it looks. But it is for nobody: change for whom it is."
    assert labels(nobody) == ["Languages: Chinese", "Chats: people, groups", "Categories: Wasps", *LAST]
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM announcements WHERE audience <> '{}'") == 1


@pytest.mark.usefixtures("readers")
async def test_it_is_paused_goes_on_and_is_cancelled(ada: Talk, database: Database) -> None:
    await replies(ada, "Hello")
    await ada.presses("📣 Send to 5 chats")

    paused = await ada.presses("⏸ Pause or cancel")
    state = (await kept(database)).state
    going = await ada.presses("▶️ Go on")
    await ada.presses("⏸ Pause or cancel")
    cancelled = await ada.presses("⏹ Cancel for good")

    assert paused.text.splitlines()[0] == "⏸ “Hello” is paused: 0 of 0 chats"
    assert labels(paused) == ["▶️ Go on", "⏹ Cancel for good"]
    assert (state, labels(going)) == ("paused", ["⏸ Pause or cancel"])
    assert (cancelled.text.splitlines()[0], cancelled.buttons) == ("⏹ “Hello” was cancelled: 0 chats", ())
    assert (await kept(database)).state == "cancelled"


@pytest.mark.usefixtures("readers")
async def test_an_operator_reads_of_it_in_their_language(mei: Talk) -> None:
    preview, below = await replies(mei, "大家好\n阅读全文 - https://a.org")
    begun = await mei.presses("📣 发给 5 个聊天")
    paused = await mei.presses("⏸ 暂停或取消")

    assert (preview.text, preview.buttons) == ("大家好", (("阅读全文",),))
    assert below.text == "⬆️ 对方看到的就是这样。将发给 3 人、1 个群组和 1 个频道，大约需要 1 秒钟。"
    assert begun.text.splitlines() == ["📣“大家好”开始发送。"]
    assert paused.text.splitlines() == ["⏸“大家好”已暂停：0/0 个聊天", "已发送 0"]


async def test_what_cannot_be_announced_is_said_and_asked_for_again(ada: Talk) -> None:
    question = await ada.says("/announce")
    await ada.person.says("Hello\nMore - https://localhost", reply_to=question.id)
    answer = await ada.person.next_message()

    assert question.text == ASKED
    assert answer.text == f"A button cannot open https://localhost.\n{ASKED}"


@pytest.mark.usefixtures("readers")
async def test_what_is_not_sent_is_forgotten(ada: Talk, database: Database) -> None:
    await replies(ada, "Hello")

    dropped = await ada.presses("Do not send")

    assert (dropped.text, dropped.buttons) == ("Not sent.", ())
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM announcements WHERE state = 'draft'") == 0


@pytest.mark.usefixtures("readers")
async def test_the_buttons_of_a_draft_that_another_took_the_place_of_send_neither(
    ada: Talk, database: Database
) -> None:
    _, below = await replies(ada, "Hello")
    await replies(ada, "Something else")

    toast = await ada.person.presses("📣 Send to 5 chats", message_id=below.id)

    assert toast.text == "That was decided already."
    async with database.snapshot() as tx:
        assert await under_way(tx) == []


@pytest.mark.usefixtures("readers")
async def test_the_message_is_changed_and_whom_it_is_for_stays(ada: Talk, database: Database) -> None:
    _, below = await replies(ada, "Helo\nMore - https://a.org")
    await ada.presses("Chats: all")
    await ada.presses("people")
    await ada.presses("Done")

    question = await ada.is_sent("✏️ Change the message")
    assert question.text == f"It stays for whom it is. Its buttons stay too, unless you write others.\n{ASKED}"
    await ada.person.says("Hello", reply_to=question.id)
    preview, changed = await ada.person.next_message(), await ada.person.next_message()
    old = await ada.person.presses("📣 Send to 3 chats", message_id=below.id)
    await ada.presses("📣 Send to 3 chats")

    assert (preview.text, preview.buttons) == ("Hello", (("More",),))
    assert labels(changed) == ["📣 Send to 3 chats", "Languages: all", "Chats: people", "Categories: all", *LAST]
    assert old.text == "That was decided already."
    sent = await kept(database)
    assert (sent.content.text, sent.content.buttons) == ("Hello", ((("More", "https://a.org"),),))
    assert sent.audience.types == ("private",)


@pytest.mark.usefixtures("readers")
async def test_until_another_is_written_the_message_stays_and_a_picture_is_as_good(
    mei: Talk, database: Database
) -> None:
    await replies(mei, "大家好")
    await mei.is_sent("✏️ 修改内容")
    await mei.presses("聊天：全部")
    await mei.presses("群组")
    await mei.presses("完成")

    await mei.person.says("一个点\n阅读 - https://a.org", photo=a_picture())
    preview, changed = await mei.person.next_message(), await mei.person.next_message()
    await mei.is_sent("✏️ 修改内容")
    dropped = await mei.presses("不发了")
    # Nothing is awaited any more.
    await mei.person.says("", photo=a_picture())
    answer = await mei.person.next_message()

    assert (preview.raw["caption"], preview.buttons) == ("一个点", (("阅读",),))
    assert "聊天：群组" in labels(changed)
    assert dropped.text == "没有发送。"
    assert answer.text.startswith("发几个词过来")
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM announcements WHERE state = 'draft'") == 0


@pytest.mark.usefixtures("readers")
async def test_of_an_album_the_first_picture_is_announced_and_that_is_said(
    ada: Talk, application: AnyApplication
) -> None:
    await ada.says("/announce")
    sent = (await ada.person.says("A dot", photo=a_picture())).raw
    await ada.person.next_message()
    await ada.person.next_message()
    question = await ada.says("/announce")
    asked = {**question.raw, "from": application.bot.bot.to_dict()}
    for number, reply in enumerate([asked, asked, None]):
        picture = {**sent, "message_id": 9_000 + number, "media_group_id": "1", "reply_to_message": reply}
        await application.process_update(decode({"update_id": 9_000 + number, "message": picture}, application.bot))
    preview, below = await ada.person.next_message(), await ada.person.next_message()

    assert preview.raw["caption"] == "A dot"
    assert below.text.startswith("Of an album only this one goes out.\n⬆️ This is how it looks.")
    # The others are nothing that nobody understands.
    assert (await ada.person.received())[-1].id == below.id
    assert len([each for each in await ada.person.received() if "Of an album" in each.text]) == 1


@pytest.mark.usefixtures("readers")
async def test_what_came_by_way_of_another_bot_can_be_announced_once_it_was_asked_for(
    ada: Talk, bob: Talk, application: AnyApplication, database: Database
) -> None:
    gif = {"id": 99, "is_bot": True, "first_name": "Other", "username": "other_bot"}

    async def shares(talk: Talk, number: int) -> None:
        said = {"message_id": 9_000 + number, "date": 1_750_000_000, "text": "Found elsewhere", "via_bot": gif}
        person = {"id": talk.person.id, "is_bot": False, "first_name": talk.person.name}
        message = {**said, "chat": {"id": talk.person.id, "type": "private"}, "from": person}
        await application.process_update(decode({"update_id": 9_000 + number, "message": message}, application.bot))

    await shares(ada, 1)
    await shares(bob, 2)
    question = await ada.says("/announce")
    await shares(ada, 3)
    preview, below = await ada.person.next_message(), await ada.person.next_message()

    assert question.text == ASKED
    assert preview.text == "Found elsewhere"
    assert below.text.startswith("⬆️ This is how it looks.")
    assert await bob.person.received() == []
    async with database.snapshot() as tx:
        assert await tx.value("SELECT text FROM announcements WHERE state = 'draft'") == "Found elsewhere"


@pytest.mark.usefixtures("readers")
async def test_a_message_can_be_forwarded_once_it_was_asked_for(ada: Talk, database: Database) -> None:
    said = await ada.person.says("Hello from before")
    await ada.person.next_message()
    await ada.says("/announce")
    await ada.person.forwards(said)
    preview, below = await ada.person.next_message(), await ada.person.next_message()
    await ada.presses("📣 Send to 5 chats")
    # Nothing is awaited any more: it is what it always was.
    await ada.person.forwards(said)
    answer = await ada.person.next_message()

    assert preview.text == "Hello from before"
    assert "This is how it looks" in below.text
    assert (await kept(database)).content.text == "Hello from before"
    assert "This is how it looks" not in answer.text


@pytest.mark.usefixtures("readers")
async def test_a_picture_and_a_file_go_by_their_ids(ada: Talk, database: Database) -> None:
    await ada.says("/announce")
    await ada.person.says("A dot\nMore - https://a.org", photo=a_picture())
    preview, _ = await ada.person.next_message(), await ada.person.next_message()
    question = await ada.says("/announce")
    await ada.person.says("", document=("list.txt", b"bees"), reply_to=question.id)
    await ada.person.next_message()
    below = await ada.person.next_message()
    await ada.presses("📣 Send to 5 chats")

    assert (preview.raw["caption"], preview.buttons) == ("A dot", (("More",),))
    assert "photo" in preview.raw
    assert "This is how it looks" in below.text
    content = (await kept(database)).content
    assert (content.method, content.text) == ("sendDocument", "")
    assert content.file_id
    assert (await ada.person.sees("A file")).text.startswith("📣 “A file”")


@pytest.mark.usefixtures("readers")
async def test_another_operator_sees_what_is_under_way(ada: Talk, mei: Talk) -> None:
    await replies(ada, "Hello")
    await ada.presses("📣 Send to 5 chats")

    shown = await mei.says("/announce")
    question = await mei.person.next_message()
    paused = await mei.presses("⏸ 暂停或取消")

    assert shown.text.startswith("📣“Hello”")
    assert "要公告什么" in question.text
    assert paused.text.startswith("⏸“Hello”已暂停")


async def test_to_anybody_else_it_is_no_command_and_no_question(bob: Talk, database: Database) -> None:
    await bob.says("/start")
    answer = await bob.says("/announce")
    question = await bob.person.says(ASKED)
    await bob.person.next_message()
    await bob.person.says("Hello", reply_to=question.id)
    await bob.person.next_message()

    assert answer.text == "I do not know /announce. All I know: /help"
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM announcements") == 0


@pytest.mark.usefixtures("readers")
async def test_nobody_else_can_press_the_buttons(
    ada: Talk, bob: Talk, telegram_bot: ExtBot[None], database: Database
) -> None:
    await replies(ada, "Hello")
    await bob.says("/start")
    async with database.snapshot() as tx:
        id_ = await tx.value("SELECT id FROM announcements WHERE state = 'draft'")
    taps: list[Tap] = [
        StartAnnouncement(id_), DropAnnouncement(id_), ChangeAnnouncement(id_),
        ShowAim(id_, "types", 0), Aim(id_, "types", "group", True, 0),
        PauseAnnouncement(id_), ResumeAnnouncement(id_), CancelAnnouncement(id_),
    ]  # fmt: skip
    for tap in taps:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("forged", callback_data=write(tap))]])
        await telegram_bot.send_message(bob.person.id, "From somewhere", reply_markup=keyboard)
        await bob.person.presses("forged")

    async with database.snapshot() as tx:
        assert await last_announcements(tx, limit=9) == []
        draft = await announcement_with(tx, id_)
    assert draft is not None
    assert (draft.state, draft.audience) == ("draft", EVERYONE)


def a_picture() -> bytes:
    """A PNG of one black dot."""
    chunks = [(b"IHDR", pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", compress(b"\0\0")), (b"IEND", b"")]
    written = (pack(">I", len(data)) + name + data + pack(">I", crc32(name + data)) for name, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)
