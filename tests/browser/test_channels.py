"""A channel set up on a phone, from the picker to its first digest, as docs/groups.md tells."""

import pytest

from tests.browser.phone import Phone
from tests.test_demo import somebody

playwright = pytest.importorskip("playwright.async_api", reason="no Playwright: uv sync --group browser")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SOON_MS = 30_000


async def test_a_channel_is_picked_told_what_it_gets_and_gets_it(phone: Phone) -> None:
    ada = await somebody(phone.telegram, "Ada")
    daily = await phone.telegram.channel("Daily", creator=ada)
    await phone.open("Ada")
    await phone.tap("START")

    await phone.says("/channels")
    await phone.page.get_by_role("button", name="Pick a channel").tap()
    await phone.page.get_by_role("dialog").get_by_role("button", name="Daily").tap()
    await phone.page.get_by_role("button", name="Share", exact=True).tap()
    await expect(phone.said("Daily: got it.")).to_be_visible()
    await phone.tap("Choose categories")
    await expect(phone.said("Tap to choose or drop")).to_be_visible()
    await phone.page.locator(".key", has_text="AI研究").last.tap()
    await expect(phone.said("It gets AI研究.")).to_be_visible()
    await phone.tap("Done")
    await expect(phone.said("Off: nothing goes there before you start it.")).to_be_visible()
    await phone.tap("👁 Preview, then start")
    await phone.tap("▶️ Post from now on")
    await expect(phone.said("On: new digests go there.")).to_be_visible()
    assert await daily.received() == []

    await phone.telegram.publish()
    await phone.page.get_by_role("button", name="Back to the chats").tap()
    await phone.page.locator(".chat", has=phone.page.locator(".chat-title", has_text="Daily")).tap()
    digest = phone.page.locator(".message.in", has=phone.page.locator(".foldable"))
    await expect(digest).to_be_visible(timeout=SOON_MS)
