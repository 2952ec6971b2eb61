"""Read a feed in a process of its own: whatever a stranger's feed does to its reader, the bot goes on answering.

feedparser's time grows with the square of what some feeds hold, and nothing ends a thread.
"""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta

from bot import children
from bot.sources.files import DigestFile, Stamp


class NotUnderstood(Exception):
    """The feed could not be read; the message says why, and the remedy."""


async def read_apart(
    content: bytes, *, charset: str | None, url: str, within: timedelta
) -> tuple[dict[str, DigestFile], tuple[str, ...]]:
    """Give the digest files of the feed *content*, found at *url*, and remarks on it; raise NotUnderstood."""
    process = await children.start("bot.sources.reader", silent=True)
    asked = json.dumps({"charset": charset, "url": url}).encode() + b"\n"
    try:
        async with asyncio.timeout(within.total_seconds()):
            answer, _ = await process.communicate(asked + content)
    except TimeoutError as error:
        raise NotUnderstood("takes too long to be read; no feed should, so tell whoever runs it") from error
    finally:
        await children.end(process)
    return await asyncio.to_thread(_read, answer)


def _read(answer: bytes) -> tuple[dict[str, DigestFile], tuple[str, ...]]:
    lines = iter(answer.splitlines())
    head = json.loads(next(lines, b'{"problem": "broke its reader; please report it with the feed"}'))
    if "problem" in head:
        raise NotUnderstood(head["problem"])
    return dict(_files(lines)), tuple(head["remarks"])


def _files(lines: Iterator[bytes]) -> Iterator[tuple[str, DigestFile]]:
    for line in lines:
        path, size, version, content = json.loads(line)
        yield path, DigestFile(path, content.encode(), Stamp(size, version), "entry")
