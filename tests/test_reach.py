"""One digest, in one run, reaches a channel, a group, two topics and hundreds of people, each in its own way.

Telegram refuses whatever comes too fast there, as it does in earnest.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.client import Group, Person, Telegram
from tests.running import Place, a_place_apart

TODAY = datetime.now(UTC)
MORNING = f"""---
title: Morning
date: {TODAY:%Y-%m-%d}
categories: [Daily, AI, Chips]
---
1. [Bees dance](https://example.org/bees)

   They do so in the dark.

2. [Wasps sting](https://example.org/wasps)

   They do so in the light.
"""
TAGS = "#Daily #AI #Chips"
DAYS = {"en": f"{TODAY:%B} {TODAY.day}, {TODAY.year}", "zh-Hans": f"{TODAY.year}年{TODAY.month}月{TODAY.day}日"}
ITEMS = {
    "full": "1. Bees dance\nThey do so in the dark.\n\n2. Wasps sting\nThey do so in the light.",
    "headlines": "1. Bees dance\n2. Wasps sting",
}
LOOKS = [(layout, language) for layout in ITEMS for language in DAYS]
SITE = "https://example.org/"
ENDING = {
    "footer": "更多内容见网站",
    "footer_entities": [{"type": "text_link", "offset": 5, "length": 2, "url": SITE}],
    "signature": "AI 日报",
    "buttons": [["网站", SITE], ["讨论群", "https://t.me/example"]],
}


@dataclass(frozen=True)
class Chats:
    """All who get something."""

    channel: Group
    group: Group
    forum: Group
    # Who is interested in AI, and who in chips.
    topics: Sequence[int]
    people: Mapping[tuple[str, str], Sequence[Person]]


# Of the 30 a second that Telegram takes: where a busy machine lets it stand still for a second, what was sent meanwhile
# comes to it at once.
RATE = 15


@pytest.mark.parametrize(
    ("people", "of_one_topic"),
    [pytest.param(60, [], id="60"), pytest.param(500, ["Models", "Agents"], id="500", marks=pytest.mark.long)],
)
async def test_each_gets_it_in_its_own_layout_and_language_and_nothing_is_too_fast(
    tmp_path: Path, people: int, of_one_topic: list[str]
) -> None:
    messages = people + 4 + len(of_one_topic)
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE=str(RATE)) as place:
        chats = await gather(place.telegram, people)
        await subscribe(place, chats)
        await place.telegram.enforces_pace()
        # What happened before the bot is to learn when it has sent.
        await place.telegram.hold("getUpdates", accepted=True)
        async with place.running():
            place.publish("1.md", MORNING)
            for title in of_one_topic:
                place.publish(
                    f"{title}.md", f"---\ntitle: {title}\ncategories: [AI]\n---\n- [It](https://a.example/{title})\n"
                )
            await place.until(
                "SELECT count(*) = ? AND sum(state = 'sent') = count(*) FROM deliveries",
                messages,
                within=timedelta(seconds=60 + people / 5),
            )
        await each_has_its_own(chats, of_one_topic)
        await nothing_was_too_fast(place.telegram, messages=messages)


async def gather(telegram: Telegram, people: int) -> Chats:
    ada = await telegram.person("Ada")
    channel = await telegram.channel("AI 日报", creator=ada)
    await channel.promotes()
    group = await telegram.group("Bees", creator=ada)
    await group.adds()
    forum = await telegram.group("Forum", creator=ada, kind="supergroup")
    await forum.adds()
    await forum.turns_on_topics()
    topics = [(await forum.topic(name)).id for name in ("AI", "Chips")]
    return Chats(
        channel,
        group,
        forum,
        topics,
        {look: await telegram.crowd(people // len(LOOKS), language=look[1]) for look in LOOKS},
    )


async def subscribe(place: Place, chats: Chats) -> None:
    """Let all of them ask for what they want, as if they came over from another bot."""
    daily: dict[str, Any] = {"categories": ["Daily"]}
    told = [
        daily | {"chat_id": chats.channel.id, "type": "channel", "language": "zh-Hans", "layout": "headlines"},
        daily | {"chat_id": chats.group.id, "type": "group", "language": "en"},
        *(
            {"chat_id": chats.forum.id, "topic_id": topic_id, "type": "supergroup", "categories": [name]}
            for topic_id, name in zip(chats.topics, ("AI", "Chips"), strict=True)
        ),
        *(
            daily | {"chat_id": person.id, "layout": layout, "language": language}
            for (layout, language), people in chats.people.items()
            for person in people
        ),
    ]
    told[0] |= {"sound": False, "ending": ENDING}
    file = place.folder / "subscribers.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in told))
    status, output = await place.command("subscribers", "import", str(file))
    assert status == 0, output


async def each_has_its_own(chats: Chats, of_one_topic: list[str]) -> None:
    for look, people in chats.people.items():
        assert {tuple([message.text for message in await person.received()]) for person in people} == {(text(*look),)}
    [posted] = await chats.channel.received()
    assert posted.text == f"{text('headlines', 'zh-Hans')}\n\n更多内容见网站\n— AI 日报"
    assert [(each["type"], each["length"]) for each in posted.entities[-2:]] == [("text_link", 2), ("italic", 7)]
    assert posted.buttons == (("网站", "讨论群"),)
    [said] = await chats.group.received()
    assert (said.text, said.buttons) == (text("full", "en"), ())
    by_topic = {topic_id: list[str]() for topic_id in chats.topics}
    for message in await chats.forum.received():
        by_topic[message.raw["message_thread_id"]].append(message.text.splitlines()[0])
    ai, chips = (by_topic[topic_id] for topic_id in chats.topics)
    assert (sorted(ai), chips) == (sorted(["Morning", *of_one_topic]), ["Morning"])


async def nothing_was_too_fast(telegram: Telegram, *, messages: int) -> None:
    sends = await telegram.calls("sendMessage")
    assert [call.outcome for call in sends] == ["answered"] * messages
    assert sum(bool(call.parameters.get("disable_notification")) for call in sends) == 1
    pace = await telegram.pace()
    assert (pace["refused"], [pace[lane]["breaches"] for lane in ("bot", "private", "group")]) == (0, [0, 0, 0])


def text(layout: str, language: str) -> str:
    return f"Morning\n{DAYS[language]}\n{TAGS}\n\n{ITEMS[layout]}"
