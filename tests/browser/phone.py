"""A reader's phone, with the sandbox's page on it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.client import Telegram
from tests.browser import camera

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Locator, Page


@dataclass(slots=True)
class Phone:
    """The sandbox's page as wide as a phone; what is tapped in the chat is counted."""

    context: "BrowserContext"
    page: "Page"
    telegram: Telegram
    taps: int = 0

    @classmethod
    async def at(cls, browser: "Browser", telegram: Telegram, *, locale: str = "en-GB") -> "Phone":
        context = await browser.new_context(
            viewport={"width": camera.WIDTH, "height": camera.HEIGHT},
            locale=locale,
            timezone_id="Asia/Shanghai",
            color_scheme="light",
            reduced_motion="reduce",
            has_touch=True,
            is_mobile=True,
        )
        page = await context.new_page()
        page.set_default_timeout(20_000)
        async with telegram.session.get("/") as response:
            await page.goto(str(response.url))
        return cls(context, page, telegram)

    async def open(self, reader: str) -> None:
        """Take the phone of *reader*, and find the bot in the list of chats."""
        await self.page.get_by_role("button", name=reader).click()
        await self.page.get_by_text("Press to begin").click()
        await self.page.get_by_role("button", name="Start", exact=True).wait_for()

    async def tap(self, label: str) -> None:
        """Tap what is called *label*, at the bottom or under a message; a city's button tells the time there, too."""
        start = self.page.get_by_role("button", name="Start", exact=True)
        button = (
            start
            if label == "START"
            else self.page.locator(".key", has_text=re.compile(rf"^{re.escape(label)}( [\d:]+)?$"))
        )
        await button.last.tap()
        self.taps += 1

    async def says(self, text: str) -> None:
        """Write to the bot, and wait for its answer."""
        before = await self.page.locator(".message.in").count()
        await self.page.get_by_role("combobox", name="Message").fill(text)
        await self.page.keyboard.press("Enter")
        await self.page.locator(".message.in").nth(before).wait_for()

    def said(self, words: str) -> "Locator":
        """The message of the bot with *words*."""
        return self.page.locator(".message.in", has_text=words)
