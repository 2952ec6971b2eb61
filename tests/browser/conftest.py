"""A real Chromium, the one of this machine; without it or without its driver these tests are skipped."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.sandbox.client import Person, Telegram, connect
from bot.sandbox.state import Sandbox
from tests.browser.phone import Phone
from tests.by_the_book import serve
from tests.sandbox.conftest import TOKEN
from tests.test_demo import a_demo

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A container has no sandbox for processes to spare, nor a graphics card.
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]


def chromium() -> str | None:
    """Where the system's Chromium is; None: there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


# One for all tests, which is half of what they take, and with it one event loop for all; each has a window of its own.
@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator["Browser"]:
    playwright = pytest.importorskip("playwright.async_api", reason="no Playwright: uv sync --group browser")
    executable = chromium()
    if executable is None:
        pytest.skip(f"no Chromium on this machine, by any name of {', '.join(NAMES)}")
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: "Browser") -> AsyncIterator["BrowserContext"]:
    """A window in Shanghai that speaks British English; nothing may go wrong in it unseen, nor leave the machine."""
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-GB", timezone_id="Asia/Shanghai", color_scheme="light"
    )
    wrong: list[str] = []
    asked: list[str] = []
    context.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    context.on("weberror", lambda raised: wrong.append(str(raised.error)))
    context.on("request", lambda request: asked.append(request.url))
    yield context
    await context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: "BrowserContext") -> "Page":
    page = await context.new_page()
    page.set_default_timeout(15_000)
    return page


@pytest_asyncio.fixture(loop_scope="session")
async def address(context: "BrowserContext") -> AsyncIterator[str]:
    async with serve(Sandbox(TOKEN)) as address:
        yield address
        # Before its server goes, or it would complain of that.
        for page in context.pages:
            await page.close()


@pytest_asyncio.fixture(loop_scope="session")
async def telegram(address: str) -> AsyncIterator[Telegram]:
    async with connect(address) as telegram:
        yield telegram


@pytest_asyncio.fixture(loop_scope="session")
async def ada(telegram: Telegram) -> Person:
    """Somebody who has started the bot."""
    ada = await telegram.person("Ada")
    await ada.says("/start")
    return ada


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: "Browser", tmp_path: Path) -> AsyncIterator[Phone]:
    """A phone with the demo's chat, at which nobody has looked yet."""
    async with a_demo(tmp_path) as telegram:
        phone = await Phone.at(browser, telegram)
        yield phone
        await phone.context.close()
