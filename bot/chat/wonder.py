"""Find all that tells what became of a digest for somebody."""

import asyncio

from bot.chat.editions import in_their_language
from bot.chat.reasons import Wondered
from bot.chat.request import Request
from bot.digests.wording import worded
from bot.match import Match, match
from storage.database import Transaction
from storage.digests import digest_by_id, editions_of, readable_digest
from storage.model import Digest, StoredDigest
from storage.pauses import is_paused
from storage.told import headings
from storage.traces import Trace, publication_of, roundup_of, trace_of


async def wonder(tx: Transaction, request: Request, digest_id: int) -> Wondered | None:
    """Find it out for whoever asks; None: there is no such digest that readers may see."""
    now, subscriber = request.services.clock.now(), request.subscriber
    subscriber_id = subscriber.id if subscriber else 0
    trace = await trace_of(tx, subscriber_id, digest_id)
    stored = await _as_shown(tx, request, digest_id, trace)
    if stored is None:
        return None
    editions = [edition.digest_id for edition in await editions_of(tx, _main(stored), now=now)]
    digests = [stored.digest, *[(await digest_by_id(tx, id_)).digest for id_ in editions if id_ != stored.id]]
    # In a thread: a digest of 800 items takes long enough for others to notice.
    found = await asyncio.to_thread(_match, request, stored.digest, digests)
    told = [told for _, told in trace.made_of.selection.told] if trace and trace.made_of else []
    return Wondered(
        digest_id=stored.id,
        digest=stored.digest,
        subscriber=subscriber,
        whom=request.whom,
        match=found,
        trace=trace,
        publication=await publication_of(tx, stored.id, subscriber_id=subscriber_id),
        is_paused=await is_paused(tx),
        headings=await headings(tx, told),
    )


async def roundup_with(tx: Transaction, request: Request, digest_id: int) -> list[int]:
    """Give the digests of the roundup that brought the person this one; none when none did."""
    made_of = await roundup_of(tx, request.subscriber.id, digest_id) if request.subscriber else None
    return [each.digest_id for each in made_of.collected] if made_of else []


async def _as_shown(tx: Transaction, request: Request, digest_id: int, trace: Trace | None) -> StoredDigest | None:
    """Give the digest as the person was shown it, else in the language that they read."""
    now, made_of = request.services.clock.now(), trace.made_of if trace else None
    if made_of is not None:
        return await readable_digest(tx, made_of.digest_id, revision=made_of.revision, now=now)
    stored = await readable_digest(tx, digest_id, now=now)
    return stored and await in_their_language(tx, _main(stored), request.reads, now=now)


def _match(request: Request, shown: Digest, digests: list[Digest]) -> Match:
    return match(request.preferences, shown, digests, worded(shown))


def _main(stored: StoredDigest) -> int:
    return stored.edition_of or stored.id
