"""The pictures of docs/reading.md, and its taps counted: `uv run --group browser python -m tests.browser.reading`."""

import asyncio
import re
import tempfile
from pathlib import Path

from tests.browser import camera
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.phone import Phone
from tests.test_demo import a_demo

PICTURES = Path(__file__).parents[2] / "docs" / "reading"
_SOON_MS = 30_000
# What was held is looked for each minute.
_TICK_MS = 90_000
# Pictures of what came by itself, or by a tap.
_WITHOUT_WHAT_WAS_SAID = {"en-why", "en-some"}
_BOT = "digest_sandbox_bot"


def taps_in(document: Path, goal: str) -> int:
    """How many taps *document* says lead to *goal*: so many are in its numbered list below that heading."""
    _, _, section = document.read_text(encoding="utf-8").partition(f"{goal}\n")
    return len(re.findall(r"^\d\. Tap ", section.partition("\n## ")[0], re.MULTILINE))


async def main() -> None:
    """Take the pictures of two readers' first day."""
    # Here, as the tests that are skipped without it want the phone alone.
    from playwright.async_api import async_playwright  # noqa: PLC0415

    PICTURES.mkdir(exist_ok=True)
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for story in (_ada, _ming):
            with tempfile.TemporaryDirectory() as folder:
                async with a_demo(Path(folder)) as telegram:
                    phone = await Phone.at(browser, telegram)
                    await camera.make_plain(phone.page)
                    await story(phone)
                    await phone.context.close()
        await browser.close()
    camera.weigh(PICTURES)


async def _ada(phone: Phone) -> None:
    await phone.open("Ada")
    await _tap(phone, "START", "en-1")
    await _tap(phone, "Everything", "en-2")
    await phone.tap("When it comes")
    await _tap(phone, "Daily", "en-4")
    await _tap(phone, "London", "en-5")
    await _say(phone, '/follow Qwen "open source"', "en-follow")
    await _say(phone, "/mute crypto", "en-mute")
    await _say(phone, "agent", "en-search")
    await _say(phone, "/settings", "en-settings")
    await _say(phone, "/snooze", "en-snooze")
    await _say(phone, "/schedule at once")
    await phone.telegram.publish()
    await phone.page.locator(".message.in .foldable").first.wait_for(timeout=_SOON_MS)
    await phone.tap("Why?")
    await _take(phone, "en-why")
    await _say(phone, "/settings layout headlines")
    await _say(phone, "/snooze 1 hour")
    await _published(phone, 2)
    await _say(phone, "/snooze off")
    roundup = phone.said("2 digests")
    await roundup.wait_for(timeout=_TICK_MS)
    # The answer to what was said may come after it.
    await camera.take(phone.page, PICTURES / "en-roundup.png", first=roundup, last=roundup)
    await _say(phone, "/settings layout full")
    await _say(phone, "/mute model")
    await _published(phone, 1)
    await phone.said("5 of 8 items").wait_for(timeout=_SOON_MS)
    await _take(phone, "en-some")
    await _inline(phone, "agent", "en-inline")
    await _say(phone, "/categories", "en-categories")
    await _say(phone, "/stop", "en-stop")


async def _ming(phone: Phone) -> None:
    await phone.open("小明")
    await phone.tap("START")
    await phone.tap("全部订阅")
    await _tap(phone, "接收时间", "zh-3")
    await _tap(phone, "每天", "zh-4")
    await _say(phone, "/follow 开源 机器人", "zh-follow")
    await _say(phone, "机器人", "zh-search")
    await _say(phone, "/settings", "zh-settings")


async def _published(phone: Phone, count: int) -> None:
    """Let so many digests be published, and looked at one by one."""
    for _ in range(count):
        await phone.telegram.publish()
        await phone.page.wait_for_timeout(5_000)


async def _inline(phone: Phone, words: str, name: str) -> None:
    """Take what is offered to be shared."""
    field = phone.page.get_by_role("combobox", name="Message")
    await field.fill(f"@{_BOT} {words}")
    await camera.take_from(phone.page, PICTURES / f"{name}.png", top=phone.page.locator(".inline-result").first)
    await field.fill("")


async def _tap(phone: Phone, label: str, name: str) -> None:
    await phone.tap(label)
    await _take(phone, name)


async def _say(phone: Phone, text: str, name: str = "") -> None:
    await phone.says(text)
    if name:
        await _take(phone, name)


async def _take(phone: Phone, name: str) -> None:
    """Take what was said last, by both."""
    messages = phone.page.locator(".message")
    first, last = phone.page.locator(".message.out").last, messages.last
    if name in _WITHOUT_WHAT_WAS_SAID:
        first = last
    await camera.take(phone.page, PICTURES / f"{name}.png", first=first, last=last)


if __name__ == "__main__":
    asyncio.run(main())
