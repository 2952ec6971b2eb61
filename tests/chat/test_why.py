"""Why a digest came, came in part, or did not come."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from telegram import Update

from bot.clock import SystemClock
from bot.sandbox.seen import Message
from storage.model import ALL, MadeOf, Schedule, Selection, Word
from storage.schedules import set_schedule
from storage.time import to_millis
from storage.words import keep_words
from tests.chat.conftest import MONDAY, AnyApplication, Archive, Talk, a_digest, an_item, labels
from tests.sent import add_delivery, add_roundup

NOW = SystemClock().now()
SOME = (
    an_item("通义发布 Qwen3", "https://example.org/qwen"),
    an_item("马斯克又说了什么", "https://example.org/musk"),
    an_item("机器人上岗", "https://example.org/robots"),
    an_item("Qwen3 的推理更快", "https://example.org/fast"),
)
EARLY = replace(a_digest("早报", of="AI", items=SOME), permalink="https://example.org/early/")

TOO_LATE = "I could not reach you with it in time, and then it was old news."
OLD_NEWS = "It did not come to anybody: it was old news when I found it."
TO_BE_READ = "It did not come to anybody: it was published only to be read."
LONG_AGO = "That was long ago: who got what I know for a month."
STOPPED = "It did not come: you have stopped me. /start brings back what you had."


async def published(archive: Archive, *, baseline: bool = False) -> None:
    """A source that has been looked at long ago, and the digest of Monday."""
    await archive.add(EARLY)
    async with archive.database.transaction() as tx:
        seen = to_millis(MONDAY)
        await tx.run("UPDATE sources SET first_look_completed_at = :at", {"at": seen + 1 if baseline else seen - 1})
        # Whoever is there now was there before.
        await tx.run("UPDATE subscribers SET created_at = :at", {"at": seen - 1})


async def sent(archive: Archive, selection: Selection = ALL, *, language: str = "zh-Hans") -> None:
    async with archive.database.transaction() as tx:
        await add_delivery(tx, 1, 1, made_of=MadeOf(1, 1, "full", language, selection))


async def owed(archive: Archive, state: str, reason: str | None = None, *, held: bool = False) -> None:
    async with archive.database.transaction() as tx:
        await add_delivery(tx, 1, 1, state=state, reason=reason, held=held)


async def words(archive: Archive, kind: str, *shown: str) -> None:
    async with archive.database.transaction() as tx:
        await keep_words(tx, 1, "mute" if kind == "mute" else "follow", [Word(each.lower(), each) for each in shown])


async def scheduled(archive: Archive, schedule: Schedule, *, next_due_at: datetime) -> None:
    async with archive.database.transaction() as tx:
        await set_schedule(tx, 1, schedule, next_due_at=next_due_at)


def lines(message: Message) -> list[str]:
    return message.text.split("\n")


async def test_why_alone_is_about_the_last_digest_that_came(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe AI")
    await published(archive)
    await sent(archive)

    answer = await ada.says("/why")

    assert lines(answer) == ["早报 · no. 1", "It has “AI”, which you chose."]
    assert [each["url"] for each in answer.entities if each["type"] == "text_link"] == ["https://example.org/early/"]
    assert labels(answer) == ["Without AI"]
    assert (await ada.presses("Without AI")).text.startswith("Unsubscribed from “AI”.")


async def test_who_gets_everything_gets_it_therefore(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe")
    await published(archive)
    await sent(archive)

    answer = await mei.says("/why")

    assert lines(answer) == ["早报 · 编号 1", "已订阅全部。"]
    assert labels(answer) == ["选择分类"]


async def test_before_anything_came_it_says_so(ada: Talk, mei: Talk, archive: Archive) -> None:
    await published(archive)

    assert (await ada.says("/why")).text == "Nothing has come to you yet.\nYou get nothing."
    assert (await mei.says("/why")).text == "还没有给你发过简报。\n目前没有订阅。"

    await ada.says("/subscribe")
    answer = await ada.says("/why")
    assert answer.text == "Nothing has come to you yet.\nYou get everything."
    assert labels(answer)[:2] == ["Choose categories", "Latest digest"]


async def test_what_words_brought_and_hid_is_counted(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe AI")
    await words(archive, "mute", "马斯克")
    await published(archive)
    await sent(archive, Selection((0, 2, 3)))

    answer = await mei.says("/why 1")

    assert lines(answer) == ["早报 · 编号 1", "它属于你选的“AI”。", "略去 1 条：提到了“马斯克”。"]


async def test_of_a_digest_that_a_word_brought_the_rest_is_explained(mei: Talk, archive: Archive) -> None:
    await mei.says("/start")
    await words(archive, "follow", "Qwen3")
    await published(archive)
    await sent(archive, Selection((0, 3)))

    answer = await mei.says("/why")

    assert lines(answer) == ["早报 · 编号 1", "有 2 条提到你关注的“Qwen3”。", "略去 2 条：没有你要的内容。"]


async def test_told_before_lines_are_explained(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await published(archive)
    await archive.add(a_digest("晚报", hour=5))
    await sent(archive, Selection(None, ((0, 2), (3, 2))))

    assert lines(await ada.says("/why #1"))[2:] == ["2 items are only named: you had them in “晚报”."]


async def test_what_somebody_does_not_want_any_more_came_by_what_they_wanted(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe Robots")
    await published(archive)
    await sent(archive)

    assert lines(await ada.says("/why"))[1:] == ["It came by what you asked for then, which you have changed since."]


@pytest.mark.parametrize(
    "asked",
    ["1", "no. 1", "#1", "https://example.org/early/", "example.org/robots", "https://example.org/qwen?utm_source=x"],
)
async def test_a_digest_is_known_by_its_number_and_by_each_of_its_links(
    ada: Talk, archive: Archive, asked: str
) -> None:
    await ada.says("/subscribe Robots")
    await published(archive)

    answer = await ada.says(f"/why {asked}")

    assert lines(answer) == ["早报 · no. 1", "It did not come: you have not chosen “AI”."]
    assert labels(answer) == ["Show it", "Choose categories"]
    assert (await ada.is_sent("Show it")).text.startswith("早报\n")


async def test_of_a_digest_that_is_read_in_the_archive_one_asks_with_a_tap(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe Robots")
    await published(archive)
    await ada.says("/latest")

    assert lines(await ada.is_sent("Why?")) == ["早报 · no. 1", "It did not come: you have not chosen “AI”."]


@pytest.mark.parametrize(
    "asked", ["0", "99", "9" * 30, "early", "https://elsewhere.example/", "x" * 4000, "😀.", "a.b"]
)
async def test_what_is_no_digest_is_answered_with_how_to_ask(ada: Talk, archive: Archive, asked: str) -> None:
    await ada.says("/subscribe")
    await published(archive)

    assert (await ada.says(f"/why {asked}")).text.startswith("I know no such digest. Its link will do")


async def test_in_chinese_too(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe 机器人")
    await words(archive, "follow", "Claude")
    await published(archive)

    assert lines(await mei.says("/why 1"))[1:] == ["没有发给你：你没有选“AI”。", "也没有提到你关注的“Claude”。"]
    assert (await mei.says("/why 2")).text == "没有找到这一期。可以发它或其中一条的链接，也可以用 /why 回复它。"


async def test_muted_words_may_hide_all_of_it(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await words(archive, "mute", "Qwen3", "马斯克", "机器人")
    await published(archive)
    await owed(archive, "skipped", "muted words hide all of it")

    answer = await ada.says("/why 1")

    assert lines(answer)[1:] == [
        "It did not come: all there was for you mentions “Qwen3”, “机器人”, or “马斯克”, which you muted."
    ]
    assert labels(answer) == [
        "Show it",
        "No longer mute “Qwen3”",
        "No longer mute “机器人”",
        "No longer mute “马斯克”",
        "Choose categories",
    ]
    assert (await ada.presses("No longer mute “马斯克”")).text.startswith("You no longer mute “马斯克”.")


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        ("waiting", None, "It is on its way to you."),
        ("sending", None, "It is on its way to you."),
        ("failed", "Forbidden: bot was blocked by the user", "you had blocked me."),
        ("failed", "Bad Request: message is too long", "Telegram would not take it."),
        ("failed", "given up after 9 tries: no route", TOO_LATE),
        ("failed", "in doubt too often: 1 of 1 parts may have arrived", "It may have come: Telegram never said so."),
        ("skipped", "too late: it was due more than 24 hours ago (DIGEST_BOT_CATCH_UP_HOURS)", TOO_LATE),
        ("skipped", "the subscriber is stopped", "you had stopped me."),
        ("skipped", "stopped by the subscriber", "you had stopped me."),
        ("skipped", "withdrawn by its publisher", "its publisher took it back."),
        ("skipped", "skipped by an operator after a pause", "what had waited while nothing was sent was left out."),
        ("skipped", "unsubscribed since", "it went out before you asked for what would bring it now."),
    ],
)
async def test_each_end_is_said_in_words_for_people(
    ada: Talk, archive: Archive, state: str, reason: str | None, said: str
) -> None:
    await ada.says("/subscribe")
    await published(archive)
    await owed(archive, state, reason)

    assert [line.removeprefix("It did not come: ") for line in lines(await ada.says("/why 1"))[1:]] == [said]


async def test_what_a_snooze_holds_comes_when_the_snooze_was_said_to_end(mei: Talk, archive: Archive) -> None:
    await published(archive)
    await mei.says("/subscribe")
    said = next(line for line in (await mei.says("/snooze 3h")).text.splitlines() if "已暂停到" in line)
    async with archive.database.transaction() as tx:
        await add_delivery(tx, 1, 1, state="waiting", held=True)

    when = said.removeprefix("已暂停到").partition("，")[0]
    assert when.endswith("（北京时间）")
    assert (await mei.says("/why 1")).text.splitlines()[1] == f"按你的设置，{when} 再发给你。"


async def test_what_is_held_says_until_when(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await published(archive)
    await owed(archive, "waiting", held=True)

    await scheduled(archive, Schedule("daily", time_zone="UTC"), next_due_at=NOW + timedelta(days=1))
    answer = await ada.says("/why 1")
    assert lines(answer)[1].startswith("It comes in your next roundup, tomorrow ")
    assert labels(answer) == ["Show it", "When it comes"]
    await scheduled(archive, Schedule("at once"), next_due_at=NOW + timedelta(days=1))
    assert lines(await ada.says("/why 1"))[1].startswith("It waits until tomorrow ")


async def test_in_a_pause_nothing_is_on_its_way(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await published(archive)
    await owed(archive, "waiting")
    async with archive.database.transaction() as tx:
        await tx.run("INSERT INTO pauses (id, since) VALUES (1, 0)")

    assert lines(await ada.says("/why 1"))[1:] == ["Nothing is being sent at the moment. It comes when that is over."]


async def test_what_was_never_owed_is_explained_by_when_it_was(ada: Talk, archive: Archive) -> None:
    await published(archive)
    assert lines(await ada.says("/why 1"))[1:] == ["It did not come: you have not asked for anything yet."]

    await ada.says("/subscribe")
    answer = await ada.says("/why 1")
    assert lines(answer)[1:] == ["It did not come: it is from before you came."]
    # What they chose is not the reason, and nothing to change.
    assert labels(answer) == ["Show it"]

    await published(archive)
    assert lines(await ada.says("/why 1"))[1:] == [
        "It did not come: it went out before you asked for what would bring it now."
    ]

    await published(archive, baseline=True)
    assert lines(await ada.says("/why 1"))[1:] == ["It did not come to anybody: it was there before I began to send."]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE digests SET not_sent = 'it was 2 days old when it was first seen'", OLD_NEWS),
        ("UPDATE digests SET not_sent = 'an operator kept it'", TO_BE_READ),
        ("INSERT INTO fan_outs (digest_id, due_at) VALUES (1, 0)", "It is on its way to you."),
        (
            "INSERT INTO fan_outs (digest_id, due_at, hold) VALUES (1, 0, 'many')",
            "It is not being sent to anybody yet.",
        ),
        ("INSERT INTO tallies (digest_id, kind, state, number) VALUES (1, 'digest', 'sent', 9)", LONG_AGO),
        ("UPDATE subscribers SET state = 'stopped'", STOPPED),
    ],
)
async def test_what_was_done_with_it_for_all_explains_it_too(ada: Talk, archive: Archive, sql: str, said: str) -> None:
    await ada.says("/subscribe")
    await published(archive)
    async with archive.database.transaction() as tx:
        await tx.run(sql)

    assert lines(await ada.says("/why 1"))[1:] == [said]


async def test_a_roundup_is_explained_digest_by_digest(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe AI")
    await words(archive, "follow", "Robots")
    await published(archive)
    await archive.add(a_digest("Evening", hour=5, items=(an_item("Robots dance"), an_item("Else"))))
    async with archive.database.transaction() as tx:
        await add_roundup(tx, 1, {1: ALL, 2: Selection((0,))})

    answer = await ada.says("/why")

    assert answer.text == (
        "2 digests came in one roundup.\n\n"
        "早报 · no. 1\nIt has “AI”, which you chose.\n\n"
        "Evening · no. 2\n“Robots”, which you follow, is in one item.\n"
        "One item left out: it has nothing that you asked for."
    )


async def test_one_digest_of_a_roundup_can_be_asked_about(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe AI")
    await published(archive)
    await archive.add(a_digest("晚报", of="AI", hour=5))
    async with archive.database.transaction() as tx:
        await add_roundup(tx, 1, {1: ALL, 2: ALL})

    assert (await mei.says("/why 1")).text == "早报 · 编号 1\n它属于你选的“AI”。\n它是随汇总发来的。"
    assert (await mei.says("/why")).text.startswith("这份汇总里有 2 期简报。\n\n早报 · 编号 1\n")


async def test_a_roundup_may_have_the_number_of_a_digest_that_was_left_out_of_it(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe AI")
    await published(archive)
    await archive.add(a_digest("Evening", of="AI", hour=5), a_digest("Night", of="AI", hour=6))
    async with archive.database.transaction() as tx:
        await add_roundup(tx, 1, {1: ALL, 2: ALL})
        await tx.run("UPDATE deliveries SET digest_id = 3, edition_id = 3 WHERE kind = 'roundup'")
        await add_delivery(tx, 1, 3, state="skipped", reason="muted words hide all of it")

    assert (await ada.says("/why")).text.startswith("2 digests came in one roundup.\n\n早报 · no. 1\n")


async def test_a_reply_to_a_digest_asks_about_it(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe Robots")
    await published(archive)
    await ada.person.says("/latest")
    shown = await ada.person.next_message()

    await ada.person.says("/why", reply_to=shown.id)

    assert lines(await ada.person.next_message()) == ["早报 · no. 1", "It did not come: you have not chosen “AI”."]


async def test_a_forwarded_digest_asks_about_itself(ada: Talk, archive: Archive, application: AnyApplication) -> None:
    await ada.says("/subscribe Robots")
    await published(archive)

    await forwards(application, ada, "Look at this", link="https://example.org/qwen?utm_source=a-friend")

    assert lines(await ada.person.next_message()) == ["早报 · no. 1", "It did not come: you have not chosen “AI”."]


async def test_whatever_else_is_forwarded_is_looked_for(
    ada: Talk, archive: Archive, application: AnyApplication
) -> None:
    await ada.says("/subscribe Robots")
    await published(archive)

    await forwards(application, ada, "Qwen3", link="https://elsewhere.example/")

    assert "通义发布 Qwen3" in (await ada.person.next_message()).text


async def forwards(application: AnyApplication, talk: Talk, text: str, *, link: str) -> None:
    """Let a person forward to the bot what somebody else wrote."""
    person = {"id": talk.person.id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    message = {
        "message_id": 99,
        "date": 0,
        "chat": {"id": talk.person.id, "type": "private"},
        "from": person,
        "forward_origin": {"type": "hidden_user", "date": 0, "sender_user_name": "Grace"},
        "text": text,
        "entities": [{"type": "text_link", "offset": 0, "length": len(text), "url": link}],
    }
    await application.process_update(Update.de_json({"update_id": 1, "message": message}, application.bot))


async def test_as_much_is_explained_as_a_message_holds(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe AI")
    await words(archive, "follow", *(f"{letter * 60} {letter * 60}" for letter in "abc"))
    summary = " ".join(f"{letter * 60} {letter * 60}" for letter in "abc")
    for number in range(12):
        digest = a_digest(f"{number} {'x' * 900}", of="AI", hour=number, items=(an_item("Else", summary=summary),))
        await archive.add(replace(digest, permalink=f"https://example.org/{'y' * 1_900}/{number}"))
    async with archive.database.transaction() as tx:
        await add_roundup(tx, 1, dict.fromkeys(range(1, 13), ALL))

    answer = await ada.says("/why")

    assert answer.text.startswith("12 digests came in one roundup.\n\n4 xxx")
    assert 1_000 < len(answer.text) <= 4_096
    assert len(answer.entities) == 8
