"""What a chat would get of the archive: the latest that it asks for, or what its next roundup would bring."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from bot.chat.editions import in_their_language
from bot.chat.request import Request
from bot.digests.wording import Worded, worded
from bot.match import REMEMBERED, match, told_before
from storage import told
from storage.database import Transaction
from storage.digests import digest_by_id, editions_of, latest_digests
from storage.model import Digest, Preferences, Selection, StoredDigest

# So many of the newest are looked at, of everything and of each category; a rare word may be in none of them.
_MOST = 20
_OF_EACH = 3
_MOST_CATEGORIES = 20
# How long a roundup of each kind collects.
_DAY = timedelta(days=1)
_COLLECTED: Mapping[str, timedelta] = {"daily": _DAY, "weekdays": _DAY, "weekly": 7 * _DAY}

# Where other digests tell what one does, here and there, and what a chat was shown of them.
Overlaps = Mapping[int, tuple[tuple[int, int], ...]]
Had = Mapping[int, frozenset[int] | None]


@dataclass(frozen=True, slots=True)
class Previewed:
    """A digest in the edition that the chat would get, and what of it."""

    stored: StoredDigest
    selection: Selection

    @property
    def at(self) -> datetime:
        """When it was published, as far as is known."""
        return self.stored.digest.published_at or self.stored.first_seen_at


async def find_latest(request: Request) -> list[Previewed]:
    """Find what the chat would get last, oldest first: one digest, or those that one roundup would bring; none: none.

    It may be that it was sent them before.
    """
    found = list[Previewed]()
    collects = _COLLECTED.get(request.preferences.schedule.cadence)
    for candidate in await _candidates(request):
        asked = await _asked_of(request, candidate)
        if asked is None:
            continue
        if found and found[0].at - asked.at >= (collects or timedelta(0)):
            break
        found.append(asked)
        if collects is None:
            break
    return found[::-1]


async def _candidates(request: Request) -> list[StoredDigest]:
    """Give the newest digests that may be wanted, newest first."""
    preferences, now = request.preferences, request.services.clock.now()
    found = dict[int, StoredDigest]()
    async with request.services.database.snapshot() as tx:
        if preferences.everything or preferences.followed:
            found |= {each.id: each for each in await latest_digests(tx, now=now, limit=_MOST)}
        for category in islice(preferences.categories, _MOST_CATEGORIES):
            newest = await latest_digests(tx, now=now, limit=_OF_EACH, category=category.folded)
            found |= {each.id: each for each in newest}
    return sorted(found.values(), key=_age, reverse=True)


def _age(stored: StoredDigest) -> tuple[datetime, int]:
    return stored.digest.published_at or stored.first_seen_at, stored.id


async def _asked_of(request: Request, candidate: StoredDigest) -> Previewed | None:
    """Say what of a digest the chat would get; None: nothing."""
    preferences, now = request.preferences, request.services.clock.now()
    async with request.services.database.snapshot() as tx:
        stored = await in_their_language(tx, candidate.id, preferences.language, now=now)
        if stored is None or stored.digest.withdrawn:
            return None
        ids = [each.digest_id for each in await editions_of(tx, candidate.id, now=now)]
        editions = [(await digest_by_id(tx, id_)).digest for id_ in ids]
        overlaps, had = await _told(tx, request, stored.id, now=now)
    # In a thread: words are looked for in a whole digest.
    items = await asyncio.to_thread(_items, preferences, stored.digest, editions)
    return None if items == () else Previewed(stored, Selection(items, told_before(overlaps, had, items)))


async def _told(tx: Transaction, request: Request, digest_id: int, *, now: datetime) -> tuple[Overlaps, Had]:
    if request.subscriber is None or not request.preferences.fold_told:
        return {}, {}
    overlaps = await told.overlaps(tx, digest_id, since=now - REMEMBERED)
    return overlaps, await told.had(tx, request.subscriber.id, list(overlaps))


def _items(preferences: Preferences, shown: Digest, editions: Sequence[Digest]) -> tuple[int, ...] | None:
    asks_for_words = preferences.followed or preferences.muted
    return match(preferences, shown, editions, worded(shown) if asks_for_words else Worded(())).items
