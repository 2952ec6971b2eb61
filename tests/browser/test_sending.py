"""What people send on the page beside plain text: pictures, files, marks, forwards, in a channel's name; and links."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.client import Person, Telegram
from tests.browser.test_page import bubble, sent
from tests.browser.test_replies import heard, write
from tests.sandbox.test_methods import png

if TYPE_CHECKING:
    from playwright.async_api import Page

playwright = pytest.importorskip("playwright.async_api", reason="no Playwright: uv sync --group browser")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LINK = "https://t.me/digest_sandbox_bot"


async def test_a_picture_is_sent_with_a_formatted_caption_or_as_a_file(
    page: "Page", telegram: Telegram, ada: Person, address: str, tmp_path: Path
) -> None:
    picture = tmp_path / "bees.png"
    picture.write_bytes(png(300, 200))
    await page.goto(f"{address}#{ada.id}/{ada.id}")

    await attach(page, picture)
    await page.get_by_label("Caption").fill("All **bees**")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.out .photo")).to_be_visible()
    message = await heard(telegram)
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("All bees", "bold")
    assert message["photo"][0]["width"] == 300

    await attach(page, picture)
    await page.get_by_label("Send as a file").check()
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(page.locator(".message.out .file")).to_contain_text("bees.png")
    updates: list[Any] = await telegram.updates()
    assert updates[-1]["message"]["document"]["mime_type"] == "image/png"


async def test_marks_become_formats_as_in_the_apps(page: "Page", telegram: Telegram, ada: Person, address: str) -> None:
    await page.goto(f"{address}#{ada.id}/{ada.id}")

    await write(page, "通过**硬蒸馏**技术 a__b__c `x` [here](https://example.org/a)")

    await expect(page.locator(".message.out strong")).to_have_text("硬蒸馏")
    message = await heard(telegram)
    assert message["text"] == "通过硬蒸馏技术 a__b__c x here"
    assert [(each["type"], each["offset"], each["length"]) for each in message["entities"]] == [
        ("bold", 2, 3),
        ("code", 16, 1),
        ("text_link", 18, 4),
    ]


async def test_a_message_is_forwarded_and_says_whose_it_was(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    grace = await telegram.person("Grace")
    bees = await telegram.group("Bees", creator=ada)
    await bees.adds(grace)
    said = await grace.says("Honey", chat_id=bees.id)
    await page.goto(f"{address}#{ada.id}/{bees.id}")

    await bubble(page, said.id).hover()
    await page.locator(f"[data-message='{said.id}']").get_by_role("button", name="Forward").click()
    await page.get_by_role("dialog", name="Forward to").get_by_role("button", name="Digest").click()

    await expect(page.get_by_text("Forwarded to Digest")).to_be_visible()
    await page.locator(".chat", has_text="Digest").click()
    await expect(page.locator(".message.out .forwarded")).to_have_text("Forwarded from Grace")
    assert (await heard(telegram))["forward_origin"]["sender_user"]["id"] == grace.id


async def test_somebody_writes_in_the_name_of_their_channel(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    daily = await telegram.channel("Daily", creator=ada)
    bees = await telegram.group("Bees", creator=ada, kind="supergroup")
    await bees.adds()
    await page.goto(f"{address}#{ada.id}/{bees.id}")

    await page.get_by_role("button", name="Write as: Ada").click()
    await page.get_by_role("menuitem", name="Daily").click()
    await expect(page.get_by_role("button", name="Write as: Daily")).to_be_focused()
    await write(page, "/help")

    await expect(page.locator(".message.out .sender")).to_have_text("Daily")
    assert (await heard(telegram))["sender_chat"]["id"] == daily.id


async def test_links_to_the_bot_are_followed_on_the_page(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    bees = await telegram.group("Bees", creator=ada)
    daily = await telegram.channel("Daily", creator=ada)
    rows = {"Group": f"{LINK}?startgroup=hello", "Channel": f"{LINK}?startchannel&admin=post_messages"}
    keyboard = {"inline_keyboard": [[{"text": text, "url": url} for text, url in rows.items()]]}
    await sent(telegram, ada, f"Settings: {LINK}?start=set_7", reply_markup=keyboard)
    await page.goto(f"{address}#{ada.id}/{ada.id}")

    await page.locator(".message.in a", has_text="start=set_7").click()
    await expect(page.locator(".message.out").last).to_contain_text("/start set_7")
    await page.get_by_text("Group", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Bees").click()
    await expect(page).to_have_url(f"{address}/#{ada.id}/{bees.id}")
    await expect(page.locator(".message.out")).to_contain_text("/start@digest_sandbox_bot hello")
    await page.goto(f"{address}#{ada.id}/{ada.id}")
    await page.get_by_text("Channel", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Daily").click()

    await expect(page.locator(".header-status")).to_have_text("2 subscribers")
    updates: list[Any] = await telegram.updates()
    bot = updates[-1]["my_chat_member"]
    assert (bot["chat"]["id"], bot["new_chat_member"]["can_post_messages"]) == (daily.id, True)


async def attach(page: "Page", file: Path) -> None:
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Attach a photo or file").click()
    await (await chooser.value).set_files(file)
    await expect(page.get_by_role("dialog").get_by_label("Caption")).to_be_focused()
