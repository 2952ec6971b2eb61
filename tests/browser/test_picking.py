"""The chat picker on the page: a key of the bot, the chats that fit, the question, and what the bot hears of it."""

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.client import Person, Telegram
from tests.browser.test_page import call, sent
from tests.browser.test_replies import heard
from tests.sandbox.test_picking import POSTING

if TYPE_CHECKING:
    from playwright.async_api import Page

playwright = pytest.importorskip("playwright.async_api", reason="no Playwright: uv sync --group browser")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CHANNEL: dict[str, Any] = {"request_id": 7, "chat_is_channel": True, "request_title": True}
CHANNEL |= {"bot_administrator_rights": POSTING.to_dict()}
KEYBOARD = {"keyboard": [[{"text": "Choose a channel", "request_chat": CHANNEL}]], "one_time_keyboard": True}


async def test_a_channel_is_picked_and_the_bot_may_post_there(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    daily = await telegram.channel("Daily", creator=ada)
    await telegram.group("Bees", creator=ada)
    await sent(telegram, ada, "Where?", reply_markup=KEYBOARD)
    await page.goto(f"{address}#{ada.id}/{ada.id}")

    await page.get_by_role("button", name="Choose a channel").click()
    picker = page.get_by_role("dialog", name="Choose a channel")
    await expect(picker.get_by_role("listitem")).to_have_text(["New channel", "DDaily1 subscriber"])
    await picker.get_by_role("button", name="Daily").click()
    question = page.get_by_role("dialog", name="Share a chat")
    await expect(question).to_contain_text("Digest becomes an administrator there and may: post messages.")
    await question.get_by_role("button", name="Share").click()

    await expect(page.locator(".service").last).to_have_text("Ada shared “Daily” with the bot")
    assert (await heard(telegram))["chat_shared"] == {"chat_id": daily.id, "title": "Daily", "request_id": 7}
    await expect(page.locator(".reply-key")).not_to_be_visible()
    assert await call(telegram, "sendMessage", chat_id=daily.id, text="Good morning")


async def test_a_channel_is_begun_to_be_picked_by_keyboard_alone(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    await sent(telegram, ada, "Where?", reply_markup=KEYBOARD)
    await page.goto(f"{address}#{ada.id}/{ada.id}")

    await page.get_by_role("button", name="Choose a channel").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("No channel of yours fits yet: begin one.")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="New channel")).to_be_visible()
    await page.keyboard.type("News")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Share a chat")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await expect(page.locator(".service").last).to_have_text("Ada shared “News” with the bot")
    shared: dict[str, Any] = (await heard(telegram))["chat_shared"]
    assert (shared["request_id"], shared["title"]) == (7, "News")
