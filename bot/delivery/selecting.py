"""What of a digest, and what in a roundup, a subscriber is shown: decided when it is claimed."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.delivery.discussed import leave_out
from bot.delivery.made_of import ANNOUNCED, made_of
from bot.delivery.match import why_not
from bot.digests.wording import Worded, worded
from bot.match import REMEMBERED, match, told_before
from storage import deliveries, digests, told
from storage.database import Database, Transaction
from storage.model import ALL, Collected, Delivery, Digest, Edition, MadeOf, Selection, Subscriber
from storage.shown import shown_to

# Digests that are being sent now, with what can be looked up in them; and which have told the same before.
_KEPT = 64

# A digest's id and its revision.
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Read:
    """A digest, with what is looked up in it for everybody."""

    digest: Digest
    # The digests that carried a link of it before, and the places, here and there, of what carries it.
    told: Mapping[int, tuple[tuple[int, int], ...]]


class NotPreparedError(Exception):
    """Words are to be looked for in digests, and not all are prepared; *keys* are the ids and revisions of all."""

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__(f"not prepared: {keys}")
        self.keys = frozenset(keys)


class Selector:
    """Decides for one transaction after another; not for two at a time."""

    def __init__(self) -> None:
        self._read: OrderedDict[Key, _Read] = OrderedDict()
        self._worded: OrderedDict[Key, Worded] = OrderedDict()
        # As many as the greatest roundup had, so that the next of its like finds them.
        self._most = _KEPT

    async def prepare(self, database: Database, keys: Collection[Key]) -> None:
        """Prepare digests for words to be looked for: in a thread and in no transaction, for it can take a second.

        All of them are there afterwards, however many: what needs more than are kept would never be sent.
        """
        for key in keys:
            if key not in self._worded:
                async with database.snapshot() as tx:
                    digest = (await digests.digest_by_id(tx, key[0], revision=key[1])).digest
                self._worded[key] = await asyncio.to_thread(worded, digest)
            self._worded.move_to_end(key)
        while len(self._worded) > max(self._most, len(keys)):
            self._worded.popitem(last=False)

    async def made_of(self, tx: Transaction, delivery: Delivery, *, now: datetime) -> MadeOf:
        """Say what the delivery is made of: as it was begun, else by the preferences of now.

        Raises NotPreparedError, having written nothing.
        """
        if delivery.kind == "announcement":
            return ANNOUNCED
        if delivery.kind == "edit":
            return await self._of_edit(tx, delivery, now=now)
        if delivery.made_of is not None:
            return delivery.made_of
        subscriber = delivery.subscriber
        chosen = made_of(delivery.editions, subscriber.preferences)
        if delivery.kind == "roundup":
            return replace(chosen, collected=await self._collect(tx, delivery, now=now))
        return replace(chosen, selection=await self.select(tx, subscriber, chosen, delivery.editions, now=now))

    async def select(
        self, tx: Transaction, subscriber: Subscriber, made: MadeOf, editions: Sequence[Edition], *, now: datetime
    ) -> Selection:
        """Say what the subscriber is shown of a digest in the edition that *made* has."""
        preferences = subscriber.preferences
        if not (preferences.followed or preferences.muted or preferences.fold_told):
            return ALL
        shown = await self._look_into(tx, (made.digest_id, made.revision), now=now)
        items, all_muted = None, False
        if preferences.followed or preferences.muted:
            prepared = self._worded.get((made.digest_id, made.revision))
            if prepared is None:
                raise NotPreparedError([(made.digest_id, made.revision)])
            asked = match(preferences, shown.digest, await self._all(tx, editions, now=now), prepared)
            items, all_muted = asked.items, asked.is_all_muted
        had = {}
        if preferences.fold_told and shown.told:
            had = await told.had(tx, subscriber.id, list(shown.told))
        return Selection(items, told_before(shown.told, had, items), all_muted)

    async def _of_edit(self, tx: Transaction, edit: Delivery, *, now: datetime) -> MadeOf:
        """Say what the chat is to show: as it was laid out, what its subscriber wants now of what the digest says now.

        An edit that has begun goes on with what was chosen then, or its messages would not be parts of one text.
        """
        shown = (await shown_to(tx, [edit.id])).get(edit.id)
        if shown is None:
            return made_of(edit.editions, edit.subscriber.preferences)
        made = replace(shown.made_of, revision=shown.revision, selection=ALL)
        begun = edit.made_of
        if begun is not None and replace(begun, selection=ALL) == made:
            return begun
        return replace(made, selection=await self.select(tx, edit.subscriber, made, edit.editions, now=now))

    async def _collect(self, tx: Transaction, roundup: Delivery, *, now: datetime) -> tuple[Collected, ...]:
        waiting = await deliveries.collected_by(tx, roundup.id, now=now)
        self._most = max(self._most, sum(len(delivery.editions) for delivery in waiting))
        collected: list[tuple[int, MadeOf]] = []
        for delivery, made in await self._made_of_each(tx, waiting, now=now):
            editions = await self._all(tx, delivery.editions, now=now)
            reason = why_not(delivery.subscriber, editions, selection=made.selection)
            if reason is not None:
                await deliveries.finish(tx, delivery.id, "skipped", now=now, reason=reason)
            elif not await leave_out(tx, delivery, now=now):
                collected.append((delivery.id, made))
        await deliveries.note_made_of(tx, collected)
        return tuple(Collected(made.digest_id, made.revision, made.selection) for _, made in collected)

    async def _made_of_each(
        self, tx: Transaction, waiting: Sequence[Delivery], *, now: datetime
    ) -> list[tuple[Delivery, MadeOf]]:
        made, missing = list[tuple[Delivery, MadeOf]](), set[Key]()
        for delivery in waiting:
            try:
                made.append((delivery, await self.made_of(tx, delivery, now=now)))
            except NotPreparedError as error:
                missing |= error.keys
        if missing:
            # With those that are there: all of them are to be there together.
            raise NotPreparedError(missing.union((each.digest_id, each.revision) for _, each in made))
        return made

    async def _all(self, tx: Transaction, editions: Sequence[Edition], *, now: datetime) -> list[Digest]:
        return [
            (await self._look_into(tx, (edition.digest_id, edition.revision), now=now)).digest for edition in editions
        ]

    async def _look_into(self, tx: Transaction, key: Key, *, now: datetime) -> _Read:
        if key not in self._read:
            stored = await digests.digest_by_id(tx, key[0], revision=key[1])
            overlaps = await told.overlaps(tx, key[0], since=now - REMEMBERED)
            self._read[key] = _Read(stored.digest, overlaps)
            if len(self._read) > self._most:
                self._read.popitem(last=False)
        self._read.move_to_end(key)
        return self._read[key]
