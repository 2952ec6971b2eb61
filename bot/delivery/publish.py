"""The step in which a digest becomes part of the archive and is owed: one transaction for both.

It does not know where digests come from, and it sends nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.delivery.arrivals import first_hold
from bot.delivery.plan import Owe, Plan, StoreOnly, is_too_old, plan
from storage import deliveries, digests, edits, fan_outs, sources
from storage.database import Transaction
from storage.model import Digest, StoredDigest
from storage.sources import SeenFile, Source

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Unread:
    """A digest file that holds no digest now; *problem* is why it could not be read, None: it is left out."""

    problem: str | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A digest file as it was read: *file* knows neither digest nor problem yet."""

    file: SeenFile
    reading: Digest | Unread


async def publish(
    tx: Transaction, source: Source, arrival: Arrival, *, now: datetime, catch_up: timedelta | None
) -> Plan | None:
    """Store what a new or changed file says, and owe it if it is new; say what was decided of a new one.

    Nothing goes out before `settle_arrivals` knows how many they are. What was stored from the path before and is a
    digest no more (a draft again, say) counts as vanished, but a file that cannot be read leaves it as it was.
    """
    match arrival.reading:
        case Unread(problem):
            await _set_aside(tx, source, arrival.file, problem, now=now)
            return None
        case Digest() as digest:
            from_elsewhere = await digests.is_from_elsewhere(tx, source.id, digest.path)
            stored, is_new = await digests.store_digest(tx, source.id, digest, now=now)
            await sources.record_file(tx, source.id, replace(arrival.file, digest_id=stored.id))
            # What says the same as before is given back as it was before.
            if stored.digest is digest:
                await fan_outs.try_refused_again(tx, stored.edition_of or stored.id, hold="counting", due_at=now)
            if stored.edition_of is not None:
                # It reaches its readers as the digest that it is a translation of.
                if is_new:
                    log.info("translation_stored", source=source.name, path=digest.path, language=digest.language)
                    return await _owe_for(tx, source, stored.edition_of, digest, now=now, catch_up=catch_up)
                return None
            if is_new or await fan_outs.awaits_its_time(tx, stored.id, now=now):
                decided = plan(digest, baseline=not source.first_look_complete, now=now, catch_up=catch_up)
                # Of a new digest of the baseline there is nothing to be said, and nothing to be taken back.
                if not is_new or decided != StoreOnly(None):
                    await _owe(tx, stored.id, decided, digest=digest, source=source)
                return decided
            if from_elsewhere:
                decided = plan(digest, baseline=not source.first_look_complete, now=now, catch_up=catch_up)
                # What was published by hand is like it, and is not to be taken back.
                if isinstance(decided, Owe):
                    await _owe(tx, stored.id, decided, digest=digest, source=source)
                    return decided
            return None


async def publish_now(
    tx: Transaction, source: Source, digest: Digest, *, now: datetime, operators: Sequence[int] = ()
) -> None:
    """Store the digest and owe it at once, whatever its age, to whoever has not received it, in vain or not.

    Should *operators* be named, they get it first.
    """
    stored, _ = await digests.store_digest(tx, source.id, digest, now=now)
    await owe_now(tx, stored, now=now, operators=operators)


async def owe_now(tx: Transaction, stored: StoredDigest, *, now: datetime, operators: Sequence[int] = ()) -> None:
    """Owe what is in the archive as `publish_now` does."""
    id_ = stored.edition_of or stored.id
    if await deliveries.revive(tx, id_, now=now):
        # What goes on as it was begun may have changed meanwhile, when there was nothing to be edited.
        await edits.note_change(tx, id_, now=now)
    await digests.mark_not_sent(tx, id_, None)
    await fan_outs.begin_fan_out(tx, id_, due_at=now, hold=first_hold(operators))


async def move(tx: Transaction, source: Source, file: SeenFile, *, path: str) -> bool:
    """Know the file, and the digest in it, by *path* from now on; False: another digest is known by it already."""
    if file.digest_id is None or await digests.digest_at(tx, source.id, path) is not None:
        return False
    await sources.forget_files(tx, source.id, [file.path])
    await sources.record_file(tx, source.id, replace(file, path=path))
    await digests.move_digest(tx, file.digest_id, path=path)
    return True


async def withdraw(tx: Transaction, source: Source, file: SeenFile, *, now: datetime) -> None:
    """Mark as vanished what the file that is gone had said; a fan-out rests until it comes back."""
    await sources.forget_files(tx, source.id, [file.path])
    if file.digest_id is not None:
        await digests.mark_vanished(tx, file.digest_id, now=now)


async def _set_aside(tx: Transaction, source: Source, file: SeenFile, problem: str | None, *, now: datetime) -> None:
    before = await digests.digest_at(tx, source.id, file.path)
    if before is not None and problem is None:
        await digests.mark_vanished(tx, before.id, now=now)
    digest_id = None if before is None else before.id
    await sources.record_file(tx, source.id, replace(file, digest_id=digest_id, problem=problem))


async def _owe_for(
    tx: Transaction, source: Source, main: int, translation: Digest, *, now: datetime, catch_up: timedelta | None
) -> Plan | None:
    """Owe the digest *main*, which has just come and was too old to be sent, if its *translation* is news."""
    decided = plan(translation, baseline=not source.first_look_complete, now=now, catch_up=catch_up)
    if catch_up is None or isinstance(decided, StoreOnly):
        return None
    reason = await digests.why_not_sent(tx, main, since=now - catch_up)
    # What an operator chose not to send stays so.
    if reason is None or not is_too_old(reason):
        return None
    await digests.mark_not_sent(tx, main, None)
    await _owe(tx, main, decided, digest=translation, source=source)
    return decided


async def _owe(tx: Transaction, digest_id: int, decided: Plan, *, digest: Digest, source: Source) -> None:
    match decided:
        case Owe(due_at, remark):
            await fan_outs.begin_fan_out(tx, digest_id, due_at=due_at, hold="counting")
            told = {} if remark is None else {"remark": remark}
            log.info("published", source=source.name, path=digest.path, due_at=f"{due_at:%Y-%m-%dT%H:%M:%S%z}", **told)
        case StoreOnly(reason):
            await fan_outs.cancel_fan_out(tx, digest_id)
            await digests.mark_not_sent(tx, digest_id, reason)
            if reason is not None:
                log.warning("not_sent", source=source.name, path=digest.path, reason=reason)
