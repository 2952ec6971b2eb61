"""Pictures for the documents: a phone with the sandbox's page, cut to what was said, and light enough to wait for."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

WIDTH, HEIGHT = 390, 844
LARGEST = 150_000
# For a picture the phone is as high as the longest answer.
_HIGH, _MARGIN = 2_000, 6
# Telegram's wallpaper weighs more than all it shows; and the finger that tapped last still seems to lie there.
_PLAIN = ".wallpaper { background: #a5c5b4 } .wallpaper::after, .message-buttons { display: none !important }"
# The page lets nobody add a style element to it.
_ADOPT = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""
# An edit comes a moment after its tap, and buttons fade.
_CALM_MS, _STILL_MS = 1_500, 300


async def make_plain(page: "Page") -> None:
    """Take away what would be no part of a picture."""
    await page.evaluate(_ADOPT, _PLAIN)


async def take(page: "Page", path: Path, *, first: "Locator", last: "Locator") -> None:
    """Take what stands between two messages, both included."""
    await page.wait_for_timeout(_CALM_MS)
    await page.set_viewport_size({"width": WIDTH, "height": _HIGH})
    await last.evaluate("message => message.scrollIntoView({ block: 'end' })")
    await page.wait_for_timeout(_STILL_MS)
    top, bottom = await first.bounding_box(), await last.bounding_box()
    assert top is not None
    assert bottom is not None
    # Above may be the end of another.
    y = max(top["y"] - 1, 0)
    is_newest = await last.evaluate("message => message === [...document.querySelectorAll('.message')].at(-1)")
    height = bottom["y"] + bottom["height"] + (_MARGIN if is_newest else 1) - y
    await page.screenshot(path=path, clip={"x": 0, "y": y, "width": WIDTH, "height": height})
    await page.set_viewport_size({"width": WIDTH, "height": HEIGHT})


async def take_from(page: "Page", path: Path, *, top: "Locator") -> None:
    """Take the screen from *top* down."""
    await top.wait_for()
    await page.wait_for_timeout(_STILL_MS)
    box = await top.bounding_box()
    assert box is not None
    y = box["y"] - 4 * _MARGIN
    await page.screenshot(path=path, clip={"x": 0, "y": y, "width": WIDTH, "height": HEIGHT - y})


async def take_screen(page: "Page", path: Path) -> None:
    """Take all that the phone shows."""
    await page.wait_for_timeout(_CALM_MS)
    await page.screenshot(path=path)


def weigh(folder: Path) -> None:
    """Say how heavy the pictures of *folder* are, and end badly if one is too heavy."""
    for picture in sorted(folder.glob("*.png")):
        size = picture.stat().st_size
        sys.stdout.write(f"{picture.name}: {size:,} bytes\n")
        if size > LARGEST:
            raise SystemExit(f"{picture.name} is larger than {LARGEST:,} bytes: nobody waits for a picture")
