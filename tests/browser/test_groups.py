"""Groups, topics and channels on the page: begun, peopled, ruled and written in, by pointer and by keyboard."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.client import Person, Telegram
from tests.browser.test_page import call
from tests.sandbox.conftest import TOKEN

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Route

playwright = pytest.importorskip("playwright.async_api", reason="no Playwright: uv sync --group browser")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_bot_is_added_to_a_group_promoted_muted_and_thrown_out(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    await telegram.person("Bo")
    await page.goto(f"{address}#{ada.id}")
    await begin(page, "New group", "Bees", "Bo")
    await expect(page.locator(".service").last).to_have_text("Ada added Bo")

    await page.get_by_role("button", name="Bees 2 members").click()
    info = page.get_by_label("Group info")
    await info.get_by_role("button", name="Add members").click()
    await page.get_by_role("checkbox", name="Digest").check()
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(member(page, "Digest")).to_contain_text("has no access to messages")
    await expect(page.locator(".service").last).to_have_text("Ada added Digest")

    # The pane stays, though it is another chat then.
    await info.get_by_role("button", name="Make it a supergroup").click()
    await expect(info.get_by_text("3 members · supergroup")).to_be_visible()
    await administer(page, "Digest", "Mute")
    await expect(member(page, "Digest")).to_contain_text("muted")
    group = await chat_of(page)
    assert await refusal(telegram, group) == "Bad Request: not enough rights to send text messages to the chat"

    await administer(page, "Digest", "Make administrator")
    await page.get_by_role("button", name="Save").click()
    await expect(member(page, "Digest").locator(".member-role")).to_have_text("admin")
    await call(telegram, "sendMessage", chat_id=group, text="Good morning, bees")
    await expect(page.locator(".message.in .sender").last).to_have_text("Digest")

    await administer(page, "Digest", "Remove from the group")
    await expect(member(page, "Digest")).to_have_count(0)
    assert await refusal(telegram, group) == "Forbidden: bot was kicked from the supergroup chat"


async def test_a_topic_has_its_own_messages_and_unread_ones(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    await page.goto(f"{address}#{ada.id}")
    await begin(page, "New group with topics", "Bees", "Digest")
    await page.get_by_role("button", name="New topic").click()
    await page.get_by_label("Name", exact=True).fill("Swarms")
    await page.keyboard.press("Enter")
    await expect(tab(page, "Swarms")).to_have_attribute("aria-current", "true")
    group, topic = await chat_of(page), int(page.url.rsplit("/", 1)[1])

    await page.get_by_role("combobox", name="Message").fill("/latest@digest_sandbox_bot")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.out")).to_contain_text("/latest")
    updates: Any = await call(telegram, "getUpdates")
    assert updates[-1]["message"]["message_thread_id"] == topic
    await call(telegram, "sendMessage", chat_id=group, message_thread_id=topic, text="Two swarms")
    await expect(page.locator(".message.in")).to_contain_text("Two swarms")

    await tab(page, "General").click()
    await expect(page.locator(".message")).to_have_count(0)
    await call(telegram, "sendMessage", chat_id=group, message_thread_id=topic, text="Three swarms")
    await expect(tab(page, "Swarms").locator(".badge")).to_have_text("1 unread")
    await tab(page, "All").click()
    await expect(page.locator(".message.in .topic-chip").first).to_have_text("Swarms")
    await expect(tab(page, "Swarms").locator(".badge")).to_have_count(0)

    await tab(page, "Swarms").click()
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Close the topic").click()
    await expect(page.locator(".service").last).to_have_text("Ada closed the topic")
    refused = await refusal(telegram, group, message_thread_id=topic)
    assert refused == "Bad Request: TOPIC_CLOSED"


async def test_a_channel_is_run_by_keyboard_alone_and_read_by_others(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    bo = await telegram.person("Bo")
    await page.goto(f"{address}#{ada.id}")
    await page.get_by_role("button", name="New chat").focus()
    await press(page, "Enter", "End", "Enter")
    await page.keyboard.type("News")
    await press(page, "Tab", "Space", "Tab", "Space", "Enter")
    await expect(page.get_by_role("heading", name="News")).to_be_visible()
    await expect(page.locator(".header-status")).to_have_text("3 subscribers")
    channel = await chat_of(page)

    await page.get_by_role("button", name="News 3 subscribers").focus()
    await press(page, "Enter")
    await page.get_by_role("button", name="Administer Digest").focus()
    await press(page, "Enter", "Enter")
    await expect(page.get_by_role("checkbox", name="Post messages")).to_be_focused()
    await press(page, "Space", "Enter")
    await expect(member(page, "Digest")).to_contain_text("may not post")
    assert await refusal(telegram, channel) == "Bad Request: need administrator rights in the channel chat"

    await press(page, "Escape")
    await page.get_by_role("combobox", name="Message").focus()
    await page.keyboard.type("From the owner")
    await press(page, "Enter")
    await expect(page.locator(".message.in")).to_contain_text("From the owner")
    await page.goto(f"{address}#{bo.id}/{channel}")
    await expect(page.locator(".message.in")).to_contain_text("From the owner")
    await expect(page.get_by_role("combobox", name="Message")).to_have_count(0)


async def test_several_people_talk_in_a_group_and_each_sees_who_the_others_are(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    bo = await telegram.person("Bo", language="de")
    group = await telegram.group("Bees", creator=ada)
    await group.adds(bo)
    await page.goto(f"{address}#{ada.id}/{group.id}")
    await page.get_by_role("combobox", name="Message").fill("Hello, Bo")
    await page.keyboard.press("Enter")

    await page.get_by_role("button", name="Bees 2 members").click()
    await page.get_by_role("button", name="Bo, ").click()
    await expect(page.get_by_label("Group info")).not_to_be_visible()
    await page.locator(".chat", has_text="Ada: Hello, Bo").click()
    await expect(page.locator(".message.in .sender")).to_have_text("Ada")
    await page.get_by_role("combobox", name="Message").fill("Hello, Ada")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.out")).to_contain_text("Hello, Ada")
    await group.kicks(bo)

    await expect(page.locator(".chat", has_text="Bees")).to_have_count(0)
    await expect(page.locator("#conversation").get_by_role("heading", name="Digest")).to_be_visible()


async def test_what_the_bot_offers_inline_is_chosen_and_sent(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    await page.goto(f"{address}#{ada.id}/{ada.id}")
    await page.get_by_role("combobox", name="Message").fill("@digest_sandbox_bot bees")
    query = await inline_query(telegram)
    assert query["query"] == "bees"
    found = {"message_text": "All about bees"}
    result = {
        "type": "article",
        "id": "1",
        "title": "Bees",
        "description": "12 digests",
        "input_message_content": found,
    }
    await call(telegram, "answerInlineQuery", inline_query_id=query["id"], results=[result])

    await expect(page.get_by_role("option", name="Bees 12 digests")).to_be_visible()
    await press(page, "ArrowDown", "Enter")

    await expect(page.locator(".message.out").last).to_contain_text("via @digest_sandbox_bot")
    await expect(page.locator(".message.out").last).to_contain_text("All about bees")


async def test_the_panel_tells_of_what_was_too_fast(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    await page.goto(address)
    pace = page.get_by_label("Pace")
    await expect(pace.locator(".pace").nth(1)).to_contain_text("0 of 3 in 3 s")

    for number in range(5):
        await call(telegram, "sendMessage", chat_id=ada.id, text=f"Part {number}")

    await expect(pace.locator(".pace").nth(1)).to_contain_text("5 of 3 in 3 s")
    await expect(pace.locator(".pace").nth(1)).to_contain_text("2 too many, most to Ada")
    await pace.get_by_role("switch", name="Refuse what is too fast").click()
    await expect(pace.get_by_role("switch")).to_be_checked()
    assert (await refusal(telegram, ada.id)).startswith("Too Many Requests: retry after")


async def test_an_answer_that_comes_late_turns_no_switch_back(
    page: "Page", telegram: Telegram, ada: Person, address: str
) -> None:
    asked, switched = asyncio.Event(), asyncio.Event()

    async def late(route: "Route") -> None:
        answer = await route.fetch()
        if route.request.method == "GET":
            asked.set()
            await switched.wait()
        await route.fulfill(response=answer)

    await page.route("**/sandbox/pace", late)
    await page.goto(address)
    await expect(page.get_by_label("Pace").locator(".pace").nth(1)).to_contain_text("0 of 3 in 3 s")
    await call(telegram, "sendMessage", chat_id=ada.id, text="Bees")
    await asyncio.wait_for(asked.wait(), 10)

    switch = page.get_by_role("switch", name="Refuse what is too fast")
    await switch.click()
    await expect(switch).to_be_checked()
    async with page.expect_response(lambda answer: answer.request.method == "GET" and "/pace" in answer.url) as came:
        switched.set()
    await (await came.value).finished()
    await page.wait_for_timeout(100)

    await expect(switch).to_be_checked()


async def begin(page: "Page", kind: str, title: str, *names: str) -> None:
    """Begin a chat by the button, with these in it."""
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_role("menuitem", name=kind, exact=True).click()
    await page.get_by_label("Name", exact=True).fill(title)
    for name in names:
        await page.get_by_role("checkbox", name=name).check()
    await page.get_by_role("button", name="Create").click()
    await expect(page.get_by_role("heading", name=title, level=2)).to_be_visible()


async def administer(page: "Page", name: str, does: str) -> None:
    await page.get_by_role("button", name=f"Administer {name}").click()
    await page.get_by_role("menuitem", name=does).click()


def member(page: "Page", name: str) -> "Locator":
    return page.locator(".member", has=page.locator(".member-name", has_text=name))


def tab(page: "Page", name: str) -> "Locator":
    return page.locator(".topic-tab", has_text=name)


async def press(page: "Page", *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


async def chat_of(page: "Page") -> int:
    """The chat that the page shows."""
    return int(page.url.split("#")[1].split("/")[1])


async def refusal(telegram: Telegram, chat_id: int, **more: object) -> str:
    """What the bot is told when it writes there."""
    asked = {"chat_id": chat_id, "text": "Good morning", **more}
    async with telegram.session.post(f"/bot{TOKEN}/sendMessage", json=asked) as response:
        answer: dict[str, Any] = await response.json()
    return str(answer.get("description"))


async def inline_query(telegram: Telegram) -> dict[str, Any]:
    """What a person typed after the bot's name, once they paused."""
    offset = 0
    while True:
        updates: Any = await call(telegram, "getUpdates", timeout=10, offset=offset)
        assert updates
        offset = updates[-1]["update_id"] + 1
        for update in updates:
            if query := update.get("inline_query"):
                found: dict[str, Any] = query
                return found
