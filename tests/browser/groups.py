"""The pictures of docs/groups.md: `uv run --group browser python -m tests.browser.groups`, or some: `… group forum`."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.sandbox.client import Group, Person
from tests.browser import camera
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.phone import Phone
from tests.test_demo import a_demo, somebody

if TYPE_CHECKING:
    from playwright.async_api import Browser

PICTURES = Path(__file__).parents[2] / "docs" / "groups"
_SOON_MS = 30_000
# Ada is the operator where something is announced: the demo's first person has the first number.
_OPERATED = {"DIGEST_BOT_ADMINS": "1001"}
_LOCALES = {"小明": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Story:
    """Somebody's phone, and who they are."""

    phone: Phone
    person: Person

    async def look_at(self, chat: Group | None = None, *, topic: int | None = None) -> None:
        """Open a chat, or that with the bot."""
        place = [self.person.id, chat.id if chat else self.person.id, *([] if topic is None else [topic])]
        await self.phone.page.evaluate("place => location.hash = place", "/".join(map(str, place)))
        title = chat.title if chat else "Digest"
        await self.phone.page.get_by_role("heading", name=title, level=2).wait_for()

    async def presses(self, button: str) -> None:
        """Tap the newest button that begins so, and let the answer come."""
        await self.phone.page.locator(".key:visible", has_text=button).last.tap()
        await self.phone.page.wait_for_timeout(1_200)

    async def answers(self, text: str) -> None:
        """Answer what the bot asks for."""
        await self.phone.says(text)
        await self.phone.page.wait_for_timeout(1_200)

    async def take(self, name: str, *, since: int = 1) -> None:
        """Take so many of the last messages."""
        messages = self.phone.page.locator(".message")
        count = await messages.count()
        await camera.take(self.phone.page, path(name), first=messages.nth(count - since), last=messages.last)

    async def take_screen(self, name: str) -> None:
        """Take all that the phone shows."""
        await camera.take_screen(self.phone.page, path(name))


def path(name: str) -> Path:
    return PICTURES / f"{name}.png"


async def main() -> None:
    """Take the pictures of a group, a forum, a channel and an announcement."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 as in reading

    PICTURES.mkdir(exist_ok=True)
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for name, story, settings in _STORIES:
            if not sys.argv[1:] or story.__name__.strip("_") in sys.argv[1:]:
                await _tell(browser, name, story, **settings)
        await browser.close()
    camera.weigh(PICTURES)


async def _tell(browser: "Browser", name: str, story: Callable[[Story], Awaitable[None]], **settings: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with a_demo(Path(folder), **settings) as telegram:
            phone = await Phone.at(browser, telegram, locale=_LOCALES.get(name, "en-GB"))
            await camera.make_plain(phone.page)
            await phone.open(name)
            await phone.tap("START")
            await phone.page.locator(".message.in").wait_for()
            await story(Story(phone, await somebody(telegram, name)))
            await phone.context.close()


async def _group(story: Story) -> None:
    bees = await story.phone.telegram.group("Bee keepers", creator=story.person, kind="supergroup")
    await bees.adds()
    await story.look_at(bees)
    await bees.sees("An administrator")
    await story.take("en-group")


async def _forum(story: Story) -> None:
    hive = await story.phone.telegram.group("Hive", creator=story.person, kind="supergroup")
    await hive.turns_on_topics()
    await hive.promotes()
    await hive.topic("Tools")
    await story.look_at(hive)
    await story.person.says("/route", chat_id=hive.id)
    await hive.sees("No topic of Hive")
    await story.presses("Tools")
    await story.presses("Tools")
    await story.presses("‹")
    await story.presses("Industry")
    await story.take("en-route-new")
    await story.presses("＋ New topic")
    await story.presses("‹")
    await story.take("en-route")
    for topic in await _topics(hive):
        await story.person.says("/settings layout headlines", chat_id=hive.id, topic_id=topic)
    await _published(story, 4)
    for name, topic in zip(("en-forum-1", "en-forum-2"), await _topics(hive), strict=True):
        await story.look_at(hive, topic=topic)
        await story.phone.page.locator(".message.in", has_text="#Open_Source").wait_for()
        await story.phone.page.locator(".scroller").evaluate("list => list.scrollTo(0, list.scrollHeight)")
        await story.take_screen(name)


async def _channel(story: Story) -> None:
    daily = await story.phone.telegram.channel("Daily honey", creator=story.person)
    await _pick(story, daily, "en-pick")
    await story.take("en-channel-welcome", since=2)
    await story.presses("Choose categories")
    await story.presses("Research")
    await story.presses("Done")
    await story.presses("Layout: full")
    await story.presses("Footer")
    await story.answers("Made by __Ada and the bees__")
    await story.presses("Buttons")
    await story.answers("All about bees - https://example.org/bees")
    await story.presses("‹ Back")
    await story.take("en-channel-settings")
    await story.presses("👁 Preview")
    await story.take("en-channel-preview", since=2)
    await story.presses("Post from now on")
    await _published(story, 2)
    await daily.sees("Made by")
    await story.look_at(daily)
    await story.take_screen("en-channel")


async def _pick(story: Story, channel: Group, name: str = "") -> None:
    page = story.phone.page
    await story.phone.says("/channels")
    await page.locator(".reply-key").first.tap()
    await page.get_by_role("dialog").get_by_role("button", name=channel.title).wait_for()
    if name:
        await story.take_screen(name)
    await page.get_by_role("dialog").get_by_role("button", name=channel.title).tap()
    await page.locator("dialog form button[value=go]").tap()
    await page.locator(".message.in", has_text=channel.title).last.wait_for()


async def _announcement(story: Story) -> None:
    telegram = story.phone.telegram
    readers = [await telegram.person(f"Reader {number}") for number in range(1, 9)]
    for reader in readers:
        await reader.says("/start")
        await reader.next_message()
    await readers[-1].deactivates()
    await story.phone.says("/announce")
    await story.answers("**We are back**: digests come every four hours again.\nRead more - https://example.org")
    await story.take("en-announce", since=2)
    await story.presses("Send to")
    report = story.phone.said("is done")
    await report.wait_for(timeout=_SOON_MS)
    await camera.take(story.phone.page, path("en-announced"), first=report, last=report)


async def _chinese_channel(story: Story) -> None:
    daily = await story.phone.telegram.channel("每日蜂讯", creator=story.person)
    await _pick(story, daily)
    await story.presses("全部订阅")
    await story.presses("全部设置")
    await story.take("zh-channel-settings")


async def _topics(forum: Group) -> list[int]:
    chats = (await forum.telegram.state())["chats"]
    return [topic["id"] for chat in chats if chat["id"] == forum.id for topic in chat["topics"]]


async def _published(story: Story, count: int) -> None:
    for _ in range(count):
        await story.phone.telegram.publish()
        await story.phone.page.wait_for_timeout(5_000)


_STORIES: tuple[tuple[str, Callable[[Story], Awaitable[None]], dict[str, str]], ...] = (
    ("Ada", _group, {}),
    ("Ada", _forum, {}),
    ("Ada", _channel, {}),
    ("Ada", _announcement, _OPERATED),
    ("小明", _chinese_channel, {}),
)


if __name__ == "__main__":
    asyncio.run(main())
