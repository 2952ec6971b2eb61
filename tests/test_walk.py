"""The walk, whole: a digest file becomes messages in the chats that asked for it."""

import pytest

from bot.sandbox.seen import Message
from tests.running import SHARED, SOON, Place, needs_shared, subscribed

JUNE, JULY = "000_aae3c4845d38b1a5.md", "002_5606b8eff0ab7788.md"


def _links(messages: list[Message]) -> list[str]:
    return [entity["url"] for message in messages for entity in message.entities if entity["type"] == "text_link"]


def _bold(messages: list[Message]) -> list[str]:
    return [
        message.text.encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode(
            "utf-16-le"
        )
        for message in messages
        for entity in message.entities
        if entity["type"] == "bold"
    ]


@needs_shared
async def test_each_subscriber_receives_the_seeds_they_asked_for(place: Place) -> None:
    async with place.running():
        open_source = await subscribed(place.telegram, "Open", "/subscribe 开源动态")
        everything = await subscribed(place.telegram, "All", "/subscribe")
        nothing = await subscribed(place.telegram, "None", "/unsubscribe")
        before = {person.id: len(await person.received()) for person in (open_source, everything, nothing)}

        for name in (JUNE, JULY):
            place.publish(name, (SHARED / "seeds" / name).read_bytes())
        await place.until("SELECT count(*) = 3 FROM deliveries WHERE state = 'sent'")

        received = {
            person.id: (await person.received())[before[person.id] :] for person in (open_source, everything, nothing)
        }

    assert not received[nothing.id]
    july = received[open_source.id]
    assert "2025.07.22.04" in july[0].text
    assert not any("2025.06.20.00" in message.text for message in july)
    assert len(_links(july)) == 8
    assert "硬蒸馏（hard distillation）" in _bold(july)
    assert len(_links(received[everything.id])) == 16
    assert not any("*" in message.text for messages in received.values() for message in messages)
    # The sandbox asks TDLib where it is installed, and refuses what Telegram would.
    assert await place.telegram.calls("sendMessage", outcome="refused") == []


async def test_what_was_there_first_is_kept_and_not_sent(place: Place) -> None:
    place.publish("old.md", "---\ntitle: Old\n---\n1. [Bees](https://example.org/bees)\n")
    async with place.running():
        reader = await subscribed(place.telegram, "Ada", "/subscribe")

        await reader.says("/search bees")
        found = await reader.next_message()

        assert "Bees" in found.text
        assert place.ask("SELECT count(*) FROM deliveries") == [(0,)]


@pytest.mark.long
async def test_a_second_start_sends_nothing_again(place: Place) -> None:
    async with place.running():
        reader = await subscribed(place.telegram, "Ada", "/subscribe")
        place.publish("new.md", "---\ntitle: New\n---\n1. [Bees](https://example.org/bees)\n")
        await reader.sees("Bees")
        await place.until("SELECT state = 'sent' FROM deliveries")
    before = len(await reader.received())

    async with place.running():
        place.publish("newer.md", "---\ntitle: Newer\n---\n1. [Wasps](https://example.org/wasps)\n")
        await reader.sees("Wasps")

    assert len(await reader.received()) == before + 1


async def test_a_broken_file_is_named_and_stops_no_other(place: Place) -> None:
    async with place.running():
        reader = await subscribed(place.telegram, "Ada", "/subscribe")

        place.publish("broken.md", "---\ntitle: @bees\n---\n1. [No](https://example.org/no)\n")
        place.publish("sound.md", "---\ntitle: Sound\n---\n1. [Yes](https://example.org/yes)\n")
        await reader.sees("Yes")
        (problem,) = (await place.status())["sources"][0]["unreadable"]
        place.publish("broken.md", "---\ntitle: Mended\n---\n1. [No more](https://example.org/no)\n")
        await reader.sees("No more")

        assert problem.startswith("broken.md:2: ")
        assert "broken.md:2: " in place.log
        assert (await place.status())["sources"][0]["unreadable"] == []


async def test_telegram_away_at_the_start_is_waited_for(place: Place) -> None:
    fault = await place.telegram.drop("getMe", accepted=False)

    async with place.running(ready=False) as process:
        await place.telegram.called("getMe", count=2, within=SOON)
        await place.telegram.lift(fault)
        await place.telegram.called("getUpdates", within=SOON)

        assert process.returncode is None


@pytest.mark.long
async def test_translations_are_one_digest_and_each_reader_gets_their_own(place: Place) -> None:
    async with place.running():
        chinese = await subscribed(place.telegram, "小明", "/subscribe AI 资讯", language="zh-hans")
        english = await subscribed(place.telegram, "Ada", "/subscribe", language="en-GB")
        french = await subscribed(place.telegram, "Zoé", "/subscribe AI News", language="fr")
        nothing = await subscribed(place.telegram, "None", "/subscribe Chips")
        both = place.folder / "both"
        for path, text in {
            "en/bees.md": "---\ntitle: Bees in town\ncategories: [AI News]\n---\n1. [Bees](https://example.org/bees)\n",
            "zh/bees.md": "---\ntitle: 城里的蜜蜂\ncategories: [AI 资讯]\n---\n1. [蜜蜂](https://example.org/mifeng)\n",
        }.items():
            (both / path).parent.mkdir(parents=True)
            (both / path).write_text(text, encoding="utf-8")
        # Whole at once, as a site is built.
        both.rename(place.source / "posts")

        assert "城里的蜜蜂" in (await chinese.next_message()).text
        assert "Bees in town" in (await english.sees("Bees")).text
        # The source's main language is not named, so it is that of its first file.
        assert "Bees in town" in (await french.sees("Bees")).text
        await place.until("SELECT count(*) = 3 FROM deliveries WHERE state = 'sent'")
        assert place.ask("SELECT count(*) FROM deliveries") == [(3,)]
        assert not any("ees" in message.text for message in await nothing.received())

        # A translation that comes later is there for whoever asks, and not sent.
        place.publish("posts/fr/bees.md", "---\ntitle: Abeilles\n---\n1. [Abeilles](https://example.org/abeilles)\n")
        await place.until("SELECT count(*) = 3 FROM digests")
        await french.says("/latest")
        assert "Abeilles" in (await french.sees("Abeilles")).text
        await chinese.says("/latest 5")
        assert "城里的蜜蜂" in (await chinese.next_message()).text
        assert place.ask("SELECT count(*) FROM deliveries") == [(3,)]
    assert [message.text.count("Bees in town") for message in await english.received()].count(1) == 1
