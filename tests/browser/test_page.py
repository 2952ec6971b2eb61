"""The page by itself: what it makes of messages, and how it is used by hand, by keyboard and by ear."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import TOKEN

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

playwright = pytest.importorskip("playwright.async_api", reason="no Playwright: uv sync --group browser")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LONG = "一二三四五六七八九十" * 30


async def call(telegram: Telegram, method: str, **parameters: object) -> dict[str, Any]:
    """Do as the bot."""
    async with telegram.session.post(f"/bot{TOKEN}/{method}", json=parameters) as response:
        answer: dict[str, Any] = await response.json()
    assert answer["ok"], answer
    result: dict[str, Any] = answer["result"]
    return result


async def sent(telegram: Telegram, ada: Person, text: str, *entities: dict[str, Any], **more: object) -> int:
    """The id of a message of the bot to Ada."""
    message = await call(telegram, "sendMessage", chat_id=ada.id, text=text, entities=list(entities), **more)
    return int(message["message_id"])


def entity(kind: str, offset: int, length: int, **more: object) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def bubble(page: "Page", message_id: int) -> "Locator":
    return page.locator(f"[data-message='{message_id}'] .text")


async def test_entities_are_counted_in_utf_16_units_and_nest(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    styled = await sent(
        telegram,
        ada,
        "😀 link both rest",
        entity("text_link", 3, 9, url="https://example.org/"),
        entity("italic", 8, 4),
        entity("code", 13, 4),
    )

    await page.goto(address)

    await expect(bubble(page, styled).locator("a")).to_have_text("link both")
    await expect(bubble(page, styled).locator("a em")).to_have_text("both")
    await expect(bubble(page, styled).locator("code")).to_have_text("rest")


async def test_entities_that_cross_are_shown_in_pieces(page: "Page", ada: Person, address: str) -> None:
    await page.goto(f"{address}#{ada.id}")
    pieces = await page.evaluate(
        """async () => {
            const { nested } = await import("/page/entities.js");
            const flat = (each) => typeof each === "string" ? each : [each.entity.type, ...each.children.map(flat)];
            const crossing = [{ type: "bold", offset: 0, length: 4 }, { type: "italic", offset: 2, length: 4 }];
            return nested("abcdef!", crossing).map(flat);
        }"""
    )

    assert pieces == [["bold", "ab", ["italic", "cd"]], ["italic", "ef"], "!"]


async def test_what_looks_like_markup_is_shown_as_it_was_written(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    markup = "<img src=x onerror=alert(1)><b>not bold</b>"
    written = await sent(telegram, ada, markup, reply_markup={"inline_keyboard": [[{"text": markup, "url": "a.b"}]]})

    await page.goto(address)

    await expect(bubble(page, written)).to_contain_text(markup)
    await expect(page.locator(".key")).to_have_text(markup)
    assert await page.locator("#conversation img, #conversation b").count() == 0


async def test_a_time_is_told_in_the_zone_of_the_browser(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    noon = entity("date_time", 0, 4, unix_time=1_763_726_400, date_time_format="Dt")
    told = await sent(telegram, ada, "then", noon)

    await page.goto(address)

    await expect(bubble(page, told).locator("time").first).to_have_text("21 November 2025 at 20:00")


async def test_a_long_quote_is_folded_until_it_is_opened_and_an_edit_leaves_it_open(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    quoted = await sent(telegram, ada, LONG, entity("expandable_blockquote", 0, len(LONG)))
    await page.goto(address)
    quote = bubble(page, quoted).locator(".quote")
    folded = await height(quote)

    await quote.get_by_role("button", name="Read the whole quote").click()
    opened = await height(quote)
    await call(
        telegram,
        "editMessageText",
        chat_id=ada.id,
        message_id=quoted,
        text=f"{LONG}!",
        entities=[entity("expandable_blockquote", 0, len(LONG))],
    )

    await expect(bubble(page, quoted)).to_contain_text("!")
    assert folded < opened / 2
    assert await height(quote) == opened


async def test_a_short_quote_has_nothing_to_unfold(page: "Page", telegram: Telegram, ada: Person, address: str) -> None:
    quoted = await sent(telegram, ada, "Short.", entity("expandable_blockquote", 0, 6))

    await page.goto(address)

    await expect(bubble(page, quoted).locator(".quote")).to_be_visible()
    await expect(bubble(page, quoted).locator(".fold-button")).not_to_be_visible()


async def test_a_hashtag_searches_the_chat(page: "Page", telegram: Telegram, ada: Person, address: str) -> None:
    await sent(telegram, ada, "one #开源动态")
    await sent(telegram, ada, "two #tools")
    await sent(telegram, ada, "three #开源动态")
    await page.goto(address)

    await page.locator(".message").get_by_role("button", name="#开源动态").first.click()

    await expect(page.get_by_role("searchbox")).to_have_value("#开源动态")
    await expect(page.locator(".search-result")).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("searchbox")).not_to_be_visible()


async def test_a_search_finds_what_is_not_on_the_page_yet(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    await sent(telegram, ada, "a needle")
    for number in range(250):
        await sent(telegram, ada, f"straw {number}")
    await page.goto(address)
    await expect(page.locator(".message", has_text="straw 249")).to_be_attached()
    await expect(page.locator(".message", has_text="a needle")).to_have_count(0)

    await page.keyboard.press("Control+f")
    await page.keyboard.type("Needle")

    await expect(page.locator(".search-result")).to_contain_text("a needle")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message", has_text="a needle")).to_be_in_viewport()


async def test_a_press_shows_the_toast_or_the_alert_of_the_bot(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    buttons = [[{"text": "Toast", "callback_data": "t"}, {"text": "Alert", "callback_data": "a"}]]
    await sent(telegram, ada, "Choose", reply_markup={"inline_keyboard": buttons})
    await page.goto(address)

    await page.get_by_role("button", name="Toast").click()
    await answer(telegram, await pressed(telegram), text="Done quietly")
    await expect(page.get_by_role("status").filter(has_text="Done quietly")).to_be_visible()

    await page.get_by_role("button", name="Alert").click()
    await answer(telegram, await pressed(telegram), text="Done loudly", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("Done loudly")
    await page.get_by_role("button", name="OK").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_the_focus_stays_on_a_button_that_changes_by_being_pressed(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    off = {"inline_keyboard": [[{"text": "Off", "callback_data": "on"}, {"text": "Other", "callback_data": "o"}]]}
    on = {"inline_keyboard": [[{"text": "On", "callback_data": "off"}, {"text": "Other", "callback_data": "o"}]]}
    message = await sent(telegram, ada, "Switch", reply_markup=off)
    await page.goto(address)

    await page.get_by_role("button", name="Off").focus()
    await page.keyboard.press("Enter")
    query = await pressed(telegram)
    await call(telegram, "editMessageReplyMarkup", chat_id=ada.id, message_id=message, reply_markup=on)
    await answer(telegram, query)

    await expect(page.get_by_role("button", name="On", exact=True)).to_be_focused()


async def test_the_commands_are_offered_in_the_language_of_the_person(
    page: "Page", telegram: Telegram, address: str
) -> None:
    ming = await telegram.person("小明", language="zh-hans")
    await ming.says("/start")
    await call(telegram, "setMyCommands", commands=[{"command": "help", "description": "What I can do"}])
    chinese = [{"command": "latest", "description": "最新"}, {"command": "help", "description": "帮助"}]
    await call(telegram, "setMyCommands", commands=chinese, language_code="zh")
    await page.goto(address)
    await expect(page.get_by_role("combobox", name="Message")).to_be_visible()

    await page.keyboard.type("/")
    await expect(page.locator(".command")).to_have_text(["/latest最新", "/help帮助"])
    await page.keyboard.type("he")
    await expect(page.locator(".command")).to_have_text(["/help帮助"])
    await page.keyboard.press("Enter")

    await expect(page.locator(".message.out").last).to_contain_text("/help")


async def test_the_page_is_used_by_keyboard_alone(page: "Page", telegram: Telegram, address: str) -> None:
    await telegram.person("Ada")
    await telegram.person("Bo")
    await page.goto(address)
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()

    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Bo", level=1)).to_be_visible()
    await page.locator(".chat").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")

    await expect(page.locator(".message.out")).to_contain_text("/start")
    await page.keyboard.type("hello")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.out").last).to_contain_text("hello")
    await page.keyboard.press("Escape")
    await expect(page.locator(".chat")).to_be_focused()


async def test_a_new_message_is_spoken_and_counted_where_it_is_not_seen(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    bo = await telegram.person("Bo")
    await bo.says("/start")
    await page.goto(f"{address}#{bo.id}/{bo.id}")
    await expect(page.locator(".message.out")).to_have_count(1)

    await sent(telegram, bo, "Good morning, Bo")
    await sent(telegram, ada, "Good morning, Ada")

    await expect(page.get_by_role("log")).to_have_text("Digest: Good morning, Bo")
    await page.get_by_role("button", name="Ada, 1 unread").click()
    await expect(page.locator(".message", has_text="Good morning, Ada")).to_be_in_viewport()
    await expect(page.locator(".badge")).to_have_count(0)


async def test_messages_are_followed_whatever_comes_and_turns_until_one_looks_further_up(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    first = await sent(telegram, ada, LONG)
    await page.goto(f"{address}#{ada.id}/{ada.id}")
    await expect(bubble(page, first)).to_be_in_viewport()

    for _ in range(20):
        last = await sent(telegram, ada, LONG)
    await expect(bubble(page, last)).to_be_in_viewport()

    for width, height in ((390, 800), (800, 390), (1440, 900)):
        await page.set_viewport_size({"width": width, "height": height})
        await expect(bubble(page, last)).to_be_in_viewport()

    await page.locator(".scroller").hover()
    await page.mouse.wheel(0, -400)
    await expect(page.get_by_role("button", name="To the newest message")).to_be_visible()
    unseen = await sent(telegram, ada, "Unseen")
    await expect(bubble(page, unseen)).to_have_count(1)
    await page.wait_for_timeout(1_000)
    await expect(bubble(page, unseen)).not_to_be_in_viewport()


async def test_a_fault_is_switched_on_and_its_refusal_is_seen(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    await page.goto(address)
    await page.get_by_label("How often").select_option("once")

    await page.get_by_role("switch", name="Too many requests").click()
    await expect(page.get_by_role("switch", name="Too many requests")).to_be_checked()
    async with telegram.session.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": ada.id, "text": "hi"}) as response:
        assert response.status == 429

    await expect(page.locator(".call[data-outcome='refused']")).to_contain_text("retry after 5")
    await expect(page.get_by_role("switch", name="Too many requests")).not_to_be_checked()


async def test_nothing_offers_to_publish_where_no_one_handed_that_in(page: "Page", ada: Person, address: str) -> None:
    assert ada.id

    await page.goto(address)

    await expect(page.get_by_role("heading", name="Developer")).to_be_visible()
    await expect(page.get_by_role("button", name="Publish next digest")).not_to_be_visible()


async def test_on_a_phone_list_and_chat_are_two_screens(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    await sent(telegram, ada, "Good morning")
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(address)
    await expect(page.locator(".message").first).not_to_be_visible()

    await page.locator(".chat").click()
    await expect(page.locator(".message", has_text="Good morning")).to_be_in_viewport()
    await expect(page.locator(".chat")).not_to_be_visible()
    await page.get_by_role("button", name="Back to the chats").click()
    await expect(page.locator(".chat")).to_be_visible()
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide == 390


async def test_the_theme_follows_the_system_until_it_is_switched(page: "Page", ada: Person, address: str) -> None:
    assert ada.id
    await page.emulate_media(color_scheme="dark")
    await page.goto(address)
    await expect(page.locator("body")).to_have_css("background-color", "rgb(24, 24, 24)")

    await page.get_by_role("button", name="Dark").click()

    await expect(page.locator("body")).to_have_css("background-color", "rgb(244, 244, 245)")
    await page.reload()
    await expect(page.locator("body")).to_have_css("background-color", "rgb(244, 244, 245)")


async def pressed(telegram: Telegram) -> str:
    """The id of the callback query of a press, as soon as it is there."""
    offset = 0
    async with asyncio.timeout(15):
        while True:
            updates: Any = await call(telegram, "getUpdates", timeout=5, offset=offset)
            for update in updates:
                offset = update["update_id"] + 1
                if "callback_query" in update:
                    await call(telegram, "getUpdates", offset=offset)
                    return str(update["callback_query"]["id"])


async def answer(telegram: Telegram, query: str, **parameters: object) -> None:
    await call(telegram, "answerCallbackQuery", callback_query_id=query, **parameters)


async def height(element: "Locator") -> float:
    box = await element.bounding_box()
    assert box is not None
    return box["height"]
