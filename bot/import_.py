"""Reading digests into the archive without sending any."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial

from bot.clock import Clock
from bot.delivery import publish
from bot.delivery.plan import Owe, plan
from bot.delivery.publish import Arrival
from bot.reading.batches import read_in_batches
from bot.source_settings import SourceSettings
from bot.sources.changes import changes, read_otherwise
from bot.sources.files import DigestFiles
from storage import digests, sources
from storage.database import Database, Transaction
from storage.model import Digest
from storage.sources import Source


@dataclass(frozen=True, slots=True)
class Imported:
    """How many files became what."""

    stored: int = 0
    unchanged: int = 0
    left_out: int = 0
    left_to_bot: int = 0
    unreadable: int = 0

    def __add__(self, other: "Imported") -> "Imported":
        return Imported(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


class Belongs(Enum):
    """How a folder stands to the source that the bot looks at."""

    # It is the source itself, and its baseline is complete when it was read.
    WHOLE = auto()
    PART = auto()
    # Its digests come into the archive, but its files are not looked after.
    ELSEWHERE = auto()


async def import_files(
    database: Database,
    digest_files: DigestFiles,
    *,
    below: str = "",
    source: SourceSettings,
    clock: Clock,
    catch_up: timedelta | None,
    belongs: Belongs,
    progressed: Callable[[int, int], None],
) -> Imported:
    """Store the digests of *source* (*below* a folder in it) as a baseline does, and say how far it is as it goes.

    In a source that has its baseline, what changed and what the bot would send is left to it.
    """
    async with database.transaction() as tx:
        stored = await sources.ensure_source(tx, source.name)
        seen = await sources.seen_files(tx, stored.id)
        if belongs is not Belongs.ELSEWHERE:
            await sources.begin_reading(tx, stored.id, options=source.options)
    listed = await digest_files.listing()
    found = {path: listed[path] for path in listed if path.startswith(below)}
    if belongs is not Belongs.ELSEWHERE:
        chosen = source.chosen.of(found)
        found = {path: stamp for path, stamp in found.items() if path in chosen}
    anew = belongs is Belongs.ELSEWHERE or (not stored.first_look_complete and read_otherwise(stored, source.options))
    changed = found if anew else changes(found, seen).changed
    total = Imported(unchanged=len(found) - len(changed))
    done = total.unchanged
    async with aclosing(read_in_batches(digest_files, changed, source.site, clock)) as batches:
        async for batch in batches:
            ours = batch.arrivals
            if stored.first_look_complete:
                news = {_twins(arrival) for arrival in ours if _is_news(arrival, clock, catch_up)}
                ours = [it for it in ours if it.file.path not in seen and _twins(it) not in news]
            async with database.transaction() as tx:
                await tx.whole(partial(_store, source=stored, arrivals=ours, now=clock.now(), belongs=belongs))
            total = sum(map(_counted, ours), total + Imported(left_to_bot=len(batch.arrivals) - len(ours)))
            done += batch.files
            progressed(done, len(found))
    if belongs is Belongs.WHOLE and not stored.first_look_complete:
        async with database.transaction() as tx:
            await sources.record_look(
                tx, stored.id, now=clock.now(), problem=None, changed=True, options=source.options
            )
    progressed(len(found), len(found))
    return total


async def _store(tx: Transaction, *, source: Source, arrivals: list[Arrival], now: datetime, belongs: Belongs) -> None:
    for arrival in arrivals:
        if belongs is not Belongs.ELSEWHERE:
            await publish.publish(tx, replace(source, first_look_complete=False), arrival, now=now, catch_up=None)
        # Its file is no file of the source: were it remembered as one, the next look would find it gone.
        elif isinstance(arrival.reading, Digest):
            await digests.store_digest(tx, source.id, arrival.reading, now=now)


def _twins(arrival: Arrival) -> str:
    """What tells that digests are one in several languages, which come in one batch."""
    return (arrival.reading.twins if isinstance(arrival.reading, Digest) else "") or arrival.file.path


def _is_news(arrival: Arrival, clock: Clock, catch_up: timedelta | None) -> bool:
    if isinstance(arrival.reading, Digest):
        return isinstance(plan(arrival.reading, baseline=False, now=clock.now(), catch_up=catch_up), Owe)
    return False


def _counted(arrival: Arrival) -> Imported:
    if isinstance(arrival.reading, Digest):
        return Imported(stored=1)
    return Imported(left_out=1) if arrival.reading.problem is None else Imported(unreadable=1)
