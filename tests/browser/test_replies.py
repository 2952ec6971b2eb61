"""Answers on the page: asked for by the bot, chosen by hand, pressed on its keyboard, and places shared."""

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.client import Person, Telegram
from tests.browser.test_page import bubble, call, sent

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

playwright = pytest.importorskip("playwright.async_api", reason="no Playwright: uv sync --group browser")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FORCE = {"force_reply": True, "input_field_placeholder": "Berlin, Lagos …"}


async def test_what_the_bot_asks_for_goes_out_as_an_answer_to_it(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    await page.goto(f"{address}#{ada.id}/{ada.id}")
    await expect(field(page)).to_be_visible()

    question = await sent(telegram, ada, "Which city?", reply_markup=FORCE)
    await expect(bar(page)).to_contain_text("Reply to DigestWhich city?")
    await expect(field(page)).to_be_focused()
    await expect(field(page)).to_have_attribute("placeholder", "Berlin, Lagos …")
    await page.reload()
    await expect(bar(page)).to_be_visible()
    await write(page, "Lagos")

    await expect(page.locator(".message.out .reply")).to_have_text("DigestWhich city?")
    assert (await heard(telegram))["reply_to_message"]["message_id"] == question
    await expect(bar(page)).not_to_be_visible()
    await expect(field(page)).to_have_attribute("placeholder", "Message")


async def test_an_answer_that_is_declined_stays_so(page: "Page", telegram: Telegram, ada: Person, address: str) -> None:
    await sent(telegram, ada, "Which city?", reply_markup=FORCE)
    await page.goto(f"{address}#{ada.id}/{ada.id}")

    await page.get_by_role("button", name="Do not reply").click()
    await expect(bar(page)).not_to_be_visible()
    await expect(field(page)).to_be_focused()
    await sent(telegram, ada, "Take your time")
    await expect(page.locator(".message.in", has_text="Take your time")).to_be_visible()
    await expect(bar(page)).not_to_be_visible()

    await write(page, "hello")
    await expect(page.locator(".message.out", has_text="hello")).to_be_visible()
    assert "reply_to_message" not in await heard(telegram)


async def test_any_message_is_answered_by_pointer_and_by_keyboard(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    first = await sent(telegram, ada, "One")
    second = await sent(telegram, ada, "Two")
    await page.goto(f"{address}#{ada.id}/{ada.id}")

    await bubble(page, second).hover()
    await page.locator(f"[data-message='{second}']").get_by_role("button", name="Reply").click()
    await expect(bar(page)).to_contain_text("Two")
    await page.keyboard.press("Control+ArrowUp")
    await expect(bar(page)).to_contain_text("One")
    await page.keyboard.press("Control+ArrowDown")
    await page.keyboard.press("Control+ArrowDown")
    await expect(bar(page)).not_to_be_visible()
    await page.keyboard.press("Control+ArrowUp")
    await page.keyboard.press("Escape")
    await expect(bar(page)).not_to_be_visible()
    await page.keyboard.press("Control+ArrowUp")
    await page.keyboard.press("Control+ArrowUp")
    await write(page, "To the first")

    await expect(page.locator(".message.out .reply")).to_have_text("DigestOne")
    assert (await heard(telegram))["reply_to_message"]["message_id"] == first


async def test_a_keyboard_sends_its_words_folds_and_goes(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    once = {"keyboard": [[{"text": "Yes"}, {"text": "No"}]], "one_time_keyboard": True, "resize_keyboard": True}
    await sent(telegram, ada, "Really?", reply_markup=once)
    await page.goto(f"{address}#{ada.id}/{ada.id}")

    await key(page, "Yes").click()
    await expect(page.locator(".message.out").last).to_contain_text("Yes")
    await expect(key(page, "Yes")).not_to_be_visible()
    await page.reload()
    await page.get_by_role("button", name="Show the keyboard").click()
    await expect(key(page, "No")).to_be_visible()

    always = {"keyboard": [[{"text": "More"}]], "is_persistent": True}
    await sent(telegram, ada, "Always", reply_markup=always)
    await key(page, "More").click()
    await expect(page.locator(".message.out").last).to_contain_text("More")
    await expect(key(page, "More")).to_be_visible()
    await expect(page.get_by_role("button", name="Hide the keyboard")).not_to_be_visible()

    await sent(telegram, ada, "Enough", reply_markup={"remove_keyboard": True})
    await expect(key(page, "More")).not_to_be_visible()


async def test_a_button_that_asks_where_one_is_shares_the_place_that_is_chosen(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    share = {"keyboard": [[{"text": "Here I am", "request_location": True}]], "one_time_keyboard": True}
    await sent(telegram, ada, "Where are you?", reply_markup=share)
    await page.goto(f"{address}#{ada.id}/{ada.id}")

    await key(page, "Here I am").click()
    await page.get_by_text("New York").click()
    await page.get_by_role("spinbutton", name="Longitude").fill("-80.5")
    await expect(page.get_by_role("radio", name="New York")).not_to_be_checked()
    await page.get_by_role("button", name="Share", exact=True).click()

    await expect(page.locator(".message.out .location")).to_have_text("40.7128° N, 80.5000° W")
    await expect(page.locator(".chat-last")).to_contain_text("Location")
    await expect(key(page, "Here I am")).not_to_be_visible()
    assert (await heard(telegram))["location"] == {"latitude": 40.7128, "longitude": -80.5}


def bar(page: "Page") -> "Locator":
    return page.locator(".reply-bar")


def field(page: "Page") -> "Locator":
    return page.get_by_role("combobox", name="Message")


def key(page: "Page", label: str) -> "Locator":
    return page.get_by_label("Keyboard of the bot").get_by_role("button", name=label, exact=True)


async def write(page: "Page", text: str) -> None:
    await field(page).fill(text)
    await page.keyboard.press("Enter")


async def heard(telegram: Telegram) -> dict[str, Any]:
    """The message that the bot heard last."""
    updates: Any = await call(telegram, "getUpdates")
    message: dict[str, Any] = updates[-1]["message"]
    return message
