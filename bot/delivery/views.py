"""Digests under way, and how each looks to one kind of subscriber: made once for all who share it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from bot.delivery.buttons import keyboard_for
from bot.delivery.send import encode
from bot.messages.parts import with_ending
from bot.messages.roundup import render_roundup
from bot.messages.view import MOST_PARTS, MessagePart, in_words, render
from storage import digests
from storage.database import Database
from storage.model import NO_ENDING, Digest, Ending, Heading, MadeOf, Subscriber
from storage.told import headings as headings_of

# A few digests at once, in each layout and language and for those who filter them, at some 20 kB each; encoded, each
# once more or twice.
_KEPT = 256

# To send a part, to let a message be it instead, or to send it where all others are, without a sound.
Use = Literal["send", "edit", "append"]


@dataclass(frozen=True, slots=True)
class Look:
    """What else than the view itself makes a body another one."""

    # In a person's own chat there are buttons.
    private: bool
    sound: bool = True
    previews: bool = False
    # Elsewhere there may be something under the last part. None: there is not, so that most have one and the same.
    ending: Ending | None = None

    @classmethod
    def of(cls, subscriber: Subscriber) -> "Look":
        """Give how the subscriber wants it now."""
        preferences = subscriber.preferences
        private = subscriber.type == "private"
        ending = None if private or preferences.ending is NO_ENDING else preferences.ending
        return cls(private, preferences.sound, preferences.previews, ending)


Key = TypeVar("Key")
Value = TypeVar("Value")


class Views:
    """What deliveries show."""

    def __init__(self, database: Database, *, most_parts: int = MOST_PARTS, paid: bool = False) -> None:
        """Show none in more than *most_parts* parts; *paid*: what is sent may go beyond Telegram's free rate."""
        self._database = database
        self._most_parts = most_parts
        self._paid = paid
        self._digests: _Kept[tuple[int, int], Digest] = _Kept(self._read)
        self._views: _Kept[MadeOf, tuple[MessagePart, ...]] = _Kept(self._render)
        self._bodies: _Kept[tuple[MadeOf, Look, Use], tuple[bytes, ...]] = _Kept(self._encode)

    async def digest(self, digest_id: int, *, revision: int) -> Digest:
        """Give the digest as *revision* has it."""
        return await self._digests.get((digest_id, revision))

    async def parts(self, made_of: MadeOf) -> tuple[MessagePart, ...]:
        """Give the parts of what is made of *made_of*."""
        return await self._views.get(made_of)

    async def bodies(self, made_of: MadeOf, look: Look, *, use: Use = "send") -> tuple[bytes, ...]:
        """Give the parts of what is made of *made_of* as the Bot API takes them."""
        return await self._bodies.get((made_of, look, use))

    async def plain(self, made_of: MadeOf, look: Look, part: int) -> bytes:
        """Give one part without its styles and buttons, for a Telegram that refuses it with them."""
        return encode((await self._ended(made_of, look))[part], plain=True, silent=True, paid=self._paid)

    async def _read(self, key: tuple[int, int]) -> Digest:
        async with self._database.snapshot() as tx:
            return (await digests.digest_by_id(tx, key[0], revision=key[1])).digest

    async def _render(self, made_of: MadeOf) -> tuple[MessagePart, ...]:
        options: dict[str, Any] = {
            "layout": made_of.layout,
            "language": made_of.language,
            "most": self._most_parts,
            "signed": made_of.signed,
        }
        headings = await self._headings(made_of)
        if made_of.collected:
            collected = [
                (await self.digest(each.digest_id, revision=each.revision), each.selection)
                for each in made_of.collected
            ]
            return await asyncio.to_thread(render_roundup, collected, headings=headings, **options)
        digest = await self.digest(made_of.digest_id, revision=made_of.revision)
        # In a thread: a digest of 800 items takes long enough for a reader to notice.
        return await asyncio.to_thread(render, digest, selection=made_of.selection, headings=headings, **options)

    async def _headings(self, made_of: MadeOf) -> Mapping[int, Heading]:
        told = {
            digest_id
            for selection in (made_of.selection, *(each.selection for each in made_of.collected))
            for _, digest_id in selection.told
        }
        if not told:
            return {}
        async with self._database.snapshot() as tx:
            return await headings_of(tx, sorted(told))

    async def _encode(self, key: tuple[MadeOf, Look, Use]) -> tuple[bytes, ...]:
        made_of, look, use = key
        silent, paid = use == "append" or not look.sound, self._paid and use != "edit"
        parts, links = await self._ended(made_of, look), look.ending.links if look.ending else ()
        return tuple(
            encode(
                part,
                keyboard=keyboard_for(part, made_of, private=look.private, last=number == len(parts), links=links),
                silent=silent,
                previews=look.previews,
                paid=paid,
            )
            for number, part in enumerate(parts, 1)
        )

    async def _ended(self, made_of: MadeOf, look: Look) -> tuple[MessagePart, ...]:
        """Give the parts, in a group or channel with what it puts under the last one."""
        parts = await self.parts(made_of)
        if look.private:
            return parts
        last = in_words(parts[-1])
        return (*parts[:-1], with_ending(last, look.ending) if made_of.signed and look.ending else last)


class _Kept(Generic[Key, Value]):
    """The values used last, each made once however many ask for it."""

    def __init__(self, make: Callable[[Key], Awaitable[Value]]) -> None:
        self._make = make
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._making = asyncio.Lock()

    async def get(self, key: Key) -> Value:
        while key not in self._values:
            async with self._making:
                if key not in self._values:
                    self._values[key] = await self._make(key)
                    if len(self._values) > _KEPT:
                        self._values.popitem(last=False)
        self._values.move_to_end(key)
        return self._values[key]
