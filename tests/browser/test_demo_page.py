"""The demo in a browser, as somebody without a token meets it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.test_demo import a_demo

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

playwright = pytest.importorskip("playwright.async_api", reason="no Playwright: uv sync --group browser")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SOON_MS = 20_000


@pytest_asyncio.fixture(loop_scope="session")
async def demo(page: "Page", tmp_path: Path) -> AsyncIterator["Page"]:
    """The page of a demo that has just begun; the first person is Ada."""
    async with a_demo(tmp_path) as telegram:
        async with telegram.session.get("/") as response:
            await page.goto(str(response.url))
        yield page
        await page.close()


async def test_who_starts_and_chooses_sees_the_digest_arrive(demo: "Page") -> None:
    await expect(demo.get_by_text("What can this bot do?")).to_be_visible()
    await start(demo)
    await key(demo, "Choose categories").click()
    # With how many digests it was in of late.
    tools = demo.locator(".keyboard").get_by_role("button", name=re.compile(r"^(✅ )?Tools · \d+$"))
    await tools.click()
    await expect(tools).to_have_text(re.compile("^✅"))
    await key(demo, "Everything").click()
    await expect(key(demo, "✅ Everything")).to_be_visible()
    await key(demo, "Done").click()
    await expect(message(demo, "You get everything.")).to_be_visible()

    await demo.get_by_role("button", name="Publish next digest").click()

    digest = demo.locator(".message.in", has=demo.locator(".foldable")).last
    await expect(digest).to_be_in_viewport(timeout=SOON_MS)
    await expect(digest.locator("a[href^='https://example.']").first).to_be_attached()


async def test_the_categories_have_pages(demo: "Page") -> None:
    await start(demo)
    await write(demo, "/subscribe bees, cheese, trains")
    await expect(message(demo, "trains")).to_be_visible()
    await write(demo, "/categories")
    await expect(key(demo, "1/2")).to_be_visible()

    await key(demo, "›").click()

    await expect(key(demo, "2/2")).to_be_visible()
    await key(demo, "‹").click()
    await expect(key(demo, "1/2")).to_be_visible()


async def test_the_archive_is_searched_and_then_the_chat(demo: "Page") -> None:
    await demo.get_by_role("button", name="小明").click()
    await start(demo)
    await expect(demo.locator(".message.in")).to_have_count(1)

    await write(demo, "/search 开源")

    found = message(demo, "开源 ·").last
    await expect(found.locator("a[href^='https://']").first).to_be_attached()

    await demo.get_by_role("button", name="Search in this chat").click()
    await demo.get_by_role("searchbox").fill("开源")
    await expect(demo.locator(".search-result").first).to_contain_text("开源")
    await demo.keyboard.press("Enter")
    await expect(demo.get_by_text(re.compile(r"1 of \d"))).to_be_visible()


async def test_who_blocks_the_bot_gets_nothing_and_can_return(demo: "Page") -> None:
    await start(demo)
    await key(demo, "Everything").click()
    await expect(message(demo, "You get everything.")).to_be_visible()

    await demo.get_by_role("button", name="More").click()
    await demo.get_by_role("menuitem", name="Block bot").click()
    await expect(demo.get_by_role("combobox", name="Message")).not_to_be_visible()
    before = await demo.locator(".message").count()
    await demo.get_by_role("button", name="Publish next digest").click()
    await expect(demo.locator(".toast")).to_have_text("Published")
    assert await demo.locator(".message").count() == before

    await demo.get_by_role("button", name="Restart bot").click()
    await expect(demo.get_by_role("combobox", name="Message")).to_be_visible()
    await expect(message(demo, "You get everything.")).to_have_count(2)
    await demo.get_by_role("button", name="Publish next digest").click()
    digest = demo.locator(".message.in", has=demo.locator(".foldable")).last
    await expect(digest).to_be_in_viewport(timeout=SOON_MS)


async def start(page: "Page") -> None:
    await page.get_by_role("button", name="Start", exact=True).click()


async def write(page: "Page", text: str) -> None:
    await page.get_by_role("combobox", name="Message").fill(text)
    await page.keyboard.press("Enter")


def message(page: "Page", words: str) -> "Locator":
    return page.locator(".message.in", has_text=words)


def key(page: "Page", label: str) -> "Locator":
    """The button with this label under a message."""
    return page.locator(".keyboard").get_by_role("button", name=label, exact=True)
