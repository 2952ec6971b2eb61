"""Find which of all the words that readers follow a digest carries."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.digests.wording import Worded, worded
from storage.database import Database
from storage.digests import digest_by_id, editions_of
from storage.fan_outs import FanOut
from storage.model import Digest
from storage.words import followed_words

# As many as are looked for while nobody waits for a reader of the database.
_AT_ONCE = 20_000


class CarriedWords:
    """What the digest that is being owed carries: found once for all its chunks."""

    def __init__(self) -> None:
        self._digest_id = 0
        self._found: Sequence[str] = ()

    async def of(self, database: Database, fan_out: FanOut, *, now: datetime) -> Sequence[str]:
        """Give the words, folded, that somebody follows and any edition of the digest carries."""
        # Whoever begins to follow a word while the digest is under way gets the next one.
        if fan_out.digest_id != self._digest_id or fan_out.subscriber_id == 0:
            self._found = await _find(database, fan_out.digest_id, now=now)
            self._digest_id = fan_out.digest_id
        return self._found


async def _find(database: Database, digest_id: int, *, now: datetime) -> Sequence[str]:
    found: set[str] = set()
    prepared: list[Worded] = []
    last = ""
    while followed := await _followed(database, after=last):
        if not prepared:
            prepared = await asyncio.to_thread(_prepare, await _editions(database, digest_id, now=now))
        # In a thread: of many words it takes long enough for a reader to notice.
        found |= await asyncio.to_thread(_carried, prepared, followed)
        last = followed[-1]
    return sorted(found)


async def _followed(database: Database, *, after: str) -> Sequence[str]:
    async with database.snapshot() as tx:
        return await followed_words(tx, after=after, limit=_AT_ONCE)


async def _editions(database: Database, digest_id: int, *, now: datetime) -> list[Digest]:
    async with database.snapshot() as tx:
        editions = await editions_of(tx, digest_id, now=now)
        return [(await digest_by_id(tx, each.digest_id, revision=each.revision)).digest for each in editions]


def _prepare(editions: Sequence[Digest]) -> list[Worded]:
    return [worded(digest) for digest in editions]


def _carried(prepared: Sequence[Worded], followed: Sequence[str]) -> set[str]:
    return {word for edition in prepared for word in edition.carried(followed)}
