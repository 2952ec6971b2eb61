"""Take the README's picture of the demo: `uv run --group browser python -m tests.browser.picture`."""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from bot.sandbox.client import Telegram
from tests.browser.conftest import ARGUMENTS, chromium
from tests.test_demo import a_demo

PICTURE = Path(__file__).parents[2] / "docs" / "demo.png"
LARGEST = 400_000


async def main() -> None:
    """Ada chooses two categories; two digests are published, of which one is for her."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = await browser.new_page(
            viewport={"width": 1440, "height": 900}, locale="en-GB", color_scheme="light", reduced_motion="reduce"
        )
        with tempfile.TemporaryDirectory() as folder:
            async with a_demo(Path(folder)) as telegram:
                await _tell(page, telegram)
                await page.screenshot(path=PICTURE)
                await page.close()
        await browser.close()
    size = PICTURE.stat().st_size
    sys.stdout.write(f"{PICTURE}: {size:,} bytes\n")
    if size > LARGEST:
        raise SystemExit(f"{PICTURE.name} is larger than {LARGEST:,} bytes: nobody waits for a picture")


async def _tell(page: Page, telegram: Telegram) -> None:
    """Bring the page to where a digest has just arrived."""
    async with telegram.session.get("/") as response:
        await page.goto(str(response.url))
    await page.get_by_role("button", name="小明").click()
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.get_by_role("button", name="全部订阅", exact=True).click()
    await page.get_by_role("button", name="Ada").click()
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.locator(".message.in").wait_for()
    await page.get_by_role("combobox", name="Message").fill("/subscribe Tools, Research")
    await page.keyboard.press("Enter")
    await page.locator(".message.in").nth(1).wait_for()
    for _ in range(2):
        await page.get_by_role("button", name="Publish next digest").click()
        await page.wait_for_timeout(5_000)
    await page.locator(".message.in .foldable").first.wait_for()
    await page.get_by_role("button", name="小明").locator(".badge").wait_for()
    # Her own words at the top, and below them the beginning of the digest.
    await page.locator(".message.out").last.evaluate("message => message.scrollIntoView({ block: 'start' })")
    await page.locator(".toast").wait_for(state="detached")
    await page.mouse.move(700, 450)
    await page.wait_for_timeout(2_000)


if __name__ == "__main__":
    asyncio.run(main())
