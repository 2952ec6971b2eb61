"""One look at a source: which files are new, changed, moved or gone, what they say, and publishing that."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from structlog.contextvars import bound_contextvars

from bot.alive import HALF_A_SILENCE, Alive
from bot.bell import Bell
from bot.clock import Clock
from bot.delivery import publish
from bot.delivery.arrivals import settle_arrivals
from bot.delivery.publish import Arrival
from bot.reading.batches import read_in_batches
from bot.source_settings import SourceSettings
from bot.sources.changes import SETTLING, changes, half_empty, read_otherwise, unsettled
from bot.sources.chosen import Chosen
from bot.sources.files import DigestFiles, SourceUnreachable, Stamp
from storage import sources
from storage.database import Database, DatabaseUnusable, Transaction
from storage.heartbeats import beat, heartbeat_of
from storage.sources import SeenFile, Source

log = structlog.get_logger()

# How often a file that is still being written is waited for before it is left to the next look.
_PATIENCE = 5
# How many digests are named to operators at once.
_MOST_REMARKS = 10
# How often a long look says how far it is, in files.
_PROGRESS = 1000

# Of an empty file, and of one that could not be read.
_OF_NOTHING = hashlib.sha256().digest()

# The files that are not where they were, by the hash of what they held: some may only be somewhere else.
_Gone = dict[bytes, list[SeenFile]]


@dataclass(frozen=True, slots=True)
class Looker:
    """What looking needs. One worker looks at a source: two looks at once would publish twice."""

    database: Database
    digest_files: DigestFiles
    source: SourceSettings
    clock: Clock
    # A new digest older than this is stored, not sent; None: no limit.
    catch_up: timedelta | None
    # Rung when something is owed.
    bell: Bell
    # Says a phrase to the operators.
    tell: Callable[..., Awaitable[None]]
    # Their user ids; they are asked, and get each digest first.
    operators: tuple[int, ...] = ()
    # Whether a path alone does not tell an operator where it is.
    one_of_several: bool = False
    # While it waits for the source.
    beats_every: timedelta = HALF_A_SILENCE

    @property
    def alive(self) -> Alive:
        """Its signs of life."""
        return Alive(self.database, heartbeat_of(self.source.name), self.clock, self.beats_every)


async def look(looker: Looker) -> SourceUnreachable | None:
    """Look once; say if the source is out of reach, which is logged once and changes nothing.

    Nothing that fails is raised.
    """
    # Whatever is logged on the way, of a file above all, is to say of which source it is.
    with bound_contextvars(source=looker.source.name):
        try:
            return await _look_at_source(looker)
        except DatabaseUnusable as error:
            log.error("look_broken_off", reason=str(error), remedy="the next look goes on from here")
        except Exception:
            log.exception("look_failed")
    return None


async def _look_at_source(looker: Looker) -> SourceUnreachable | None:
    async with looker.database.transaction() as tx:
        source = await sources.ensure_source(tx, looker.source.name)
        await sources.begin_reading(tx, source.id, options=looker.source.options)
        await beat(tx, heartbeat_of(looker.source.name), now=looker.clock.now())
    unreachable, problem = None, None
    try:
        problem = await _look(looker, source)
    except SourceUnreachable as error:
        unreachable, problem = error, str(error)
        async with looker.database.transaction() as tx:
            await sources.record_failed_look(tx, source.id, now=looker.clock.now(), problem=problem)
            # What a look that was killed brought is not to wait for the source, which may be away for days.
            await _settle_arrivals(tx, looker, source)
        looker.bell.ring()
    except DatabaseUnusable:
        raise
    except Exception:
        # What came until then is not to wait for a look that does not fail: the next may well do so, too.
        async with looker.database.transaction() as tx:
            await _settle_arrivals(tx, looker, source)
        looker.bell.ring()
        raise
    if problem is not None and problem != source.problem:
        log.warning("source_has_a_problem", source=source.name, problem=problem)
        # Out of reach for a moment is no news yet: `keep_looking` tells when it is. How many files are gone may change.
        if unreachable is None and (source.problem is None or source.unreachable_since is not None):
            await looker.tell("operator-source-doubtful", source=source.name, problem=problem)
    if problem is None and source.problem is not None:
        log.info("source_is_well_again", source=source.name)
    return unreachable


async def _look(looker: Looker, source: Source) -> str | None:
    """Publish what is new; give the problem that an operator should know of."""
    # Whatever goes through all files of a source, goes in a thread: of 29,000 each takes long enough to be noticed.
    async with looker.database.snapshot() as tx:
        seen = await tx.whole(partial(sources.seen_files, source_id=source.id))
    found, unfinished = await _settle(looker, seen)
    difference = await asyncio.to_thread(changes, found, seen)
    if seen and read_otherwise(source, looker.source.options):
        log.info("reading_all_again", source=source.name, files=len(found), reason="its options are others than before")
        difference = replace(difference, changed=found)
    # A baseline sends nothing, so it may take what is not whole yet; the rest comes with a later look.
    left = unfinished if source.first_look_complete else set()
    changed = {path: stamp for path, stamp in difference.changed.items() if path not in left}
    gone: _Gone = {}
    for path in () if looker.digest_files.forgets else difference.gone:
        gone.setdefault(seen[path].hash, []).append(seen[path])
    remarks = await _publish(looker, source, changed, gone)
    missing = [file for files in gone.values() for file in files]
    problem = None
    # What an operator's patterns leave away is gone as they wish.
    chosen = await asyncio.to_thread(looker.source.chosen.of, seen)
    lost = sum(file.path in chosen for file in missing)
    if half_empty(gone=lost, seen=len(chosen)):
        problem = (
            f"{lost} of {len(chosen)} files are gone; none counts as vanished; look after {looker.digest_files.place}"
        )
        missing = []
    async with looker.database.transaction() as tx:
        for file in missing:
            await publish.withdraw(tx, source, file, now=looker.clock.now())
        await sources.record_look(
            tx,
            source.id,
            now=looker.clock.now(),
            problem=problem,
            changed=bool(changed or missing),
            options=looker.source.options,
        )
        await _settle_arrivals(tx, looker, source)
    looker.bell.ring()
    if not source.first_look_complete:
        log.info("first_look_completed", source=source.name, files=len(found))
    if remarks:
        await looker.tell(
            "operator-remarks", remarks="\n".join(remarks[:_MOST_REMARKS]), more=len(remarks[_MOST_REMARKS:])
        )
    return problem


async def _settle_arrivals(tx: Transaction, looker: Looker, source: Source) -> None:
    now, every = looker.clock.now(), looker.source.poll_interval
    await tx.whole(partial(settle_arrivals, source=source, operators=looker.operators, now=now, every=every))


async def _settle(looker: Looker, seen: Mapping[str, SeenFile]) -> tuple[Mapping[str, Stamp], set[str]]:
    """List the files when nobody writes to what is new in it, and name what is still written to after a while."""
    found = await _listing(looker)
    unfinished = await _young(looker, found, seen)
    for _ in range(_PATIENCE):
        if not unfinished:
            break
        await looker.clock.sleep(SETTLING)
        before, found = found, await _listing(looker)
        unfinished = {path for path in await _young(looker, found, seen) if found[path] != before.get(path)}
    return found, unfinished


async def _listing(looker: Looker) -> Mapping[str, Stamp]:
    # A first clone takes minutes.
    found = await looker.alive.during(looker.digest_files.listing())
    return await asyncio.to_thread(_chosen, looker.source.chosen, found)


def _chosen(chosen: Chosen, found: Mapping[str, Stamp]) -> dict[str, Stamp]:
    paths = chosen.of(found)
    return {path: stamp for path, stamp in found.items() if path in paths}


async def _young(looker: Looker, found: Mapping[str, Stamp], seen: Mapping[str, SeenFile]) -> set[str]:
    if not looker.digest_files.local:
        return set()
    now = looker.clock.now()
    return await asyncio.to_thread(lambda: unsettled(changes(found, seen).changed, now=now))


async def _publish(looker: Looker, source: Source, changed: Mapping[str, Stamp], gone: _Gone) -> list[str]:
    """Publish the changed files a batch at a time, and give what an operator should know of them.

    What is only somewhere else now leaves *gone*.
    """
    done, remarks = 0, list[str]()
    # One for all: what is due at the same time goes in the order of its own dates.
    now = looker.clock.now()
    reading = read_in_batches(looker.digest_files, changed, looker.source.site, looker.clock)
    async with aclosing(reading) as batches:
        async for batch in batches:
            async with looker.database.transaction() as tx:
                work = partial(
                    _publish_batch, looker=looker, source=source, arrivals=batch.arrivals, gone=gone, now=now
                )
                remarks += await tx.whole(work)
            done += batch.files
            if done % _PROGRESS < batch.files:
                log.info("looking", source=source.name, files=done, of=len(changed))
    return remarks


async def _publish_batch(
    tx: Transaction, *, looker: Looker, source: Source, arrivals: list[Arrival], gone: _Gone, now: datetime
) -> list[str]:
    remarks = []
    for arrival in arrivals:
        await _take_moved(tx, source, arrival.file, gone)
        decided = await publish.publish(tx, source, arrival, now=now, catch_up=looker.catch_up)
        if decided is not None and decided.remark is not None:
            where = f"{source.name}: {arrival.file.path}" if looker.one_of_several else arrival.file.path
            remarks.append(f"{where}: {decided.remark}")
    await beat(tx, heartbeat_of(looker.source.name), now=looker.clock.now())
    return remarks


async def _take_moved(tx: Transaction, source: Source, file: SeenFile, gone: _Gone) -> None:
    candidates = gone.get(file.hash) if file.hash != _OF_NOTHING else None
    if candidates and await publish.move(tx, source, candidates[0], path=file.path):
        moved = candidates.pop(0)
        log.info("moved", source=source.name, path=moved.path, to=file.path)
