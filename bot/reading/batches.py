"""Read what changed in a source, batch after batch, each while the one before is stored."""

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import cycle

import structlog

from bot.clock import Clock
from bot.delivery.publish import Arrival, Unread
from bot.digests.read import LeftOut
from bot.digests.site import Site
from bot.digests.twins import together
from bot.reading.apart import Apart
from bot.reading.each import Reading, Unreadable, read_each
from bot.sources.files import DigestFile, DigestFiles, Stamp, Unopenable, Unsettled
from storage.model import Digest
from storage.sources import SeenFile

log = structlog.get_logger()

# Files in one transaction: few enough that a reader's command slips in between.
_BATCH = 20
# And few enough bytes, for the same reason: what holds 470 kB takes 70 ms to be stored. It also keeps small the batches
# that are in memory at once, each several times over.
_BATCH_BYTES = 512 * 1024
# So many bytes are read in a moment; for more, a process of its own is worth its start.
_MOMENT = 100_000
# How many processes read beside the bot: a first look has tens of thousands of files, and hardly a machine one core.
_APART = 2

# Each file with what is known of it before it is read, and why it is not.
_Opened = list[tuple[SeenFile, DigestFile | Unread]]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is stored in one go: so many *files*, and what arrived in them."""

    files: int
    arrivals: list[Arrival]


async def read_in_batches(
    digest_files: DigestFiles, changed: Mapping[str, Stamp], site: Site, clock: Clock
) -> AsyncGenerator[Batch]:
    """Read what *changed*; a file that changes while it is read is left out, for a later look."""
    # In a thread: of 29,000 files this takes long enough to be noticed.
    batches = await asyncio.to_thread(_batches, changed, site.language)
    if sum(stamp.size for stamp in changed.values()) <= _MOMENT:
        for paths in batches:
            opened = await asyncio.to_thread(_open, digest_files, paths)
            yield _batch(opened, await asyncio.to_thread(read_each, _files(opened), site, clock.now()))
        return
    async with AsyncExitStack() as stack:
        aparts = [Apart() for _ in range(_APART)]
        for apart in aparts:
            stack.push_async_callback(apart.close)
        # Asked for, the oldest first, of each one more than it is at: so none of them ever waits for us.
        asked: deque[tuple[_Opened, Apart]] = deque()
        for paths, apart in zip(batches, cycle(aparts), strict=False):
            opened = await asyncio.to_thread(_open, digest_files, paths)
            await apart.ask(_files(opened), site, clock.now())
            asked.append((opened, apart))
            if len(asked) > _APART:
                first, reader = asked.popleft()
                yield _batch(first, await reader.answer())
        for rest, reader in asked:
            yield _batch(rest, await reader.answer())


def _batch(opened: _Opened, readings: list[Reading]) -> Batch:
    said = dict(zip((file.path for file in _files(opened)), readings, strict=True))
    arrivals = [
        Arrival(seen, _arrived(file.path, said[file.path]) if isinstance(file, DigestFile) else file)
        for seen, file in opened
    ]
    return Batch(len(opened), arrivals)


def _files(opened: _Opened) -> list[DigestFile]:
    return [file for _, file in opened if isinstance(file, DigestFile)]


def _open(digest_files: DigestFiles, paths: list[tuple[str, Stamp]]) -> _Opened:
    opened: _Opened = []
    for path, stamp in paths:
        try:
            file = digest_files.read(path, stamp)
        except Unsettled:
            continue
        except Unopenable as error:
            log.warning("digest_unreadable", problem=str(error))
            opened.append((_seen(path, stamp, b""), Unread(str(error))))
            continue
        opened.append((_seen(path, stamp, file.content), file))
    return opened


def _arrived(path: str, reading: Reading) -> Digest | Unread:
    match reading:
        case Digest():
            return reading
        case LeftOut(reason):
            log.info("left_out", path=path, reason=reason)
            return Unread(None)
        case Unreadable(problem, fault):
            if fault is None:
                log.warning("digest_unreadable", problem=problem)
            else:
                log.error("digest_not_understood", path=path, exception=fault)
            return Unread(problem)


def _batches(changed: Mapping[str, Stamp], main: str | None) -> list[list[tuple[str, Stamp]]]:
    """Put what changed into batches of as many files as go into one transaction, and what may be twins into one.

    So each reader finds a translation that came with the digest.
    """
    batches: list[list[tuple[str, Stamp]]] = []
    batch: list[tuple[str, Stamp]] = []
    for twins in together(changed.items(), main=main):
        batch += twins
        if len(batch) >= _BATCH or sum(stamp.size for _, stamp in batch) >= _BATCH_BYTES:
            batches.append(batch)
            batch = []
    return [*batches, batch] if batch else batches


def _seen(path: str, stamp: Stamp, content: bytes) -> SeenFile:
    return SeenFile(
        path=path,
        size=stamp.size,
        version=stamp.version,
        hash=hashlib.sha256(content).digest(),
        digest_id=None,
        problem=None,
    )
