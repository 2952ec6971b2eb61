"""The first taps of a reader on a phone, counted: docs/reading.md shows and promises them."""

from pathlib import Path

import pytest

from tests.browser.phone import Phone
from tests.browser.reading import taps_in

playwright = pytest.importorskip("playwright.async_api", reason="no Playwright: uv sync --group browser")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DOCUMENT = Path(__file__).parents[2] / "docs" / "reading.md"
SOON_MS = 30_000


@pytest.mark.parametrize(
    ("reader", "taps", "gets"),
    [("Ada", ["START", "Everything"], "You get everything."), ("小明", ["START", "全部订阅"], "已订阅全部。")],
)
async def test_two_taps_lead_to_a_subscription_that_works(
    phone: Phone, reader: str, taps: list[str], gets: str
) -> None:
    await phone.open(reader)

    for label in taps:
        await phone.tap(label)

    await expect(phone.said(gets)).to_be_visible()
    await phone.telegram.publish()
    await expect(phone.page.locator(".message.in", has=phone.page.locator(".foldable"))).to_be_visible(timeout=SOON_MS)
    assert (phone.taps, taps_in(DOCUMENT, "subscription")) == (2, 2)


@pytest.mark.parametrize(
    ("reader", "taps", "comes"),
    [
        ("Ada", ["START", "Everything", "When it comes", "Daily"], "A roundup comes every day at 08:00."),
        ("小明", ["START", "全部订阅", "接收时间", "每天"], "每天 08:00 汇总送达。"),
    ],
)
async def test_four_taps_lead_to_a_schedule_of_ones_own(phone: Phone, reader: str, taps: list[str], comes: str) -> None:
    await phone.open(reader)

    for label in taps:
        await phone.tap(label)

    await expect(phone.said(comes)).to_be_visible()
    assert (phone.taps, taps_in(DOCUMENT, "schedule")) == (4, 4)
